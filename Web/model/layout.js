import {INPUTS_ID} from "./document.js";
import {graphOf} from "./graph.js";
import {align, build, order, rankAll, split} from "./layered.js";

/**
 * Where steps stand on the canvas: layers from top to bottom, each below all it runs after, few crossings, and every
 * card as near as may be below what it comes of. Places that people chose are kept.
 *
 * @typedef {{readonly x: number, readonly y: number}} Place
 * @typedef {{readonly [id: string]: Place}} Places
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 */

export const CARD = {width: 232, height: 64};
export const GRID = 8;
const GAP = 64;
const ROW = 112;
/**
 * A place for the run inputs and every step.
 * @param {PipelineDocument} document
 * @returns {Record<string, Place>}
 */
export function layOut(document) {
  const graph = graphOf(document);
  const ids = [INPUTS_ID, ...graph.steps.map((step) => step.id)];
  const number = new Map(ids.map((id, index) => [id, index]));
  const edges = graph.edges.map((edge) => /** @type {[number, number]} */ ([number.get(edge.from) ?? 0, number.get(edge.to) ?? 0]));
  graph.steps.forEach((step, index) => {
    if ((graph.needs.get(step.id) ?? []).length === 0) edges.push([0, index + 1]);
  });
  const ranks = rankAll(ids.length, edges);
  const {slots, rows} = build(ids, edges, ranks, split(ranks), CARD.width + GAP);
  order(slots, rows);
  align(slots, rows);
  /** @type {Record<string, Place>} */
  const places = {};
  rows.forEach((row, rank) => {
    for (const index of row) {
      const slot = slots[index];
      if (slot && slot.id !== null) places[slot.id] = {x: snap(slot.x - CARD.width / 2), y: rank * ROW};
    }
  });
  return shifted(places);
}

/**
 * The places people chose, with the rest found around them. Where nobody chose, all are laid out.
 * @param {PipelineDocument} document
 * @param {Places} places
 * @returns {Record<string, Place>}
 */
export function completed(document, places) {
  const graph = graphOf(document);
  const ids = [INPUTS_ID, ...graph.steps.map((step) => step.id)];
  const isChosen = ids.filter((id) => Object.hasOwn(places, id));
  if (isChosen.length === 0) return layOut(document);
  /** @type {Record<string, Place>} */
  const result = {};
  const taken = new Taken();
  for (const id of isChosen) {
    const place = places[id];
    if (place) taken.add(result[id] = place);
  }
  const missing = ids.filter((id) => !Object.hasOwn(result, id));
  for (const id of missing) {
    const above = (graph.needs.get(id) ?? []).map((edge) => result[edge.from]).filter((place) => place !== undefined);
    const wanted = id === INPUTS_ID ? aboveAll(Object.values(result)) : belowOf(above, result[INPUTS_ID]);
    taken.add(result[id] = taken.near(wanted));
  }
  return result;
}

/** Places without those of some steps. @param {Places} places @param {ReadonlySet<string>} gone @returns {Places} */
export function without(places, gone) {
  return Object.keys(places).some((id) => gone.has(id))
    ? Object.fromEntries(Object.entries(places).filter(([id]) => !gone.has(id))) : places;
}

/** @param {number} value */
export function snap(value) {
  return Math.round(value / GRID) * GRID;
}

/** @param {readonly Place[]} above @param {Place | undefined} inputs @returns {Place} */
function belowOf(above, inputs) {
  const list = above.length > 0 ? above : inputs ? [inputs] : [];
  if (list.length === 0) return {x: 0, y: 0};
  const x = list.reduce((sum, place) => sum + place.x, 0) / list.length;
  return {x: snap(x), y: Math.max(...list.map((place) => place.y)) + ROW};
}

/** @param {readonly Place[]} all @returns {Place} */
function aboveAll(all) {
  return {x: all[0]?.x ?? 0, y: Math.min(...all.map((place) => place.y)) - ROW};
}

/** Which parts of the canvas are taken, by coarse cells. */
class Taken {
  /** @type {Map<string, Place[]>} */
  #cells = new Map();

  /** @param {Place} place */
  add(place) {
    const key = `${Math.floor(place.x / 512)} ${Math.floor(place.y / 256)}`;
    const cell = this.#cells.get(key);
    if (cell) cell.push(place);
    else this.#cells.set(key, [place]);
  }

  /** The free place nearest to the wanted one, sideways. @param {Place} wanted @returns {Place} */
  near(wanted) {
    const step = snap(CARD.width + GAP);
    for (let round = 0; ; round += 1) {
      const x = wanted.x + (round % 2 === 0 ? 1 : -1) * Math.ceil(round / 2) * step;
      if (!this.#isTaken({x, y: wanted.y})) return {x, y: wanted.y};
    }
  }

  /** @param {Place} place */
  #isTaken(place) {
    const [column, row] = [Math.floor(place.x / 512), Math.floor(place.y / 256)];
    for (let across = column - 1; across <= column + 1; across += 1) {
      for (let down = row - 1; down <= row + 1; down += 1) {
        for (const other of this.#cells.get(`${across} ${down}`) ?? []) {
          if (Math.abs(other.x - place.x) < CARD.width + 16 && Math.abs(other.y - place.y) < CARD.height + 16) return true;
        }
      }
    }
    return false;
  }
}

/** Begins at 0, 0. @param {Record<string, Place>} places */
function shifted(places) {
  const left = Math.min(...Object.values(places).map((place) => place.x));
  return Object.fromEntries(Object.entries(places).map(([id, place]) => [id, {x: place.x - left, y: place.y}]));
}
