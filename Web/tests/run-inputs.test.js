import {test} from "node:test";
import assert from "node:assert/strict";
import {inputFields, readInput, readInputs, textsOf} from "../model/run-inputs.js";
import {inputNameProblem, kindOf, presenceOf, renameInput, withKind, withPresence} from "../model/input-schema.js";
import {remember, remembered} from "../model/run-memory.js";

const inputs = {
  repo: {type: "string", title: "Repository", default: "a/b"}, number: {type: "integer", minimum: 1, examples: [4182]}, depth: {type: "string", enum: ["quick", "deep"]},
  guide: {type: "string", format: "file", optional: true}, code: {type: "string", format: "textarea"}, dry: {type: "boolean", default: false}, files: {type: "array", items: {type: "string"}, default: []},
  more: {type: "object", optional: true},
};
const fields = inputFields(inputs);
/** @param {string} name */
const field = (name) => /** @type {import("../model/run-inputs.js").InputField} */ (fields.find((each) => each.name === name));

test("each input has the control that its schema asks for, in the document's order", () => {
  assert.deepEqual(fields.map((each) => [each.name, each.control]), [["repo", "text"], ["number", "number"], ["depth", "choice"], ["guide", "file"], ["code", "lines"], ["dry", "switch"], ["files", "words"], ["more", "json"]]);
  assert.deepEqual(fields.filter((each) => each.required).map((each) => each.name), ["number", "depth", "code"]);
});

test("what has to be given says what is missing, with the example of the schema", () => {
  assert.deepEqual(readInput(field("number"), ""), {refusal: "Enter a number, for example 4182"});
  assert.deepEqual(readInput(field("depth"), ""), {refusal: "Choose one"});
  assert.deepEqual(readInput(field("code"), ""), {refusal: "Enter code"});
});

test("what was left out stays out, so that the default or null holds", () => {
  assert.deepEqual(readInput(field("guide"), ""), {absent: true});
  assert.deepEqual(readInput(field("more"), "  "), {absent: true});
});

test("a text with a default that was emptied is empty text", () => {
  assert.deepEqual(readInput(field("repo"), ""), {value: ""});
});

test("values are read by type and bounds", () => {
  assert.deepEqual(readInput(field("number"), "7"), {value: 7});
  assert.deepEqual(readInput(field("number"), "0"), {refusal: "At least 1"});
  assert.deepEqual(readInput(field("number"), "1.5"), {refusal: "Enter a whole number"});
  assert.deepEqual(readInput(field("files"), "a\n\n b "), {value: ["a", "b"]});
  assert.deepEqual(readInput(field("more"), '{"a": 1}'), {value: {a: 1}});
  assert.deepEqual(readInput(field("more"), "{"), {refusal: "This is no JSON yet"});
  assert.deepEqual(readInput(field("dry"), "true"), {value: true});
});

test("a form begins with what was given before, else the defaults", () => {
  assert.equal(textsOf(fields).repo, "a/b");
  assert.equal(textsOf(fields, {repo: "c/d"}).repo, "c/d");
  const {inputs: read, refusals} = readInputs(fields, {...textsOf(fields), number: "1", depth: "quick", code: "x"});
  assert.deepEqual(refusals, {});
  assert.deepEqual(read, {repo: "a/b", number: 1, depth: "quick", code: "x", dry: false, files: []});
});

test("kinds of inputs are told from schemas and made of them", () => {
  assert.equal(kindOf({type: "string", format: "textarea"}), "lines");
  assert.equal(kindOf({type: "string", enum: ["a"]}), "choice");
  assert.equal(kindOf({type: "array", items: {type: "object"}}), "other");
  assert.deepEqual(withKind({type: "string", title: "T", maxLength: 5}, "integer"), {type: "integer", title: "T"});
});

test("an input is required, optional or has a default", () => {
  assert.equal(presenceOf({type: "string"}), "required");
  assert.deepEqual(withPresence({type: "integer", minimum: 3}, "default"), {type: "integer", minimum: 3, default: 3});
  assert.deepEqual(withPresence({type: "string", default: "x"}, "optional"), {type: "string", optional: true});
});

test("an input that gets another name gets it wherever it is named, and keeps its place", () => {
  const document = {
    inputs: {a: {type: "string"}, b: {type: "string"}}, outputs: {o: "inputs.a + inputs.b"},
    steps: [{id: "s", type: "transform", if: "inputs.a != inputs.ab", with: {input: "{{ inputs.a }} and inputs.a", ops: [{map: 'inputs["a"] + "inputs.a"'}]}}],
  };
  const changed = /** @type {any} */ (renameInput("a", "my-a").change({document, places: {}}).document);
  assert.deepEqual(Object.keys(changed.inputs), ["my-a", "b"]);
  assert.equal(changed.outputs.o, 'inputs["my-a"] + inputs.b');
  assert.equal(changed.steps[0].if, 'inputs["my-a"] != inputs.ab');
  assert.equal(changed.steps[0].with.input, '{{ inputs["my-a"] }} and inputs.a');
  assert.equal(changed.steps[0].with.ops[0].map, 'inputs["my-a"] + "inputs.a"');
  assert.equal(inputNameProblem("b", document, "a"), "There is an input b already");
});

test("what is kept in the browser is bounded, and what cannot be read is nothing", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = /** @type {Storage} */ (/** @type {unknown} */ ({getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text)}));
  assert.equal(remember(storage, "p", {last: {a: 1}, presets: {}}), true);
  assert.deepEqual(remembered(storage, "p"), {last: {a: 1}, presets: {}});
  assert.equal(remember(storage, "p", {last: {a: "x".repeat(300_000)}, presets: {}}), false);
  kept.set("cf.run.inputs.q", "{");
  assert.deepEqual(remembered(storage, "q"), {last: null, presets: {}});
});
