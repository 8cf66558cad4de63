// The strings of templates, parsed once for each place in the source, through the one Trusted Types policy of the page: it
// takes the string arrays of templates and nothing else.

import {attributeMaker} from "./attributes.js";

/** @typedef {{node: number, kind: "child"} | {node: number, kind: "ref"} | {node: number, kind: "attribute", make: ReturnType<typeof attributeMaker>}} Binding in the order of the values */
/** @typedef {{content: DocumentFragment, places: number[][], bindings: Binding[]}} Parsed `places`: the way to each node with a value, by the places among its siblings */

/** @type {WeakMap<TemplateStringsArray, Parsed>} */
const parsed = new WeakMap();

const check = (/** @type {TemplateStringsArray} */ strings) => {
  if (!Array.isArray(strings) || !Object.isFrozen(strings) || !Object.isFrozen(strings.raw)) throw new TypeError("only templates are parsed");
};
/** @type {{createHTML: (text: string, strings: TemplateStringsArray) => string}} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("cf-template", {
  createHTML: (/** @type {string} */ text, /** @type {TemplateStringsArray} */ strings) => { check(strings); return text; },
}) ?? {createHTML: (text, strings) => { check(strings); return text; }};

const MARK = "cf:";
const NAME = "cf-at-";

/**
 * The source with a marker for each value, and the names of attributes that have one. Such attributes get another name, so
 * that the parser acts on none of them.
 * @param {readonly string[]} strings
 */
export function mark(strings) {
  /** @type {(string | null)[]} for each value the name of its attribute; "" for a bare place in a tag, null for a child */
  const names = [];
  let out = "";
  let state = "text";   // text, comment, open (name of a tag), tag, name, after (the =), "'", '"' and bare (values)
  let start = 0;        // where in `out` the name of the attribute begins
  let name = "";        // and what it is
  let isRenamed = false;
  strings.forEach((string, index) => {
    for (let i = 0; i < string.length; i += 1) {
      const c = string[i];
      if (state === "text") {
        if (string.startsWith("<!--", i)) state = "comment";
        else if (c === "<" && /[a-z/]/i.test(string[i + 1] ?? "")) state = "open";
      } else if (state === "comment") {
        if (string.startsWith("-->", i)) { out += "--"; i += 2; state = "text"; out += ">"; continue; }
      } else if (state === '"' || state === "'") {
        if (c === state) state = "tag";
      } else if (c === ">") {
        state = "text";
      } else if (/\s/.test(c)) {
        if (state !== "after") state = "tag";
      } else if (state === "tag" && c !== "/") {
        state = "name"; start = out.length; name = c; isRenamed = false;
      } else if (state === "name") {
        if (c === "=") state = "after"; else name += c;
      } else if (state === "after") {
        state = c === '"' || c === "'" ? c : "bare";
      }
      out += c;
    }
    if (index === strings.length - 1) return;
    if (state === "text") { names.push(null); out += `<!--${MARK}-->`; return; }
    if (state === "tag") { names.push(""); out += `${NAME}${index}=""`; return; }
    if (state === "comment" || state === "open" || state === "name") throw new SyntaxError(`a value cannot stand in a ${state === "comment" ? "comment" : "name"}: ${string.slice(-40)}`);
    if (/^on/i.test(name) || /^srcdoc$/i.test(name)) throw new SyntaxError(`${name} takes no value`);
    names.push(name);
    if (!isRenamed) { out = out.slice(0, start) + NAME + index + out.slice(start + name.length); isRenamed = true; }
    if (state === "after") state = "bare";
    out += MARK + index + ";";
  });
  return {source: out, names};
}

const MARKS = /cf:(\d+);/;

/** @param {Node} node @param {Node} root */
function placeOf(node, root) {
  /** @type {number[]} */
  const place = [];
  for (let here = node; here !== root; here = /** @type {Node} */ (here.parentNode)) {
    let index = 0;
    for (let before = here.previousSibling; before; before = before.previousSibling) index += 1;
    place.unshift(index);
  }
  return place;
}

/** The node at a place; going from sibling to sibling costs far less than walking through all. @param {Node} root @param {readonly number[]} place */
export function nodeAt(root, place) {
  let node = root;
  for (const index of place) {
    node = /** @type {Node} */ (node.firstChild);
    for (let left = index; left > 0; left -= 1) node = /** @type {Node} */ (node.nextSibling);
  }
  return node;
}

/** The nodes of a template and where its values go. @param {TemplateStringsArray} strings @param {boolean} isSVG @returns {Parsed} */
export function parse(strings, isSVG) {
  const known = parsed.get(strings);
  if (known) return known;
  const {source, names} = mark(strings);
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(isSVG ? `<svg>${source}</svg>` : source, strings);
  const content = template.content;
  if (isSVG) content.firstElementChild?.replaceWith(...content.firstElementChild.childNodes);
  /** @type {Binding[]} */
  const bindings = [];
  /** @type {number[][]} */
  const places = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  let at = 0;
  while (walker.nextNode()) {
    const found = walker.currentNode;
    const before = at;
    const node = places.length;
    if (found instanceof Comment) {
      if (found.data !== MARK) continue;
      bindings.push({node, kind: "child"});
      at += 1;
    } else {
      const element = /** @type {Element} */ (found);
      for (const {name, value} of [...element.attributes]) {
        if (!name.startsWith(NAME)) continue;
        element.removeAttribute(name);
        const first = names[at];
        if (first === "") { bindings.push({node, kind: "ref"}); at += 1; continue; }
        const texts = value.split(MARKS).filter((_, index) => index % 2 === 0);
        bindings.push({node, kind: "attribute", make: attributeMaker(first ?? "", texts)});
        at += texts.length - 1;
      }
    }
    if (at > before) places.push(placeOf(found, content));
  }
  if (at !== names.length) throw new SyntaxError(`a value stands where none can be: ${strings.join("${}").slice(0, 120)}`);
  const result = {content, places, bindings};
  parsed.set(strings, result);
  return result;
}
