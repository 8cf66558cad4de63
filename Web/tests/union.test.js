import {test} from "node:test";
import assert from "node:assert/strict";
import {describe} from "../model/activity.js";
import {union} from "../pages/compare/union.js";

const step = (id, more = {}) => ({id, type: "transform", with: {ops: []}, ...more});
const difference = ({steps = {}, ...more}) => ({
  from: 1, to: "draft", equal: false, text: "", fields: [], edges: {added: [], removed: []}, ...more,
  steps: {added: [], removed: [], renamed: [], moved: [], ...steps},
});
const drawn = ({lines}) => lines.map(({from, to, mark}) => `${mark || "kept"} ${from} ${to}`).sort();

test("Both versions as one graph keep a removed step where it was, with its edges", () => {
  const both = union(difference({steps: {removed: ["b"]}, edges: {added: [{from: "a", to: "c"}], removed: []}}),
    {steps: [step("a"), step("b"), step("c")]}, {steps: [step("a"), step("c")]});
  assert.deepEqual(both.document.steps.map(({id, needs}) => [id, needs]), [["a", []], ["b", ["a"]], ["c", ["a", "b"]]]);
  assert.deepEqual(drawn(both), ["added a c", "removed a b", "removed b c"]);
  assert.deepEqual([...both.marks], [["b", "removed"]]);
});

test("A renamed step is one step, whose edges stay", () => {
  const both = union(difference({steps: {renamed: [{before: "b", after: "z"}]}}), {steps: [step("a"), step("b")]}, {steps: [step("a"), step("z")]});
  assert.deepEqual(both.document.steps.map(({id}) => id), ["a", "z"]);
  assert.deepEqual(drawn(both), ["kept a z"]);
  assert.deepEqual([...both.marks], [["z", "renamed"]]);
});

test("A removed step whose name another has taken is told apart", () => {
  const both = union(difference({steps: {removed: ["b"], renamed: [{before: "a", after: "b"}]}}), {steps: [step("a"), step("b")]}, {steps: [step("b")]});
  assert.deepEqual(both.document.steps.map(({id}) => id), ["b", "b (removed)"]);
  assert.deepEqual(drawn(both), ["removed b b (removed)"]);
});

test("An edge that turned round is drawn and makes no loop", () => {
  const both = union(difference({steps: {moved: [{step: "b"}]}, edges: {added: [{from: "b", to: "a"}], removed: [{from: "a", to: "b"}]}}),
    {steps: [step("a"), step("b")]}, {steps: [step("b"), step("a")]});
  assert.deepEqual(both.document.steps.map(({id, needs}) => [id, needs]), [["b", []], ["a", ["b"]]]);
  assert.deepEqual(drawn(both), ["added b a", "removed a b"]);
});

test("The weightiest change of a step is its mark", () => {
  const both = union(difference({steps: {moved: [{step: "a"}]}, fields: [{step: "a", path: "title"}, {step: null, path: "tags"}]}), {steps: [step("a")]}, {steps: [step("a")]});
  assert.deepEqual([...both.marks], [["a", "changed"]]);
});

const said = (type, data = {}) => describe({type, id: 1, at: "", by: {id: "u", name: "mira"}, data}, "pl_1");

test("What was done is said in words, with the way to it", () => {
  assert.deepEqual([said("version.published", {number: 3, message: "Why"}).text, said("version.published", {number: 3}).href], ["published version 3", "/pipelines/pl_1/versions/2/diff/3"]);
  assert.equal(said("version.published", {number: 1}).href, "");
  assert.deepEqual([said("run.created", {run: "run_1", number: 4, status: "failed"}).href, said("run.created", {status: "failed"}).state], ["/runs/run_1", "failed"]);
  assert.equal(said("draft.saved", {revision: 5}).text, "saved the draft (revision 5)");
});

test("What is not known yet is said by its name", () => {
  assert.equal(said("something.odd_happened").text, "something odd_happened");
});
