import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {computed, signal, untracked} from "../../dom/signal.js";
import {resource} from "../../parts/load.js";
import {problemView} from "../../parts/problem.js";
import {waitingView} from "../../parts/skeleton.js";
import {icon} from "../../parts/icon.js";
import {openPublish} from "../../parts/publish.js";
import {openShare} from "../../parts/share.js";
import {barView} from "./bar/bar.js";
import {decideConflict} from "./draft/conflict-dialog.js";
import {Draft} from "./draft/draft.js";
import {Navigation} from "./navigation.js";
import {pageKeys} from "./page-keys.js";
import {runAgain, runFrom} from "./run-again.js";
import {sideView} from "./side.js";
import {pasteText, stepsClipboard} from "./steps-clipboard.js";
import "./canvas/canvas.js";
import "./list/list.js";
import "./yaml/yaml.js";
import "./palette.js";
import "./problems/problems.js";

/**
 * The builder: one draft as canvas, list and YAML, with a panel beside it.
 *
 * @typedef {import("../../app/app.js").App} App
 */

class BuilderPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {Record<string, string>} */ params;
  /** @type {URLSearchParams} */ query;

  #draft = signal(/** @type {Draft | null} */ (null));
  #at = new Navigation(this, () => this.#draft.peek());
  /** The draft that is being opened, or is open. @type {Draft | null} */
  #opening = null;
  #loading = signal(/** @type {import("../../parts/load.js").Resource<Draft> | null} */ (null));

  connected() {
    // Every change of the address gives new parameters, mostly with the same id.
    const asked = computed(() => this.params.id ?? "");
    this.effect(() => {
      const id = asked.value;
      untracked(() => this.#open(id));
    });
    const at = this.#at;
    const model = () => this.#draft.peek()?.model ?? null;
    this.own(at.watch());
    this.own(pageKeys(this.app, {
      show: (view) => at.show(view), publish: () => this.#publish(), runAgain: () => this.#runAgain(), model, view: () => at.view,
    }));
    this.own(stepsClipboard(this.app, {model, canvas: () => at.canvas, isText: () => at.view === "yaml"}));
    this.own(this.app.guard(() => this.#unsaved()));
    this.effect(() => this.#title());
    this.effect(() => this.#say());
    this.effect(() => { if (this.#draft.value) at.selectAsked(this.#draft.value); });
    this.effect(() => { if (this.#draft.value) at.followSelection(this.#draft.value); });
    this.effect(() => { if (this.#draft.value?.autosave.conflict.value) void this.#decide(); });
  }

  disconnected() {
    this.#loading.peek()?.end();
    this.#opening?.end();
  }

  view() {
    const state = this.#loading.value?.value;
    const hasFailed = state?.state === "failed";
    const draft = !hasFailed && this.#draft.value?.pipeline.value ? this.#draft.value : null;
    // One frame for all states: what has the keyboard while it loads has it afterwards.
    return html`<header class=${`topbar ${draft ? "bbar" : ""}`}>${draft ? barView(draft, this.#at.view, this.#actions(draft))
      : html`<nav class="crumbs grow" aria-label="Breadcrumb"><a href="/pipelines">Pipelines</a></nav>`}</header>
      <main id="main" tabindex="-1" class=${hasFailed ? "" : "bmain"}>${draft ? html`${this.#readOnly(draft)}${this.#body(draft, this.#sideShown(draft))}` : this.#notYet(state)}</main>`;
  }

  /** @param {import("../../parts/load.js").Loaded<Draft> | undefined} state */
  #notYet(state) {
    return html`<h1 class="sr">Pipeline</h1>${state?.state === "failed" ? problemView(state.error, {retry: () => void this.#loading.peek()?.reload(), isWatched: true})
      : state?.isLate ? waitingView(html`<div class="build noinsp"><div class="pal-l"></div><div class="stage build-skel"><i class="skel"></i><i class="skel"></i><i class="skel"></i></div></div>`, "Loading the pipeline") : nothing}`;
  }

  /** @param {Draft} draft @param {boolean} side */
  #body(draft, side) {
    const {model} = draft;
    const at = this.#at;
    const {view} = at;
    const isSheet = side && at.isNarrow.value;
    return html`<div class=${`build ${side ? "" : "noinsp"} ${model.canEdit ? "" : "nopal"}`}
        @open-step=${(/** @type {CustomEvent} */ event) => at.openStep(event.detail.id, event.detail.takesKeyboard)}
        @add-step=${(/** @type {CustomEvent} */ event) => at.add(event.detail)}
        @carry-step=${(/** @type {CustomEvent} */ event) => at.canvas?.aim(event.detail)} @drop-step=${(/** @type {CustomEvent} */ event) => at.canvas?.drop(event.detail)}
        @jump=${(/** @type {CustomEvent} */ event) => at.jump(event.detail)}
        @run-step=${(/** @type {CustomEvent<string>} */ event) => void this.#runStep(draft, event.detail)}
        @run-from=${(/** @type {CustomEvent<string>} */ event) => void runFrom(this.app, draft, event.detail)}>
      ${model.canEdit ? html`<aside class="pal-l scroll" aria-label="Steps to add" ?inert=${isSheet} ?hidden=${view === "yaml" && at.isNarrow.value}><cf-step-palette .model=${model}></cf-step-palette></aside>` : nothing}
      <section class="stage" aria-label="Pipeline" ?inert=${isSheet}>
        <div class="v">${view === "canvas" ? html`<cf-canvas .app=${this.app} .model=${model}></cf-canvas>`
          : view === "list" ? html`<cf-step-list .app=${this.app} .model=${model} .canRun=${this.app.can("run", draft.pipeline.value)}></cf-step-list>`
          : html`<cf-yaml-view .app=${this.app} .model=${model} .draft=${draft} .pipelineId=${this.params.id}></cf-yaml-view>`}</div>
        <cf-problems .model=${model} .app=${this.app}></cf-problems>
      </section>
      ${side ? sideView({
        app: this.app, draft, panel: at.panel, stepId: model.selection.value.length === 1 ? model.selection.value[0] ?? null : null,
        isSheet, close: () => at.closeSide(),
      }) : nothing}</div>`;
  }

  /** @param {Draft} draft */
  #readOnly(draft) {
    const reason = draft.model.readOnlyReason.value;
    return reason ? html`<div class="banner info bro" role="note">${icon("lock")}<span>${reason}</span></div>` : nothing;
  }

  /** @param {Draft} draft */
  #sideShown(draft) {
    if (this.#at.panel) return true;
    const selection = draft.model.selection.value;
    return selection.length === 1 && (!this.#at.isNarrow.value || this.#at.isOpen.value);
  }

  /** @param {Draft} draft @returns {import("./bar/bar.js").Actions} */
  #actions(draft) {
    return {
      show: (view) => this.#at.show(view), panel: (panel) => this.#at.openPanel(panel), publish: () => this.#publish(),
      share: () => { const pipeline = draft.pipeline.peek(); if (pipeline) openShare(this.app, pipeline); },
      run: () => this.#at.openPanel("run"), runAgain: () => this.#runAgain(), decide: () => this.#decide(),
      paste: () => void pasteText(this.app, draft.model, this.#at.canvas),
      can: (action) => this.app.can(action, draft.pipeline.value),
    };
  }

  // MARK: Opening

  /** @param {string} id */
  #open(id) {
    this.#opening?.end();
    this.#loading.peek()?.end();
    this.#draft.value = null;
    this.#at.isOpen.value = false;
    const draft = this.#opening = new Draft(this.app, id);
    this.#loading.value = resource(async () => {
      await draft.open();
      if (this.#opening !== draft) return draft;
      this.#at.selectAsked(draft);
      this.#draft.value = draft;
      return draft;
    });
  }

  #title() {
    const document = this.#draft.value?.model.document.value;
    if (document) this.app.title(String(document.title || document.name || "Pipeline"));
  }

  #say() {
    const said = this.#draft.value?.model.said.value;
    if (!said) return;
    this.app.announce(said.text);
    if (said.refused) this.app.toast(said.text, {kind: "info"});
  }

  #unsaved() {
    const draft = this.#draft.peek();
    const state = draft?.model.saving.peek().state;
    if (state === "text") return "The text of the YAML view is not saved. It stays in this tab.";
    return draft?.model.canEdit && !draft.autosave.isSaved && (state === "failed" || state === "conflict")
      ? "Changes of this pipeline are not saved on the server. They stay in this tab." : null;
  }

  // MARK: Acting

  async #publish() {
    const draft = this.#draft.peek();
    const pipeline = draft?.pipeline.peek();
    if (!draft || !pipeline || !draft.model.canEdit) return;
    const done = await openPublish(this.app, {
      pipeline, etag: () => draft.autosave.etag, errors: () => draft.model.problems.value.filter((problem) => problem.severity === "error").length,
      before: async () => { if (!await draft.model.flush()) throw new Error("The draft is not saved yet. Publish when it is."); },
    });
    if (done) void draft.refresh();
  }

  async #runAgain() {
    const draft = this.#draft.peek();
    if (!draft || !this.app.can("run", draft.pipeline.peek())) return;
    if (!await runAgain(this.app, draft)) this.#at.openPanel("run");
  }

  /** Runs a step alone; what it gives stands in its settings. @param {Draft} draft @param {string} id */
  async #runStep(draft, id) {
    const [{runStep}] = await Promise.all([import("./trial/trials.js"), import("./trial/trial.js")]);
    this.#at.openStep(id, false);
    await runStep(this.app, draft.model, this.params.id ?? "", id);
  }

  async #decide() {
    const autosave = this.#draft.peek()?.autosave;
    if (autosave && !document.querySelector("dialog[open]")) await decideConflict(autosave);
  }
}

BuilderPage.define("cf-builder");
