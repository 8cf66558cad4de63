// The types of steps in their order, as glyphs on a string.
import {html} from "../dom/html.js";
import {glyph} from "./icon.js";

/**
 * @param {(string | null)[]} types
 * @param {{most?: number, count?: number}} [options] `count`: how many steps there are, where not all types are given
 */
export function chain(types, {most = 6, count = types.length} = {}) {
  const shown = types.slice(0, most), left = count - shown.length;
  return html`<span class="chain" aria-hidden="true">${shown.map((type, index) => html`${index > 0 ? html`<i></i>` : null}${glyph(type ?? "", "sm")}`)}${
    left > 0 && shown.length > 0 ? html`<span class="xs dim">+${left}</span>` : null}</span>`;
}
