// <cf-run> the page of one run.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {computed, signal, untracked} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {stepOfInterest} from "../../model/run-figures.js";
import {isOver} from "../../model/run-state.js";
import {icon} from "../../parts/icon.js";
import "../../parts/log.js";
import {formerly, problemBanner, problemView} from "../../parts/problem.js";
import {segmented} from "../../parts/tabs.js";
import {RunActions, actionButtons} from "./actions.js";
import {announceChange} from "./announcing.js";
import "./changes.js";
import {failureBanner} from "./failure.js";
import "./graph.js";
import {headView, runStatus} from "./head.js";
import {metadataView} from "./metadata.js";
import "./results.js";
import {RunStore} from "./run-store.js";
import {loadingView} from "./loading.js";
import "./step.js";
import "./timeline.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../../Client/client.d.ts").Run} Run */

export class RunPage extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;
  /** @type {{id: string}} */ params;
  /** @type {URLSearchParams} */ query;
  /** @type {RunStore} */ store;
  /** @type {RunActions} */ actions;
  /** Which step the page chose by itself, until somebody chooses. */
  #guess = signal(/** @type {string | null} */ (null));
  #isLate = signal(false);
  #isToPlace = true;

  connected() {
    // Another run is another store; another query is another view of the same.
    const shown = computed(() => this.params.id);
    this.effect(() => {
      const id = shown.value;
      const store = new RunStore(this.app, id);
      this.store = store;
      this.actions = new RunActions(this.app, store, id);
      this.#current.value = store;
      this.#guess.value = null;
      store.onChange = (before, after) => announceChange(this.app, before, after);
      store.start();
      return () => store.end();
    });
    this.effect(() => {
      const state = this.#current.value?.state.value;
      if (!state) return;
      this.app.title(`Run ${state.answer.number} of ${state.answer.pipeline.name}`);
      const chosen = this.#guess.peek();
      // The reader is shown what runs; once it has failed, what failed; then it stays.
      const step = chosen === null ? undefined : state.steps.get(chosen);
      if (!step || (step.status === "succeeded" && !isOver(state.status)) || (state.status === "failed" && step.status !== "failed")) this.#guess.value = stepOfInterest(state);
    });
    // An address with a panel leads there, as choosing it does.
    this.effect(() => {
      if (this.#current.value?.state.value?.full && this.#isToPlace) {
        this.#isToPlace = false;
        if (untracked(() => this.query?.has("panel"))) this.#bringUp(".rlog");
      }
    });
    const late = setTimeout(() => { this.#isLate.value = true; }, 300);
    this.own(() => clearTimeout(late));
    this.addEventListener("select-step", (event) => { this.#set({step: /** @type {CustomEvent} */ (event).detail}, true); });
    this.addEventListener("select-tab", (event) => { this.#set({tab: /** @type {CustomEvent} */ (event).detail}); });
  }

  #current = signal(/** @type {RunStore | null} */ (null));

  /** @param {{[name: string]: string}} changes @param {boolean} [isStep] */
  #set(changes, isStep = false) {
    const query = new URLSearchParams(this.query ?? "");
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    this.app.go(`/runs/${this.params.id}?${query}`, {replace: true});
    // Where everything stands below each other, what was asked for comes into view.
    const asked = isStep ? ".rright" : "panel" in changes ? ".rlog" : null;
    if (asked) this.#bringUp(asked);
  }

  /** @param {string} part */
  #bringUp(part) {
    if (matchMedia("(max-width: 900px)").matches) requestAnimationFrame(() => this.querySelector(part)?.scrollIntoView({block: "start"}));
  }

  view() {
    const store = this.#current.value;
    const state = store?.state.value ?? null;
    const error = store?.error.value;
    return html`${this.#bar(state)}<main id="main" tabindex="-1" class="rmain">${
      !state && error ? html`<div class="page">${problemView(error, {retry: () => store?.retry()})}</div>`
        : !state || !store ? (this.#isLate.value ? loadingView() : nothing)
          : !state.full ? metadataView(state, this.app)
            : this.#run(store, state, error)}</main>`;
  }

  /** @param {RunState | null} state */
  #bar(state) {
    const {answer} = state ?? {};
    const name = answer?.pipeline.name ?? "";
    const title = titleOf(answer) ?? name;
    return html`<header class="topbar"><nav class="crumbs grow" aria-label="Breadcrumb"><a href="/runs" class="hide-s">Runs</a><span class="hide-s">${icon("next", 12)}</span>
      ${answer ? html`${answer.pipeline.id === null ? html`<span class="trunc muted">${title}</span>` : html`<a class="trunc" href="/pipelines/${answer.pipeline.id}" title=${title === name ? nothing : name}>${title}</a>`}<span>${icon("next", 12)}</span>` : nothing}
      <h1 class="h-sm">${answer ? `Run ${answer.number}` : "Run"}</h1></nav>
      <div class="row">${state ? actionButtons(this.actions, state, state.full) : nothing}</div></header>`;
  }

  /** @param {RunStore} store @param {RunState} state @param {unknown} error */
  #run(store, state, error) {
    const step = this.query?.get("step");
    const selected = step && state.steps.has(step) ? step : this.#guess.value;
    const isGraph = this.query?.get("view") === "graph";
    return html`${headView(state, store.now.value, store.estimate.value)}
      ${error ? html`<div class="rban">${formerly(error, {readAt: null, retry: () => store.retry()})}</div>` : nothing}
      ${this.actions.refused.value ? html`<div class="rban">${problemBanner(this.actions.refused.value)}</div>` : nothing}
      ${failureBanner(state, this.actions, store.isMended.value)}
      ${this.#pendingBanner(state)}
      <div class="rgrid"><section class="rleft ${isGraph ? "graph" : ""}" aria-label="Steps and log">
        <div class="rtabs">${segmented({label: "View", items: [{id: "timeline", label: "Timeline", icon: "monitor"}, {id: "graph", label: "Graph", icon: "layout"}], selected: isGraph ? "graph" : "timeline", onSelect: (view) => this.#set({view})})}
          <span class="end sm dim hide-s hide-m row" aria-hidden="true"><span class="lgd bad"></span>failed try<span class="lgd ttft"></span>wait for first token<span class="lgd live"></span>running</span></div>
        ${isGraph ? html`<cf-run-graph class="gv" .app=${this.app} .state=${state} .now=${store.now.value} .selected=${selected}></cf-run-graph>` : html`<cf-run-timeline .state=${state} .now=${isOver(state.status) ? 0 : store.now.value} .selected=${selected}></cf-run-timeline>`}
        ${this.#panel(store, state)}</section>
      <aside class="rright" aria-label="Step detail"><cf-run-step .app=${this.app} .store=${store} .actions=${this.actions} .path=${selected} .tab=${this.query?.get("tab") ?? "output"}></cf-run-step></aside></div>`;
  }

  /** @param {RunState} state */
  #pendingBanner(state) {
    if (!isOver(state.status) || (state.changes !== "pending" && state.changes !== "conflict") || this.query?.get("panel") === "changes") return nothing;
    const {pending: count, conflict} = /** @type {Run} */ (state.answer).changes;
    const fits = count > 0 && conflict === 0;
    return html`<div class="rban"><div class="banner ${fits ? "info" : "warn"}">${icon(fits ? "diff" : "warn")}<div class="grow">${fits ? `${formatCount(count, "file change")} ${count === 1 ? "waits" : "wait"} for your decision.`
      : `${formatCount(conflict, "file change")} of the run ${conflict === 1 ? "does" : "do"} not fit your workspace any more.`}</div>
      <button type="button" class="btn sm" @click=${() => this.#set({panel: "changes"})}>Review changes</button></div></div>`;
  }

  /** @param {RunStore} store @param {RunState} state */
  #panel(store, state) {
    const run = /** @type {Run} */ (state.answer);
    const count = run.changes.files.length;
    const items = [{id: "log", label: "Log"}, {id: "results", label: "In and out"}, ...(state.changes === "none" ? [] : [{id: "changes", label: "Changes", count}]), ...(count > 0 ? [{id: "files", label: "Files", count}] : [])];
    const asked = this.query?.get("panel") ?? "log";
    const panel = items.some((item) => item.id === asked) ? asked : "log";
    const isLive = !isOver(state.status);
    return html`<section class="rlog" aria-label="Log and results"><div class="panel-h">${segmented({label: "Panel", items, selected: panel, onSelect: (id) => this.#set({panel: id}), style: "scrollx"})}</div>
      ${panel === "log" ? html`<cf-log .source=${store.log.value} .version=${store.logVersion.value} .start=${state.startedAt ?? 0} .live=${isLive} .label=${"Log of the run"}></cf-log>`
        : panel === "results" ? html`<cf-run-results .state=${state}></cf-run-results>`
          : panel === "changes" ? html`<cf-run-changes .app=${this.app} .store=${store} .status=${`${state.changes} ${runStatus(state)}`}></cf-run-changes>`
            : html`<cf-run-files .app=${this.app} .run=${state.id} .version=${`${count} ${state.endedAt}`}></cf-run-files>`}</section>`;
  }
}

/** What the document that ran is called by people. @param {RunState["answer"] | undefined} answer */
function titleOf(answer) {
  const title = answer && "document" in answer ? answer.document?.title : null;
  return typeof title === "string" && title.trim() !== "" ? title : null;
}

RunPage.define("cf-run");
