import {Part} from "../../../dom/element.js";
import {moveWithRow} from "../../../dom/focus.js";
import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";
import {isObject} from "../../../model/document.js";
import {insertInput, setDocumentField} from "../../../model/commands.js";
import {freeName, movedIn} from "../../../model/form-values.js";
import {inputNameProblem, kindOf, kinds, presenceOf, renameInput, withKind, withPresence} from "../../../model/input-schema.js";
import {inputFields, readInput, textOf} from "../../../model/run-inputs.js";
import {jsonRefusal} from "../../../model/json-text.js";
import {problemList} from "../fields/shell.js";
import "../fields/typed-input.js";
import "../../../parts/editor/editor.js";

/**
 * @typedef {import("../fields/place.js").Place} Place
 * @typedef {import("../../../model/input-schema.js").Schema} Schema
 * @typedef {import("../../../../Client/client.d.ts").JSONValue} JSONValue
 */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** The inputs of the pipeline, in the order of the run form. */
class InputEditor extends Part {
  static props = {place: null};

  #open = signal(/** @type {number | null} */ (null));

  view() {
    const place = /** @type {Place | null} */ (this.signalOf("place").value);
    if (!place) return nothing;
    const {model} = place;
    const inputs = isObject(model.document.value.inputs) ? /** @type {{[name: string]: Schema}} */ (model.document.value.inputs) : {};
    const entries = Object.entries(inputs);
    return html`${entries.length === 0 ? html`<p class="dim sm">A run needs nothing yet. What an input is given, steps read as <code>inputs.name</code>.</p>` : nothing}
      <ol class="rows-of">${each(entries, (_, index) => index, ([name, schema], index) => this.#row(place, name, isObject(schema) ? schema : {}, index, entries))}</ol>
      ${problemList(place.problemsAt(["inputs"], false), place)}
      ${place.canEdit ? html`<button type="button" class="btn sm add" @click=${() => { model.apply(insertInput(freeName(inputs, "input"))); this.#open.value = entries.length; }}>${icon("plus", 13)}Add input</button>` : nothing}`;
  }

  /** @param {Place} place @param {string} name @param {Schema} schema @param {number} index @param {[string, Schema][]} entries */
  #row(place, name, schema, index, entries) {
    const open = this.#open.value === index;
    const order = (/** @type {number} */ to) => {
      place.model.apply({...setDocumentField(["inputs"], Object.fromEntries(movedIn(entries, index, to))), label: `Moved input ${name}`});
      if (open) this.#open.value = to;
    };
    const kind = kinds.find((each) => each.kind === kindOf(schema))?.label ?? "";
    const presence = presenceOf(schema);
    const [field] = inputFields({[name]: schema});
    const about = presence === "required" ? "required" : presence === "optional" ? "optional" : `default ${textOf(/** @type {any} */ (field), /** @type {JSONValue} */ (schema.default)).split("\n")[0]?.slice(0, 24) || "empty"}`;
    return html`<li class="boxed in-row" data-field=${`inputs.${name}`}><div class="row">
        <button type="button" class="in-head grow" aria-expanded=${String(open)} @click=${() => { this.#open.value = open ? null : index; }}>${icon(open ? "down" : "next", 12)}<b class="mono trunc">${name}</b><span class="xs dim">${kind}, ${about}</span></button>
        ${place.canEdit ? html`<span class="row end">
          <button type="button" class="btn ghost icon sm" data-move="up" aria-label=${`Move ${name} up`} ?disabled=${index === 0} @click=${(/** @type {Event} */ event) => moveWithRow(event, index - 1, () => order(index - 1))}>${icon("upwards", 13)}</button>
          <button type="button" class="btn ghost icon sm" data-move="down" aria-label=${`Move ${name} down`} ?disabled=${index === entries.length - 1} @click=${(/** @type {Event} */ event) => moveWithRow(event, index + 1, () => order(index + 1))}>${icon("down", 13)}</button>
          <button type="button" class="btn ghost icon sm" aria-label=${`Remove input ${name}`} @click=${() => { place.write(["inputs", name], undefined); this.#open.value = null; }}>${icon("close", 13)}</button></span>` : nothing}</div>
      ${problemList(place.problemsAt(["inputs", name]), place)}
      ${open ? this.#details(place, name, schema, index) : nothing}</li>`;
  }

  /** @param {Place} place @param {string} name @param {Schema} schema @param {number} index */
  #details(place, name, schema, index) {
    const id = `input-${index}`;
    const readonly = !place.canEdit;
    const set = (/** @type {{[key: string]: unknown}} */ changes) => place.write(["inputs", name], Object.fromEntries(Object.entries({...schema, ...changes}).filter(([, value]) => value !== undefined)));
    const replace = (/** @type {Schema} */ next) => place.write(["inputs", name], next);
    const kind = kindOf(schema);
    const readName = (/** @type {string} */ text) => {
      const problem = inputNameProblem(text.trim(), place.model.document.peek(), name);
      return problem ? {refusal: problem} : {value: text.trim()};
    };
    const line = (/** @type {string} */ key, /** @type {string} */ label) => html`<div class="field wide"><label for=${`${id}-${key}`}>${label}</label>
      <input class="inp" id=${`${id}-${key}`} .value=${String(schema[key] ?? "")} ?readonly=${readonly} autocomplete="off" @input=${(/** @type {Event} */ event) => set({[key]: valueOf(event) || undefined})}></div>`;
    return html`<div class="form-grid">
      <div class="field"><label for=${`${id}-name`}>Name</label><cf-typed-input .controlId=${`${id}-name`} .value=${name} .read=${readName} .readonly=${readonly}
        @written=${(/** @type {CustomEvent<string>} */ event) => { if (event.detail !== name) place.model.apply(renameInput(name, event.detail)); }}></cf-typed-input></div>
      <div class="field"><label for=${`${id}-kind`}>Kind</label><select class="inp" id=${`${id}-kind`} .value=${kind} ?disabled=${readonly} @change=${(/** @type {Event} */ event) => replace(withKind(schema, /** @type {import("../../../model/input-schema.js").Kind} */ (valueOf(event))))}>
        ${kinds.map((each) => html`<option value=${each.kind} ?selected=${each.kind === kind}>${each.label}</option>`)}</select></div>
      ${line("title", "Title")}${line("description", "Description")}
      ${kind === "choice" ? this.#choices(id, schema, readonly, set) : nothing}
      ${kind === "integer" || kind === "number" ? html`${this.#bound(id, "minimum", "At least", schema, readonly, set)}${this.#bound(id, "maximum", "At most", schema, readonly, set)}` : nothing}
      ${kind === "text" || kind === "lines" ? html`${this.#bound(id, "minLength", "Fewest characters", schema, readonly, set)}${this.#bound(id, "maxLength", "Most characters", schema, readonly, set)}` : nothing}
      ${kind === "other" ? this.#json(id, schema, readonly, replace) : nothing}
      <div class="field wide"><div class="lab" id=${`${id}-presence`}>When a run gives none</div><div class="seg full" role="group" aria-labelledby=${`${id}-presence`}>
        ${/** @type {const} */ ([["required", "Refused"], ["optional", "Null"], ["default", "A default"]]).map(([presence, label]) => html`<button type="button" aria-pressed=${String(presenceOf(schema) === presence)} ?disabled=${readonly} @click=${() => replace(withPresence(schema, presence))}>${label}</button>`)}</div></div>
      ${presenceOf(schema) === "default" ? this.#fallback(id, name, schema, readonly, set) : nothing}</div>`;
  }

  /** @param {string} id @param {Schema} schema @param {boolean} readonly @param {(changes: {[key: string]: unknown}) => void} set */
  #choices(id, schema, readonly, set) {
    const choices = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
    return html`<div class="field wide"><label for=${`${id}-choices`}>Choices, one a line</label><textarea class="inp mono" id=${`${id}-choices`} rows=${Math.min(8, choices.length + 1)} .value=${choices.join("\n")} ?readonly=${readonly}
      @change=${(/** @type {Event} */ event) => {
        const next = [...new Set(valueOf(event).split("\n").map((line) => line.trim()).filter(Boolean))];
        if (next.length) set({enum: next, ...(schema.default !== undefined && !next.includes(String(schema.default)) ? {default: next[0]} : {})});
      }}></textarea></div>`;
  }

  /** @param {string} id @param {string} key @param {string} label @param {Schema} schema @param {boolean} readonly @param {(changes: {[key: string]: unknown}) => void} set */
  #bound(id, key, label, schema, readonly, set) {
    const whole = schema.type !== "number";
    const read = (/** @type {string} */ text) => {
      const number = Number(text.trim());
      return text.trim() === "" ? {value: undefined} : !Number.isFinite(number) || (whole && !Number.isInteger(number)) ? {refusal: whole ? "Write a whole number" : "Write a number"} : {value: number};
    };
    return html`<div class="field"><label for=${`${id}-${key}`}>${label}</label><cf-typed-input .controlId=${`${id}-${key}`} .value=${schema[key] === undefined ? "" : String(schema[key])} .placeholder=${"any"} .mode=${"decimal"} .read=${read} .readonly=${readonly}
      @written=${(/** @type {CustomEvent} */ event) => set({[key]: event.detail})}></cf-typed-input></div>`;
  }

  /** @param {string} id @param {string} name @param {Schema} schema @param {boolean} readonly @param {(changes: {[key: string]: unknown}) => void} set */
  #fallback(id, name, schema, readonly, set) {
    const [field] = inputFields({[name]: {...schema, default: undefined}});
    if (!field) return nothing;
    const text = textOf(field, /** @type {JSONValue} */ (schema.default));
    const label = html`<label for=${`${id}-default`}>Default</label>`;
    if (field.control === "choice" || field.control === "switch") {
      const choices = field.control === "switch" ? [false, true] : field.choices;
      return html`<div class="field wide">${label}<select class="inp" id=${`${id}-default`} ?disabled=${readonly} .value=${text} @change=${(/** @type {Event} */ event) => set({default: choices.find((choice) => textOf(field, choice) === valueOf(event))})}>
        ${choices.map((choice) => html`<option value=${textOf(field, choice)} ?selected=${textOf(field, choice) === text}>${field.control === "switch" ? (choice ? "Yes" : "No") : textOf(field, choice)}</option>`)}</select></div>`;
    }
    const read = (/** @type {string} */ typed) => {
      if (typed === "" && (field.control === "text" || field.control === "lines" || field.control === "file")) return {value: ""};
      const reading = readInput({...field, required: false}, typed);
      return "absent" in reading ? {refusal: "Write a value, or choose Null"} : reading;
    };
    if (field.control === "lines" || field.control === "words" || field.control === "json") {
      return html`<div class="field wide">${label}<textarea class="inp mono" id=${`${id}-default`} rows="4" .value=${text} ?readonly=${readonly} @input=${(/** @type {Event} */ event) => {
        const reading = read(valueOf(event));
        if ("value" in reading) set({default: reading.value});
      }}></textarea></div>`;
    }
    return html`<div class="field wide">${label}<cf-typed-input .controlId=${`${id}-default`} .value=${text} .read=${read} .readonly=${readonly} @written=${(/** @type {CustomEvent} */ event) => set({default: event.detail})}></cf-typed-input></div>`;
  }

  /** @param {string} id @param {Schema} schema @param {boolean} readonly @param {(schema: Schema) => void} replace */
  #json(id, schema, readonly, replace) {
    return html`<div class="field wide"><label for=${`${id}-json`}>JSON Schema</label><cf-editor .controlId=${`${id}-json`} .language=${"json"} .label=${"JSON Schema of the input"} .readonly=${readonly} .value=${JSON.stringify(schema, null, 2)}
      @change=${(/** @type {CustomEvent<{value: string}>} */ event) => {
        event.stopPropagation();
        const editor = /** @type {import("../../../parts/editor/editor.js").EditorElement} */ (event.currentTarget);
        const refusal = jsonRefusal(event.detail.value);
        const value = refusal ? null : JSON.parse(event.detail.value);
        editor.diagnostics = refusal ? [{severity: "error", ...refusal}] : isObject(value) ? [] : [{severity: "error", message: "A schema is an object"}];
        if (isObject(value)) replace(value);
      }}></cf-editor></div>`;
  }
}

InputEditor.define("cf-input-editor");
