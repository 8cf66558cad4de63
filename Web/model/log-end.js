// The last lines of a long log. The log of a run is read from its beginning; that of a step is short, as only so much of its
// text is kept. So the steps that ended last are read, as many as it takes.

/** @typedef {import("./run-log-lines.js").Printed} Printed */
/** @typedef {import("./log-source.js").LogEnd} LogEnd */
/** @typedef {{path: string, started_at: string|null, duration_ms: number|null, attempts: readonly unknown[]}} Step */
/** @typedef {(path: string, cursor: string|undefined) => Promise<{items: Printed[], next_cursor: string|null}>} FetchStep */

const ENOUGH_LINES = 1000;
/** Asked for at once. */
const AT_ONCE = 3;
/** Many steps in a row that printed nothing are not gone through. */
const MOST_STEPS = 24;

/**
 * What was printed last, without anything missing in between; null where the steps that ended last printed nothing.
 * @param {readonly Step[]} steps of an ended run @param {FetchStep} fetchStep @returns {Promise<LogEnd|null>}
 */
export async function endOfLog(steps, fetchStep) {
  const ended = steps.filter((step) => step.attempts.length > 0 && step.started_at !== null)
    .map((step) => ({path: step.path, at: Date.parse(step.started_at ?? "") + (step.duration_ms ?? 0)})).sort((a, b) => b.at - a.at);
  /** @type {Printed[]} */
  const printed = [];
  for (let next = 0; next < ended.length && next < MOST_STEPS; next += AT_ONCE) {
    const some = await Promise.all(ended.slice(next, next + AT_ONCE).map(({path}) => wholeOf(path, fetchStep)));
    printed.push(...some.flat());
    // Of the time since the next one ended nothing is missing.
    const since = ended[next + AT_ONCE]?.at ?? Number.NEGATIVE_INFINITY;
    const items = printed.filter((item) => Date.parse(item.at) > since);
    if (items.reduce((sum, item) => sum + linesIn(item.text), 0) < ENOUGH_LINES && since !== Number.NEGATIVE_INFINITY && next + AT_ONCE < MOST_STEPS) continue;
    return items.length === 0 ? null : {items: items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)), since};
  }
  return null;
}

/** @param {string} path @param {FetchStep} fetchStep */
async function wholeOf(path, fetchStep) {
  /** @type {Printed[]} */
  const all = [];
  /** @type {string|undefined} */
  let cursor;
  do {
    const page = await fetchStep(path, cursor);
    all.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** @param {string} text */
const linesIn = (text) => text.split("\n").length - 1;
