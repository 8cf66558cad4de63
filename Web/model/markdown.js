// Markdown as a tree. Only what is on this list comes out: headings, paragraphs, lists, quotes, code, tables, rules,
// bold, italic, struck, code spans, links to http and https. HTML stays text; images become links.
//
// What models write is often cut off or malformed: nothing here throws, and everything takes linear time, or nearly.

import {inlineOf} from "./markdown-inline.js";

/** @typedef {import("./markdown-inline.js").Inline} Inline */
/** @typedef {{type: "heading", level: number, inline: Inline[]}
 *   | {type: "paragraph", inline: Inline[]}
 *   | {type: "code", language: string, text: string, open: boolean}
 *   | {type: "list", ordered: boolean, start: number, items: {checked: boolean|null, blocks: Block[]}[]}
 *   | {type: "quote", blocks: Block[]}
 *   | {type: "table", head: Inline[][], align: ("left"|"right"|"center"|null)[], rows: Inline[][][]}
 *   | {type: "rule"}} Block */
/** @typedef {{block: Block, from: number}} Placed a block and the place in the text where it begins */

const DEPTH = 8;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const ITEM = /^( {0,12})([-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const BLANK = /^\s*$/;

/** The blocks of a text. @param {string} text @returns {Block[]} */
export const parseMarkdown = (text) => placedBlocks(text).map(({block}) => block);

/**
 * The blocks of a text with where they begin. All but the last one stay as they are when text is added at the end, so
 * a reader of a stream parses on from the last one.
 * @param {string} text @returns {Placed[]}
 */
export function placedBlocks(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  /** @type {number[]} */
  const starts = [];
  let place = 0;
  for (const line of lines) { starts.push(place); place += line.length + 1; }
  return read(lines, 0).map(({block, line}) => ({block, from: starts[line]}));
}

/** @param {string[]} lines @param {number} depth @returns {{block: Block, line: number}[]} */
function read(lines, depth) {
  /** @type {{block: Block, line: number}[]} */
  const found = [];
  let at = 0;
  while (at < lines.length) {
    if (BLANK.test(lines[at])) { at += 1; continue; }
    const {block, next} = one(lines, at, depth);
    found.push({block, line: at});
    at = next;
  }
  return found;
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {{block: Block, next: number}} */
function one(lines, at, depth) {
  const line = lines[at];
  const fence = FENCE.exec(line);
  if (fence) return code(lines, at, fence[1], fence[2]);
  const heading = HEADING.exec(line);
  if (heading) return {block: {type: "heading", level: heading[1].length, inline: inlineOf(heading[2] ?? "")}, next: at + 1};
  if (RULE.test(line)) return {block: {type: "rule"}, next: at + 1};
  if (depth < DEPTH && QUOTE.test(line)) return quote(lines, at, depth);
  if (depth < DEPTH && ITEM.test(line)) return list(lines, at, depth);
  if (isTable(lines, at)) return table(lines, at);
  if (/^( {4}|\t)/.test(line)) return indented(lines, at);
  return paragraph(lines, at, depth);
}

/** @param {string[]} lines @param {number} at @param {string} fence @param {string} language @returns {{block: Block, next: number}} */
function code(lines, at, fence, language) {
  const ends = new RegExp(`^ {0,3}${fence[0] === "`" ? "`" : "~"}{${fence.length},}[ \\t]*$`);
  let next = at + 1;
  while (next < lines.length && !ends.test(lines[next])) next += 1;
  const text = lines.slice(at + 1, next).join("\n");
  return {block: {type: "code", language: language.toLowerCase(), text, open: next >= lines.length}, next: next + 1};
}

/** @param {string[]} lines @param {number} at @returns {{block: Block, next: number}} */
function indented(lines, at) {
  let next = at;
  while (next < lines.length && (/^( {4}|\t)/.test(lines[next]) || (BLANK.test(lines[next]) && /^( {4}|\t)/.test(lines[next + 1] ?? "")))) next += 1;
  const text = lines.slice(at, next).map((line) => line.replace(/^( {4}|\t)/, "")).join("\n");
  return {block: {type: "code", language: "", text, open: false}, next};
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {{block: Block, next: number}} */
function quote(lines, at, depth) {
  const inner = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const match = QUOTE.exec(lines[next]);
    if (!match) break;
    inner.push(match[1]);
  }
  return {block: {type: "quote", blocks: read(inner, depth + 1).map(({block}) => block)}, next};
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {{block: Block, next: number}} */
function list(lines, at, depth) {
  const first = /** @type {RegExpExecArray} */ (ITEM.exec(lines[at]));
  const ordered = /\d/.test(first[2]);
  const left = first[1].length;
  /** @type {string[][]} */
  const items = [];
  let next = at;
  while (next < lines.length) {
    const line = lines[next];
    const item = ITEM.exec(line);
    const indent = line.search(/\S/);
    if (item && item[1].length <= left + 1 && /\d/.test(item[2]) === ordered && !RULE.test(line)) items.push([item[3] ?? ""]);
    else if (BLANK.test(line)) {
      const more = lines[next + 1] ?? "";
      if (BLANK.test(more) || (more.search(/\S/) <= left && !ITEM.test(more))) break;
      items.at(-1)?.push("");
    } else if (indent > left) items.at(-1)?.push(line.slice(Math.min(indent, left + 2 + (ordered ? 1 : 0))));
    else if (items.at(-1)?.at(-1) !== "" && !isStart(lines, next)) items.at(-1)?.push(line);
    else break;
    next += 1;
  }
  const made = items.map((inner) => {
    const box = /^\[([ xX])\][ \t]+/.exec(inner[0]);
    if (box) inner[0] = inner[0].slice(box[0].length);
    return {checked: box ? box[1] !== " " : null, blocks: read(inner, depth + 1).map(({block}) => block)};
  });
  return {block: {type: "list", ordered, start: ordered ? Number.parseInt(first[2]) : 1, items: made}, next};
}

/** @param {string[]} lines @param {number} at */
const isTable = (lines, at) => lines[at].includes("|") && at + 1 < lines.length && DELIMITERS.test(lines[at + 1])
  && lines[at + 1].includes("-") && cells(lines[at]).length === cells(lines[at + 1]).length;

/** @param {string} line */
const cells = (line) => line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/)
  .map((cell) => cell.trim().replaceAll("\\|", "|"));

/** @param {string[]} lines @param {number} at @returns {{block: Block, next: number}} */
function table(lines, at) {
  const head = cells(lines[at]).map(inlineOf);
  const align = cells(lines[at + 1]).map((cell) => cell.startsWith(":") && cell.endsWith(":") ? "center"
    : cell.endsWith(":") ? "right" : cell.startsWith(":") ? "left" : null);
  const rows = [];
  let next = at + 2;
  for (; next < lines.length && lines[next].includes("|") && !BLANK.test(lines[next]); next += 1) {
    const row = cells(lines[next]).slice(0, head.length).map(inlineOf);
    while (row.length < head.length) row.push([]);
    rows.push(row);
  }
  return {block: {type: "table", head, align: /** @type {any} */ (align), rows}, next};
}

/** @param {string[]} lines @param {number} at */
const isStart = (lines, at) => FENCE.test(lines[at]) || HEADING.test(lines[at]) || RULE.test(lines[at])
  || QUOTE.test(lines[at]) || ITEM.test(lines[at]) || isTable(lines, at);

/** @param {string[]} lines @param {number} at @param {number} depth @returns {{block: Block, next: number}} */
function paragraph(lines, at, depth) {
  let next = at + 1;
  const nests = depth < DEPTH;
  while (next < lines.length && !BLANK.test(lines[next])) {
    if (/^ {0,3}(=+|-+)[ \t]*$/.test(lines[next])) {
      const level = lines[next].includes("=") ? 1 : 2;
      return {block: {type: "heading", level, inline: inlineOf(lines.slice(at, next).join("\n"))}, next: next + 1};
    }
    if (nests && isStart(lines, next)) break;
    next += 1;
  }
  return {block: {type: "paragraph", inline: inlineOf(lines.slice(at, next).map((line) => line.trimStart()).join("\n"))}, next};
}
