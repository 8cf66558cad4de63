import {test} from "node:test";
import assert from "node:assert/strict";
import {commonForm, documentForm, fieldOf, formOf, resultSchema, stepForm, stepTypes} from "../model/schema-form.js";
import {chosenIn, excludedBy, groupsOf, stateOf} from "../model/form-rules.js";
import {beginningOf, freeName, measureOf, measureRefusal, movedIn, numberOf, sizeUnits, durationUnits, variantOf} from "../model/form-values.js";

/** The server's schema, shortened: the shapes that its fields have. */
const template = (/** @type {object} */ more) => ({type: "string", "x-kind": "template", ...more});
const schema = {
  properties: {version: {const: 1}, title: {type: "string", title: "Title", "x-kind": "static"}, changes: {enum: ["auto", "apply"], default: "auto", "x-kind": "static"}},
  required: ["version"],
  $defs: {
    retry: {type: "object", properties: {max_attempts: {type: "integer", minimum: 1, maximum: 100, default: 1}}, additionalProperties: false},
    step: {
      properties: {
        id: {type: "string"}, type: {enum: ["prompt", "file", "summon"]}, with: {type: "object"}, needs: {type: "array", items: {type: "string"}},
        timeout: {type: "string", format: "factory-duration", "x-minimum": "1ms", "x-maximum": "1000h"}, retry: {$ref: "#/$defs/retry", title: "Retry", description: "When it is repeated."},
        if: {type: ["string", "boolean"], "x-kind": "expression"},
      },
      required: ["id", "type"],
      allOf: [
        {if: {properties: {type: {const: "prompt"}}}, then: {properties: {timeout: {default: "10m"}, with: {
          properties: {
            model: {type: "string", "x-kind": "static", default: "default"}, prompt: template({title: "Prompt"}),
            messages: {type: "array", items: {type: "object", properties: {role: {enum: ["user"]}, content: template({})}, required: ["role", "content"]}},
            temperature: {anyOf: [{type: "number", minimum: 0, maximum: 2}, {type: "string", pattern: "[{][{%#]"}], "x-kind": "template", title: "Temperature"},
            stop: {anyOf: [template({}), {type: "array", items: template({}), maxItems: 16}]}, schema: {type: ["object", "boolean"], "x-kind": "static"},
          },
          allOf: [{oneOf: [{required: ["prompt"]}, {required: ["messages"]}]}], "x-result": {type: "object", properties: {text: {type: "string"}, json: {}}},
        }}}},
        {if: {properties: {type: {const: "file"}}}, then: {properties: {with: {
          properties: {
            operation: {enum: ["read", "write", "edit"]}, path: template({}), content: {"x-kind": "template"}, parse: {enum: ["text", "json"], default: "text"},
            edits: {type: "array", items: {type: "object", properties: {search: template({})}, required: ["search"]}}, format: {enum: ["whole", "json"]},
          },
          required: ["operation"],
          allOf: [
            {if: {properties: {operation: {enum: ["write"]}}, required: ["operation"]}, then: {required: ["content"]}},
            {if: {properties: {operation: {enum: ["edit"]}}, required: ["operation"]}, then: {oneOf: [{required: ["edits"]}, {required: ["content"]}]}},
            {if: {required: ["content"]}, then: {properties: {operation: {enum: ["write", "edit"]}}, required: ["operation"]}},
            {if: {required: ["parse"]}, then: {properties: {operation: {enum: ["read"]}}, required: ["operation"]}},
            {if: {required: ["edits"]}, then: {properties: {operation: {enum: ["edit"]}}, required: ["operation"]}},
            {if: {properties: {operation: {enum: ["edit"]}}, required: ["operation"]}, then: {properties: {format: {enum: ["whole"]}}}},
            {not: {required: ["edits", "content"]}}, {not: {required: ["edits", "format"]}},
          ],
        }}}},
        {if: {properties: {type: {const: "summon"}}}, then: {properties: {with: {
          properties: {json: {"x-kind": "template"}, form: {type: "object", additionalProperties: template({})}, text: template({}), limits: {type: "object", properties: {memory: {anyOf: [{type: "integer", minimum: 1}, {type: "string", pattern: "x"}], "x-minimum": "1MiB", "x-maximum": "4GiB"}}},
            spirit: {type: "object", properties: {old: {type: "string"}, flat: {type: "boolean"}}, minProperties: 1, maxProperties: 1}, secrets: {type: "array", items: {type: "string"}}, "later_field": {type: "boolean", default: false, title: "Later field"}},
          allOf: [{not: {required: ["json", "form"]}}, {not: {required: ["json", "text"]}}, {not: {required: ["form", "text"]}}],
        }}}},
      ],
    },
  },
};

