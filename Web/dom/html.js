// Templates: html`…` describes DOM, render() makes it once and afterwards changes only what differs, so that focus,
// selection and scroll stay where they are.
//
//   render(html`<button class=${c} ?disabled=${busy} .value=${v} @click=${run} style=${{"--v": "10%"}}>${text}</button>`, box);
//   each(items, (item) => item.id, (item, index) => html`…`)   a keyed list: nodes move, they are not made anew
//   nothing                                                   renders nothing; takes an attribute away
//   html`<input ${ref((element) => …)}>`                      called once, after the element has its place
//
// Text goes in as text. The static strings are parsed through the one Trusted Types policy of the page, which takes the
// string arrays of templates and nothing else. What a container held before its first render is removed.

import {untracked} from "./signal.js";

/** Renders nothing; as the value of an attribute, takes it away. */
export const nothing = Symbol("nothing");

/** @typedef {{strings: TemplateStringsArray, values: unknown[], isSVG: boolean}} TemplateParts */

/** What html`` and svg`` give: strings that stay and values that change. */
export class Template {
  /** @param {TemplateStringsArray} strings @param {unknown[]} values @param {boolean} isSVG */
  constructor(strings, values, isSVG) {
    this.strings = strings;
    this.values = values;
    this.isSVG = isSVG;
  }
}

/** @param {TemplateStringsArray} strings @param {unknown[]} values */
export const html = (strings, ...values) => new Template(strings, values, false);

/** The same for what stands inside an <svg>. @param {TemplateStringsArray} strings @param {unknown[]} values */
export const svg = (strings, ...values) => new Template(strings, values, true);

class Keyed {
  /** @param {Iterable<unknown>} items @param {(item: never, index: number) => unknown} key @param {(item: never, index: number) => unknown} view */
  constructor(items, key, view) {
    this.items = items;
    this.key = key;
    this.view = view;
  }
}

/**
 * A list whose nodes follow their items.
 * @template Item
 * @param {Iterable<Item>} items
 * @param {(item: Item, index: number) => unknown} key
 * @param {(item: Item, index: number) => unknown} view
 */
export const each = (items, key, view) => new Keyed(items, key, view);

class Ref {
  /** @param {(element: never) => void} run */
  constructor(run) { this.run = run; }
}

/**
 * Calls with the element it stands in, once, when the render that made it is over.
 * @template {Element} [E=HTMLElement]
 * @param {(element: E) => void} run
 */
export const ref = (run) => new Ref(run);

/** @type {WeakMap<Node, Child>} */
const roots = new WeakMap();
/** @type {[Ref, Element][]} */
let refs = [];
let depth = 0;

/** Shows the value in the container, in the place of what it showed before. @param {unknown} value @param {Element | DocumentFragment} container */
export function render(value, container) {
  let root = roots.get(container);
  if (!root) {
    container.replaceChildren();
    root = Child.in(container, null);
    roots.set(container, root);
  }
  depth += 1;
  try {
    root.set(value);
  } finally {
    depth -= 1;
  }
  if (depth > 0) return;
  const due = refs;
  refs = [];
  for (const [made, element] of due) made.run(/** @type {never} */ (element));
}

// ---- Parsing: once for each place in the source ----

/** @typedef {{node: number, kind: "child", at: number} | {node: number, kind: "ref", at: number} | {node: number, kind: "attribute", at: number, name: string, texts: string[]}} Binding */
/** @typedef {{content: DocumentFragment, bindings: Binding[]}} Parsed */

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
const walk = (/** @type {Node} */ root) => document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);

/** @param {TemplateStringsArray} strings @param {boolean} isSVG @returns {Parsed} */
function parse(strings, isSVG) {
  const known = parsed.get(strings);
  if (known) return known;
  const {source, names} = mark(strings);
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(isSVG ? `<svg>${source}</svg>` : source, strings);
  const content = template.content;
  if (isSVG) content.firstElementChild?.replaceWith(...content.firstElementChild.childNodes);
  /** @type {Binding[]} */
  const bindings = [];
  const walker = walk(content);
  let at = 0;
  for (let node = 0; walker.nextNode(); node += 1) {
    const found = walker.currentNode;
    if (found instanceof Comment) {
      if (found.data === MARK) bindings.push({node, kind: "child", at: at++});
      continue;
    }
    const element = /** @type {Element} */ (found);
    for (const {name, value} of [...element.attributes]) {
      if (!name.startsWith(NAME)) continue;
      element.removeAttribute(name);
      const first = names[at];
      if (first === "") { bindings.push({node, kind: "ref", at: at++}); continue; }
      const texts = value.split(MARKS).filter((_, index) => index % 2 === 0);
      bindings.push({node, kind: "attribute", at, name: first ?? "", texts});
      at += texts.length - 1;
    }
  }
  if (at !== names.length) throw new SyntaxError(`a value stands where none can be: ${strings.join("${}").slice(0, 120)}`);
  const result = {content, bindings};
  parsed.set(strings, result);
  return result;
}

