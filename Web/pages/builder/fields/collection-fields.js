import {moveWithRow} from "../../../dom/focus.js";
import {html, nothing, each} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {isObject} from "../../../model/document.js";
import {beginningOf, freeName, movedIn, renamedKey, variantOf} from "../../../model/form-values.js";
import {clearButton, group, openAtFirst} from "./shell.js";
import {formView} from "./form-view.js";
import "./typed-input.js";

/**
 * @typedef {import("./shell.js").Shell} Shell
 * @typedef {import("./shell.js").Field} Field
 * @typedef {typeof import("./field-view.js").fieldView} FieldView
 */

/** What one element of a list is called: the singular of what the list is. @param {Field} field */
const elementName = (field) => field.label.toLowerCase().replace(/ies$/, "y").replace(/s$/, "");

/** Stands below the rows; the keyboard goes into the one that is added. @param {string} label @param {() => void} act @param {boolean} disabled */
const addButton = (label, act, disabled) => html`<button type="button" class="btn sm add" ?disabled=${disabled} @click=${(/** @type {Event} */ event) => {
  const rows = /** @type {HTMLElement} */ (event.currentTarget).previousElementSibling;
  act();
  requestAnimationFrame(() => focusFirst(rows?.lastElementChild));
}}>${icon("plus", 13)}${label}</button>`;

/** The keyboard goes to the row that took the place of the one that is gone, or to what adds one. @param {string} label @param {() => void} act */
const removeButton = (label, act) => html`<button type="button" class="btn ghost icon sm" aria-label=${label} title=${label} @click=${(/** @type {Event} */ event) => {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const rows = button.closest(".rows-of");
  act();
  requestAnimationFrame(() => { if (!button.isConnected) focusFirst(rows?.lastElementChild ?? rows?.parentElement); });
}}>${icon("close", 13)}</button>`;

/** @param {Element | null | undefined} within */
function focusFirst(within) {
  const first = within?.querySelector("input, textarea, select") ?? within?.querySelector("button.add");
  if (first instanceof HTMLElement) first.focus();
}

/** @param {string} label @param {"up" | "down"} way @param {number} to @param {() => void} move @param {boolean} isDisabled */
const moveButton = (label, way, to, move, isDisabled) => html`<button type="button" class="btn ghost icon sm" data-move=${way} aria-label=${`Move ${label} ${way}`} title=${`Move ${label} ${way}`} ?disabled=${isDisabled}
  @click=${(/** @type {Event} */ event) => moveWithRow(event, to, move)}>${icon(way === "up" ? "upwards" : "down", 13)}</button>`;

/** Elements one below the other. @param {Shell} given @param {FieldView} view @param {(index: number) => unknown} [below] what stands below an element */
export function listField(given, view, below = () => nothing) {
  const {place, path, field} = given;
  const item = /** @type {Field} */ (field.item);
  const written = place.read(path);
  const list = Array.isArray(written) ? written : [];
  const write = (/** @type {unknown[]} */ next) => place.write(path, next.length === 0 && !given.required ? undefined : next);
  const one = elementName(field);
  const isBig = Boolean(item.form) || item.lines;
  const rows = each(list.map((_, index) => index), (index) => index, (index) => {
    const label = `${field.label} ${index + 1}`;
    const tools = place.canEdit ? html`<span class="row end">${list.length > 1 ? html`
        ${moveButton(label, "up", index - 1, () => write(movedIn(list, index, index - 1)), index === 0)}
        ${moveButton(label, "down", index + 1, () => write(movedIn(list, index, index + 1)), index === list.length - 1)}` : nothing}
        ${removeButton(`Remove ${label}`, () => write(list.filter((_, other) => other !== index)))}</span>` : nothing;
    return isBig
      ? html`<li class="boxed"><div class="row"><span class="sm dim">${index + 1}</span>${tools}</div>${element(given, item, index, label, view)}${below(index)}</li>`
      : html`<li class="row line">${element(given, item, index, label, view)}${tools}</li>`;
  });
  const most = field.maxItems !== undefined && list.length >= field.maxItems;
  return group(given, html`<ol class="rows-of">${rows}</ol>
    ${place.canEdit ? addButton(`Add ${one}`, () => write([...list, item.control === "variant" ? variantOf(item, item.form?.fields[0]?.name ?? "") : beginningOf(item)]), most) : nothing}`);
}

/** @param {Shell} given @param {Field} item @param {number} index @param {string} label @param {FieldView} view */
function element(given, item, index, label, view) {
  const path = [...given.path, index];
  return item.control === "object" && item.form ? formView(given.place, path, item.form)
    : view(given.place, path, {...item, name: String(index), label, help: ""}, {required: true, naming: "alone"});
}

