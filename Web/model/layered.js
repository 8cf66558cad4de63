/**
 * The layered layout itself: ranks by the longest way, rows sorted so that few edges cross, and every slot as near as may
 * be to what it is joined with.
 *
 * @typedef {{id: string | null, x: number, width: number, up: number[], down: number[]}} Slot `id` is null where only an edge passes
 */

const PASSAGE = 96;
/** More cards than this in a row are set on several rows, so that a wide pipeline stays readable. */
const WIDEST = 12;
const SWEEPS = 4;
/** Edges over several layers get lanes between the cards, the shorter ones first, up to this many in all. */
const MOST_PASSAGES = 1500;

/** @param {number} count */
function numbers(count) {
  return Array.from({length: count}, () => 0);
}

/** The longest way to each; edges of a loop in a broken draft count once. @param {number} count @param {readonly [number, number][]} edges */
export function rankAll(count, edges) {
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
export function split(ranks) {
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

/** @param {readonly string[]} ids @param {readonly [number, number][]} edges @param {readonly number[]} layers @param {readonly number[]} ranks @param {number} width of a slot with a card */
export function build(ids, edges, layers, ranks, width) {
  /** @type {Slot[]} */
  const slots = ids.map((id) => ({id, x: 0, width, up: [], down: []}));
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
export function order(slots, rows) {
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
export function align(slots, rows) {
  const x = new Float64Array(slots.length);
  for (const row of rows) spread(row, slots, row.map(() => 0), x);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step += 1) {
      const row = rows[isDown ? step : rows.length - 1 - step] ?? [];
      // A passage stays below its beginning: the edge falls straight there before it turns.
      const wanted = row.map((index) => mean((isDown || slots[index]?.id === null ? slots[index]?.up : slots[index]?.down) ?? [], x, index));
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
