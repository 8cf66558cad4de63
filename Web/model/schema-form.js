import {rulesOf} from "./form-rules.js";

/**
 * Forms made of the JSON Schema of documents, so that step types and fields that come later appear by themselves. What
 * a control is follows from the schema alone: its type, its bounds, and the marks `x-kind`, `x-secrets`, `x-names`.
 *
 * @typedef {{[key: string]: any}} Schema a JSON Schema as the server sends it
 *
 * @typedef {"text" | "template" | "expression" | "code" | "choice" | "number" | "duration" | "size" | "switch" | "list"
 *   | "map" | "object" | "variant" | "union" | "model" | "secret" | "step" | "path" | "schema" | "value"} Control
 *   variant: an object with exactly one of its keys; union: either a single value or a list of them; value: any JSON
 *
 * @typedef {object} Field
 * @property {string} name the key; empty for an element of a list or map
 * @property {Control} control
 * @property {string} label
 * @property {string} help
 * @property {boolean} required whatever else is written
 * @property {import("../../Client/client.d.ts").JSONValue} [default] what holds where nothing is written
 * @property {boolean} templated whether `{{ }}` may stand in it
 * @property {boolean} secrets whether `{{ secrets.NAME }}` may stand in it
 * @property {string[]} names names that mean something only here, such as `item`
 * @property {boolean} lines whether its text may have several lines
 * @property {string[]} [choices]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {boolean} [integer]
 * @property {string} [least] of a duration or size
 * @property {string} [most]
 * @property {string} [pattern]
 * @property {string} [language] of code, where it is fixed
 * @property {Field} [item] of lists, maps and unions
 * @property {number} [maxItems]
 * @property {Form} [form] of objects and variants
 *
 * @typedef {object} Form
 * @property {Field[]} fields
 * @property {import("./form-rules.js").Rules} rules
 */

/** Fields whose text is prose or a program, and so gets several lines. */
const longNames = new Set(["prompt", "system", "content", "code", "text", "template", "description", "message", "search", "replace"]);

/** Fields that name a file of the workspace, by name: the schema has no mark for them. */
const pathNames = new Set(["path", "to", "file"]);

/** The schema's titles are made of the keys; some keys are short for words that are written otherwise. */
const spelled = /** @type {{[word: string]: string}} */ ({Url: "URL", Json: "JSON", Cpu: "Processor time", Wall: "Time", Id: "ID", Api: "API", Ops: "Operations"});

/** @param {string} title */
const titleOf = (title) => (title.charAt(0).toUpperCase() + title.slice(1)).replaceAll("_", " ").replace(/^\w+/, (word) => spelled[word] ?? word);

/** @param {Schema} schema @param {Schema} root */
function resolved(schema, root) {
  const reference = /^#\/\$defs\/(\w+)$/.exec(schema.$ref ?? "");
  return reference ? {...root.$defs?.[reference[1] ?? ""], ...schema} : schema;
}

/** @param {Schema} schema */
const typesOf = (schema) => (Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : []);

/** The number, text or other that a templated field takes besides a template. @param {Schema} schema @returns {Schema} */
function plain(schema) {
  const others = (schema.anyOf ?? []).filter((/** @type {Schema} */ each) => each.pattern !== "[{][{%#]");
  return others.length === 1 && others.length < (schema.anyOf?.length ?? 0) ? {...schema, anyOf: undefined, ...others[0]} : schema;
}

/**
 * The control of a field, and what it needs to know.
 * @param {string} name @param {Schema} given @param {Schema} root @param {boolean} [required] @returns {Field}
 */
export function fieldOf(name, given, root, required = false) {
  const schema = plain(resolved(given, root));
  const kind = schema["x-kind"] ?? "static";
  /** @type {Field} */
  const field = {
    name, required, control: "value", label: titleOf(schema.title || name),
    help: schema.description ?? "", templated: kind === "template", secrets: schema["x-secrets"] === true,
    names: schema["x-names"] ?? [], lines: longNames.has(name),
  };
  if ("default" in schema) field.default = schema.default;
  if (schema.pattern) field.pattern = schema.pattern;
  return Object.assign(field, controlOf(name, schema, root, kind, field));
}

/**
 * @param {string} name @param {Schema} schema @param {Schema} root @param {string} kind @param {Field} field
 * @returns {Partial<Field>}
 */
function controlOf(name, schema, root, kind, field) {
  const types = typesOf(schema);
  const union = unionOf(schema, root, field);
  if (union) return union;
  if (kind === "expression" && !types.includes("object") && !types.includes("array")) return {control: "expression"};
  if (Array.isArray(schema.enum)) return {control: "choice", choices: schema.enum.map(String)};
  if (schema.format === "factory-duration") return {control: "duration", least: schema["x-minimum"], most: schema["x-maximum"]};
  if (schema["x-maximum"] && schema.anyOf) return {control: "size", least: schema["x-minimum"], most: schema["x-maximum"]};
  if (types.includes("boolean") && types.length === 1) return {control: "switch"};
  if (types.includes("integer") || (types.includes("number") && !types.includes("string"))) {
    return {control: "number", integer: types.includes("integer"), minimum: schema.minimum, maximum: schema.maximum};
  }
  if (types.includes("array")) return listOf(name, schema, root, field);
  if (types.includes("object")) return objectOf(name, schema, root, field);
  if (types.includes("string")) return textOf(name, schema, kind);
  return {control: "value"};
}

