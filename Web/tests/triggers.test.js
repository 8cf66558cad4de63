import assert from "node:assert/strict";
import {test} from "node:test";
import {fireWords, readInputs, readMapping, triggerWords, writeInputs, writeMapping} from "../model/triggers.js";

test("a mapping is read line by line, and an expression may compare", () => {
  const {inputs, wrong} = readMapping("title = trigger.body.title\n\n is_new = trigger.event == 'opened'  \n");
  assert.equal(wrong, null);
  assert.deepEqual(inputs, {title: "trigger.body.title", is_new: "trigger.event == 'opened'"});
});

test("a line that is no mapping is named", () => {
  assert.match(readMapping("a = 1\ntrigger.event == 'x'").wrong ?? "", /Line 2/);
});

test("a mapping is written as it is read", () => {
  const inputs = {a: "'x'", b: "trigger.body.b"};
  assert.deepEqual(readMapping(writeMapping(inputs)).inputs, inputs);
});

test("inputs are a JSON object or nothing", () => {
  assert.deepEqual(readInputs(" "), {inputs: {}, wrong: null});
  assert.deepEqual(readInputs('{"n": 1}').inputs, {n: 1});
  assert.match(readInputs("[1]").wrong ?? "", /object/);
  assert.match(readInputs("{").wrong ?? "", /no JSON/);
  assert.equal(writeInputs({}), "");
});

test("a fire is told on the clock of its zone", () => {
  assert.match(fireWords("2026-11-23T07:30:00Z", "Europe/Berlin"), /Mon,? 23 Nov 2026.*08:30/);
  assert.match(fireWords("2026-11-23T07:30:00Z", "Nowhere/Here"), /23 Nov 2026/);
});

test("a webhook says whether its calls are signed", () => {
  /** @param {object} more */
  const words = (more) => triggerWords(/** @type {Parameters<typeof triggerWords>[0]} */ ({kind: "webhook", preset: "generic", ...more}));
  assert.match(words({signed: true}), /^Generic, signed/);
  assert.equal(words({signed: false, if: "trigger.body.ok"}), "Generic, not signed, if trigger.body.ok");
});
