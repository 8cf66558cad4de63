// <cf-run-step> one step of a run: how it stands, what it gave, what it got, its tries, its log, its cost.

import {html, nothing, ref} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal, untracked} from "../../dom/signal.js";
import {formatClock, formatCost, formatDuration, formatNumber} from "../../model/format.js";
import {isOver, textKey} from "../../model/run-state.js";
import {copyText} from "../../parts/copy.js";
import {glyph, icon} from "../../parts/icon.js";
import "../../parts/json-tree.js";
import "../../parts/log.js";
import {resource} from "../../parts/load.js";
import "../../parts/markdown.js";
import {openMenu} from "../../parts/menu.js";
import {formerly, problemView} from "../../parts/problem.js";
import {waitingView} from "../../parts/skeleton.js";
import {status} from "../../parts/status.js";
import {tabPanel, tabs} from "../../parts/tabs.js";
import {stepFailure} from "./failure.js";
import "./output.js";
import {requestLabel, requestView} from "./request.js";
import {figuresOf} from "./step-figures.js";
import {statusOf, waitOf} from "./timeline.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./run-store.js").RunStore} RunStore */
/** @typedef {import("./actions.js").RunActions} RunActions */
/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../model/run-state.js").StepState} StepState */
/** @typedef {import("../../../Client/client.d.ts").StepRun & {inputs: any}} StepAnswer */

export class RunStep extends Part {
  static props = {app: null, store: null, actions: null, path: null, tab: "output"};
  /** @type {App} */ app;
  /** @type {RunStore} */ store;
  /** @type {RunActions} */ actions;
  /** @type {string | null} */ path;
  /** @type {string} */ tab;
  #follow = signal(true);
  /** Which revision of which step the answer is of. */
  #wanted = signal("");
  /** @type {import("../../parts/load.js").Resource<StepAnswer | null>} */ #answer;
  /** @type {import("../../model/log-source.js").LogSource | null} */ #log = null;
  #logOf = "";
  /** @type {HTMLElement | null} */ #body = null;

