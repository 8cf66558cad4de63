import assert from "node:assert/strict";
import {test} from "node:test";
import {grammarOf, grammarOfPath, tokensOf} from "../model/code-tokens.js";
import {readDiff} from "../model/diff-lines.js";
import {plainLine} from "../model/plain-text.js";
import {tableOf, tableOfText} from "../model/table-rows.js";

const samples = {
  javascript: "const a = `x ${1}`; // done\nreturn /* open", python: "def f():\n  '''doc''' # no\n  return 0x1F",
  json: '{"a": [1, true, "b"]}', yaml: "a: 1 # c\nb:\n  - \"x\"", sql: "select * from t -- c\nwhere a = 'x''y'",
  shell: "for i in *; do echo \"$i\" # c\ndone", xml: "<a href=\"x\">&lt;</a><!-- c -->", swift: "let s = \"\"\"\nx\n\"\"\"", toml: "[a]\nb = 1",
};

for (const [language, code] of Object.entries(samples)) {
  test(`nothing of the code is lost when it is coloured: ${language}`, () => {
    const tokens = tokensOf(code, language);
    assert.equal(tokens.map((token) => token.text).join(""), code);
    assert.ok(tokens.some((token) => token.kind !== "plain"));
    for (let cut = 0; cut < code.length; cut += 1) {
      assert.equal(tokensOf(code.slice(0, cut), language).map((token) => token.text).join(""), code.slice(0, cut));
    }
  });
}

test("words, strings and comments are told apart", () => {
  assert.deepEqual(tokensOf("return 'if' # if", "py"), [
    {kind: "word", text: "return"}, {kind: "plain", text: " "}, {kind: "string", text: "'if'"}, {kind: "plain", text: " "}, {kind: "comment", text: "# if"},
  ]);
  assert.deepEqual(tokensOf("{\"a\": 1}", "json").map((token) => token.kind), ["plain", "key", "plain", "number", "plain"]);
});

test("unknown languages, and names that objects have by nature, are plain", () => {
  assert.equal(grammarOf("constructor"), null);
  assert.equal(grammarOf("__proto__"), null);
  assert.equal(grammarOfPath("Sources/Queue.swift"), "swift");
  assert.deepEqual(tokensOf("x", "brainfuck"), [{kind: "plain", text: "x"}]);
});

test("long code is coloured in time", () => {
  const started = performance.now();
  for (const language of Object.keys(samples)) for (const unit of ["a ", "\"", "'", "/", "#", "<", "-", "\\", "`", "0", "a:"]) tokensOf(unit.repeat(20_000), language);
  // What takes the square of its length would take minutes; a busy machine takes some seconds.
  assert.ok(performance.now() - started < 60_000, `${performance.now() - started} ms`);
});

test("a diff is read into numbered lines", () => {
  const diff = readDiff("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@ func\n one\n-two\n+zwei\n three\n\\ No newline at end of file\n@@ -10 +10,2 @@\n ten\n+--- not a head\n");
  assert.equal(diff.hunks.length, 2);
  assert.deepEqual([diff.added, diff.removed], [2, 1]);
  assert.deepEqual(diff.hunks[0].lines.map((line) => [line.kind, line.old, line.new]), [["same", 1, 1], ["remove", 2, null], ["add", null, 2], ["same", 3, 3], ["note", null, null]]);
  assert.equal(diff.hunks[1].lines[1].text, "--- not a head");
});

test("what stands in the place of a diff is kept", () => {
  assert.equal(readDiff("--- a/x\n+++ b/x\nBinary files differ\n").note, "Binary files differ");
});

test("colours, titles and overwritten parts are not in a line", () => {
  assert.equal(plainLine("\u001b[31;1mred\u001b[0m \u001b]0;title\u0007end\u0007"), "red end");
  assert.equal(plainLine("10 %\r20 %\r100 %"), "100 %");
  assert.equal(plainLine("done\r"), "done");
  assert.equal(plainLine("\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\"), "link");
  assert.equal(plainLine("a\u202eb"), "a�b");
});

test("a list of alike objects is a table, others are not", () => {
  assert.deepEqual(tableOf([{a: 1, b: 2}, {a: 3}])?.rows, [[1, 2], [3, undefined]]);
  assert.equal(tableOf([{a: 1}, {b: 2}, {c: 3}, {d: 4}]), null);
  assert.equal(tableOf([1, 2]), null);
  assert.equal(tableOf([]), null);
  assert.equal(tableOf(Array.from({length: 1500}, () => ({a: 1})))?.more, 500);
});

test("CSV with quotes, line ends inside cells and blank lines is a table", () => {
  assert.deepEqual(tableOfText("a,b\r\n\"x,\"\"1\"\"\n2\",3\n\n4,5"), {columns: ["a", "b"], rows: [["x,\"1\"\n2", "3"], ["4", "5"]], more: 0});
  assert.deepEqual(tableOfText("a\tb\n1\t2\n", "\t")?.rows, [["1", "2"]]);
});
