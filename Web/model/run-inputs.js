import {isObject} from "./document.js";

/**
 * The form that a run's inputs are given in, from their JSON Schemas.
 *
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {{readonly [key: string]: unknown}} Schema
 *
 * @typedef {object} InputField
 * @property {string} name
 * @property {string} label
 * @property {string} about
 * @property {"text" | "lines" | "choice" | "number" | "switch" | "file" | "words" | "json"} control words: a list of texts
 * @property {boolean} required neither optional nor with a default
 * @property {boolean} optional null is taken
 * @property {JSONValue | undefined} fallback the default
 * @property {JSONValue[]} choices
 * @property {string} language of what is pasted, where the format says so
 * @property {Schema} schema
 */

/** @param {Schema} schema */
const typesOf = (schema) => (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== "null").map(String);

/** @param {Schema} schema @returns {InputField["control"]} */
function controlOf(schema) {
  const types = typesOf(schema);
  if (Array.isArray(schema.enum)) return "choice";
  if (types.length !== 1) return types.includes("string") ? "text" : "json";
  switch (types[0]) {
    case "boolean": return "switch";
    case "integer": case "number": return "number";
    case "array": return isObject(schema.items) && schema.items.type === "string" && !schema.items.enum ? "words" : "json";
    case "string": return schema.format === "file" ? "file" : schema.format === "textarea" || Number(schema.maxLength ?? 0) > 500 ? "lines" : "text";
    default: return "json";
  }
}

/** @param {{readonly [key: string]: unknown} | undefined} inputs the `inputs` of a document @returns {InputField[]} */
export function inputFields(inputs) {
  return Object.entries(inputs ?? {}).flatMap(([name, schema]) => {
    if (!isObject(schema)) return [];
    const optional = schema.optional === true;
    return [{
      name, label: typeof schema.title === "string" ? schema.title : labelOf(name), about: typeof schema.description === "string" ? schema.description : "",
      control: controlOf(schema), required: !optional && schema.default === undefined, optional,
      fallback: /** @type {JSONValue | undefined} */ (schema.default), choices: Array.isArray(schema.enum) ? schema.enum : [],
      language: controlOf(schema) === "json" ? "json" : "text", schema,
    }];
  });
}

/** @param {string} name */
const labelOf = (name) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** A value as the control shows it. @param {InputField} field @param {JSONValue | undefined} value @returns {string} */
export function textOf(field, value) {
  if (value === undefined || value === null) return "";
  if (field.control === "words" && Array.isArray(value)) return value.map(String).join("\n");
  if (field.control === "json") return JSON.stringify(value, null, 2);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What the form begins with: what was given, else the defaults. @param {InputField[]} fields @param {{[name: string]: JSONValue}} [given] @returns {{[name: string]: string}} */
export const textsOf = (fields, given = {}) => Object.fromEntries(fields.map((field) => [field.name, textOf(field, given[field.name] ?? field.fallback)]));

/**
 * What a text stands for: a value, nothing (the default holds), or why it cannot be.
 * @param {InputField} field @param {string} text @returns {{value: JSONValue} | {absent: true} | {refusal: string}}
 */
export function readInput(field, text) {
  const empty = field.control === "lines" || field.control === "text" ? text === "" : text.trim() === "";
  if (empty && field.control !== "switch") return field.required ? {refusal: missing(field)} : emptied(field);
  switch (field.control) {
    case "switch": return {value: text === "true"};
    case "number": return readNumber(field, text);
    case "choice": {
      const found = field.choices.find((choice) => textOf(field, choice) === text);
      return found === undefined ? {refusal: "Choose one"} : {value: found};
    }
    case "words": return checkedList(field, text.split("\n").map((line) => line.trim()).filter(Boolean));
    case "json": return readJSON(field, text);
    default: return readText(field, text);
  }
}

/** A text or list whose default was taken out is empty; anything else is left out. @param {InputField} field @returns {{value: JSONValue} | {absent: true}} */
function emptied({control, fallback, schema}) {
  if (typeof fallback === "string" && (control === "text" || control === "lines") && !schema.minLength) return {value: ""};
  return control === "words" && Array.isArray(fallback) && !schema.minItems ? {value: []} : {absent: true};
}

/** @param {InputField} field */
function missing(field) {
  const {label, control, schema} = field;
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const such = example === undefined ? "" : `, for example ${textOf(field, /** @type {JSONValue} */ (example))}`;
  if (control === "number") return `Enter a number${such}`;
  if (control === "choice") return "Choose one";
  if (control === "file") return "Choose a file, or write its path";
  return `Enter ${label.toLowerCase()}${such}`;
}

/** @param {InputField} field @param {string} text @returns {{value: JSONValue} | {refusal: string}} */
function readNumber(field, text) {
  const number = Number(text.trim());
  const {minimum, maximum} = /** @type {{minimum?: number, maximum?: number}} */ (field.schema);
  if (!Number.isFinite(number)) return {refusal: "Enter a number"};
  if (typesOf(field.schema).includes("integer") && !Number.isInteger(number)) return {refusal: "Enter a whole number"};
  if (typeof minimum === "number" && number < minimum) return {refusal: `At least ${minimum}`};
  if (typeof maximum === "number" && number > maximum) return {refusal: `At most ${maximum}`};
  return {value: number};
}

/** @param {InputField} field @param {string} text @returns {{value: JSONValue} | {refusal: string}} */
function readText(field, text) {
  const {minLength, maxLength, pattern} = /** @type {{minLength?: number, maxLength?: number, pattern?: string}} */ (field.schema);
  const count = [...text].length;
  if (typeof minLength === "number" && count < minLength) return {refusal: `At least ${minLength} characters; it has ${count}`};
  if (typeof maxLength === "number" && count > maxLength) return {refusal: `At most ${maxLength.toLocaleString("en-US")} characters; it has ${count.toLocaleString("en-US")}`};
  if (typeof pattern === "string" && !matches(pattern, text)) return {refusal: `It has to match ${pattern}`};
  return {value: text};
}

/** The server has the last word: a pattern that this browser cannot read lets everything pass. @param {string} pattern @param {string} text */
function matches(pattern, text) {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

/** @param {InputField} field @param {string} text @returns {{value: JSONValue} | {refusal: string}} */
function readJSON(field, text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? checkedList(field, value) : {value};
  } catch {
    return {refusal: "This is no JSON yet"};
  }
}

/** @param {InputField} field @param {JSONValue[]} list @returns {{value: JSONValue} | {refusal: string}} */
function checkedList(field, list) {
  const {minItems, maxItems} = /** @type {{minItems?: number, maxItems?: number}} */ (field.schema);
  if (typeof minItems === "number" && list.length < minItems) return {refusal: `At least ${minItems}; there are ${list.length}`};
  if (typeof maxItems === "number" && list.length > maxItems) return {refusal: `At most ${maxItems}; there are ${list.length}`};
  return {value: list};
}

/** Everything that was typed. @param {InputField[]} fields @param {{[name: string]: string}} texts */
export function readInputs(fields, texts) {
  /** @type {{[name: string]: JSONValue}} */
  const inputs = {};
  /** @type {{[name: string]: string}} */
  const refusals = {};
  for (const field of fields) {
    const reading = readInput(field, texts[field.name] ?? "");
    if ("refusal" in reading) refusals[field.name] = reading.refusal;
    else if ("value" in reading) inputs[field.name] = reading.value;
  }
  return {inputs, refusals};
}
