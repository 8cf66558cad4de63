import {blockText, meaningOf, plainText, quoted} from "./yaml-scalars.js";
import {YAMLSource} from "./yaml-source.js";

/**
 * YAML as the server reads it, for what is pasted: the core schema of YAML 1.2, one document, without anchors, tags and
 * merge keys. What it does not know it refuses with the place; it never guesses.
 *
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 */

const DEEPEST = 100;

/**
 * @param {string} text
 * @returns {JSONValue}
 * @throws {import("./yaml-source.js").YAMLError}
 */
export function readYAML(text) {
  const source = new YAMLSource(text);
  const reader = new Reader(source);
  source.toContent();
  if (source.column === 0 && source.take(/---(?![^ \t\n])/y) !== null) source.toContent();
  if (source.isDone) return null;
  const value = reader.block(-1, 0);
  source.toContent();
  if (source.column === 0 && source.take(/\.\.\.(?![^ \t\n])/y) !== null) source.toContent();
  if (source.isDone) return value;
  throw source.error(source.column === 0 && /^---(?![^ \t\n])/.test(source.rest) ? "A second document begins here" : "This line is not indented like the lines above");
}

class Reader {
  #source;

  /** @param {YAMLSource} source */
  constructor(source) {
    this.#source = source;
  }

  /** A value that begins here, on a line of its own or after a dash. @param {number} parent @param {number} depth @returns {JSONValue} */
  block(parent, depth) {
    const source = this.#source;
    if (depth > DEEPEST) throw source.error("Values are nested too deep");
    if (isDash(source)) return this.#list(source.column, depth);
    if (/^\?(?![^ \t\n])/.test(source.rest)) throw source.error("Keys that begin with ? are not read");
    if (this.#isKey()) return this.#map(source.column, depth);
    return this.#scalar(parent, depth);
  }

  /** Whether a key of a mapping stands here. */
  #isKey() {
    const source = this.#source;
    const from = source.at;
    try {
      if (/["']/.test(source.letter)) quoted(source);
      else if (source.take(/(?:[^ \t\n:#[\]{},&*!|>'"%@`]|:(?=[^ \t\n]))(?:[^ \t\n:#]|:(?=[^ \t\n])|(?<=[^ \t\n])#|[ \t]+(?=[^ \t\n#:]))*/y) === null) return false;
      return !source.text.slice(from, source.at).includes("\n") && source.take(/[ \t]*:(?![^ \t\n])/y) !== null;
    } catch {
      return false;
    } finally {
      source.at = from;
    }
  }

  /** @param {number} column @param {number} depth @returns {JSONValue} */
  #map(column, depth) {
    const source = this.#source;
    /** @type {{[name: string]: JSONValue}} */
    const map = {};
    do {
      const start = source.at;
      const key = /["']/.test(source.letter) ? quoted(source) : (source.take(/(?:[^ \t\n:]|:(?=[^ \t\n])|[ \t]+(?=[^ \t\n:]))+/y) ?? "");
      if (source.take(/[ \t]*:(?![^ \t\n])/y) === null) throw source.error("Here a colon and a value are missing", start);
      this.#add(map, key, start, () => this.#value(column, depth, true));
    } while (this.#goesOn(column) && this.#isEntry());
    return map;
  }

  /** Whether the line continues a mapping; another thing at its column is an error. */
  #isEntry() {
    const source = this.#source;
    if (this.#isKey()) return true;
    if (isDash(source) || (source.column === 0 && /^(?:---|\.\.\.)(?![^ \t\n])/.test(source.rest))) return false;
    throw source.error("Here a colon and a value are missing");
  }

  /** @param {{[name: string]: JSONValue}} map @param {string} key @param {number} start @param {() => JSONValue} read */
  #add(map, key, start, read) {
    if (key === "<<") throw this.#source.error("Merge keys are not read: write the members out here", start);
    if (Object.hasOwn(map, key)) throw this.#source.error(`The key ${key} stands here twice`, start);
    const value = read();
    Object.defineProperty(map, key, {value, enumerable: true, configurable: true, writable: true});
  }

  /** @param {number} column @param {number} depth @returns {JSONValue} */
  #list(column, depth) {
    const source = this.#source;
    /** @type {JSONValue[]} */
    const list = [];
    do {
      source.at += 1;
      list.push(this.#value(column, depth, false));
    } while (this.#goesOn(column) && isDash(source));
    return list;
  }

  /** Whether the next line stands at the same column. @param {number} column */
  #goesOn(column) {
    const source = this.#source;
    source.toContent();
    if (source.isDone || source.column < column) return false;
    if (source.column > column) throw source.error("This line is indented further than the lines above");
    return true;
  }

  /** What comes after a colon or a dash. @param {number} column @param {number} depth @param {boolean} isMember @returns {JSONValue} */
  #value(column, depth, isMember) {
    const source = this.#source;
    if (!source.endsLine()) return isMember ? this.#scalar(column, depth + 1) : this.block(column, depth + 1);
    source.toContent();
    if (source.isDone) return null;
    // A list may stand at the column of the key that it belongs to.
    if (source.column > column || (isMember && source.column === column && isDash(source))) return this.block(column, depth + 1);
    return null;
  }

  /** @param {number} parent @param {number} depth @returns {JSONValue} */
  #scalar(parent, depth) {
    const source = this.#source;
    const start = source.at;
    const {letter} = source;
    if (letter === "|" || letter === ">") return blockText(source, parent);
    /** @type {JSONValue} */
    const value = letter === "[" || letter === "{" ? this.#flow(depth) : this.#flat(parent, false);
    if (source.endsLine()) return value;
    if (source.letter === ":" && source.lineStart > start) throw source.error("This line is indented further than the lines above", source.lineStart + source.text.slice(source.lineStart).search(/[^ ]/));
    if (source.letter === ":") throw source.error("A second colon cannot stand on this line: put the text in quotes", start);
    throw source.error(`\`${source.letter}\` cannot stand here`);
  }

  /** A text or number. @param {number} parent @param {boolean} isFlow @returns {JSONValue} */
  #flat(parent, isFlow) {
    const source = this.#source;
    const {letter} = source;
    if (letter === '"' || letter === "'") return quoted(source);
    if (letter === "&" || letter === "*") throw source.error("Anchors are not read: write the value out where it is needed");
    if (letter === "!") throw source.error("Tags are not read: put the value in quotes to make it text");
    if (/[%@`|>\]},]/.test(letter) || /^[-?:](?![^ \t\n])/.test(source.rest)) throw source.error(`\`${letter}\` cannot begin a text: put it in quotes`);
    const start = source.at;
    const value = meaningOf(plainText(source, parent, isFlow));
    if (typeof value === "number" && !Number.isFinite(value)) throw source.error("This number is too large: put it in quotes to keep it as text", start);
    return value;
  }

  /** A list in brackets or an object in braces. @param {number} depth @returns {JSONValue} */
  #flow(depth) {
    const source = this.#source;
    const start = source.at;
    const isList = source.letter === "[";
    const close = isList ? "]" : "}";
    /** @type {JSONValue[]} */
    const list = [];
    /** @type {{[name: string]: JSONValue}} */
    const map = {};
    if (depth > DEEPEST) throw source.error("Values are nested too deep");
    source.at += 1;
    for (;;) {
      source.toContent();
      if (source.isDone) throw source.error(`The ${isList ? "list" : "object"} that begins here has no end`, start);
      if (source.take(isList ? /\]/y : /\}/y) !== null) return isList ? list : map;
      if (isList) list.push(this.#inFlow(depth));
      else this.#member(map, depth);
      source.toContent();
      if (source.letter !== close && source.take(/,/y) === null && !source.isDone) throw source.error(`Here \`,\` or \`${close}\` is missing`);
    }
  }

  /** @param {number} depth @returns {JSONValue} */
  #inFlow(depth) {
    const {letter} = this.#source;
    return letter === "[" || letter === "{" ? this.#flow(depth + 1) : this.#flat(-1, true);
  }

  /** @param {{[name: string]: JSONValue}} map @param {number} depth */
  #member(map, depth) {
    const source = this.#source;
    const start = source.at;
    const isQuoted = /["']/.test(source.letter);
    const name = this.#flat(-1, true);
    const written = isQuoted ? String(name) : source.text.slice(start, source.at).trim();
    source.toContent();
    const hasValue = source.take(isQuoted ? /:/y : /:(?![^ \t\n,[\]{}])/y) !== null;
    this.#add(map, written, start, () => {
      if (!hasValue) return null;
      source.toContent();
      return /[,}]/.test(source.letter) ? null : this.#inFlow(depth);
    });
  }
}

/** @param {YAMLSource} source */
const isDash = (source) => /^-(?![^ \t\n])/.test(source.rest);
