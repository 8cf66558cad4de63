// What the server says about two versions, put in the order in which one reads a pipeline: first the pipeline itself,
// then its steps as they stand now, and each removed step where it was.
import {yamlOf} from "../../model/yaml-text.js";

/** @typedef {import("../../../Client/client.d.ts").Difference} Difference */
/** @typedef {import("../../../Client/client.d.ts").JSONValue} JSONValue */
/** @typedef {{[name: string]: JSONValue}} Members */
/** @typedef {"added" | "removed" | "renamed" | "moved" | "changed"} Mark */
/**
 * @typedef {object} Section
 * @property {string} key
 * @property {string | null} step null for the pipeline itself
 * @property {string | null} was its former id, where it was renamed
 * @property {string} type
 * @property {Mark[]} marks
 * @property {number} fields how many fields have another value
 * @property {string[]} before its lines in the one version; none where it was added
 * @property {string[]} after
 */

/** As lines of YAML, written in one way, so that versions are laid line against line whatever they were written in. @param {Members} value */
const print = (value) => yamlOf(value).replace(/\n$/, "").split("\n");

/** Steps in the order of the document, those in loops behind their loop. @param {Members} document @returns {Members[]} */
export function allSteps(document) {
  const steps = Array.isArray(document.steps) ? document.steps : [];
  return steps.flatMap((step) => isMembers(step) ? [step, ...(isMembers(step.with) ? allSteps(step.with) : []), ...allSteps(step)] : []);
}

/** @param {JSONValue | undefined} value @returns {value is Members} */
function isMembers(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A step without the steps in it, which have lines of their own. @param {Members} step @returns {Members} */
function withoutInner(step) {
  const own = {...step};
  const ids = (/** @type {JSONValue} */ steps) => Array.isArray(steps) ? steps.map((inner) => isMembers(inner) ? inner.id : inner) : steps;
  if ("steps" in own) own.steps = ids(own.steps);
  if (isMembers(own.with) && "steps" in own.with) own.with = {...own.with, steps: ids(own.with.steps)};
  return own;
}

/**
 * @param {Difference} difference
 * @param {Members} before
 * @param {Members} after
 * @returns {Section[]}
 */
export function sections(difference, before, after) {
  const renamed = new Map(difference.steps.renamed.map((change) => [String(change.after), String(change.before)]));
  const gone = new Set(difference.steps.removed);
  const moved = new Set(difference.steps.moved.map((change) => String(change.step)));
  const added = new Set(difference.steps.added);
  const old = new Map(allSteps(before).map((step) => [String(step.id), step]));
  const count = (/** @type {string | null} */ step) => difference.fields.filter((field) => field.step === step).length;

  /** @type {Section[]} */
  const found = [];
  if (count(null) > 0) {
    const {steps: _before, ...own} = before, {steps: _after, ...now} = after;
    found.push({key: "pipeline", step: null, was: null, type: "", marks: ["changed"], fields: count(null), before: print(own), after: print(now)});
  }
  for (const {step, isOld} of inOrder(allSteps(before), allSteps(after), gone, renamed)) {
    const id = String(step.id), was = renamed.get(id) ?? null;
    const fields = isOld ? 0 : count(id);
    /** @type {[Mark, boolean][]} */
    const all = [["removed", isOld], ["added", !isOld && added.has(id)], ["renamed", was !== null], ["moved", moved.has(id)], ["changed", fields > 0]];
    const marks = all.flatMap(([mark, holds]) => holds ? [mark] : []);
    if (marks.length === 0) continue;
    const former = isOld ? step : old.get(was ?? id);
    found.push({
      key: `${isOld ? "-" : "+"}${id}`, step: id, was, type: String(step.type), marks, fields,
      before: former && !added.has(id) ? print(withoutInner(former)) : [],
      after: isOld ? [] : print(withoutInner(step)),
    });
  }
  return found;
}

/**
 * The steps as they are now, with each removed one behind the step that it followed.
 * @param {Members[]} before @param {Members[]} after @param {Set<string>} gone @param {Map<string, string>} renamed
 */
function inOrder(before, after, gone, renamed) {
  const nowCalled = new Map([...renamed].map(([now, was]) => [was, now]));
  /** @type {Map<string, Members[]>} */
  const behind = new Map();
  let last = "";
  for (const step of before) {
    const id = String(step.id);
    if (gone.has(id)) behind.set(last, [...(behind.get(last) ?? []), step]);
    else last = nowCalled.get(id) ?? id;
  }
  const removed = (/** @type {string} */ id) => (behind.get(id) ?? []).map((step) => ({step, isOld: true}));
  return [...removed(""), ...after.flatMap((step) => [{step, isOld: false}, ...removed(String(step.id))])];
}

/**
 * What happened to a step, in words.
 * @param {Section} section
 */
export function describe({marks, fields, was}) {
  const words = marks.map((mark) => mark === "changed" ? `${fields} ${fields === 1 ? "change" : "changes"}`
    : mark === "renamed" ? `renamed from ${was}` : mark).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
