/**
 * Places in a text. Line and column count from 1; columns count letters as the server does, by code point, while
 * offsets count as JavaScript does.
 *
 * @typedef {object} Fix
 * @property {string} label what the button says
 * @property {string} [replace] what takes the place of the marked text
 * @property {() => void} [run] in the place of `replace`
 *
 * @typedef {object} Diagnostic
 * @property {number} [line] absent where the whole field is meant
 * @property {number} [column]
 * @property {number} [length]
 * @property {"error" | "warning"} severity
 * @property {string} message
 * @property {string} [hint]
 * @property {string} [name] what is wrong, shown before the message
 * @property {Fix[]} [fixes]
 *
 * @typedef {{from: number, to: number, severity: "error" | "warning"}} Mark
 */

/** The offset of a place. @param {string} text @param {number} line @param {number} column */
export function offsetAt(text, line, column) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const next = text.indexOf("\n", start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  let at = start;
  for (let count = 1; count < column && at < text.length && text.charAt(at) !== "\n"; count += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** The place of an offset. @param {string} text @param {number} offset */
export function placeAt(text, offset) {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return {line: before.split("\n").length, column: [...before.slice(start)].length + 1};
}

/** How far a name goes from an offset: for who knows where a problem begins and not how long it is.
 * @param {string} text @param {number} offset */
export function lengthOfName(text, offset) {
  return Math.max(1, /^[\w$]*/.exec(text.slice(offset))?.[0].length ?? 1);
}

/** What is marked in a text. @param {string} text @param {Diagnostic[]} diagnostics @returns {Mark[]} */
export function marksOf(text, diagnostics) {
  /** @type {Mark[]} */
  const marks = [];
  for (const diagnostic of diagnostics) {
    if (!diagnostic.line) continue;
    let from = offsetAt(text, diagnostic.line, diagnostic.column ?? 1);
    if (from >= text.length && from > 0) from -= 1;
    const to = Math.min(text.length, from + (diagnostic.length ?? lengthOfName(text, from)));
    if (to > from) marks.push({from, to, severity: diagnostic.severity});
  }
  return marks.sort((a, b) => a.from - b.from);
}
