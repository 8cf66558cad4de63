// What the head of a run says: how far it is, what it used, which step matters most.

import {isOver} from "./run-state.js";

/** @typedef {import("./run-state.js").RunState} RunState */

const NOT_DONE = new Set(["upstream_failed", "cancelled"]);

/** How many steps are done with, of how many; those that failed, or could not run for that, are not. @param {RunState} state */
export function progressOf(state) {
  let done = 0;
  let failed = 0;
  for (const step of state.steps.values()) {
    if (step.status === "failed" && !step.handled) failed += 1;
    else if (step.status === "succeeded" || step.status === "failed") done += 1;
    else if (step.status === "skipped" && !NOT_DONE.has(step.skipped?.code ?? "")) done += 1;
  }
  return {done, failed, of: state.steps.size};
}

/** What its model calls used, as far as it is known: the sums of the steps while it runs. @param {RunState} state */
export function usageOf(state) {
  const told = state.answer.usage;
  if (isOver(state.status) || !state.full) return told;
  const sum = {calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: /** @type {number|null} */ (0)};
  for (const {usage} of state.steps.values()) {
    if (!usage) continue;
    sum.calls += usage.calls;
    sum.input_tokens += usage.input_tokens ?? 0;
    sum.output_tokens += usage.output_tokens ?? 0;
    sum.cost_usd = sum.cost_usd === null || usage.cost_usd === null ? null : sum.cost_usd + usage.cost_usd;
  }
  // A retry drops steps and keeps what they used: then the server's own sum is the larger one.
  return (told.calls ?? 0) > sum.calls ? told : sum;
}

/** The step that a reader most likely wants to see. @param {RunState} state @returns {string|null} */
export function stepOfInterest(state) {
  const all = state.order.flatMap((path) => state.steps.get(path) ?? []);
  const live = all.filter((step) => step.status === "running");
  const choice = all.find((step) => step.status === "failed" && !step.handled)
    ?? live.find((step) => step.type === "prompt") ?? live[0]
    ?? all.findLast((step) => step.status === "succeeded") ?? all[0];
  return choice?.path ?? null;
}
