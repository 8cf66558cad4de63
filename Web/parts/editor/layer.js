import {lexLine} from "./grammar.js";

/** @typedef {import("./grammar.js").Grammar} Grammar @typedef {import("./grammar.js").Token} Token */
/** @typedef {import("./positions.js").Mark} Mark */
/** @typedef {{text: string, before: string, after: string, marks: string, node: HTMLElement, colours: [name: string, range: StaticRange][]}} Line */

/**
 * The highlighted text that lies below the transparent one of a textarea. Both have the same font, padding and wrapping,
 * so every letter stands on its twin. Only lines that changed are made anew.
 *
 * Colours are ranges in the page's highlight registry, not elements: an element's edge changes how letters join and where
 * a line breaks, if only by a hair, and then two texts that ought to lie on each other do not.
 */
export class Layer {
  /** @type {Line[]} */
  #lines = [];
  #grammar;

  /** @param {HTMLElement} element @param {Grammar} grammar */
  constructor(element, grammar) {
    this.element = element;
    this.#grammar = grammar;
  }

  /** @param {Grammar} grammar */
  set grammar(grammar) {
    if (grammar === this.#grammar) return;
    this.#grammar = grammar;
    this.clear();
  }

  clear() {
    for (const line of this.#lines) uncolour(line);
    this.#lines = [];
    this.element.replaceChildren();
  }

  /** @param {string} text @param {Mark[]} marks */
  paint(text, marks) {
    const texts = text.split("\n");
    const old = this.#lines;
    const shorter = Math.min(old.length, texts.length);
    let head = 0;
    while (head < shorter && old[head]?.text === texts[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && old[old.length - 1 - tail]?.text === texts[texts.length - 1 - tail]) tail += 1;
    const moved = texts.length - old.length;
    /** @type {Line[]} */
    const lines = [];
    let state = this.#grammar.start;
    let offset = 0;
    for (const [index, line] of texts.entries()) {
      const twin = index >= texts.length - tail ? old[index - moved] : index < old.length - tail ? old[index] : undefined;
      const made = this.#line(line, state, marksOfLine(marks, offset, line.length), twin);
      lines.push(made);
      state = made.after;
      offset += line.length + 1;
    }
    const kept = new Set(lines.map((line) => line.node));
    for (const line of old) if (!kept.has(line.node)) uncolour(line);
    this.#place(lines);
    this.#lines = lines;
  }

  /** @param {string} text @param {string} before @param {Mark[]} marks @param {Line | undefined} twin @returns {Line} */
  #line(text, before, marks, twin) {
    const key = marks.map((mark) => `${mark.from}-${mark.to}${mark.severity}`).join();
    if (twin && twin.text === text && twin.before === before && twin.marks === key) return twin;
    const {tokens, after} = lexLine(this.#grammar, text, before);
    const node = twin?.node ?? document.createElement("div");
    node.className = "ed-line";
    if (twin) uncolour(twin);
    return {text, before, after, marks: key, node, colours: fill(node, text, tokens, marks)};
  }

  /** @param {Line[]} lines */
  #place(lines) {
    const wanted = new Set(lines.map((line) => line.node));
    for (const child of [...this.element.children]) if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
    for (const [index, {node}] of lines.entries()) {
      if (this.element.children[index] !== node) this.element.insertBefore(node, this.element.children[index] ?? null);
    }
  }

  /** Where a letter stands on the screen; null where the layer has none. @param {number} offset */
  rectAt(offset) {
    let rest = offset;
    for (const line of this.#lines) {
      if (rest <= line.text.length) return rectIn(line.node, rest);
      rest -= line.text.length + 1;
    }
    return null;
  }
}

/** @param {Mark[]} marks @param {number} offset @param {number} length @returns {Mark[]} */
function marksOfLine(marks, offset, length) {
  return marks.filter((mark) => mark.to > offset && mark.from < offset + Math.max(1, length)).map((mark) => ({
    ...mark, from: Math.max(0, mark.from - offset), to: Math.min(length, mark.to - offset),
  }));
}

/** @param {HTMLElement} node @param {string} text @param {Token[]} tokens @param {Mark[]} marks @returns {Line["colours"]} */
function fill(node, text, tokens, marks) {
  // An empty line keeps its height through a line break, as in the textarea.
  if (text === "") {
    node.replaceChildren(document.createElement("br"));
    return [];
  }
  const letters = document.createTextNode(text);
  node.replaceChildren(letters);
  const named = [...tokens.map(({from, to, kind}) => ({from, to, name: kind.replace(" ", "")})),
    ...marks.map(({from, to, severity}) => ({from, to, name: severity}))];
  return named.map(({from, to, name}) => {
    const range = new StaticRange({startContainer: letters, startOffset: from, endContainer: letters, endOffset: to});
    highlightOf(name)?.add(range);
    return [name, range];
  });
}

/** The colour of that name, for all editors of the page; nothing in a browser without. @param {string} name */
function highlightOf(name) {
  const registry = globalThis.CSS?.highlights;
  if (!registry) return null;
  const known = registry.get(`ed-${name}`);
  if (known) return known;
  const made = new Highlight();
  // What is wrong is seen above what it is.
  made.priority = name === "error" || name === "warning" ? 1 : 0;
  registry.set(`ed-${name}`, made);
  return made;
}

/** @param {Line} line */
function uncolour(line) {
  for (const [name, range] of line.colours) highlightOf(name)?.delete(range);
}

/** @param {HTMLElement} node @param {number} offset */
function rectIn(node, offset) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let rest = offset;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const length = text.nodeValue?.length ?? 0;
    if (rest <= length) {
      const range = document.createRange();
      range.setStart(text, rest);
      range.setEnd(text, rest);
      return range.getClientRects()[0] ?? range.getBoundingClientRect();
    }
    rest -= length;
  }
  return node.getBoundingClientRect();
}
