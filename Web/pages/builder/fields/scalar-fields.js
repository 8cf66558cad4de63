import {html, nothing} from "../../../dom/html.js";
import {durationUnits, measureOf, measureRefusal, numberOf, sizeUnits} from "../../../model/form-values.js";
import {shell, clearButton} from "./shell.js";
import {stateOfText} from "./typed-input.js";
import "./typed-input.js";

/** @typedef {import("./shell.js").Shell} Shell */
/** @typedef {import("./typed-input.js").Reading} Reading */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** What holds where nothing is written, as a placeholder. @param {import("./shell.js").Field} field */
export const placeholderOf = (field) => (field.default === undefined || field.default === null ? "" : typeof field.default === "object" ? "" : String(field.default));

/** Plain text. @param {Shell} given */
export function textField(given) {
  const {place, path, field, required} = given;
  const value = place.read(path);
  const write = (/** @type {string} */ text) => place.write(path, text === "" && !required ? undefined : text);
  const shared = {id: place.idOf(path), text: value === undefined ? "" : String(value)};
  return shell(given, field.lines
    ? html`<textarea class="inp" id=${shared.id} rows="3" .value=${shared.text} placeholder=${placeholderOf(field)} ?readonly=${!place.canEdit} @input=${(/** @type {Event} */ event) => write(valueOf(event))}></textarea>`
    : html`<input class="inp" id=${shared.id} .value=${shared.text} placeholder=${placeholderOf(field)} autocomplete="off" spellcheck="false" ?readonly=${!place.canEdit} @input=${(/** @type {Event} */ event) => write(valueOf(event))}>`);
}

/** A number, with a slider where its range is short. @param {Shell} given */
export function numberField(given) {
  const {place, path, field, required} = given;
  const value = place.read(path);
  const {minimum, maximum} = field;
  const short = minimum !== undefined && maximum !== undefined && maximum - minimum <= 10 && !field.integer;
  const read = (/** @type {string} */ text) => {
    const reading = numberOf(text, field);
    return required && "value" in reading && reading.value === undefined ? {refusal: "Write a number"} : reading;
  };
  const hint = placeholderOf(field) || (required ? "" : "not set");
  const typed = html`<cf-typed-input class=${short ? "short" : "grow"} .controlId=${place.idOf(path)} .value=${stateOfText(value)} .placeholder=${hint} .mode=${field.templated ? "text" : "decimal"}
    .read=${read} .readonly=${!place.canEdit} @written=${(/** @type {CustomEvent} */ event) => place.write(path, event.detail)}></cf-typed-input>`;
  return shell({...given, wide: given.wide ?? false, actions: short ? typed : nothing}, html`<div class="row number">
    ${short ? html`<input type="range" class="grow" min=${minimum} max=${maximum} step="0.05" .value=${String(typeof value === "number" ? value : field.default ?? minimum)}
      aria-label=${`${field.label}, slider`} ?disabled=${!place.canEdit || typeof value === "string"} @input=${(/** @type {Event} */ event) => place.write(path, Number(valueOf(event)))}>` : typed}</div>`);
}

