import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";

/**
 * The id of a step, changed when the field is left: renaming goes through the whole document.
 * @fires renamed
 */
class StepName extends Part {
  static props = {value: "", read: null, readonly: false};

  #typed = signal(/** @type {string | null} */ (null));

  view() {
    const text = this.#typed.value ?? String(this.signalOf("value").value);
    const reading = this.#typed.value === null ? null : /** @type {(text: string) => import("../fields/typed-input.js").Reading} */ (this.signalOf("read").value)(text);
    const refusal = reading && "refusal" in reading ? reading.refusal : "";
    return html`<input id="insp-id" class="title-in mono" .value=${text} maxlength="64" autocomplete="off" spellcheck="false" autocapitalize="none" ?readonly=${this.signalOf("readonly").value}
      aria-invalid=${refusal ? "true" : nothing} aria-describedby=${refusal ? "insp-id-refusal" : nothing}
      @input=${(/** @type {Event} */ event) => { this.#typed.value = /** @type {HTMLInputElement} */ (event.target).value; }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event)} @blur=${() => this.#done()}>
      ${refusal ? html`<div class="err" id="insp-id-refusal">${refusal}</div>` : nothing}`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter") this.#done();
    else if (event.key === "Escape" && this.#typed.peek() !== null) {
      event.stopPropagation();
      this.#typed.value = null;
    }
  }

  #done() {
    const text = this.#typed.peek();
    if (text === null) return;
    const reading = /** @type {(text: string) => import("../fields/typed-input.js").Reading} */ (this.signalOf("read").peek())(text);
    this.#typed.value = null;
    if ("value" in reading) this.emit("renamed", text);
  }
}

StepName.define("cf-step-name");
