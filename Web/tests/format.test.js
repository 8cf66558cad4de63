import {test} from "node:test";
import assert from "node:assert/strict";
import {formatAgo, formatCompact, formatCost, formatCount, formatDuration, formatNumber, formatPercent, formatSize, UNKNOWN} from "../model/format.js";

/** With plain spaces. @param {string} text */
const plain = (text) => text.replaceAll("\u202f", " ");

test("durations have the units that matter", () => {
  const said = [0, 840, 999, 1000, 6_400, 9_949, 9_950, 59_400, 59_600, 130_000, 120_000, 3_600_000, 3_900_000, 86_400_000, 273_600_000].map((ms) => plain(formatDuration(ms)));
  assert.deepEqual(said, ["0 ms", "840 ms", "999 ms", "1.0 s", "6.4 s", "9.9 s", "10 s", "59 s", "1 min", "2 min 10 s", "2 min", "1 h", "1 h 05 min", "1 d", "3 d 4 h"]);
});

test("sizes count in thousands", () => {
  assert.deepEqual([0, 512, 999, 1500, 12_000_000, 999_600].map((bytes) => plain(formatSize(bytes))), ["0 B", "512 B", "999 B", "1.5 KB", "12 MB", "1 MB"]);
});

test("money says cents, and less where it is less", () => {
  assert.deepEqual([0, 0.06, 41.82, 1234.5, 0.0042, 0.00001].map(formatCost), ["$0", "$0.06", "$41.82", "$1,234.50", "$0.0042", "under $0.0001"]);
});

test("numbers, shares and counts", () => {
  assert.equal(formatNumber(3412), "3,412");
  assert.equal(plain(formatPercent(0.972)), "97.2 %");
  assert.equal(plain(formatPercent(1)), "100 %");
  assert.equal(formatCount(1, "run"), "1 run");
  assert.equal(formatCount(2412, "run"), "2,412 runs");
  assert.deepEqual([812, 12_400, 999_600, 3_100_000].map((value) => plain(formatCompact(value))), ["812", "12.4 k", "1 M", "3.1 M"]);
});

test("times are relative up to a week, before and after", () => {
  const now = Date.parse("2026-03-14T12:00:00Z");
  const ago = (/** @type {number} */ ms) => plain(formatAgo(now - ms, now));
  assert.deepEqual([1000, 60_000, 14 * 60_000, 2 * 3_600_000, 26 * 3_600_000, 5 * 86_400_000, 30 * 86_400_000].map(ago), ["just now", "1 min ago", "14 min ago", "2 h ago", "yesterday", "5 days ago", "12 Feb 2026"]);
  assert.deepEqual([5 * 60_000, 3 * 3_600_000, 25 * 3_600_000, 6 * 86_400_000].map((ms) => ago(-ms)), ["in 5 min", "in 3 h", "tomorrow", "in 6 days"]);
});

test("what is not known is a dash, never a zero", () => {
  for (const format of [formatNumber, formatPercent, formatDuration, formatSize, formatCost, formatCompact]) {
    assert.equal(format(null), UNKNOWN);
    assert.equal(format(undefined), UNKNOWN);
    assert.equal(format(Number.NaN), UNKNOWN);
  }
  assert.equal(formatAgo(null), UNKNOWN);
  assert.equal(formatAgo("nonsense"), UNKNOWN);
});
