import {test} from "node:test";
import assert from "node:assert/strict";
import {partsOf, placed, placeInText, textOfPath} from "../model/problem-places.js";
import {fixesOf} from "../model/problem-fixes.js";

const document = {
  inputs: {depth: {type: "string"}},
  steps: [
    {id: "tidy", type: "transform", with: {ops: [{map: 'item + inputs.dept + "dept"'}]}},
    {id: "ask", type: "prompt", if: "inputs.depth", needs: ["tdy"], with: {modle: "x", prompt: "Depth: {{ inputs.dept }}\n{{ steps.tidy.output.reslt }}"}},
  ],
};

/** @param {Partial<import("../model/problem-places.js").Entry>} entry */
const fixed = (entry) => {
  const problem = placed({path: "", code: "", severity: "error", message: "", ...entry}, document);
  const [fix] = fixesOf(problem, document);
  return fix ? {label: fix.label, document: /** @type {any} */ (fix.command.change({document, places: {}}).document)} : null;
};

test("a path is read in parts, and written again", () => {
  const text = 'steps[2].with.headers["X-Id"].a[0]';
  assert.deepEqual(partsOf(text), ["steps", 2, "with", "headers", "X-Id", "a", 0]);
  assert.equal(textOfPath(["steps", 2, "with", "a b"]), 'steps[2].with["a b"]');
});

test("a problem knows its step, by index, and by id where that was told", () => {
  assert.equal(placed({path: "steps[1].with.prompt", code: "", severity: "error", message: ""}, document).step, "ask");
  const told = placed(/** @type {any} */ ({path: "steps[0].with.prompt", code: "", severity: "error", message: "", step: "ask"}), document);
  assert.deepEqual(told.path, ["steps", 1, "with", "prompt"]);
  assert.equal(placed({path: "outputs.a", code: "", severity: "error", message: ""}, document).step, null);
});

test("the name that a message is about is found in the field's text", () => {
  const entry = {path: "", code: "unknown_name", severity: /** @type {const} */ ("error"), message: "unknown input `dept`"};
  assert.deepEqual(placeInText(entry, "Depth\n{{ inputs.dept }}", "template"), {from: 16, to: 20, length: 4, line: 2, column: 11});
  assert.equal(placeInText(entry, "{{ inputs.other }}", "template"), null);
});

test("an unknown input is changed where it is named, and nowhere else", () => {
  const change = fixed({path: "steps[0].with.ops[0].map", code: "unknown_name", message: "unknown input `dept`", hint: "did you mean `depth`?"});
  assert.equal(change?.label, "Change to depth");
  assert.equal(change?.document.steps[0].with.ops[0].map, 'item + inputs.depth + "dept"');
});

test("a hint that writes the whole reference takes the place of the whole", () => {
  const change = fixed({path: "steps[1].with.prompt", code: "unknown_output", message: "step `tidy` gives no `reslt`", hint: "did you mean `steps.tidy.output.result`?"});
  assert.equal(change?.document.steps[1].with.prompt, "Depth: {{ inputs.dept }}\n{{ steps.tidy.output.result }}");
});

test("an unknown key gets the name that was meant, and stays where it was", () => {
  const change = fixed({path: "steps[1].with.modle", code: "unknown_key", message: "unknown key `modle` in a prompt step's `with`", hint: "did you mean `model`?"});
  assert.deepEqual(Object.keys(change?.document.steps[1].with), ["model", "prompt"]);
});

test("a text that has to be a bool is compared as the hint says", () => {
  const change = fixed({path: "steps[1].if", code: "type_mismatch", message: "`if` must be a bool, not a string", hint: 'compare it, such as inputs.depth != ""'});
  assert.equal(change?.document.steps[1].if, 'inputs.depth != ""');
});

test("a need that is not there can be changed or removed", () => {
  const change = fixed({path: "steps[1].needs[0]", code: "unknown_step", message: "unknown step `tdy` in `needs`", hint: "did you mean `tidy`?"});
  assert.deepEqual(change?.document.steps[1].needs, ["tidy"]);
});

test("what nobody knows to mend has no fix", () => {
  assert.equal(fixed({path: "steps[1].with.prompt", code: "invalid_template", message: "{{ is not closed with }}"}), null);
});
