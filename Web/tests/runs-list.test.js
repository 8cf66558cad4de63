import assert from "node:assert/strict";
import {test} from "node:test";
import {fitsFilters, isFiltered, listRequest, pageAddress, readFilters} from "../pages/runs/filters.js";
import {binsOf, withFirstPage, withMore} from "../pages/runs/merging.js";

/** @param {number} second @param {string} [status] */
const run = (second, status = "succeeded") => /** @type {any} */ ({id: `run_${String(second).padStart(4, "0")}`, created_at: new Date(second * 1000).toISOString(), status});
/** @param {any[]} runs */
const ids = (runs) => runs.map((one) => Number(one.id.slice(4)));

test("filters survive the address and back", () => {
  const filters = /** @type {const} */ ({pipeline: "a & b", status: "failed", trigger: "webhook", period: "24h"});
  const address = pageAddress(filters);
  assert.deepEqual(readFilters(new URL(address, "http://x").searchParams), filters);
  assert.equal(pageAddress({pipeline: "", status: "", trigger: "", period: ""}), "/runs");
  assert.equal(isFiltered(readFilters(new URLSearchParams("status=nonsense"))), false);
});

test("running means all that has not ended, and a period is a moment", () => {
  const request = listRequest({pipeline: "", status: "running", trigger: "", period: "1h"}, 3_600_000);
  assert.deepEqual(request, {status: ["queued", "running", "waiting"], since: "1970-01-01T00:00:00.000Z"});
});

test("an event fits by name or id of its pipeline", () => {
  const told = {pipeline: {id: "pl_1", name: "greet"}, status: "running", trigger: "manual"};
  assert.equal(fitsFilters({pipeline: "greet", status: "running", trigger: "", period: ""}, told), true);
  assert.equal(fitsFilters({pipeline: "pl_1", status: "failed", trigger: "", period: ""}, told), false);
  assert.equal(fitsFilters({pipeline: "other", status: "", trigger: "", period: ""}, told), false);
});

test("the first page brings what is new, takes what no longer fits, and leaves what is older", () => {
  const had = [run(5), run(4), run(3), run(2), run(1)];
  assert.deepEqual(ids(withFirstPage(had, [run(6), run(5), run(3)], false)), [6, 5, 3, 2, 1]);
  assert.deepEqual(ids(withFirstPage(had, [run(5)], true)), [5]);
});

test("a page that overlaps adds nothing twice", () => {
  assert.deepEqual(ids(withMore([run(5), run(4)], [run(4), run(3)])), [5, 4, 3]);
});

test("runs are counted where they began, the newest in the last part", () => {
  const bins = binsOf([run(0), run(5, "failed"), run(10, "running"), run(99)], 0, 10_000, 2);
  assert.deepEqual(bins.map(({ok, bad, other}) => [ok, bad, other]), [[1, 0, 0], [1, 1, 1]]);
});
