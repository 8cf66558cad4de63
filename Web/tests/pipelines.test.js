import {test} from "node:test";
import assert from "node:assert/strict";
import {isNarrowed, listRequest, pageAddress, readFilters} from "../pages/pipelines/filters.js";
import {medianDuration, troubled, withRun} from "../pages/pipelines/figures.js";

const read = (text) => readFilters(new URLSearchParams(text));

test("Filters survive the way to the address and back", () => {
  for (const text of ["", "q=review", "tag=a%26b&owner=me", "visibility=shared&favourite=1", "q=x&sort=name", "sort=-updated"]) {
    const filters = read(text);
    assert.deepEqual(readFilters(new URL(pageAddress(filters), "http://h").searchParams), filters);
  }
});

test("Filters that are usual leave the address short", () => {
  assert.equal(pageAddress(read("")), "/pipelines");
  assert.equal(pageAddress(read("sort=-last_run&favourite=0")), "/pipelines");
});

test("Filters that no one could have chosen count as not there", () => {
  assert.deepEqual(read("sort=price&visibility=secret&owner=usr_1"), read(""));
  assert.equal(read("sort=relevance").sort, "-last_run");
});

test("A search is ordered by how well it matches unless another order is chosen", () => {
  assert.equal(read("q=x").sort, "relevance");
  assert.equal(read("q=x&sort=name").sort, "name");
});

test("The request names only what narrows the list", () => {
  assert.deepEqual(listRequest(read("")), {sort: "-last_run"});
  assert.deepEqual(listRequest(read("q=a&owner=me&tag=t&favourite=1")), {sort: "relevance", q: "a", tag: "t", owner: "me", favourite: true});
  assert.equal(isNarrowed(read("sort=name")), false);
  assert.equal(isNarrowed(read("tag=t")), true);
});

test("The median counts runs that succeeded, and is unknown without any", () => {
  const run = (status, duration_ms) => ({status, duration_ms});
  assert.equal(medianDuration([run("succeeded", 30), run("failed", 1), run("succeeded", 10), run("succeeded", 20)]), 20);
  assert.equal(medianDuration([run("succeeded", 30), run("succeeded", 10)]), 20);
  assert.equal(medianDuration([run("failed", 30), run("running", null)]), null);
});

test("A new run adds a bar, its end changes that bar, and an old run changes nothing", () => {
  const pipeline = {last_run: null, sparkline: []};
  const run = {id: "r1", number: 4, status: "running", created_at: "t", duration_ms: null};
  const begun = withRun(pipeline, run);
  assert.deepEqual(begun.sparkline, [{status: "running", duration_ms: null}]);
  const ended = withRun(begun, {...run, status: "succeeded", duration_ms: 5});
  assert.deepEqual(ended.sparkline, [{status: "succeeded", duration_ms: 5}]);
  assert.equal(ended.last_run.status, "succeeded");
  assert.equal(withRun(ended, {...run, id: "r0", number: 3}), ended);
});

test("The bars stay as many as are shown", () => {
  let pipeline = {last_run: null, sparkline: []};
  for (let number = 1; number < 40; number++) {
    pipeline = withRun(pipeline, {id: `r${number}`, number, status: "succeeded", created_at: "t", duration_ms: number});
  }
  assert.equal(pipeline.sparkline.length, 24);
});

test("A pipeline is in trouble when it fails clearly more today than in the week, over enough runs", () => {
  const usage = (...pipelines) => ({by_pipeline: pipelines.map(([id, ended, success_rate]) => ({id, name: id, runs: {ended, success_rate}}))});
  const week = usage(["a", 100, 0.95], ["b", 100, 0.9], ["c", 100, 1], [null, 100, 1]);
  assert.deepEqual(troubled(usage(["a", 10, 0.8], ["b", 10, 0.4], ["c", 2, 0], [null, 9, 0]), week), {id: "b", name: "b"});
  assert.equal(troubled(usage(["a", 10, 0.9]), week), null);
  assert.equal(troubled(usage(["new", 10, 0.1]), week), null);
});
