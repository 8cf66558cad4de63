// A list that is read page by page and changes meanwhile.

/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */

/** The newest first, as the server sorts. @param {RunMetadata} a @param {RunMetadata} b */
const newestFirst = (a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : a.id < b.id ? 1 : -1);

/**
 * The list after its first page was read anew: what is on it is as it says; of the time it covers, what is not on it is
 * gone; what is older stays.
 * @param {RunMetadata[]} had @param {RunMetadata[]} first @param {boolean} isWhole there is no further page @returns {RunMetadata[]}
 */
export function withFirstPage(had, first, isWhole) {
  const last = first.at(-1);
  if (isWhole || !last) return first;
  const known = new Set(first.map((run) => run.id));
  return [...first, ...had.filter((run) => !known.has(run.id) && newestFirst(run, last) > 0)];
}

/** The list with a further page; runs that began meanwhile have moved some over. @param {RunMetadata[]} had @param {RunMetadata[]} more @returns {RunMetadata[]} */
export function withMore(had, more) {
  const known = new Set(had.map((run) => run.id));
  return [...had, ...more.filter((run) => !known.has(run.id))];
}

/** What an event says of a run, put over what is known. @param {RunMetadata} run @param {{status: RunMetadata["status"], duration_ms: number | null, paused?: boolean}} told @returns {RunMetadata} */
export const withEvent = (run, told) => ({...run, status: told.status, duration_ms: told.duration_ms ?? run.duration_ms, ...(told.paused === undefined ? {} : {paused: told.paused})});

/** @typedef {{from: number, to: number, ok: number, bad: number, other: number}} Bin */

/** How many runs began in each part of a span of time. @param {RunMetadata[]} runs @param {number} from @param {number} to @param {number} count @returns {Bin[]} */
export function binsOf(runs, from, to, count) {
  const width = (to - from) / count;
  const bins = Array.from({length: count}, (_, i) => ({from: from + i * width, to: from + (i + 1) * width, ok: 0, bad: 0, other: 0}));
  for (const run of runs) {
    const place = Math.floor((Date.parse(run.created_at) - from) / width);
    const bin = bins[Math.min(count - 1, place)];
    if (!bin || place < 0) continue;
    if (run.status === "succeeded") bin.ok += 1;
    else if (run.status === "failed") bin.bad += 1;
    else bin.other += 1;
  }
  return bins;
}
