// Keys that work on every page, and the sheet that lists all keys of the page that is shown.

import {each, html, nothing} from "../dom/html.js";
import {isTyping} from "../dom/focus.js";
import {dialogHead, openDialog} from "../parts/dialog.js";
import {IS_MAC, keyName} from "./key-names.js";
import {openPalette} from "./palette.js";
import {PLACES, WORKSPACE} from "./places.js";

/** @typedef {import("./app.js").App} App */

/** How long a letter after G counts. */
const LETTER_MS = 1500;

/** @param {App} app @returns {(event: KeyboardEvent) => void} */
export function pageKeys(app) {
  let began = 0;
  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const isIn = app.session.value !== null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isIn && (IS_MAC ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette(app);
      return;
    }
    if (!isIn || !isPlain || !app.preferences.letterKeys.value || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const isSecond = performance.now() - began < LETTER_MS;
    began = 0;
    const place = isSecond ? [...PLACES, ...WORKSPACE].find((one) => one.letter === event.key.toLowerCase()) : undefined;
    if (place) {
      event.preventDefault();
      // No view of the page below takes the letter as its own key.
      event.stopImmediatePropagation();
      app.go(place.href);
    } else if (event.key === "g") {
      began = performance.now();
    } else if (event.key === "?") {
      event.preventDefault();
      openShortcuts(app);
    } else if (event.key === "/") {
      const search = document.querySelector("main input[type=search], .topbar input[type=search], main .searchbox input");
      if (!(search instanceof HTMLInputElement)) return;
      event.preventDefault();
      search.focus();
      search.select();
    }
  };
}

/** @param {App} app */
export function openShortcuts(app) {
  openDialog((close) => html`${dialogHead("Keyboard shortcuts", {
    text: app.preferences.letterKeys.value ? "Single letters work outside of text fields." : html`Single letters are turned off in <a class="link" href="/settings/appearance" @click=${() => close()}>Appearance</a>.`, close,
  })}<div class="body scroll" tabindex="0">${each(groups(app), (group) => group.title, (group) => html`<section class="stack"><h3>${group.title}</h3>
    <dl class="keys">${group.keys.map(([label, keys]) => html`<dt>${label}</dt><dd>${keys.split(", ").map((one, index) => html`${index > 0 ? ", " : nothing}${keyName(one).split(" ").map((key) => html`<kbd>${key}</kbd> `)}`)}</dd>`)}</dl></section>`)}</div>`, {style: "sheet"});
}

/** @param {App} app @returns {{title: string, keys: [string, string][]}[]} */
function groups(app) {
  const here = app.commands.value.map((group) => ({title: group.title, keys: group.commands.flatMap((command) => command.keys ? [/** @type {[string, string]} */ ([command.label, command.keys])] : [])}));
  /** @type {[string, string][]} */
  const everywhere = [["Search and commands", "Ctrl K"], ["Search on the page", "/"], ["Shortcuts", "?"], ...[...PLACES, ...WORKSPACE].map((place) => /** @type {[string, string]} */ ([place.label, `G ${place.letter.toUpperCase()}`]))];
  const named = here.filter((group) => group.keys.length > 0 && group.title !== "Actions");
  return [...named, {title: "Everywhere", keys: everywhere}];
}
