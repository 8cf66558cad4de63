import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {computed, signal} from "../../../dom/signal.js";
import {openMenu} from "../../../parts/menu.js";
import {glyph, icon} from "../../../parts/icon.js";
import {tabPanel, tabs} from "../../../parts/tabs.js";
import {idProblem, stepById} from "../../../model/document.js";
import {removeSteps, renameStep, setStepField} from "../../../model/commands.js";
import {titleOf} from "../../../model/new-step.js";
import {languageOf} from "../../../model/problem-fixes.js";
import {placeInText} from "../../../model/problem-places.js";
import {noFork} from "../run-again.js";
import {copyStep, duplicate} from "../steps-clipboard.js";
import {catalogueOf} from "../fields/catalogue.js";
import {Place} from "../fields/place.js";
import {pipelineIdOf} from "../fields/pipeline-id.js";
import {configureTab} from "./configure-tab.js";
import {trialsOf} from "../trial/trials.js";
import {flowTab} from "./flow-tab.js";
import {reliabilityTab} from "./reliability-tab.js";
import {goToField} from "./go-to-field.js";
import "../comments/comments.js";
import "./step-name.js";

/**
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/document.js").Step} Step
 * @typedef {"configure" | "flow" | "reliability" | "comments"} TabName
 */

/**
 * Everything of one step, in tabs.
 */
export class Inspector extends Part {
  static props = {model: null, stepId: "", app: null, pipelineId: "", canRun: false};
  /** @type {boolean} */ canRun;

  #tab = signal(/** @type {TabName} */ ("configure"));
  #comments = signal(/** @type {number | null} */ (null));

