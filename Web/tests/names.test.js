import {test} from "node:test";
import assert from "node:assert/strict";
import {brief, itemsOf, memberPath, outputSchema, stepsBefore, typeOfSchema, variableOf, variablesAt} from "../model/variables.js";
import {nearest, referencesIn, unknownNames} from "../model/names.js";
import {contextAt, fitting} from "../parts/editor/completion-context.js";

const schema = {$defs: {step: {allOf: [
  {if: {properties: {type: {const: "prompt"}}}, then: {properties: {with: {"x-result": {type: "object", properties: {text: {type: "string"}, json: {description: "The answer as a value."}}}}}}},
  {if: {properties: {type: {const: "code"}}}, then: {properties: {with: {"x-result": {type: "object", properties: {result: {}, stdout: {type: "string"}}}}}}},
]}}};
const document = {
  inputs: {repo: {type: "string"}, "pull-request": {type: "integer"}},
  steps: [
    {id: "split", type: "code"},
    {id: "my-step", type: "prompt", with: {schema: {type: "object", properties: {risk: {enum: ["low", "high"]}}}}},
    {id: "named", type: "code", outputs: {total: "result.result"}},
    {id: "last", type: "prompt"},
    {id: "after", type: "code"},
  ],
};
const lastRun = {inputs: {repo: "platform/webhooks"}, steps: {split: {status: "succeeded", output: {result: {files: [1, 2]}, stdout: ""}}}};
const roots = variablesAt({document, stepId: "last", schema, lastRun, secrets: ["TOKEN"], variables: ["REGION"]});

test("a step may name inputs, and the outputs of the steps above it with their types", () => {
  assert.equal(variableOf(roots, "inputs.repo")?.type, "string");
  assert.equal(variableOf(roots, "steps.split.output.stdout")?.type, "string");
  assert.equal(variableOf(roots, 'steps["my-step"].output.json.risk')?.type, "low, high");
  assert.equal(variableOf(roots, "steps.after.output"), null);
});

test("a step below that is needed may be named, with what it needs", () => {
  const twisted = {steps: [{id: "a", needs: ["c"]}, {id: "b"}, {id: "c", needs: ["b"]}]};
  assert.deepEqual(stepsBefore(twisted, "a").map((step) => step.id), ["b", "c"]);
});

test("values of the last run stand beside names, and shapes that no schema tells come from them", () => {
  assert.equal(variableOf(roots, "inputs.repo")?.value, "platform/webhooks");
  assert.equal(variableOf(roots, "steps.split.output.result.files")?.type, "list");
  assert.equal(brief([1, 2]), "2 elements");
  assert.equal(brief("a\nb"), "a b");
  assert.equal(brief("x".repeat(50)).length, 40);
});

test("a step's own outputs take the place of the result", () => {
  assert.deepEqual(Object.keys(outputSchema(/** @type {any} */ (document.steps[2]), schema)?.properties ?? {}), ["total"]);
});

test("an answer has a value only where the prompt has a schema", () => {
  assert.equal(variableOf(roots, 'steps["my-step"].output.json')?.type, "object");
  const after = variablesAt({document, stepId: "after", schema, lastRun: null});
  assert.equal(variableOf(after, "steps.last.output.json"), null);
});

test("secrets are offered only where they may stand", () => {
  assert.equal(variableOf(roots, "secrets.TOKEN"), null);
  assert.ok(variableOf(variablesAt({document, stepId: "last", schema, lastRun, secrets: ["TOKEN"], mayUseSecrets: true}), "secrets.TOKEN"));
});

test("names that mean something here alone are offered first", () => {
  const items = itemsOf(variablesAt({document, stepId: "last", schema, lastRun, names: ["item", "index"]}));
  assert.deepEqual(items.slice(0, 3).map((item) => item.label), ["item", "index", "inputs.repo"]);
});

test("paths are written as CEL reads them", () => {
  assert.equal(memberPath("steps", "my-step"), 'steps["my-step"]');
  assert.equal(memberPath("inputs", "repo"), "inputs.repo");
  assert.equal(typeOfSchema({type: "array", items: {type: "string"}}), "list of string");
  assert.equal(typeOfSchema({anyOf: [{type: "integer"}, {type: "null"}]}), "integer or null");
});

test("references are found in tags alone, not in texts, remarks and raw blocks", () => {
  const text = 'inputs.a {{ inputs.b }} {# inputs.c #} {% raw %}{{ inputs.d }}{% endraw %} {% if steps["my-step"].output.json %}{{ "inputs.e" }}{% endif %}';
  assert.deepEqual(referencesIn(text, "template").map((each) => each.path), ["inputs.b", 'steps["my-step"].output.json']);
  assert.deepEqual(referencesIn("inputs.a + my.inputs.b", "cel").map((each) => each.path), ["inputs.a"]);
});

test("a name that leads nowhere is told with its place and the nearest that does", () => {
  const [found] = unknownNames(roots, "Hello\n🎉 {{ inputs.repp }}", "template");
  assert.deepEqual({line: found?.line, column: found?.column, length: found?.length}, {line: 2, column: 13, length: 4});
  assert.equal(found?.message, "`inputs.repp` is not defined");
  assert.deepEqual(found?.fixes, [{label: "Change to repo", replace: "repo"}]);
});

test("what is below a value of any shape is not judged", () => {
  assert.deepEqual(unknownNames(roots, "{{ steps.split.output.result.anything }} {{ vars.NOT_THERE }} {{ trigger.body }}", "template"), []);
  assert.equal(unknownNames(roots, "steps.split.output.reslt", "cel").length, 1);
  assert.equal(unknownNames(roots, "steps.splitt.output", "cel")[0]?.name, "splitt");
});

test("only near names are suggested", () => {
  assert.equal(nearest("dept", ["depth", "repo"]), "depth");
  assert.equal(nearest("banana", ["depth", "repo"]), null);
});

test("completion begins inside of braces and knows whether they are closed", () => {
  const text = "Use {{ inputs.re }} now";
  assert.deepEqual({...contextAt(text, 16, "template"), text: ""}, {place: "value", path: "inputs.re", from: 7, caret: 16, text: "", closed: true});
  assert.equal(contextAt(text, 2, "template"), null);
  assert.equal(contextAt(text, 20, "template"), null);
  assert.equal(contextAt("{{ st", 5, "template")?.closed, false);
  assert.equal(contextAt("{% for f in st", 14, "template")?.path, "st");
});

test("completion is silent in text literals, and knows keys in brackets", () => {
  assert.equal(contextAt('{{ "inp', 7, "template"), null);
  assert.equal(contextAt('steps["my-', 10, "cel")?.path, 'steps["my-');
  assert.equal(contextAt("a + b.c", 7, "cel")?.path, "b.c");
  assert.equal(contextAt("print(inputs", 12, "python"), null);
});

test("what fits is what begins so, then what holds it, then the last word of a path", () => {
  const items = ["inputs.repo", "steps.split.output.files", "steps.file.output"].map((label) => ({label}));
  assert.deepEqual(fitting(items, "steps").map((item) => item.label), ["steps.split.output.files", "steps.file.output"]);
  assert.deepEqual(fitting(items, "file").map((item) => item.label), ["steps.split.output.files", "steps.file.output"]);
  assert.deepEqual(fitting(items, "nothing"), []);
});
