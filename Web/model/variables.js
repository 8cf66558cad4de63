import {resultSchema} from "./schema-form.js";

/**
 * What the expressions and templates of a step may name: with types from the schemas, and values from the last run.
 *
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {{[key: string]: any}} Schema
 *
 * @typedef {object} Variable
 * @property {string} path as it is written: `steps.plan.output.json`, `steps["my-step"].output`
 * @property {string} type
 * @property {string} about
 * @property {JSONValue} [value] of the last run; absent where it is not known
 * @property {Variable[]} members
 * @property {boolean} closed whether nothing but `members` may stand below it
 * @property {boolean} [here] whether it means something in this field alone
 *
 * @typedef {object} Surroundings
 * @property {{[key: string]: any}} document
 * @property {string | null} stepId null for the outputs of the document
 * @property {Schema | null} schema
 * @property {{inputs: {[name: string]: JSONValue}, steps: {[id: string]: {status: string, output: JSONValue | undefined}}} | null} lastRun
 * @property {string[]} [secrets]
 * @property {string[]} [variables] names of stored variables
 * @property {string[]} [names] what means something in this field alone, such as `item`
 * @property {boolean} [mayUseSecrets]
 */

/** How deep a shape is followed, and how many members of an object are offered. */
const deepest = 5;
const mostMembers = 60;

