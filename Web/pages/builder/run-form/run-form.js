import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {computed, signal} from "../../../dom/signal.js";
import {FactoryError} from "../../../app/api.js";
import {formatCost, formatDuration} from "../../../model/format.js";
import {inputFields, readInputs, textsOf} from "../../../model/run-inputs.js";
import {remember, remembered} from "../../../model/run-memory.js";
import {isObject, stepsOf} from "../../../model/document.js";
import {icon} from "../../../parts/icon.js";
import {problemBanner} from "../../../parts/problem.js";
import {segmented} from "../../../parts/tabs.js";
import {catalogueOf} from "../fields/catalogue.js";
import {inputControl} from "./input-control.js";
import {askName, presetsView} from "./presets.js";
import "./file-input.js";
import "../../../parts/editor/editor.js";

/**
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../../Client/client.d.ts").PipelineSummary} PipelineSummary
 * @typedef {import("../../../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {import("../../../model/run-memory.js").Inputs} Inputs
 * @typedef {{milliseconds: number, runs: number, cost: number | null} | null} Estimate
 */

/** Starts a run: its inputs, what is run, in which environment, and how long that takes. */
export class RunForm extends Part {
  static props = {pipeline: null, model: null, app: null};

  #texts = signal(/** @type {{[name: string]: string}} */ ({}));
  #shown = signal(/** @type {{[name: string]: string}} */ ({}));
  #failure = signal(/** @type {unknown} */ (null));
  #busy = signal(false);
  #environment = signal("");
  #version = signal(/** @type {"draft" | "latest"} */ ("draft"));
  #mode = signal(/** @type {"normal" | "replay"} */ ("normal"));
  #recorded = signal(false);
  #published = signal(/** @type {{[key: string]: unknown} | null} */ (null));
  #estimate = signal(/** @type {Estimate} */ (null));
  #memory = signal(/** @type {import("../../../model/run-memory.js").Memory} */ ({last: null, presets: {}}));
  #filled = "";
  /** The same start sent twice, because the answer was lost, is one run. */
  #key = "";

  get #app() { return /** @type {App} */ (this.signalOf("app").value); }

  get #pipeline() { return /** @type {PipelineSummary | null} */ (this.signalOf("pipeline").value); }

  get #model() { return /** @type {EditorModel} */ (this.signalOf("model").value); }

  /** The document that will run. */
  #document = computed(() => (this.#version.value === "latest" && this.#published.value ? this.#published.value : this.#model?.document.value ?? {}));

  #fields = computed(() => inputFields(isObject(this.#document.value.inputs) ? this.#document.value.inputs : {}));

  connected() {
    this.effect(() => {
      const pipeline = this.#pipeline;
      const app = this.#app;
      if (!pipeline || !app) return undefined;
      this.#memory.value = remembered(globalThis.localStorage, pipeline.id);
      catalogueOf(app);
      if (!app.can("edit", pipeline) && pipeline.latest_version !== null) this.#version.value = "latest";
      const stop = new AbortController();
      this.#reckon(app, pipeline, stop.signal);
      this.#lookForRecording(app, pipeline, stop.signal);
      return () => stop.abort();
    });
    this.effect(() => {
      const pipeline = this.#pipeline;
      if (this.#version.value === "latest" && pipeline?.latest_version && !this.#published.value) this.#readPublished(pipeline);
    });
    // Inputs that come into the form later begin with their defaults; what was typed stays.
    this.effect(() => {
      const names = this.#fields.value.map((field) => field.name).join(" ");
      if (names === this.#filled) return;
      this.#filled = names;
      this.#texts.value = {...textsOf(this.#fields.value), ...Object.fromEntries(Object.entries(this.#texts.peek()).filter(([name]) => this.#fields.value.some((field) => field.name === name)))};
    });
  }

  /** @param {App} app @param {PipelineSummary} pipeline @param {AbortSignal} signal */
  async #reckon(app, pipeline, signal) {
    try {
      const {data} = await app.api.getUsage({pipeline: pipeline.id, signal});
      const own = data.by_pipeline.find((each) => each.id === pipeline.id);
      const median = own?.runs.duration_ms?.p50;
      if (signal.aborted || !own || typeof median !== "number") return;
      const cost = own.calls > 0 && own.calls_without_price === 0 && own.cost_usd !== null && own.runs.ended > 0 ? own.cost_usd / own.runs.ended : null;
      this.#estimate.value = {milliseconds: median, runs: own.runs.duration_ms?.of ?? 0, cost};
    } catch {
      // Nothing is said where nothing is known.
    }
  }

  /** @param {App} app @param {PipelineSummary} pipeline @param {AbortSignal} signal */
  async #lookForRecording(app, pipeline, signal) {
    if (!pipeline.template) return;
    try {
      const {data} = await app.api.getTemplate({name: pipeline.template, signal});
      if (!signal.aborted) this.#recorded.value = data.recorded;
    } catch {
      // The template is gone; the pipeline runs all the same.
    }
  }

