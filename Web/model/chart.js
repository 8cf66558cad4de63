// Geometry of charts: numbers in, coordinates out. It knows no elements, so that it can be tested without a browser.

/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {"count" | "duration" | "money"} Quantity */

/** Steps of durations in milliseconds that people read at a glance; a power of ten is none above a second. */
const DURATIONS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 4e3, 10e3, 20e3, 30e3, 60e3, 120e3, 240e3, 600e3, 1200e3, 1800e3,
  3600e3, 7200e3, 14400e3, 28800e3, 86400e3, 172800e3, 604800e3,
];

/** An axis of money ends here at the least: less than its parts is not written. */
const LEAST_MONEY = 0.001;

/**
 * The end of an axis that holds `largest`, and where its lines stand: at zero, in the middle and at the end.
 * A count has no half, so an axis that ends at one has no line in its middle.
 * @param {number} largest
 * @param {Quantity} quantity
 * @returns {{max: number, ticks: number[]}}
 */
export function axis(largest, quantity) {
  const max = quantity === "duration" ? durationEnd(largest) : decimalEnd(largest, quantity);
  return {max, ticks: quantity === "count" && max % 2 ? [0, max] : [0, max / 2, max]};
}

/** @param {number} largest */
function durationEnd(largest) {
  const last = DURATIONS[DURATIONS.length - 1] ?? 1;
  return DURATIONS.find((step) => step >= largest) ?? Math.ceil(largest / last) * last;
}

/**
 * @param {number} largest
 * @param {Quantity} quantity
 */
function decimalEnd(largest, quantity) {
  if (!(largest > LEAST_MONEY) && quantity === "money") return LEAST_MONEY;
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const found = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= largest * (1 - 1e-9)) ?? 10;
  const end = Number((found * power).toPrecision(6));
  return quantity === "count" ? Math.max(1, Math.ceil(end)) : end;
}

/**
 * Columns of rectangles, one upon the other. What is more than nothing is at least one pixel high, so that a single
 * failure among thousands of runs is seen.
 * @param {number[][]} columns for each place its values from the bottom up
 * @param {number} max
 * @param {Box} box
 * @returns {{x: number, width: number, hit: {x: number, width: number}, bars: {part: number, y: number, height: number}[]}[]}
 */
export function stack(columns, max, box) {
  const step = box.width / Math.max(1, columns.length);
  const width = Math.max(1, Math.min(24, step * 0.66));
  return columns.map((values, index) => {
    let below = box.top + box.height;
    const bars = [];
    for (const [part, value] of values.entries()) {
      if (!(value > 0)) continue;
      const height = Math.max(1, value / max * box.height);
      below -= height;
      bars.push({part, y: below, height: Math.max(1, height - (height > 3 ? 1 : 0))});
    }
    const x = box.left + index * step;
    return {x: x + (step - width) / 2, width, hit: {x, width: step}, bars};
  });
}

/**
 * Points of a line; a place whose value is not known breaks it.
 * @param {(number | null)[]} values
 * @param {number} max
 * @param {Box} box
 * @returns {{x: number, y: number}[][]} the pieces
 */
export function line(values, max, box) {
  const step = box.width / Math.max(1, values.length);
  /** @type {{x: number, y: number}[][]} */
  const pieces = [];
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const point = {x: box.left + (index + 0.5) * step, y: box.top + box.height - value / max * box.height};
    if (open) pieces[pieces.length - 1]?.push(point);
    else pieces.push([point]);
    open = true;
  }
  return pieces;
}

/**
 * Which of `count` places get a label, so that each has `room` pixels: evenly, and the last one among them.
 * @param {number} count
 * @param {number} width
 * @param {number} room
 * @returns {number[]}
 */
export function labelled(count, width, room) {
  const most = Math.max(1, Math.floor(width / room));
  const every = Math.max(1, Math.ceil(count / most));
  const places = [];
  for (let place = count - 1; place >= 0; place -= every) places.unshift(place);
  return places;
}
