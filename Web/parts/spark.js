// The latest runs of a pipeline as bars: height is how long, colour is how it went. The label says the same in words.
import {html, svg} from "../dom/html.js";

/** @typedef {import("../../Client/client.d.ts").RunStatus} RunStatus */
/** @typedef {{status: RunStatus, duration_ms: number | null}} Bar */

/** The least height of a bar in percent, so that a quick run is still seen. */
const LEAST = 14;

/** What a place is wide, a bar in it, and how far its corners are round, in the units of the picture: it is stretched. */
const PLACE = 10, WIDE = 8, ROUND = {across: 0.9, down: 5};
/** The height of a place without a run. */
const ABSENT = 5;

const kinds = /** @type {Record<RunStatus, string>} */ ({
  succeeded: "ok", failed: "bad", cancelled: "none", queued: "live", running: "live", waiting: "live",
});

/**
 * Heights in percent of the longest. A run without a duration, as one that goes on, is as high as the middle.
 * @param {Bar[]} runs
 * @returns {number[]}
 */
export function heights(runs) {
  const longest = Math.max(1, ...runs.map((run) => run.duration_ms ?? 0));
  return runs.map((run) => run.duration_ms === null ? 50 : Math.max(LEAST, Math.round(run.duration_ms / longest * 100)));
}

/**
 * @param {Bar[]} runs the oldest first
 * @param {{places?: number, of?: string}} [options]
 */
export function spark(runs, {places = 24, of = ""} = {}) {
  const shown = runs.slice(-places);
  const high = heights(shown);
  const count = (/** @type {string} */ kind) => shown.filter((run) => kinds[run.status] === kind).length;
  const words = [
    [count("ok"), "succeeded"], [count("bad"), "failed"], [count("none"), "cancelled"], [count("live"), "not ended"],
  ].flatMap(([number, word]) => number ? [`${number} ${word}`] : []).join(", ");
  const label = shown.length === 0 ? `No runs${of && ` of ${of}`} yet`
    : `Last ${shown.length === 1 ? "run" : `${shown.length} runs`}${of && ` of ${of}`}: ${words}`;
  // One shape for all bars of a kind: a list has hundreds of bars.
  const shapes = new Map([["absent", absent(places - shown.length)]]);
  shown.forEach((run, index) => {
    const kind = kinds[run.status];
    shapes.set(kind, (shapes.get(kind) ?? "") + bar(places - shown.length + index, high[index] ?? LEAST));
  });
  return html`<svg class="spark" role="img" aria-label=${label} viewBox=${`0 0 ${places * PLACE - PLACE + WIDE} 100`} preserveAspectRatio="none">${
    [...shapes].map(([kind, shape]) => svg`<path class=${kind} d=${shape} />`)}</svg>`;
}

/** @param {number} count */
const absent = (count) => Array.from({length: count}, (_, place) => `M${place * PLACE} ${100 - ABSENT}h${WIDE}v${ABSENT}h${-WIDE}z`).join("");

/** @param {number} place @param {number} high in percent */
function bar(place, high) {
  const {across, down} = ROUND, flat = WIDE - 2 * across, upright = high - 2 * down;
  return `M${place * PLACE} ${100 - down}v${-upright}q0 ${-down} ${across} ${-down}h${flat}q${across} 0 ${across} ${down}v${upright}q0 ${down} ${-across} ${down}h${-flat}q${-across} 0 ${-across} ${-down}z`;
}