// ---- What has been rendered ----

/** One rendering of a template. */
class Instance {
  /** @param {Template} template */
  constructor(template) {
    const {content, bindings} = parse(template.strings, template.isSVG);
    this.strings = template.strings;
    this.fragment = document.importNode(content, true);
    const walker = walk(this.fragment);
    /** @type {Node[]} */
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    this.parts = bindings.map((binding) => {
      const node = nodes[binding.node];
      if (binding.kind === "child") return new Child(/** @type {Comment} */ (node), null);
      if (binding.kind === "ref") return new RefPart(/** @type {Element} */ (node));
      return attributePart(/** @type {Element} */ (node), binding.name, binding.texts);
    });
    this.update(template.values);
  }

  /** @param {unknown[]} values */
  update(values) {
    let at = 0;
    for (const part of this.parts) {
      if (part instanceof Composite) {
        part.set(values.slice(at, at + part.count));
        at += part.count;
      } else part.set(values[at++]);
    }
  }
}

/** A place between nodes: all that it shows stands between its two comments. */
class Child {
  /** @param {Comment} start @param {Comment | null} end */
  constructor(start, end) {
    this.start = start;
    this.end = end ?? start.ownerDocument.createComment("");
    if (!end) start.after(this.end);
    /** @type {{kind: "none"} | {kind: "text", node: Text} | {kind: "node", node: Node} | {kind: "template", instance: Instance} | {kind: "list", children: Map<unknown, Child>}} */
    this.shown = {kind: "none"};
  }

  /** A new place before a node of the parent. @param {Node} parent @param {Node | null} before */
  static in(parent, before) {
    const start = document.createComment("");
    const end = document.createComment("");
    parent.insertBefore(start, before);
    parent.insertBefore(end, before);
    return new Child(start, end);
  }

  /** @param {unknown} value */
  set(value) {
    if (value === null || value === undefined || typeof value === "boolean" || value === nothing) return this.clear();
    if (value instanceof Template) return this.setTemplate(value);
    if (value instanceof Keyed) return this.setList(value);
    if (value instanceof Node) return this.setNode(value);
    if (Array.isArray(value)) return this.setList(new Keyed(value, (_, index) => index, (item) => item));
    const text = String(value);
    if (this.shown.kind === "text") {
      if (this.shown.node.data !== text) this.shown.node.data = text;
      return;
    }
    this.clear();
    const node = document.createTextNode(text);
    this.end.before(node);
    this.shown = {kind: "text", node};
  }

  /** @param {Template} template */
  setTemplate(template) {
    if (this.shown.kind === "template" && this.shown.instance.strings === template.strings) return this.shown.instance.update(template.values);
    const instance = new Instance(template);
    this.clear();
    this.shown = {kind: "template", instance};
    this.end.before(instance.fragment);
  }

  /** @param {Node} node */
  setNode(node) {
    if (this.shown.kind === "node" && this.shown.node === node && node.nextSibling === this.end) return;
    this.clear();
    this.shown = {kind: "node", node};
    this.end.before(node);
  }