  /** @param {PipelineSummary} pipeline */
  async #readPublished(pipeline) {
    try {
      const {data} = await this.#app.api.getVersion({id: pipeline.id, number: pipeline.latest_version ?? 1});
      if (typeof data !== "string") this.#published.value = data.document;
    } catch (error) {
      this.#failure.value = error;
    }
  }

  view() {
    const pipeline = this.#pipeline;
    const model = this.#model;
    if (!pipeline || !model) return nothing;
    const app = this.#app;
    if (!app.can("run", pipeline)) return html`<div class="side-b"><div class="banner info">${icon("lock")}<span>You may view this pipeline. To run it, ask its owner for the role runner, or make a copy.</span></div></div>`;
    const fields = this.#fields.value;
    const isDraft = this.#version.value === "draft";
    const errors = isDraft ? model.problems.value.filter((problem) => problem.severity === "error").length : 0;
    const empty = stepsOf(this.#document.value).length === 0;
    return html`<form class="run-form" novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.#start(); }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); this.#start(); } }}>
      <div class="side-b">
        <p class="sm muted">${this.#about(pipeline)}</p>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${errors > 0 ? html`<div class="banner bad">${icon("warn")}<span>The draft has ${errors === 1 ? "an error" : `${errors} errors`}. Mend ${errors === 1 ? "it" : "them"} before it can run.</span></div>` : nothing}
        ${empty ? html`<div class="banner info">${icon("info")}<span>There is no step to run yet.</span></div>` : nothing}
        ${presetsView({memory: this.#memory.value, lastRun: model.lastRun.value, use: (inputs) => this.#use(inputs), keep: () => { void this.#keep(); }, drop: (name) => this.#drop(name)})}
        ${fields.length === 0 ? html`<p class="dim sm">This pipeline takes no inputs.</p>` : nothing}
        <div class="run-inputs">${each(fields, (field) => field.name, (field) => inputControl({
          app, field, id: `run-${field.name}`, text: this.#texts.value[field.name] ?? "", refusal: this.#shown.value[field.name] ?? "",
          write: (text) => this.#write(field.name, text), leave: () => this.#leave(field.name),
        }))}</div>
        ${this.#choices(pipeline)}</div>
      <div class="side-f"><span class="xs dim h-s">${fields.length ? "Ctrl Enter runs" : ""}</span>
        <button type="submit" class="btn primary end" ?disabled=${errors > 0 || empty} aria-busy=${this.#busy.value ? "true" : nothing}>${icon("play", 14)}Run</button></div></form>`;
  }

  /** @param {PipelineSummary} pipeline */
  #about(pipeline) {
    const what = this.#version.value === "latest" ? `Version ${pipeline.latest_version}` : "The draft";
    const estimate = this.#estimate.value;
    if (!estimate) return `${what}. How long it takes is not known yet.`;
    const cost = estimate.cost ? ` and ${formatCost(estimate.cost)}` : "";
    return `${what}. About ${formatDuration(estimate.milliseconds)}${cost}: half of ${estimate.runs === 1 ? "the one run" : `the ${estimate.runs} runs`} before took less.`;
  }

  /** @param {PipelineSummary} pipeline */
  #choices(pipeline) {
    const environments = catalogueOf(this.#app, false).environments.value;
    const mayChoose = this.#app.can("edit", pipeline) && pipeline.latest_version !== null;
    return html`${mayChoose ? html`<div class="field"><div class="lab">What runs</div>${segmented({label: "What runs", selected: this.#version.value, style: "full",
        items: [{id: "draft", label: "Draft"}, {id: "latest", label: `Version ${pipeline.latest_version}`}], onSelect: (id) => { this.#version.value = /** @type {"draft" | "latest"} */ (id); }})}</div>` : nothing}
      ${environments.length ? html`<div class="field"><label for="run-environment">Environment</label><select class="inp" id="run-environment" .value=${this.#environment.value}
        @change=${(/** @type {Event} */ event) => { this.#environment.value = /** @type {HTMLSelectElement} */ (event.target).value; }}>
        <option value="">None</option>${environments.map((environment) => html`<option value=${environment.name}>${environment.name}</option>`)}</select></div>` : nothing}
      ${this.#recorded.value ? html`<div class="row opt"><div class="grow"><label for="run-replay"><b>Recorded answers</b></label><div class="sm dim" id="run-replay-about">No model is asked: prompts are answered as they were recorded with the template. Prompts that were changed are refused.</div></div>
        <input type="checkbox" role="switch" class="switch" id="run-replay" aria-describedby="run-replay-about" .checked=${this.#mode.value === "replay"} @change=${(/** @type {Event} */ event) => { this.#mode.value = /** @type {HTMLInputElement} */ (event.target).checked ? "replay" : "normal"; }}></div>` : nothing}`;
  }

  /** @param {string} name @param {string} text */
  #write(name, text) {
    this.#key = "";
    this.#texts.value = {...this.#texts.peek(), [name]: text};
    if (this.#shown.peek()[name]) this.#shown.value = {...this.#shown.peek(), [name]: ""};
  }

  /** What is wrong is said when a field is left. @param {string} name */
  #leave(name) {
    const field = this.#fields.peek().filter((each) => each.name === name);
    const {refusals} = readInputs(field, this.#texts.peek());
    // An empty field that was only passed is told of when it is sent.
    if (refusals[name] && this.#texts.peek()[name]?.trim()) this.#shown.value = {...this.#shown.peek(), [name]: refusals[name]};
  }

  /** @param {Inputs} inputs */
  #use(inputs) {
    this.#texts.value = textsOf(this.#fields.peek(), inputs);
    this.#shown.value = {};
    this.#key = "";
  }

  /** Keeps what the fields say now, whatever is typed while its name is asked for. */
  async #keep() {
    const {inputs, refusals} = readInputs(this.#fields.peek(), this.#texts.peek());
    if (Object.keys(refusals).length) return this.#refuse(refusals);
    const name = await askName();
    if (name !== null) this.#remember({...this.#memory.peek(), presets: {...this.#memory.peek().presets, [name]: inputs}});
    return undefined;
  }

  /** @param {string} name */
  #drop(name) {
    const {[name]: _, ...presets} = this.#memory.peek().presets;
    this.#remember({...this.#memory.peek(), presets});
  }

  /** @param {import("../../../model/run-memory.js").Memory} memory */
  #remember(memory) {
    const id = this.#pipeline?.id;
    this.#memory.value = memory;
    if (id && !remember(globalThis.localStorage, id, memory)) this.#app.toast("The inputs are too large to be kept in this browser.", {kind: "info"});
  }

  /** @param {{[name: string]: string}} refusals */
  #refuse(refusals) {
    this.#shown.value = refusals;
    const [first] = Object.keys(refusals);
    this.#app.announce(`${Object.keys(refusals).length === 1 ? "One input" : `${Object.keys(refusals).length} inputs`} cannot be used yet`);
    queueMicrotask(() => this.querySelector(`#${CSS.escape(`run-${first}`)}`)?.closest(".field")?.querySelector(/** @type {"input"} */ ("input:not([type=file]), textarea, select"))?.focus());
  }

  async #start() {
    const pipeline = this.#pipeline;
    const model = this.#model;
    if (!pipeline || this.#busy.peek()) return;
    const {inputs, refusals} = readInputs(this.#fields.peek(), this.#texts.peek());
    this.#failure.value = null;
    if (Object.keys(refusals).length) return this.#refuse(refusals);
    this.#busy.value = true;
    try {
      const isDraft = this.#version.peek() === "draft";
      if (isDraft && !await model.flush()) throw new Error("The draft is not saved yet, so it was not run.");
      this.#key ||= crypto.randomUUID();
      const {data} = await this.#app.api.startRun({id: pipeline.id, idempotencyKey: this.#key, body: {
        inputs, mode: this.#mode.peek(), ...(this.#environment.peek() ? {environment: this.#environment.peek()} : {}),
        ...(pipeline.latest_version === null ? {} : {version: this.#version.peek()}),
      }});
      const memory = {...this.#memory.peek(), last: inputs};
      if (remember(globalThis.localStorage, pipeline.id, memory)) this.#memory.value = memory;
      this.#app.announce(`Run ${data.number} started`);
      this.#app.go(`/runs/${data.id}`);
    } catch (error) {
      this.#key = "";
      this.#fail(error);
    } finally {
      this.#busy.value = false;
    }
  }

  /** What the server says of an input stands at the input. @param {unknown} error */
  #fail(error) {
    const entries = error instanceof FactoryError ? error.errors : [];
    const told = Object.fromEntries(entries.flatMap((entry) => {
      const name = /^(?:inputs\.|inputs\["?)([\w-]+)/.exec(entry.path)?.[1];
      return name && this.#fields.peek().some((field) => field.name === name) ? [[name, entry.hint ? `${entry.message}. ${entry.hint}` : entry.message]] : [];
    }));
    if (Object.keys(told).length) this.#refuse(told);
    if (Object.keys(told).length < entries.length || entries.length === 0) this.#failure.value = error;
  }
}

RunForm.define("cf-run-form");
