import {Part} from "../../../dom/element.js";
import {html, nothing, ref} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {Suggestions} from "../../../parts/editor/suggestions.js";
import {mentionBefore} from "../../../model/mentions.js";

/** @typedef {import("../../../../Client/client.d.ts").Person} Person */

let made = 0;

/**
 * Where a comment is written. `@` offers people.
 * @fires sent with the text
 */
export class CommentBox extends Part {
  static props = {people: [], label: "", action: "Comment", text: "", busy: false, cancel: null};

  #id = `comment-${made += 1}`;
  #typed = signal(/** @type {string | null} */ (null));
  /** @type {HTMLTextAreaElement | null} */
  #field = null;
  /** @type {Suggestions | null} */
  #list = null;

  view() {
    const text = this.#typed.value ?? String(this.signalOf("text").value);
    const busy = Boolean(this.signalOf("busy").value);
    const cancel = /** @type {(() => void) | null} */ (this.signalOf("cancel").value);
    return html`<form class="stack" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.#send(); }}>
      <label class="sr" for=${this.#id}>${this.signalOf("label").value}</label>
      <textarea class="inp" id=${this.#id} rows="3" maxlength="10000" placeholder="Comment. @ calls somebody" aria-autocomplete="list" .value=${text} ${ref((/** @type {HTMLTextAreaElement} */ field) => this.#hold(field))}
        @input=${(/** @type {Event} */ event) => this.#input(/** @type {HTMLTextAreaElement} */ (event.target))} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event)} @blur=${() => this.#list?.close()}></textarea>
      <div class="row"><button class="btn sm" type="submit" ?disabled=${text.trim() === "" || busy} aria-busy=${busy ? "true" : nothing}>${this.signalOf("action").value}</button>
        ${cancel ? html`<button class="btn ghost sm" type="button" @click=${cancel}>Cancel</button>` : nothing}</div></form>`;
  }

  clear() {
    this.#typed.value = "";
  }

  /** @param {HTMLTextAreaElement} field */
  #hold(field) {
    this.#field = field;
    this.#list = new Suggestions(field, (item) => this.#accept(item.insert ?? item.label));
    field.after(this.#list.element);
    if (this.signalOf("cancel").peek()) field.focus();
  }

  /** @param {HTMLTextAreaElement} field */
  #input(field) {
    this.#typed.value = field.value;
    const written = mentionBefore(field.value, field.selectionStart);
    const people = /** @type {Person[]} */ (this.signalOf("people").peek()).flatMap((person) => (person.name ? [{label: person.name, insert: `@${person.name} `}] : []));
    // A name that is whole needs nothing more.
    if (written === null || people.some((person) => person.label.toLowerCase() === written.toLowerCase())) this.#list?.close();
    else this.#list?.show(people, written, field.getBoundingClientRect());
  }

  /** @param {string} text */
  #accept(text) {
    const field = this.#field;
    if (!field) return;
    const from = field.value.lastIndexOf("@", field.selectionStart - 1);
    field.setRangeText(text, from, field.selectionStart, "end");
    this.#typed.value = field.value;
    this.#list?.close();
    field.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const list = this.#list;
    if (list?.open) {
      const item = list.items[list.active];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") list.move(event.key === "ArrowDown" ? 1 : -1);
      else if ((event.key === "Enter" || event.key === "Tab") && item) this.#accept(item.insert ?? item.label);
      else if (event.key === "Escape") { list.close(); event.stopPropagation(); }
      else return;
      event.preventDefault();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.#send();
    }
  }

  #send() {
    const text = (this.#typed.peek() ?? "").trim();
    if (text && !this.signalOf("busy").peek()) this.emit("sent", text);
  }
}

CommentBox.define("cf-comment-box");
