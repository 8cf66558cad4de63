// The grammars of the editor. Kinds are classes of the highlighted layer: k key, s text, n number, w word of the
// language, c comment, f function, v value put in by a template, h heading.
//
// Patterns must not hold capturing groups: the lexer gives each rule one of its own.

/** @typedef {import("./grammar.js").Grammar} Grammar @typedef {import("./grammar.js").Rule} Rule */

/** What a template puts into any text. @type {Rule[]} */
const tags = [[/\{#/, "c", "+remark"], [/\{\{-?/, "v", "+value"], [/\{%-?/, "v", "+tag"]];

/** @type {import("./grammar.js").States} */
const insideTags = {
  remark: {kind: "c", rules: [[/#\}/, "c", "-"]]},
  value: {kind: "v", rules: [[/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/, "v s"], [/-?\}\}/, "v", "-"]]},
  tag: {
    kind: "v",
    rules: [
      [/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/, "v s"],
      [/-?%\}/, "v", "-"],
      [/\b(?:if|elif|else|endif|for|in|endfor|raw|endraw)\b/, "v w"],
    ],
  },
};

const number = /\b(?:0x[0-9a-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)[uj]?\b/;
const strings = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/;

/** @type {Grammar} */
const text = {start: "text", states: {text: {kind: "", rules: []}}};

/** @type {Grammar} */
const template = {start: "text", states: {text: {kind: "", rules: tags}, ...insideTags}};

/** @type {Grammar} */
const cel = {
  start: "code",
  states: {
    code: {
      kind: "",
      rules: [
        [/\/\/.*/, "c"],
        [/[rbRB]{0,2}"""/, "s", "+long"],
        [/[rbRB]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)/, "s"],
        [number, "n"],
        [/\b(?:true|false|null|in)\b/, "w"],
        [/\b[A-Za-z_]\w*(?=\s*\()/, "f"],
        [/\b(?:inputs|steps|secrets|vars|run|pipeline|trigger|result|item|index|key|input)\b/, "k"],
      ],
    },
    long: {kind: "s", rules: [[/"""/, "s", "-"]]},
  },
};

/** @type {Grammar} */
const json = {
  start: "json",
  states: {
    json: {
      kind: "",
      rules: [
        [/"(?:\\.|[^"\\])*"(?=\s*:)/, "k"],
        [/"/, "s", "+string"],
        [/-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/, "n"],
        [/\b(?:true|false|null)\b/, "w"],
      ],
    },
    string: {kind: "s", endsWithLine: true, rules: [[/\\./, "s"], [/"/, "s", "-"], ...tags]},
    ...insideTags,
  },
};

/** @type {Grammar} */
const yaml = {
  start: "yaml",
  states: {
    yaml: {
      kind: "",
      rules: [
        [/(?:^|\s)#.*/, "c"],
        [/"(?:\\.|[^"\\])*"(?=\s*:(?:\s|$))|'[^']*'(?=\s*:(?:\s|$))/, "k"],
        ...tags,
        [/"/, "s", "+double"],
        [/'/, "s", "+single"],
        [/[A-Za-z_$][\w$.-]*(?=\s*:(?:\s|$))/, "k"],
        [/\b(?:true|false|null)\b(?=\s*(?:$|[,\]}#]))/, "w"],
        [/-?\b\d+(?:\.\d+)?(?:ms|s|m|h|[KMG]i?B)?\b(?=\s*(?:$|[,\]}#]))/, "n"],
        [/[|>][+-]?\d?(?=\s*$)/, "w"],
      ],
    },
    double: {kind: "s", endsWithLine: true, rules: [[/\\./, "s"], [/"/, "s", "-"], ...tags]},
    single: {kind: "s", endsWithLine: true, rules: [[/'/, "s", "-"], ...tags]},
    block: {kind: "", rules: tags},
    ...insideTags,
  },
  // A text under a key goes on while lines stand further in than the key; one under a dash, than the dash.
  block: (line) => {
    const match = /^(\s*(?:- +)*)(\S.*:\s+|- +|)[|>][+-]?\d?\s*(?:#.*)?$/.exec(line);
    if (!match) return null;
    const inside = match[1] ?? "";
    return match[2] ? inside.length : inside.trimEnd().length - 1;
  },
};

const pythonWords = "and as assert async await break case class continue def del elif else except finally for from " +
  "global if import in is lambda match nonlocal not or pass raise return try while with yield True False None";
const scriptWords = "async await break case catch class const continue debugger default delete do else export extends " +
  "finally for from function if import in instanceof let new of return static super switch this throw try typeof var " +
  "void while with yield true false null undefined";
/** @param {string} words */
const oneOf = (words) => new RegExp(`\\b(?:${words.split(" ").join("|")})\\b`);

/** @type {Grammar} */
const python = {
  start: "code",
  states: {
    code: {
      kind: "",
      rules: [
        [/#.*/, "c"],
        [/[rbfuRBFU]{0,2}"""/, "s", "+long"],
        [/[rbfuRBFU]{0,2}'''/, "s", "+longSingle"],
        [new RegExp(`[rbfuRBFU]{0,2}(?:${strings.source})`), "s"],
        [number, "n"],
        [oneOf(pythonWords), "w"],
        [/\b[A-Za-z_]\w*(?=\s*\()/, "f"],
      ],
    },
    long: {kind: "s", rules: [[/\\./, "s"], [/"""/, "s", "-"]]},
    longSingle: {kind: "s", rules: [[/\\./, "s"], [/'''/, "s", "-"]]},
  },
};

/** @type {Grammar} */
const javascript = {
  start: "code",
  states: {
    code: {
      kind: "",
      rules: [
        [/\/\/.*/, "c"],
        [/\/\*/, "c", "+remark"],
        [/`/, "s", "+long"],
        [strings, "s"],
        [number, "n"],
        [oneOf(scriptWords), "w"],
        [/\b[A-Za-z_$][\w$]*(?=\s*\()/, "f"],
      ],
    },
    remark: {kind: "c", rules: [[/\*\//, "c", "-"]]},
    long: {kind: "s", rules: [[/\\./, "s"], [/`/, "s", "-"]]},
  },
};

/** @type {Grammar} */
const markdown = {
  start: "prose",
  states: {
    prose: {
      kind: "",
      rules: [
        [/^\s*(?:```|~~~).*/, "s", "+fence"],
        [/^#{1,6} .*/, "h"],
        [/^\s*(?:[-*+]|\d+[.)])(?=\s)/, "w"],
        [/^>.*/, "c"],
        [/`[^`]+`/, "s"],
        [/\[[^\]]*\]\([^)]*\)/, "k"],
        [/\*\*[^*]+\*\*/, "w"],
        ...tags,
      ],
    },
    fence: {kind: "s", rules: [[/^\s*(?:```|~~~)\s*$/, "s", "-"], ...tags]},
    ...insideTags,
  },
};

/** @type {{[name: string]: Grammar}} */
export const languages = {text, template, yaml, json, cel, python, javascript, markdown};

/** The grammar of a language; plain text for one that is not known. @param {string} name @returns {Grammar} */
export const grammarOf = (name) => languages[name] ?? text;
