import {html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {jsonRefusal} from "../../../model/json-text.js";
import {textOf} from "../../../model/run-inputs.js";

/**
 * The control of one input.
 * @typedef {object} Control
 * @property {import("../../../app/app.js").App} app
 * @property {import("../../../model/run-inputs.js").InputField} field
 * @property {string} id
 * @property {string} text
 * @property {string} refusal
 * @property {(text: string) => void} write
 * @property {() => void} leave
 */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {Control} given */
export function inputControl(given) {
  const {field, id, refusal} = given;
  if (field.control === "switch") return switchControl(given);
  const described = [field.about ? `${id}-about` : "", refusal ? `${id}-refusal` : ""].filter(Boolean).join(" ");
  return html`<div class=${field.control === "number" || field.control === "choice" ? "field short" : "field"}><label for=${id}>${field.label}${!field.optional ? nothing : html`<span class="dim">optional</span>`}</label>
    ${control(given, described)}
    ${field.about ? html`<p class="hint" id=${`${id}-about`}>${field.about.replaceAll("`", "")}</p>` : nothing}
    ${refusal ? html`<div class="err" id=${`${id}-refusal`}>${icon("warn", 13)}<span>${refusal}</span></div>` : nothing}</div>`;
}

/** @param {Control} given @param {string} described */
function control({app, field, id, text, refusal, write, leave}, described) {
  const invalid = refusal ? "true" : nothing;
  const about = described || nothing;
  switch (field.control) {
    case "choice": return html`<select class="inp" id=${id} .value=${text} aria-describedby=${about} aria-invalid=${invalid} @change=${(/** @type {Event} */ event) => write(valueOf(event))}>
      ${field.required && text ? nothing : html`<option value="" ?selected=${text === ""}>${field.required ? "Choose one" : "Not set"}</option>`}
      ${field.choices.map((choice) => html`<option value=${textOf(field, choice)} ?selected=${textOf(field, choice) === text}>${textOf(field, choice)}</option>`)}</select>`;
    case "lines": case "words": return html`<textarea class="inp mono" id=${id} rows=${field.control === "words" ? 3 : 6} .value=${text} placeholder=${field.control === "words" ? "One a line" : nothing} spellcheck="false"
      aria-describedby=${about} aria-invalid=${invalid} @input=${(/** @type {Event} */ event) => write(valueOf(event))} @blur=${leave}></textarea>`;
    case "json": {
      const wrong = text.trim() ? jsonRefusal(text) : null;
      return html`<cf-editor .controlId=${id} .language=${"json"} .label=${field.label} .value=${text} .diagnostics=${wrong ? [{severity: "error", ...wrong}] : []}
        @change=${(/** @type {CustomEvent<{value: string}>} */ event) => { event.stopPropagation(); write(event.detail.value); }}></cf-editor>`;
    }
    case "file": return html`<cf-file-input .app=${app} .controlId=${id} .value=${text} .describedBy=${described} .invalid=${refusal !== ""}
      @written=${(/** @type {CustomEvent<string>} */ event) => { event.stopPropagation(); write(event.detail); }}></cf-file-input>`;
    default: return html`<input class=${`inp ${field.control === "number" ? "num" : ""}`} id=${id} .value=${text} inputmode=${field.control === "number" ? "decimal" : nothing} autocomplete="off" spellcheck="false"
      aria-describedby=${about} aria-invalid=${invalid} @input=${(/** @type {Event} */ event) => write(valueOf(event))} @blur=${leave}>`;
  }
}

/** @param {Control} given */
function switchControl({field, id, text, write}) {
  return html`<div class="row opt field-switch"><div class="grow"><label for=${id}><b>${field.label}</b></label>${field.about ? html`<div class="sm dim" id=${`${id}-about`}>${field.about}</div>` : nothing}</div>
    <input type="checkbox" role="switch" class="switch" id=${id} aria-describedby=${field.about ? `${id}-about` : nothing} .checked=${text === "true"}
      @change=${(/** @type {Event} */ event) => write(String(/** @type {HTMLInputElement} */ (event.target).checked))}></div>`;
}
