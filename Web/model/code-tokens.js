// A small tokenizer for showing code: comments, strings, numbers, words of the language, keys. It colours, it does not
// understand; what it does not know stays plain.

/** @typedef {"plain"|"comment"|"string"|"number"|"word"|"key"} TokenKind */
/** @typedef {{kind: TokenKind, text: string}} Token */
/** @typedef {{comment: RegExp|null, string: RegExp, words: Set<string>, keys: RegExp|null}} Grammar */

/** Longer code is shown plain. */
export const LONGEST = 200_000;

const C_COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const HASH = /#[^\n]*/y;
const DASHES = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const QUOTES = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const TICKS = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?/y;
const TRIPLE = /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const DOUBLE = /"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\[\s\S])*"?/y;
const NUMBER = /\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)\b/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const SPACE = /\s+/y;

/** @param {string} text */
const words = (text) => new Set(text.split(" "));

// Keys are looked for at every place: their length is bounded, so that a long run of letters does not cost its square.
/** @type {{[language: string]: Grammar}} */
const grammars = {
  javascript: {comment: C_COMMENT, string: TICKS, keys: null, words: words("async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield")},
  python: {comment: HASH, string: TRIPLE, keys: null, words: words("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield")},
  swift: {comment: C_COMMENT, string: DOUBLE, keys: null, words: words("actor any as associatedtype async await break case catch class continue default defer do else enum extension false fileprivate final for func guard if import in init inout internal is lazy let mutating nil nonisolated open operator override private protocol public repeat rethrows return self Self some static struct subscript super switch throw throws true try typealias var weak where while")},
  go: {comment: C_COMMENT, string: TICKS, keys: null, words: words("break case chan const continue default defer else false for func go goto if import interface map nil package range return select struct switch true type var")},
  rust: {comment: C_COMMENT, string: DOUBLE, keys: null, words: words("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while")},
  c: {comment: C_COMMENT, string: QUOTES, keys: null, words: words("abstract auto bool boolean break byte case catch char class const continue default delete do double else enum extends extern false final float for if implements import inline int interface long namespace new null nullptr package private protected public return short signed sizeof static struct super switch template this throw throws true try typedef typename union unsigned using var virtual void volatile while")},
  shell: {comment: /(?<=^|\s)#[^\n]*/y, string: /"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?/y, keys: null, words: words("case do done elif else esac export fi for function if in local return set then until while")},
  sql: {comment: DASHES, string: /'(?:[^']|'')*'?|"[^"\n]*"?/y, keys: null, words: words("ADD ALL ALTER AND AS ASC BEGIN BETWEEN BY CASE CHECK COLUMN COMMIT CONSTRAINT CREATE DEFAULT DELETE DESC DISTINCT DROP ELSE END EXISTS FOREIGN FROM GROUP HAVING IF IN INDEX INNER INSERT INTO IS JOIN KEY LEFT LIKE LIMIT NOT NULL ON OR ORDER OUTER PRIMARY REFERENCES RETURNING RIGHT SELECT SET TABLE THEN UNION UNIQUE UPDATE VALUES VIEW WHEN WHERE WITH")},
  json: {comment: null, string: QUOTES, keys: /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y, words: words("true false null")},
  yaml: {comment: /(?<=^|\s)#[^\n]*/y, string: QUOTES, keys: /[\w.$/-]{1,100}(?=:(?:\s|$))|"[^"\n]{0,100}"(?=:(?:\s|$))/y, words: words("true false null yes no")},
  css: {comment: /\/\*[\s\S]*?(?:\*\/|$)/y, string: QUOTES, keys: /[a-z-][\w-]{0,60}(?=\s{0,4}:\s)/y, words: words("")},
  xml: {comment: /<!--[\s\S]*?(?:-->|$)/y, string: QUOTES, keys: /<\/?[\w:.-]{1,60}|\/?>|[\w:.-]{1,60}(?==)/y, words: words("")},
  toml: {comment: HASH, string: TRIPLE, keys: /[\w.-]{1,60}(?=\s{0,4}=)|\[\[?[\w. "-]{1,100}\]\]?/y, words: words("true false")},
};

/** @type {{[name: string]: string}} */
const names = {
  js: "javascript", jsx: "javascript", ts: "javascript", tsx: "javascript", mjs: "javascript", typescript: "javascript", cel: "javascript",
  py: "python", sh: "shell", bash: "shell", zsh: "shell", console: "shell", yml: "yaml", jsonl: "json", json5: "json", rs: "rust", golang: "go",
  java: "c", kt: "c", kotlin: "c", cs: "c", csharp: "c", cpp: "c", "c++": "c", h: "c", hpp: "c", cc: "c", m: "c", php: "c", scala: "c", dart: "c",
  html: "xml", svg: "xml", htm: "xml", xhtml: "xml", scss: "css", less: "css", ini: "toml", makefile: "shell", dockerfile: "shell", rb: "python", ruby: "python",
};

/** The name of the grammar, or null. @param {string} language */
export function grammarOf(language) {
  const name = language.toLowerCase();
  const known = Object.hasOwn(names, name) ? names[name] : name;
  return Object.hasOwn(grammars, known) ? known : null;
}

/** The grammar for a file, by its name. @param {string} path */
export const grammarOfPath = (path) => grammarOf(path.split("/").at(-1)?.split(".").at(-1) ?? "");

/** @param {string} text @param {string} language @returns {Token[]} */
export function tokensOf(text, language) {
  const name = grammarOf(language);
  if (name === null || text.length > LONGEST) return [{kind: "plain", text}];
  const grammar = grammars[name];
  /** @type {Token[]} */
  const found = [];
  let plain = "";
  let at = 0;
  /** @type {[TokenKind, RegExp|null][]} */
  const kinds = [["comment", grammar.comment], ["key", grammar.keys], ["string", grammar.string], ["number", NUMBER]];
  while (at < text.length) {
    const space = matched(SPACE, text, at);
    if (space) { plain += space; at += space.length; continue; }
    let hit = /** @type {Token|null} */ (null);
    for (const [kind, pattern] of kinds) {
      const piece = pattern && matched(pattern, text, at);
      if (piece) { hit = {kind, text: piece}; break; }
    }
    if (!hit) {
      const word = matched(WORD, text, at);
      if (word && grammar.words.has(name === "sql" ? word.toUpperCase() : word)) hit = {kind: "word", text: word};
      else { plain += word || text[at]; at += word?.length || 1; continue; }
    }
    if (plain) { found.push({kind: "plain", text: plain}); plain = ""; }
    found.push(hit);
    at += hit.text.length;
  }
  if (plain) found.push({kind: "plain", text: plain});
  return found;
}

/** @param {RegExp} pattern @param {string} text @param {number} at */
function matched(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] || null;
}