  /** @param {Keyed} list */
  setList(list) {
    if (this.shown.kind !== "list") {
      this.clear();
      this.shown = {kind: "list", children: new Map()};
    }
    const old = this.shown.children;
    const parent = /** @type {Node} */ (this.end.parentNode);
    /** @type {Map<unknown, Child>} */
    const next = new Map();
    /** @type {[Child, unknown][]} */
    const wanted = [];
    let index = 0;
    for (const item of list.items) {
      let key = list.key(/** @type {never} */ (item), index);
      while (next.has(key)) key = `${String(key)} again`;
      const child = old.get(key) ?? Child.in(parent, this.end);
      old.delete(key);
      next.set(key, child);
      wanted.push([child, list.view(/** @type {never} */ (item), index)]);
      index += 1;
    }
    for (const gone of old.values()) gone.remove();
    this.shown.children = next;
    const focused = document.activeElement;
    /** @type {Node} */
    let after = this.end;
    for (const [child] of wanted.toReversed()) {
      if (child.end.nextSibling !== after) child.moveBefore(parent, after);
      after = child.start;
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({preventScroll: true});
    for (const [child, value] of wanted) child.set(value);
  }

  /** @param {Node} parent @param {Node} before */
  moveBefore(parent, before) {
    // moveBefore keeps the state of what moves; where there is none, a move is a removal and an insertion.
    const mover = /** @type {{moveBefore?: (node: Node, before: Node) => void}} */ (/** @type {unknown} */ (parent)).moveBefore;
    const move = mover && parent.isConnected ? mover : parent.insertBefore;
    for (const node of this.nodes()) move.call(parent, node, before);
  }

  nodes() {
    /** @type {Node[]} */
    const nodes = [];
    /** @type {Node | null} */
    let node = this.start;
    for (; node && node !== this.end; node = node.nextSibling) nodes.push(node);
    nodes.push(this.end);
    return nodes;
  }

  clear() {
    if (this.shown.kind === "none") return;
    this.shown = {kind: "none"};
    while (this.start.nextSibling && this.start.nextSibling !== this.end) this.start.nextSibling.remove();
  }

  remove() {
    this.clear();
    this.start.remove();
    this.end.remove();
  }
}

class RefPart {
  isDone = false;
  /** @param {Element} element */
  constructor(element) { this.element = element; }
  /** @param {unknown} value */
  set(value) {
    if (this.isDone || !(value instanceof Ref)) return;
    this.isDone = true;
    refs.push([value, this.element]);
  }
}

/** @param {Element} element @param {string} name @param {string[]} texts */
function attributePart(element, name, texts) {
  const isWhole = texts.length === 2 && texts[0] === "" && texts[1] === "";
  if (!isWhole && !/^[?.@]|^style$/.test(name)) return new Composite(element, name, texts);
  if (!isWhole) throw new SyntaxError(`${name} takes one whole value`);
  if (name[0] === "?") return new Toggle(element, name.slice(1));
  if (name[0] === ".") return new Property(element, name.slice(1));
  if (name[0] === "@") return new Listener(element, name.slice(1));
  if (name === "style") return new Style(element);
  return new Attribute(element, name);
}

const isGone = (/** @type {unknown} */ value) => value === null || value === undefined || value === false || value === nothing;

/** @param {Element} element @param {string} name @param {string} text */
function setAttribute(element, name, text) {
  if (/^(?:href|src|action|formaction|xlink:href)$/i.test(name) && /^[\s\u0000-\u001f]*(?:java|vb)script:/i.test(text)) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

class Attribute {
  /** @param {Element} element @param {string} name */
  constructor(element, name) { this.element = element; this.name = name; }
  /** @param {unknown} value */
  set(value) {
    if (isGone(value)) this.element.removeAttribute(this.name);
    else setAttribute(this.element, this.name, value === true ? "" : String(value));
  }
}

/** An attribute of several values with text between them. */
class Composite {
  /** @param {Element} element @param {string} name @param {string[]} texts */
  constructor(element, name, texts) { this.element = element; this.name = name; this.texts = texts; this.count = texts.length - 1; }
  /** @param {unknown} values */
  set(values) {
    const given = /** @type {unknown[]} */ (values);
    setAttribute(this.element, this.name, this.texts.reduce((text, next, index) => {
      const value = given[index - 1];
      return text + (isGone(value) ? "" : String(value)) + next;
    }));
  }
}

class Toggle {
  /** @param {Element} element @param {string} name */
  constructor(element, name) { this.element = element; this.name = name; }
  /** @param {unknown} value */
  set(value) { this.element.toggleAttribute(this.name, !isGone(value) && Boolean(value)); }
}

class Property {
  /** @type {unknown} */
  last = nothing;
  /** @param {Element} element @param {string} name */
  constructor(element, name) { this.element = /** @type {Record<string, any>} */ (/** @type {unknown} */ (element)); this.name = name; }
  /** What somebody has typed since stays, until the value given is another. @param {unknown} value */
  set(value) {
    if (Object.is(value, this.last)) return;
    this.last = value;
    // What an element holds is not something that its maker reads: it would be told of its own change.
    untracked(() => { if (!Object.is(this.element[this.name], value)) this.element[this.name] = value; });
  }
}

class Listener {
  /** @type {unknown} */
  run = null;
  /** @param {Element} element @param {string} name */
  constructor(element, name) { this.element = element; this.name = name; }
  /** A function, or an object with handleEvent and the options of addEventListener. @param {unknown} value */
  set(value) {
    const had = this.run;
    this.run = isGone(value) ? null : value;
    if (had === null && this.run !== null) this.element.addEventListener(this.name, this, typeof this.run === "object" ? /** @type {AddEventListenerOptions} */ (this.run) : undefined);
    else if (had !== null && this.run === null) this.element.removeEventListener(this.name, this, typeof had === "object" ? /** @type {EventListenerOptions} */ (had) : undefined);
  }
  /** @param {Event} event */
  handleEvent(event) {
    if (typeof this.run === "function") this.run.call(this.element, event);
    else /** @type {EventListenerObject | null} */ (this.run)?.handleEvent(event);
  }
}

/** style=${{"--v": "12%", left: "4px"}}: through CSSOM, since the content policy knows no style attributes. */
class Style {
  /** @type {Record<string, unknown>} */
  last = {};
  /** @param {Element} element */
  constructor(element) { this.style = /** @type {HTMLElement | SVGElement} */ (element).style; }
  /** @param {unknown} value */
  set(value) {
    if (typeof value === "string") throw new TypeError("style takes an object");
    const next = isGone(value) ? {} : /** @type {Record<string, unknown>} */ (value);
    for (const name of Object.keys(this.last)) if (isGone(next[name])) this.style.removeProperty(name);
    for (const [name, one] of Object.entries(next)) if (!isGone(one) && this.last[name] !== one) this.style.setProperty(name, String(one));
    this.last = {...next};
  }
}