/** @param {string} type @param {string} name */
const field = (type, name) => {
  const found = stepForm(schema, type)?.fields.find((each) => each.name === name);
  assert.ok(found, `${type} has no ${name}`);
  return found;
};

test("every step type of the schema has a form, also one that nobody here has heard of", () => {
  assert.deepEqual(stepTypes(schema), ["prompt", "file", "summon"]);
  assert.deepEqual(stepForm(schema, "summon")?.fields.map((each) => each.name), ["json", "form", "text", "limits", "spirit", "secrets", "later_field"]);
  assert.equal(field("summon", "later_field").control, "switch");
  assert.equal(field("summon", "later_field").label, "Later field");
  assert.equal(stepForm(schema, "unheard"), null);
});

test("a control follows from type, bounds and marks", () => {
  assert.equal(field("prompt", "model").control, "model");
  assert.equal(field("prompt", "prompt").control, "template");
  assert.equal(field("prompt", "stop").control, "union");
  assert.equal(field("prompt", "schema").control, "schema");
  assert.equal(field("file", "path").control, "path");
  assert.equal(field("file", "content").control, "value");
  assert.equal(field("summon", "form").control, "map");
  assert.equal(field("summon", "spirit").control, "variant");
  assert.equal(field("summon", "secrets").item?.control, "secret");
  assert.equal(field("summon", "limits").form?.fields[0]?.control, "size");
  assert.equal(commonForm(schema, "file")?.fields.find((each) => each.name === "if")?.control, "expression");
});

test("a number that may be a template keeps its bounds and says that it may", () => {
  const {control, minimum, maximum, integer, templated} = field("prompt", "temperature");
  assert.deepEqual({control, minimum, maximum, integer, templated}, {control: "number", minimum: 0, maximum: 2, integer: false, templated: true});
});

test("what a step type has by default is that of its own part of the schema", () => {
  const timeout = commonForm(schema, "prompt")?.fields.find((each) => each.name === "timeout");
  assert.equal(timeout?.default, "10m");
  assert.equal(timeout?.most, "1000h");
});

test("a reference is followed, and keeps its own title and description", () => {
  const retry = commonForm(schema, "file")?.fields.find((each) => each.name === "retry");
  assert.equal(retry?.help, "When it is repeated.");
  assert.equal(retry?.form?.fields[0]?.control, "number");
});

test("the document's own keys make a form too", () => {
  assert.deepEqual(documentForm(schema)?.fields.map((each) => each.control), ["value", "text", "choice"]);
});

test("the result of a step type is in the schema", () => {
  assert.deepEqual(Object.keys(resultSchema(schema, "prompt")?.properties ?? {}), ["text", "json"]);
});

test("one of two fields that have to be written is needed, the other is shown only by choice", () => {
  const {rules} = /** @type {import("../model/schema-form.js").Form} */ (stepForm(schema, "prompt"));
  assert.deepEqual(groupsOf(rules, {})[0]?.names, ["prompt", "messages"]);
  assert.deepEqual(stateOf(rules, "prompt", {}), {shown: true, required: true, choices: null});
  assert.equal(stateOf(rules, "messages", {prompt: "x"}).shown, false);
  assert.equal(chosenIn({names: ["prompt", "messages"], optional: false}, {messages: []}), "messages");
  assert.deepEqual(excludedBy(rules, "messages", {prompt: "x"}), ["prompt"]);
});

