import {Part} from "../../../dom/element.js";
import {html, nothing, ref} from "../../../dom/html.js";
import {signal, untracked} from "../../../dom/signal.js";
import {connect, disconnect, insertStep, placeSteps, tidy} from "../../../model/commands.js";
import {INPUTS_ID, emptyDocument, stepById} from "../../../model/document.js";
import {branchesOf} from "../../../model/branches.js";
import {graphOf} from "../../../model/graph.js";
import {layOut} from "../../../model/layout.js";
import {stepKinds} from "../../../model/new-step.js";
import {icon} from "../../../parts/icon.js";
import {openMenu} from "../../../parts/menu.js";
import {labelOf} from "./cards.js";
import {aimDrop, takeDrop} from "./drop.js";
import {Gestures} from "./gestures.js";
import {Keys} from "./keys.js";
import {marksOf} from "./marks.js";
import {sceneOf} from "./scene.js";
import {Stage} from "./stage.js";
import {toolsView} from "./tools.js";

/**
 * A pipeline as cards and lines. With a `model` it edits; with a `document` it shows, and `statuses` lie over it:
 *
 *     <cf-canvas .app=${app} .model=${model}></cf-canvas>
 *     <cf-canvas .app=${app} .document=${run.document} .places=${places} .selection=${[id]}
 *       .statuses=${{plan: {status: "running", note: "12 s"}}} @select-steps=${…} @open-step=${…}></cf-canvas>
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../model/commands.js").Command} Command
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 *
 * @fires select-steps detail: the ids that are selected now
 * @fires open-step detail: {id, takesKeyboard}: a card was clicked, or Enter pressed on it
 */
export class CanvasElement extends Part {
  static props = {app: null, model: null, document: null, places: {}, selection: [], statuses: null, label: "Pipeline graph"};
  /** @type {App | null} */ app;
  /** @type {EditorModel | null} */ model;
  /** Shown where there is no model. @type {PipelineDocument | null} */ document;
  /** @type {import("../../../model/layout.js").Places} */ places;
  /** Read and set where there is no model. @type {readonly string[]} */ selection;
  /** Of the steps of a run. @type {Readonly<Record<string, import("./cards.js").StepStatus>> | null} */ statuses;
  /** @type {string} */ label;

  /** @type {Stage | null} */
  #stage = null;
  /** @type {Scene | null} */
  #scene = null;
  /** @type {import("../../../model/layout.js").Places | null} */
  #chosen = null;
  #zoom = signal(1);
  #edge = signal(/** @type {{from: string, to: string} | null} */ (null));
  #edgeAt = signal(/** @type {Point | null} */ (null));
  #stop = new AbortController();

  get #document() { return this.model?.document.value ?? this.document ?? emptyDocument(); }
  get #selection() { return this.model ? this.model.selection.value : this.selection; }
  get #canEdit() { return this.model?.canEdit ?? false; }

  view() {
    const count = this.#document.steps?.length ?? 0;
    const edge = this.#edge.value;
    const keys = this.#canEdit ? "Arrow keys move between steps, Enter opens one, C connects." : "Arrow keys move between steps, Enter opens one.";
    return html`
      <div class="cv" tabindex="0" role="application" aria-roledescription="pipeline canvas" data-keys="canvas"
        aria-label=${`${this.label}, ${count} ${count === 1 ? "step" : "steps"}. ${keys}${this.model ? " Press L for the list." : ""}`}>
        <div class="dots"></div><div class="world"><div class="ground"></div><svg class="edges" aria-hidden="true"><defs><marker id="cf-arrow" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 7 4 1 7" fill="none" stroke="context-stroke" stroke-width="1.5"></path></marker></defs><g></g></svg>
          <div class="nodes"></div><div class="elabels" aria-hidden="true"></div></div>
        <div class="marquee" hidden></div>
      </div>
      ${count === 0 && this.#canEdit ? html`<p class="cv-empty">No steps yet. Click a step on the left, or drag it here.</p>` : nothing}
      ${edge && this.#edgeAt.value ? this.#edgeTools(edge, this.#edgeAt.value) : nothing}
      ${toolsView({
        canEdit: this.#canEdit, model: this.model, zoom: this.#zoom.value, stage: () => this.#stage, tidy: () => this.tidy(),
      })}
      <div class="mini" aria-hidden="true" @pointerdown=${(/** @type {PointerEvent} */ event) => this.#stage?.lookAt(event)}
        @pointermove=${(/** @type {PointerEvent} */ event) => { if (event.buttons > 0) this.#stage?.lookAt(event); }}><div><svg ${ref(() => this.#made())}></svg><i class="vw"></i></div></div>`;
  }

