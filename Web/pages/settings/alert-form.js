import {html} from "../../dom/html.js";
import {ALERT_KINDS, inUnits, readThreshold, UNITS} from "../../model/alerts.js";
import {formDialog} from "../../parts/form-dialog.js";
import {Form, selectField, textField} from "../../parts/form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Alert} Alert */
/** @typedef {import("../../../Client/client.d.ts").AlertKind} AlertKind */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{kind: string, name: string, pipeline: string, amount: string, unit: string}} AlertValues */

/**
 * Asks what somebody wants to be told of, and keeps it.
 * @param {App} app
 * @param {Alert | null} alert
 * @param {PipelineSummary[]} pipelines
 */
export function askAlert(app, alert, pipelines) {
  const known = pipelines.map((one) => ({value: one.id, text: one.title}));
  // One that is not among those that were read stays chosen.
  if (alert?.pipeline && !known.some(({value}) => value === alert.pipeline)) known.push({value: alert.pipeline, text: alert.pipeline});
  const form = new Form(initial(alert), (values) => ({amount: readThreshold(values.kind, values.amount, values.unit).wrong}), async (values) => {
    const body = {
      kind: /** @type {AlertKind} */ (values.kind), name: values.name || null, pipeline: values.pipeline || null,
      ...readThreshold(values.kind, values.amount, values.unit).threshold,
    };
    if (alert) await app.api.changeAlert({id: alert.id, ifMatch: `"${alert.revision}"`, body});
    else await app.api.createAlert({body});
  });
  return formDialog({
    title: alert ? "Change the alert" : "New alert", text: "It says a thing once, and is closed when it is over.", form, action: alert ? "Save" : "Make",
    fields: () => html`
      ${selectField(form, "kind", {label: "Tell me when", options: [...ALERT_KINDS]})}
      ${threshold(form)}
      ${selectField(form, "pipeline", {label: "Pipelines", options: [{value: "", text: "All of mine, and all that I start"}, ...known]})}
      ${textField(form, "name", {label: "Name", max: 200, hint: "Optional, for people."})}`,
  });
}

/** @param {Alert | null} alert @returns {AlertValues} */
function initial(alert) {
  const shared = {kind: /** @type {string} */ (alert?.kind ?? "failure"), name: alert?.name ?? "", pipeline: alert?.pipeline ?? ""};
  const span = alert?.duration_ms ?? alert?.silence_ms;
  if (span !== undefined) return {...shared, ...inUnits(span)};
  return {...shared, amount: String(alert?.failures ?? alert?.cost_usd ?? 1), unit: "60000"};
}

/** @param {Form<AlertValues>} form */
function threshold(form) {
  const {kind} = form.values;
  if (kind === "failure") return textField(form, "amount", {label: "Runs that fail in a row", inputmode: "numeric"});
  if (kind === "cost") return textField(form, "amount", {label: "More than, in US dollars", inputmode: "decimal", hint: "As far as the prices of the models are known."});
  return html`<div class="two">
    ${textField(form, "amount", {label: kind === "duration" ? "Longer than" : "No run for", inputmode: "decimal"})}
    ${selectField(form, "unit", {label: "Unit", options: [...UNITS]})}</div>`;
}
