import assert from "node:assert/strict";
import {test} from "node:test";
import {change, durations, filled, gaps, percentile, rangeOf} from "../model/usage.js";

const now = Date.parse("2026-11-23T14:30:00Z");
/** @param {string} text */
const range = (text) => rangeOf(new URLSearchParams(text), now);

test("a range of seven days ends with today and begins at midnight in UTC", () => {
  const {since, until, days} = range("range=7d");
  assert.equal(since, "2026-11-17T00:00:00.000Z");
  assert.equal(until, null);
  assert.deepEqual([days[0], days.at(-1), days.length], ["2026-11-17", "2026-11-23", 7]);
});

test("what a range is compared with is as long and lies right before it", () => {
  assert.deepEqual(range("range=today").before, {since: "2026-11-22T00:00:00.000Z", until: "2026-11-23T00:00:00.000Z"});
});

test("dates of the URL hold both ends, and days that are over have an end", () => {
  const {since, until, days} = range("from=2026-11-01&to=2026-11-03");
  assert.deepEqual([since, until, days.length], ["2026-11-01T00:00:00.000Z", "2026-11-04T00:00:00.000Z", 3]);
});

test("what cannot be read in a URL is thirty days", () => {
  for (const text of ["", "range=soon", "from=2026-11-09&to=2026-11-01", "from=x&to=y", "from=2000-01-01&to=2026-01-01"]) {
    assert.equal(range(text).days.length, 30, text);
  }
});

test("days on which nothing happened are among the days", () => {
  const sums = {calls: 0, input_tokens: null, output_tokens: null, cost_usd: null, calls_without_price: 0, calls_without_counts: 0};
  const runs = {ended: 1, succeeded: 1, failed: 0, cancelled: 0, success_rate: 1};
  const days = filled(["2026-11-22", "2026-11-23"], [{...sums, day: "2026-11-23", runs}]);
  assert.deepEqual(days.map((day) => day.figures?.runs.ended ?? null), [null, 1]);
});

test("a percentile is a value that was there", () => {
  assert.equal(percentile([10, 20, 30, 40], 0.5), 20);
  assert.equal(percentile([10, 20, 30, 40], 0.95), 40);
  assert.equal(percentile([], 0.5), null);
});

test("durations are of runs that succeeded, on the day they ended", () => {
  /** @param {string} status @param {string} finished_at @param {number} duration_ms */
  const run = (status, finished_at, duration_ms) => /** @type {any} */ ({status, finished_at, duration_ms});
  const {p50, p95} = durations(["2026-11-22", "2026-11-23"], [
    run("succeeded", "2026-11-23T10:00:00Z", 4000), run("succeeded", "2026-11-23T11:00:00Z", 2000),
    run("failed", "2026-11-22T11:00:00Z", 9000), run("succeeded", "2026-11-01T11:00:00Z", 9000),
  ]);
  assert.deepEqual([p50, p95], [[null, 2000], [null, 4000]]);
});

test("what no sum holds is said", () => {
  assert.deepEqual(gaps({calls: 9, calls_without_price: 9, calls_without_counts: 1}),
    {price: "all 9 calls without a price", counts: "1 call without counts"});
  assert.deepEqual(gaps({calls: 9, calls_without_price: 0, calls_without_counts: 0}), {price: "", counts: ""});
});

test("a change needs both sides", () => {
  assert.equal(change(0.9, null), null);
  assert.equal(change(5, 3), 2);
});
