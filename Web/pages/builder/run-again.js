import {forkWithDraft} from "../../parts/fork.js";
import {problemText} from "../../parts/problem.js";

/** Why a run cannot go on from a step of the last one; null where it can. @param {import("../../model/editor-model.js").LastRun | null} last */
export function noFork(last) {
  if (!last) return "Run the pipeline once first";
  return ["succeeded", "failed", "cancelled"].includes(last.status) ? null : `Run ${last.number} has not ended`;
}

/**
 * Starts a run from a step on, with what the last one had until there.
 * @param {import("../../app/app.js").App} app
 * @param {import("./draft/draft.js").Draft} draft
 * @param {string} step
 */
export async function runFrom(app, draft, step) {
  const last = draft.model.lastRun.peek();
  if (!last || noFork(last)) return;
  if (!await draft.model.flush()) {
    app.toast("The draft is not saved, so it was not run.", {kind: "bad"});
    return;
  }
  try {
    const made = await forkWithDraft(app, last.id, step);
    if (!made) return;
    app.toast(`Run ${made.number} goes on from ${step} of run ${last.number}`);
    app.go(`/runs/${made.id}`);
  } catch (error) {
    app.toast(problemText(error), {kind: "bad"});
  }
}

/**
 * Starts a run with the inputs of the last one.
 * @param {import("../../app/app.js").App} app
 * @param {import("./draft/draft.js").Draft} draft
 * @returns {Promise<boolean>} false where somebody has to look at the inputs first
 */
export async function runAgain(app, draft) {
  const last = draft.model.lastRun.peek();
  const pipeline = draft.pipeline.peek();
  if (!last || !pipeline) return false;
  if (!await draft.model.flush()) {
    app.toast("The draft is not saved, so it was not run.", {kind: "bad"});
    return true;
  }
  try {
    const {data} = await app.api.startRun({id: pipeline.id, body: {inputs: last.inputs}, idempotencyKey: crypto.randomUUID()});
    app.announce(`Run ${data.number} started`);
    app.go(`/runs/${data.id}`);
    return true;
  } catch (error) {
    app.toast(problemText(error), {kind: "bad"});
    return false;
  }
}
