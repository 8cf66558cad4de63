import assert from "node:assert";
import {test} from "node:test";
import {FactoryError} from "../app/api.js";
import {signal} from "../dom/signal.js";
import {removeSteps, setStepField} from "../model/commands.js";
import {stepById} from "../model/document.js";
import {EditorModel} from "../model/editor-model.js";
import {Autosave} from "../pages/builder/draft/autosave.js";
import {review} from "./editing-samples.js";

/** @typedef {import("../model/document.js").PipelineDocument} PipelineDocument */

/** A server that answers what it is told, in order; without more it saves. @param {((body: any, etag: string) => any)[]} answers */
function draft(answers = []) {
  const model = new EditorModel(review);
  /** @type {{body: any, etag: string}[]} */
  const sent = [];
  /** @type {unknown[]} */
  const kept = [];
  let revision = 1;
  const api = {
    /** @param {{ifMatch: string, body: any}} given */
    async replacePipeline({ifMatch, body}) {
      sent.push({body, etag: ifMatch});
      const answer = answers.shift();
      if (answer) return answer(body, ifMatch);
      revision += 1;
      return {status: 200, etag: `"${revision}"`, data: {document: typeof body === "string" ? JSON.parse(body) : body}};
    },
    async getPipeline() {
      return {status: 200, etag: '"9"', data: {document: {...review, title: "Theirs"}}};
    },
  };
  const backup = {keep: (/** @type {unknown} */ value) => kept.push(value), clear: () => kept.splice(0), read: () => null};
  const autosave = new Autosave(/** @type {any} */ (api), "pl_1", model, {document: review, etag: '"1"'}, /** @type {any} */ (backup));
  autosave.begin(signal(true));
  return {model, autosave, sent, kept, end: () => autosave.end()};
}

/** @param {string} prompt */
const edit = (prompt) => setStepField("quick", ["with", "prompt"], prompt);
/** @param {EditorModel} model */
const promptOf = (model) => stepById(model.document.peek(), "quick")?.with?.prompt;
/** @param {number} status @param {object} problem */
const refusal = (status, problem) => new (/** @type {any} */ (FactoryError))(status, problem, null);
const offline = () => { throw new TypeError("fetch failed"); };

test("a change is sent with the revision it was made on, once", async () => {
  const {model, autosave, sent, end} = draft();
  model.apply(edit("a"));
  assert.deepStrictEqual(model.saving.peek(), {state: "pending"});
  assert.ok(await model.flush());
  assert.ok(await model.flush());
  assert.deepStrictEqual(sent, [{body: model.document.peek(), etag: '"1"'}]);
  assert.deepStrictEqual([model.saving.peek(), autosave.etag], [{state: "saved"}, '"2"']);
  end();
});

test("what is typed while a save is on its way is saved after it", async () => {
  const {model, sent, end} = draft([(body) => {
    model.apply(edit("later"));
    return {status: 200, etag: '"2"', data: {document: body}};
  }]);
  model.apply(edit("first"));
  assert.ok(await model.flush());
  assert.deepStrictEqual(sent.map(({etag}) => etag), ['"1"', '"2"']);
  assert.strictEqual(promptOf(model), "later");
  end();
});

test("what the server merged is shown, with what was typed meanwhile", async () => {
  const {model, end} = draft([(body) => {
    model.apply(setStepField("deep", ["with", "prompt"], "typed"));
    return {status: 200, etag: '"5"', data: {document: {...body, title: "Theirs"}, merged: {base: 1, with: 4}}};
  }]);
  model.apply(edit("mine"));
  assert.ok(await model.flush());
  assert.strictEqual(model.document.peek().title, "Theirs");
  assert.deepStrictEqual([promptOf(model), stepById(model.document.peek(), "deep")?.with?.prompt], ["mine", "typed"]);
  end();
});

/** @param {PipelineDocument} merged @param {unknown[]} conflicts */
const stale = (merged, conflicts) => () => {
  throw refusal(412, ({code: "precondition_failed", etag: '"7"', current: {document: {...review, title: "Theirs"}}, base: {document: review}, merge: {clean: conflicts.length === 0, document: merged, conflicts}}));
};

