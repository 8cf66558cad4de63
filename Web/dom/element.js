// The base of our custom elements: light DOM, properties that are signals, a view that is rendered again when one that it
// read changes.
//
//   export class RunRow extends Part {
//     static props = {run: null};
//     /** @type {Run | null} */ run;      // a field without a value tells the type and nothing else
//     view() { return html`…`; }
//   }
//   RunRow.define("cf-run-row");

import {render} from "./html.js";
import {effect, signal, untracked} from "./signal.js";

/** @typedef {import("./signal.js").Signal<unknown>} AnySignal */

export class Part extends HTMLElement {
  /** Names of properties with what they begin with; each becomes an accessor with a signal behind it. @type {Record<string, unknown>} */
  static props = {};

  /** @type {Map<string, AnySignal>} */
  #signals = new Map();
  /** @type {(() => void)[]} */
  #owned = [];

  constructor() {
    super();
    for (const [name, initial] of Object.entries(/** @type {typeof Part} */ (this.constructor).props)) {
      // What was set before the element was known: the fields of the class are about to cover it.
      const early = Object.getOwnPropertyDescriptor(this, name);
      this.#signals.set(name, signal(early ? early.value : initial));
      if (early) delete /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this))[name];
    }
  }

  /** A field that only tells the type stands in the way of the accessor, with what was set since. */
  #uncover() {
    const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
    for (const name of this.#signals.keys()) {
      if (!Object.hasOwn(this, name)) continue;
      const early = own[name];
      delete own[name];
      if (early !== undefined) own[name] = early;
    }
  }

  /** Makes the tag known; a second time is no error. @param {string} tag */
  static define(tag) {
    if (customElements.get(tag)) return;
    for (const name of Object.keys(this.props)) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get() { return this.signalOf(name).value; },
        set(value) { this.signalOf(name).value = value; },
      });
    }
    customElements.define(tag, this);
  }

  /** The signal behind a property. @param {string} name @returns {AnySignal} */
  signalOf(name) {
    const found = this.#signals.get(name);
    if (!found) throw new TypeError(`${this.localName} has no property ${name}`);
    return found;
  }

  /** What it shows. @returns {unknown} */
  view() { return null; }

  /** After it got its place in the page, and after the first view. */
  connected() {}

  /** After it left the page. */
  disconnected() {}

  /** Called when it leaves the page. @param {() => void} dispose */
  own(dispose) { this.#owned.push(dispose); }

  /** An effect that ends when it leaves the page. @param {() => void | (() => void)} act */
  effect(act) { this.own(effect(act)); }

  /** An event to who is above. @param {string} name @param {unknown} [detail] @returns {boolean} false when somebody prevented it */
  emit(name, detail) { return this.dispatchEvent(new CustomEvent(name, {detail, bubbles: true, cancelable: true})); }

  connectedCallback() {
    this.#uncover();
    // It may come into the page while another one is rendered, which is not told of what this one reads.
    untracked(() => {
      this.effect(() => render(this.view(), this));
      this.connected();
    });
  }

  disconnectedCallback() {
    for (const dispose of this.#owned.splice(0).reverse()) dispose();
    this.disconnected();
  }

  /** A move within the page neither ends nor begins anything. */
  connectedMoveCallback() {}
}
