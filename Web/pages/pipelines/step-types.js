// The types of a pipeline's steps, which the list of pipelines does not hold: read for tiles that come into view, a few
// at a time, and kept for as long as the draft is the same.
import {Part} from "../../dom/element.js";
import {chain} from "../../parts/chain.js";
import {html} from "../../dom/html.js";

/** @typedef {import("../../../Client/client.d.ts").Factory} Factory */
/** @typedef {{id: string, revision: number, step_count: number}} Drafted */

const AT_ONCE = 4;
const MOST_KEPT = 2000;

export class StepTypes {
  #api;
  /** @type {Map<string, Promise<string[]>>} */
  #known = new Map();
  /** @type {(() => Promise<void>)[]} */
  #waiting = [];
  #busy = 0;

  /** @param {Factory} api */
  constructor(api) { this.#api = api; }

  /** @param {Drafted} pipeline @returns {Promise<string[]>} */
  of({id, revision}) {
    const key = `${id} ${revision}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    const asked = this.#next(async () => (await this.#api.listSteps({id})).data.items.map((step) => step.type));
    this.#known.set(key, asked);
    asked.catch(() => this.#known.delete(key));
    return asked;
  }

  /** @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
  #next(ask) {
    return new Promise((resolve, reject) => {
      this.#waiting.push(async () => {
        this.#busy += 1;
        try {
          resolve(await ask());
        } catch (error) {
          reject(error);
        } finally {
          this.#busy -= 1;
          this.#waiting.shift()?.();
        }
      });
      if (this.#busy < AT_ONCE) this.#waiting.shift()?.();
    });
  }
}

/** Told when an element comes into view, once. @type {WeakMap<Element, () => void>} */
const watched = new WeakMap();
/** @type {IntersectionObserver | null} */
let observer = null;

/** @param {Element} element @param {() => void} run */
function whenSeen(element, run) {
  observer ??= new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting) continue;
      observer?.unobserve(target);
      watched.get(target)?.();
    }
  }, {rootMargin: "200px"});
  watched.set(element, run);
  observer.observe(element);
  return () => { observer?.unobserve(element); watched.delete(element); };
}

export class StepChain extends Part {
  static props = {source: null, pipeline: null, types: null};

  connected() {
    this.own(whenSeen(this, () => this.effect(() => {
      const source = /** @type {StepTypes} */ (this.signalOf("source").value);
      const pipeline = /** @type {Drafted} */ (this.signalOf("pipeline").value);
      source.of(pipeline).then((types) => { this.signalOf("types").value = types; }, () => {
        // Without the glyphs the tile says the number of steps all the same.
      });
    })));
  }

  view() {
    const types = /** @type {string[] | null} */ (this.signalOf("types").value);
    const {step_count} = /** @type {Drafted} */ (this.signalOf("pipeline").value);
    return types ? chain(types) : html`<span class="xs dim">${step_count} ${step_count === 1 ? "step" : "steps"}</span>`;
  }
}
StepChain.define("cf-step-chain");
