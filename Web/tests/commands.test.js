import assert from "node:assert";
import {test} from "node:test";
import * as commands from "../model/commands.js";
import {stepById, stepsOf} from "../model/document.js";
import {graphOf} from "../model/graph.js";
import {structureOf} from "../model/structure.js";
import {anyPipeline, luck, review} from "./editing-samples.js";

/** @typedef {import("../model/document.js").PipelineDocument} PipelineDocument */

/** @param {PipelineDocument} document @param {commands.Command} command */
const after = (document, command) => ({document, places: {}, ...command.change({document, places: {}})}).document;
/** @param {PipelineDocument} document */
const structure = (document) => Object.fromEntries([...structureOf(document)].map(([id, needs]) => [id, [...needs].sort()]));
/** @param {string[]} ids @returns {PipelineDocument} */
const line = (...ids) => ({steps: ids.map((id) => ({id, type: "transform"}))});

test("a step added after the last one needs no writing", () => {
  const document = after(line("a", "b"), commands.addStep(line("a", "b"), "prompt", {after: "b"}));
  assert.deepStrictEqual(structure(document), {a: [], b: ["a"], prompt: ["b"]});
  assert.strictEqual(stepById(document, "prompt")?.needs, undefined);
});

test("a step added in the middle leaves the others as they are", () => {
  const before = line("a", "b", "c");
  const document = after(before, commands.addStep(before, "code", {after: "a"}));
  assert.deepStrictEqual(structure(document), {a: [], b: ["a"], c: ["b"], code: ["a"]});
  assert.deepStrictEqual(stepsOf(document).slice(0, 3), stepsOf(before));
});

test("steps added after a condition go into its branches, one after the other", () => {
  const gate = {steps: [{id: "gate", type: "condition", with: {if: "true"}}]};
  const one = after(gate, commands.addStep(gate, "code", {after: "gate"}));
  const two = after(one, commands.addStep(one, "file", {after: "gate"}));
  const three = after(two, commands.addStep(two, "api", {after: "gate"}));
  assert.deepStrictEqual(stepById(three, "gate")?.with, {if: "true", then: ["code"], else: ["file"]});
  assert.deepStrictEqual(structure(three), {gate: [], code: ["gate"], file: ["gate"], api: ["gate"]});
  assert.strictEqual(stepById(three, "code")?.needs, undefined);
});

test("a step put between two takes the connection over, without writing needs in a straight line", () => {
  const before = line("a", "b", "c");
  const document = after(before, commands.insertStep(before, "code", {from: "a", to: "b"}));
  assert.deepStrictEqual(structure(document), {a: [], code: ["a"], b: ["code"], c: ["b"]});
  assert.ok(stepsOf(document).every((step) => step.needs === undefined));
});

test("a step put into a branch belongs to the branch", () => {
  const document = after(review, commands.insertStep(review, "code", {from: "gate", to: "quick"}));
  assert.deepStrictEqual(stepById(document, "gate")?.with?.else, ["code", "quick"]);
  assert.deepStrictEqual(structure(document).quick, ["code"]);
});

test("what ran after a removed step runs after what it ran after", () => {
  assert.deepStrictEqual(structure(after(review, commands.removeSteps(["split"]))).lint, ["fetch"]);
  const both = after(review, commands.removeSteps(["gate", "split"]));
  assert.deepStrictEqual(structure(both).quick, ["fetch"]);
});

test("a removed step leaves the branches that named it", () => {
  const document = after(review, commands.removeSteps(["quick"]));
  assert.ok(!Object.hasOwn(stepById(document, "gate")?.with ?? {}, "else"));
});

test("a connection that makes a loop is refused with the way round", () => {
  assert.throws(() => after(review, commands.connect("merge", "split")), /loop: split → gate → quick → merge → split|loop: split → .* → split/);
  assert.throws(() => after(review, commands.connect("merge", "merge")), commands.Refusal);
});

test("a connection from a condition goes into the chosen branch", () => {
  const before = {steps: [{id: "gate", type: "condition", with: {if: "true", then: "end"}}, {id: "a", type: "transform", needs: []}]};
  const document = after(before, commands.connect("gate", "a", "then"));
  assert.deepStrictEqual(stepById(document, "gate")?.with?.then, ["a"]);
  assert.deepStrictEqual(structure(document).a, ["gate"]);
});