/** One value, or several: one is written as it is. @param {Shell} given @param {FieldView} view */
export function unionField(given, view) {
  const {place, path, field} = given;
  const item = /** @type {Field} */ (field.item);
  const written = place.read(path);
  const list = Array.isArray(written) ? written : written === undefined || written === null ? [] : [written];
  const write = (/** @type {unknown[]} */ next) => place.write(path, next.length === 0 ? undefined : next.length === 1 && !Array.isArray(written) ? next[0] : next);
  const many = Array.isArray(written);
  return group({...given, actions: clearButton(place, path, field)}, html`<ol class="rows-of">${list.map((_, index) => html`<li class="row line">
      ${view(place, many ? [...path, index] : path, {...item, name: String(index), label: `${field.label} ${index + 1}`, help: ""}, {required: true, naming: "alone"})}
      ${place.canEdit ? html`<span class="row end">${removeButton(`Remove ${field.label} ${index + 1}`, () => write(list.filter((_, other) => other !== index)))}</span>` : nothing}</li>`)}</ol>
    ${place.canEdit ? addButton(list.length ? "Add another" : `Add ${elementName(field)}`, () => place.write(path, list.length ? [...list, ""] : ""), field.maxItems !== undefined && list.length >= field.maxItems) : nothing}`);
}

/** Names with values. @param {Shell} given @param {FieldView} view */
export function mapField(given, view) {
  const {place, path, field} = given;
  const item = /** @type {Field} */ (field.item);
  const written = place.read(path);
  const map = isObject(written) ? /** @type {{[name: string]: unknown}} */ (written) : {};
  const names = Object.keys(map);
  const write = (/** @type {{[name: string]: unknown}} */ next) => place.write(path, Object.keys(next).length === 0 ? undefined : next);
  const pattern = field.pattern ? new RegExp(field.pattern) : null;
  const read = (/** @type {string} */ name) => (/** @type {string} */ text) => {
    const typed = text.trim();
    if (typed === name) return {value: name};
    if (typed === "") return {refusal: "A name is needed"};
    if (typed in map) return {refusal: `There is ${typed} already`};
    if (pattern && !pattern.test(typed)) return {refusal: "Letters, digits, - and _, beginning with a letter"};
    return {value: typed};
  };
  const rename = (/** @type {string} */ from, /** @type {Event & {detail?: unknown}} */ event) => {
    const to = String(event.detail);
    if (to !== from) write(renamedKey(map, from, to));
  };
  // The key of a row is its place: a row that is renamed keeps the keyboard.
  const rows = each(names, (_, index) => index, (name, index) => html`<li class="map-row">
    <div class="row"><cf-typed-input class="grow" .controlId=${`${place.idOf(path)}-name-${index}`} .label=${`Name ${index + 1} of ${field.label}`} .value=${name} .read=${read(name)}
      .readonly=${!place.canEdit} @written=${(/** @type {CustomEvent} */ event) => rename(name, event)}></cf-typed-input>
      ${place.canEdit ? removeButton(`Remove ${name}`, () => { const {[name]: _, ...others} = map; write(others); }) : nothing}</div>
    ${view(place, [...path, name], {...item, name, label: `Value of ${name}`, help: ""}, {required: true, naming: "alone"})}</li>`);
  return group(given, html`<ul class="rows-of">${rows}</ul>
    ${place.canEdit ? addButton("Add", () => write({...map, [freeName(map, item.control === "expression" ? "name" : "value")]: item.control === "value" || item.control === "union" ? "" : beginningOf(item)}), false) : nothing}`);
}

/** Fields that belong together; what is not needed is folded away until something is written. @param {Shell} given @param {FieldView} view */
export function groupField(given, view) {
  const {place, path, field, required} = given;
  const value = place.read(path);
  const form = /** @type {import("../../../model/schema-form.js").Form} */ (field.form);
  if (!view) return nothing;
  const content = formView(place, path, form);
  if (required) return group(given, html`<div class="boxed">${content}</div>`);
  const count = isObject(value) ? Object.keys(value).length : 0;
  return html`<details class="acc wide" data-field=${path.join(".")} ${openAtFirst(count > 0)}><summary><span>${field.label}</span><span class="end dim sm">${count === 0 ? "As usual" : `${count} set`}</span></summary>
    <div class="acc-b">${field.help ? html`<p class="hint">${field.help.replaceAll("`", "")}</p>` : nothing}${content}
      <div class="row">${clearButton(place, path, field)}</div></div></details>`;
}

/** One of several ways, each with fields of its own. @param {Shell} given @param {FieldView} view */
export function variantField(given, view) {
  const {place, path, field, required} = given;
  const form = /** @type {import("../../../model/schema-form.js").Form} */ (field.form);
  const value = place.read(path);
  const chosen = isObject(value) ? Object.keys(value)[0] ?? "" : "";
  const change = (/** @type {Event} */ event) => {
    const next = /** @type {HTMLSelectElement} */ (event.target).value;
    place.write(path, next === "" ? undefined : variantOf(field, next));
  };
  const part = form.fields.find((each) => each.name === chosen);
  return group(given, html`<div class="variant"><select class="inp" id=${`${place.idOf(path)}-way`} aria-label=${`Kind of ${field.label}`} ?disabled=${!place.canEdit} .value=${chosen} @change=${change}>
      ${required ? nothing : html`<option value="" ?selected=${chosen === ""}>None</option>`}
      ${chosen && !part ? html`<option value=${chosen} selected>${chosen}</option>` : nothing}
      ${form.fields.map((each) => html`<option value=${each.name} ?selected=${each.name === chosen}>${each.label}</option>`)}</select>
    ${part ? html`${part.help ? html`<p class="hint">${part.help.replaceAll("`", "")}</p>` : nothing}
      ${part.control === "object" && part.form ? formView(place, [...path, part.name], part.form) : view(place, [...path, part.name], {...part, help: ""}, {required: true, naming: "heard"})}` : nothing}</div>`);
}
