import {isObject, withSteps} from "./document.js";
import {renameReferences} from "./references.js";
import {changeTexts, members} from "./step-texts.js";

/**
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Step} Step
 * @typedef {(id: string) => string | null} Renaming answers null for an id that stays
 */

/**
 * The document with a step named otherwise wherever it is named: its id, `needs`, branches, expressions and templates.
 * @param {PipelineDocument} document
 * @param {string | Renaming} from
 * @param {string} [to]
 * @returns {PipelineDocument}
 */
export function renameStepIn(document, from, to) {
  /** @type {Renaming} */
  const rename = typeof from === "string" ? (id) => id === from ? to ?? null : null : from;
  const steps = members(/** @type {readonly Step[]} */ (document.steps ?? []), (step) => (
    isObject(step) ? inStep(/** @type {Step} */ (step), rename) : step
  ));
  const outputs = members(document.outputs, (value) => expression(value, rename));
  const concurrency = members(document.concurrency, (value, key) => key === "key" ? expression(value, rename) : value);
  return {
    ...withSteps(document, steps), ...(outputs === undefined ? {} : {outputs}), ...(concurrency === undefined ? {} : {concurrency}),
  };
}

/** @param {Step} step @param {Renaming} rename @returns {Step} */
function inStep(step, rename) {
  const texts = changeTexts(step, (text, kind) => renameReferences(text, kind, rename));
  return members(texts, (value, key) => {
    switch (key) {
      case "id": return name(value, rename);
      case "needs": return members(value, (need) => name(need, rename));
      case "with": return isObject(value) ? inFields(value, step.type, rename) : value;
      default: return value;
    }
  });
}

/** @param {{readonly [key: string]: unknown}} fields @param {string} type @param {Renaming} rename */
function inFields(fields, type, rename) {
  return members(fields, (value, key) => {
    if (type === "loop" && key === "steps") {
      return members(value, (step) => isObject(step) ? inStep(/** @type {Step} */ (step), rename) : step);
    }
    if (type !== "condition") return value;
    if (key === "then" || key === "else") return targets(value, rename);
    if (key !== "cases") return value;
    return members(value, (item) => members(item, (inner, member) => member === "then" ? targets(inner, rename) : inner));
  });
}

/** @param {unknown} value @param {Renaming} rename */
function targets(value, rename) {
  return Array.isArray(value) ? members(value, (item) => name(item, rename)) : name(value, rename);
}

/** @param {unknown} value @param {Renaming} rename */
function name(value, rename) {
  return typeof value === "string" ? rename(value) ?? value : value;
}

/** @param {unknown} value @param {Renaming} rename */
function expression(value, rename) {
  return typeof value === "string" ? renameReferences(value, "expression", rename) : value;
}
