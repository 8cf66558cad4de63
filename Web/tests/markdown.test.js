import assert from "node:assert/strict";
import {test} from "node:test";
import {parseMarkdown, placedBlocks} from "../model/markdown.js";
import {safeLink} from "../model/markdown-inline.js";

/** Everything readable in a tree, and every link. @param {any} node @returns {{text: string, links: string[], types: Set<string>}} */
function gather(node, into = {text: "", links: /** @type {string[]} */ ([]), types: new Set()}) {
  if (Array.isArray(node)) node.forEach((one) => gather(one, into));
  else if (node && typeof node === "object") {
    if (node.type) into.types.add(node.type);
    if (typeof node.text === "string") into.text += node.text;
    if (node.href) into.links.push(node.href);
    for (const value of Object.values(node)) if (typeof value === "object") gather(value, into);
  }
  return into;
}

test("headings, lists, code and emphasis come out as a tree", () => {
  const blocks = parseMarkdown("## Title\n\nSome **bold** and *soft* `code`.\n\n1. one\n2. two\n   - inner\n\n```swift\nlet a = 1\n```\n\n---\n> said");
  assert.deepEqual(blocks.map((block) => block.type), ["heading", "paragraph", "list", "code", "rule", "quote"]);
  const list = /** @type {any} */ (blocks[2]);
  assert.equal(list.ordered, true);
  assert.equal(list.items[1].blocks[1].type, "list");
  assert.deepEqual(blocks[3], {type: "code", language: "swift", text: "let a = 1", open: false});
});

test("a table has its head, alignment and rows of equal length", () => {
  const [table] = /** @type {any[]} */ (parseMarkdown("| a | b |\n|:--|--:|\n| 1 | 2 | 3 |\n| x \\| y |"));
  assert.equal(table.type, "table");
  assert.deepEqual(table.align, ["left", "right"]);
  assert.deepEqual(table.rows.map((/** @type {any[]} */ row) => row.length), [2, 2]);
  assert.equal(table.rows[1][0][0].text, "x | y");
});

for (const hostile of [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>",
  "<a href=\"javascript:alert(1)\">x</a>", "<!-- <b> -->", "</div></body>", "<style>*{display:none}</style>",
]) {
  test(`HTML stays the text that it is: ${hostile}`, () => {
    const {text, links} = gather(parseMarkdown(hostile));
    assert.equal(text, hostile);
    assert.deepEqual(links, []);
  });
}

for (const target of [
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<b>", "vbscript:x", "//evil.example", "/api/v1/runs",
  "file:///etc/passwd", "java\nscript:alert(1)", " javascript:alert(1)", "blob:https://a.example/1", "http:evil", "https:/evil",
  "mailto:a@b.example", "\u0001javascript:alert(1)", "https://[bad",
]) {
  test(`no link leads to ${JSON.stringify(target)}`, () => {
    assert.equal(safeLink(target), null);
    assert.deepEqual(gather(parseMarkdown(`[click](${target}) ![see](${target})`)).links, []);
  });
}

test("links to the web are kept, and images become links", () => {
  const {links, types} = gather(parseMarkdown("[a](https://a.example/x_(y) \"t\") ![logo](https://b.example/i.png) https://c.example/z. <http://d.example>"));
  assert.deepEqual(links, ["https://a.example/x_(y)", "https://b.example/i.png", "https://c.example/z", "http://d.example/"]);
  assert.equal(types.has("image"), false);
});

test("identifiers keep their underscores, and lonely marks are text", () => {
  assert.equal(gather(parseMarkdown("snake_case_name and 2 * 3 * 4 and ** and __init__.py")).types.has("em"), false);
  assert.equal(gather(parseMarkdown("a ** b ` c [d")).text, "a ** b ` c [d");
});

test("code that is not closed yet is code", () => {
  const [block] = parseMarkdown("```python\nprint(1)\n# not a heading");
  assert.deepEqual(block, {type: "code", language: "python", text: "print(1)\n# not a heading", open: true});
});

test("all blocks but the last stay as they are when text is added", () => {
  const whole = "# A\n\npara one\nline two\n\n- a\n  - b\n\n- c\n\n```js\nx\n\ny\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\nTitle\n===\n\nend **bold** text";
  for (let size = 1; size < whole.length; size += 1) {
    const before = placedBlocks(whole.slice(0, size));
    const from = before.at(-1)?.from ?? 0;
    const kept = before.slice(0, -1).map(({block}) => block);
    const rest = parseMarkdown(whole.slice(from));
    assert.deepEqual([...kept, ...rest], parseMarkdown(whole), `cut at ${size}`);
  }
});

test("deep nesting and long runs of marks end soon", () => {
  const started = performance.now();
  for (const text of [
    "> ".repeat(5000) + "x", "- ".repeat(5000) + "x", "*".repeat(40_000), "[".repeat(40_000), "`".repeat(40_000) + "x",
    "[a](".repeat(10_000), "_a ".repeat(15_000), "a|".repeat(20_000) + "\n" + "-|".repeat(20_000), "![".repeat(20_000),
    Array.from({length: 300}, (_, i) => "`".repeat(i)).join(" "), "\\".repeat(40_000), "<".repeat(40_000), "*a".repeat(20_000),
    " ".repeat(40_000) + "x", "#".repeat(40_000), "- - - - ".repeat(5000) + "x", "~~a".repeat(15_000),
    "a *b".repeat(12_000), "a **b".repeat(10_000), "- a\n".repeat(50_000),
  ]) parseMarkdown(text);
  // What takes the square of its length would take minutes; a busy machine takes some seconds.
  assert.ok(performance.now() - started < 60_000, `${performance.now() - started} ms`);
});
