// The dialog that publishes a pipeline of one's own as a template for every account.
import {html} from "../../dom/html.js";
import {Form, selectField, textField} from "../../parts/form.js";
import {formDialog} from "../../parts/form-dialog.js";
import {nameError, naming} from "../pipelines/names.js";
import {categoryWord} from "./categories.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").TemplateCategory} TemplateCategory */

/** @type {TemplateCategory[]} */
const categories = ["generation", "transformation", "documentation", "review"];

/** @param {string} text @returns {{[name: string]: import("../../../Client/client.d.ts").JSONValue} | null} null where it is no object */
function readSample(text) {
  if (text.trim() === "") return {};
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** @param {App} app @param {{id: string, name: string, title: string}} pipeline */
export async function openPublish(app, pipeline) {
  const form = new Form({name: pipeline.name, category: "generation", readme: "", sample_inputs: ""}, ({name, sample_inputs}) => ({
    name: nameError(name), sample_inputs: readSample(sample_inputs) ? null : "A JSON object is needed, such as {\"code\": \"…\"}",
  }), async ({name, category, readme, sample_inputs}) => {
    await naming(name, () => app.api.publishTemplate({body: {
      pipeline: pipeline.id, name, category: /** @type {TemplateCategory} */ (category), ...(readme.trim() ? {readme} : {}), sample_inputs: readSample(sample_inputs) ?? {},
    }}));
  });
  const isSent = await formDialog({
    title: `Publish ${pipeline.title} as a template`, form, action: "Publish",
    text: "Every account of this server sees the document as it is now, with its defaults and this sample. Secrets stay names.",
    fields: () => html`
      ${textField(form, "name", {label: "Name", mono: true, max: 64})}
      ${selectField(form, "category", {label: "Category", options: categories.map((value) => ({value, text: categoryWord(value)}))})}
      ${textField(form, "readme", {label: "Description", rows: 4, hint: "What it does and what it needs. Markdown is shown."})}
      ${textField(form, "sample_inputs", {label: "Sample inputs", mono: true, rows: 4, hint: "A JSON object with inputs to try it on."})}`,
  });
  if (isSent) app.toast("Published as a template", {kind: "ok", action: {label: "Open", run: () => app.go(`/templates/${encodeURIComponent(form.values.name)}`)}});
}
