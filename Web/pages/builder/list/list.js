import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {addStep, moveInOrder, removeSteps} from "../../../model/commands.js";
import {stepsOf} from "../../../model/document.js";
import {graphOf} from "../../../model/graph.js";
import {stepKinds} from "../../../model/new-step.js";
import {summaryOf} from "../../../model/step-summary.js";
import {glyph, icon} from "../../../parts/icon.js";
import {openMenu} from "../../../parts/menu.js";
import {marksOf, problemCount} from "../canvas/marks.js";
import {noFork} from "../run-again.js";
import {copyStep, duplicate, pasteText} from "../steps-clipboard.js";
import {openNeeds} from "./needs.js";
import {rowsInSight} from "./window.js";

/**
 * The steps as a table, with everything the canvas can do by ordinary controls.
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../model/document.js").Step} Step
 * @typedef {import("../canvas/cards.js").Mark} Mark
 *
 * @fires open-step detail: {id, takesKeyboard}
 */
class StepList extends Part {
  static props = {app: null, model: null, canRun: false};
  /** @type {App} */ app;
  /** @type {EditorModel} */ model;
  /** @type {boolean} */ canRun;
  /** What is seen of a long list. */
  #sight = signal({top: 0, height: 2000});

  view() {
    const {model} = this;
    const document = model.document.value;
    const steps = stepsOf(document);
    const rows = rowsInSight(steps.length, this.#sight.value);
    const marks = marksOf(model.problems.value);
    return html`${model.canEdit ? this.#toolbar(steps.length) : nothing}
      ${steps.length === 0 ? this.#empty() : html`<div class="steplist-box scroll" tabindex="-1" @scroll=${(/** @type {Event} */ event) => this.#scrolled(event)}>
        <table class="tbl steplist" aria-rowcount=${String(steps.length + 1)}><caption class="sr">Steps in their order</caption>
          <thead><tr><th scope="col">Order</th><th scope="col">Step</th><th scope="col" class="hide-s">Type</th><th scope="col" class="hide-s">Runs after</th><th scope="col">Problems</th>${model.canEdit ? html`<th scope="col"><span class="sr">Change</span></th>` : nothing}</tr></thead>
          <tbody>${rows.above > 0 ? html`<tr aria-hidden="true" class="spacer"><td style=${{height: `${rows.above}px`}}></td></tr>` : nothing}
            ${each(steps.slice(rows.from, rows.to), (step) => step.id, (step, index) => this.#row(step, rows.from + index, steps.length, marks.get(step.id)))}
            ${rows.below > 0 ? html`<tr aria-hidden="true" class="spacer"><td style=${{height: `${rows.below}px`}}></td></tr>` : nothing}</tbody></table></div>`}`;
  }

  connected() {
    const box = () => this.querySelector(".steplist-box");
    const observer = new ResizeObserver(() => {
      const shown = box();
      if (shown) this.#sight.value = {top: shown.scrollTop, height: shown.clientHeight};
    });
    observer.observe(this);
    this.own(() => observer.disconnect());
  }

  /** @param {Step} step @param {number} place @param {number} count @param {Mark | undefined} mark */
  #row(step, place, count, mark) {
    const {model} = this;
    const {id} = step;
    const isSelected = model.selection.value.includes(id);
    const needs = graphOf(model.document.value).needs.get(id) ?? [];
    const words = needs.length === 0 ? "run inputs" : needs.map((edge) => edge.branch === null ? edge.from : `${edge.from} is ${edge.branch}`).join(", ");
    return html`<tr aria-selected=${String(isSelected)} aria-rowindex=${String(place + 2)} data-step=${id}>
      <td class="num dim">${place + 1}</td>
      <td><span class="row">${glyph(step.type, "sm")}<button type="button" class="step-link main mono trunc" title=${summaryOf(step)} @click=${() => this.#open(id)}>${id}</button>${step.enabled === false ? html`<span class="tag">disabled</span>` : nothing}</span></td>
      <td class="muted hide-s">${step.type}</td>
      <td class="hide-s">${model.canEdit
        ? html`<button type="button" class="btn ghost sm mono needs-b" aria-label=${`Runs after ${words}. Change`} title=${words} @click=${() => openNeeds(model, id)}><span class="trunc">${words}</span></button>`
        : html`<span class="mono sm muted">${words}</span>`}</td>
      <td>${mark ? html`<span class=${`st ${mark.errors > 0 ? "bad" : "warn"}`} title=${mark.text}>${icon("warn", 14)}<span aria-hidden="true">${mark.errors + mark.warnings}</span><span class="sr">${problemCount(mark.errors, mark.warnings)}</span></span>` : html`<span class="dim">None</span>`}</td>
      ${model.canEdit ? html`<td class="row-acts">
        <button type="button" class="btn ghost icon sm mv" aria-label=${`Move ${id} up`} aria-disabled=${place === 0 ? "true" : null} @click=${() => this.#move(id, -1)}>${icon("upwards", 14)}</button>
        <button type="button" class="btn ghost icon sm mv" aria-label=${`Move ${id} down`} aria-disabled=${place === count - 1 ? "true" : null} @click=${() => this.#move(id, 1)}>${icon("down", 14)}</button>
        <button type="button" class="btn ghost icon sm" aria-label=${`More for ${id}`} aria-haspopup="menu" @click=${(/** @type {Event} */ event) => this.#menu(event, id, place, count)}>${icon("more")}</button></td>` : nothing}</tr>`;
  }

  /** @param {number} count */
  #toolbar(count) {
    const {model} = this;
    return html`<div class="list-tools" role="toolbar" aria-label="Steps">
      <button type="button" class="btn sm" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => this.#addMenu(event.currentTarget)}>${icon("plus", 14)}Add step</button>
      <button type="button" class="btn ghost icon sm" aria-label=${`Undo${model.undoLabel ? `: ${model.undoLabel}` : ""}`} title="Undo  Ctrl Z" aria-disabled=${model.canUndo.value ? null : "true"} @click=${() => model.undo()}>${icon("undo")}</button>
      <button type="button" class="btn ghost icon sm" aria-label=${`Redo${model.redoLabel ? `: ${model.redoLabel}` : ""}`} title="Redo  Ctrl Shift Z" aria-disabled=${model.canRedo.value ? null : "true"} @click=${() => model.redo()}>${icon("redo")}</button>
      <span class="sm dim end num">${count} ${count === 1 ? "step" : "steps"}</span></div>`;
  }

  #empty() {
    return html`<div class="empty"><h2>No steps yet</h2><p>A step asks a model, runs code, reads a file, calls an address, chooses a way or reshapes data.</p>
      ${this.model.canEdit ? html`<div class="row"><button type="button" class="btn primary" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => this.#addMenu(event.currentTarget)}>${icon("plus", 14)}Add step</button></div>` : nothing}</div>`;
  }

  /** @param {Event} event */
  #scrolled(event) {
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    this.#sight.value = {top: box.scrollTop, height: box.clientHeight};
  }

  /** @param {EventTarget | null} button @param {string | null} [after] */
  #addMenu(button, after) {
    const {model} = this;
    openMenu(button, [
      {caption: after ? `Add after ${after}` : "Add step"},
      ...stepKinds(model.schema.peek()).map(({type, title}) => ({label: title, run: () => this.#add(type, after)})),
      ...(after ? [] : [/** @type {const} */ ("-"), {label: "Paste steps", run: () => void pasteText(this.app, model, null)}]),
    ]);
  }

  /** @param {string} type @param {string | null} [after] */
  #add(type, after) {
    const {model} = this;
    const command = addStep(model.document.peek(), type, {...(after ? {after} : {}), schema: model.schema.peek()});
    model.apply(command);
    requestAnimationFrame(() => this.#focus(command.id));
  }

  /** @param {string} id */
  #open(id) {
    this.model.select([id]);
    this.emit("open-step", {id, takesKeyboard: true});
  }

  /** @param {string} id @param {number} by */
  #move(id, by) {
    this.model.apply(moveInOrder(id, by));
  }

  /** @param {Event} event @param {string} id @param {number} place @param {number} count */
  #menu(event, id, place, count) {
    const {model} = this;
    const button = event.currentTarget;
    openMenu(button, [
      {label: "Open", icon: "edit", keys: "Enter", run: () => this.#open(id)},
      this.canRun && {label: "Run this step", icon: "play", run: () => this.emit("run-step", id)},
      this.canRun && {label: "Run from here", icon: "next", disabled: noFork(model.lastRun.peek()) !== null, reason: noFork(model.lastRun.peek()) ?? undefined, run: () => this.emit("run-from", id)},
      {label: "Change what it runs after", icon: "pipelines", run: () => openNeeds(model, id)},
      {label: "Add a step after it", icon: "plus", run: () => this.#addMenu(button, id)},
      {label: "Move up", icon: "upwards", disabled: place === 0, run: () => this.#move(id, -1)},
      {label: "Move down", icon: "down", disabled: place === count - 1, run: () => this.#move(id, 1)},
      {label: "Duplicate", icon: "copy", run: () => this.#duplicate(id)},
      {label: "Copy as YAML", icon: "CODE", run: () => void copyStep(this.app, model, id)},
      "-",
      {label: "Delete", icon: "trash", danger: true, run: () => this.#remove(id, place)},
    ], {label: `More for ${id}`});
  }

  /** @param {string} id */
  #duplicate(id) {
    const {model} = this;
    const [copy] = duplicate(model, null, [id]);
    requestAnimationFrame(() => this.#focus(copy ?? ""));
  }

  /** @param {string} id @param {number} place */
  #remove(id, place) {
    this.model.apply(removeSteps([id]));
    const next = this.model.stepIds[Math.min(place, this.model.stepIds.length - 1)];
    requestAnimationFrame(() => this.#focus(next ?? ""));
  }

  /** @param {string} id */
  #focus(id) {
    const box = this.querySelector(".steplist-box");
    const place = this.model.stepIds.indexOf(id);
    if (box && place >= 0 && !this.querySelector(`[data-step="${CSS.escape(id)}"]`)) box.scrollTop = place * 44;
    requestAnimationFrame(() => {
      const link = this.querySelector(`[data-step="${CSS.escape(id)}"] .step-link`) ?? this.querySelector(".list-tools button");
      if (link instanceof HTMLElement) link.focus();
    });
  }
}

StepList.define("cf-step-list");
