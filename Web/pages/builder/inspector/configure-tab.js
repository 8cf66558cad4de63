import {html, nothing} from "../../../dom/html.js";
import {commonForm, stepForm} from "../../../model/schema-form.js";
import {fieldView} from "../fields/field-view.js";
import {formView} from "../fields/form-view.js";
import {problemList} from "../fields/shell.js";
import {cachedForm} from "./cached-form.js";

/**
 * What a step does: the fields of its type, then its title and description.
 * @param {import("../fields/place.js").Place} place @param {import("../../../model/document.js").Step} step
 */
export function configureTab(place, step) {
  const schema = place.model.schema.value;
  if (!schema) return html`<p class="dim" role="status">Reading what this server can do…</p>`;
  const form = cachedForm(schema, `with ${step.type}`, () => stepForm(schema, step.type));
  const common = cachedForm(schema, `step ${step.type}`, () => commonForm(schema, step.type));
  const named = new Set(form?.fields.map((field) => field.name));
  // Problems of keys that have no control: unknown ones, and the step as a whole.
  const others = place.problemsAt([]).filter(({field}) => (field[0] === "with" ? field.length === 1 || !named.has(String(field[1])) : ["id", "type"].includes(String(field[0])) || field.length === 0));
  return html`${problemList(others, place)}
    ${form ? formView(place, ["with"], form, {fold: true}) : html`<p class="dim">This server does not know the step type ${step.type}.</p>`}
    <div class="form-grid about">${common?.fields.filter((field) => ["title", "description"].includes(field.name)).map((field) => fieldView(place, [field.name], field)) ?? nothing}</div>`;
}
