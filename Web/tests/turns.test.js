import {test} from "node:test";
import assert from "node:assert/strict";
import {turns} from "../pages/builder/fields/turns.js";

/** A promise and what settles it. */
const open = () => {
  /** @type {(value: string) => void} */
  let settle = () => {};
  const promise = /** @type {Promise<string>} */ (new Promise((resolve) => { settle = resolve; }));
  return {promise, settle};
};
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

test("no more than so many run at once, and the rest come in order", async () => {
  const inTurn = turns(2);
  const {signal} = new AbortController();
  const doors = [open(), open(), open()];
  /** @type {number[]} */
  const begun = [];
  const all = doors.map((door, index) => inTurn(() => { begun.push(index); return door.promise; }, signal));
  await settled();
  assert.deepEqual(begun, [0, 1]);
  doors[1]?.settle("b");
  await settled();
  assert.deepEqual(begun, [0, 1, 2]);
  doors[0]?.settle("a");
  doors[2]?.settle("c");
  assert.deepEqual(await Promise.all(all), ["a", "b", "c"]);
});

test("who gave up while waiting takes nobody's turn", async () => {
  const inTurn = turns(1);
  const stop = new AbortController();
  const {signal} = new AbortController();
  const door = open();
  const first = inTurn(() => door.promise, signal);
  const second = inTurn(async () => "never", stop.signal);
  const third = inTurn(async () => "third", signal);
  stop.abort();
  door.settle("first");
  assert.deepEqual(await Promise.all([first, second, third]), ["first", null, "third"]);
});

test("a failure ends a turn as well", async () => {
  const inTurn = turns(1);
  const {signal} = new AbortController();
  await assert.rejects(inTurn(async () => { throw new Error("no"); }, signal), /no/);
  assert.equal(await inTurn(async () => "next", signal), "next");
});
