import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {progressOf, stepOfInterest, usageOf} from "../model/run-figures.js";
import {fromAnswer, textKey, withEvents} from "../model/run-state.js";
import {emptyText, withPiece} from "../model/run-text.js";

/** What a real server sent. @param {string} name */
const recorded = (name) => JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), "utf8"));

/** @param {import("../model/run-state.js").RunState} state */
const summary = (state) => ({
  status: state.status,
  paused: state.paused,
  error: state.error?.code ?? null,
  steps: state.order.map((path) => {
    const step = state.steps.get(path);
    return [path, step?.status, step?.attempts.map((attempt) => attempt.status), step?.skipped?.code ?? null];
  }),
});

for (const [name, from, to] of [
  ["pause-fail", "running", "failed"], ["pause-fail", "paused", "failed"], ["review", "running", "succeeded"],
  ["pause-fail", "failed", "failed"], ["retry-cancel", "cancelled", "cancelled"],
]) {
  test(`a run seen while ${from} and then followed to its end looks as the server says it does (${name}, ${to})`, () => {
    const {snapshots, events} = recorded(name);
    const followed = withEvents(fromAnswer(snapshots[from]), events);
    assert.deepEqual(summary(followed), summary(fromAnswer(snapshots[to])));
  });
}

test("events taken one by one and all at once give the same", () => {
  const {snapshots, events} = recorded("review");
  const start = fromAnswer(snapshots.running);
  let one = start;
  for (const event of events) one = withEvents(one, [event]);
  assert.deepEqual(summary(one), summary(withEvents(start, events)));
  assert.deepEqual([...one.texts], [...withEvents(start, events).texts]);
});

test("events that come twice change nothing", () => {
  const {snapshots, events} = recorded("review");
  const once = withEvents(fromAnswer(snapshots.running), events);
  const twice = withEvents(once, events);
  assert.deepEqual(summary(twice), summary(once));
  assert.deepEqual([...twice.texts], [...once.texts]);
});

test("streamed text is whole, although the answer was asked for in the middle of it", () => {
  const {snapshots, events} = recorded("review");
  const state = withEvents(fromAnswer(snapshots.running), events);
  const output = snapshots.succeeded.steps.find((/** @type {any} */ step) => step.id === "deep_review").output;
  assert.equal(state.texts.get(textKey("deep_review", 1, "text"))?.text, output.text);
});

test("a pause is seen from the answer, and its end from the events", () => {
  const {snapshots, events} = recorded("pause-fail");
  const paused = fromAnswer(snapshots.paused);
  assert.equal(paused.paused, true);
  const resumed = events.findIndex((/** @type {any} */ event) => event.type === "run.resumed");
  assert.equal(withEvents(paused, events.slice(0, resumed)).paused, true);
  assert.equal(withEvents(paused, events.slice(0, resumed + 1)).paused, false);
});

test("a pause that only its event told of outlives an answer that does not", () => {
  const {snapshots} = recorded("pause-fail");
  const silent = {...snapshots.paused, steps: snapshots.paused.steps.map((/** @type {any} */ step) => ({...step, waiting_for: null}))};
  const at = new Date(Date.parse(snapshots.paused.created_at) + 60_000).toISOString();
  const told = withEvents(fromAnswer(silent), [{id: 50, type: "run.paused", at}]);
  assert.equal(fromAnswer(silent).paused, false);
  assert.equal(fromAnswer(silent, told).paused, true);
  assert.equal(fromAnswer(silent, withEvents(told, [{id: 51, type: "run.resumed", at}])).paused, false);
  assert.equal(fromAnswer(snapshots.failed, told).paused, false);
});

test("progress of a program is shown while its step runs and gone after", () => {
  const {snapshots, events} = recorded("pause-fail");
  const until = events.findIndex((/** @type {any} */ event) => event.type === "step.succeeded");
  const state = withEvents(fromAnswer(snapshots.running), events.slice(0, until));
  assert.deepEqual(state.steps.get("first")?.progress, {done: 7, of: 8, note: "lines"});
  assert.equal(withEvents(state, events.slice(until)).steps.get("first")?.progress, null);
});

test("the time of the first token is known for an answer that was watched, and for one that ended", () => {
  const {snapshots, events} = recorded("review");
  const ended = fromAnswer(snapshots.succeeded).steps.get("deep_review")?.attempts[0];
  assert.ok(ended?.firstTextAt && ended.firstTextAt > ended.startedAt);
  const start = {...fromAnswer(snapshots.running), seenAt: 0};
  const watched = withEvents(start, events).steps.get("deep_review")?.attempts[0];
  assert.ok(watched?.firstTextAt && watched.firstTextAt > watched.startedAt);
});

test("steps are counted as done when they need not run any more, not when a failure kept them from it", () => {
  assert.deepEqual(progressOf(fromAnswer(recorded("pause-fail").snapshots.failed)), {done: 2, failed: 1, of: 4});
  assert.equal(stepOfInterest(fromAnswer(recorded("pause-fail").snapshots.failed)), "second");
});

test("use is summed while the run goes on", () => {
  const {snapshots, events} = recorded("review");
  const before = events.slice(0, events.findIndex((/** @type {any} */ event) => event.type === "run.finished"));
  const state = withEvents(fromAnswer(snapshots.running), before);
  assert.equal(usageOf(state).output_tokens, snapshots.succeeded.usage.output_tokens);
});

test("an end, a change set and a retry by somebody else ask for the answer anew", () => {
  const {snapshots, events} = recorded("review");
  assert.equal(withEvents(fromAnswer(snapshots.running), events).stale, true);
  const again = {id: 99, type: "run.retried", at: "2100-01-01T00:00:00Z", data: {from: null}};
  const state = withEvents(fromAnswer(snapshots.succeeded), [again]);
  assert.equal(state.stale, true);
  assert.equal(state.status, "running");
});

test("a run of which only the metadata may be seen has no steps", () => {
  const {steps, inputs, outputs, error, document, changes, ...metadata} = recorded("review").snapshots.succeeded;
  const state = fromAnswer(metadata);
  assert.equal(state.full, false);
  assert.equal(state.status, "succeeded");
  assert.deepEqual(progressOf(state), {done: 0, failed: 0, of: 0});
});

test("a piece that repeats in part adds only what is new, by bytes", () => {
  const had = withPiece(emptyText, 0, "zwölf");
  assert.equal(had.bytes, 6);
  assert.equal(withPiece(had, 2, "ölf Boxkämpfer").text, "zwölf Boxkämpfer");
  assert.equal(withPiece(had, 0, "zw"), had);
});

test("a piece that leaves a gap says so", () => {
  assert.match(withPiece(emptyText, 10, "later").text, /did not arrive/);
});
