import {html, nothing} from "../../../dom/html.js";
import {commonForm} from "../../../model/schema-form.js";
import {isObject} from "../../../model/document.js";
import {graphOf} from "../../../model/graph.js";
import {setNeeds} from "../../../model/commands.js";
import {fieldView} from "../fields/field-view.js";
import {group} from "../fields/shell.js";
import {cachedForm} from "./cached-form.js";

/** @typedef {import("../fields/place.js").Place} Place @typedef {import("../../../model/schema-form.js").Field} Field */

/** Fields that have their place elsewhere. */
const elsewhere = new Set(["id", "type", "title", "description", "enabled", "outputs", "with"]);

/**
 * When a step runs, how long, and what becomes of a failure. Fields that a later server has come after those known here.
 * @param {Place} place @param {import("../../../model/document.js").Step} step
 */
export function reliabilityTab(place, step) {
  const schema = place.model.schema.value;
  if (!schema) return html`<p class="dim" role="status">Reading what this server can do…</p>`;
  const form = cachedForm(schema, `step ${step.type}`, () => commonForm(schema, step.type));
  const fields = form?.fields.filter((field) => !elsewhere.has(field.name)) ?? [];
  const named = (/** @type {string} */ name) => fields.find((field) => field.name === name);
  const [timeout, retry, onError, condition, needs] = ["timeout", "retry", "on_error", "if", "needs"].map(named);
  const rest = fields.filter((field) => ![timeout, retry, onError, condition, needs].includes(field));
  return html`<div class="form-grid">
    ${timeout ? fieldView(place, ["timeout"], {...timeout, label: "Time limit"}, {wide: true}) : nothing}
    ${retry ? retryFields(place, retry) : nothing}
    ${onError ? errorField(place, {...onError, label: "If every try fails"}) : nothing}
    ${condition ? fieldView(place, ["if"], {...condition, label: "Runs only if"}) : nothing}
    ${needs ? needsField(place, {...needs, label: "Runs after"}, step.id) : nothing}
    ${rest.map((field) => fieldView(place, [field.name], field))}</div>`;
}

/** What the fields of a retry are called where they stand alone. */
const words = /** @type {{[name: string]: string}} */ ({max_attempts: "Tries", delay: "First wait", backoff: "Waits grow", max_delay: "Longest wait", jitter: "Spread the waits", on: "Tried again after"});

/** Tries first; how to wait between them once there is more than one. @param {Place} place @param {Field} field */
function retryFields(place, field) {
  const fields = field.form?.fields ?? [];
  const value = place.read(["retry"]);
  const attempts = isObject(value) ? value.max_attempts : undefined;
  const [first, ...others] = fields;
  const more = value !== undefined && (attempts === undefined || attempts !== 1);
  return html`${first ? fieldView(place, ["retry", first.name], {...first, label: words[first.name] ?? first.label}, {wide: true}) : nothing}
    ${more ? others.map((each) => fieldView(place, ["retry", each.name], {...each, label: words[each.name] ?? each.label})) : nothing}`;
}

const outcomes = [{id: "fail", label: "Fail the step"}, {id: "continue", label: "Go on without output"}, {id: "value", label: "Go on with a value"}];

/** @param {Place} place @param {Field} field */
function errorField(place, field) {
  const value = place.read(["on_error"]);
  const standing = isObject(value) ? "value" : value === "continue" ? "continue" : "fail";
  const change = (/** @type {Event} */ event) => {
    const next = /** @type {HTMLSelectElement} */ (event.target).value;
    place.write(["on_error"], next === "fail" ? undefined : next === "value" ? {value: {}} : next);
  };
  const id = place.idOf(["on_error"]);
  return group({place, path: ["on_error"], field, required: true}, html`<select class="inp" id=${`${id}-way`} aria-label=${field.label} ?disabled=${!place.canEdit} .value=${standing} @change=${change}>
      ${outcomes.map((each) => html`<option value=${each.id} ?selected=${each.id === standing}>${each.label}</option>`)}</select>
    ${standing === "value" ? fieldView(place, ["on_error", "value"], {...field, name: "value", label: "Value in its place", help: "", control: "value", templated: false, default: undefined}, {required: true}) : nothing}`);
}

/** @param {Place} place @param {Field} field @param {string} id */
function needsField(place, field, id) {
  const written = place.read(["needs"]);
  if (written !== undefined) return fieldView(place, ["needs"], field);
  const needs = (graphOf(place.model.document.value).needs.get(id) ?? []).map((edge) => edge.from);
  return group({place, path: ["needs"], field, required: true}, html`<p class="sm muted">${needs.length ? html`Follows from the order: ${needs.map((need, index) => html`${index ? ", " : ""}<code>${need}</code>`)}.` : "It starts at once: nothing stands above it."}</p>
    ${place.canEdit ? html`<button type="button" class="btn sm add" @click=${() => place.model.apply(setNeeds(id, needs))}>Choose the steps</button>` : nothing}`);
}
