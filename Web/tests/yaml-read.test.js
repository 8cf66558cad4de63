import assert from "node:assert";
import {readFileSync, readdirSync} from "node:fs";
import {test} from "node:test";
import {readYAML} from "../model/yaml-read.js";
import {YAMLError} from "../model/yaml-source.js";
import {yamlOf} from "../model/yaml-text.js";
import {anyPipeline, luck, review} from "./editing-samples.js";

/** @param {string} text */
function refusal(text) {
  try {
    return `read as ${JSON.stringify(readYAML(text))}`;
  } catch (error) {
    assert.ok(error instanceof YAMLError, String(error));
    return `${error.line}:${error.column} ${error.message}`;
  }
}

test("what the builder copies is read as it was", () => {
  assert.deepStrictEqual(readYAML(yamlOf(review)), JSON.parse(JSON.stringify(review)));
  for (let seed = 1; seed <= 30; seed += 1) {
    const document = JSON.parse(JSON.stringify(anyPipeline(luck(seed), 12)));
    assert.deepStrictEqual(readYAML(yamlOf(document)), document);
  }
  const texts = ["", " a", "a ", "- a", "a: b", "a #b", "#", "no", "1e3", "\n", "a\n", "a\n\n", "\na", "  a\nb", "\t", "é\u2028😀", "'\"", "{{ a }}", "[", "a\\b", "~", "0x1", "|", "> x", "%", "---"];
  for (const text of texts) {
    for (const value of [[text], {k: text}, {k: [{[text]: text}]}]) assert.deepStrictEqual(readYAML(yamlOf(value)), value, JSON.stringify(value));
  }
});

test("every template of the repository is read whole", () => {
  const folder = new URL("../../Templates/", import.meta.url);
  const files = readdirSync(folder, {recursive: true}).map(String).filter((name) => name.endsWith("pipeline.yaml"));
  assert.ok(files.length > 5);
  for (const file of files) {
    const document = /** @type {{[name: string]: any}} */ (readYAML(readFileSync(new URL(file, folder), "utf8")));
    assert.ok(document.steps.every((/** @type {{id: unknown, type: unknown}} */ step) => typeof step.id === "string" && typeof step.type === "string"), file);
  }
});

test("few words and numbers mean something without quotes", () => {
  assert.deepStrictEqual(readYAML("[null, ~, true, no, on, True, 1, -2.5, 1e3, 0x1F, 2026-01-01, 1_000, 'true', a b]"),
    [null, null, true, "no", "on", "True", 1, -2.5, 1000, 31, "2026-01-01", "1_000", "true", "a b"]);
  assert.deepStrictEqual(readYAML("a:\nb: # nothing\n- 1\n-\n- x\nc: {d, e: f}"), {a: null, b: [1, null, "x"], c: {d: null, e: "f"}});
});

test("texts over several lines keep the breaks that they mean", () => {
  assert.deepStrictEqual(readYAML("a: |\n  x\n    y\n\n  z\n\nb: >-\n  one\n  line\n\n  next\n    deep\nc: |+\n  end\n\nd: |2\n   in\n"),
    {a: "x\n  y\n\nz\n", b: "one line\nnext\n  deep", c: "end\n\n", d: " in\n"});
  assert.deepStrictEqual(readYAML("a: plain\n  goes on\n\n  here # said\nb: 'it''s\n  so'\nc: \"x\\\n  y\\u00e9\\n\""), {a: "plain goes on\nhere", b: "it's so", c: "xyé\n"});
  assert.deepStrictEqual(readYAML("- a\r\n- |\r\n  x\r\n  y"), ["a", "x\ny"]);
});

test("what cannot be read is refused with its place", () => {
  assert.strictEqual(refusal("a: 1\n  b: 2"), "2:3 This line is indented further than the lines above");
  assert.strictEqual(refusal("- id: a\n   type: code"), "2:4 This line is indented further than the lines above");
  assert.strictEqual(refusal("a: [1, 2\nb: 3"), "2:2 Here `,` or `]` is missing");
  assert.strictEqual(refusal("a: [1, 2"), "1:4 The list that begins here has no end");
  assert.strictEqual(refusal("a: \"x"), "1:4 This text has no end");
  assert.strictEqual(refusal("a: x: y"), "1:4 A second colon cannot stand on this line: put the text in quotes");
  assert.strictEqual(refusal("a: 1\nb"), "2:1 Here a colon and a value are missing");
  assert.strictEqual(refusal("a: 1\na: 2"), "2:1 The key a stands here twice");
  assert.strictEqual(refusal("a:\n\tb: 1"), "2:1 A line is indented by spaces, not by tabs");
  assert.strictEqual(refusal("😀: &x 1"), "1:4 Anchors are not read: write the value out where it is needed");
  assert.strictEqual(refusal("a: !!str 1"), "1:4 Tags are not read: put the value in quotes to make it text");
  assert.strictEqual(refusal("<<: {}"), "1:1 Merge keys are not read: write the members out here");
  assert.strictEqual(refusal("a: 1\n---\nb: 2"), "2:1 A second document begins here");
  assert.strictEqual(refusal("a: @b"), "1:4 `@` cannot begin a text: put it in quotes");
  assert.strictEqual(refusal("a: 1e999"), "1:4 This number is too large: put it in quotes to keep it as text");
});

test("a key that objects have already is a key like others", () => {
  assert.deepStrictEqual(Object.keys(/** @type {object} */ (readYAML("__proto__: 1\nconstructor: 2"))), ["__proto__", "constructor"]);
});
