import {inPort, outPort, pointOn} from "./canvas-geometry.js";
import {CARD} from "./layout.js";

/**
 * Which edges turn before they fall: a card stands where they would fall first, and less is in the way of the other.
 *
 * @typedef {import("./canvas-geometry.js").Point} Point
 * @typedef {{readonly [id: string]: Point}} Places
 */

/** Where on its way an edge is looked at. */
const LOOKS = Array.from({length: 15}, (_, index) => (index + 1) / 16);
const CELL = {width: 256, height: 128};

/**
 * @template {{from: string, to: string}} Edge
 * @param {readonly Edge[]} edges
 * @param {Places} places
 * @returns {Set<Edge>}
 */
export function earlyEdges(edges, places) {
  const cards = new Cards(places);
  return new Set(edges.filter(({from, to}) => {
    const above = places[from], below = places[to];
    if (!above || !below || below.y - above.y < 2 * CARD.height + 60) return false;
    const start = outPort(above), end = inPort(below);
    const behind = (/** @type {boolean} */ isEarly) => LOOKS.filter((part) => cards.cover(pointOn(start, end, part, isEarly), above, below)).length;
    const late = behind(false);
    return late > 0 && behind(true) < late;
  }));
}

/** The cards, to be found by where they stand. */
class Cards {
  /** @type {Map<number, Point[]>} */
  #cells = new Map();

  /** @param {Places} places */
  constructor(places) {
    for (const place of Object.values(places)) {
      const [left, top] = cellOf(place), [right, bottom] = cellOf({x: place.x + CARD.width, y: place.y + CARD.height});
      for (let column = left; column <= right; column += 1) for (let row = top; row <= bottom; row += 1) this.#add(column, row, place);
    }
  }

  /** @param {number} column @param {number} row @param {Point} place */
  #add(column, row, place) {
    const cell = this.#cells.get(keyOf(column, row));
    if (cell) cell.push(place);
    else this.#cells.set(keyOf(column, row), [place]);
  }

  /** Whether a card is at a point, but for the two that are named. @param {Point} point @param {Point} one @param {Point} other */
  cover({x, y}, one, other) {
    const [column, row] = cellOf({x, y});
    return (this.#cells.get(keyOf(column, row)) ?? []).some((card) => card !== one && card !== other
      && x > card.x && x < card.x + CARD.width && y > card.y && y < card.y + CARD.height);
  }
}

/** @param {Point} point @returns {[number, number]} */
const cellOf = ({x, y}) => [Math.floor(x / CELL.width), Math.floor(y / CELL.height)];

/** @param {number} column @param {number} row */
const keyOf = (column, row) => column * 100_000 + row;
