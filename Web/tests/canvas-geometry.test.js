import assert from "node:assert";
import {test} from "node:test";
import * as geometry from "../model/canvas-geometry.js";

test("zooming keeps the point under the pointer, within 20 and 200 %", () => {
  const view = geometry.zoomed({x: 10, y: 20, zoom: 1}, 1.5, {x: 100, y: 50});
  assert.deepStrictEqual(geometry.toWorld(view, {x: 100, y: 50}), {x: 90, y: 30});
  assert.strictEqual(geometry.zoomed(view, 100, {x: 0, y: 0}).zoom, 2);
  assert.strictEqual(geometry.zoomed(view, 0.001, {x: 0, y: 0}).zoom, 0.2);
});

test("fitting shows everything, or the part around a card where everything would be too small", () => {
  const size = {width: 1000, height: 800};
  const bounds = geometry.boundsOf([{x: 0, y: 0}, {x: 1800, y: 1000}]);
  assert.ok(bounds && geometry.holds(geometry.seen(geometry.fitted(bounds, size), size), bounds));
  const phone = {width: 390, height: 600};
  assert.strictEqual(geometry.fitted(/** @type {any} */ (bounds), phone, {x: 0, y: 0}).zoom, 0.66);
  assert.strictEqual(geometry.boundsOf([]), null);
});

test("a card outside is brought into sight, one inside stays where it is", () => {
  const size = {width: 800, height: 600};
  const view = {x: 0, y: 0, zoom: 1};
  assert.strictEqual(geometry.revealing(view, {x: 100, y: 100}, size), view);
  const moved = geometry.revealing(view, {x: 900, y: -300}, size);
  assert.ok(geometry.holds(geometry.seen(moved, size), {x: 900, y: -300, width: 232, height: 64}));
  const corner = geometry.revealing(view, {x: 540, y: 440}, size);
  assert.ok(440 * corner.zoom + corner.y + 64 <= size.height - 132, "no card lies under the small map");
});

test("an arrow goes to the nearest step ahead", () => {
  const places = {a: {x: 0, y: 0}, b: {x: 300, y: 112}, c: {x: 8, y: 224}, d: {x: 300, y: 0}};
  const go = (/** @type {string} */ from, /** @type {string} */ key) => geometry.nextIn(places, from, /** @type {any} */ (geometry.directionOf(key)));
  assert.strictEqual(go("a", "ArrowDown"), "c");
  assert.strictEqual(go("a", "ArrowRight"), "d");
  assert.strictEqual(go("a", "ArrowUp"), null);
  assert.strictEqual(go("gone", "ArrowUp"), "a");
});

test("a point on an edge is near it, one beside is not", () => {
  const [from, to] = [{x: 0, y: 0}, {x: 200, y: 300}];
  assert.ok(geometry.distanceTo(from, to, geometry.pointOn(from, to, 0.37)) < 10);
  assert.ok(geometry.distanceTo(from, to, {x: 200, y: 0}) > 60);
  assert.match(geometry.curvePath(from, to), /^M0,0C0,/);
});
