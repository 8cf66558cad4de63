import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {PRESETS, readInputs, readMapping, writeInputs, writeMapping} from "../../model/triggers.js";
import {formDialog} from "../../parts/form-dialog.js";
import {checkField, Form, selectField, textField} from "../../parts/form.js";
import {once} from "../../parts/once.js";
import {FirePreview} from "./fire-preview.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Trigger} Trigger */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../../Client/client.d.ts").Environment} Environment */
/** @typedef {"schedule" | "webhook"} Kind */
/** @typedef {{pipeline: string, name: string, inputs: string, environment: string, cron: string, timezone: string, catch_up: string, overlap: string, preset: string, signed: boolean, if: string}} TriggerValues */

const CATCH_UP = [
  {value: "none", text: "Leave them out"}, {value: "last", text: "Make up for the latest"}, {value: "all", text: "Make up for the latest ten"},
];
const OVERLAP = [{value: "allow", text: "Start another run"}, {value: "skip", text: "Leave this one out"}];

/**
 * Asks for a trigger and keeps it. What a webhook has that is shown once is shown.
 * @param {App} app
 * @param {{kind: Kind, trigger: Trigger | null, pipelines: PipelineSummary[], environments: Environment[]}} given
 */
export function askTrigger(app, {kind, trigger, pipelines, environments}) {
  const isSchedule = kind === "schedule";
  const read = isSchedule ? readInputs : readMapping;
  const made = signal(/** @type {Trigger | null} */ (null));
  const preview = isSchedule ? new FirePreview(app) : null;
  const form = new Form(initial(trigger, pipelines, isSchedule), (values) => ({
    pipeline: values.pipeline === "" ? "Choose a pipeline." : null,
    cron: isSchedule && values.cron.trim() === "" ? "When should it start?" : null,
    inputs: read(values.inputs).wrong,
  }), async (values) => {
    const shared = {name: values.name || null, inputs: read(values.inputs).inputs, environment: values.environment || null};
    const body = isSchedule ? {...shared, ...scheduleBody(values)} : {...shared, ...webhookBody(values)};
    if (trigger) await app.api.changeTrigger({id: trigger.pipeline, trigger_id: trigger.id, ifMatch: `"${trigger.revision}"`, body});
    else made.value = (await app.api.createTrigger({id: values.pipeline, body: {kind, ...body}})).data;
  });
  const word = isSchedule ? "schedule" : "webhook";
  return formDialog({
    title: trigger ? `Change the ${word}` : isSchedule ? "New schedule" : "New incoming webhook",
    text: isSchedule ? "Starts a run of yours at times." : "Starts a run of yours when another system calls.",
    form, action: trigger ? "Save" : "Make",
    fields: () => html`
      ${trigger ? nothing : selectField(form, "pipeline", {label: "Pipeline", options: pipelines.map((one) => ({value: one.id, text: one.title}))})}
      ${textField(form, "name", {label: "Name", max: 200, hint: "Optional, for people."})}
      ${preview ? scheduleFields(form, preview) : webhookFields(form, trigger)}
      ${environments.length ? selectField(form, "environment", {label: "Environment", options: [{value: "", text: "None"}, ...environments.map(({name}) => ({value: name, text: name}))]}) : nothing}`,
    after: !trigger && !isSchedule ? () => made.value ? shownOnce(app, made.value) : nothing : null,
  });
}

/** @param {Trigger | null} trigger @param {PipelineSummary[]} pipelines @param {boolean} isSchedule @returns {TriggerValues} */
function initial(trigger, pipelines, isSchedule) {
  return {
    pipeline: trigger?.pipeline ?? pipelines[0]?.id ?? "", name: trigger?.name ?? "", environment: trigger?.environment ?? "",
    inputs: trigger ? (isSchedule ? writeInputs : writeMapping)(trigger.inputs) : "",
    cron: trigger?.cron ?? "30 8 * * MON-FRI", timezone: trigger?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
    catch_up: trigger?.catch_up ?? "none", overlap: trigger?.overlap ?? "allow",
    preset: trigger?.preset ?? "generic", signed: trigger?.signed ?? true, if: trigger?.if ?? "",
  };
}

/** @param {TriggerValues} values */
const scheduleBody = (values) => ({
  cron: values.cron.trim(), timezone: values.timezone.trim() || "UTC",
  catch_up: /** @type {"none" | "last" | "all"} */ (values.catch_up), overlap: /** @type {"allow" | "skip"} */ (values.overlap),
});

/** @param {TriggerValues} values */
const webhookBody = (values) => ({
  preset: /** @type {NonNullable<Trigger["preset"]>} */ (values.preset), if: values.if.trim() || null,
  ...(values.preset === "generic" ? {signed: values.signed} : {}),
});

/** @param {Form<TriggerValues>} form @param {FirePreview} preview */
function scheduleFields(form, preview) {
  const {cron, timezone} = form.values;
  preview.ask(cron, timezone);
  return html`
    <div class="two">
      ${textField(form, "cron", {label: "When", mono: true, max: 256, hint: "Minute, hour, day, month, day of the week; or @daily and the like."})}
      ${textField(form, "timezone", {label: "On the clock of", list: Intl.supportedValuesOf("timeZone")})}
    </div>
    ${preview.view(timezone)}
    <div class="two">
      ${selectField(form, "catch_up", {label: "Missed while the server was off", options: CATCH_UP})}
      ${selectField(form, "overlap", {label: "While a run of it is under way", options: OVERLAP})}
    </div>
    ${textField(form, "inputs", {label: "Inputs of the run, as JSON", rows: 3, mono: true, placeholder: "{\"city\": \"Ulm\"}"})}`;
}

/** @param {Form<TriggerValues>} form @param {Trigger | null} trigger */
function webhookFields(form, trigger) {
  return html`
    ${selectField(form, "preset", {label: "Called by", options: [...PRESETS]})}
    ${form.values.preset === "generic" ? checkField(form, "signed", {label: "Calls are signed", hint: "Without a signature the address alone is the proof."}) : nothing}
    ${textField(form, "if", {label: "Only if", mono: true, placeholder: "trigger.event == 'issues'", hint: "An expression over trigger.body, trigger.headers, trigger.event. Empty is always."})}
    ${textField(form, "inputs", {label: "Inputs of the run, an expression a line", rows: 4, mono: true, placeholder: "title = trigger.body.issue.title"})}
    ${trigger ? html`<p class="sm dim">Its address and key stay as they are.</p>` : nothing}`;
}

/** @param {App} app @param {Trigger} trigger */
export const shownOnce = (app, {path, secret}) => html`
  <p>Copy this now. It is not shown again.</p>
  ${path ? once(app, {label: "Address", value: location.origin + path}) : nothing}
  ${secret ? once(app, {label: "Signing key", value: secret, note: "The sender signs its calls with it."}) : nothing}`;
