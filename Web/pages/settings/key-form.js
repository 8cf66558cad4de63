import {html} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {commandFor} from "../../model/curl.js";
import {formDialog} from "../../parts/form-dialog.js";
import {choicesField, Form, selectField, textField} from "../../parts/form.js";
import {once} from "../../parts/once.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Scope} Scope */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{name: string, scopes: string[], days: string, pipelines: string[]}} KeyValues */

const SCOPES = [
  {value: "read", text: "read", note: "Sees pipelines, runs and files. Every key may.", fixed: true},
  {value: "run", text: "run", note: "Starts and controls runs."},
  {value: "edit", text: "edit", note: "Changes pipelines and files."},
];
const ADMIN = {value: "admin", text: "admin", note: "Manages accounts and keys."};
const DAYS = [
  {value: "7", text: "7 days"}, {value: "30", text: "30 days"}, {value: "90", text: "90 days"}, {value: "365", text: "One year"},
];

/**
 * Asks what a new key may, makes it and shows it, this once, with a command that works.
 * @param {App} app
 * @param {PipelineSummary[]} pipelines
 */
export function makeKey(app, pipelines) {
  const made = signal("");
  const form = new Form(/** @type {KeyValues} */ ({name: "", scopes: ["read", "run"], days: "90", pipelines: []}), (values) => ({
    name: values.name.trim() === "" ? "A name says later what the key is for." : null,
    scopes: values.scopes.includes("admin") && values.pipelines.length ? "A key for some pipelines cannot manage accounts." : null,
  }), async (values) => {
    const {data} = await app.api.createAccessKey({body: {
      name: values.name, scopes: /** @type {Scope[]} */ (values.scopes), expires_in_days: Number(values.days),
      pipelines: values.pipelines.length ? values.pipelines : null,
    }});
    made.value = data.key;
  });
  return formDialog({
    title: "New access key", form, action: "Make key",
    fields: () => html`
      ${textField(form, "name", {label: "Name", placeholder: "Build server", max: 100})}
      ${choicesField(form, "scopes", {label: "May", options: app.can("administer") ? [...SCOPES, ADMIN] : SCOPES})}
      ${pipelines.length ? choicesField(form, "pipelines", {label: "Only these pipelines", hint: "None chosen is all that you may see.", boxed: true,
        options: pipelines.map((one) => ({value: one.id, text: one.title}))}) : ""}
      ${selectField(form, "days", {label: "Expires after", options: DAYS})}`,
    after: () => shown(app, made.value, form.values, pipelines),
  });
}

/** @param {App} app @param {string} key @param {KeyValues} values @param {PipelineSummary[]} pipelines */
function shown(app, key, {scopes, pipelines: chosen}, pipelines) {
  const named = chosen.length ? pipelines.filter((one) => chosen.includes(one.id)) : null;
  const command = commandFor({server: location.origin, key, scopes, pipelines: named});
  return html`
    <p>Copy the key now. It is not shown again.</p>
    ${once(app, {label: "Key", value: key})}
    ${once(app, {label: "Command", value: command.text, note: command.does})}`;
}