test("fields show where what they depend on has the value they need, and defaults count", () => {
  const {rules} = /** @type {import("../model/schema-form.js").Form} */ (stepForm(schema, "file"));
  assert.equal(stateOf(rules, "parse", {operation: "read"}).shown, true);
  assert.equal(stateOf(rules, "parse", {operation: "write"}).shown, false);
  assert.equal(stateOf(rules, "parse", {}, {operation: "read"}).shown, true);
  assert.equal(stateOf(rules, "content", {operation: "write"}).required, true);
  assert.deepEqual(stateOf(rules, "format", {operation: "edit"}).choices, ["whole"]);
});

test("a field that may not stand there is shown while it is written, so that it can be removed", () => {
  const {rules} = /** @type {import("../model/schema-form.js").Form} */ (stepForm(schema, "file"));
  assert.equal(stateOf(rules, "parse", {operation: "write", parse: "json"}).shown, true);
  assert.equal(stateOf(rules, "format", {operation: "edit", edits: []}).shown, false);
});

test("a choice that holds only for one operation is offered only there", () => {
  const {rules} = /** @type {import("../model/schema-form.js").Form} */ (stepForm(schema, "file"));
  assert.equal(groupsOf(rules, {operation: "write"}).length, 0);
  assert.deepEqual(groupsOf(rules, {operation: "edit"}).map((each) => each.names), [["edits", "content"]]);
});

test("three that exclude each other are one choice, with nothing among its answers", () => {
  const {rules} = /** @type {import("../model/schema-form.js").Form} */ (stepForm(schema, "summon"));
  assert.deepEqual(rules.groups, [{names: ["json", "form", "text"], when: null, optional: true}]);
  assert.equal(chosenIn({names: ["json", "form"], optional: true}, {}), null);
});

test("a field begins with what its control can show", () => {
  assert.deepEqual(beginningOf(field("prompt", "messages"), "Hello"), [{role: "user", content: "Hello"}]);
  assert.deepEqual(beginningOf(field("summon", "form")), {});
  assert.deepEqual(variantOf(field("summon", "spirit"), "flat"), {flat: true});
});

test("numbers are read with their bounds, and templates pass where they may", () => {
  const temperature = field("prompt", "temperature");
  assert.deepEqual(numberOf("0.5", temperature), {value: 0.5});
  assert.deepEqual(numberOf("0,5", temperature), {value: 0.5});
  assert.deepEqual(numberOf("", temperature), {value: undefined});
  assert.deepEqual(numberOf("3", temperature), {refusal: "It goes from 0 to 2"});
  assert.deepEqual(numberOf("{{ inputs.t }}", temperature), {value: "{{ inputs.t }}"});
  assert.deepEqual(numberOf("1.5", {...temperature, integer: true}), {refusal: "Write a whole number"});
});

test("durations and sizes are a number and a unit within bounds", () => {
  assert.deepEqual(measureOf("30s", durationUnits), {count: "30", unit: "s"});
  assert.deepEqual(measureOf(512, sizeUnits), {count: "512", unit: "B"});
  assert.equal(measureOf("soon", durationUnits), null);
  const timeout = fieldOf("timeout", schema.$defs.step.properties.timeout, schema);
  assert.equal(measureRefusal("30s", durationUnits, timeout), null);
  assert.equal(measureRefusal("0ms", durationUnits, timeout), "It goes from 1ms to 1000h");
  assert.equal(measureRefusal("soon", durationUnits, timeout), "Write a number and a unit, such as 30s");
});

test("lists and names change without touching the rest", () => {
  assert.deepEqual(movedIn(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.equal(freeName({value: 1, value_2: 2}, "value"), "value_3");
  assert.equal(formOf({properties: {}}, schema).fields.length, 0);
});
