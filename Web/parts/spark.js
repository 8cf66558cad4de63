// The latest runs of a pipeline as bars: height is how long, colour is how it went. The label says the same in words.
import {html} from "../dom/html.js";

/** @typedef {import("../../Client/client.d.ts").RunStatus} RunStatus */
/** @typedef {{status: RunStatus, duration_ms: number | null}} Bar */

/** The least height of a bar in percent, so that a quick run is still seen. */
const LEAST = 14;

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
  return html`<div class="spark" role="img" aria-label=${label}>${
    Array.from({length: places - shown.length}, () => html`<i class="absent"></i>`)}${
    shown.map((run, index) => html`<i class=${kinds[run.status]} style=${{"--v": `${high[index]}%`}}></i>`)}</div>`;
}
