import assert from "node:assert";
import {test} from "node:test";
import {INPUTS_ID, stepsOf} from "../model/document.js";
import {graphOf} from "../model/graph.js";
import {CARD, completed, layOut} from "../model/layout.js";
import {anyPipeline, luck, review} from "./editing-samples.js";

/** @param {Record<string, {x: number, y: number}>} places */
function overlaps(places) {
  const list = Object.values(places).sort((left, right) => left.y - right.y);
  return list.some((place, index) => list.slice(index + 1, index + 40).some((other) => (
    Math.abs(place.x - other.x) < CARD.width && Math.abs(place.y - other.y) < CARD.height
  )));
}

test("every step stands below what it runs after, and no two cards overlap", () => {
  const random = luck(9);
  for (let round = 0; round < 100; round += 1) {
    const document = anyPipeline(random, 1 + random.below(40));
    const places = layOut(document);
    assert.strictEqual(Object.keys(places).length, stepsOf(document).length + 1);
    for (const {from, to} of graphOf(document).edges) {
      const [above, below] = [places[from], places[to]];
      assert.ok(above && below);
      // Two steps that wait for each other cannot both stand below.
      const isLoop = graphOf(document).edges.some((edge) => edge.from === to && edge.to === from);
      assert.ok(isLoop || above.y < below.y, `${from} is not above ${to}`);
    }
    assert.ok(!overlaps(places));
  }
});

test("a straight line stands straight, and branches to both sides", () => {
  const places = layOut(review);
  assert.strictEqual(places.fetch?.x, places.split?.x);
  assert.strictEqual(places[INPUTS_ID]?.x, places.fetch?.x);
  assert.notStrictEqual(places.deep?.x, places.quick?.x);
});

test("chosen places are kept and new steps find a free one near what they follow", () => {
  const chosen = {fetch: {x: 800, y: 400}, split: {x: 800, y: 512}};
  const places = completed(review, chosen);
  assert.deepStrictEqual([places.fetch, places.split], [chosen.fetch, chosen.split]);
  assert.ok(!overlaps(places));
  assert.strictEqual(places.lint?.y, 624);
});

test("very many steps side by side are set on several rows", () => {
  const steps = Array.from({length: 200}, (_, index) => ({id: `s${index}`, type: "transform", needs: []}));
  const xs = Object.values(layOut({steps})).map((place) => place.x);
  assert.ok(Math.max(...xs) - Math.min(...xs) < 13 * 300);
});

test("a loop in a broken draft has a layout too", () => {
  const steps = [{id: "a", type: "transform", needs: ["b"]}, {id: "b", type: "transform", needs: ["a"]}];
  assert.strictEqual(Object.keys(layOut({steps})).length, 3);
});

/** Pipelines of a thousand steps, each of another shape. @returns {[string, import("../model/document.js").PipelineDocument][]} */
function thousands() {
  const steps = (/** @type {(number: number) => number[]} */ needs) => ({version: 1, name: "shape", steps: Array.from({length: 1000}, (_, number) => (
    {id: `s${number}`, type: "transform", needs: needs(number).map((one) => `s${one}`)}))});
  return [
    ["any", anyPipeline(luck(1), 1000)], ["a tree", steps((n) => n > 0 ? [Math.floor((n - 1) / 3)] : [])], ["a chain", steps((n) => n > 0 ? [n - 1] : [])],
    ["side by side", steps(() => [])], ["edges over many rows", steps((n) => n > 0 ? [...new Set([n - 1, Math.floor(n / 2), Math.floor(n / 7)])] : [])],
    ["rows of ten, each after all above", steps((n) => n < 10 ? [] : Array.from({length: 10}, (_, one) => (Math.floor(n / 10) - 1) * 10 + one))],
  ];
}

test("a thousand steps of any shape have places that overlap nowhere, below what they run after, within a few milliseconds", (context) => {
  for (const [name, document] of thousands()) {
    const graph = graphOf(document);
    layOut(document);
    const start = performance.now();
    const places = layOut({...document});
    context.diagnostic(`${name}: ${(performance.now() - start).toFixed(1)} ms`);
    assert.strictEqual(Object.keys(places).length, 1001);
    assert.ok(!overlaps(places), name);
    const joined = new Set(graph.edges.map(({from, to}) => `${from} ${to}`));
    for (const {from, to} of graph.edges) {
      assert.ok(joined.has(`${to} ${from}`) || (places[from]?.y ?? 0) < (places[to]?.y ?? 0), `${name}: ${from} is not above ${to}`);
    }
  }
});

test("the same document is laid out the same way, whatever was laid out before", () => {
  for (const [name, document] of thousands()) assert.deepStrictEqual(layOut(structuredClone(document)), layOut(document), name);
});

test("a step at the end moves none that stand above it", () => {
  const {steps = []} = anyPipeline(luck(3), 60);
  const before = layOut({steps});
  const last = steps.at(-1)?.id ?? "";
  const after = layOut({steps: [...steps, {id: "added", type: "transform", needs: [last]}]});
  assert.deepStrictEqual(Object.keys(before).map((id) => [id, before[id]?.y]), Object.keys(before).map((id) => [id, after[id]?.y]));
  assert.ok((after.added?.y ?? 0) > (before[last]?.y ?? 0));
});
