import {isObject} from "./document.js";
import {referencesIn} from "./references.js";

/**
 * Which texts of a step are expressions and which are templates, by the format's rules, and what they name.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").Path} Path
 * @typedef {import("./references.js").TextKind} TextKind
 * @typedef {(text: string, kind: TextKind, path: Path) => string} TextChange
 */

/** Patterns in their parts; `*` stands for each element or member. @param {Record<string, string[]>} patterns @returns {Record<string, string[][]>} */
const inParts = (patterns) => Object.fromEntries(Object.entries(patterns).map(([type, list]) => [type, list.map((pattern) => pattern.split("."))]));

/** Members under `with` that hold CEL, by the type of step. */
const EXPRESSIONS = inParts({
  condition: ["if", "cases.*.when"],
  loop: ["until"],
  transform: [
    "expression", "map", "filter", "distinct", "sort.by", "group.by", "aggregate.*", "set.*", "merge.*", "diff.with",
  ].map((op) => `ops.*.${op}`),
});

/** Members under `with` that are never rendered. */
const STATIC = inParts({
  code: ["code", "language"],
  condition: ["then", "else", "cases.*.then"],
  prompt: ["model", "schema"],
});

/** @type {WeakMap<Step, readonly {id: string, path: Path}[]>} */
const known = new WeakMap();

/**
 * The steps a step's texts name, each with the first place that does.
 * @param {Step} step
 * @returns {readonly {id: string, path: Path}[]}
 */
export function usesOf(step) {
  const before = known.get(step);
  if (before) return before;
  /** @type {Map<string, Path>} */
  const uses = new Map();
  changeTexts(step, (text, kind, path) => {
    for (const {id} of referencesIn(text, kind)) if (!uses.has(id)) uses.set(id, path);
    return text;
  });
  const list = [...uses].map(([id, path]) => ({id, path}));
  known.set(step, list);
  return list;
}

/**
 * The step with its expressions and templates changed; the same step where none was.
 * @param {Step} step
 * @param {TextChange} change
 * @returns {Step}
 */
export function changeTexts(step, change) {
  return members(step, (value, key) => {
    switch (key) {
      case "if": case "for_each": return expression(value, change, [key]);
      case "outputs": return members(value, (inner, name) => expression(inner, change, [key, name]));
      case "cache": return members(value, (inner, name) => name === "key" ? expression(inner, change, [key, name]) : inner);
      case "with": return fields(value, step.type, change);
      default: return value;
    }
  });
}

/** @param {unknown} value @param {string} type @param {TextChange} change */
function fields(value, type, change) {
  const expressions = EXPRESSIONS[type] ?? [];
  const fixed = STATIC[type] ?? [];
  /** @param {unknown} inner @param {Path} path @returns {unknown} */
  const walk = (inner, path) => {
    if (type === "loop" && path.length === 2 && path[0] === "steps" && isObject(inner)) {
      return changeTexts(/** @type {Step} */ (inner), (text, kind, below) => change(text, kind, ["with", ...path, ...below]));
    }
    if (fixed.some((pattern) => matches(path, pattern))) return inner;
    if (typeof inner === "string") {
      return change(inner, expressions.some((pattern) => matches(path, pattern)) ? "expression" : "template", ["with", ...path]);
    }
    return members(inner, (member, key) => walk(member, [...path, key]));
  };
  return walk(value, []);
}

/** @param {Path} path @param {readonly string[]} parts */
function matches(path, parts) {
  return parts.length === path.length && parts.every((part, place) => part === "*" || part === String(path[place]));
}

/** @param {unknown} value @param {TextChange} change @param {Path} path */
function expression(value, change, path) {
  return typeof value === "string" ? change(value, "expression", path) : value;
}

/**
 * @template Value
 * @param {Value} value
 * @param {(member: unknown, key: string | number) => unknown} change
 * @returns {Value}
 */
export function members(value, change) {
  if (Array.isArray(value)) {
    const list = value.map((item, place) => change(item, place));
    return list.every((item, place) => item === value[place]) ? value : /** @type {Value} */ (/** @type {unknown} */ (list));
  }
  if (!isObject(value)) return value;
  const object = /** @type {Record<string, unknown>} */ (value);
  let changed = null;
  for (const key of Object.keys(object)) {
    const next = change(object[key], key);
    if (next !== object[key]) (changed ??= {...object})[key] = next;
  }
  return /** @type {Value} */ (changed ?? value);
}
