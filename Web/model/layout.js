import {INPUTS_ID} from "./document.js";
import {graphOf} from "./graph.js";

/**
 * Where steps stand on the canvas: layers from top to bottom, each below all it runs after, few crossings, and every
 * card as near as may be below what it comes of. Places that people chose are kept.
 *
 * @typedef {{readonly x: number, readonly y: number}} Place
 * @typedef {{readonly [id: string]: Place}} Places
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {{id: string | null, x: number, width: number, up: number[], down: number[]}} Slot `id` is null where only an edge passes
 */

export const CARD = {width: 232, height: 64};
export const GRID = 8;
const GAP = 64;
const ROW = 112;
const PASSAGE = 24;
/** More cards than this in a row are set on several rows, so that a wide pipeline stays readable. */
const WIDEST = 12;
const SWEEPS = 4;
/** Edges over several layers get lanes between the cards, the shorter ones first, up to this many in all. */
const MOST_PASSAGES = 1500;

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
  const {slots, rows} = build(ids, edges, ranks, split(ranks));
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

/** @param {number} count */
function numbers(count) {
  return Array.from({length: count}, () => 0);
}

/** The longest way to each; edges of a loop in a broken draft count once. @param {number} count @param {readonly [number, number][]} edges */
function rankAll(count, edges) {
  const ranks = numbers(count);
  const waits = numbers(count);
  const out = /** @type {number[][]} */ (Array.from({length: count}, () => []));
  for (const [from, to] of edges) {
    out[from]?.push(to);
    waits[to] = (waits[to] ?? 0) + 1;
  }
  /** @type {number[]} */
  const open = [];
  const isDone = Array.from({length: count}, () => false);
  for (let index = 0; index < count; index += 1) if (waits[index] === 0) open.push(index);
  for (let next = 0, done = 0; done < count; next += 1) {
    // Only a loop leaves steps with nobody to wait for: the first of them begins.
    if (next >= open.length) open.push(isDone.indexOf(false));
    /** @type {number} */
    const index = open[next] ?? 0;
    if (isDone[index]) continue;
    isDone[index] = true;
    done += 1;
    for (const to of out[index] ?? []) {
      if (isDone[to]) continue;
      ranks[to] = Math.max(ranks[to] ?? 0, (ranks[index] ?? 0) + 1);
      waits[to] = (waits[to] ?? 0) - 1;
      if (waits[to] === 0) open.push(to);
    }
  }
  return ranks;
}

/** Sets a rank of very many on several rows. @param {readonly number[]} ranks @returns {number[]} */
function split(ranks) {
  const counts = /** @type {number[]} */ ([]);
  for (const rank of ranks) counts[rank] = (counts[rank] ?? 0) + 1;
  /** @type {number[]} */
  const starts = [];
  let row = 0;
  for (const count of counts) {
    starts.push(row);
    row += Math.max(1, Math.ceil((count ?? 0) / WIDEST));
  }
  const seen = numbers(counts.length);
  return ranks.map((rank) => {
    const rows = Math.ceil((counts[rank] ?? 1) / WIDEST);
    const place = seen[rank] ?? 0;
    seen[rank] = place + 1;
    return (starts[rank] ?? 0) + Math.floor(place * rows / (counts[rank] ?? 1));
  });
}