  #made() {
    return this.#answer ??= untracked(() => resource(async (stop) => {
      const path = this.#wanted.value.split("\n")[0];
      const run = this.store.state.peek()?.id;
      if (!path || !run) return null;
      const {data} = await this.app.api.getStepRun({id: run, step_id: path, signal: stop});
      return /** @type {StepAnswer} */ (data);
    }, this, {follow: true, of: () => `${this.store.state.value?.id} ${this.path}`}));
  }

  connected() {
    // The page is told of ends; what a step gave and got only the server knows.
    this.effect(() => {
      const step = this.path === null ? null : this.store?.state.value?.steps.get(this.path);
      if (step) this.#wanted.value = `${step.path}\n${step.status === "queued" ? 0 : step.revision}\n${step.status}`;
    });
    this.effect(() => {
      void this.store?.state.value;
      if (this.#follow.value && this.#body && this.#isStreaming()) this.#body.scrollTop = this.#body.scrollHeight;
    });
  }

  #isStreaming() {
    const step = this.path === null ? null : this.store?.state.peek()?.steps.get(this.path);
    return step?.status === "running" && step.type === "prompt" && this.tab === "output";
  }

  view() {
    const state = this.store?.state.value;
    const step = this.path === null ? undefined : state?.steps.get(this.path);
    if (!state || !step) return html`<p class="dim pad">Choose a step to see what it gave.</p>`;
    const read = this.#made().value;
    const answer = read.value?.path === step.path ? read.value : null;
    const live = this.#liveText(state, step);
    const figures = figuresOf(step, answer?.output, step.status === "running" ? this.store.now.value : 0, live);
    const request = requestLabel(step.type);
    const hasCost = step.type === "prompt";
    const items = [{id: "output", label: "Output"}, {id: "input", label: "Input"}, ...(request ? [{id: "request", label: request}] : []),
      {id: "tries", label: "Tries", count: step.attempts.length > 1 ? step.attempts.length : null}, {id: "log", label: "Log"}, ...(hasCost ? [{id: "cost", label: "Cost"}] : [])];
    const tab = items.some((item) => item.id === this.tab) ? this.tab : "output";
    return html`<div class="panel-h">${glyph(step.type)}<div class="grow"><h2 class="mono trunc" title=${step.path}>${step.path}</h2><div class="xs dim trunc">${subtitle(step)}</div></div>
        ${status(statusOf(step), {pill: true, label: step.handled ? "Failed, handled" : undefined})}
        <button type="button" class="btn ghost icon sm" aria-label="Step actions" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => this.#menu(event, state, step)}>${icon("more")}</button></div>
      ${figures.length ? html`<div class="mets">${figures.map(([value, label]) => html`<div><b class="num trunc">${value}</b><span>${label}</span></div>`)}</div>` : nothing}
      ${tabs({id: "step", label: "Step detail", items, selected: tab, onSelect: (id) => this.emit("select-tab", id)})}
      ${tabPanel({id: "step", selected: tab, style: `rp scroll ${tab === "log" ? "flush" : ""}`}, html`<div class="rp-in" ${ref(this.#onBody)}>${this.#panel(tab, state, step, answer, read, live)}</div>`)}
      ${this.#isStreaming() ? html`<footer class="rfoot"><span class="sm dim">Streaming</span><label class="row sm muted end"><input type="checkbox" class="check" .checked=${this.#follow.value} @change=${(/** @type {Event} */ event) => { this.#follow.value = /** @type {HTMLInputElement} */ (event.target).checked; }}>Follow</label></footer>` : nothing}`;
  }

  /** @param {HTMLElement} element */
  #onBody = (element) => {
    const box = /** @type {HTMLElement | null} */ (element.closest(".rp"));
    this.#body = box;
    let last = 0;
    box?.addEventListener("scroll", () => {
      if (!this.#isStreaming()) return;
      const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 40;
      if (box.scrollTop < last - 2 && !isAtEnd) this.#follow.value = false;
      else if (isAtEnd) this.#follow.value = true;
      last = box.scrollTop;
    }, {passive: true});
  };

  /** @param {RunState} state @param {StepState} step */
  #liveText(state, step) {
    const attempt = step.attempts.at(-1);
    return attempt ? state.texts.get(textKey(step.path, attempt.number, "text")) ?? null : null;
  }

  /** @param {string} tab @param {RunState} state @param {StepState} step @param {StepAnswer | null} answer @param {import("../../parts/load.js").Loaded<StepAnswer | null>} read @param {{text: string} | null} live */
  #panel(tab, state, step, answer, read, live) {
    if (tab === "log") return this.#logView(state, step);
    if (tab === "tries") return triesView(step, this.store.now.value);
    if (tab === "cost") return costView(step);
    if (tab === "output") return html`${stepFailure(step, state, this.actions, this.store.isMended.value)}${step.warnings.map((text) => html`<div class="banner warn step-error">${icon("warn")}<span>${text}</span></div>`)}${this.#output(state, step, answer, read, live)}`;
    if (read.state === "failed" && !answer) return problemView(read.error, {retry: () => this.#answer.reload(), isWatched: true});
    if (!answer) return read.isLate || read.state === "ready" ? waitingView(html`<span class="skel line"></span><span class="skel line"></span>`) : nothing;
    const given = answer.inputs ?? null;
    if (given === null || step.attempts.length === 0) return html`<p class="dim">It has not been given anything yet: it did not start.</p>`;
    return html`${this.#former(read)}${tab === "request" ? requestView(step.type, given) : html`<cf-json .value=${given} .label=${"What the step was given"}></cf-json>`}`;
  }

  /** @param {import("../../parts/load.js").Loaded<StepAnswer | null>} read */
  #former(read) {
    return read.state === "failed" ? formerly(read.error, {readAt: read.readAt, retry: () => this.#answer.reload(), isBusy: read.isLate, isWatched: true}) : nothing;
  }

  /** @param {RunState} state @param {StepState} step @param {StepAnswer | null} answer @param {import("../../parts/load.js").Loaded<StepAnswer | null>} read @param {{text: string} | null} live */
  #output(state, step, answer, read, live) {
    if (step.status === "skipped") return html`<p class="dim">Skipped: ${step.skipped?.text.replaceAll("`", "")}.</p>`;
    if (step.status === "queued") return html`<p class="dim">Not started${waitOf(step, state) ? `: ${waitOf(step, state)}` : ""}.</p>`;
    const hasOutput = answer?.output !== null && answer?.output !== undefined;
    if (isOver(step.status) && hasOutput) return html`${this.#former(read)}<cf-run-output .type=${step.type} .value=${answer.output} .path=${outputPath(step.path)} .name=${step.path}></cf-run-output>`;
    if (live && live.text !== "") return html`<cf-markdown class="md ${step.status === "running" ? "stream" : ""}" aria-live="off" .text=${live.text}></cf-markdown>`;
    if (read.state === "failed") return problemView(read.error, {retry: () => this.#answer.reload(), isWatched: true});
    if (step.status === "running") return html`<p class="dim">${step.type === "prompt" ? "Waiting for the first token." : step.progress?.note ?? "Running."} ${formatDuration(this.store.now.value - (step.attempts.at(-1)?.startedAt ?? this.store.now.value))}</p>`;
    if (step.status === "waiting") return html`<p class="dim">The last try failed. The next one starts ${step.due === null ? "soon" : `in ${formatDuration(Math.max(0, step.due - this.store.now.value))}`}.</p>`;
    if (!answer && read.state === "loading") return read.isLate ? waitingView(html`<span class="skel line"></span><span class="skel line"></span>`) : nothing;
    return step.error ? nothing : html`<p class="dim">There is no output.</p>`;
  }

  /** @param {RunState} state @param {StepState} step */
  #logView(state, step) {
    const shared = this.store.log.value;
    const isLive = !isOver(state.status);
    const key = `${step.path} ${state.answer.id} ${state.endedAt}`;
    if (!isLive && this.#logOf !== key) { this.#log = this.store.stepLog(step.path); this.#logOf = key; }
    return html`<cf-log .source=${isLive ? shared : this.#log} .version=${isLive ? this.store.logVersion.value : 0} .start=${state.startedAt ?? 0} .step=${isLive ? step.path : null} .isNamed=${false} .live=${isLive} .label=${`Log of ${step.path}`}></cf-log>`;
  }

  /** @param {Event} event @param {RunState} state @param {StepState} step */
  #menu(event, state, step) {
    const {pipeline} = state.answer;
    openMenu(event.currentTarget, [
      {label: "Retry from here", icon: "retry", run: () => this.actions.retry(step.path), disabled: !isOver(state.status), reason: isOver(state.status) ? undefined : "When the run has ended"},
      isOver(state.status) && this.store.isMended.peek() ? {label: "Go on from here with the draft", icon: "play", run: () => this.actions.fork(step.path)} : null,
      pipeline.id === null ? null : {label: "Open in builder", icon: "edit", href: `/pipelines/${pipeline.id}?step=${encodeURIComponent(step.id)}`},
      {label: "Copy the path of its output", icon: "link", run: async () => { this.app.toast((await copyText(outputPath(step.path))) ? "Path copied" : "The browser does not let this page copy."); }},
    ]);
  }
}

/** @param {string} path */
const outputPath = (path) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(path) ? `steps.${path}.output` : `steps[${JSON.stringify(path)}].output`;

/** @param {StepState} step */
function subtitle(step) {
  if (step.usage?.model) return step.usage.model;
  return step.title || step.type;
}

/** @param {StepState} step @param {number} now */
function triesView(step, now) {
  if (step.attempts.length === 0) return html`<p class="dim">It was not tried yet.</p>`;
  return html`<ol class="tries">${step.attempts.map((attempt) => html`<li><div class="row">${status(attempt.status === "lost" ? "cancelled" : attempt.status, {label: attempt.status === "lost" ? "Lost" : undefined})}<b>Try ${attempt.number}</b>
    <span class="dim sm num end">${formatClock(attempt.startedAt)}, ${formatDuration((attempt.endedAt ?? now) - attempt.startedAt)}</span></div>
    ${attempt.status === "lost" ? html`<p class="sm muted">The server stopped while it ran. It was repeated, and does not count against retry.</p>` : nothing}
    ${attempt.error ? html`<p class="sm">${attempt.error.message}</p><p class="xs dim"><code>${attempt.error.code}</code>${attempt.error.hint ? ` ${attempt.error.hint}` : ""}</p>` : nothing}</li>`)}</ol>
    ${step.status === "waiting" && step.due !== null ? html`<p class="muted sm">The next try starts in ${formatDuration(Math.max(0, step.due - now))}.</p>` : nothing}`;
}

/** @param {StepState} step */
function costView(step) {
  const {usage} = step;
  if (!usage) return html`<p class="dim">Nothing is known of its use yet.</p>`;
  return html`<dl class="kv"><dt>Model</dt><dd class="mono">${usage.model ?? "–"}</dd><dt>Calls</dt><dd>${formatNumber(usage.calls)}</dd><dt>Tokens in</dt><dd>${formatNumber(usage.input_tokens)}</dd>
    <dt>Tokens out</dt><dd>${formatNumber(usage.output_tokens)}</dd><dt>Cost</dt><dd>${formatCost(usage.cost_usd)}</dd></dl>
    ${usage.cost_usd === null ? html`<p class="sm dim">The price of this model is not known. It can be set on the page Models and secrets.</p>` : nothing}`;
}

RunStep.define("cf-run-step");
