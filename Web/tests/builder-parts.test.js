import assert from "node:assert";
import {test} from "node:test";
import {stepById} from "../model/document.js";
import {newStep, stepKinds} from "../model/new-step.js";
import {inputsSummary, summaryOf} from "../model/step-summary.js";
import {marksOf} from "../pages/builder/canvas/marks.js";
import {lastRunOf} from "../pages/builder/draft/last-run.js";
import {pathParts, resolved} from "../pages/builder/draft/merge.js";
import {problemsOf} from "../pages/builder/draft/problems.js";
import {ROW, rowsInSight} from "../pages/builder/list/window.js";
import {review} from "./editing-samples.js";

const schema = {$defs: {step: {properties: {type: {enum: ["prompt", "approval"]}}, allOf: [
  {if: {properties: {type: {const: "prompt"}}}, then: {properties: {with: {description: "Asks a model."}}}},
  {if: {properties: {type: {const: "approval"}}}, then: {properties: {with: {description: "Waits for a person.", required: ["message", "mode"], properties: {message: {type: "string"}, mode: {enum: ["one", "all"]}}}}}},
]}}};

test("kinds of steps are those of the schema, also ones that are not known here", () => {
  assert.deepStrictEqual(stepKinds(schema), [
    {type: "prompt", title: "Prompt", description: "Asks a model"}, {type: "approval", title: "Approval", description: "Waits for a person"},
  ]);
  assert.deepStrictEqual(stepKinds(null), []);
  assert.deepStrictEqual(newStep("approval", new Set(["approval"]), schema), {id: "approval_2", type: "approval", with: {message: "", mode: "one"}});
});

test("the second line of a card says what a step does", () => {
  const line = (/** @type {string} */ type, /** @type {Record<string, unknown>} */ fields, more = {}) => summaryOf({id: "a", type, with: fields, ...more});
  assert.strictEqual(line("prompt", {model: "local/small"}), "local/small");
  assert.strictEqual(line("code", {language: "python"}, {timeout: "60s"}), "Python, 60s limit");
  assert.strictEqual(line("api", {url: "https://git.example/repos/{{ inputs.repo }}/pulls"}), "GET /repos/{repo}/pulls");
  assert.strictEqual(line("file", {operation: "write", path: 'out/{{ steps["my-step"].output.name }}.md'}), "write out/{name}.md");
  assert.strictEqual(line("condition", {cases: [{}, {}]}), "2 cases");
  assert.strictEqual(line("transform", {ops: [{convert: {from: "json", to: "csv"}}, {take: 3}]}), "json → csv, take");
  assert.strictEqual(line("transform", {}), "Not set up yet");
  assert.strictEqual(summaryOf(/** @type {any} */ ({id: "a", type: "later", with: "?"})), "Not set up yet");
  assert.strictEqual(inputsSummary(review), "repo");
});

test("problems find their step by its place and keep it by its id", () => {
  const problems = problemsOf(/** @type {any} */ ([{path: "steps[4].with.prompt", severity: "error", message: "no"}, {path: "steps[4]", severity: "warning", message: "hm"}, {path: "name", severity: "error", message: "x"}]), review);
  assert.deepStrictEqual(problems.map(({step}) => step), ["deep", "deep", null]);
  assert.deepStrictEqual(marksOf(problems).get("deep"), {errors: 1, warnings: 1, text: "1 error, 1 warning: no"});
});

test("a path is read in its parts", () => {
  assert.deepStrictEqual(pathParts('steps[4].with.cases[0]["a.b"].then'), ["steps", 4, "with", "cases", 0, "a.b", "then"]);
  assert.deepStrictEqual(pathParts(""), []);
});

test("a decision takes fields, whole steps and removals from the other side", () => {
  const [, ...without] = review.steps ?? [];
  const conflict = {merged: review, current: {...review, steps: without}, etag: '"2"', sent: review, items: [
    {kind: "changed", step: "quick", path: "with.prompt", mine: "a", theirs: "b", message: ""},
    {kind: "removed", step: "fetch", path: "", mine: {}, theirs: null, message: ""},
    {kind: "changed", step: null, path: "title", mine: "Mine", theirs: "Theirs", message: ""},
  ]};
  assert.strictEqual(resolved(conflict, new Set()), review);
  const decided = resolved(conflict, new Set([0, 1, 2]));
  assert.deepStrictEqual([stepById(decided, "quick")?.with?.prompt, stepById(decided, "fetch"), decided.title], ["b", null, "Theirs"]);
});

test("of a long list only the rows in sight are drawn, and all of the height is kept", () => {
  assert.deepStrictEqual(rowsInSight(100, {top: 0, height: 500}), {from: 0, to: 100, above: 0, below: 0});
  const {from, to, above, below} = rowsInSight(1000, {top: 20_000, height: 800});
  assert.ok(from * ROW <= 20_000 && to * ROW >= 20_800 && to - from < 80);
  assert.strictEqual(above + below + (to - from) * ROW, 1000 * ROW);
});

test("values of the last run are those of steps, not of their items, and absent where there were none", () => {
  const run = /** @type {any} */ ({id: "run_1", number: 3, status: "failed", created_at: "now", inputs: {a: 1}, steps: [
    {id: "plan", path: "plan", status: "succeeded", output: null, handled: false, error: null},
    {id: "write", path: "write[0]", status: "succeeded", output: 1, handled: false, error: null},
    {id: "check", path: "check", status: "failed", output: null, handled: false, error: {code: "timeout", message: "late"}},
  ]});
  const last = lastRunOf(run);
  assert.deepStrictEqual([Object.keys(last?.steps ?? {}), last?.steps.plan?.output, last?.steps.check?.output], [["plan", "check"], null, undefined]);
  assert.strictEqual(lastRunOf(/** @type {any} */ ({id: "run_2"})), null);
});
