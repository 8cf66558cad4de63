import {test} from "node:test";
import assert from "node:assert/strict";
import {findRoute, keptParams, keptQuery, matchPath, safeNext} from "../app/match.js";
import {routes} from "../app/routes.js";
import {groupByTitle, matches, oncePerLabel, readQuery} from "../app/palette-query.js";

const at = (/** @type {string} */ path) => { const found = findRoute(routes, path); return found && [found.route.name, found.params]; };

test("an address finds its page, with what it leaves open", () => {
  assert.deepEqual(at("/pipelines"), ["pipelines", {}]);
  assert.deepEqual(at("/pipelines/pl_1"), ["builder", {id: "pl_1"}]);
  assert.deepEqual(at("/pipelines/pl_1/versions/3/diff/draft"), ["compare", {id: "pl_1", a: "3", b: "draft"}]);
  assert.deepEqual(at("/runs/run_1/"), ["run", {id: "run_1"}]);
  assert.deepEqual(at("/settings/appearance"), ["settings", {section: "appearance"}]);
});

test("a word goes before an open part", () => {
  assert.deepEqual(at("/pipelines/trash"), ["trash", {}]);
});

test("other addresses find nothing", () => {
  for (const path of ["/", "/pipelines/a/b", "/nothing", "/pipelines/%E0%A4%A"]) assert.equal(at(path), null, path);
});

test("open parts are decoded", () => {
  assert.deepEqual(matchPath("/templates/:name", "/templates/a%20b%2Fc"), {name: "a b/c"});
});

test("params and query that say the same stay the same objects, so that nobody is told of a change", () => {
  const params = {id: "run_1"};
  const query = new URLSearchParams("tab=log&step=a");
  assert.equal(keptParams(params, {id: "run_1"}), params);
  assert.equal(keptQuery(query, new URLSearchParams("tab=log&step=a")), query);
  for (const other of [{id: "run_2"}, {}, {id: "run_1", step: "a"}]) assert.equal(keptParams(params, other), other);
  const changed = new URLSearchParams("tab=log");
  assert.equal(keptQuery(query, changed), changed);
});

test("after signing in one comes back to this site alone", () => {
  assert.equal(safeNext("/runs?status=failed#a"), "/runs?status=failed#a");
  for (const next of [null, "", "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "/signin?next=/x", "/api/v1/runs", "runs"]) {
    assert.equal(safeNext(next), "/", String(next));
  }
});

test("what is typed into the search says what is meant", () => {
  assert.deepEqual(readQuery("  review "), {kind: "all", text: "review", number: null});
  assert.deepEqual(readQuery("> save"), {kind: "commands", text: "save", number: null});
  assert.deepEqual(readQuery("#docs"), {kind: "tag", text: "docs", number: null});
  assert.deepEqual(readQuery("#42"), {kind: "all", text: "42", number: 42});
});

test("every word that is typed has to be there, in any order", () => {
  assert.ok(matches("Pull request review", "rev pull"));
  assert.ok(matches("Anything", ""));
  assert.ok(!matches("Pull request review", "pull docs"));
});

test("results stand under their titles and are numbered through", () => {
  const groups = groupByTitle([{title: "A", n: 1}, {title: "B", n: 2}, {title: "A", n: 3}]);
  assert.deepEqual(groups.map((group) => [group.title, group.items.map(({item, index}) => [item.n, index])]), [["A", [[1, 0], [3, 1]]], ["B", [[2, 2]]]]);
});

test("a command that a page offers takes the place of the shell's", () => {
  const items = [{label: "New pipeline", n: 1}, {label: "Sign out", n: 2}, {label: "New pipeline", n: 3}];
  assert.deepEqual(oncePerLabel(items).map((item) => item.n), [1, 2]);
});
