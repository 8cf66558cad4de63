import {problemText} from "../../parts/problem.js";

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
