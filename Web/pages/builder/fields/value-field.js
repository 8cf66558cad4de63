import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {sameValue} from "../../../model/document.js";
import {unknownNames} from "../../../model/names.js";
import {itemsOf} from "../../../model/variables.js";
import {jsonRefusal} from "../../../model/json-text.js";
import {sentence} from "./shell.js";
import "./written-field.js";
import "./schema-builder.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {import("../../../model/document.js").Path} Path
 */

/**
 * A value of any kind: a text with variables, or JSON whose texts may have them. Of a JSON Schema there is JSON alone,
 * with a table for objects.
 * @fires written
 */
class ValueField extends Part {
  static props = {place: null, path: [], field: null, value: undefined};

  /** JSON as it is being typed, and what it stood for when it last meant something. */
  #draft = signal(/** @type {{text: string, value: unknown} | null} */ (null));
  #mode = signal(/** @type {"text" | "json" | "table" | null} */ (null));

  view() {
    const place = /** @type {Place | null} */ (this.signalOf("place").value);
    const field = /** @type {Field | null} */ (this.signalOf("field").value);
    if (!place || !field) return nothing;
    const value = this.signalOf("value").value;
    const isSchema = field.control === "schema";
    const modes = isSchema ? /** @type {const} */ (["table", "json"]) : /** @type {const} */ (["text", "json"]);
    if (isSchema && value === undefined) return this.#absent(place, field);
    const standing = isSchema ? "table" : value === undefined || typeof value === "string" ? "text" : "json";
    const asked = this.#mode.value;
    const mode = asked && /** @type {readonly string[]} */ (modes).includes(asked) && !(asked === "text" && standing === "json") ? asked : standing;
    return html`<div class="value-field"><div class="row"><div class="seg" role="group" aria-label=${`How ${field.label} is written`}>
        ${modes.map((each) => html`<button type="button" aria-pressed=${String(each === mode)} @click=${() => this.#switch(each, mode)}>${each === "text" ? "Text" : each === "json" ? "JSON" : "Fields"}</button>`)}</div>
        ${isSchema && place.canEdit && !field.required ? html`<button type="button" class="btn ghost sm end" @click=${() => this.emit("written", undefined)}>Remove</button>` : nothing}</div>
      ${mode === "text" ? this.#text(place, field, value) : mode === "table" ? html`<cf-schema-builder .place=${place} .field=${field} .value=${value}></cf-schema-builder>` : this.#json(place, field, value)}</div>`;
  }

  /** @param {Place} place @param {Field} field */
  #absent(place, field) {
    return html`<div class="row"><button type="button" class="btn sm" ?disabled=${!place.canEdit}
      @click=${() => this.emit("written", {type: "object", properties: {}})}>Add a schema</button><span class="sm dim">${field.name === "schema" ? "Any text is taken" : ""}</span></div>`;
  }

  /** @param {Place} place @param {Field} field @param {unknown} value */
  #text(place, field, value) {
    return html`<cf-written-field .place=${place} .path=${this.signalOf("path").value} .field=${field} .value=${typeof value === "string" ? value : ""}
      .language=${field.templated ? "template" : "text"} .bare=${!field.lines}></cf-written-field>`;
  }

  /** @param {Place} place @param {Field} field @param {unknown} value */
  #json(place, field, value) {
    const draft = this.#draft.value;
    const text = draft && (sameValue(draft.value, value) || jsonRefusal(draft.text)) ? draft.text : value === undefined ? "" : JSON.stringify(value, null, 2);
    const refusal = text.trim() === "" ? null : jsonRefusal(text);
    const path = /** @type {Path} */ (this.signalOf("path").value);
    const told = place.problemsAt(path).map(({entry}) => ({severity: entry.severity, message: sentence(entry.message), ...(entry.hint ? {hint: sentence(entry.hint)} : {})}));
    const unknown = field.templated && !refusal ? unknownNames(place.variables(field), text, "template") : [];
    return html`<cf-editor .controlId=${place.idOf(path)} .language=${"json"} .label=${`${field.label} as JSON`} .readonly=${!place.canEdit} .value=${text}
      .completions=${field.templated ? () => itemsOf(place.variables(field)) : null} .diagnostics=${refusal ? [{severity: "error", ...refusal}] : [...unknown, ...told.slice(unknown.length)]}
      @change=${(/** @type {CustomEvent<{value: string}>} */ event) => { event.stopPropagation(); this.#typed(event.detail.value); }}></cf-editor>`;
  }

  /** @param {string} text */
  #typed(text) {
    if (text.trim() === "") {
      this.#draft.value = {text, value: undefined};
      this.emit("written", undefined);
    } else if (jsonRefusal(text)) this.#draft.value = {text, value: this.#draft.peek()?.value ?? this.signalOf("value").peek()};
    else {
      const value = JSON.parse(text);
      this.#draft.value = {text, value};
      this.emit("written", value);
    }
  }

  /** @param {"text" | "json" | "table"} next @param {string} now */
  #switch(next, now) {
    if (next === now) return;
    this.#mode.value = next;
    this.#draft.value = null;
    const value = this.signalOf("value").peek();
    // A text is JSON too, so it stays until something else is typed; a structure becomes text only as JSON in a text.
    if (next === "text" && value !== undefined && typeof value !== "string") this.emit("written", JSON.stringify(value));
    if (next === "json" && typeof value === "string" && /^\s*[[{]/.test(value) && !jsonRefusal(value)) this.emit("written", JSON.parse(value));
  }
}

ValueField.define("cf-value-field");
