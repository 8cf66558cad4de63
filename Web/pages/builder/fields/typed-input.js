import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";

/** @typedef {{value: unknown} | {refusal: string}} Reading what a typed text means, or why it means nothing */

/** @param {unknown} value */
export const stateOfText = (value) => (value === undefined || value === null ? "" : String(value));

/**
 * An input whose text has to mean something. What does is told at once; what does not stays in the field with the reason
 * below it, once the field is left.
 * @fires written
 */
class TypedInput extends Part {
  static props = {value: "", controlId: "", placeholder: "", mode: "text", readonly: false, read: null, label: ""};

  /** What is typed and means nothing yet. */
  #typed = signal(/** @type {string | null} */ (null));
  #refusal = signal("");

  view() {
    const id = String(this.signalOf("controlId").value);
    const refusal = this.#refusal.value;
    const text = this.#typed.value ?? String(this.signalOf("value").value);
    const label = String(this.signalOf("label").value);
    return html`<input class="inp num" id=${id || nothing} .value=${text} inputmode=${this.signalOf("mode").value} autocomplete="off" spellcheck="false"
      placeholder=${this.signalOf("placeholder").value} ?readonly=${this.signalOf("readonly").value} aria-label=${label || nothing}
      aria-invalid=${refusal ? "true" : nothing} aria-describedby=${refusal ? `${id}-refusal` : nothing}
      @input=${(/** @type {Event} */ event) => this.#input(/** @type {HTMLInputElement} */ (event.target).value)} @blur=${() => this.#left()}>
      ${refusal ? html`<div class="err" id=${`${id}-refusal`}>${icon("warn", 13)}<span>${refusal}</span></div>` : nothing}`;
  }

  /** @param {string} text @returns {Reading} */
  #read(text) {
    return /** @type {(text: string) => Reading} */ (this.signalOf("read").peek())(text);
  }

  /** @param {string} text */
  #input(text) {
    this.#refusal.value = "";
    this.#typed.value = text;
    const reading = this.#read(text);
    if ("value" in reading) this.emit("written", reading.value);
  }

  #left() {
    const text = this.#typed.peek();
    if (text === null) return;
    const reading = this.#read(text);
    if ("refusal" in reading) this.#refusal.value = reading.refusal;
    else this.#typed.value = null;
  }
}

TypedInput.define("cf-typed-input");
