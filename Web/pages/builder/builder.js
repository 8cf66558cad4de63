import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {addStep} from "../../model/commands.js";
import {INPUTS_ID, stepById} from "../../model/document.js";
import {resource} from "../../parts/load.js";
import {problemView} from "../../parts/problem.js";
import {icon} from "../../parts/icon.js";
import {openShare} from "../../parts/share.js";
import {barView} from "./bar/bar.js";
import {decideConflict} from "./draft/conflict-dialog.js";
import {Draft} from "./draft/draft.js";
import {pageKeys} from "./page-keys.js";
import {publish} from "./publish.js";
import {runAgain} from "./run-again.js";
import {sideView} from "./side.js";
import "./canvas/canvas.js";
import "./list/list.js";
import "./yaml/yaml.js";
import "./palette.js";
import "./problems/problems.js";

/**
 * The builder: one draft as canvas, list and YAML, with a panel beside it.
 *
 * @typedef {import("../../app/app.js").App} App
 * @typedef {import("./bar/bar.js").ViewName} ViewName
 * @typedef {HTMLElement & {show?: (field: (string | number)[], spot: {line: number, column: number} | null) => void}} Shows
 */

const PHONE = "(max-width: 640px)";
const NARROW = "(max-width: 900px)";
const PANELS = ["versions", "comments", "settings", "run"];

class BuilderPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {Record<string, string>} */ params;
  /** @type {URLSearchParams} */ query;

  #draft = signal(/** @type {Draft | null} */ (null));
  #isNarrow = signal(matchMedia(NARROW).matches);
  /** On narrow screens a step opens when asked for, not when selected. */
  #isOpen = signal(false);
  /** @type {import("../../parts/load.js").Resource<Draft> | null} */
  #loading = null;

  get #view() {
    const asked = this.query.get("view");
    if (asked === "canvas" || asked === "list" || asked === "yaml") return asked;
    return matchMedia(PHONE).matches ? "list" : /** @type {ViewName} */ (this.#remembered.value);
  }

  get #remembered() { return this.app.preferences.of("builder.view", "canvas"); }

  get #panel() {
    const panel = this.query.get("panel");
    return panel && PANELS.includes(panel) ? panel : null;
  }

  connectedCallback() {
    this.effect(() => this.#open(this.params.id ?? ""));
    super.connectedCallback();
  }

  connected() {
    const media = matchMedia(NARROW);
    const resized = () => { this.#isNarrow.value = media.matches; };
    media.addEventListener("change", resized);
    this.own(() => media.removeEventListener("change", resized));
    this.own(pageKeys(this.app, {
      show: (view) => this.#show(view), publish: () => this.#publish(), runAgain: () => this.#runAgain(),
      model: () => this.#draft.peek()?.model ?? null, view: () => this.#view,
    }));
    this.own(this.app.guard(() => this.#unsaved()));
    this.effect(() => this.#title());
    this.effect(() => this.#say());
    this.effect(() => this.#followQuery());
    this.effect(() => this.#followSelection());
    this.effect(() => { if (this.#draft.value?.autosave.conflict.value) void this.#decide(); });
  }

  disconnected() {
    this.#loading?.end();
    this.#draft.peek()?.end();
  }

  view() {
    const draft = this.#draft.value;
    const state = this.#loading?.value;
    if (state?.state === "failed") {
      return html`<header class="topbar"><nav class="crumbs grow" aria-label="Breadcrumb"><a href="/pipelines">Pipelines</a></nav></header>
        <main id="main" tabindex="-1"><h1 class="sr">Pipeline</h1>${problemView(state.error, {retry: () => void this.#loading?.reload()})}</main>`;
    }
    if (!draft || !draft.pipeline.value) {
      return html`<header class="topbar"><nav class="crumbs grow" aria-label="Breadcrumb"><a href="/pipelines">Pipelines</a></nav></header>
        <main id="main" tabindex="-1" class="bmain" aria-busy="true"><h1 class="sr">Pipeline</h1>${state?.isLate ? html`<div role="status" class="sr">Loading</div>
          <div class="build noinsp"><div class="pal-l"></div><div class="stage build-skel"><i class="skel"></i><i class="skel"></i><i class="skel"></i></div></div>` : nothing}</main>`;
    }
    const side = this.#sideShown(draft);
    return html`<header class="topbar bbar">${barView(draft, this.#view, this.#actions(draft))}</header>
      <main id="main" tabindex="-1" class="bmain">${this.#readOnly(draft)}${this.#body(draft, side)}</main>`;
  }

  /** @param {Draft} draft @param {boolean} side */
  #body(draft, side) {
    const {model} = draft;
    const view = this.#view;
    const isSheet = side && this.#isNarrow.value;
    return html`<div class=${`build ${side ? "" : "noinsp"} ${model.canEdit ? "" : "nopal"}`}
        @open-step=${(/** @type {CustomEvent} */ event) => this.#openStep(event.detail.id, event.detail.takesKeyboard)}
        @add-step=${(/** @type {CustomEvent} */ event) => this.#add(event.detail)} @jump=${(/** @type {CustomEvent} */ event) => this.#jump(event.detail)}>
      ${model.canEdit ? html`<aside class="pal-l scroll" aria-label="Steps to add" ?inert=${isSheet} ?hidden=${view === "yaml" && this.#isNarrow.value}><cf-step-palette .model=${model}></cf-step-palette></aside>` : nothing}
      <section class="stage" aria-label="Pipeline" ?inert=${isSheet}>
        <div class="v">${view === "canvas" ? html`<cf-canvas .app=${this.app} .model=${model}></cf-canvas>`
          : view === "list" ? html`<cf-step-list .app=${this.app} .model=${model}></cf-step-list>`
          : html`<cf-yaml-view .app=${this.app} .model=${model} .draft=${draft} .pipelineId=${this.params.id}></cf-yaml-view>`}</div>
        <cf-problems .model=${model} .app=${this.app}></cf-problems>
      </section>
      ${side ? sideView({
        app: this.app, draft, panel: this.#panel, stepId: model.selection.value.length === 1 ? model.selection.value[0] ?? null : null,
        isSheet, close: () => this.#closeSide(),
      }) : nothing}</div>`;
  }

  /** @param {Draft} draft */
  #readOnly(draft) {
    const reason = draft.model.readOnlyReason.value;
    return reason ? html`<div class="banner info bro" role="note">${icon("lock")}<span>${reason}</span></div>` : nothing;
  }

  /** @param {Draft} draft */
  #sideShown(draft) {
    if (this.#panel) return true;
    const selection = draft.model.selection.value;
    return selection.length === 1 && (!this.#isNarrow.value || this.#isOpen.value);
  }

  /** @param {Draft} draft @returns {import("./bar/bar.js").Actions} */
  #actions(draft) {
    return {
      show: (view) => this.#show(view), panel: (panel) => this.#openPanel(panel), publish: () => this.#publish(),
      share: () => { const pipeline = draft.pipeline.peek(); if (pipeline) openShare(this.app, pipeline); },
      run: () => this.#openPanel("run"), runAgain: () => this.#runAgain(), decide: () => this.#decide(),
      can: (action) => this.app.can(action, draft.pipeline.value),
    };
  }

  // MARK: Opening

  /** @param {string} id */
  #open(id) {
    this.#draft.peek()?.end();
    this.#loading?.end();
    this.#draft.value = null;
    this.#isOpen.value = false;
    const draft = new Draft(this.app, id);
    this.#loading = resource(async () => {
      await draft.open();
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

  // MARK: Address

  /** @param {Record<string, string | null>} change @param {boolean} [replaces] */
  #address(change, replaces = true) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    this.app.go(`/pipelines/${this.params.id}${text ? `?${text}` : ""}`, {replace: replaces});
  }

  #followQuery() {
    const draft = this.#draft.value;
    const step = this.query.get("step");
    if (!draft || !step || draft.model.selection.peek().includes(step)) return;
    if (step === INPUTS_ID || stepById(draft.model.document.peek(), step)) {
      draft.model.select([step]);
      this.#isOpen.value = true;
    }
  }

  #followSelection() {
    const selection = this.#draft.value?.model.selection.value;
    if (!selection) return;
    const step = selection.length === 1 ? selection[0] ?? null : null;
    const shown = new URLSearchParams(location.search).get("step");
    if (shown !== step) this.#address({step, ...(step && this.#panel ? {panel: null} : {})});
    if (step === null) this.#isOpen.value = false;
  }

  // MARK: Acting

  /** @param {ViewName} view */
  async #show(view) {
    const model = this.#draft.peek()?.model;
    if (!model || view === this.#view) return;
    if (!await model.flush() && model.saving.peek().state === "text") {
      const leaves = await this.app.confirm({title: "Leave the text unsaved?", text: "It cannot be read as a pipeline yet. It stays in this tab, and YAML shows it again.", action: "Leave it", cancel: "Stay"});
      if (!leaves) return;
    }
    this.#remembered.value = view;
    this.#address({view});
    this.app.announce(`${view === "yaml" ? "YAML" : view === "list" ? "List" : "Canvas"} view`);
  }

  /** @param {string} panel */
  #openPanel(panel) {
    this.#isOpen.value = true;
    this.#address({panel}, false);
  }

  #closeSide() {
    const draft = this.#draft.peek();
    this.#isOpen.value = false;
    if (this.#panel) this.#address({panel: null});
    else if (!this.#isNarrow.peek()) draft?.model.select([]);
    queueMicrotask(() => this.#backToView());
  }

  #backToView() {
    const target = this.querySelector(".stage .cv, .stage [aria-selected=true] .step-link, .stage textarea, .stage button");
    if (target instanceof HTMLElement) target.focus({preventScroll: true});
  }

  /** @param {string} id @param {boolean} takesKeyboard */
  #openStep(id, takesKeyboard) {
    const draft = this.#draft.peek();
    if (!draft) return;
    draft.model.select([id]);
    this.#isOpen.value = true;
    if (this.#panel) this.#address({panel: null});
    if (takesKeyboard || this.#isNarrow.peek()) requestAnimationFrame(() => this.#intoSide());
  }

  #intoSide() {
    const side = this.querySelector(".insp");
    const first = side?.querySelector("input, textarea, select, [role=tab][aria-selected=true], button");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {string} type */
  #add(type) {
    const model = this.#draft.peek()?.model;
    if (!model) return;
    const selected = model.selection.peek().at(-1);
    const after = selected ? {after: selected === INPUTS_ID ? null : selected} : {};
    const command = addStep(model.document.peek(), type, {...after, schema: model.schema.peek()});
    model.apply(command);
    const canvas = /** @type {import("./canvas/canvas.js").CanvasElement | null} */ (this.querySelector("cf-canvas"));
    requestAnimationFrame(() => canvas?.reveal(command.id));
  }

  /** @param {{step: string | null, field?: (string | number)[], line?: number, column?: number}} to */
  #jump(to) {
    const draft = this.#draft.peek();
    if (!draft) return;
    const {field, line, column} = to;
    if (this.#view === "yaml" && line !== undefined) {
      /** @type {import("./yaml/yaml.js").YamlView | null} */ (this.querySelector("cf-yaml-view"))?.goTo(line, column ?? 1);
      return undefined;
    }
    if (to.step === null) {
      this.#openPanel("settings");
      requestAnimationFrame(() => /** @type {Shows | null} */ (this.querySelector("cf-pipeline-settings"))?.show?.(field ?? [], null));
      return undefined;
    }
    this.#openStep(to.step, false);
    /** @type {import("./canvas/canvas.js").CanvasElement | null} */ (this.querySelector("cf-canvas"))?.reveal(to.step);
    if (!field) return undefined;
    requestAnimationFrame(() => {
      const spot = line === undefined || column === undefined ? null : {line, column};
      /** @type {Shows | null} */ (this.querySelector("cf-inspector"))?.show?.(field, spot);
    });
    return undefined;
  }

  async #publish() {
    const draft = this.#draft.peek();
    if (draft?.model.canEdit) await publish(this.app, draft, () => this.#openPanel("versions"));
  }

  async #runAgain() {
    const draft = this.#draft.peek();
    if (!draft || !this.app.can("run", draft.pipeline.peek())) return;
    if (!await runAgain(this.app, draft)) this.#openPanel("run");
  }

  async #decide() {
    const autosave = this.#draft.peek()?.autosave;
    if (autosave && !document.querySelector("dialog[open]")) await decideConflict(autosave);
  }
}

BuilderPage.define("cf-builder");
