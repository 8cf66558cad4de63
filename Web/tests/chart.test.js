import assert from "node:assert/strict";
import {test} from "node:test";
import {axis, labelled, line, stack} from "../model/chart.js";

const box = {left: 40, top: 0, width: 100, height: 100};

test("an axis ends at a round number that holds the largest value", () => {
  assert.deepEqual(axis(163, "count"), {max: 200, ticks: [0, 100, 200]});
  assert.deepEqual(axis(7, "count"), {max: 8, ticks: [0, 4, 8]});
  assert.deepEqual(axis(0.0312, "money").max, 0.04);
});

test("an axis of counts has no half", () => {
  assert.deepEqual(axis(1, "count"), {max: 1, ticks: [0, 1]});
  assert.deepEqual(axis(0, "count"), {max: 1, ticks: [0, 1]});
});

test("an axis of money does not end where money is not written any more", () => {
  assert.equal(axis(0.00002, "money").max, 0.001);
});

test("an axis of durations ends where people read durations", () => {
  assert.equal(axis(47_000, "duration").max, 60_000);
  assert.equal(axis(61_000, "duration").max, 120_000);
  assert.equal(axis(8 * 86_400_000, "duration").max, 2 * 604_800_000);
});

test("a stack grows from the ground and leaves out what is nothing", () => {
  const [column] = stack([[30, 0, 20]], 100, box);
  assert.deepEqual(column?.bars.map((bar) => bar.part), [0, 2]);
  assert.deepEqual(column?.bars.map((bar) => bar.y), [70, 50]);
});

test("one among many is still a pixel high", () => {
  const [column] = stack([[0, 1]], 100_000, box);
  assert.equal(column?.bars[0]?.height, 1);
});

test("a line breaks where nothing is known", () => {
  const pieces = line([10, 20, null, 40], 100, box);
  assert.deepEqual(pieces.map((piece) => piece.length), [2, 1]);
  assert.deepEqual(pieces[1]?.[0], {x: 127.5, y: 60});
});

test("labels keep their distance and the last place has one", () => {
  assert.deepEqual(labelled(30, 600, 60), [2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
  assert.deepEqual(labelled(3, 600, 60), [0, 1, 2]);
  assert.deepEqual(labelled(30, 40, 60), [29]);
});
