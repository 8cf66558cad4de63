import {isObject} from "./document.js";

/**
 * A JSON value as YAML, for the clipboard. Documents themselves are printed by the server, which keeps their comments.
 * @param {unknown} value
 * @returns {string}
 */
export function yamlOf(value) {
  return `${lines(value).join("\n")}\n`;
}

/** Plain scalars that YAML 1.2 would not read as text, or that readers of YAML 1.1 would not. */
const NEEDS_QUOTES = /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|[:#]\s|\s[#]|[\s:]$|^(?:true|false|null|yes|no|on|off|~)$|^[+\-.]?\d/i;

/** @param {unknown} value @returns {string[]} */
function lines(value) {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const inner = lines(item);
      return [`- ${inner[0] ?? ""}`, ...inner.slice(1).map((line) => line === "" ? "" : `  ${line}`)];
    });
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, item]) => member(scalar(key), item));
  }
  return [inline(value)];
}

/** @param {string} key @param {unknown} value */
function member(key, value) {
  if (typeof value === "string" && value.includes("\n")) return block(key, value);
  const isNested = (Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null))
    || (isObject(value) && Object.keys(value).length > 0);
  if (!isNested) return [`${key}: ${inline(value)}`];
  return [`${key}:`, ...lines(value).map((line) => line === "" ? "" : `  ${line}`)];
}

/** @param {string} key @param {string} text */
function block(key, text) {
  // A text that begins with a space, or holds what a block cannot, stays on one line in quotes.
  if (/^\s|[\r\t\u0000-\u0008\u0085\u2028\u2029]/.test(text)) return [`${key}: ${inQuotes(text)}`];
  const body = text.replace(/\n+$/, "");
  const tail = text.length - body.length;
  const sign = tail === 0 ? "|-" : tail === 1 ? "|" : "|+";
  return [`${key}: ${sign}`, ...[...body.split("\n"), ...Array.from({length: Math.max(0, tail - 1)}, () => "")].map((line) => line === "" ? "" : `  ${line}`)];
}

/** @param {unknown} value @returns {string} */
function inline(value) {
  if (typeof value === "string") return scalar(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  return JSON.stringify(value ?? null);
}

/** @param {string} text */
function scalar(text) {
  return NEEDS_QUOTES.test(text) || /[\n\r\t"\\,[\]{}]|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) ? inQuotes(text) : text;
}

/** Letters that some readers take for line breaks, or refuse, are written by their numbers. @param {string} text */
const inQuotes = (text) => JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
