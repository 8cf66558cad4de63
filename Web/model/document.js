/**
 * The pipeline document as an immutable JSON value, and how to read it. A draft may be anything the server could read,
 * so nothing here trusts that a member has the type the format wants.
 *
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {{readonly [key: string]: unknown}} JSONObject
 * @typedef {JSONObject & {readonly id: string, readonly type: string, readonly title?: string,
 *   readonly needs?: readonly string[], readonly with?: JSONObject}} Step
 * @typedef {JSONObject & {readonly name?: string, readonly title?: string, readonly steps?: readonly Step[],
 *   readonly inputs?: JSONObject, readonly outputs?: JSONObject}} PipelineDocument
 * @typedef {readonly (string | number)[]} Path
 */

/** Stands for the run inputs where the id of a step may stand; no step can have it. */
export const INPUTS_ID = "@inputs";

/** What an id of a step looks like, in words for people. */
export const ID_RULE = "lower-case letters, digits, - and _, beginning with a letter";

const ID_PATTERN = /^[a-z][a-z0-9_-]{0,63}$/;
const RESERVED = new Set(["end", "fail"]);

/** @type {WeakMap<object, readonly Step[]>} */
const readable = new WeakMap();

/** @returns {PipelineDocument} */
export function emptyDocument() {
  return {version: 1, name: "untitled", steps: []};
}

/**
 * @param {unknown} value
 * @returns {value is JSONObject}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The steps that have an id, in document order; of two with the same id the first.
 * @param {PipelineDocument} document
 * @returns {readonly Step[]}
 */
export function stepsOf(document) {
  const list = document.steps;
  if (!Array.isArray(list)) return [];
  const known = readable.get(list);
  if (known) return known;
  const seen = new Set();
  const steps = list.filter((step) => {
    if (!isObject(step) || typeof step.id !== "string" || seen.has(step.id)) return false;
    seen.add(step.id);
    return true;
  });
  readable.set(list, steps);
  return steps;
}

/**
 * @param {PipelineDocument} document
 * @param {string} id
 * @returns {Step | null}
 */
export function stepById(document, id) {
  return stepsOf(document).find((step) => step.id === id) ?? null;
}

/**
 * Names of the run inputs, in document order.
 * @param {PipelineDocument} document
 */
export function inputNames(document) {
  return isObject(document.inputs) ? Object.keys(document.inputs) : [];
}

/**
 * What stands at a path; undefined where nothing does.
 * @param {unknown} value
 * @param {Path} path
 * @returns {unknown}
 */
export function valueAt(value, path) {
  let here = value;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = /** @type {Record<string | number, unknown>} */ (here)[part];
  }
  return here;
}

/**
 * The same value with another one at a path; undefined removes, and containers left empty by a removal stay.
 * Parts that did not change are shared with the value before.
 * @template Value
 * @param {Value} value
 * @param {Path} path
 * @param {unknown} next
 * @returns {Value}
 */
export function withValueAt(value, path, next) {
  const [key, ...rest] = path;
  if (key === undefined) return /** @type {Value} */ (next);
  const before = valueAt(value, [key]);
  const after = rest.length > 0 ? withValueAt(before, rest, next) : next;
  if (Object.is(before, after)) return value;
  if (Array.isArray(value) || (typeof key === "number" && value === undefined)) {
    const list = Array.isArray(value) ? [...value] : [];
    if (after === undefined) list.splice(Number(key), 1);
    else list[Number(key)] = after;
    return /** @type {Value} */ (/** @type {unknown} */ (list));
  }
  /** @type {Record<string, unknown>} */
  const object = isObject(value) ? {...value} : {};
  if (after === undefined) delete object[String(key)];
  else object[String(key)] = after;
  return /** @type {Value} */ (/** @type {unknown} */ (object));
}

/**
 * Whether two JSON values say the same; the order of members does not matter.
 * @param {unknown} left
 * @param {unknown} right
 * @returns {boolean}
 */
export function sameValue(left, right) {
  if (Object.is(left, right)) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && left.length === right.length
      && left.every((item, place) => sameValue(item, right[place]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length
    && keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]));
}

/**
 * The document with another list of steps.
 * @param {PipelineDocument} document
 * @param {readonly Step[]} steps
 * @returns {PipelineDocument}
 */
export function withSteps(document, steps) {
  return {...document, steps};
}

/**
 * The document with one step changed.
 * @param {PipelineDocument} document
 * @param {string} id
 * @param {(step: Step) => Step} change
 * @returns {PipelineDocument}
 */
export function withStep(document, id, change) {
  const before = stepById(document, id);
  if (!before) return document;
  const after = change(before);
  if (after === before) return document;
  return withSteps(document, (document.steps ?? []).map((step) => step === before ? after : step));
}

/**
 * What is wrong with an id; null where nothing is.
 * @param {string} id
 */
export function idProblem(id) {
  if (RESERVED.has(id)) return `“${id}” is reserved for branches that end a run`;
  return ID_PATTERN.test(id) ? null : `An id has ${ID_RULE}`;
}

/**
 * An id that is not taken, near the wanted one: `plan`, `plan_2`, `plan_3`.
 * @param {string} wanted
 * @param {ReadonlySet<string>} taken
 */
export function freeId(wanted, taken) {
  const plain = idProblem(wanted) === null ? wanted : wanted.toLowerCase().replace(/[^a-z0-9_-]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 64);
  const stem = plain.replace(/_\d+$/, "").slice(0, 58) || "step";
  if (!taken.has(plain) && idProblem(plain) === null) return plain;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}
