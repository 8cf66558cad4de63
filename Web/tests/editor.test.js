import {test} from "node:test";
import assert from "node:assert/strict";
import {lex, lexLine} from "../parts/editor/grammar.js";
import {languages} from "../parts/editor/languages.js";
import {marksOf, offsetAt, placeAt} from "../parts/editor/positions.js";
import {jsonRefusal} from "../model/json-text.js";
import {mentionBefore, mentionsIn} from "../model/mentions.js";

/** @param {string} language @param {string} text */
const kinds = (language, text) => {
  const grammar = languages[language];
  assert.ok(grammar);
  return lex(grammar, text).map((tokens, line) => tokens.map((token) => `${token.kind}:${text.split("\n")[line]?.slice(token.from, token.to)}`));
};

test("a template shows what is put in", () => {
  assert.deepEqual(kinds("template", "Hi {{ inputs.a }}!"), [["v:{{ inputs.a }}"]]);
  assert.deepEqual(kinds("template", "{# two\nlines #} x"), [["c:{# two"], ["c:lines #}"]]);
  assert.deepEqual(kinds("template", '{% if "}}" %}'), [["v:{% ", "v w:if", "v: ", 'v s:"}}"', "v: %}"]]);
});

test("a tag that is open goes on in the next line", () => {
  assert.deepEqual(kinds("template", "{{ a\n+ b }} c"), [["v:{{ a"], ["v:+ b }}"]]);
});

test("programs show words, texts, numbers and remarks", () => {
  assert.deepEqual(kinds("python", 'def f(x): return "a" # b')[0], ["w:def", "f:f", "w:return", 's:"a"', "c:# b"]);
  assert.deepEqual(kinds("python", '"""a\nb""" + 1'), [['s:"""a'], ['s:b"""', "n:1"]]);
  assert.deepEqual(kinds("javascript", "const a = `x\ny` // z"), [["w:const", "s:`x"], ["s:y`", "c:// z"]]);
  assert.deepEqual(kinds("cel", 'inputs.a > 4 && size("x") == 1')[0], ["k:inputs", "n:4", "f:size", 's:"x"', "n:1"]);
});

test("documents show keys and values, and templates in their texts", () => {
  assert.deepEqual(kinds("yaml", 'id: plan # first\nurl: "a{{ b }}c"\nn: 30s'), [["k:id", "c: # first"], ["k:url", 's:"a', "v:{{ b }}", 's:c"'], ["k:n", "n:30s"]]);
  assert.deepEqual(kinds("json", '{"a": "{{ b }}", "c": 1.5}')[0], ['k:"a"', 's:"', "v:{{ b }}", 's:"', 'k:"c"', "n:1.5"]);
});

test("a block of YAML is text, until a line stands no further in than what it belongs to", () => {
  const text = "- prompt: |\n    style: {{ a }}\n\n    # not a remark\n  other: 1\n- >\n  x: y\nlast: |\n z: 1";
  assert.deepEqual(kinds("yaml", text), [["k:prompt", "w:|"], ["v:{{ a }}"], [], [], ["k:other", "n:1"], ["w:>"], [], ["k:last", "w:|"], []]);
});

test("a text of JSON that is not closed ends with its line", () => {
  assert.deepEqual(kinds("json", '{"a": "b\n1}'), [['k:"a"', 's:"b'], ["n:1"]]);
});

test("a line with the same state before it lexes the same, so that it need not be read again", () => {
  const grammar = languages.python;
  assert.ok(grammar);
  assert.equal(lexLine(grammar, "x = '''", "code").after, "code longSingle");
  assert.equal(lexLine(grammar, "'''", "code longSingle").after, "code");
});

test("every tokens' places go up, in every language, whatever the text", () => {
  const text = "{{ {% \"' ''' ` /* # \\ }} %} -- 👩‍👩‍👧 שלום\n\t- a: |\n```\n<x>";
  for (const [name, grammar] of Object.entries(languages)) {
    for (const [line, tokens] of lex(grammar, text).entries()) {
      let at = 0;
      for (const token of tokens) {
        assert.ok(token.from >= at && token.to > token.from && token.to <= (text.split("\n")[line]?.length ?? 0), `${name}: ${JSON.stringify(token)}`);
        at = token.to;
      }
    }
  }
});

test("columns count letters as the server does, whatever they are made of", () => {
  assert.equal(offsetAt("a\n🎉b", 2, 2), 4);
  assert.deepEqual(placeAt("a\n🎉b", 4), {line: 2, column: 2});
  assert.equal(offsetAt("ab", 9, 1), 2);
});

test("a problem marks the name it begins at, and at the end of a text the last letter", () => {
  assert.deepEqual(marksOf("a + bcd", [{line: 1, column: 5, severity: "error", message: ""}]), [{from: 4, to: 7, severity: "error"}]);
  assert.deepEqual(marksOf("a +", [{line: 1, column: 4, severity: "error", message: ""}]), [{from: 2, to: 3, severity: "error"}]);
  assert.deepEqual(marksOf("a", [{severity: "warning", message: "the whole"}]), []);
});

test("JSON that cannot be read says where", () => {
  assert.equal(jsonRefusal('{"a": 1}'), null);
  assert.equal(jsonRefusal('{"a": 1')?.message, "The JSON is not complete");
  assert.deepEqual({...jsonRefusal('{\n"a": x}'), message: ""}, {line: 2, column: 6, length: 1, message: ""});
});

test("who is called in a comment is known by the server's list", () => {
  assert.deepEqual(mentionsIn("Hi @mira, see @nobody", [{id: "1", name: "mira"}]).map((part) => [part.text, part.person?.id ?? null]), [["Hi ", null], ["@mira", "1"], [", see @nobody", null]]);
  assert.equal(mentionBefore("Hi @mi", 6), "mi");
  assert.equal(mentionBefore("mail a@b", 8), null);
});
