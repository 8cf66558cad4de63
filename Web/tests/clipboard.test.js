import assert from "node:assert";
import {test} from "node:test";
import {FRAGMENT_TYPE, clipboardTexts, copySteps, readFragment} from "../model/clipboard.js";
import {pasteSteps, renameStep} from "../model/commands.js";
import {stepById, stepsOf} from "../model/document.js";
import {structureOf} from "../model/graph.js";
import {yamlOf} from "../model/yaml-text.js";
import {review} from "./editing-samples.js";

/** @param {import("../model/clipboard.js").Fragment | null} fragment @param {import("../model/document.js").PipelineDocument} document */
function pasted(fragment, document) {
  assert.ok(fragment);
  const command = pasteSteps(fragment, document);
  return {...{places: {}}, ids: command.ids, document, ...command.change({document, places: {}})};
}

test("pasted steps get ids that are free, and texts among them follow", () => {
  const {document, ids} = pasted(copySteps(review, ["split", "lint"], {}), review);
  assert.deepStrictEqual(ids, ["split_2", "lint_2"]);
  assert.deepStrictEqual(stepById(document, "lint_2")?.with?.inputs, {text: "{{ steps.split_2.output.result }}"});
  assert.strictEqual(stepById(document, "split_2")?.with?.input, "{{ steps.fetch.output.text }}");
  assert.deepStrictEqual([...structureOf(document).get("lint_2") ?? []], ["split_2"]);
  assert.deepStrictEqual([...structureOf(document).get("merge") ?? []], ["deep", "quick"]);
});

test("a copy of a step in a branch is in the branch too", () => {
  const {document} = pasted(copySteps(review, ["quick"], {}), review);
  assert.deepStrictEqual(stepById(document, "gate")?.with?.else, ["quick", "quick_2"]);
  assert.deepStrictEqual([...structureOf(document).get("quick_2") ?? []], ["gate"]);
});

test("a copied condition takes the copies of its targets and leaves the others", () => {
  const {document} = pasted(copySteps(review, ["gate", "deep"], {}), review);
  assert.deepStrictEqual(stepById(document, "gate_2")?.with?.then, ["deep_2"]);
  assert.ok(!Object.hasOwn(stepById(document, "gate_2")?.with ?? {}, "else"));
});

test("a fragment lives through the clipboard and into another pipeline", () => {
  const fragment = copySteps(review, ["fetch", "split"], {fetch: {x: 8, y: 16}});
  assert.ok(fragment);
  const texts = clipboardTexts(fragment);
  assert.deepStrictEqual(readFragment(texts[FRAGMENT_TYPE] ?? ""), fragment);
  const {document, places} = pasted(readFragment(texts[FRAGMENT_TYPE] ?? ""), {name: "empty", steps: []});
  assert.deepStrictEqual(stepsOf(document), stepsOf(review).slice(0, 2));
  assert.deepStrictEqual(places, {fetch: {x: 40, y: 48}});
});

test("plain JSON is pasted too: a step, a list, a document; other text is not", () => {
  assert.strictEqual(readFragment('{"id": "a", "type": "prompt"}')?.steps.length, 1);
  assert.strictEqual(readFragment(JSON.stringify(review))?.steps.length, 7);
  assert.strictEqual(readFragment('{"id": "a"}'), null);
  assert.strictEqual(readFragment("- id: a"), null);
});

test("pasting twice and renaming keep every id unique", () => {
  const fragment = copySteps(review, stepsOf(review).map(({id}) => id), {});
  const once = pasted(fragment, review).document;
  const twice = pasted(fragment, once).document;
  const ids = stepsOf(twice).map(({id}) => id);
  assert.strictEqual(new Set(ids).size, 21);
  assert.ok(renameStep("fetch_3", "other").change({document: twice, places: {}}).document);
});

test("YAML for the clipboard quotes what would be read otherwise", () => {
  assert.strictEqual(
    yamlOf([{id: "a", with: {prompt: "Say\n  {{ inputs.x }}\n", on: "no", n: 1, list: ["a: b", "c"], empty: {}, map: {"k": {deep: null}}}}]),
    '- id: a\n  with:\n    prompt: |\n      Say\n        {{ inputs.x }}\n    "on": "no"\n    n: 1\n    list: ["a: b", c]\n    empty: {}\n    map:\n      k:\n        deep: null\n',
  );
});
