import {stepsOf, withValueAt} from "../document.js";
import {branchesOf} from "../branches.js";

/**
 * @typedef {import("../document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../document.js").Step} Step
 * @typedef {import("../document.js").Path} Path
 * @typedef {import("../layout.js").Places} Places
 * @typedef {{document: PipelineDocument, places: Places}} Editable
 * @typedef {object} Command
 * @property {string} label what was done, for undo and for announcing: "Added step plan"
 * @property {(state: Editable) => Partial<Editable>} change answers what is different
 * @property {readonly string[]} [select] what is selected afterwards
 * @property {string} [merge] commands in a row with the same `merge` become one entry, as the letters of a word do
 */

/** Why a command is not done, in words for people. */
export class Refusal extends Error {}

/** @param {PipelineDocument} document */
export function idsIn(document) {
  return new Set(stepsOf(document).map(({id}) => id));
}

/** The step without some ids in its branches. @param {Step} step @param {ReadonlySet<string>} gone @returns {Step} */
export function withoutTargets(step, gone) {
  return branchesOf(step).reduce((kept, {key, targets}) => targets.some((id) => gone.has(id))
    ? withTargets(kept, key, targets.filter((id) => !gone.has(id))) : kept, step);
}

/**
 * The condition with other targets in one branch.
 * @param {Step} step
 * @param {string} key `then`, `else`, `cases[0]`
 * @param {readonly string[]} targets
 * @returns {Step}
 */
export function withTargets(step, key, targets) {
  const place = /^cases\[(\d+)\]$/.exec(key)?.[1];
  /** @type {Path} */
  const path = place === undefined ? ["with", key] : ["with", "cases", Number(place), "then"];
  const isNeeded = place !== undefined;
  return withValueAt(step, path, targets.length > 0 || isNeeded ? [...targets] : undefined);
}