test("a connection that comes of a text is not taken away under it", () => {
  assert.throws(() => after(review, commands.disconnect("fetch", "split")), /uses fetch in with.input/);
});

test("connecting and disconnecting change no other connection", () => {
  const random = luck(3);
  for (let round = 0; round < 300; round += 1) {
    const document = anyPipeline(random, 3 + random.below(15));
    const [from, to] = [random.of(stepsOf(document)).id, random.of(stepsOf(document)).id];
    const before = structure(document);
    try {
      const connected = after(document, commands.connect(from, to));
      assert.deepStrictEqual(structure(connected), {...before, [to]: [...before[to] ?? [], from].sort()});
      const again = after(connected, commands.disconnect(from, to));
      assert.deepStrictEqual(structure(again)[to]?.includes(from), false);
    } catch (error) {
      if (!(error instanceof commands.Refusal)) throw error;
    }
  }
});

test("removing steps leaves everything after what was before it", () => {
  const random = luck(11);
  for (let round = 0; round < 200; round += 1) {
    const document = anyPipeline(random, 3 + random.below(15));
    const gone = random.of(stepsOf(document)).id;
    const left = after(document, commands.removeSteps([gone]));
    assert.ok(!stepsOf(left).some((step) => step.id === gone));
    for (const [id, needs] of Object.entries(structure(left))) {
      for (const need of structure(document)[id] ?? []) assert.ok(need === gone || needs.includes(need), `${id} lost ${need}`);
    }
  }
});

test("a renamed step keeps its connections and every text that named it", () => {
  const random = luck(5);
  for (let round = 0; round < 200; round += 1) {
    const document = anyPipeline(random, 2 + random.below(15));
    const old = random.of(stepsOf(document)).id;
    const there = after(document, commands.renameStep(old, "my-new"));
    assert.ok(!JSON.stringify(there).includes(`"${old}"`) && !JSON.stringify(there).includes(`steps.${old}.`));
    assert.deepStrictEqual(
      graphOf(there).edges.map(({from, to, source}) => [from, to, source]),
      graphOf(document).edges.map(({from, to, source}) => [from === old ? "my-new" : from, to === old ? "my-new" : to, source]),
    );
    const back = after(there, commands.renameStep("my-new", old));
    assert.deepStrictEqual(structure(back), structure(document));
  }
});

test("renaming reaches outputs, branches and brackets, and leaves code alone", () => {
  let document = after(review, commands.renameStep("merge", "joined"));
  assert.deepStrictEqual(document.outputs, {text: "steps.joined.output.result"});
  document = after(document, commands.renameStep("deep", "deep-review"));
  assert.deepStrictEqual(stepById(document, "gate")?.with?.then, ["deep-review"]);
  assert.match(JSON.stringify(stepById(document, "joined")), /steps\[\\"deep-review\\"\]/);
  document = after(document, commands.renameStep("fetch", "got"));
  assert.strictEqual(stepById(document, "lint")?.with?.code, "steps.fetch = 1");
});

test("ids that are taken, reserved or misspelt are refused", () => {
  for (const id of ["split", "end", "Split", "1st", ""]) assert.throws(() => after(review, commands.renameStep("fetch", id)), commands.Refusal);
});

test("a field is set and removed with the objects that this leaves empty", () => {
  const set = after(line("a"), commands.setStepField("a", ["retry", "max_attempts"], 3));
  assert.deepStrictEqual(stepById(set, "a"), {id: "a", type: "transform", retry: {max_attempts: 3}});
  assert.deepStrictEqual(stepById(after(set, commands.setStepField("a", ["retry", "max_attempts"], undefined)), "a"), {id: "a", type: "transform"});
});

test("a step moves in the order and runs after what then stands above it", () => {
  const document = after(line("a", "b", "c"), commands.moveInOrder("c", -1));
  assert.deepStrictEqual(structure(document), {a: [], c: ["a"], b: ["c"]});
});

test("an input is inserted once", () => {
  const document = after(review, commands.insertInput("depth", {type: "integer"}));
  assert.deepStrictEqual(Object.keys(document.inputs ?? {}), ["repo", "depth"]);
  assert.throws(() => after(document, commands.insertInput("depth")), commands.Refusal);
});
