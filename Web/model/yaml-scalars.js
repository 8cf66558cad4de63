/**
 * The texts and numbers of YAML: in quotes, as a block, and plain.
 *
 * @typedef {import("./yaml-source.js").YAMLSource} YAMLSource
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 */

const ESCAPES = /** @type {Record<string, string>} */ ({
  0: "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\",
  N: "\u0085", _: "\u00a0", L: "\u2028", P: "\u2029",
});
const LENGTHS = /** @type {Record<string, number>} */ ({x: 2, u: 4, U: 8});

/** @param {YAMLSource} source @returns {string} */
export function quoted(source) {
  return source.letter === '"' ? doubleQuoted(source) : singleQuoted(source);
}

/** @param {YAMLSource} source */
function singleQuoted(source) {
  const start = source.at;
  source.at += 1;
  const found = source.take(/(?:[^']|'')*'/y);
  if (found === null) throw source.error("This text has no end", start);
  return joined(found.slice(0, -1).replaceAll("''", "'"));
}

/** Line breaks within quotes are spaces, blank lines are line breaks. @param {string} text */
const joined = (text) => text.replace(/[ \t]*\n((?:[ \t]*\n)*)[ \t]*/g, (_all, /** @type {string} */ blank) => "\n".repeat(blank.split("\n").length - 1) || " ");

/** @param {YAMLSource} source */
function doubleQuoted(source) {
  const start = source.at;
  source.at += 1;
  let text = "";
  for (;;) {
    text += joined(source.take(/[^"\\]*/y) ?? "");
    if (source.isDone) throw source.error("This text has no end", start);
    if (source.letter === '"') {
      source.at += 1;
      return text;
    }
    text += escaped(source);
  }
}

/** @param {YAMLSource} source */
function escaped(source) {
  const start = source.at;
  source.at += 1;
  if (source.take(/\n[ \t]*/y) !== null) return "";
  const letter = source.letter;
  source.at += 1;
  const length = LENGTHS[letter];
  if (length === undefined) {
    const plain = ESCAPES[letter];
    if (plain === undefined) throw source.error(`\\${letter} stands for nothing here`, start);
    return plain;
  }
  const digits = source.text.slice(source.at, source.at + length);
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? parseInt(digits, 16) : Infinity;
  if (code > 0x10ffff) throw source.error(`\\${letter} needs ${length} hex digits`, start);
  source.at += length;
  return String.fromCodePoint(code);
}

/**
 * A text that begins with `|` or `>`.
 * @param {YAMLSource} source @param {number} parent how far the one that it belongs to is indented; -1 for none
 */
export function blockText(source, parent) {
  const isFolded = source.letter === ">";
  const head = source.take(/[|>](?:[+-]?[1-9]?|[1-9][+-])(?![^ \t\n#])/y);
  if (head === null || !source.endsLine()) throw source.error(`After ${isFolded ? ">" : "|"} the text begins on the next line`);
  source.at += 1;
  const digit = /[1-9]/.exec(head)?.[0];
  const {lines, end} = blockLines(source, digit ? Math.max(parent, 0) + Number(digit) : null, parent);
  source.at = end;
  const text = isFolded ? folded(lines) : lines.join("\n");
  const body = text.replace(/\n+$/, "");
  if (head.includes("-")) return body;
  // A last line that the text ends with has no line break to keep.
  const isBroken = source.text.charAt(end - 1) === "\n";
  if (head.includes("+")) return lines.length === 0 ? "" : isBroken ? `${text}\n` : text;
  return body === "" ? "" : isBroken || body !== text ? `${body}\n` : body;
}

/** @param {YAMLSource} source @param {number | null} wanted @param {number} parent */
function blockLines(source, wanted, parent) {
  let indent = wanted;
  /** @type {string[]} */
  const lines = [];
  let at = source.at;
  while (at < source.text.length) {
    const next = source.text.indexOf("\n", at);
    const end = next < 0 ? source.text.length : next;
    const line = source.text.slice(at, end);
    const spaces = /^ */.exec(line)?.[0].length ?? 0;
    if (spaces === line.length) {
      lines.push(indent === null ? "" : line.slice(indent));
    } else {
      indent ??= spaces;
      if (spaces < indent || indent <= parent) break;
      lines.push(line.slice(indent));
    }
    at = end + 1;
  }
  return {lines, end: Math.min(at, source.text.length)};
}

/** Lines in a row are one; blank lines and lines that are indented further stay. @param {readonly string[]} lines */
function folded(lines) {
  let text = "";
  let blank = 0;
  /** @type {string | null} */
  let last = null;
  for (const line of lines) {
    if (line === "") {
      blank += 1;
      continue;
    }
    const isApart = /^[ \t]/.test(line) || /^[ \t]/.test(last ?? "");
    if (last === null) text += "\n".repeat(blank);
    else text += blank === 0 ? (isApart ? "\n" : " ") : "\n".repeat(isApart ? blank + 1 : blank);
    text += line;
    blank = 0;
    last = line;
  }
  return text + "\n".repeat(last === null ? Math.max(blank - 1, 0) : blank);
}

/**
 * A text without quotes, over several lines where they are indented further.
 * @param {YAMLSource} source @param {number} parent @param {boolean} isFlow whether it stands in brackets or braces
 */
export function plainText(source, parent, isFlow) {
  const line = isFlow ? /(?:[^ \t\n:#,[\]{}]|:(?=[^ \t\n,[\]{}])|(?<=[^ \t\n])#|[ \t]+(?=[^ \t\n#]))+/y : /(?:[^ \t\n:#]|:(?=[^ \t\n])|(?<=[^ \t\n])#|[ \t]+(?=[^ \t\n#]))+/y;
  let text = source.take(line) ?? "";
  for (;;) {
    const end = source.at;
    if (source.take(/[ \t]*\n/y) === null) break;
    const blank = source.take(/(?:[ \t]*\n)*/y) ?? "";
    source.take(/[ \t]*/y);
    const isMore = source.column > parent && !source.isDone && source.letter !== "#" && !(isFlow && /[,[\]{}]/.test(source.letter)) && !(isFlow && /^:(?![^ \t\n])/.test(source.rest));
    const next = isMore ? source.take(line) : null;
    if (next === null) {
      source.at = end;
      break;
    }
    text += (blank === "" ? " " : "\n".repeat(blank.split("\n").length - 1)) + next;
  }
  return text;
}

/** What a text without quotes means: few words and numbers are special. @param {string} text @returns {JSONValue} */
export function meaningOf(text) {
  if (text === "" || text === "~" || text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}
