import {test} from "node:test";
import assert from "node:assert/strict";
import {byDocument, documentsOf} from "../pages/pipelines/import-documents.js";

test("A file of YAML with several documents gives each with the lines before it", () => {
  assert.deepEqual(documentsOf("f.yaml", "---\na: 1\n--- \n# only said\n---\nb: 2\n"),
    [{source: "f.yaml", line: 1, text: "a: 1"}, {source: "f.yaml", line: 5, text: "b: 2\n"}]);
});

test("A line of dashes inside a text does not part a document", () => {
  assert.equal(documentsOf("f", "a: |\n  ---\n  x\nb: ----\n").length, 1);
});

test("Nothing but spaces and comments is no document", () => {
  assert.deepEqual(documentsOf("f", "\n# a\n\n"), []);
});

test("A JSON document is taken as it stands, so that errors keep their lines", () => {
  assert.deepEqual(documentsOf("f.json", '{\n"version": 1}'), [{source: "f.json", line: 0, text: '{\n"version": 1}'}]);
  assert.equal(documentsOf("f.json", "{broken")[0].text, "{broken");
});

test("A JSON list and an export are their documents", () => {
  assert.deepEqual(documentsOf("f.json", '[{"name": "a"}, {"name": "b"}]').map((found) => JSON.parse(found.text).name), ["a", "b"]);
  assert.deepEqual(documentsOf("f.json", '{"items": [{"id": "pl_1", "text": "name: a"}]}').map((found) => found.text), ["name: a"]);
});

test("Findings go to the document they are about, at the line of the file", () => {
  const documents = documentsOf("f", "a: 1\n---\nb: 2");
  const groups = byDocument([
    {path: "documents[1].steps[0].id", code: "x", message: "m", line: 1, column: 2},
    {path: "documents[0]", code: "y", message: "n"},
    {path: "documents", code: "z", message: "o"},
  ], documents);
  assert.deepEqual(groups.map((group) => [group.document, group.errors.map((error) => [error.path, error.line])]),
    [[documents[1], [["steps[0].id", 3]]], [documents[0], [["", undefined]]], [null, [["documents", undefined]]]]);
});
