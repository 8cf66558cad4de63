import assert from "node:assert";
import {test} from "node:test";
import * as commands from "../model/commands.js";
import {sameValue, stepById, stepsOf} from "../model/document.js";
import {EditorModel} from "../model/editor-model.js";
import {anyPipeline, luck, review} from "./editing-samples.js";

/** Some command that may be done to the document. @param {EditorModel} model @param {ReturnType<typeof luck>} random */
function anyCommand(model, random) {
  const document = model.document.peek();
  const ids = stepsOf(document).map((step) => step.id);
  const id = ids.length > 0 ? random.of(ids) : null;
  if (id === null) return commands.addStep(document, "prompt");
  switch (random.below(8)) {
    case 0: return commands.addStep(document, "code", {after: id, place: {x: 8, y: 8}});
    case 1: return commands.removeSteps([id]);
    case 2: return commands.connect(id, random.of(ids));
    case 3: return commands.renameStep(id, `n${random.below(1000)}`);
    case 4: return commands.setStepField(id, ["with", "input"], String(random.below(9)));
    case 5: return commands.moveInOrder(id, random.below(2) === 0 ? 1 : -1);
    case 6: return commands.placeSteps({[id]: {x: random.below(99) * 8, y: 0}});
    default: return commands.disconnect(random.of(ids), id);
  }
}

test("undoing everything gives the first document, redoing everything the last", () => {
  const random = luck(2);
  for (let round = 0; round < 60; round += 1) {
    const first = anyPipeline(random, 2 + random.below(10));
    const model = new EditorModel(first);
    for (let step = 0; step < 30; step += 1) model.apply(anyCommand(model, random));
    const last = [model.document.peek(), model.places.peek()];
    while (model.canUndo.value) model.undo();
    assert.strictEqual(model.document.peek(), first);
    assert.deepStrictEqual(model.places.peek(), {});
    while (model.canRedo.value) model.redo();
    assert.deepStrictEqual([model.document.peek(), model.places.peek()], last);
  }
});

test("undo takes back only what the command did where somebody else changed the draft", () => {
  const model = new EditorModel(review);
  model.apply(commands.setStepField("fetch", ["with", "url"], "mine"));
  const theirs = commands.setStepField("quick", ["with", "prompt"], "theirs").change({document: model.document.peek(), places: {}}).document;
  model.replace(/** @type {typeof review} */ (theirs));
  model.undo();
  assert.strictEqual(stepById(model.document.peek(), "fetch")?.with?.url, "https://example.org/{{ inputs.repo }}");
  assert.strictEqual(stepById(model.document.peek(), "quick")?.with?.prompt, "theirs");
});

test("a step removed here comes back by undo beside what others added", () => {
  const model = new EditorModel(review);
  model.apply(commands.removeSteps(["quick"]));
  const document = model.document.peek();
  model.replace(commands.addStep(document, "file").change({document, places: {}}).document ?? document);
  model.undo();
  const ids = stepsOf(model.document.peek()).map((step) => step.id);
  assert.deepStrictEqual(ids, ["fetch", "split", "lint", "gate", "deep", "quick", "merge", "file"]);
  assert.ok(sameValue(stepById(model.document.peek(), "gate"), stepById(review, "gate")));
});

test("letters typed into one field are one entry, and a command between ends it", () => {
  const model = new EditorModel(review);
  for (const text of ["a", "ab", "abc"]) model.apply(commands.setStepField("quick", ["with", "prompt"], text));
  model.apply(commands.setStepField("quick", ["with", "model"], "x"));
  model.apply(commands.setStepField("quick", ["with", "prompt"], "abcd"));
  model.undo();
  assert.strictEqual(stepById(model.document.peek(), "quick")?.with?.prompt, "abc");
  model.undo();
  model.undo();
  assert.strictEqual(model.document.peek(), review);
  assert.strictEqual(model.canUndo.value, false);
});

test("a new command forgets what was undone", () => {
  const model = new EditorModel(review);
  model.apply(commands.removeSteps(["quick"]));
  model.undo();
  model.apply(commands.removeSteps(["deep"]));
  assert.strictEqual(model.canRedo.value, false);
});

test("a refused command changes nothing and says why", () => {
  const model = new EditorModel(review);
  assert.deepStrictEqual(model.apply(commands.connect("merge", "merge")), {applied: false, refusal: "A step cannot run after itself"});
  assert.strictEqual(model.document.peek(), review);
  assert.strictEqual(model.canUndo.value, false);
});

test("a reader changes nothing", () => {
  const model = new EditorModel(review);
  model.readOnlyReason.value = "You may view this pipeline, not change it";
  assert.strictEqual(model.apply(commands.removeSteps(["quick"])).applied, false);
  assert.strictEqual(model.document.peek(), review);
});

test("undo of an edit as YAML brings the text back that was there", () => {
  const model = new EditorModel(review);
  model.text.value = "old text";
  model.adopt({...review, title: "New"}, "new text");
  model.undo();
  assert.strictEqual(model.text.peek(), "old text");
  model.redo();
  assert.strictEqual(model.text.peek(), "new text");
});
