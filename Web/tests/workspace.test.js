import assert from "node:assert/strict";
import {test} from "node:test";
import {crumbs, folderOf, folderRefusal, join, MOST_BYTES, nameOf, progress, refusal} from "../model/workspace.js";

test("a path leads through its folders", () => {
  assert.deepEqual(crumbs("a/b c/d.txt"), [
    {name: "a", path: "a"}, {name: "b c", path: "a/b c"}, {name: "d.txt", path: "a/b c/d.txt"},
  ]);
  assert.deepEqual(crumbs(""), []);
  assert.deepEqual([nameOf("a/b.txt"), folderOf("a/b.txt"), folderOf("b.txt"), join("", "b"), join("a", "b")], ["b.txt", "a", "", "b", "a/b"]);
});

test("a file above 16 MiB is refused before it is sent, one of exactly that is not", () => {
  assert.equal(refusal({name: "a", size: MOST_BYTES}), null);
  assert.match(refusal({name: "a", size: MOST_BYTES + 1}) ?? "", /16 MiB/);
});

test("a folder's name cannot lead out of its place", () => {
  for (const name of ["", " ", "..", "a/../b", "/a", "a/"]) assert.notEqual(folderRefusal(name), null, name);
  assert.equal(folderRefusal("reports/2026"), null);
});

test("the progress of many is by bytes, and what is refused does not count", () => {
  const {part, done, of} = progress([
    {size: 100, sent: 0, state: "done"}, {size: 300, sent: 100, state: "sending"}, {size: 900, sent: 0, state: "refused"},
  ]);
  assert.deepEqual([part, done, of], [0.5, 1, 2]);
});

test("files without a byte count by number", () => {
  assert.equal(progress([{size: 0, sent: 0, state: "done"}, {size: 0, sent: 0, state: "sending"}]).part, 0.5);
});
