import {freeId, isObject, valueAt} from "./document.js";

/** @typedef {import("./document.js").Step} Step */

/**
 * @typedef {{type: string, title: string, description: string}} StepKind
 */

/** What a new step of a type begins with: the least that shows what is to be filled in. */
const BEGINNINGS = /** @type {Record<string, () => Record<string, unknown>>} */ ({
  prompt: () => ({prompt: ""}),
  code: () => ({language: "python", code: "def main(inputs):\n    return None\n"}),
  file: () => ({operation: "read", path: ""}),
  api: () => ({method: "GET", url: ""}),
  condition: () => ({if: "true"}),
  transform: () => ({ops: []}),
});

/**
 * The types of steps that the format of this server has, in its order.
 * @param {unknown} schema the JSON Schema of documents; null while it is not there
 * @returns {StepKind[]}
 */
export function stepKinds(schema) {
  const types = valueAt(schema, ["$defs", "step", "properties", "type", "enum"]);
  if (!Array.isArray(types)) return [];
  return types.filter((type) => typeof type === "string").map((type) => {
    const description = valueAt(fieldsSchema(schema, type), ["description"]);
    return {type, title: titleOf(type), description: typeof description === "string" ? description.replace(/\.$/, "") : ""};
  });
}

/** The word for a type on a button. @param {string} type */
export function titleOf(type) {
  return type === "api" ? "API" : type.charAt(0).toUpperCase() + type.slice(1);
}

/**
 * The schema of what stands under `with` for a type; undefined where the schema does not know it.
 * @param {unknown} schema
 * @param {string} type
 */
export function fieldsSchema(schema, type) {
  const rules = valueAt(schema, ["$defs", "step", "allOf"]);
  if (!Array.isArray(rules)) return undefined;
  const rule = rules.find((item) => valueAt(item, ["if", "properties", "type", "const"]) === type);
  return valueAt(rule, ["then", "properties", "with"]);
}

/**
 * A step of a type, not connected, with an id that is free.
 * @param {string} type
 * @param {ReadonlySet<string>} taken
 * @param {unknown} [schema]
 * @returns {Step}
 */
export function newStep(type, taken, schema = null) {
  const beginning = BEGINNINGS[type]?.() ?? required(fieldsSchema(schema, type));
  return {id: freeId(type, taken), type, ...(Object.keys(beginning).length > 0 ? {with: beginning} : {})};
}

/** @param {unknown} schema */
function required(schema) {
  const names = valueAt(schema, ["required"]);
  /** @type {Record<string, unknown>} */
  const fields = {};
  for (const name of Array.isArray(names) ? names : []) {
    const field = valueAt(schema, ["properties", name]);
    if (isObject(field)) fields[name] = empty(field);
  }
  return fields;
}

/** @param {{readonly [key: string]: unknown}} field */
function empty(field) {
  if (field.default !== undefined) return field.default;
  if (Array.isArray(field.enum)) return field.enum[0];
  const type = Array.isArray(field.type) ? field.type[0] : field.type;
  switch (type) {
    case "object": return {};
    case "array": return [];
    case "boolean": return false;
    case "integer": case "number": return typeof field.minimum === "number" ? field.minimum : 1;
    default: return "";
  }
}
