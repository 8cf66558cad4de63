import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {stepKinds} from "../../model/new-step.js";
import {glyph, icon} from "../../parts/icon.js";
import {carry} from "./carry.js";

/**
 * The kinds of steps there are, to click or to drag onto the canvas. What the server's format has appears here.
 *
 * @fires add-step detail: the type
 * @fires carry-step detail: {type, clientX, clientY}, or null where it was given up
 * @fires drop-step detail: the same
 */
class Palette extends Part {
  static props = {model: null};
  /** @type {import("../../model/editor-model.js").EditorModel | null} */ model;
  #text = signal("");

  view() {
    const kinds = stepKinds(this.model?.schema.value ?? null);
    const words = this.#text.value.trim().toLowerCase();
    const found = kinds.filter((kind) => `${kind.type} ${kind.title} ${kind.description}`.toLowerCase().includes(words));
    return html`
      <div class="searchbox">${icon("search")}<input class="inp" type="search" aria-label="Find a step" placeholder="Find a step" .value=${this.#text.value}
        @input=${(/** @type {Event} */ event) => { this.#text.value = /** @type {HTMLInputElement} */ (event.target).value; }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, found[0]?.type)}></div>
      <h2 class="cap">Steps</h2>
      <ul>${each(found, (kind) => kind.type, (kind) => html`<li><button class="padd" type="button" aria-label=${`Add ${kind.title} step`} title=${`${kind.title}: ${kind.description}`}
        @click=${() => this.emit("add-step", kind.type)} @pointerdown=${(/** @type {PointerEvent} */ event) => this.#carry(event, kind.type)}>
        ${glyph(kind.type)}<span class="lbl"><b>${kind.title}</b><small>${kind.description}</small></span></button></li>`)}</ul>
      ${kinds.length > 0 && found.length === 0 ? html`<p class="dim sm pal-none">No kind of step is called “${this.#text.value.trim()}”.</p>` : nothing}`;
  }

  /** @param {KeyboardEvent} event @param {string | undefined} first */
  #key(event, first) {
    if (event.key === "Enter" && first) this.emit("add-step", first);
    else if (event.key === "Escape" && this.#text.peek() !== "") this.#text.value = "";
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} press @param {string} type */
  #carry(press, type) {
    const at = (/** @type {PointerEvent} */ {clientX, clientY}) => ({type, clientX, clientY});
    carry(press, (event) => this.emit("carry-step", at(event)), (event) => {
      if (event) this.emit("drop-step", at(event));
      else this.emit("carry-step", null);
    });
  }
}

Palette.define("cf-step-palette");
