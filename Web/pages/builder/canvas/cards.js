import {html, nothing, render} from "../../../dom/html.js";
import {INPUTS_ID} from "../../../model/document.js";
import {meet} from "../../../model/canvas-geometry.js";
import {inputsSummary, nameOf, summaryOf} from "../../../model/step-summary.js";
import {glyph, icon} from "../../../parts/icon.js";
import {status, statusTone, statusWord} from "../../../parts/status.js";
import {cardRect} from "./scene.js";

/**
 * The cards in sight: kept by id, drawn again only where what they show changed.
 *
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("../../../model/canvas-geometry.js").Rect} Rect
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 * @typedef {{errors: number, warnings: number, text: string}} Mark
 * @typedef {{status: string, note?: string}} StepStatus
 * @typedef {object} Shown
 * @property {Scene} scene
 * @property {ReadonlySet<string>} selection
 * @property {ReadonlyMap<string, Mark>} marks
 * @property {Readonly<Record<string, StepStatus>> | null} statuses of a run; null while editing
 * @property {boolean} canEdit
 * @property {string | null} target the step that a connection would lead to
 */

export class Cards {
  /** @type {Map<string, {element: HTMLElement, key: readonly unknown[]}>} */
  #cards = new Map();
  #box;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
  }

  /**
   * @param {Shown} shown
   * @param {Rect} sight
   * @param {(id: string) => Point | undefined} placeOf
   */
  draw(shown, sight, placeOf) {
    const gone = new Set(this.#cards.keys());
    for (const id of shown.scene.ids) {
      const place = placeOf(id);
      if (!place || !meet(sight, cardRect(place))) continue;
      gone.delete(id);
      this.#draw(id, place, shown);
    }
    for (const id of gone) {
      this.#cards.get(id)?.element.remove();
      this.#cards.delete(id);
    }
  }

  /** @param {string} id @param {Point} place */
  move(id, place) {
    const card = this.#cards.get(id);
    if (card) position(card.element, place);
  }

  /** @param {string} id */
  element(id) {
    return this.#cards.get(id)?.element ?? null;
  }

  /** @param {string} id @param {Point} place @param {Shown} shown */
  #draw(id, place, shown) {
    const step = shown.scene.steps.get(id);
    const source = id === INPUTS_ID ? shown.scene.document.inputs : step;
    const mark = shown.marks.get(id);
    const state = shown.statuses?.[id];
    const isSelected = shown.selection.has(id);
    const key = [source, mark?.text, mark?.errors, state?.status, state?.note, isSelected, shown.canEdit, shown.target === id];
    let card = this.#cards.get(id);
    if (!card) {
      const element = document.createElement("div");
      element.dataset.id = id;
      element.setAttribute("role", "group");
      this.#box.append(element);
      card = {element, key: []};
      this.#cards.set(id, card);
    }
    position(card.element, place);
    if (key.every((part, index) => part === card.key[index]) && card.key.length > 0) return;
    card.key = key;
    const type = id === INPUTS_ID ? "input" : step?.type ?? "";
    const isOff = step?.enabled === false;
    card.element.className = ["node", `t-${type.toUpperCase()}`, isSelected && "sel", isOff && "off", shown.target === id && "target",
      state && `r-${state.status} c-${statusTone(state.status)}`].filter(Boolean).join(" ");
    card.element.setAttribute("aria-label", labelOf(id, shown));
    const line = step ? summaryOf(step) : inputsSummary(shown.scene.document);
    const hasPorts = shown.canEdit;
    render(html`${hasPorts && id !== INPUTS_ID ? html`<span class="port pi"></span>` : nothing}${glyph(type)}
      <span class="tx"><b>${nameOf(id)}</b><small>${isOff ? "Disabled" : line}</small></span>
      ${state ? html`<span class="rs">${status(state.status, {label: ""})}${state.note ? html`<em class="num">${state.note}</em>` : nothing}</span>`
        : mark ? html`<span class="st ${mark.errors > 0 ? "bad" : "warn"}" title=${mark.text}>${icon("warn", 15)}</span>` : nothing}
      ${state?.status === "running" ? html`<span class="pg"><i></i></span>` : nothing}
      ${hasPorts && id !== INPUTS_ID ? html`<span class="port po" data-port></span>` : nothing}`, card.element);
  }
}

/** @param {HTMLElement} element @param {Point} place */
function position(element, place) {
  element.style.setProperty("transform", `translate(${place.x}px, ${place.y}px)`);
}

/**
 * What is said of a card: type, id, problem or status, and what it runs after.
 * @param {string} id
 * @param {Shown} shown
 */
export function labelOf(id, shown) {
  if (id === INPUTS_ID) return `Run inputs: ${inputsSummary(shown.scene.document)}`;
  const step = shown.scene.steps.get(id);
  const state = shown.statuses?.[id];
  const mark = shown.marks.get(id);
  const needs = (shown.scene.graph.needs.get(id) ?? []).map((edge) => edge.branch === null ? edge.from : `${edge.from} is ${edge.branch}`);
  return [
    `${step?.type ?? ""} step ${id}`, step?.enabled === false ? "disabled" : "",
    state ? `${statusWord(state.status)}${state.note ? ` ${state.note}` : ""}` : mark?.text ?? "",
    needs.length > 0 ? `runs after ${needs.join(" and ")}` : "starts at once",
  ].filter(Boolean).join(", ");
}