  connected() {
    this.#made();
    // Where everything stands is worked out when the page around it is there already, and after who runs after whom, which is
    // kept beside the document: all at once would hold it up.
    let later = setTimeout(() => {
      graphOf(this.#document);
      later = setTimeout(() => this.effect(() => this.#show()));
    });
    this.own(() => clearTimeout(later));
  }

  disconnected() {
    this.#stop.abort();
    this.#stage = null;
  }

  /** Shows all of it. */
  fit() { this.#stage?.fit(); }

  /** Brings a step into sight. @param {string} id */
  reveal(id) { this.#stage?.reveal(id); }

  /** Lays the steps out anew. */
  tidy() {
    const {model} = this;
    if (!model) return;
    model.apply(tidy(layOut(model.document.peek())));
    this.#animate();
    this.#stage?.fit();
  }

  /** Where a step that is added now would be in the middle of what is seen. @returns {Point} in the world */
  get middle() {
    const stage = this.#stage;
    return stage ? {x: (stage.size.width / 2 - stage.view.x) / stage.view.zoom, y: (stage.size.height / 2 - stage.view.y) / stage.view.zoom} : {x: 0, y: 0};
  }

  takeKeyboard() {
    /** @type {HTMLElement | null} */ (this.querySelector(".cv"))?.focus({preventScroll: true});
  }

  /** Shows what would take the step that is carried. @param {import("../carry.js").Carried | null} carried */
  aim(carried) { if (this.#stage) aimDrop(this.#stage, carried); }

  /** Takes the step that is let go, where it is over the canvas. @param {import("../carry.js").Carried} carried */
  drop(carried) { if (this.#stage) takeDrop(this, this.#stage, carried); }

  /** Does a command where there is a model. @param {Command} command */
  apply(command) {
    return this.model?.apply(command) ?? {applied: false, refusal: null};
  }

  /** Connects two steps; from a condition it asks for the branch. @param {string} from @param {string} to */
  connect(from, to) {
    const {model} = this;
    const source = model && stepById(model.document.peek(), from);
    const branches = source ? branchesOf(source) : [];
    const anchor = this.#stage?.element(to) ?? this.querySelector(".cv");
    if (branches.length === 0 || !anchor) return void this.apply(connect(from, to));
    // The release of the pointer that asked for the menu would close it again.
    requestAnimationFrame(() => openMenu(anchor, [
      {caption: `${to} runs`}, ...branches.map(({key, word}) => ({label: `when ${from} is ${word}`, run: () => void this.apply(connect(from, to, key))})),
      {label: `after ${from}, in any case`, run: () => void this.apply(connect(from, to))},
    ], {label: `Connect ${from} to ${to}`}));
    return undefined;
  }

  /** @param {string} text */
  say(text) { this.app?.announce(text); }

  /** Says what is selected. @param {string} id */
  sayStep(id) {
    if (this.#scene) this.say(labelOf(id, this.#shown(this.#scene)));
  }

  /** The card that has the keyboard: the one selected last. */
  get current() { return untracked(() => this.#selection.at(-1) ?? null); }

  /** @param {readonly string[]} ids */
  select(ids) {
    if (this.model) this.model.select(ids);
    else this.selection = [...ids];
    this.emit("select-steps", ids);
  }

  #made() {
    const viewport = this.querySelector(".cv");
    if (this.#stage || !(viewport instanceof HTMLElement)) return;
    const find = (/** @type {string} */ selector) => /** @type {any} */ (this.querySelector(selector));
    this.#stop = new AbortController();
    const stage = this.#stage = new Stage({
      viewport, world: find(".world"), ground: find(".ground"), dots: find(".dots"), cards: find(".nodes"), lines: find(".edges > g"), words: find(".elabels"), box: find(".marquee"), mini: find(".mini"),
    }, {
      select: (ids) => this.select(ids),
      open: (id, takesKeyboard) => { this.emit("open-step", {id, takesKeyboard}); },
      connect: (from, to) => this.connect(from, to),
      place: (moved) => void this.apply(placeSteps(this.#pinned(moved), Object.keys(moved).length === 1 ? `Moved ${Object.keys(moved)[0]}` : `Moved ${Object.keys(moved).length} steps`)),
      edge: (edge, at) => { this.#edge.value = edge; this.#edgeAt.value = at; },
      looked: () => {
        this.#zoom.value = Math.round(stage.view.zoom * 100) / 100;
        if (this.#edge.peek()) this.#edgeAt.value = stage.edgeMiddle();
      },
    });
    const gestures = new Gestures(stage, viewport, this.#stop.signal);
    const keys = new Keys(this, stage, gestures);
    viewport.addEventListener("keydown", (event) => keys.take(event), {signal: this.#stop.signal});
    const observer = new ResizeObserver(() => stage.resize({width: viewport.clientWidth, height: viewport.clientHeight}));
    observer.observe(viewport);
    this.#stop.signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Moving one card fixes the others where they are. @param {Record<string, Point>} moved */
  #pinned(moved) {
    const {[INPUTS_ID]: _inputs, ...places} = this.#scene?.places ?? {};
    return {...places, ...moved};
  }

  /** The places of all cards as they are, with others. @param {Record<string, Point>} moved */
  pinned(moved) {
    return this.#pinned(moved);
  }

  #show() {
    const chosen = this.model?.places.value ?? this.places;
    this.#scene = sceneOf(this.#document, chosen, this.#scene, this.#chosen);
    this.#chosen = chosen;
    const selection = this.#selection;
    this.#stage?.show(this.#shown(this.#scene), selection);
  }

  /** @param {Scene} scene */
  #shown(scene) {
    return {
      scene, selection: new Set(this.#selection), marks: this.statuses ? new Map() : marksOf(this.model?.problems.value ?? []),
      statuses: this.statuses, canEdit: this.#canEdit, target: null,
    };
  }

  /** @param {{from: string, to: string}} edge @param {Point} at */
  #edgeTools(edge, at) {
    const model = /** @type {EditorModel} */ (this.model);
    const kinds = stepKinds(model.schema.value);
    const insert = (/** @type {Event} */ event) => openMenu(event.currentTarget, [
      {caption: "Put a step between"},
      ...kinds.map(({type, title}) => ({label: title, run: () => this.#insert(type, edge)})),
    ]);
    return html`<div class="edge-tools" style=${{left: `${at.x}px`, top: `${at.y}px`}}>
      <button class="btn icon sm" type="button" aria-haspopup="menu" aria-label=${`Put a step between ${edge.from === INPUTS_ID ? "run inputs" : edge.from} and ${edge.to}`} title="Put a step between" @click=${insert}>${icon("plus", 14)}</button>
      ${edge.from === INPUTS_ID ? nothing : html`<button class="btn icon sm" type="button" aria-label=${`Disconnect ${edge.from} from ${edge.to}`} title="Disconnect" @click=${() => this.disconnectPicked()}>${icon("close", 14)}</button>`}
    </div>`;
  }

  /** Takes the picked connection away; false where none is picked. */
  disconnectPicked() {
    const edge = this.#edge.peek();
    if (!edge || edge.from === INPUTS_ID) return false;
    this.apply(disconnect(edge.from, edge.to));
    this.#stage?.pickEdge(null);
    this.takeKeyboard();
    return true;
  }

  /** @param {string} type @param {{from: string, to: string}} edge */
  #insert(type, edge) {
    const {model} = this;
    if (!model) return;
    this.apply(insertStep(model.document.peek(), type, edge, model.schema.peek()));
    this.takeKeyboard();
  }

  #animate() {
    this.classList.add("anim");
    setTimeout(() => this.classList.remove("anim"), 400);
  }
}

CanvasElement.define("cf-canvas");
