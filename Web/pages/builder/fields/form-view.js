import {html, nothing} from "../../../dom/html.js";
import {isObject} from "../../../model/document.js";
import {beginningOf} from "../../../model/form-values.js";
import {chosenIn, excludedBy, groupsOf, stateOf} from "../../../model/form-rules.js";
import {fieldView} from "./field-view.js";
import {openAtFirst} from "./shell.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("../../../model/schema-form.js").Form} Form
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {import("../../../model/form-rules.js").Values} Values
 */

/** Optional fields that stand with the needed ones: they are what people come for. */
const forward = new Set(["temperature", "max_tokens", "model", "system", "schema", "inputs", "input", "ops", "content", "query", "headers", "auth", "to", "then", "else", "cases"]);

/** @param {Form} form @returns {Values} */
const defaultsOf = (form) => Object.fromEntries(form.fields.filter((field) => field.default !== undefined).map((field) => [field.name, field.default]));

/**
 * The fields of an object: those that may stand beside what is written, with choices between those that exclude each
 * other.
 * @param {Place} place @param {Path} path @param {Form} form @param {{fold?: boolean}} [options] fold: rare ones wait in a fold
 * @returns {unknown}
 */
export function formView(place, path, form, {fold = false} = {}) {
  const read = place.read(path);
  const values = /** @type {Values} */ (isObject(read) ? read : {});
  const defaults = defaultsOf(form);
  const groups = groupsOf(form.rules, values, defaults);
  const states = new Map(form.fields.map((field) => [field.name, stateOf(form.rules, field.name, values, defaults, field.required)]));
  const grouped = (/** @type {Field} */ field) => groups.find((each) => each.names.includes(field.name));
  const shown = form.fields.filter((field) => states.get(field.name)?.shown || grouped(field)?.names[0] === field.name);
  const isForward = (/** @type {Field} */ field) => states.get(field.name)?.required || grouped(field) || forward.has(field.name);
  const one = (/** @type {Field} */ field) => {
    const choice = grouped(field);
    const state = states.get(field.name);
    const control = state?.shown ? fieldView(place, [...path, field.name], field, {required: state.required, choices: state.choices}) : nothing;
    return choice && choice.names[0] === field.name ? html`${choiceView(place, path, form, choice, values)}${control}` : control;
  };
  const first = shown.filter((field) => !fold || isForward(field));
  const rest = shown.filter((field) => fold && !isForward(field));
  const written = rest.filter((field) => values[field.name] !== undefined).length;
  return html`<div class="form-grid">${first.map(one)}
    ${rest.length ? html`<details class="acc wide more" ${openAtFirst(written > 0)}><summary><span>More options</span><span class="end dim sm">${written ? `${written} set` : ""}</span></summary>
      <div class="acc-b form-grid">${rest.map(one)}</div></details>` : nothing}</div>`;
}

/** @param {Place} place @param {Path} path @param {Form} form @param {{names: string[], optional: boolean}} choice @param {Values} values */
function choiceView(place, path, form, choice, values) {
  const chosen = chosenIn(choice, values);
  const fields = choice.names.flatMap((name) => form.fields.find((field) => field.name === name) ?? []);
  const isBody = choice.optional && choice.names.includes("json");
  const label = isBody ? "Body" : fields.map((field) => field.label).join(" or ");
  const choose = (/** @type {Field | null} */ field) => {
    if ((field?.name ?? null) === chosen && (field === null || values[field.name] !== undefined)) return;
    const before = chosen === null ? undefined : values[chosen];
    /** @type {{[name: string]: unknown}} */
    const changes = {};
    for (const name of choice.names) changes[name] = undefined;
    if (field) {
      for (const name of excludedBy(form.rules, field.name, values)) changes[name] = undefined;
      changes[field.name] = beginningOf(field, before);
    }
    place.writeAll(path, changes);
  };
  return html`<div class="field wide">${isBody ? html`<div class="lab"><span>${label}</span></div>` : nothing}
    <div class="seg full" role="group" aria-label=${label}>
      ${choice.optional ? html`<button type="button" aria-pressed=${String(chosen === null)} ?disabled=${!place.canEdit} @click=${() => choose(null)}>None</button>` : nothing}
      ${fields.map((field) => html`<button type="button" aria-pressed=${String(field.name === chosen)} ?disabled=${!place.canEdit} @click=${() => choose(field)}>${field.label}</button>`)}</div></div>`;
}
