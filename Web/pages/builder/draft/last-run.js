/**
 * @typedef {import("../../../../Client/client.d.ts").Run} Run
 * @typedef {import("../../../../Client/client.d.ts").RunMetadata} RunMetadata
 * @typedef {import("../../../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {import("../../../model/editor-model.js").LastRun} LastRun
 */

/**
 * What the steps of a run gave; null where one may not see it.
 * @param {Run | RunMetadata} run
 * @returns {LastRun | null}
 */
export function lastRunOf(run) {
  if (!("steps" in run)) return null;
  /** @type {LastRun["steps"]} */
  const steps = {};
  for (const step of run.steps) {
    // Items of for_each and rounds of a loop have paths of their own; the step itself has its id.
    if (step.path !== step.id) continue;
    const hasOutput = step.status === "succeeded" || (step.handled && step.output !== null);
    steps[step.id] = {status: step.status, output: hasOutput ? step.output : undefined, error: step.error};
  }
  const inputs = typeof run.inputs === "object" && run.inputs !== null && !Array.isArray(run.inputs) ? run.inputs : {};
  return {id: run.id, number: run.number, status: run.status, created_at: run.created_at, inputs, steps};
}
