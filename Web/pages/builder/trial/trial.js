import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {computed, signal, untracked} from "../../../dom/signal.js";
import {formatDuration} from "../../../model/format.js";
import {isOver, textKey} from "../../../model/run-state.js";
import {icon} from "../../../parts/icon.js";
import {problemBanner} from "../../../parts/problem.js";
import {status} from "../../../parts/status.js";
import {RunStore} from "../../run/run-store.js";
import "../../run/output.js";
import {setTrial, trialsOf} from "./trials.js";

/**
 * What a step that was run alone gives, as it comes.
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../model/run-state.js").RunState} RunState
 * @typedef {import("../../../model/run-state.js").StepState} StepState
 */
class TrialElement extends Part {
  static props = {app: null, model: null, stepId: ""};
  /** @type {App} */ app;
  /** @type {EditorModel} */ model;
  /** @type {string} */ stepId;

  #store = signal(/** @type {RunStore | null} */ (null));
  /** What it gave, with what it is of. */
  #output = signal(/** @type {{of: string, value: unknown} | null} */ (null));

  #trial = computed(() => trialsOf(this.model).value.get(this.stepId) ?? null);

  #run = computed(() => {
    const trial = this.#trial.value;
    return trial?.state === "begun" ? trial.id : null;
  });

  connected() {
    this.effect(() => {
      const run = this.#run.value;
      const store = run === null ? null : new RunStore(this.app, run);
      untracked(() => { this.#store.value = store; });
      if (!store) return undefined;
      store.onChange = (before, after) => this.#changed(before, after);
      store.start();
      return () => store.end();
    });
    this.effect(() => {
      const state = this.#store.value?.state.value;
      const step = state?.steps.get(this.stepId);
      if (!state || !step || !isOver(step.status)) return;
      const of = `${state.id} ${step.revision}`;
      if (untracked(() => this.#output.value?.of) !== of) void this.#read(state.id, step.path, of);
    });
  }

  /** @param {string} run @param {string} path @param {string} of */
  async #read(run, path, of) {
    try {
      const {data} = await this.app.api.getStepRun({id: run, step_id: path});
      this.#output.value = {of, value: data.output};
    } catch {
      // The link leads to the run, which says what is wrong.
      this.#output.value = {of, value: undefined};
    }
  }

  /** @param {RunState} before @param {RunState} after */
  #changed(before, after) {
    if (isOver(before.status) || !isOver(after.status)) return;
    this.app.announce(`${this.stepId} ${after.status} when it was run alone`);
  }

  view() {
    const trial = this.#trial.value;
    if (!trial) return nothing;
    const store = this.#store.value;
    const state = store?.state.value ?? null;
    const step = state?.steps.get(this.stepId) ?? null;
    const isEnded = trial.state === "refused" || (state !== null && isOver(state.status));
    const name = trial.state === "starting" || (trial.state === "begun" && !state) ? "queued" : trial.state === "refused" ? "failed" : step?.status ?? state?.status ?? "queued";
    return html`<section class="trial" aria-label="This step run alone"><div class="trial-h row">
        ${status(name, {label: trial.state === "refused" ? "Not run" : trial.state === "starting" ? "Starting" : undefined})}
        <span class="sm dim num">${step?.startedAt ? formatDuration((step.endedAt ?? store?.now.value ?? step.startedAt) - step.startedAt) : ""}</span>
        ${trial.state === "begun" ? html`<a class="link sm end" href=${`/runs/${trial.id}?step=${encodeURIComponent(this.stepId)}`}>Run ${trial.number}</a>` : html`<span class="end"></span>`}
        ${isEnded ? html`<button type="button" class="btn ghost icon sm" aria-label="Close what it gave" @click=${() => setTrial(this.model, this.stepId, null)}>${icon("close", 13)}</button>`
          : state ? html`<button type="button" class="btn ghost sm" ?disabled=${state.cancelling} @click=${() => void this.#cancel(state.id)}>Cancel</button>` : nothing}</div>
      ${this.#body(trial, store, state, step)}</section>`;
  }

  /** @param {import("./trials.js").Trial} trial @param {RunStore | null} store @param {RunState | null} state @param {StepState | null} step */
  #body(trial, store, state, step) {
    if (trial.state === "refused") return html`<div class="trial-b">${problemBanner(trial.error)}</div>`;
    const failure = store?.error.value;
    if (failure && !state) return html`<div class="trial-b">${problemBanner(failure)}</div>`;
    if (!state || !step) return nothing;
    const error = step.error ?? state.error;
    const wrong = error ? html`<div class="banner bad">${icon("bad")}<span>${error.message}${error.hint ? html` <span class="muted">${error.hint}</span>` : nothing}</span></div>` : nothing;
    const output = this.#output.value?.of === `${state.id} ${step.revision}` ? this.#output.value.value : undefined;
    if (isOver(step.status) && output !== undefined && output !== null) {
      return html`<div class="trial-b scroll">${wrong}<cf-run-output .type=${step.type} .value=${output} .path=${""} .name=${step.id}></cf-run-output></div>`;
    }
    const live = state.texts.get(textKey(step.path, step.attempts.at(-1)?.number ?? 1, "text"))?.text ?? "";
    if (live !== "") return html`<div class="trial-b scroll">${wrong}<pre class="code plain ${step.status === "running" ? "stream" : ""}" aria-live="off">${live}</pre></div>`;
    return error ? html`<div class="trial-b">${wrong}</div>` : nothing;
  }

  /** @param {string} run */
  async #cancel(run) {
    try {
      this.#store.peek()?.take((await this.app.api.cancelRun({id: run})).data);
    } catch (error) {
      setTrial(this.model, this.stepId, {state: "refused", error});
    }
  }
}

TrialElement.define("cf-trial");
