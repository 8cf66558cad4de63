// What a page reads from the server: loading, there, or failed.
//
//   this.runs = resource((signal) => app.api.listRuns({signal}).then((answer) => answer.data), this);
//                          it begins when its value is first read
//   this.runs.value      {state: "loading" | "ready" | "failed", value, error, readAt}; tracked as a signal is
//   this.runs.reload()   once more; what was there stays until the new is, and where that fails it stays with its age
//   loadView(this.runs, {skeleton: () => html`…`, ready: (value) => html`…`})
//
// With an element given, the request ends when the element leaves the page. What fn reads before its first await is
// tracked when the resource was made with `follow: true`: a change reads anew. Where it then is of another thing, `of` says
// of which: nothing of the former one stays when that fails.

import {FactoryError} from "../app/api.js";
import {html, nothing} from "../dom/html.js";
import {effect, signal, untracked} from "../dom/signal.js";
import {formerly, isUnreachable, problemView} from "./problem.js";
import {waitingView} from "./skeleton.js";

/** @template T @typedef {{state: "loading" | "ready" | "failed", value: T | undefined, error: unknown, isLate: boolean, readAt: Date | null}} Loaded a value that failed to be read again is the former one */

/** @typedef {{follow?: boolean, of?: () => unknown}} Options */

/** A skeleton before this would only flicker. */
const LATE_MS = 300;

/** @template T */
export class Resource {
  #state = signal(/** @type {Loaded<T>} */ ({state: "loading", value: undefined, error: null, isLate: false, readAt: null}));
  #read;
  #follow;
  #of;
  /** What the value is of. @type {unknown} */
  #isOf;
  #hasBegun = false;
  #stop = new AbortController();
  /** @type {() => void} */
  #end = () => {};

  /** @param {(signal: AbortSignal) => Promise<T>} read @param {Options} options */
  constructor(read, {follow = false, of = () => null}) {
    this.#read = read;
    this.#follow = follow;
    this.#of = of;
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
    this.#isOf = untracked(this.#of);
    this.#state.value = {state: "ready", value, error: null, isLate: false, readAt: new Date()};
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
    const of = untracked(this.#of);
    const before = this.#state.peek();
    // What is there stays, and so does what is said of it; a first time, or one after a failure, begins with nothing.
    if (before.state === "failed" && before.value === undefined) this.#state.value = {...before, state: "loading", isLate: false};
    const late = setTimeout(() => { if (!stop.signal.aborted) this.#state.value = {...this.#state.peek(), isLate: true}; }, LATE_MS);
    try {
      const value = await reading;
      if (stop.signal.aborted) return;
      this.#isOf = of;
      this.#state.value = {state: "ready", value, error: null, isLate: false, readAt: new Date()};
    } catch (error) {
      if (stop.signal.aborted) return;
      const {value, readAt} = this.#state.peek();
      const stays = Object.is(of, this.#isOf) && !isGone(error);
      this.#state.value = {state: "failed", value: stays ? value : undefined, error, isLate: false, readAt};
    } finally {
      clearTimeout(late);
    }
  }
}

/** Whether the server says that there is nothing to see any more. @param {unknown} error */
const isGone = (error) => error instanceof FactoryError && [401, 403, 404, 410].includes(error.status);

/**
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} read
 * @param {{own(dispose: () => void): void}} [owner]
 * @param {Options} [options]
 */
export function resource(read, owner, options = {}) {
  const made = new Resource(read, options);
  owner?.own(() => made.end());
  return made;
}

/**
 * What to show of it: nothing for the first moments, then the skeleton, then the content or the problem with Retry; the
 * content that was there before a problem stays below it.
 * @template T
 * @param {Resource<T>} from
 * @param {{ready: (value: T) => unknown, skeleton?: () => unknown}} views
 */
export function loadView(from, {ready, skeleton}) {
  const {state, value, error, isLate, readAt} = from.value;
  const retry = () => from.reload();
  if (state === "failed" && value === undefined) return problemView(error, {retry, isWatched: true});
  // One template for both, so that the content is not made anew.
  if (state === "ready" || value !== undefined) return html`${state === "failed" ? formerly(error, {readAt, retry, isBusy: isLate, isWatched: true}) : nothing}${ready(/** @type {T} */ (value))}`;
  return isLate && skeleton ? waitingView(skeleton()) : nothing;
}
