// A value as lines of YAML, always in the same way, so that two versions can be laid line against line whatever they were
// written in. It is for reading; nothing is parsed from it.

/** @typedef {import("../../../Client/client.d.ts").JSONValue} JSONValue */

const isPlain = (/** @type {string} */ text) =>
  /^[A-Za-z_/.][\w ./@(){}[\]"'+*<>=!?&|%$-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
  && !/: | #|\s$/.test(text) && !/^[.]/.test(text);

/** @param {string} text */
const written = (text) => isPlain(text) ? text : JSON.stringify(text);

/** @param {JSONValue} value @returns {value is JSONValue[] | {[name: string]: JSONValue}} */
const isNested = (value) => typeof value === "object" && value !== null && Object.keys(value).length > 0;

/**
 * @param {JSONValue} value
 * @param {string} [indent]
 * @returns {string[]}
 */
export function print(value, indent = "") {
  if (!isNested(value)) return [indent + scalar(value)];
  if (Array.isArray(value)) return value.flatMap((item) => printItem(item, indent));
  return Object.entries(value).flatMap(([name, member]) => printMember(name, member, indent));
}

/** @param {JSONValue} item @param {string} indent @returns {string[]} */
function printItem(item, indent) {
  if (typeof item === "string" && item.includes("\n")) return [`${indent}- ${blockMark(item)}`, ...block(item, `${indent}  `)];
  const [first, ...rest] = print(item, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

/** @param {string} name @param {JSONValue} member @param {string} indent @returns {string[]} */
function printMember(name, member, indent) {
  const key = `${indent}${written(name)}:`;
  if (typeof member === "string" && member.includes("\n")) return [`${key} ${blockMark(member)}`, ...block(member, `${indent}  `)];
  return isNested(member) ? [key, ...print(member, `${indent}  `)] : [`${key} ${scalar(member)}`];
}

/** @param {JSONValue} value */
function scalar(value) {
  if (Array.isArray(value)) return "[]";
  if (typeof value === "object" && value !== null) return "{}";
  return typeof value === "string" ? written(value) : String(value);
}

/** @param {string} text */
const blockMark = (text) => text.endsWith("\n") ? "|" : "|-";

/** @param {string} text @param {string} indent */
const block = (text, indent) => text.replace(/\n$/, "").split("\n").map((line) => line === "" ? "" : indent + line);
