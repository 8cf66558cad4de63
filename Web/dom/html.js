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

import {Composite, nothing} from "./attributes.js";
import {longestRise} from "./order.js";
import {nodeAt, parse} from "./parse.js";

export {nothing};

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
  /** @param {Iterable<unknown>} items @param {(item: never, index: number) => unknown} key @param {(item: never, index: number) => unknown} view @param {boolean} reuses */
  constructor(items, key, view, reuses) {
    this.items = items;
    this.key = key;
    this.view = view;
    this.reuses = reuses;
  }
}

/**
 * A list whose nodes follow their items. With `reuses`, the nodes of items that go show those that come: for long lists of
 * which a window is in the page, and whose rows keep nothing by themselves.
 * @template Item
 * @param {Iterable<Item>} items
 * @param {(item: Item, index: number) => unknown} key
 * @param {(item: Item, index: number) => unknown} view
 * @param {{reuses?: boolean}} [options]
 */
export const each = (items, key, view, {reuses = false} = {}) => new Keyed(items, key, view, reuses);

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

/** One rendering of a template. */
class Instance {
  /** @param {Template} template */
  constructor(template) {
    const {content, places, bindings} = parse(template.strings, template.isSVG);
    this.strings = template.strings;
    this.fragment = document.importNode(content, true);
    const nodes = places.map((place) => nodeAt(this.fragment, place));
    this.parts = bindings.map((binding) => {
      const node = /** @type {Node} */ (nodes[binding.node]);
      if (binding.kind === "child") return new Child(/** @type {Comment} */ (node), null);
      if (binding.kind === "ref") return new RefPart(/** @type {Element} */ (node));
      return binding.make(/** @type {Element} */ (node));
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
    if (Array.isArray(value)) return this.setList(new Keyed(value, (_, index) => index, (item) => item, false));
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
    /** @type {Map<unknown, unknown>} */
    const wanted = new Map();
    for (const item of list.items) {
      const index = wanted.size;
      let key = list.key(/** @type {never} */ (item), index);
      while (wanted.has(key)) key = `${String(key)} again`;
      wanted.set(key, list.view(/** @type {never} */ (item), index));
    }
    const gone = [...old].filter(([key]) => !wanted.has(key));
    if (list.reuses) reuse(old, gone, [...wanted.keys()]);
    for (const [, child] of gone) child.remove();
    const focused = document.activeElement;
    const children = this.shown.children = inOrder(parent, this.end, old, [...wanted.keys()]);
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({preventScroll: true});
    for (const [key, child] of children) child.set(wanted.get(key));
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

/**
 * Gives those that come the places of those that go, but for one with the keyboard in it.
 * @param {Map<unknown, Child>} old @param {[unknown, Child][]} gone what is left here is to be removed @param {unknown[]} keys
 */
function reuse(old, gone, keys) {
  const coming = keys.filter((key) => !old.has(key));
  const kept = gone.filter(([, child]) => child.nodes().some((node) => node.contains(document.activeElement)));
  const free = gone.filter((one) => !kept.includes(one));
  const given = new Map(free.slice(0, coming.length).map(([key, child], index) => [key, /** @type {const} */ ([coming[index], child])]));
  // They stand in the order in which they stood.
  const entries = [...old].map(([key, child]) => given.get(key) ?? /** @type {const} */ ([key, child]));
  old.clear();
  for (const [key, child] of entries) old.set(key, child);
  gone.splice(0, gone.length, ...kept, ...free.slice(coming.length));
}

/**
 * The places of a list in their order: what is new is made where it belongs, and of the others as few move as can be.
 * @param {Node} parent @param {Node} end @param {Map<unknown, Child>} old @param {unknown[]} keys @returns {Map<unknown, Child>}
 */
function inOrder(parent, end, old, keys) {
  const places = new Map([...old.keys()].map((key, place) => [key, place]));
  const staying = longestRise(keys.map((key) => places.get(key) ?? -1));
  /** @type {Child[]} */
  const made = [];
  let before = end;
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const had = old.get(keys[index]);
    const child = made[index] = had ?? Child.in(parent, before);
    if (had && !staying.has(index)) child.moveBefore(parent, before);
    before = child.start;
  }
  return new Map(keys.map((key, index) => [key, made[index]]));
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
