import {isObject, stepsOf, withStep, withValueAt} from "./document.js";
import {changeTexts} from "./step-texts.js";
import {referencesIn} from "./names.js";
import {memberPath} from "./variables.js";
import {renamedKey} from "./form-values.js";

/**
 * The inputs of a pipeline as people name their kinds, and as JSON Schemas.
 *
 * @typedef {{readonly [key: string]: unknown}} Schema
 * @typedef {"text" | "lines" | "choice" | "integer" | "number" | "boolean" | "file" | "words" | "other"} Kind
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 */

/** @type {{kind: Kind, label: string}[]} */
export const kinds = [
  {kind: "text", label: "Text"}, {kind: "lines", label: "Long text"}, {kind: "choice", label: "Choice"}, {kind: "integer", label: "Whole number"},
  {kind: "number", label: "Number"}, {kind: "boolean", label: "Yes or no"}, {kind: "file", label: "File"}, {kind: "words", label: "List of texts"}, {kind: "other", label: "JSON Schema"},
];

/** @param {Schema} schema @returns {Kind} */
export function kindOf(schema) {
  if (Array.isArray(schema.enum) && (schema.type === undefined || schema.type === "string")) return "choice";
  switch (schema.type) {
    case "string": return schema.format === "file" ? "file" : schema.format === "textarea" ? "lines" : "text";
    case "integer": return schema.enum ? "other" : "integer";
    case "number": return schema.enum ? "other" : "number";
    case "boolean": return "boolean";
    case "array": return isObject(schema.items) && schema.items.type === "string" && Object.keys(schema.items).length === 1 ? "words" : "other";
    default: return "other";
  }
}

/** What stays when the kind changes: what people read. @param {Schema} schema @param {Kind} kind @returns {Schema} */
export function withKind(schema, kind) {
  const kept = Object.fromEntries(["title", "description", "optional"].filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
  switch (kind) {
    case "text": return {type: "string", ...kept};
    case "lines": return {type: "string", format: "textarea", ...kept};
    case "file": return {type: "string", format: "file", ...kept};
    case "choice": return {type: "string", enum: Array.isArray(schema.enum) ? schema.enum.map(String) : ["one", "two"], ...kept};
    case "words": return {type: "array", items: {type: "string"}, ...kept};
    case "other": return {...schema};
    default: return {type: kind, ...kept};
  }
}

/** Whether a run has to give it, may leave it out, or gets a default. @param {Schema} schema @returns {"required" | "optional" | "default"} */
export const presenceOf = (schema) => (schema.optional === true ? "optional" : schema.default !== undefined ? "default" : "required");

/** @param {Schema} schema @param {"required" | "optional" | "default"} presence @returns {Schema} */
export function withPresence(schema, presence) {
  const {optional: _, default: standing, ...rest} = schema;
  if (presence === "required") return rest;
  if (presence === "optional") return {...rest, optional: true};
  return {...rest, default: standing ?? firstValue(schema)};
}

/** @param {Schema} schema */
function firstValue(schema) {
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? "";
  switch (schema.type) {
    case "integer": case "number": return typeof schema.minimum === "number" ? schema.minimum : 0;
    case "boolean": return false;
    case "array": return [];
    case "object": return {};
    default: return "";
  }
}

/** What is wrong with a name; null where nothing is. @param {string} name @param {PipelineDocument} document @param {string} [own] */
export function inputNameProblem(name, document, own) {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return "Letters, digits, - and _, beginning with a letter";
  return name !== own && isObject(document.inputs) && name in document.inputs ? `There is an input ${name} already` : null;
}

/** Gives an input another name, wherever it is named. @param {string} from @param {string} to @returns {import("./commands.js").Command} */
export function renameInput(from, to) {
  return {
    label: `Renamed input ${from} to ${to}`, merge: `rename input`,
    change: ({document}) => {
      if (!isObject(document.inputs)) return {};
      let changed = withValueAt(document, ["inputs"], renamedKey(document.inputs, from, to));
      for (const step of stepsOf(changed)) {
        changed = withStep(changed, step.id, (each) => changeTexts(each, (text, kind) => renamedIn(text, kind === "expression" ? "cel" : "template", from, to)));
      }
      if (isObject(changed.outputs)) {
        const outputs = Object.fromEntries(Object.entries(changed.outputs).map(([name, value]) => [name, typeof value === "string" ? renamedIn(value, "cel", from, to) : value]));
        changed = withValueAt(changed, ["outputs"], outputs);
      }
      return {document: changed};
    },
  };
}

/** @param {string} text @param {string} language @param {string} from @param {string} to */
function renamedIn(text, language, from, to) {
  let result = text;
  for (const reference of referencesIn(text, language).reverse()) {
    const [first] = reference.members;
    if (reference.root !== "inputs" || first?.name !== from) continue;
    const start = reference.from + "inputs".length;
    const end = first.from + from.length + (text.charAt(first.from - 1) === "." || /\s/.test(text.charAt(first.from - 1)) ? 0 : 2);
    result = result.slice(0, start) + memberPath("", to) + result.slice(end);
  }
  return result;
}
