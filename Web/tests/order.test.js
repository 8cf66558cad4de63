import {test} from "node:test";
import assert from "node:assert/strict";
import {longestRise} from "../dom/order.js";

/** @param {number[]} places */
const staying = (places) => [...longestRise(places)].sort((a, b) => a - b);

test("a list that is as it was stays", () => assert.deepEqual(staying([0, 1, 2, 3]), [0, 1, 2, 3]));

test("what comes before, between and behind moves nothing", () => {
  assert.deepEqual(staying([-1, 0, -1, 1, 2, -1]), [1, 3, 4]);
  assert.deepEqual(staying([-1, -1]), []);
});

test("one that goes elsewhere moves alone", () => {
  assert.deepEqual(staying([3, 0, 1, 2]), [1, 2, 3]);
  assert.deepEqual(staying([1, 2, 3, 0]), [0, 1, 2]);
  assert.deepEqual(staying([0, 3, 1, 2, 4]), [0, 2, 3, 4]);
});

test("of a list that is turned round one stays", () => assert.equal(staying([4, 3, 2, 1, 0]).length, 1));
