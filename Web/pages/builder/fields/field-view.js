import {html, nothing} from "../../../dom/html.js";
import {isObject} from "../../../model/document.js";
import {icon} from "../../../parts/icon.js";
import {choiceField, durationField, numberField, sizeField, switchField, textField} from "./scalar-fields.js";
import {groupField, listField, mapField, unionField, variantField} from "./collection-fields.js";
import {choicesField, secretsField, stepsField} from "./picked-fields.js";
import {shell} from "./shell.js";
import "./op-value.js";
import "./written-field.js";
import "./model-field.js";
import "./value-field.js";

/**
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./shell.js").Shell} Shell
 * @typedef {{required?: boolean, choices?: string[] | null, wide?: boolean, language?: string, naming?: Shell["naming"]}} Options
 */

/**
 * The control of a field, whatever it is.
 * @param {Place} place @param {Path} path @param {Field} field @param {Options} [options]
 * @returns {unknown}
 */
export function fieldView(place, path, field, {required = field.required, choices = null, wide, language, naming = "shown"} = {}) {
  /** @type {Shell} */
  const given = {place, path, field, required, naming, ...(wide === undefined ? {} : {wide})};
  const value = place.read(path);
  switch (field.control) {
    case "text": return textField(given);
    case "template": return writtenField(given, "template");
    case "path": return writtenField(given, "template", html`${browseButton(place, path)}${variableButton(place)}`);
    case "expression": return writtenField(given, "cel");
    case "code": return writtenField(given, language ?? languageOf(place));
    case "choice": return choiceField(given, choices);
    case "number": return typeof value === "string" && field.templated ? writtenField(given, "template") : numberField(given);
    case "duration": return durationField(given);
    case "size": return sizeField(given);
    case "switch": return switchField(given);
    case "model": return shell(given, html`<cf-model-field .place=${place} .path=${path} .field=${field} .value=${value}></cf-model-field>`);
    case "list": return ofPicked(given) ?? listField(given, fieldView, isOps(given) ? opValue(place) : undefined);
    case "union": return field.item?.control === "step" ? stepsField(given) : unionField(given, fieldView);
    case "map": return mapField(given, fieldView);
    case "object": return groupField(given, fieldView);
    case "variant": return variantField(given, fieldView);
    case "schema": case "value": return valueField(given);
    default: return nothing;
  }
}

/** The ops of a transform are tried one after the other. @param {Shell} given */
const isOps = ({path, field}) => field.item?.control === "variant" && path.join(".") === "with.ops";

/** @param {Place} place */
const opValue = (place) => (/** @type {number} */ index) => html`<cf-op-value .place=${place} .index=${index}></cf-op-value>`;

/** Lists that are chosen from what there is. @param {Shell} given */
function ofPicked(given) {
  switch (given.field.item?.control) {
    case "choice": return choicesField(given);
    case "secret": return secretsField(given);
    case "step": return stepsField(given);
    default: return null;
  }
}

/** @param {Shell} given @param {string} language @param {unknown} [actions] */
function writtenField(given, language, actions = language === "template" || language === "cel" ? variableButton(given.place) : nothing) {
  const {place, path, field, required} = given;
  const write = (/** @type {CustomEvent<string>} */ event) => {
    event.stopPropagation();
    place.write(path, event.detail === "" && !required ? undefined : event.detail);
  };
  const bare = language === "cel" || (language === "template" && !field.lines);
  return shell({...given, quiet: true, actions},
    html`<cf-written-field .place=${place} .path=${path} .field=${field} .value=${place.read(path)} .language=${language} .bare=${bare} @written=${write}></cf-written-field>`);
}

/** Chooses among the files there are. @param {Place} place @param {Path} path */
function browseButton(place, path) {
  if (!place.canEdit) return nothing;
  return html`<button type="button" class="btn ghost sm" aria-haspopup="dialog" title="Choose a file of the workspace" @click=${async () => {
    const written = place.read(path);
    const {browse} = await import("../files/browse.js");
    const chosen = await browse(place.app, typeof written === "string" ? written : "");
    if (chosen !== null) place.write(path, chosen);
  }}>${icon("folder", 13)} Browse</button>`;
}

/** Opens the list of names without knowing the key. @param {Place} place */
function variableButton(place) {
  if (!place.canEdit) return nothing;
  return html`<button type="button" class="btn ghost sm" title="Insert a variable" @click=${(/** @type {Event} */ event) => {
    const field = /** @type {HTMLElement} */ (event.currentTarget).closest(".field");
    const editor = /** @type {import("../../../parts/editor/editor.js").EditorElement | null} */ (field?.querySelector("cf-editor") ?? null);
    editor?.offer();
  }}><code aria-hidden="true">{ }</code> Variable</button>`;
}

/** The language that a program beside it is said to have. @param {Place} place */
function languageOf(place) {
  const fields = place.read(["with"]);
  return isObject(fields) && typeof fields.language === "string" ? fields.language : "text";
}

/** @param {Shell} given */
function valueField(given) {
  const {place, path, field, required} = given;
  const write = (/** @type {CustomEvent<unknown>} */ event) => {
    event.stopPropagation();
    place.write(path, event.detail === "" && !required ? undefined : event.detail);
  };
  return shell({...given, quiet: true}, html`<cf-value-field .place=${place} .path=${path} .field=${field} .value=${place.read(path)} @written=${write}></cf-value-field>`);
}
