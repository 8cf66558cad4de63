import {INPUTS_ID, stepsOf} from "./document.js";

/** @typedef {import("./document.js").PipelineDocument} PipelineDocument */

/**
 * What of a selection is still there.
 * @param {readonly string[]} selection
 * @param {PipelineDocument} document
 * @returns {readonly string[]}
 */
export function keepExisting(selection, document) {
  const ids = new Set(stepsOf(document).map((step) => step.id));
  const kept = selection.filter((id) => id === INPUTS_ID || ids.has(id));
  return kept.length === selection.length ? selection : kept;
}

/**
 * The selection with an id added, or taken out where it was in.
 * @param {readonly string[]} selection
 * @param {string} id
 */
export function toggled(selection, id) {
  return selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id];
}

/**
 * The selected steps themselves, in document order, without the run inputs.
 * @param {readonly string[]} selection
 * @param {PipelineDocument} document
 */
export function selectedSteps(selection, document) {
  const ids = new Set(selection);
  return stepsOf(document).filter((step) => ids.has(step.id));
}
