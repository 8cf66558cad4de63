import assert from "node:assert";
import {test} from "node:test";
import {graphOf, wayBetween} from "../model/graph.js";
import {structureOf, withStructure} from "../model/structure.js";
import {anyPipeline, luck, review} from "./editing-samples.js";

/** @param {import("../model/document.js").PipelineDocument} document */
const needs = (document) => Object.fromEntries([...graphOf(document).needs].map(([id, edges]) => [id, edges.map((edge) => edge.from)]));

test("steps without needs run after the open ends above them", () => {
  const steps = [{id: "a", type: "transform"}, {id: "b", type: "transform", needs: []}, {id: "c", type: "transform"}, {id: "d", type: "transform"}];
  assert.deepStrictEqual(needs({steps}), {a: [], b: [], c: ["a", "b"], d: ["c"]});
});

test("needs come of branches, of what is written, of the order and of references", () => {
  assert.deepStrictEqual(needs(review), {
    fetch: [], split: ["fetch"], lint: ["split"], gate: ["split"], deep: ["lint", "gate"], quick: ["gate"], merge: ["deep", "quick"],
  });
  const edges = graphOf(review).needs;
  assert.deepStrictEqual(edges.get("deep")?.map((edge) => [edge.source, edge.branch]), [["reference", null], ["branch", "true"]]);
  assert.deepStrictEqual(edges.get("quick")?.map((edge) => edge.branch), ["false"]);
  assert.deepStrictEqual(edges.get("split")?.[0]?.use, ["with", "input"]);
});

test("a branch of several steps runs in its order", () => {
  const steps = [
    {id: "gate", type: "condition", with: {cases: [{when: "inputs.x > 1", then: ["a", "b"]}], else: "end"}},
    {id: "a", type: "transform"}, {id: "b", type: "transform"}, {id: "c", type: "transform", needs: ["a"]},
  ];
  assert.deepStrictEqual(needs({steps}), {gate: [], a: ["gate"], b: ["a"], c: ["a"]});
  assert.strictEqual(graphOf({steps}).needs.get("a")?.[0]?.branch, "inputs.x > 1");
});

test("a way between steps is found, and none where there is none", () => {
  assert.deepStrictEqual(wayBetween(graphOf(review), "fetch", "gate"), ["fetch", "split", "gate"]);
  assert.strictEqual(wayBetween(graphOf(review), "gate", "fetch"), null);
});

test("writing needs down for what is there already writes nothing", () => {
  const random = luck(7);
  for (let round = 0; round < 100; round += 1) {
    const document = anyPipeline(random, 2 + random.below(20));
    assert.strictEqual(withStructure(document, structureOf(document)), document);
  }
});

test("broken drafts have a graph too", () => {
  const document = /** @type {any} */ ({steps: [null, 3, {id: "a", type: "transform", needs: "b"}, {id: "a", type: "x"}, {type: "prompt"}, {id: "c", needs: ["a", "gone", "c"]}]});
  assert.deepStrictEqual(needs(document), {a: [], c: ["a"]});
  assert.deepStrictEqual(needs(/** @type {any} */ ({steps: "no"})), {});
});