/** A duration or a size: a number and its unit. @param {Shell} given @param {{[unit: string]: number}} units */
function measureField(given, units) {
  const {place, path, field, required} = given;
  const value = place.read(path);
  const standing = measureOf(value ?? field.default, units);
  const unit = standing?.unit ?? ("ms" in units ? "s" : "MiB");
  const names = Object.keys(units).filter((each) => each === unit || !["KB", "kB", "MB", "GB"].includes(each));
  /** @param {string} text @returns {Reading} */
  const read = (text) => {
    const typed = text.trim();
    if (typed === "") return required ? {refusal: "Write a number and a unit"} : {value: undefined};
    const whole = /^\d+$/.test(typed) ? typed + unit : typed.replace(/\s+/g, "");
    const refusal = measureRefusal(whole, units, field);
    return refusal ? {refusal} : {value: whole};
  };
  const shown = value === undefined ? "" : measureOf(value, units)?.count ?? String(value);
  const change = (/** @type {string} */ next) => {
    const count = measureOf(value ?? field.default, units)?.count;
    const reading = count === undefined ? null : measureRefusal(`${count}${next}`, units, field) ? null : `${count}${next}`;
    if (reading) place.write(path, reading);
  };
  return shell({...given, wide: given.wide ?? false}, html`<div class="row measure">
    <cf-typed-input class="grow" .controlId=${place.idOf(path)} .value=${shown} .placeholder=${measureOf(field.default, units)?.count ?? "not set"} .mode=${"decimal"}
      .read=${read} .readonly=${!place.canEdit} @written=${(/** @type {CustomEvent} */ event) => place.write(path, event.detail)}></cf-typed-input>
    <select class="inp unit" aria-label=${`Unit of ${field.label}`} ?disabled=${!place.canEdit || (value === undefined && field.default === undefined)} .value=${unit}
      @change=${(/** @type {Event} */ event) => change(valueOf(event))}>${names.map((name) => html`<option value=${name} ?selected=${name === unit}>${name}</option>`)}</select></div>`);
}

/** @param {Shell} given */
export const durationField = (given) => measureField(given, durationUnits);
/** @param {Shell} given */
export const sizeField = (given) => measureField(given, sizeUnits);

/** A switch acts at once. @param {Shell} given */
export function switchField({place, path, field}) {
  const value = place.read(path);
  const on = value === undefined ? field.default === true : value === true;
  const isDefault = (/** @type {boolean} */ next) => next === (field.default === true) && field.default !== undefined;
  const change = (/** @type {Event} */ event) => {
    const next = /** @type {HTMLInputElement} */ (event.target).checked;
    place.write(path, isDefault(next) ? undefined : next);
  };
  const id = place.idOf(path);
  return html`<div class="row opt wide" data-field=${path.join(".")}><div class="grow"><label for=${id}>${field.label}</label>
    ${field.help ? html`<div class="sm dim" id=${`${id}-about`}>${field.help.replaceAll("`", "")}</div>` : nothing}</div>
    <input type="checkbox" role="switch" class="switch" id=${id} aria-describedby=${field.help ? `${id}-about` : nothing} .checked=${on} ?disabled=${!place.canEdit} @change=${change}></div>`;
}

/** One of a few: segmented where the words are short, else a select. @param {Shell} given @param {string[] | null} [narrowed] */
export function choiceField(given, narrowed = null) {
  const {place, path, field, required} = given;
  const value = place.read(path);
  const known = (narrowed ?? field.choices ?? []).map(String);
  const written = value === undefined ? null : String(value);
  const choices = written !== null && !known.includes(written) ? [...known, written] : known;
  const standing = written ?? (field.default === undefined ? null : String(field.default));
  const id = place.idOf(path);
  const isShort = choices.length > 1 && choices.length <= 5 && choices.join("").length <= 30 && (standing !== null || !required);
  if (!isShort) {
    return shell({...given, wide: given.wide ?? false}, html`<select class="inp" id=${id} ?disabled=${!place.canEdit} .value=${written ?? ""}
      @change=${(/** @type {Event} */ event) => place.write(path, valueOf(event) === "" ? undefined : valueOf(event))}>
      ${required && written !== null ? nothing : html`<option value="" ?selected=${written === null}>${placeholderOf(field) ? `${placeholderOf(field)} (default)` : "Not set"}</option>`}
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === written}>${choice}</option>`)}</select>`);
  }
  return shell({...given, actions: required ? nothing : clearButton(place, path, field)}, html`<div class="seg full" role="group" aria-label=${field.label} id=${id} tabindex="-1">
    ${choices.map((choice) => html`<button type="button" aria-pressed=${String(choice === standing)} ?disabled=${!place.canEdit} @click=${() => place.write(path, choice)}>${choice}</button>`)}</div>`);
}
