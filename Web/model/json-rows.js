// A JSON value as the rows that a reader has opened. Children of what is closed are never looked at, so that a value of
// any size opens at once.

/** @typedef {{path: string, place: string, depth: number, name: string|null, kind: "object"|"list"|"text"|"number"|"word"|"more",
 *   text: string, open: boolean, count: number, value: unknown}} Row `path` as an expression writes it, `place` names the row */

/** Children of one value that are shown before somebody asks for more. */
export const PORTION = 200;
const LONGEST_TEXT = 2000;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @param {string} path @param {string|number} name */
export function childPath(path, name) {
  if (typeof name === "number") return `${path}[${name}]`;
  if (!IDENTIFIER.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

/**
 * @param {unknown} value @param {{root: string, open: Set<string>, portions: Map<string, number>}} view `open` and
 *   `portions` go by the places of rows
 * @returns {Row[]}
 */
export function jsonRows(value, view) {
  /** @type {Row[]} */
  const rows = [];
  add(rows, value, {path: view.root, place: "$", depth: 0, name: null}, view);
  return rows;
}

/** @param {Row[]} rows @param {unknown} value @param {{path: string, place: string, depth: number, name: string|null}} at @param {{open: Set<string>, portions: Map<string, number>}} view */
function add(rows, value, at, view) {
  if (value === null || typeof value !== "object") { rows.push({...at, ...leaf(value), open: false, count: 0, value}); return; }
  const isList = Array.isArray(value);
  const names = isList ? null : Object.keys(value);
  const count = isList ? value.length : names?.length ?? 0;
  const open = count > 0 && view.open.has(at.place);
  const text = isList ? (open ? "[" : count === 0 ? "[ ]" : `[ ${count} ${count === 1 ? "item" : "items"} ]`) : (open ? "{" : count === 0 ? "{ }" : "{ … }");
  rows.push({...at, kind: isList ? "list" : "object", text, open, count, value});
  if (!open) return;
  const shown = Math.min(count, view.portions.get(at.place) ?? PORTION);
  for (let i = 0; i < shown; i += 1) {
    const name = names ? names[i] : i;
    const child = names ? /** @type {{[name: string]: unknown}} */ (value)[names[i]] : /** @type {unknown[]} */ (value)[i];
    add(rows, child, {path: childPath(at.path, name), place: `${at.place}/${i}`, depth: at.depth + 1, name: String(name)}, view);
  }
  if (shown < count) rows.push({path: at.path, place: `${at.place}/more`, depth: at.depth + 1, name: null, kind: "more", text: `Show ${Math.min(PORTION, count - shown)} of ${count - shown} more`, open: false, count, value: null});
}

/** @param {unknown} value @returns {{kind: "text"|"number"|"word", text: string}} */
function leaf(value) {
  if (typeof value === "string") {
    const text = JSON.stringify(value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) : value);
    return {kind: "text", text: value.length > LONGEST_TEXT ? `${text} … ${value.length - LONGEST_TEXT} more letters` : text};
  }
  return typeof value === "number" ? {kind: "number", text: String(value)} : {kind: "word", text: String(value)};
}

/** The places that are open at first: everything small, and the first level of everything else. @param {unknown} value @returns {Set<string>} */
export function firstOpen(value) {
  const open = new Set(["$"]);
  let left = 40;
  /** @param {unknown} one @param {string} place @param {number} depth */
  const look = (one, place, depth) => {
    if (one === null || typeof one !== "object" || depth > 3) return;
    const children = Array.isArray(one) ? one : Object.values(one);
    if (depth > 0 && (children.length > 12 || (Array.isArray(one) && depth > 1 && children.length > 4))) return;
    if (left < children.length && depth > 0) return;
    left -= Math.min(children.length, 20);
    open.add(place);
    children.slice(0, 20).forEach((child, i) => look(child, `${place}/${i}`, depth + 1));
  };
  look(value, "$", 0);
  return open;
}
