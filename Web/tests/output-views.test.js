import assert from "node:assert/strict";
import {test} from "node:test";
import {imageType, kindOfName, textOf} from "../model/file-kind.js";
import {windowOf} from "../model/log-window.js";
import {outputNote, outputViews} from "../model/output-views.js";

/** @param {string} type @param {unknown} output */
const kinds = (type, output) => outputViews(type, output).map((view) => `${view.id} ${view.kind}`);

test("an answer in words is Markdown, one by a schema is a value", () => {
  assert.deepEqual(kinds("prompt", {text: "# Hi"}), ["answer markdown", "text text", "tree tree", "raw code"]);
  assert.deepEqual(kinds("prompt", {text: "[]", json: [{a: 1}, {a: 2}]}).slice(0, 2), ["table table", "value tree"]);
});

test("code shows its result first, then what it printed, without colours", () => {
  const views = outputViews("code", {result: {a: 1}, stdout: "\u001b[31mred\u001b[0m", stderr: "", exit_code: 0});
  assert.deepEqual(views.map((view) => view.id), ["value", "stdout", "tree", "raw"]);
  assert.equal(views[1].value, "red");
  assert.equal(views[0].path, ".result");
});

test("a response shows its status and its body, a file its content by its kind", () => {
  assert.deepEqual(kinds("api", {status: 200, headers: {}, body: {a: 1}}).slice(0, 2), ["http http", "value tree"]);
  assert.deepEqual(kinds("file", {path: "a.csv", media_type: "text/csv", content: "a,b\n1,2"}).slice(0, 2), ["table table", "text code"]);
  assert.deepEqual(kinds("file", {path: "a.png", media_type: "image/png", content: "aGk="})[0], "image image");
  assert.equal(outputViews("file", {path: "a.png", media_type: "image/png", content: "\"><script>"})[0].kind, "code");
  assert.deepEqual(kinds("file", {path: ".", entries: [{path: "a", type: "file"}]})[0], "table table");
});

test("a text that is a diff is shown as one", () => {
  assert.equal(outputViews("transform", {result: "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n", result_type: "string", input_type: "null"})[0].kind, "diff");
});

test("outputs that a step renamed are shown as what they are", () => {
  assert.deepEqual(kinds("code", {median: 3}), ["tree tree", "raw code"]);
  assert.deepEqual(kinds("prompt", "only text"), ["value text", "tree tree", "raw code"]);
  assert.deepEqual(kinds("transform", null), []);
});

test("beside the bar stands what a step gave, where that takes few words", () => {
  assert.equal(outputNote("api", {status: 404}), "status 404");
  assert.equal(outputNote("condition", {branch: "then"}), "takes then");
  assert.equal(outputNote("transform", {result: [1]}), "1 item");
  assert.equal(outputNote("transform", {result: "x"}), "");
});

test("files are shown by their names, and only text as text", () => {
  assert.deepEqual(["a.MD", "a.csv", "a.json", "a.swift", "a.png", "a.svg", "LICENSE", "a.patch"].map(kindOfName), ["markdown", "table", "json", "code", "image", "image", "text", "diff"]);
  assert.equal(imageType("x.html"), null);
  assert.equal(textOf(new Uint8Array([0x61, 0, 0x62]), true), null);
  assert.equal(textOf(new Uint8Array([0xff, 0xfe]), true), null);
  assert.equal(textOf(new TextEncoder().encode("zwölf").subarray(0, 3), false), "zw");
});

test("of a log of any length a screenful is shown, and both ends can be reached", () => {
  const given = {rowHeight: 20, viewHeight: 400};
  for (const count of [0, 1, 19, 1000, 5_000_000]) {
    const start = windowOf({...given, count, scrollTop: 0});
    assert.equal(start.first, 0);
    assert.ok(start.end - start.first <= 60);
    const end = windowOf({...given, count, scrollTop: Math.max(0, start.height - 400)});
    assert.equal(end.end, count);
    assert.ok(end.height < 16_000_000);
    assert.ok(end.top + (end.end - end.first) * 20 <= Math.max(end.height, 20) + 1);
  }
});
