// What the monitor shows, reckoned from what `GET /usage` and `GET /runs` answer. Days are days in UTC, as the server
// counts them: calls are only known by whole days, so every range begins and ends with one.

/** @typedef {import("../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {import("../../Client/client.d.ts").RunMetadata} RunMetadata */
/** @typedef {UsageFigures["by_day"][number]} DayFigures */
/** @typedef {{name: string, since: string, until: string | null, days: string[], before: {since: string, until: string} | null}} Range */

const DAY_MS = 86_400_000;
/** More days than this are not shown at once: a bar would be narrower than a pixel on a phone. */
const MOST_DAYS = 366;

/** Ranges that end now, by their name in the URL, with their days. */
export const RANGES = Object.freeze({today: 1, "7d": 7, "30d": 30, "90d": 90});

/**
 * The range that a URL names: `?range=7d`, or `?from=2026-11-01&to=2026-11-10`. What cannot be read is 30 days.
 * @param {URLSearchParams} query
 * @param {number} now milliseconds since 1970
 * @returns {Range}
 */
export function rangeOf(query, now) {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const from = dayOf(query.get("from"));
  const to = dayOf(query.get("to"));
  if (from !== null && to !== null && from <= to && (to - from) / DAY_MS < MOST_DAYS) {
    return range("dates", from, (to - from) / DAY_MS + 1, to < today);
  }
  const name = query.get("range") ?? "30d";
  const known = Object.entries(RANGES).find(([key]) => key === name) ?? ["30d", RANGES["30d"]];
  return range(known[0], today - (known[1] - 1) * DAY_MS, known[1], false);
}

/**
 * @param {string} name
 * @param {number} first
 * @param {number} count
 * @param {boolean} isOver
 * @returns {Range}
 */
function range(name, first, count, isOver) {
  return {
    name,
    since: moment(first),
    until: isOver ? moment(first + count * DAY_MS) : null,
    days: Array.from({length: count}, (_, index) => moment(first + index * DAY_MS).slice(0, 10)),
    before: {since: moment(first - count * DAY_MS), until: moment(first)},
  };
}

/** @param {string | null} text */
function dayOf(text) {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const value = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(value) ? null : value;
}

/** @param {number} value */
const moment = (value) => new Date(value).toISOString();

/**
 * The days of a range, oldest first, those on which nothing happened among them.
 * @param {string[]} days
 * @param {DayFigures[]} known
 * @returns {{day: string, figures: DayFigures | null}[]}
 */
export function filled(days, known) {
  const byDay = new Map(known.map((figures) => [figures.day, figures]));
  return days.map((day) => ({day, figures: byDay.get(day) ?? null}));
}

/**
 * The value below which the given part of the values lies, by nearest rank, as the server reckons it; null for none.
 * @param {number[]} sorted
 * @param {number} part
 */
export function percentile(sorted, part) {
  if (!sorted.length) return null;
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/**
 * p50 and p95 of the runs that succeeded, for each day on which they ended.
 * @param {string[]} days
 * @param {RunMetadata[]} runs
 * @returns {{p50: (number | null)[], p95: (number | null)[]}}
 */
export function durations(days, runs) {
  /** @type {Map<string, number[]>} */
  const byDay = new Map(days.map((day) => [day, []]));
  for (const run of runs) {
    if (run.status === "succeeded" && run.duration_ms !== null) {
      byDay.get((run.finished_at ?? "").slice(0, 10))?.push(run.duration_ms);
    }
  }
  const sorted = days.map((day) => (byDay.get(day) ?? []).toSorted((a, b) => a - b));
  return {p50: sorted.map((values) => percentile(values, 0.5)), p95: sorted.map((values) => percentile(values, 0.95))};
}

/**
 * What is missing in the sums, in words; empty where nothing is.
 * @param {{calls: number, calls_without_price: number, calls_without_counts: number}} sums
 * @returns {{price: string, counts: string}}
 */
export function gaps({calls, calls_without_price, calls_without_counts}) {
  /** @param {number} count @param {string} what */
  const say = (count, what) => {
    if (count === 0) return "";
    if (count === calls) return calls === 1 ? `the only call ${what}` : `all ${calls} calls ${what}`;
    return count === 1 ? `1 call ${what}` : `${count} calls ${what}`;
  };
  return {price: say(calls_without_price, "without a price"), counts: say(calls_without_counts, "without counts")};
}

/**
 * How a figure changed against the days before; null where there is nothing to compare with.
 * @param {number | null | undefined} now
 * @param {number | null | undefined} before
 */
export function change(now, before) {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  return now - before;
}
