/**
 * A YAML text and how far it is read.
 */

/** Why a text is not read, with the place of it: lines and columns count from 1. */
export class YAMLError extends Error {
  /** @param {string} message @param {number} line @param {number} column */
  constructor(message, line, column) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

export class YAMLSource {
  /** Where the next letter stands. */
  at = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  }

  get isDone() { return this.at >= this.text.length; }
  get letter() { return this.text.charAt(this.at); }
  /** What is left of the line. */
  get rest() { return this.text.slice(this.at, this.lineEnd); }

  get lineEnd() {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  get lineStart() { return this.at === 0 ? 0 : this.text.lastIndexOf("\n", this.at - 1) + 1; }

  /** How far the place is from the beginning of its line. */
  get column() { return this.at - this.lineStart; }

  /** @param {string} message @param {number} [at] */
  error(message, at = this.at) {
    const before = this.text.slice(0, at);
    return new YAMLError(message, before.split("\n").length, [...before.slice(before.lastIndexOf("\n") + 1)].length + 1);
  }

  /** What a pattern (with the flag y) matches here; it is passed over. @param {RegExp} pattern @returns {string | null} */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  /** Passes over spaces and a comment; false where something else stands on the line. */
  endsLine() {
    const isApart = (this.take(/[ \t]+/y) ?? "") !== "" || this.column === 0;
    if (this.isDone || this.letter === "\n") return true;
    if (this.letter !== "#" || !isApart) return false;
    this.at = this.lineEnd;
    return true;
  }

  /** To the next letter that says something, over blank lines and comments. */
  toContent() {
    while (!this.isDone) {
      if (this.endsLine()) {
        this.at += this.isDone ? 0 : 1;
        continue;
      }
      const before = this.text.slice(this.lineStart, this.at);
      if (before.trim() === "" && before.includes("\t")) throw this.error("A line is indented by spaces, not by tabs", this.lineStart + before.indexOf("\t"));
      return;
    }
  }
}