/** @param {string} name @param {Schema} schema @param {string} kind @returns {Partial<Field>} */
function textOf(name, schema, kind) {
  if (schema.format === "code") return {control: "code"};
  if (name === "model") return {control: "model"};
  if (pathNames.has(name) && kind === "template") return {control: "path"};
  return {control: kind === "template" ? "template" : "text"};
}

/** @param {string} name @param {Schema} schema @param {Schema} root @param {Field} field @returns {Partial<Field>} */
function listOf(name, schema, root, field) {
  const item = fieldOf("", schema.items ?? {}, root);
  if (name === "secrets") item.control = "secret";
  if (name === "needs") item.control = "step";
  return {control: "list", item: inheriting(item, field), maxItems: schema.maxItems};
}

/** @param {string} name @param {Schema} schema @param {Schema} root @param {Field} field @returns {Partial<Field>} */
function objectOf(name, schema, root, field) {
  if (name === "schema") return {control: "schema"};
  if (schema.properties) {
    const form = formOf(schema, root);
    for (const each of form.fields) if (field.names.length && !each.names.length) each.names = field.names;
    return {control: schema.minProperties === 1 && schema.maxProperties === 1 ? "variant" : "object", form};
  }
  if (schema.additionalProperties && typeof schema.additionalProperties === "object") {
    return {control: "map", item: inheriting(fieldOf("", schema.additionalProperties, root), field), pattern: schema.propertyNames?.pattern};
  }
  return {control: "value"};
}

/** A value, or a list of such values: both are written by one control. @param {Schema} schema @param {Schema} root @param {Field} field @returns {Partial<Field> | null} */
function unionOf(schema, root, field) {
  const forms = schema.anyOf ?? [];
  const list = forms.find((/** @type {Schema} */ each) => each.type === "array");
  const single = forms.find((/** @type {Schema} */ each) => each !== list);
  if (!list || !single || forms.length !== 2) return null;
  const item = inheriting(fieldOf("", single.anyOf ? {type: "string", ...single, anyOf: undefined} : single, root), field);
  if (["then", "else"].includes(field.name)) item.control = "step";
  return {control: "union", item, maxItems: list.maxItems};
}

/** What holds for a field holds for its elements. @param {Field} item @param {Field} field */
function inheriting(item, field) {
  item.label = field.label;
  item.secrets ||= field.secrets;
  if (!item.names.length) item.names = field.names;
  return item;
}

/** The fields of an object, with what they have to do with each other. @param {Schema} schema @param {Schema} root @returns {Form} */
export function formOf(schema, root) {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(([name, each]) =>
    fieldOf(name, /** @type {Schema} */ (each), root, required.has(name)));
  return {fields, rules: rulesOf(schema)};
}

/** What the schema says of a step type: its own part, `then` of its `if`. @param {Schema | null} root @param {string} type @returns {Schema | null} */
export function stepSchema(root, type) {
  const parts = root?.$defs?.step?.allOf ?? [];
  return parts.find((/** @type {Schema} */ each) => each.if?.properties?.type?.const === type)?.then?.properties ?? null;
}

/** The step types there are, in the order of the schema. @param {Schema | null} root @returns {string[]} */
export const stepTypes = (root) => root?.$defs?.step?.properties?.type?.enum ?? [];

/** The form of a step type's `with`; null for a type that the server does not know. @param {Schema | null} root @param {string} type */
export function stepForm(root, type) {
  const schema = stepSchema(root, type)?.with;
  return schema && root ? formOf(schema, root) : null;
}

/** What every step has. `with` is left out: `stepForm` has it. @param {Schema | null} root @param {string} type @returns {Form | null} */
export function commonForm(root, type) {
  const step = root?.$defs?.step;
  if (!step || !root) return null;
  const own = stepSchema(root, type) ?? {};
  const form = formOf({...step, allOf: []}, root);
  form.fields = form.fields.filter((field) => field.name !== "with");
  for (const field of form.fields) if (own[field.name] && "default" in own[field.name]) field.default = own[field.name].default;
  return form;
}

/** The keys of the document itself. @param {Schema | null} root @returns {Form | null} */
export const documentForm = (root) => (root ? formOf(root, root) : null);

/** The JSON Schema of a step's result. @param {Schema | null} root @param {string} type @returns {Schema | null} */
export const resultSchema = (root, type) => stepSchema(root, type)?.with?.["x-result"] ?? null;
