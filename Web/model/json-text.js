import {placeAt} from "../parts/editor/positions.js";

// Engines say in different words, and some not at all, where a JSON text breaks off: so it is read here once more.

const space = /[ \t\r\n]*/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class Broken extends Error {
  /** @param {number} at */
  constructor(at) {
    super("broken");
    this.at = at;
  }
}

/** @param {RegExp} pattern @param {string} text @param {number} at @returns {number} where it ends; -1 where it does not match */
function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** @param {string} text @param {number} from @returns {number} the end of the value, and of the space behind it */
function value(text, from) {
  const at = match(space, text, from);
  const letter = text.charAt(at);
  const end = letter === "{" || letter === "[" ? members(text, at, letter === "{") : match(letter === '"' ? string : literal, text, at);
  if (end < 0) throw new Broken(at);
  return match(space, text, end);
}

/** @param {string} text @param {number} from @param {boolean} isObject */
function members(text, from, isObject) {
  const close = isObject ? "}" : "]";
  let at = match(space, text, from + 1);
  if (text.charAt(at) === close) return at + 1;
  for (;;) {
    if (isObject) {
      const end = match(string, text, match(space, text, at));
      if (end < 0) throw new Broken(match(space, text, at));
      at = match(space, text, end);
      if (text.charAt(at) !== ":") throw new Broken(at);
      at += 1;
    }
    at = value(text, at);
    if (text.charAt(at) === close) return at + 1;
    if (text.charAt(at) !== ",") throw new Broken(at);
    at += 1;
  }
}

/**
 * What is wrong with a JSON text, and where; null where nothing is.
 * @param {string} text @returns {{line: number, column: number, length: number, message: string} | null}
 */
export function jsonRefusal(text) {
  let at = 0;
  try {
    at = value(text, 0);
    if (at === text.length) return null;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    at = error.at;
  }
  const letter = [...text.slice(at)][0];
  const open = letter === '"' && match(string, text, at) < 0;
  const message = letter === undefined ? "The JSON is not complete" : open ? "This text has no end" : `\`${letter}\` cannot stand here`;
  return {...placeAt(text, at), length: 1, message};
}
