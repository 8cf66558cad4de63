import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {fromAnswer, withEvents} from "../model/run-state.js";
import {barsOf, durationOf, scaleOf, shareOf, ticksOf} from "../model/run-timeline.js";

/** @param {string} name */
const recorded = (name) => JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), "utf8"));

test("failed tries and the last one are bars after each other, inside the width", () => {
  const state = fromAnswer(recorded("pause-fail").snapshots.failed);
  const scale = scaleOf(state, 0);
  const step = state.steps.get("second");
  assert.ok(step);
  const bars = barsOf(step, scale, 0);
  assert.deepEqual(bars.map((bar) => bar.kind), ["failed", "failed"]);
  assert.ok(bars[0].from + bars[0].width <= bars[1].from);
  assert.ok(bars[1].from + bars[1].width < 1);
  assert.ok((durationOf(step, 0) ?? 0) > 2000);
});

test("a prompt shows its wait for the first token", () => {
  const state = fromAnswer(recorded("review").snapshots.succeeded);
  const step = state.steps.get("deep_review");
  assert.ok(step);
  assert.deepEqual(barsOf(step, scaleOf(state, 0), 0).map((bar) => bar.kind), ["wait", "done"]);
});

test("while a run goes on the axis stays, and the bar of what runs grows", () => {
  const {snapshots} = recorded("review");
  const state = fromAnswer(snapshots.running);
  const now = (state.startedAt ?? 0) + 1200;
  assert.equal(scaleOf(state, now).length, scaleOf(state, now + 200).length);
  const step = state.steps.get("run_linters");
  assert.ok(step);
  const grown = barsOf(step, scaleOf(state, now), now + 200)[0].width - barsOf(step, scaleOf(state, now), now)[0].width;
  assert.ok(grown > 0);
});

test("the days between a failure and its retry do not press the bars together", () => {
  const {snapshots} = recorded("pause-fail");
  const start = fromAnswer(snapshots.failed);
  const later = (start.endedAt ?? 0) + 86_400_000;
  const iso = (/** @type {number} */ at) => new Date(at).toISOString();
  const state = withEvents(start, [
    {id: 100, type: "run.retried", at: iso(later), data: {from: "second"}},
    {id: 101, type: "attempt.started", at: iso(later), step: "second", data: {attempt: 3}},
  ]);
  const scale = scaleOf(state, later + 1000);
  assert.equal(scale.cuts.length, 1);
  assert.ok(shareOf(scale, (start.endedAt ?? 0)) > 0.3);
  assert.ok((ticksOf(scale).at(-1)?.elapsed ?? 0) > 86_000_000);
  const shares = ticksOf(scale).map((tick) => tick.share);
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
});

test("a run that has not begun has an axis all the same", () => {
  const {snapshots} = recorded("review");
  const answer = {...snapshots.running, started_at: null, steps: [], status: "queued"};
  const scale = scaleOf(fromAnswer(answer), 5000);
  assert.ok(scale.length > 0);
  assert.ok(ticksOf(scale).length > 0);
});
