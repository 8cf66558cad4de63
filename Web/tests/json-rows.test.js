import assert from "node:assert/strict";
import {test} from "node:test";
import {childPath, firstOpen, jsonRows, PORTION} from "../model/json-rows.js";

const closed = {root: "steps.a.output", open: new Set(["$"]), portions: new Map()};

test("rows carry the path that an expression writes", () => {
  const value = {findings: [{path: "x"}], "strange key": 1, 'quo"te': 2};
  const rows = jsonRows(value, {...closed, open: new Set(["$", "$/0", "$/0/0"])});
  assert.deepEqual(rows.map((row) => row.path), ["steps.a.output", "steps.a.output.findings", "steps.a.output.findings[0]",
    "steps.a.output.findings[0].path", 'steps.a.output["strange key"]', 'steps.a.output["quo\\"te"]']);
  assert.equal(childPath("", "a"), "a");
});

test("children of what is closed are not looked at", () => {
  const trap = {get inside() { throw new Error("looked"); }};
  const rows = jsonRows({trap}, closed);
  assert.deepEqual(rows.map((row) => row.text), ["{", "{ … }"]);
});

test("of a long list a portion is shown, and more when asked", () => {
  const value = Array.from({length: 1000}, (_, i) => i);
  const rows = jsonRows(value, closed);
  assert.equal(rows.length, PORTION + 2);
  assert.equal(rows.at(-1)?.text, "Show 200 of 800 more");
  assert.equal(jsonRows(value, {...closed, portions: new Map([["$", 400]])}).length, 402);
});

test("a long text is cut, and says by how much", () => {
  assert.match(jsonRows("x".repeat(5000), closed)[0].text, /3000 more letters$/);
});

test("small values are open at first, long lists in them are not", () => {
  const open = firstOpen({a: {b: 1}, list: Array.from({length: 50}, () => ({}))});
  assert.ok(open.has("$/0"));
  assert.ok(!open.has("$/1"));
  assert.ok(firstOpen(3).has("$"));
});

test("names that objects have by nature are ordinary keys", () => {
  const rows = jsonRows(JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'), {...closed, open: new Set(["$", "$/0"])});
  assert.deepEqual(rows.map((row) => row.name), [null, "__proto__", "x", "constructor"]);
});
