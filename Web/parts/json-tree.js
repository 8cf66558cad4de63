// <cf-json .value=${value} root="steps.plan.output"> a value as a tree: one tab stop, arrows open, close and move, Enter
// opens, C copies the value. The path of the chosen row stands below, as expressions write it.

import {each, html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {firstOpen, jsonRows, PORTION} from "../model/json-rows.js";
import {copyText} from "./copy.js";
import {icon} from "./icon.js";
import {toast} from "./toast.js";

/** @typedef {import("../model/json-rows.js").Row} Row */

const STYLES = {object: "m", list: "m", text: "s", number: "n", word: "w", more: "m"};

export class JSONTree extends Part {
  static props = {value: null, root: "", label: "Value"};
  /** @type {unknown} */ value;
  /** @type {string} */ root;
  /** @type {string} */ label;
  #open = signal(/** @type {Set<string>} */ (new Set(["$"])));
  #portions = signal(/** @type {Map<string, number>} */ (new Map()));
  #chosen = signal("$");
  /** @type {unknown} */
  #known = undefined;

  /** @type {Row[]} */
  #rows = [];

  view() {
    const {value} = this;
    if (value !== this.#known) {
      this.#known = value;
      this.#open.value = firstOpen(value);
      this.#portions.value = new Map();
      this.#chosen.value = "$";
    }
    this.#rows = jsonRows(value, {root: this.root, open: this.#open.value, portions: this.#portions.value});
    const chosen = this.#rows.find((row) => row.place === this.#chosen.value) ?? this.#rows[0];
    return html`<div class="json" role="tree" aria-label=${this.label} @keydown=${this.#onKey} @click=${this.#onClick}>
      ${each(this.#rows, (row) => row.place, (row) => this.#row(row, row === chosen))}</div>
      <div class="json-path"><code class="trunc grow">${chosen.path || "value"}</code>
        <button type="button" class="btn ghost sm" @click=${() => this.#copy(chosen.path, "Path copied")} ?disabled=${chosen.path === ""}>${icon("link", 13)}<span>Copy path</span></button>
        <button type="button" class="btn ghost sm" @click=${() => this.#copyValue(chosen)}>${icon("copy", 13)}<span>Copy value</span></button></div>`;
  }

  /** @param {Row} row @param {boolean} isChosen */
  #row(row, isChosen) {
    const isBranch = row.count > 0 && row.kind !== "more";
    return html`<div class="jrow ${isChosen ? "on" : ""}" role="treeitem" data-place=${row.place} aria-level=${row.depth + 1} aria-expanded=${isBranch ? String(row.open) : nothing}
      aria-selected=${String(isChosen)} tabindex=${isChosen ? 0 : -1} style=${{"--depth": String(row.depth)}}>${isBranch ? icon("next", 12, row.open ? "turn open" : "turn") : html`<span class="turn"></span>`}<span class="jtext">${row.name === null ? nothing : html`<span class="k">${row.name}</span><span class="m">: </span>`}<span class=${STYLES[row.kind]}>${row.text}</span></span></div>`;
  }

  #onClick = (/** @type {MouseEvent} */ event) => {
    const place = /** @type {HTMLElement} */ (event.target).closest("[data-place]")?.getAttribute("data-place");
    const row = this.#rows.find((one) => one.place === place);
    if (row && getSelection()?.isCollapsed !== false) { this.#choose(row); this.#toggle(row); }
  };

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#rows.findIndex((row) => row.place === this.#chosen.peek());
    const row = this.#rows[at];
    if (!row) return;
    const move = (/** @type {Row | undefined} */ to) => { if (to) this.#choose(to); };
    switch (event.key) {
      case "ArrowDown": move(this.#rows[at + 1]); break;
      case "ArrowUp": move(this.#rows[at - 1]); break;
      case "Home": move(this.#rows[0]); break;
      case "End": move(this.#rows.at(-1)); break;
      case "ArrowRight": if (row.count > 0 && !row.open) this.#toggle(row); else if (row.open) move(this.#rows[at + 1]); break;
      case "ArrowLeft": if (row.open) this.#toggle(row); else move(this.#rows.slice(0, at).findLast((one) => one.depth < row.depth)); break;
      case "Enter": case " ": this.#toggle(row); break;
      case "c": this.#copyValue(row); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {Row} row */
  #choose(row) {
    this.#chosen.value = row.place;
    queueMicrotask(() => queueMicrotask(() => /** @type {HTMLElement | null} */ (this.querySelector("[data-place].on"))?.focus({preventScroll: false})));
  }

  /** @param {Row} row */
  #toggle(row) {
    if (row.kind === "more") {
      const parent = row.place.slice(0, -"/more".length);
      this.#portions.value = new Map(this.#portions.peek()).set(parent, (this.#portions.peek().get(parent) ?? PORTION) + PORTION);
      return;
    }
    if (row.count === 0) return;
    const open = new Set(this.#open.peek());
    if (!open.delete(row.place)) open.add(row.place);
    this.#open.value = open;
  }

  /** @param {Row} row */
  #copyValue(row) {
    this.#copy(typeof row.value === "string" ? row.value : JSON.stringify(row.value, null, 2), "Value copied");
  }

  /** @param {string} text @param {string} said */
  async #copy(text, said) {
    toast((await copyText(text)) ? said : "The browser does not let this page copy.");
  }
}

JSONTree.define("cf-json");
