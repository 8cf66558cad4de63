import {test} from "node:test";
import assert from "node:assert/strict";
import {batch, computed, effect, signal, untracked} from "../dom/signal.js";

const turn = () => new Promise((resolve) => { queueMicrotask(() => resolve(undefined)); });

test("an effect runs at once, and again in a microtask after what it read has changed", async () => {
  const count = signal(1);
  /** @type {number[]} */
  const seen = [];
  effect(() => { seen.push(count.value); });
  count.value = 2;
  assert.deepEqual(seen, [1]);
  await turn();
  assert.deepEqual(seen, [1, 2]);
});

test("many changes at once make one run", async () => {
  const [a, b] = [signal(1), signal(2)];
  let runs = 0;
  effect(() => { runs += 1; return void (a.value + b.value); });
  a.value = 3; b.value = 4; a.value = 5;
  await turn();
  assert.equal(runs, 2);
});

test("a change back to what was makes a run, the same value none", async () => {
  const a = signal(1);
  let runs = 0;
  effect(() => { runs += 1; return void a.value; });
  a.value = 1;
  await turn();
  assert.equal(runs, 1);
  a.value = NaN;
  await turn();
  a.value = NaN;
  await turn();
  assert.equal(runs, 2);
});

test("a computed is made when it is read, and once", () => {
  const a = signal(2);
  let made = 0;
  const double = computed(() => { made += 1; return a.value * 2; });
  assert.equal(made, 0);
  assert.equal(double.value + double.value, 8);
  assert.equal(made, 1);
  a.value = 3;
  assert.equal(double.value, 6);
});

test("an effect does not run when a computed comes to the same value", async () => {
  const a = signal(1);
  const isOdd = computed(() => a.value % 2 === 1);
  let runs = 0;
  effect(() => { runs += 1; return void isOdd.value; });
  a.value = 3;
  await turn();
  assert.equal(runs, 1);
  a.value = 4;
  await turn();
  assert.equal(runs, 2);
});

test("a diamond is seen whole", async () => {
  const a = signal(1);
  const left = computed(() => a.value + 1);
  const right = computed(() => a.value * 10);
  /** @type {string[]} */
  const seen = [];
  effect(() => { seen.push(`${left.value} ${right.value}`); });
  a.value = 2;
  await turn();
  assert.deepEqual(seen, ["2 10", "3 20"]);
});

test("an effect forgets what it no longer reads", async () => {
  const [isOn, text] = [signal(true), signal("a")];
  let runs = 0;
  effect(() => { runs += 1; return void (isOn.value && text.value); });
  isOn.value = false;
  await turn();
  text.value = "b";
  await turn();
  assert.equal(runs, 2);
});

test("what an effect returns is called before its next run and at its end", async () => {
  const a = signal(1);
  /** @type {string[]} */
  const said = [];
  const end = effect(() => { const value = a.value; return () => { said.push(`end of ${value}`); }; });
  a.value = 2;
  await turn();
  end();
  a.value = 3;
  await turn();
  assert.deepEqual(said, ["end of 1", "end of 2"]);
});

test("batch runs effects before it returns", () => {
  const a = signal(1);
  let seen = 0;
  effect(() => { seen = a.value; });
  assert.equal(batch(() => { a.value = 2; return "done"; }), "done");
  assert.equal(seen, 2);
});

test("peek and untracked read without being told", async () => {
  const [a, b] = [signal(1), signal(1)];
  let runs = 0;
  effect(() => { runs += 1; a.peek(); untracked(() => b.value); });
  a.value = 2; b.value = 2;
  await turn();
  assert.equal(runs, 1);
});

test("an effect may change what another reads, and what it reads itself, until it rests", async () => {
  const a = signal(0);
  effect(() => { if (a.value < 3) a.value += 1; });
  await turn();
  assert.equal(a.value, 3);
});

test("what nobody reads any more is not kept by what it read, and is right when it is read again", async () => {
  const [a, b] = [signal(1), signal(10)];
  const sum = computed(() => a.value + b.value);
  const twice = computed(() => sum.value * 2);
  assert.equal(twice.value, 22);
  assert.deepEqual([a.readers.size, b.readers.size], [0, 0]);
  /** @type {number[]} */
  const seen = [];
  const end = effect(() => { seen.push(twice.value); });
  assert.deepEqual([a.readers.size, b.readers.size], [1, 1]);
  a.value = 2;
  await turn();
  end();
  assert.deepEqual([a.readers.size, b.readers.size, sum.readers.size, twice.readers.size], [0, 0, 0, 0]);
  b.value = 20;
  assert.equal(twice.value, 44);
  const again = effect(() => { seen.push(twice.value); });
  b.value = 30;
  await turn();
  assert.deepEqual(seen, [22, 24, 44, 64]);
  again();
  assert.equal(b.readers.size, 0);
});

test("an effect leaves what it does not read any more", async () => {
  const [which, a, b] = [signal(true), signal(1), signal(2)];
  let runs = 0;
  effect(() => { runs += 1; return void (which.value ? a.value : b.value); });
  which.value = false;
  await turn();
  assert.deepEqual([a.readers.size, b.readers.size, runs], [0, 1, 2]);
  a.value = 5;
  await turn();
  assert.equal(runs, 2);
});
