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
 * @typedef {{at: HTMLElement, element: HTMLElement, key: readonly unknown[], x: number, y: number}} Card `at` holds the card at its place
 * @typedef {object} Shown
 * @property {Scene} scene
 * @property {ReadonlySet<string>} selection
 * @property {ReadonlyMap<string, Mark>} marks
 * @property {Readonly<Record<string, StepStatus>> | null} statuses of a run; null while editing
 * @property {boolean} canEdit
 * @property {string | null} target the step that a connection would lead to
 */

const MOST_SPARE = 200;
/** New cards of one frame: each costs the browser its style and its place too. Where many come into sight they take some frames. */
const MOST_NEW = 32;
/** And so many while none of those in sight is missing: somebody moves about then, and every frame has to come in time. */
const MOST_AHEAD = 16;

export class Cards {
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** Cards that left the sight, to be used again: changing one costs less than making one. @type {Card[]} */
  #spare = [];
  #box;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
  }

  /**
   * Draws the cards in sight, and of those around it as many as there is time for.
   * @param {Shown} shown
   * @param {Rect} sight what is seen
   * @param {Rect} around what may be seen soon
   * @param {(id: string) => Point | undefined} placeOf
   * @param {number} until when time is up, as of performance.now()
   * @returns {boolean} whether all were drawn
   */
  draw(shown, sight, around, placeOf, until) {
    const wanted = shown.scene.ids.flatMap((id) => {
      const place = placeOf(id);
      return place && meet(around, cardRect(place)) ? [{id, place, isSeen: meet(sight, cardRect(place))}] : [];
    });
    const ids = new Set(wanted.map(({id}) => id));
    for (const [id, card] of this.#cards) if (!ids.has(id)) this.#release(id, card);
    /** @type {typeof wanted} */
    const fresh = [];
    for (const one of wanted) {
      if (this.#cards.has(one.id)) this.#draw(one.id, one.place, shown);
      else fresh.push(one);
    }
    const [seen, unseen] = [fresh.filter(({isSeen}) => isSeen), fresh.filter(({isSeen}) => !isSeen)];
    for (const {id, place} of seen.slice(0, MOST_NEW)) this.#draw(id, place, shown);
    let ahead = Math.max(0, MOST_AHEAD - seen.length);
    for (const {id, place} of unseen) {
      if (ahead === 0 || performance.now() > until) return false;
      this.#draw(id, place, shown);
      ahead -= 1;
    }
    return seen.length <= MOST_NEW;
  }

  /** @param {string} id @param {Point} place */
  move(id, place) {
    const card = this.#cards.get(id);
    if (card) position(card, place);
  }

  /** @param {string} id */
  element(id) {
    return this.#cards.get(id)?.element ?? null;
  }

  /** @param {string} id @returns {Card} */
  #make(id) {
    const card = this.#spare.pop() ?? made();
    card.key = [];
    card.element.dataset.id = id;
    card.at.hidden = false;
    if (!card.at.isConnected) this.#box.append(card.at);
    this.#cards.set(id, card);
    return card;
  }

  /** @param {string} id @param {Card} card */
  #release(id, card) {
    this.#cards.delete(id);
    if (this.#spare.length >= MOST_SPARE) {
      card.at.remove();
      return;
    }
    card.at.hidden = true;
    delete card.element.dataset.id;
    this.#spare.push(card);
  }

  /** @param {string} id @param {Point} place @param {Shown} shown */
  #draw(id, place, shown) {
    const step = shown.scene.steps.get(id);
    const source = id === INPUTS_ID ? shown.scene.document.inputs : step;
    const mark = shown.marks.get(id);
    const state = shown.statuses?.[id];
    const isSelected = shown.selection.has(id);
    const key = [source, mark?.text, mark?.errors, state?.status, state?.note, isSelected, shown.canEdit, shown.target === id];
    const card = this.#cards.get(id) ?? this.#make(id);
    position(card, place);
    if (key.every((part, index) => part === card.key[index]) && card.key.length > 0) return;
    card.key = key;
    const type = id === INPUTS_ID ? "input" : step?.type ?? "";
    const isOff = step?.enabled === false;
    card.element.className = ["node", `t-${type.toUpperCase()}`, isSelected && "sel", isOff && "off", shown.target === id && "target",
      state && `r-${state.status} c-${statusTone(state.status)}`].filter(Boolean).join(" ");
    card.element.setAttribute("aria-label", `${labelOf(id, shown)}${isSelected ? ", selected" : ""}`);
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

/** A card in a box that has nothing but its place: what moves is styled anew, and for a card that takes long. @returns {Card} */
function made() {
  const [at, element] = [document.createElement("div"), document.createElement("div")];
  at.className = "at";
  element.setAttribute("role", "group");
  at.append(element);
  return {at, element, key: [], x: NaN, y: NaN};
}

/** @param {Card} card @param {Point} place */
function position(card, {x, y}) {
  if (card.x === x && card.y === y) return;
  card.x = x;
  card.y = y;
  card.at.style.setProperty("transform", `translate(${x}px, ${y}px)`);
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
