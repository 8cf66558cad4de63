import {signal} from "../../../dom/signal.js";
import {stepById} from "../../../model/document.js";
import {sourceOf} from "../../../model/one-step.js";

/**
 * Steps that were run alone, by id: the last of each, while the draft is open.
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {{state: "starting"} | {state: "refused", error: unknown} | {state: "begun", id: string, number: number}} Trial
 * @typedef {ReadonlyMap<string, Trial>} Trials
 */

/** @type {WeakMap<EditorModel, import("../../../dom/signal.js").Signal<Trials>>} */
const known = new WeakMap();

/** @param {EditorModel} model */
export function trialsOf(model) {
  const trials = known.get(model) ?? signal(/** @type {Trials} */ (new Map()));
  known.set(model, trials);
  return trials;
}

/** @param {EditorModel} model @param {string} step @param {Trial | null} trial */
export function setTrial(model, step, trial) {
  const trials = trialsOf(model);
  const next = new Map(trials.peek());
  if (trial) next.set(step, trial);
  else next.delete(step);
  trials.value = next;
}

/**
 * Runs a step of the draft alone, with what the last run gave it.
 * @param {App} app @param {EditorModel} model @param {string} pipeline @param {string} id of the step
 */
export async function runStep(app, model, pipeline, id) {
  if (trialsOf(model).peek().get(id)?.state === "starting") return;
  setTrial(model, id, {state: "starting"});
  try {
    if (!await model.flush()) throw new Error("The draft is not saved yet, so the step was not run.");
    const step = stepById(model.document.peek(), id);
    const source = step && sourceOf(step, model.lastRun.peek());
    const body = /** @type {Parameters<App["api"]["startRun"]>[0]["body"]} */ ({only: {step: id, ...(source ? {from_run: source} : {})}});
    const {data} = await app.api.startRun({id: pipeline, body, idempotencyKey: crypto.randomUUID()});
    setTrial(model, id, {state: "begun", id: data.id, number: data.number});
    app.announce(`Run ${data.number} of ${id} alone started`);
  } catch (error) {
    setTrial(model, id, {state: "refused", error});
    app.announce(`${id} was not run`);
  }
}
