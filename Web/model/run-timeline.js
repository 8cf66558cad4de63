// Where the bars of a run stand: shares of the width, from times. A retry days later does not press everything else
// against the edge: spans in which nothing ran are cut short.

/** @typedef {import("./run-state.js").RunState} RunState */
/** @typedef {import("./run-state.js").StepState} StepState */
/** @typedef {import("./run-state.js").AttemptState} AttemptState */
/** @typedef {{from: number, to: number}} Span */
/** @typedef {{start: number, length: number, cuts: {at: number, skipped: number, place: number}[]}} Scale times of the
 *   run to the width; `at` is the time of a cut, `place` its share of the width, `skipped` what was left out, in ms */
/** @typedef {{kind: "failed"|"wait"|"running"|"done"|"stopped", from: number, width: number}} Bar */

const NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000];
const TICKS = 5;
/** A gap is cut when it is longer than this, and longer than all the work. */
const LONG_GAP = 60_000;

/** @param {RunState} state @param {number} now @returns {Scale} */
export function scaleOf(state, now) {
  const spans = workOf(state, now);
  const start = Math.min(state.startedAt ?? now, spans[0]?.from ?? now);
  const end = state.endedAt ?? (state.startedAt === null ? start : now);
  const work = spans.reduce((sum, span) => sum + span.to - span.from, 0);
  const cuts = [];
  let last = start;
  let skipped = 0;
  for (const span of [...spans, {from: end, to: end}]) {
    const gap = span.from - last;
    if (gap > LONG_GAP && gap > work) {
      const kept = Math.max(1, work * 0.06);
      cuts.push({at: last, skipped: gap - kept, place: 0});
      skipped += gap - kept;
    }
    last = Math.max(last, span.to);
  }
  const shown = Math.max(1, end - start - skipped);
  // While a run goes on the width grows in steps, so that bars do not move under the pointer.
  const length = state.endedAt === null ? niceLength(shown * 1.08) : shown * 1.16;
  const scale = {start, length, cuts};
  for (const cut of cuts) cut.place = shareOf(scale, cut.at);
  return scale;
}

/** When something ran, without overlaps. @param {RunState} state @param {number} now @returns {Span[]} */
function workOf(state, now) {
  const spans = [];
  for (const step of state.steps.values()) {
    for (const attempt of step.attempts) spans.push({from: attempt.startedAt, to: attempt.endedAt ?? now});
  }
  spans.sort((a, b) => a.from - b.from);
  /** @type {Span[]} */
  const joined = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({...span});
  }
  return joined;
}

/** @param {number} least */
function niceLength(least) {
  const step = NICE.find((one) => one * TICKS >= least) ?? Math.ceil(least / TICKS / 604_800_000) * 604_800_000;
  return step * TICKS;
}

/** The share of the width at a time. @param {Scale} scale @param {number} at */
export function shareOf(scale, at) {
  let place = at - scale.start;
  for (const cut of scale.cuts) if (at > cut.at) place -= Math.min(cut.skipped, at - cut.at);
  return Math.min(1, Math.max(0, place / scale.length));
}

/** The marks of the axis: a share of the width, and the time since the start. @param {Scale} scale */
export function ticksOf(scale) {
  const step = NICE.find((one) => one * (TICKS + 1) >= scale.length) ?? scale.length / TICKS;
  const ticks = [];
  for (let place = 0; place < scale.length * 0.97; place += step) {
    let elapsed = place;
    for (const cut of scale.cuts) if (place / scale.length > cut.place) elapsed += cut.skipped;
    ticks.push({share: place / scale.length, elapsed});
  }
  return ticks;
}

/** @param {StepState} step @param {Scale} scale @param {number} now @returns {Bar[]} */
export function barsOf(step, scale, now) {
  return step.attempts.flatMap((attempt) => {
    const from = shareOf(scale, attempt.startedAt);
    const to = shareOf(scale, attempt.endedAt ?? now);
    const main = {kind: kindOf(attempt), from, width: to - from};
    if (step.type !== "prompt" || (attempt.firstTextAt === null && attempt.status !== "running")) return [main];
    const first = Math.min(to, shareOf(scale, attempt.firstTextAt ?? now));
    return [{kind: /** @type {const} */ ("wait"), from, width: first - from}, {...main, from: first, width: to - first}];
  });
}

/** @param {AttemptState} attempt @returns {Bar["kind"]} */
function kindOf(attempt) {
  if (attempt.status === "running") return "running";
  if (attempt.status === "failed") return "failed";
  return attempt.status === "succeeded" ? "done" : "stopped";
}

/** How long a step took, retries and the waits between them included. @param {StepState} step @param {number} now */
export function durationOf(step, now) {
  if (step.startedAt === null || step.attempts.length === 0) return null;
  return Math.max(0, (step.endedAt ?? now) - step.startedAt);
}
