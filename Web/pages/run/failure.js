// Why a run failed, what of it is safe, and the way on.

import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../model/run-state.js").StepState} StepState */
/** @typedef {import("./actions.js").RunActions} RunActions */

/** The steps that made the run fail. @param {RunState} state */
export const failedSteps = (state) => state.order.flatMap((path) => {
  const step = state.steps.get(path);
  return step?.status === "failed" && !step.handled ? [step] : [];
});

/** @param {RunState} state */
function kept(state) {
  const done = [...state.steps.values()].filter((step) => step.status === "succeeded").length;
  return done === 0 ? "No step before it was done." : `The output of the ${formatCount(done, "step")} that succeeded is kept, and ${done === 1 ? "it does" : "they do"} not run again.`;
}

/** @param {string} text */
const sentence = (text) => (/[.!?)]$/.test(text) ? text : `${text}.`);

/** Goes on with the draft, which says something else by now. @param {RunActions} actions @param {string} path @param {string} word */
const forkButton = (actions, path, word) => html`<button type="button" class="btn sm" aria-busy=${actions.busy.value === "fork" ? "true" : nothing} @click=${() => actions.fork(path)}>${icon("play", 14)}<span>${word}</span></button>`;

/** Above the run. @param {RunState} state @param {RunActions} actions @param {boolean} isMended */
export function failureBanner(state, actions, isMended) {
  if (state.status !== "failed") return nothing;
  const [step, ...others] = failedSteps(state);
  const error = step?.error ?? state.error;
  const tries = step?.attempts.length ?? 0;
  const head = step ? `${step.path} stopped${tries > 1 ? ` after ${tries} tries` : ""}: ${sentence(error?.message ?? "no reason was given")}` : sentence(error?.message ?? "The run failed");
  return html`<div class="rban"><div class="banner bad" role="alert">${icon("bad")}<div class="grow"><b>${head}</b>
      <div class="muted">${error?.hint ? `${sentence(error.hint)} ` : ""}${kept(state)}${others.length > 0 ? ` Also failed: ${others.map((one) => one.path).slice(0, 5).join(", ")}.` : ""}</div></div>
    ${step && isMended ? forkButton(actions, step.path, `Go on from ${step.path} with the draft`) : nothing}
    ${step ? html`<button type="button" class="btn sm" aria-busy=${actions.busy.value === "retry" ? "true" : nothing} @click=${() => actions.retry(step.path)}>${icon("retry", 14)}<span>Retry from ${step.path}</span></button>` : nothing}</div></div>`;
}

/** Above what the step gave. @param {StepState} step @param {RunState} state @param {RunActions} actions @param {boolean} isMended */
export function stepFailure(step, state, actions, isMended) {
  if (!step.error) return nothing;
  const {error} = step;
  const isOver = ["succeeded", "failed", "cancelled"].includes(state.status);
  const {pipeline} = state.answer;
  // Where all stands below each other, what the banner above the run said is not said once more.
  const isTold = state.status === "failed" && failedSteps(state)[0] === step;
  return html`<div class="banner ${step.handled ? "warn" : "bad"} step-error ${isTold ? "told" : ""}">${icon(step.handled ? "warn" : "bad")}<div class="stack grow">
    <b class="said">${sentence(error.message)}</b>
    <span class="muted sm"><code>${error.code}</code>${step.handled ? " The step's on_error took this failure: the run went on." : ""}</span>
    ${error.hint ? html`<span class="muted said">${sentence(error.hint)}</span>` : nothing}
    ${step.handled ? nothing : html`<span class="muted sm"><span class="said">${kept(state)}</span>${isOver ? ` A retry runs the pipeline as it was when this run began; ${isMended ? "the draft has been changed since." : "after a change in the builder, go on with the draft."}` : ""}</span>`}
    <div class="row wrap">${isOver && !step.handled && isMended ? forkButton(actions, step.path, "Go on from here with the draft") : nothing}
      ${isOver && !step.handled ? html`<button type="button" class="btn sm" aria-busy=${actions.busy.value === "retry" ? "true" : nothing} @click=${() => actions.retry(step.path)}>${icon("retry", 14)}<span>Retry from here</span></button>` : nothing}
      ${pipeline.id === null ? nothing : html`<a class="btn sm" href="/pipelines/${pipeline.id}?step=${encodeURIComponent(step.id)}">${icon("edit", 14)}<span>Open in builder</span></a>`}</div></div></div>`;
}
