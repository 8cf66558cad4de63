// A person as a disc with initials. The name stands beside it or in its title; the colour only tells people apart.
import {html} from "../dom/html.js";

/** @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]].map((word) => [...word][0]) : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** The same colour for the same name. @param {string} name */
export function hueOf(name) {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return sum;
}

/** @param {string} name @param {{size?: "" | "lg", isNamed?: boolean}} [options] `isNamed`: the name stands beside it */
export const avatar = (name, {size = "", isNamed = false} = {}) => html`<span class="ava ${size}" role=${isNamed ? null : "img"} aria-hidden=${isNamed ? "true" : null}
  aria-label=${isNamed ? null : name} title=${name} style=${{"--hue": String(hueOf(name))}}>${initials(name)}</span>`;
