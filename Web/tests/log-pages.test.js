import assert from "node:assert/strict";
import {test} from "node:test";
import {FilteredLog, PagedLog} from "../model/log-source.js";

const SECOND = 1000;
const PAGE = 10;
const moment = (/** @type {number} */ second) => new Date(second * SECOND).toISOString();

/**
 * A log of so many pieces of five lines, a piece a second, which is read from both sides in pages of ten; the run ended
 * after it, and was paused in its middle. @param {number} count
 */
function longLog(count) {
  const pieces = Array.from({length: count}, (_, place) => ({
    position: place * 3 + 1, step: "s", attempt: 1, stream: "stdout", at: moment(place + 0.5),
    text: Array.from({length: 5}, (_unused, line) => `${place}.${line}\n`).join(""),
  }));
  /** @type {string[]} */
  const asked = [];
  /** @param {string} side @param {typeof pieces} all */
  const reader = (side, all) => (/** @type {string | undefined} */ cursor) => {
    asked.push(`${side} ${cursor ?? 0}`);
    const from = Number(cursor ?? 0);
    return Promise.resolve({items: all.slice(from, from + PAGE), next_cursor: from + PAGE < count ? String(from + PAGE) : null});
  };
  const events = [{type: "run.paused", at: moment(count / 2), data: {}}, {type: "run.finished", at: moment(count), data: {status: "succeeded"}}];
  return {asked, log: new PagedLog(reader("oldest", pieces), events, reader("newest", pieces.toReversed()))};
}

/** All lines as they are shown, the gap as one of them. @param {PagedLog} log */
const shown = (log) => Array.from({length: log.count}, (_, place) => place === log.gap ? "gap" : log.line(place)?.text);
/** The whole log, once. @param {number} count */
const whole = (count) => {
  const lines = Array.from({length: count * 5}, (_, line) => `${Math.floor(line / 5)}.${line % 5}`);
  lines.splice(Math.ceil(count / 2) * 5, 0, "run paused: what runs goes on to its end");
  return [...lines, "run succeeded"];
};

test("the last lines are there before those between, which then take their place", async () => {
  const {log, asked} = longLog(200);
  await log.want(0, 1);
  assert.equal(await log.toEnd(), true);
  assert.deepEqual([log.gap, log.count, log.isWhole, asked], [50, 50 + 1 + 51, false, ["oldest 0", "newest 0"]]);
  assert.deepEqual([log.line(49)?.text, log.line(50), log.line(51)?.text, log.line(101)?.text], ["9.4", null, "190.0", "run succeeded"]);
  while (log.gap !== null) await log.want(log.gap, log.gap + 1);
  assert.equal(log.isWhole, true);
  assert.deepEqual([log.line(1001)?.text, log.count], ["run succeeded", 1002]);
  // Of a log this long only some pages are held; those at the end are.
  assert.deepEqual(shown(log).slice(-100), whole(200).slice(-100));
});

test("who comes from the end has the lines before it read, not those from the beginning", async () => {
  const {log, asked} = longLog(60);
  await log.want(0, 1);
  await log.toEnd();
  await log.want(50, 51, true);
  assert.deepEqual(asked, ["oldest 0", "newest 0", "newest 10"]);
  assert.deepEqual(shown(log).slice(49, 52), ["9.4", "gap", "40.0"]);
  while (log.gap !== null) await log.want(log.gap, log.gap + 1, true);
  assert.deepEqual(shown(log), whole(60));
});

for (const count of [0, 1, 10, 11, 19, 20, 21, 35]) {
  test(`a log of ${count} pieces is told once, wherever the two sides meet`, async () => {
    for (const turns of [[], [false], [true], [false, true], [true, false], [true, true, false]]) {
      const {log} = longLog(count);
      await log.want(0, 1);
      await log.toEnd();
      for (const isFromEnd of turns) await log.want(log.gap ?? log.count, (log.gap ?? log.count) + 1, isFromEnd);
      while (!log.isWhole) await log.want(log.gap ?? log.count, (log.gap ?? log.count) + 1);
      assert.deepEqual(shown(log), whole(count));
    }
  });
}

test("a search goes through the lines between too, and finds nothing twice", async () => {
  const {log} = longLog(200);
  await log.want(0, 1);
  await log.toEnd();
  const found = new FilteredLog(log, {level: "all", words: "9.4", step: null});
  while (!found.isWhole) await found.want();
  assert.equal(found.count, 20);
});
