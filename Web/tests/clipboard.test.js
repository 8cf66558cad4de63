import assert from "node:assert";
import {test} from "node:test";
import {FRAGMENT_TYPE, clipboardTexts, copySteps, fragmentOf, readFragment, seemsSteps, withFirstIndent} from "../model/clipboard.js";
import {pasteSteps, renameStep} from "../model/commands.js";
import {stepById, stepsOf} from "../model/document.js";
import {structureOf} from "../model/structure.js";
import {readYAML} from "../model/yaml-read.js";
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

test("steps written as YAML are pasted with free ids, and what they name follows", () => {
  const text = `- id: fetch
  type: api
  with: {url: "https://example.org"}
- id: lint
  type: code
  needs: [fetch, split]
  with: {code: "", inputs: {text: "{{ steps.fetch.output.text }} {{ steps.split.output.result }}"}}
`;
  const fragment = fragmentOf(readYAML(text));
  assert.ok("steps" in fragment);
  const {document, ids} = pasted(fragment, review);
  assert.deepStrictEqual(ids, ["fetch_2", "lint_2"]);
  assert.deepStrictEqual([...structureOf(document).get("lint_2") ?? []].sort(), ["fetch_2", "split"]);
  assert.deepStrictEqual(stepById(document, "lint_2")?.with?.inputs, {text: "{{ steps.fetch_2.output.text }} {{ steps.split.output.result }}"});
});

test("what is no step says which and why", () => {
  const refusal = (/** @type {unknown} */ value) => /** @type {{refusal?: string}} */ (fragmentOf(value)).refusal;
  assert.strictEqual(refusal("hello"), "What was copied is not a step: a step is an object with an id and a type");
  assert.strictEqual(refusal([{id: "a", type: "code"}, {type: "code"}]), "Element 2 is not a step: it has no id");
  assert.strictEqual(refusal([{id: "a"}]), "Step a has no type");
  assert.strictEqual(refusal([{id: "a", type: "code"}, {id: "a", type: "file"}]), "Two steps have the id a");
  assert.strictEqual(refusal({steps: []}), "There is no step in it");
  assert.ok(seemsSteps("  - id: a\n    type: code") && seemsSteps("steps:") && !seemsSteps("Hello, id of mine"));
});

test("a part of a document that was marked from its first letter on is read", () => {
  const whole = "  - id: a\n    type: code\n  - id: b\n    type: file";
  assert.strictEqual(withFirstIndent(whole.trimStart()), whole);
  assert.strictEqual(withFirstIndent("- id: a\n    type: code"), "  - id: a\n    type: code");
  for (const text of [whole, "- id: a\n  type: code\n", "- id: a", "id: a\ntype: code"]) assert.strictEqual(withFirstIndent(text), text);
});

test("an id that is none becomes one", () => {
  const fragment = fragmentOf([{id: "My step!", type: "code"}, {id: "9", type: "file"}]);
  assert.ok("steps" in fragment);
  assert.deepStrictEqual(pasted(fragment, review).ids, ["my_step", "step_2"]);
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
