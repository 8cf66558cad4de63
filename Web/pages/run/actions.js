// What can be done with a run. Each says before what it means for what is done already.

import {html} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {copyText} from "../../parts/copy.js";
import {forkWithDraft} from "../../parts/fork.js";
import {icon} from "../../parts/icon.js";
import {openMenu} from "../../parts/menu.js";
import {problemText} from "../../parts/problem.js";
import {progressOf} from "../../model/run-figures.js";
import {isOver} from "../../model/run-state.js";
import {formatCount} from "../../model/format.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./run-store.js").RunStore} RunStore */
/** @typedef {import("../../model/run-state.js").RunState} RunState */

export class RunActions {
  /** What is being asked of the server right now. */
  busy = signal("");
  /** Why the last request was refused. */
  refused = signal(/** @type {unknown} */ (null));

  /** @param {App} app @param {RunStore} store @param {string} id */
  constructor(app, store, id) {
    this.app = app;
    this.store = store;
    this.id = id;
  }

  /** @param {string} name @param {() => Promise<{data: any}>} ask @param {string} done what to say; nothing where the run's events say it */
  async #do(name, ask, done) {
    if (this.busy.peek()) return;
    this.busy.value = name;
    this.refused.value = null;
    try {
      this.store.take((await ask()).data);
      if (done) this.app.announce(done);
    } catch (error) {
      this.refused.value = error;
      this.app.announce(problemText(error));
      this.store.load();
    } finally {
      this.busy.value = "";
    }
  }

  pause = () => this.#do("pause", () => this.app.api.pauseRun({id: this.id, body: {}}), "");
  resume = () => this.#do("resume", () => this.app.api.resumeRun({id: this.id, body: {}}), "");

  /** From a step, or what failed where none is named. @param {string | null} step */
  retry = (step) => this.#do("retry", () => this.app.api.retryRun({id: this.id, body: step === null ? {} : {step}}), step === null ? "Retry started" : `Retry from ${step} started`);

  /** A new run from that step on, with the draft as it is now. @param {string} step */
  fork = (step) => this.#start("fork", () => forkWithDraft(this.app, this.id, step));

  cancel = async () => {
    const state = this.store.state.peek();
    if (!state || isOver(state.status)) return;
    const running = state.order.flatMap((path) => (state.steps.get(path)?.status === "running" ? [path] : []));
    const {done} = progressOf(state);
    const what = running.length === 0 ? "Nothing more starts." : `${running.length > 3 ? formatCount(running.length, "step") : running.join(", ")} ${running.length === 1 ? "stops" : "stop"} at once.`;
    const isSure = await this.app.confirm({
      title: "Cancel this run?", danger: true, action: "Cancel run", cancel: "Keep running",
      text: `${what} ${done > 0 ? `The output of the ${formatCount(done, "finished step")} is kept, so you can go on from here later.` : "You can start it again later."}`,
    });
    if (isSure) await this.#do("cancel", () => this.app.api.cancelRun({id: this.id, body: {}}), "");
  };

  /** A new run of the same pipeline with the same inputs. */
  again = async () => {
    const run = this.store.state.peek()?.answer;
    if (!run || !("inputs" in run) || run.pipeline.id === null) return;
    const {id} = run.pipeline;
    const inputs = /** @type {{[name: string]: any}} */ (run.inputs ?? {});
    const version = typeof run.version === "number" ? run.version : undefined;
    await this.#start("again", async () => (await this.app.api.startRun({
      id, idempotencyKey: crypto.randomUUID?.() ?? String(Math.random()).slice(2),
      body: {inputs, mode: run.mode, ...(run.environment ? {environment: run.environment} : {}), ...(version === undefined ? {} : {version})},
    })).data);
  };

  /** Starts another run and opens it. @param {string} name @param {() => Promise<{id: string, number: number} | null>} ask null where somebody turned back */
  async #start(name, ask) {
    if (this.busy.peek()) return;
    this.busy.value = name;
    this.refused.value = null;
    try {
      const made = await ask();
      if (!made) return;
      this.app.toast(`Run ${made.number} started`);
      this.app.go(`/runs/${made.id}`);
    } catch (error) {
      this.refused.value = error;
      this.app.announce(problemText(error));
    } finally {
      this.busy.value = "";
    }
  }
}

/** The buttons of the bar, by what the run allows. @param {RunActions} actions @param {RunState} state @param {boolean} mayAct */
export function actionButtons(actions, state, mayAct) {
  if (!mayAct) return null;
  const busy = actions.busy.value;
  /** @param {string} name @param {() => void} run @param {import("../../parts/icon.js").IconName} shape @param {string} word @param {{style?: string, hide?: boolean, disabled?: boolean}} [options] */
  const button = (name, run, shape, word, {style = "", hide = false, disabled = false} = {}) => html`<button type="button" class="btn ${style} ${hide ? "hide-s" : ""}" aria-busy=${busy === name ? "true" : null} ?disabled=${disabled || (busy !== "" && busy !== name)} @click=${run}>${icon(shape, 14)}<span>${word}</span></button>`;
  if (!isOver(state.status)) {
    return html`${state.paused ? button("resume", actions.resume, "play", "Resume", {style: "primary"}) : button("pause", actions.pause, "pause", "Pause", {disabled: state.cancelling})}
      ${button("cancel", actions.cancel, "stop", state.cancelling ? "Cancelling…" : "Cancel run", {style: "danger", disabled: state.cancelling})}`;
  }
  const canRetry = state.status === "failed" || state.status === "cancelled";
  return html`${state.answer.pipeline.id !== null ? button("again", actions.again, "play", "Run again", {hide: canRetry}) : null}
    ${canRetry ? button("retry", () => actions.retry(null), "retry", state.status === "failed" ? "Retry what failed" : "Go on", {style: "primary"}) : null}
    ${moreButton(actions, state)}`;
}

/** What is done less often. @param {RunActions} actions @param {RunState} state */
function moreButton(actions, state) {
  const {id} = state.answer.pipeline;
  const open = (/** @type {Event} */ event) => openMenu(event.currentTarget, [
    id !== null && {label: "Run again", icon: "play", run: actions.again},
    id !== null && {label: "Run with other inputs", icon: "edit", href: `/pipelines/${id}?panel=run`},
    id !== null && {label: "All runs of this pipeline", icon: "runs", href: `/runs?pipeline=${encodeURIComponent(id)}`},
    {label: "Copy the id of this run", icon: "copy", run: async () => { actions.app.toast((await copyText(state.id)) ? "Id copied" : "The browser does not let this page copy."); }},
  ]);
  return html`<button type="button" class="btn ghost icon" aria-label="More for this run" aria-haspopup="menu" @click=${open}>${icon("more")}</button>`;
}
