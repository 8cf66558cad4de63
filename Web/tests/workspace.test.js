import assert from "node:assert/strict";
import {test} from "node:test";
import {crumbs, folderOf, folderRefusal, join, nameOf, refusal, roomLeft} from "../model/workspace.js";

test("a path leads through its folders", () => {
  assert.deepEqual(crumbs("a/b c/d.txt"), [
    {name: "a", path: "a"}, {name: "b c", path: "a/b c"}, {name: "d.txt", path: "a/b c/d.txt"},
  ]);
  assert.deepEqual(crumbs(""), []);
  assert.deepEqual([nameOf("a/b.txt"), folderOf("a/b.txt"), folderOf("b.txt"), join("", "b"), join("a", "b")], ["b.txt", "a", "", "b", "a/b"]);
});

test("a file for which there is no room is refused before it is sent, one that just fits is not", () => {
  assert.equal(refusal({name: "a", size: 10}, 10), null);
  assert.match(refusal({name: "a", size: 11}, 10) ?? "", /may grow by/);
  assert.equal(refusal({name: "a", size: 1e15}), null);
});

test("room is known where use and quota are", () => {
  assert.deepEqual([{used: 4, quota: 10}, {used: 12, quota: 10}, {used: 4, quota: null}, null].map(roomLeft), [6, 0, null, null]);
});

test("a folder's name cannot lead out of its place", () => {
  for (const name of ["", " ", "..", "a/../b", "/a", "a/"]) assert.notEqual(folderRefusal(name), null, name);
  assert.equal(folderRefusal("reports/2026"), null);
});