  get #model() {
    return /** @type {EditorModel | null} */ (this.signalOf("model").value);
  }

  #place = computed(() => {
    const app = /** @type {App | null} */ (this.signalOf("app").value);
    const id = String(this.signalOf("stepId").value);
    const pipelineId = String(this.signalOf("pipelineId").value) || pipelineIdOf();
    return this.#model && app && id ? new Place(this.#model, app, id, catalogueOf(app), pipelineId) : null;
  });

  connected() {
    this.effect(() => {
      const place = this.#place.value;
      this.#comments.value = null;
      if (!place?.pipelineId || !place.stepId) return undefined;
      const stop = new AbortController();
      this.#countComments(place, stop.signal);
      const end = place.app.live.pipelines((event) => {
        const about = /** @type {{pipeline?: {id?: string}}} */ (event.data).pipeline?.id;
        if (event.type.startsWith("comment.") && about === place.pipelineId) this.#countComments(place, stop.signal);
      });
      return () => { stop.abort(); end(); };
    });
  }

  /** How many are open stands at the tab. @param {Place} place @param {AbortSignal} signal */
  async #countComments(place, signal) {
    try {
      const {data} = await place.app.api.listComments({id: place.pipelineId, step: place.stepId ?? "", resolved: false, limit: 100, signal});
      if (!signal.aborted) this.#comments.value = data.items.length;
    } catch {
      // Without a number the tab still opens them, and says there what is wrong.
    }
  }

  /** Shows the control of a field, as from a list of problems. @param {import("../../../model/document.js").Path} field */
  show(field) {
    this.#tab.value = field[0] === "with" || field.length === 0 || ["title", "description"].includes(String(field[0])) ? "configure"
      : field[0] === "outputs" ? "flow" : field[0] === "id" || field[0] === "type" ? this.#tab.peek() : "reliability";
    const place = this.#place.peek();
    goToField(this, field, place ? spotOf(place, field) : null);
  }

  view() {
    const model = this.#model;
    const place = this.#place.value;
    const step = place ? stepById(place.model.document.value, place.stepId ?? "") : null;
    if (!model || !place || !step) return html`<div class="insp-none"><p class="dim">Select a step to see what it does.</p></div>`;
    const tab = this.#tab.value;
    const items = [
      {id: "configure", label: "Configure", count: this.#count(place, (field) => field[0] === "with")},
      {id: "flow", label: "Input and output", count: this.#count(place, (field) => field[0] === "outputs")},
      {id: "reliability", label: "Reliability", count: this.#count(place, (field) => !["with", "outputs", "id", "type"].includes(String(field[0])))},
      {id: "comments", label: "Comments", count: this.#comments.value || null},
    ];
    // The panel of each step and tab is made anew, so that nothing typed for one stays for another.
    return html`${this.#head(place, step)}
      ${trialsOf(model).value.has(step.id) ? html`<cf-trial .app=${place.app} .model=${model} .stepId=${step.id}></cf-trial>` : nothing}
      ${tabs({id: "insp", label: `Settings of ${step.id}`, items, selected: tab, onSelect: (id) => { this.#tab.value = /** @type {TabName} */ (id); }})}
      ${tabPanel({id: "insp", selected: tab, style: "insp-b scroll"}, html`${model.canEdit ? nothing : html`<div class="banner info">${icon("lock")}<span>${model.readOnlyReason.value}</span></div>`}
        ${each([`${step.id} ${tab}`], (key) => key, () => this.#panel(tab, place, step))}`)}`;
  }

  /** @param {TabName} tab @param {Place} place @param {Step} step */
  #panel(tab, place, step) {
    switch (tab) {
      case "flow": return flowTab(place, step, (field) => this.show(field));
      case "reliability": return reliabilityTab(place, step);
      case "comments": return html`<cf-comments .app=${place.app} .pipelineId=${place.pipelineId} .step=${step.id} .model=${place.model}
        @counted=${(/** @type {CustomEvent<number>} */ event) => { this.#comments.value = event.detail; }}></cf-comments>`;
      default: return configureTab(place, step);
    }
  }

  /** @param {Place} place @param {(field: import("../../../model/document.js").Path) => boolean} belongs */
  #count(place, belongs) {
    return place.problemsAt([]).filter(({field, entry}) => entry.severity === "error" && belongs(field)).length || null;
  }

  /** @param {Place} place @param {Step} step */
  #head(place, step) {
    const {model} = place;
    const read = (/** @type {string} */ text) => {
      const problem = text === step.id ? null : idProblem(text) ?? (stepById(model.document.peek(), text) ? `There is a step ${text} already` : null);
      return problem ? {refusal: problem} : {value: text};
    };
    const enabled = step.enabled !== false;
    return html`<div class="panel-h insp-h">${glyph(step.type)}<div class="grow">
        <label class="sr" for="insp-id">Id of the step</label>
        <cf-step-name .value=${step.id} .read=${read} .readonly=${!model.canEdit} @renamed=${(/** @type {CustomEvent<string>} */ event) => this.#rename(model, step.id, event.detail)}></cf-step-name>
        <div class="xs dim">${titleOf(step.type)} step${enabled ? "" : ", skipped"}</div></div>
      <label class="row sm muted insp-on" title=${enabled ? "Runs do this step" : "Runs skip this step"}><span>${enabled ? "On" : "Off"}</span><input type="checkbox" role="switch" class="switch" aria-label="Enabled" .checked=${enabled} ?disabled=${!model.canEdit}
        @change=${(/** @type {Event} */ event) => model.apply(setStepField(step.id, ["enabled"], /** @type {HTMLInputElement} */ (event.target).checked ? undefined : false))}></label>
      ${this.canRun ? html`<button type="button" class="btn ghost icon sm" aria-label="Run this step" title="Run this step alone" ?disabled=${!enabled} @click=${() => this.emit("run-step", step.id)}>${icon("play", 14)}</button>` : nothing}
      <button type="button" class="btn ghost icon sm" aria-label="More" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => this.#menu(event, place, step)}>${icon("more")}</button></div>`;
  }

  /** @param {EditorModel} model @param {string} from @param {string} to */
  #rename(model, from, to) {
    if (from === to) return;
    model.apply(renameStep(from, to));
  }

  /** @param {Event} event @param {Place} place @param {Step} step */
  #menu(event, place, step) {
    const {model, app} = place;
    const disabled = !model.canEdit;
    openMenu(event.currentTarget, [
      this.canRun && {label: "Run this step", icon: "play", disabled: step.enabled === false, reason: step.enabled === false ? "It is off" : undefined, run: () => this.emit("run-step", step.id)},
      this.canRun && {label: "Run from here", icon: "next", disabled: noFork(model.lastRun.peek()) !== null, reason: noFork(model.lastRun.peek()) ?? undefined, run: () => this.emit("run-from", step.id)},
      {label: "Duplicate", icon: "copy", keys: "Ctrl D", disabled, run: () => void duplicate(model, null, [step.id])},
      {label: "Copy as YAML", icon: "CODE", run: () => void copyStep(app, model, step.id)},
      {label: "Comment", icon: "comment", run: () => { this.#tab.value = "comments"; }},
      {label: "Copy reference to its output", icon: "link", run: async () => {
        await navigator.clipboard?.writeText(/^[a-z_]\w*$/.test(step.id) ? `steps.${step.id}.output` : `steps["${step.id}"].output`);
        app.toast("Reference copied");
      }},
      "-",
      {label: "Delete", icon: "trash", keys: "Del", danger: true, disabled, run: () => { model.apply(removeSteps([step.id])); }},
    ], {label: `More on ${step.id}`});
  }
}

/** Where in the text of a field its first problem stands. @param {Place} place @param {import("../../../model/document.js").Path} field */
function spotOf(place, field) {
  const text = place.read(field);
  const [problem] = place.problemsAt(field);
  return problem && typeof text === "string" ? placeInText(problem.entry, text, languageOf(problem)) : null;
}

Inspector.define("cf-inspector");
