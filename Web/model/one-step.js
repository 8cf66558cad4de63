import {usesOf} from "./step-texts.js";

/**
 * A step that is run alone gets what steps above it gave in a past run.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./editor-model.js").LastRun} LastRun
 */

const ENDED = new Set(["succeeded", "failed", "cancelled"]);

/**
 * The run that is shown beside the texts of a step, where it has all that the step reads; null where the server has to
 * look for another one.
 * @param {Step} step
 * @param {LastRun | null} run
 */
export function sourceOf(step, run) {
  if (!run || !ENDED.has(run.status)) return null;
  return usesOf(step).every(({id}) => run.steps[id]?.output !== undefined) ? run.id : null;
}
