import assert from "node:assert";
import {test} from "node:test";
import {referencesIn, renameReferences} from "../model/references.js";

/** @param {string} text @param {"expression" | "template"} kind */
const ids = (text, kind) => referencesIn(text, kind).map(({id}) => id);

test("an expression names steps by selection and by brackets, also optionally", () => {
  assert.deepStrictEqual(ids('steps.a.output + steps["my-step"].output + steps.?b.output + previous.c.output', "expression"), ["a", "my-step", "b", "c"]);
});

test("text literals, comments and members of other things name no step", () => {
  assert.deepStrictEqual(ids("'steps.a' + r\"steps.b\\\" + inputs.steps.c // steps.d", "expression"), []);
  assert.deepStrictEqual(ids('"""steps.a " steps.b""" + steps.e', "expression"), ["e"]);
});

test("a template names steps only inside its marks", () => {
  const text = "steps.no {{ steps.a.output }} {% if steps.b.output == '}}' %}x{% endif %}{# steps.c #}{% raw %}{{ steps.d }}{% endraw %}{{ {\"k\": {\"n\": steps.e}} }}";
  assert.deepStrictEqual(ids(text, "template"), ["a", "b", "e"]);
});

test("renaming leaves the rest of a text alone", () => {
  const text = "{{ steps . a.output }} steps.a {{ 'steps.a' }} {{ steps.ab.x }}{{ steps['a'].x }}";
  assert.strictEqual(renameReferences(text, "template", (id) => id === "a" ? "plan" : null), "{{ steps . plan.output }} steps.a {{ 'steps.a' }} {{ steps.ab.x }}{{ steps['plan'].x }}");
});

test("a name with a dash is written in brackets", () => {
  assert.strictEqual(renameReferences("steps.a.output + steps.?a.x", "expression", () => "my-step"), 'steps["my-step"].output + steps[?"my-step"].x');
});
