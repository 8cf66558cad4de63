import assert from "node:assert";
import {afterEach, test} from "node:test";
import {graphOf} from "../model/graph.js";
import {stopAt} from "../model/ops-preview.js";
import {sourceOf} from "../model/one-step.js";
import {learnTexts, usesOf} from "../model/step-texts.js";
import {textKinds} from "../model/text-kinds.js";

const cel = {"x-kind": "expression", type: ["string", "boolean"]};
const words = {"x-kind": "static", type: "string"};
const schema = {$defs: {
  pause: {"x-kind": "static", type: "string"},
  step: {allOf: [{if: {properties: {type: {const: "watch"}}}, then: {properties: {with: {properties: {
    until: cel, every: {$ref: "#/$defs/pause"}, note: {"x-kind": "template", type: "string"},
    rules: {"x-kind": "static", type: "array", items: {type: "object", properties: {when: cel, then: {"x-kind": "static", anyOf: [words, {"x-kind": "static", type: "array", items: words}]}}}},
    names: {type: "object", additionalProperties: cel}, both: {"x-kind": "template", anyOf: [words, {type: "array", items: {"x-kind": "template", type: "string"}}]},
  }}}}}]},
}};

afterEach(() => learnTexts(null));

test("the schema tells which texts are expressions and which are never rendered", () => {
  assert.deepStrictEqual(textKinds(schema).get("watch"), {
    expressions: ["until", "rules.*.when", "names.*"], fixed: ["every", "rules.*.then.*", "rules.*.then"],
  });
  assert.strictEqual(textKinds(null).size, 0);
});

test("a step of a type that comes later runs after what its expressions name", () => {
  const step = {id: "b", type: "watch", with: {until: "steps.a.output.done", every: "{{ steps.c.output }}", note: "steps.d"}};
  assert.deepStrictEqual(usesOf({...step}).map(({id}) => id), ["c"]);
  learnTexts(schema);
  assert.deepStrictEqual(usesOf(step).map(({id}) => id), ["a"]);
  assert.deepStrictEqual(graphOf({steps: [{id: "a", type: "code"}, {...step}]}).edges.map((edge) => edge.use), [["with", "until"]]);
});

test("a step alone takes its values from the run that is shown, where that has them all", () => {
  const step = {id: "b", type: "transform", with: {input: "{{ steps.a.output.result }}"}};
  const run = {id: "run_1", number: 1, status: "succeeded", created_at: "", inputs: {}, steps: {a: {status: "succeeded", output: {result: 1}, error: null}}};
  assert.strictEqual(sourceOf(step, run), "run_1");
  assert.strictEqual(sourceOf(step, {...run, status: "running"}), null);
  assert.strictEqual(sourceOf(step, {...run, steps: {}}), null);
  assert.strictEqual(sourceOf(step, null), null);
});

test("only the op that stops says why", () => {
  const told = [{path: "ops", message: "ops[1] (map): item has no key", hint: "there is path"}];
  assert.deepStrictEqual(stopAt(told, 1), {message: "item has no key", hint: "there is path"});
  assert.strictEqual(stopAt(told, 2), null);
  assert.strictEqual(stopAt([{path: "ops[1].map", message: "unknown name"}], 1), null);
});
