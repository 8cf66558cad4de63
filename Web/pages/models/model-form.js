import {html} from "../../dom/html.js";
import {formDialog} from "../../parts/form-dialog.js";
import {choicesField, Form, textField} from "../../parts/form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Model} Model */
/** @typedef {NonNullable<import("../../../Client/client.d.ts").ModelCapabilities>[number]} Capability */
/** @typedef {{context: string, output_limit: string, capabilities: string[], input: string, cached_input: string, output: string, as_of: string}} ModelValues */

const CAPABILITIES = ["tools", "schema", "vision", "reasoning", "embeddings"];
const MOST_TOKENS = 1_000_000_000;
const MOST_DOLLARS = 1_000_000;

/**
 * Asks for what somebody knows better than the provider says, and writes it down.
 * @param {App} app
 * @param {Model} model
 */
export function editModel(app, model) {
  const {context, output_limit, price} = model;
  const form = new Form(/** @type {ModelValues} */ ({
    context: said(context), output_limit: said(output_limit), capabilities: [...model.capabilities ?? []],
    input: said(price?.input ?? null), cached_input: said(price?.cached_input ?? null), output: said(price?.output ?? null),
    as_of: price?.as_of ?? new Date().toISOString().slice(0, 10),
  }), check, async (values) => { await app.api.changeModel({id: model.id, body: changes(model, values)}); });
  return formDialog({
    title: model.name, text: "Empty is unknown, or what the provider says. Later prices change nothing about earlier calls.",
    form, fields: () => fields(form), action: "Save",
  });
}

/** @param {number | null} value */
const said = (value) => value === null ? "" : String(value);

/** @param {string} text */
const number = (text) => text.trim() === "" ? null : Number(text);

/** @param {ModelValues} values */
function check(values) {
  const hasPrice = [values.input, values.output, values.cached_input].some((text) => text.trim() !== "");
  return {
    context: limitRefusal(values.context), output_limit: limitRefusal(values.output_limit),
    input: priceRefusal(values.input, hasPrice), output: priceRefusal(values.output, hasPrice), cached_input: priceRefusal(values.cached_input, false),
    as_of: hasPrice && !/^\d{4}-\d{2}-\d{2}$/.test(values.as_of) ? "The day for which the price is known." : null,
  };
}

/** @param {string} text */
function limitRefusal(text) {
  const value = number(text);
  return value === null || (Number.isInteger(value) && value >= 1 && value <= MOST_TOKENS) ? null : "A whole number of tokens.";
}

/** @param {string} text @param {boolean} isNeeded */
function priceRefusal(text, isNeeded) {
  const value = number(text);
  if (value === null) return isNeeded ? "A price has both sides. Nothing is 0." : null;
  return value >= 0 && value <= MOST_DOLLARS ? null : "US dollars for a million tokens, such as 0.15.";
}

/**
 * What was changed: a member that stays as it was is not sent, so that it goes on following the provider.
 * @param {Model} model
 * @param {ModelValues} values
 */
function changes(model, values) {
  const [context, output_limit, input, output, cached_input] =
    [values.context, values.output_limit, values.input, values.output, values.cached_input].map(number);
  const capabilities = CAPABILITIES.filter((one) => values.capabilities.includes(one));
  const hadCapabilities = CAPABILITIES.filter((one) => model.capabilities?.includes(/** @type {Capability} */ (one)));
  return {
    ...(context !== model.context ? {context} : {}),
    ...(output_limit !== model.output_limit ? {output_limit} : {}),
    ...(capabilities.join() !== hadCapabilities.join() ? {capabilities: capabilities.length ? /** @type {Capability[]} */ (capabilities) : null} : {}),
    ...priceChange(model, input ?? null, output ?? null, cached_input ?? null, values.as_of),
  };
}

/** @param {Model} model @param {number | null} input @param {number | null} output @param {number | null} cached_input @param {string} as_of */
function priceChange(model, input, output, cached_input, as_of) {
  if (input === null || output === null) return model.price ? {price: null} : {};
  const had = model.price;
  if (had && had.input === input && had.output === output && had.cached_input === cached_input && had.as_of === as_of) return {};
  return {price: {input, output, cached_input, as_of}};
}

/** @param {Form<ModelValues>} form */
function fields(form) {
  return html`
    <div class="two">
      ${textField(form, "context", {label: "Context, tokens", inputmode: "numeric"})}
      ${textField(form, "output_limit", {label: "Longest answer, tokens", inputmode: "numeric"})}
    </div>
    ${choicesField(form, "capabilities", {label: "Can do", hint: "None chosen is what the provider says, or unknown.", options: CAPABILITIES.map((value) => ({value, text: value}))})}
    <div class="two">
      ${textField(form, "input", {label: "Input, $ per M tokens", inputmode: "decimal"})}
      ${textField(form, "output", {label: "Output, $ per M tokens", inputmode: "decimal"})}
      ${textField(form, "cached_input", {label: "Cached input, $ per M tokens", inputmode: "decimal"})}
      ${textField(form, "as_of", {label: "Price as of", type: "date"})}
    </div>`;
}