/** @param {readonly string[]} ids @param {readonly [number, number][]} edges @param {readonly number[]} layers @param {readonly number[]} ranks */
function build(ids, edges, layers, ranks) {
  /** @type {Slot[]} */
  const slots = ids.map((id) => ({id, x: 0, width: CARD.width + GAP, up: [], down: []}));
  /** @type {number[][]} */
  const rows = Array.from({length: Math.max(...ranks) + 1}, () => []);
  ranks.forEach((rank, index) => rows[rank]?.push(index));
  let passages = 0;
  const spanned = edges.map(([from, to]) => ({from, to, span: (ranks[to] ?? 0) - (ranks[from] ?? 0)}))
    .sort((left, right) => left.span - right.span);
  for (const {from, to, span} of spanned) {
    if (span <= 0) continue;
    let before = from;
    // Within one layer set on several rows an edge may pass behind cards: lanes for all would tear the rows apart.
    if ((layers[to] ?? 0) - (layers[from] ?? 0) > 1 && passages + span < MOST_PASSAGES) {
      for (let rank = (ranks[from] ?? 0) + 1; rank < (ranks[to] ?? 0); rank += 1) {
        const index = slots.push({id: null, x: 0, width: PASSAGE, up: [], down: []}) - 1;
        rows[rank]?.push(index);
        join(slots, before, index);
        before = index;
        passages += 1;
      }
    }
    join(slots, before, to);
  }
  return {slots, rows};
}

/** @param {readonly Slot[]} slots @param {number} from @param {number} to */
function join(slots, from, to) {
  slots[from]?.down.push(to);
  slots[to]?.up.push(from);
}

/** Sweeps down and up, each row sorted by where its neighbours stand. @param {readonly Slot[]} slots @param {number[][]} rows */
function order(slots, rows) {
  const place = new Float64Array(slots.length);
  const keys = new Float64Array(slots.length);
  /** @param {readonly number[]} row */
  const count = (row) => row.forEach((index, at) => { place[index] = at - (row.length - 1) / 2; });
  rows.forEach(count);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step += 1) {
      const row = rows[isDown ? step : rows.length - 1 - step] ?? [];
      for (const index of row) keys[index] = mean((isDown ? slots[index]?.up : slots[index]?.down) ?? [], place, index);
      row.sort((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0));
      count(row);
    }
  }
}

/** @param {readonly number[]} list @param {Float64Array} place @param {number} self */
function mean(list, place, self) {
  if (list.length === 0) return place[self] ?? 0;
  let sum = 0;
  for (const index of list) sum += place[index] ?? 0;
  return sum / list.length;
}

/** @param {readonly Slot[]} slots @param {readonly number[][]} rows */
function align(slots, rows) {
  const x = new Float64Array(slots.length);
  for (const row of rows) spread(row, slots, row.map(() => 0), x);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step += 1) {
      const row = rows[isDown ? step : rows.length - 1 - step] ?? [];
      const wanted = row.map((index) => mean((isDown ? slots[index]?.up : slots[index]?.down) ?? [], x, index));
      spread(row, slots, wanted, x);
    }
  }
  slots.forEach((slot, index) => { slot.x = x[index] ?? 0; });
}

/**
 * The places nearest to the wanted ones (by the sum of squares) that keep order and distance: neighbours that would
 * overlap move as one block to the mean of what they want.
 * @param {readonly number[]} row
 * @param {readonly Slot[]} slots
 * @param {readonly number[]} wanted
 * @param {Float64Array} x
 */
function spread(row, slots, wanted, x) {
  let offset = 0;
  /** @type {{sum: number, count: number}[]} */
  const blocks = [];
  const offsets = row.map((index, at) => {
    if (at > 0) offset += ((slots[row[at - 1] ?? 0]?.width ?? 0) + (slots[index]?.width ?? 0)) / 2;
    return offset;
  });
  wanted.forEach((want, at) => {
    let block = {sum: want - (offsets[at] ?? 0), count: 1};
    for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
      block = {sum: block.sum + last.sum, count: block.count + last.count};
      blocks.pop();
    }
    blocks.push(block);
  });
  let at = 0;
  for (const block of blocks) {
    for (let inside = 0; inside < block.count; inside += 1, at += 1) {
      x[row[at] ?? 0] = block.sum / block.count + (offsets[at] ?? 0);
    }
  }
}

/** Begins at 0, 0. @param {Record<string, Place>} places */
function shifted(places) {
  const left = Math.min(...Object.values(places).map((place) => place.x));
  return Object.fromEntries(Object.entries(places).map(([id, place]) => [id, {x: place.x - left, y: place.y}]));
}
