// What a page reads from the server: loading, there, or failed.
//
//   this.runs = resource((signal) => app.api.listRuns({signal}).then((answer) => answer.data), this);
//                          it begins when its value is first read
//   this.runs.value      {state: "loading" | "ready" | "failed", value, error}; tracked as a signal is
//   this.runs.reload()   once more; what was there stays until the new is
//   loadView(this.runs, {skeleton: () => html`…`, ready: (value) => html`…`})
//
// With an element given, the request ends when the element leaves the page. What fn reads before its first await is
// tracked when the resource was made with `follow: true`: a change reads anew.

import {nothing} from "../dom/html.js";
import {effect, signal, untracked} from "../dom/signal.js";
import {isUnreachable, problemView} from "./problem.js";
import {waitingView} from "./skeleton.js";

/** @template T @typedef {{state: "loading" | "ready" | "failed", value: T | undefined, error: unknown, isLate: boolean}} Loaded */

/** A skeleton before this would only flicker. */
const LATE_MS = 300;

/** @template T */
export class Resource {
  #state = signal(/** @type {Loaded<T>} */ ({state: "loading", value: undefined, error: null, isLate: false}));
  #read;
  #follow;
  #hasBegun = false;
  #stop = new AbortController();
  /** @type {() => void} */
  #end = () => {};

  /** @param {(signal: AbortSignal) => Promise<T>} read @param {boolean} follow */
  constructor(read, follow) {
    this.#read = read;
    this.#follow = follow;
  }

  /** Begins when somebody first looks: by then the element has what it was given. */
  #begin() {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    addEventListener("cf-reconnected", this.#again);
    untracked(() => {
      if (this.#follow) this.#end = effect(() => { this.#load(); });
      else this.#load();
    });
  }

  /** What failed for want of a connection is read when it is back. */
  #again = () => { if (this.#state.peek().state === "failed" && isUnreachable(this.#state.peek().error)) this.reload(); };

  get value() {
    this.#begin();
    return this.#state.value;
  }

  /** The same without being told of changes. */
  peek() {
    this.#begin();
    return this.#state.peek();
  }

  get state() { return this.value.state; }

  get error() { return this.value.error; }

  /** Reads once more, and resolves when that is over. */
  reload() {
    if (this.#hasBegun) return untracked(() => this.#load());
    this.#begin();
    return Promise.resolve();
  }

  /** Puts in a value that is known already, as after a change. @param {T} value */
  set(value) {
    this.#hasBegun = true;
    this.#stop.abort();
    this.#state.value = {state: "ready", value, error: null, isLate: false};
  }

  end() {
    removeEventListener("cf-reconnected", this.#again);
    this.#end();
    this.#stop.abort();
  }

  async #load() {
    this.#stop.abort();
    const stop = this.#stop = new AbortController();
    const reading = this.#read(stop.signal);
    const before = this.#state.peek();
    // What is there stays; a first time, or one after a failure, begins with nothing.
    if (before.state === "failed") this.#state.value = {...before, state: "loading", isLate: false};
    const late = setTimeout(() => { if (!stop.signal.aborted) this.#state.value = {...this.#state.peek(), isLate: true}; }, LATE_MS);
    try {
      const value = await reading;
      if (!stop.signal.aborted) this.#state.value = {state: "ready", value, error: null, isLate: false};
    } catch (error) {
      if (!stop.signal.aborted) this.#state.value = {state: "failed", value: this.#state.peek().value, error, isLate: false};
    } finally {
      clearTimeout(late);
    }
  }
}

/**
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} read
 * @param {{own(dispose: () => void): void}} [owner]
 * @param {{follow?: boolean}} [options]
 */
export function resource(read, owner, {follow = false} = {}) {
  const made = new Resource(read, follow);
  owner?.own(() => made.end());
  return made;
}

/**
 * What to show of it: nothing for the first moments, then the skeleton, then the content or the problem with Retry.
 * @template T
 * @param {Resource<T>} from
 * @param {{ready: (value: T) => unknown, skeleton?: () => unknown}} views
 */
export function loadView(from, {ready, skeleton}) {
  const {state, value, error, isLate} = from.value;
  if (state === "failed") return problemView(error, {retry: () => from.reload(), isWatched: true});
  if (state === "ready" || value !== undefined) return ready(/** @type {T} */ (value));
  return isLate && skeleton ? waitingView(skeleton()) : nothing;
}
