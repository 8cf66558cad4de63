import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {fromAnswer, withEvents} from "../model/run-state.js";
import {announceChange} from "../pages/run/announcing.js";

/** What is said while a recorded run goes on, event by event. @param {string} name @param {string} from */
function said(name, from) {
  const {snapshots, events} = JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), "utf8"));
  /** @type {string[]} */
  const texts = [];
  let state = {...fromAnswer(snapshots[from]), seenAt: 0};
  for (const event of events) {
    const next = withEvents(state, [event]);
    announceChange({announce: (text) => { texts.push(text); }}, state, next);
    state = next;
  }
  return texts;
}

test("each step that ended and the end of the run are said, tokens and lines are not", () => {
  assert.deepEqual(said("pause-fail", "running"), ["Run paused", "first succeeded", "Run resumed", "second failed",
    "after_all succeeded", "Run failed: ValueError: no (step.py, line 4)"]);
});

test("many steps that end at once are said in one sentence", () => {
  const {snapshots, events} = JSON.parse(readFileSync(new URL("./recorded/review.json", import.meta.url), "utf8"));
  /** @type {string[]} */
  const texts = [];
  const start = {...fromAnswer(snapshots.running), seenAt: 0};
  const queued = {...start, steps: new Map([...start.steps].map(([path, step]) => [path, {...step, status: /** @type {const} */ ("queued")}]))};
  const before = events.slice(0, events.findIndex((/** @type {any} */ event) => event.type === "run.finished"));
  announceChange({announce: (text) => { texts.push(text); }}, queued, withEvents(queued, before));
  assert.deepEqual(texts, ["5 steps ended"]);
});
