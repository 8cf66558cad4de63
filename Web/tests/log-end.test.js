import assert from "node:assert/strict";
import {test} from "node:test";
import {endOfLog} from "../model/log-end.js";
import {FilteredLog, PagedLog} from "../model/log-source.js";

const SECOND = 1000;
const moment = (/** @type {number} */ second) => new Date(second * SECOND).toISOString();
/** @param {string} path @param {number} from @param {number} to in seconds */
const step = (path, from, to) => ({path, started_at: moment(from), duration_ms: (to - from) * SECOND, attempts: [1]});
/** What a step printed: a piece each second, of some lines. @param {string} path @param {number} from @param {number} to @param {number} lines */
const pieces = (path, from, to, lines) => Array.from({length: to - from}, (_, second) => ({
  step: path, attempt: 1, stream: "stdout", at: moment(from + second + 0.5), text: Array.from({length: lines}, (_unused, line) => `${path} ${from + second}.${line}\n`).join(""),
}));

test("the end of a log comes of the steps that ended last", async () => {
  const steps = Array.from({length: 40}, (_, place) => step(`s${place}`, place * 10, place * 10 + 10));
  /** @type {string[]} */
  const asked = [];
  const end = await endOfLog(steps, (path) => {
    asked.push(path);
    const from = Number(path.slice(1)) * 10;
    return Promise.resolve({items: pieces(path, from, from + 10, 50), next_cursor: null});
  });
  assert.deepEqual(asked, ["s39", "s38", "s37"]);
  assert.equal(end?.since, 370 * SECOND);
  assert.equal(end?.items.length, 30);
  assert.match(end?.items.at(-1)?.text ?? "", /s39 399\.49\n$/);
});

test("of steps side by side only that time is told of which nothing is missing, in its order", async () => {
  const steps = [step("long", 0, 100), step("a", 10, 95), step("b", 20, 90), step("c", 30, 80)];
  const end = await endOfLog(steps, (path) => {
    const found = steps.find((one) => one.path === path);
    const from = Date.parse(found?.started_at ?? "") / SECOND;
    return Promise.resolve({items: pieces(path, from, from + (found?.duration_ms ?? 0) / SECOND, 100), next_cursor: null});
  });
  assert.equal(end?.since, 80 * SECOND);
  const times = (end?.items ?? []).map((item) => Date.parse(item.at));
  assert.ok(times.every((at, place) => at > 80 * SECOND && at >= (times[place - 1] ?? 0)));
  assert.deepEqual(new Set(end?.items.map((item) => item.step)), new Set(["long", "a", "b"]));
});

test("steps that printed nothing are passed over, and where none printed there is no end", async () => {
  const steps = Array.from({length: 9}, (_, place) => step(`s${place}`, place, place + 1));
  const end = await endOfLog(steps, (path, cursor) => Promise.resolve(
    path === "s2" ? {items: pieces(path, 2, 3, cursor ? 1 : 2000), next_cursor: cursor ? null : "more"} : {items: [], next_cursor: null}));
  assert.deepEqual([end?.items.length, end?.since], [2, Number.NEGATIVE_INFINITY]);
  assert.equal(await endOfLog(steps, () => Promise.resolve({items: [], next_cursor: null})), null);
});

/** A log of pages, of which the last ones can be had at once. @param {number} pages */
function longLog(pages) {
  const page = (/** @type {number} */ place) => pieces(`s${place}`, place * 10, place * 10 + 10, 5);
  /** @type {number[]} */
  const asked = [];
  const log = new PagedLog((cursor) => {
    asked.push(Number(cursor ?? 0));
    return Promise.resolve({items: page(Number(cursor ?? 0)), next_cursor: Number(cursor ?? 0) + 1 < pages ? String(Number(cursor ?? 0) + 1) : null});
  }, [{type: "run.finished", at: moment(pages * 10), data: {status: "succeeded"}}],
  () => Promise.resolve({items: page(pages - 1), since: (pages - 1) * 10 * SECOND}));
  return {log, asked};
}

test("the last lines are there before those between, which then take their place", async () => {
  const {log, asked} = longLog(20);
  await log.want(0, 1);
  assert.equal(await log.toEnd(), true);
  assert.deepEqual([log.gap, log.count, log.isWhole, asked], [50, 50 + 1 + 51, false, [0]]);
  assert.equal(log.line(49)?.text, "s0 9.4");
  assert.equal(log.line(50), null);
  assert.equal(log.line(51)?.text, "s19 190.0");
  assert.equal(log.line(101)?.text, "run succeeded");
  while (log.gap !== null) await log.want(log.gap, log.gap + 1);
  assert.deepEqual([log.isWhole, log.count], [true, 1001]);
  assert.equal(log.line(1000)?.text, "run succeeded");
  assert.equal(log.line(950)?.text, "s19 190.0");
});

test("a search goes through the lines between too, and finds nothing twice", async () => {
  const {log} = longLog(20);
  await log.want(0, 1);
  await log.toEnd();
  const found = new FilteredLog(log, {level: "all", words: "9.4", step: null});
  while (!found.isWhole) await found.want();
  assert.equal(found.count, 20);
});
