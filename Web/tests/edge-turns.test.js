import assert from "node:assert";
import {test} from "node:test";
import {earlyEdges} from "../model/edge-turns.js";

const places = {above: {x: 100, y: 0}, beside: {x: 0, y: 112}, below: {x: 300, y: 224}, straight: {x: 100, y: 448}};

test("an edge turns first where a card stands below its beginning and none below its turn", () => {
  const edges = [{from: "above", to: "below"}, {from: "above", to: "beside"}];
  assert.deepEqual([...earlyEdges(edges, places)], [edges[0]]);
});

test("an edge falls first where nothing is in its way, and where turning first would help nothing", () => {
  const edges = [{from: "above", to: "below"}, {from: "above", to: "straight"}, {from: "above", to: "nowhere"}];
  assert.equal(earlyEdges(edges.slice(0, 1), {above: places.above, below: places.below}).size, 0);
  assert.equal(earlyEdges(edges.slice(1), places).size, 0);
});
