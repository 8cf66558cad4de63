import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formDialog} from "../../parts/form-dialog.js";
import {choicesField, Form, selectField, textField} from "../../parts/form.js";
import {once} from "../../parts/once.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Webhook} Webhook */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{url: string, name: string, events: string[], pipeline: string, secret: string}} WebhookValues */

const EVENTS = ["run.started", "run.succeeded", "run.failed", "run.cancelled", "alert.opened", "alert.closed"];
const LEAST_KEY = 16;

/**
 * Asks for an address that messages go to, and keeps it. A key that was made here is shown, this once.
 * @param {App} app
 * @param {Webhook | null} hook
 * @param {PipelineSummary[]} pipelines
 */
export function askWebhook(app, hook, pipelines) {
  const key = signal("");
  /** @type {WebhookValues} */
  const initial = {url: hook?.url ?? "https://", name: hook?.name ?? "", events: [...hook?.events ?? ["run.failed"]], pipeline: hook?.pipeline ?? "", secret: ""};
  const form = new Form(initial, (values) => ({
    url: /^https?:\/\/./.test(values.url) && URL.canParse(values.url) ? null : "An address that begins with https:// or http://.",
    events: values.events.length ? null : "Choose at least one.",
    secret: values.secret === "" || new Blob([values.secret]).size >= LEAST_KEY ? null : `At least ${LEAST_KEY} characters.`,
  }), async (values) => {
    const body = {
      url: values.url, name: values.name || null, pipeline: values.pipeline || null, ...(values.secret ? {secret: values.secret} : {}),
      events: /** @type {Webhook["events"]} */ (EVENTS.filter((one) => values.events.includes(one))),
    };
    const {data} = hook ? await app.api.changeWebhook({id: hook.id, ifMatch: `"${hook.revision}"`, body}) : await app.api.createWebhook({body});
    key.value = data.secret ?? "";
  });
  return formDialog({
    title: hook ? "Change the address" : "Tell another system", form, action: hook ? "Save" : "Add",
    fields: () => html`
      ${textField(form, "url", {label: "Address", mono: true, inputmode: "url", max: 2000, hint: "Public, or allowed by the operator of this server."})}
      ${textField(form, "name", {label: "Name", max: 200, hint: "Optional, for people."})}
      ${choicesField(form, "events", {label: "Tell of", options: EVENTS.map((value) => ({value, text: value}))})}
      ${selectField(form, "pipeline", {label: "Pipelines", options: [{value: "", text: "All"}, ...pipelines.map((one) => ({value: one.id, text: one.title}))]})}
      ${textField(form, "secret", {label: "Key of the signatures", type: "password", autocomplete: "new-password", mono: true, max: 512,
        hint: hook ? "Empty leaves the present one." : "Empty: one is made, and shown once."})}`,
    after: hook ? null : () => key.value
      ? html`<p>Copy the key now. It is not shown again.</p>${once(app, {label: "Signing key", value: key.value, note: "Check webhook-signature with it, in the form of Standard Webhooks."})}`
      : html`<p>Messages are signed with the key you gave.</p>${nothing}`,
  });
}
