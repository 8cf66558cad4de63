import {test} from "node:test";
import assert from "node:assert/strict";
import {compareLines, fold, pairs} from "../pages/compare/lines.js";
import {describe, sections} from "../pages/compare/changes.js";

const marks = {same: " ", gone: "-", new: "+"};
const text = (line) => marks[line.kind] + line.pieces.map((piece) => piece.text).join("");

test("A comparison keeps what is the same and takes the shortest way for the rest", () => {
  assert.deepEqual(compareLines(["a", "b", "c"], ["a", "x", "c", "d"]).map(text), [" a", "-b", "+x", " c", "+d"]);
});

test("A comparison numbers the lines of each side by themselves", () => {
  const lines = compareLines(["a", "b"], ["b", "c"]);
  assert.deepEqual(lines.map((line) => [line.before, line.after]), [[1, null], [2, 1], [null, 2]]);
});

test("A comparison of nothing with something is all new", () => {
  assert.deepEqual(compareLines([], ["a", "b"]).map(text), ["+a", "+b"]);
  assert.deepEqual(compareLines(["a"], []).map(text), ["-a"]);
  assert.deepEqual(compareLines([], []), []);
});

test("A comparison of any two texts gives both back", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 300; round++) {
    const before = Array.from({length: random(12)}, () => "abc"[random(3)]), after = Array.from({length: random(12)}, () => "abc"[random(3)]);
    const lines = compareLines(before, after);
    assert.deepEqual(lines.filter((line) => line.kind !== "new").map((line) => line.pieces.map((p) => p.text).join("")), before);
    assert.deepEqual(lines.filter((line) => line.kind !== "gone").map((line) => line.pieces.map((p) => p.text).join("")), after);
  }
});

test("A comparison of texts that have nothing in common ends soon", () => {
  const before = Array.from({length: 4000}, (_, i) => `before ${i}`), after = Array.from({length: 4000}, (_, i) => `after ${i}`);
  assert.equal(compareLines(before, after).length, 8000);
});

test("A changed line says which words changed", () => {
  const [gone, come] = compareLines(["temperature: 0.7 for all"], ["temperature: 0.2 for all"]);
  assert.deepEqual(gone.pieces.filter((piece) => piece.changed).map((piece) => piece.text), ["7"]);
  assert.deepEqual(come.pieces.filter((piece) => piece.changed).map((piece) => piece.text), ["2"]);
});

test("Side by side, a line that went stands beside the one that came", () => {
  const rows = pairs(compareLines(["a", "b", "c"], ["a", "x", "y", "c"]));
  assert.deepEqual(rows.map((row) => [row.before && text(row.before), row.after && text(row.after)]),
    [[" a", " a"], ["-b", "+x"], [null, "+y"], [" c", " c"]]);
});

test("Folding hides long stretches without a change", () => {
  const rows = Array.from({length: 20}, (_, index) => ({changed: index === 10}));
  assert.deepEqual(fold(rows, 2).map((part) => "rows" in part ? part.rows.length : -part.hidden.length), [-8, 5, -7]);
  assert.deepEqual(fold(rows.slice(8, 13), 1).map((part) => "rows" in part ? part.rows.length : -part.hidden.length), [5]);
});

const difference = (more) => ({
  from: 1, to: "draft", equal: false, text: "", fields: [], edges: {added: [], removed: []}, ...more,
  steps: {added: [], removed: [], renamed: [], moved: [], ...more.steps},
});

test("Changes come in the order of the steps, with a removed step where it was", () => {
  const before = {name: "p", steps: [{id: "a", type: "code"}, {id: "b", type: "file"}, {id: "c", type: "api"}]};
  const after = {name: "p", steps: [{id: "a", type: "code", title: "A"}, {id: "d", type: "api"}, {id: "e", type: "prompt"}]};
  const found = sections(difference({
    steps: {added: ["e"], removed: ["b"], renamed: [{before: "c", after: "d"}]},
    fields: [{step: "a", path: "title", after: "A"}],
  }), before, after);
  assert.deepEqual(found.map((section) => [section.step, describe(section)]),
    [["a", "1 change"], ["b", "Removed"], ["d", "Renamed from c"], ["e", "Added"]]);
  assert.deepEqual(found[2].before, ["id: c", "type: api"]);
});

test("Changes of the pipeline itself come first, without its steps", () => {
  const found = sections(difference({fields: [{step: null, path: "title"}]}), {title: "A", steps: []}, {title: "B", steps: []});
  assert.deepEqual(found.map((section) => [section.step, section.before, section.after]), [[null, ["title: A"], ["title: B"]]]);
});

test("A step in a loop is compared by itself", () => {
  const loop = (code) => ({steps: [{id: "l", type: "loop", steps: [{id: "i", type: "code", with: {code}}]}]});
  const found = sections(difference({fields: [{step: "i", path: "with.code"}]}), loop("1"), loop("2"));
  assert.deepEqual(found.map((section) => section.step), ["i"]);
});