test("a merge that is no valid document yet is kept by sending it with the new tag", async () => {
  const merged = {...review, title: "Both"};
  const {model, sent, end} = draft([stale(merged, [])]);
  model.apply(edit("mine"));
  assert.ok(await model.flush());
  assert.deepStrictEqual(sent[1], {body: merged, etag: '"7"'});
  end();
});

test("a conflict waits for a person, and the choice is saved with what came after", async () => {
  const merged = /** @type {PipelineDocument} */ (edit("mine").change({document: review, places: {}}).document);
  const {model, autosave, sent, kept, end} = draft([stale(merged, [{kind: "changed", step: "quick", path: "with.prompt", base: "Look at it", mine: "mine", theirs: "theirs", message: ""}])]);
  model.apply(edit("mine"));
  assert.strictEqual(await model.flush(), false);
  assert.deepStrictEqual([model.saving.peek(), sent.length, kept.length], [{state: "conflict"}, 1, 1]);
  model.apply(setStepField("deep", ["with", "prompt"], "after"));
  assert.ok(await autosave.settle(new Set([0])));
  assert.deepStrictEqual([promptOf(model), stepById(model.document.peek(), "deep")?.with?.prompt], ["theirs", "after"]);
  assert.strictEqual(sent[1]?.etag, '"7"');
  assert.deepStrictEqual([model.saving.peek(), kept.length], [{state: "saved"}, 0]);
  end();
});

test("without the server changes are kept and said to be unsaved, and saved when it is back", async () => {
  const {model, kept, sent, end} = draft([offline]);
  model.apply(removeSteps(["quick"]));
  assert.strictEqual(await model.flush(), false);
  assert.deepStrictEqual([model.saving.peek().state, kept.length], ["failed", 1]);
  assert.ok(await model.flush());
  assert.deepStrictEqual([model.saving.peek().state, kept.length, sent.length], ["saved", 0, 2]);
  end();
});

test("a draft that others saved is shown; one with changes of ours is brought together by saving", async () => {
  const idle = draft();
  assert.ok(await idle.autosave.heard(9));
  assert.deepStrictEqual([idle.model.document.peek().title, idle.sent.length], ["Theirs", 0]);
  assert.strictEqual(await idle.autosave.heard(9), false);
  idle.end();
  const busy = draft();
  busy.model.apply(edit("mine"));
  await busy.autosave.heard(9);
  assert.strictEqual(busy.sent.length, 1);
  busy.end();
});

test("a text is saved as it was typed, and is one entry to undo that brings the old text back", async () => {
  const {model, autosave, sent, end} = draft();
  model.text.value = JSON.stringify(review);
  const typed = JSON.stringify({...review, title: "Typed"});
  assert.deepStrictEqual(await autosave.saveText(typed, '"1"'), {saved: true});
  assert.strictEqual(model.document.peek().title, "Typed");
  model.undo();
  assert.ok(await model.flush());
  assert.deepStrictEqual(sent.map(({body}) => body), [typed, JSON.stringify(review)]);
  end();
});

test("a text that the server cannot read changes nothing", async () => {
  const {model, autosave, end} = draft([() => { throw refusal(422, ({code: "invalid_document", errors: [{path: "", code: "syntax", message: "no", line: 3, column: 1}]})); }]);
  const answer = await autosave.saveText("steps: [", '"1"');
  assert.ok(!answer.saved && answer.error instanceof FactoryError);
  assert.strictEqual(model.document.peek(), review);
  end();
});

test("what others are heard to have saved while a text is on its way may be that text", async () => {
  const {model, autosave, end} = draft([async (body) => {
    await Promise.resolve();
    return {status: 200, etag: '"9"', data: {document: JSON.parse(body)}};
  }]);
  const saving = autosave.saveText(JSON.stringify({...review, title: "Typed"}), '"1"');
  await Promise.resolve();
  await Promise.resolve();
  const heard = autosave.heard(9);
  await saving;
  assert.strictEqual(await heard, false);
  assert.strictEqual(model.document.peek().title, "Typed");
  end();
});