/** A member as CEL writes it. @param {string} path @param {string} name */
export const memberPath = (path, name) => (/^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`);

/** What kind a value is, in the words of the schemas. @param {JSONValue | undefined} value */
export function typeOfValue(value) {
  if (value === undefined) return "";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "boolean" ? "boolean" : typeof value === "object" ? "object" : "string";
}

/** @param {Schema | undefined} schema @returns {string} */
export function typeOfSchema(schema) {
  if (!schema) return "any";
  if (schema.enum) return schema.enum.length > 4 ? typeOfValue(schema.enum[0]) : schema.enum.map(String).join(", ");
  if (schema.anyOf) return schema.anyOf.map(typeOfSchema).join(" or ");
  const names = (Array.isArray(schema.type) ? schema.type : [schema.type ?? "any"]).map((/** @type {string} */ name) => (name === "array" ? "list" : name));
  if (names[0] === "list" && schema.items?.type) return `list of ${typeOfSchema(schema.items)}`;
  return names.join(" or ");
}

/** Few words for a value, to stand beside a name. @param {JSONValue | undefined} value @param {number} [most] */
export function brief(value, most = 40) {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.length === 1 ? "1 element" : `${value.length} elements`;
  if (value && typeof value === "object") return Object.keys(value).length === 1 ? "1 key" : `${Object.keys(value).length} keys`;
  const text = typeof value === "string" ? value.replace(/\s+/g, " ").trim() : JSON.stringify(value);
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** @param {string} path @param {Schema | undefined} schema @param {JSONValue | undefined} value @param {number} [depth] @returns {Variable} */
function shaped(path, schema, value, depth = 0) {
  const known = Object.entries(/** @type {{[name: string]: Schema}} */ (schema?.properties ?? {}));
  const found = value && typeof value === "object" && !Array.isArray(value) ? value : {};
  const names = [...new Set([...known.map(([name]) => name), ...Object.keys(found)])].slice(0, mostMembers);
  const members = depth >= deepest ? [] : names.map((name) =>
    shaped(memberPath(path, name), schema?.properties?.[name], found[name], depth + 1));
  const type = schema && typeOfSchema(schema) !== "any" ? typeOfSchema(schema) : typeOfValue(value) || "any";
  return {path, type, about: schema?.description ?? "", value, members, closed: false};
}

/** @param {string} path @param {string} type @param {string} about @param {JSONValue} [value] @returns {Variable} */
const plain = (path, type, about, value) => ({path, type, about, value, members: [], closed: false});

/** The steps whose output a step may name: those above it, and those it needs. @param {{[key: string]: any}} document @param {string | null} stepId */
export function stepsBefore(document, stepId) {
  const steps = /** @type {{[key: string]: any}[]} */ (document.steps ?? []).filter((step) => step && typeof step === "object");
  const own = steps.findIndex((step) => step.id === stepId);
  if (stepId === null || own < 0) return steps;
  const before = new Set(steps.slice(0, own));
  const needs = steps[own]?.needs;
  const wanted = Array.isArray(needs) ? [...needs] : [];
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    const step = steps.find((each) => each.id === id);
    if (!step || before.has(step) || step.id === stepId) continue;
    before.add(step);
    wanted.push(...(Array.isArray(step.needs) ? step.needs : []));
  }
  return steps.filter((step) => before.has(step));
}

/** The JSON Schema of what a step gives, as far as the document tells. @param {{[key: string]: any}} step @param {Schema | null} schema @returns {Schema | undefined} */
export function outputSchema(step, schema) {
  if (step.outputs && typeof step.outputs === "object") {
    return {type: "object", properties: Object.fromEntries(Object.keys(step.outputs).map((name) => [name, {}]))};
  }
  const result = resultSchema(schema, step.type);
  if (!result) return undefined;
  const properties = {...result.properties};
  const fields = step.with ?? {};
  if (step.type === "prompt") {
    if (fields.schema && typeof fields.schema === "object") properties.json = {description: properties.json?.description, ...fields.schema};
    else delete properties.json;
  }
  return {...result, properties};
}

/** @param {{[key: string]: any}} step @param {Surroundings} given @returns {Variable} */
function stepVariable(step, given) {
  const path = memberPath("steps", String(step.id));
  const run = given.lastRun?.steps[step.id];
  const schema = outputSchema(step, given.schema);
  const output = shaped(`${path}.output`, schema, run?.output);
  output.closed = schema !== undefined;
  output.type = "object";
  const error = shaped(`${path}.error`, {type: "object", properties: {code: {type: "string"}, class: {type: "string"}, message: {type: "string"}}}, undefined);
  return {
    path, type: step.type ?? "step", about: step.title ?? "", value: undefined, closed: true,
    members: [output, plain(`${path}.status`, "string", "How it ended.", run?.status), error],
  };
}

/** All names by root. @param {Surroundings} given @returns {Variable[]} */
export function variablesAt(given) {
  const inputs = Object.entries(/** @type {{[name: string]: Schema}} */ (given.document.inputs ?? {}));
  /** @type {Variable[]} */
  const roots = (given.names ?? []).map((name) => ({...plain(name, "any", ""), here: true}));
  roots.push({
    ...plain("inputs", "object", "What the run was given."), closed: true,
    members: inputs.map(([name, schema]) => shaped(memberPath("inputs", name), schema, given.lastRun?.inputs[name])),
  });
  roots.push({
    ...plain("steps", "object", "What the steps before this one gave."), closed: true,
    members: stepsBefore(given.document, given.stepId).map((step) => stepVariable(step, given)),
  });
  roots.push({...plain("vars", "object", "Plain values of the environment."), members: (given.variables ?? []).map((name) => plain(`vars.${name}`, "string", ""))});
  if (given.mayUseSecrets) {
    roots.push({...plain("secrets", "object", "Sealed values, put in at the last moment."), members: (given.secrets ?? []).map((name) => plain(`secrets.${name}`, "secret", ""))});
  }
  const members = (/** @type {string} */ root, /** @type {[string, string][]} */ names) =>
    names.map(([name, type]) => plain(`${root}.${name}`, type, ""));
  roots.push({...plain("run", "object", "This run."), members: members("run", [["id", "string"], ["number", "integer"], ["url", "string"], ["started_at", "string"], ["trigger", "string"]])});
  roots.push({...plain("pipeline", "object", "This pipeline."), members: members("pipeline", [["name", "string"], ["version", "integer or null"]])});
  roots.push(plain("trigger", "object", "What started the run."));
  return roots;
}

/** All names there are, each before what is below it. @param {Variable[]} variables @returns {Variable[]} */
export function flattened(variables) {
  return variables.flatMap((each) => [each, ...flattened(each.members)]);
}

/**
 * What the editor offers: the names that hold a value first, the ways to them after.
 * @param {Variable[]} roots @returns {import("../parts/editor/completion-context.js").Item[]}
 */
export function itemsOf(roots) {
  const all = flattened(roots).filter((each) => each.path !== "inputs" && each.path !== "steps");
  const rank = (/** @type {Variable} */ each) => (each.here ? 0 : each.closed || !/[.[]/.test(each.path) ? 2 : 1);
  return [0, 1, 2].flatMap((wanted) => all.filter((each) => rank(each) === wanted))
    .map((each) => ({label: each.path, type: each.type, detail: brief(each.value)}));
}

/** The variable of a path, as it was written. @param {Variable[]} roots @param {string} path */
export const variableOf = (roots, path) => flattened(roots).find((each) => each.path === path) ?? null;
