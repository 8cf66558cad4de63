import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {FilteredLog, LiveLog, PagedLog} from "../model/log-source.js";
import {eventsOfAnswer, LineMaker} from "../model/run-log-lines.js";

/** @param {string} name */
const recorded = (name) => JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), "utf8"));
/** @param {import("../model/log-source.js").LogSource} log */
const texts = (log) => Array.from({length: log.count}, (_, place) => { const line = log.line(place); return line && `${line.level} ${line.step ?? "-"}: ${line.text}`; });

/** A log of printed lines in pages, which counts how often it was asked. @param {number} pages @param {number} lines */
function server(pages, lines) {
  const asked = /** @type {number[]} */ ([]);
  /** @type {import("../model/log-source.js").FetchPage} */
  const fetchPage = (cursor) => {
    const page = Number(cursor ?? 0);
    asked.push(page);
    const text = Array.from({length: lines}, (_, line) => `page ${page} line ${line}\n`).join("");
    const at = new Date(1000 * page).toISOString();
    return Promise.resolve({items: [{position: page + 1, step: "a", attempt: "att", stream: "stdout", at, text}], next_cursor: page + 1 < pages ? String(page + 1) : null});
  };
  return {asked, fetchPage};
}

test("a run that is watched becomes lines in the order of its events", () => {
  const log = new LiveLog();
  for (const event of recorded("pause-fail").events) log.add(event);
  const lines = texts(log);
  assert.deepEqual(lines.slice(0, 4), ["info -: run started", "info first: started", "out first: line 0", "out first: line 1"]);
  assert.ok(lines.includes("err second: ValueError: no"));
  assert.ok(lines.includes("error second: try 1 failed: ValueError: no (step.py, line 4)"));
  assert.equal(lines.at(-1), "error -: run failed: ValueError: no (step.py, line 4)");
});

test("an ended run tells the same without its stream, but for what no answer keeps", async () => {
  const {snapshots} = recorded("pause-fail");
  const log = new PagedLog(() => Promise.resolve({items: [], next_cursor: null}), eventsOfAnswer(snapshots.failed));
  await log.want(0, 1);
  const lines = texts(log);
  assert.equal(lines[0], "info -: run started");
  assert.ok(lines.includes("error second: try 2 failed: ValueError: no (step.py, line 4)"));
  assert.match(lines.at(-1) ?? "", /run failed/);
});

test("lines that arrive in pieces are joined, those of two programs stay apart", () => {
  const maker = new LineMaker();
  /** @type {import("../model/run-log-lines.js").Line[]} */
  const lines = [];
  const piece = (/** @type {string} */ step, /** @type {string} */ text) => maker.add({position: 1, step, attempt: 1, stream: "stdout", at: "2026-01-01T00:00:00Z", text}, lines);
  piece("a", "one\ntw"); piece("b", "x"); piece("a", "o\n\nthree"); piece("b", "y\n"); piece("a", "\n");
  assert.deepEqual(lines.map((line) => line.text), ["one", "two", "xy", "", "three"]);
});

test("what a program prints is shown as text, without colours, and long lines are cut", () => {
  const maker = new LineMaker();
  /** @type {import("../model/run-log-lines.js").Line[]} */
  const lines = [];
  maker.add({position: 1, step: "a", attempt: 1, stream: "stderr", at: "2026-01-01T00:00:00Z", text: "\u001b[31m<img src=x onerror=alert(1)>\u001b[0m\n" + "x".repeat(1e6)}, lines);
  assert.equal(lines[0].text, "<img src=x onerror=alert(1)>");
  assert.ok(lines[1].text.length < 5000);
});

test("pages are asked for one after the other, as they are wanted", async () => {
  const {asked, fetchPage} = server(5, 10);
  const log = new PagedLog(fetchPage, []);
  await log.want(0, 10);
  assert.equal(log.count, 10);
  assert.equal(await log.want(0, 5), false);
  await log.want(5, 15);
  assert.deepEqual([log.count, log.isWhole, asked], [20, false, [0, 1]]);
  assert.equal(log.line(15)?.text, "page 1 line 5");
});

test("of a long log few pages are held, and one that was let go comes back", async () => {
  const {asked, fetchPage} = server(40, 10);
  const log = new PagedLog(fetchPage, []);
  while (!log.isWhole) await log.want(log.count, log.count + 1);
  assert.equal(log.count, 400);
  assert.equal(log.line(3), null);
  await log.want(0, 10);
  assert.equal(log.line(3)?.text, "page 0 line 3");
  assert.equal(asked.length, 41);
  assert.ok(Array.from({length: 400}, (_, place) => log.line(place)).filter(Boolean).length <= 120);
});

test("a search goes through all pages and finds what fits", async () => {
  const {fetchPage} = server(20, 10);
  const found = new FilteredLog(new PagedLog(fetchPage, []), {level: "all", words: "line 7", step: null});
  while (!found.isWhole) await found.want();
  assert.equal(found.count, 20);
  assert.equal(found.line(19)?.text, "page 19 line 7");
});

test("a filter follows a log that grows", () => {
  const log = new LiveLog();
  const problems = new FilteredLog(log, {level: "problems", words: "", step: null});
  const at = "2026-01-01T00:00:00Z";
  log.add({type: "log", at, step: "a", data: {attempt: 1, stream: "stdout", offset: 0, text: "fine\n"}});
  assert.equal(problems.count, 0);
  log.add({type: "warning", at, step: "a", data: {text: "careful"}});
  assert.equal(problems.count, 1);
  assert.equal(problems.isWhole, true);
});
