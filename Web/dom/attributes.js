// The values in the tags of templates: attributes, properties, listeners, styles.

import {untracked} from "./signal.js";

/** Renders nothing; as the value of an attribute, takes it away. */
export const nothing = Symbol("nothing");

/**
 * What makes the keeper of an attribute, by the sign its name begins with.
 * @param {string} name @param {string[]} texts the text around its values @returns {(element: Element) => {set(value: unknown): void}}
 */
export function attributeMaker(name, texts) {
  const isWhole = texts.length === 2 && texts[0] === "" && texts[1] === "";
  const bare = name.slice(1);
  if (!isWhole && !/^[?.@]|^style$/.test(name)) return (element) => new Composite(element, name, texts);
  if (!isWhole) throw new SyntaxError(`${name} takes one whole value`);
  if (name[0] === "?") return (element) => new Toggle(element, bare);
  if (name[0] === ".") return (element) => new Property(element, bare);
  if (name[0] === "@") return (element) => new Listener(element, bare);
  if (name === "style") return (element) => new Style(element);
  return (element) => new Attribute(element, name);
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
export class Composite {
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
