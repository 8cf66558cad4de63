// The runs of the list as far as they were read, kept up with what happens.

import {signal} from "../../dom/signal.js";
import {fitsFilters, listRequest} from "./filters.js";
import {withEvent, withFirstPage, withMore} from "./merging.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */
/** @typedef {import("./filters.js").Filters} Filters */

const PAGE = 100;
/** Many runs that change at once are read once. */
const SETTLE_MS = 700;

export class RunList {
  items = signal(/** @type {RunMetadata[]} */ ([]));
  state = signal(/** @type {"loading" | "ready" | "failed"} */ ("loading"));
  error = signal(/** @type {unknown} */ (null));
  next = signal(/** @type {string | null} */ (null));
  isLoadingMore = signal(false);
  /** When what is there was read; null before anything was. */
  readAt = signal(/** @type {Date | null} */ (null));
  /** Why the last further page did not come. */
  moreError = signal(/** @type {unknown} */ (null));

  #app;
  #filters;
  /** Whether what is there was read with other filters. */
  #isFormer = false;
  #stop = new AbortController();
  #end = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #due;
  #since = Date.now();

  /** @param {App} app @param {Filters} filters @param {RunList | null} former whose runs are shown until others are read */
  constructor(app, filters, former) {
    this.#app = app;
    this.#filters = filters;
    if (!former?.items.peek().length) return;
    this.#isFormer = true;
    this.items.value = former.items.peek();
    this.readAt.value = former.readAt.peek();
  }

  start() {
    this.load();
    this.#end = this.#app.live.pipelines((event) => {
      if (event.type === "reset") this.#refreshSoon();
      else if (event.type.startsWith("run.") && event.data.run) this.#take(/** @type {any} */ (event.data));
    });
  }

  end() {
    this.#stop.abort();
    this.#end();
    clearTimeout(this.#due);
  }

  /** Reads the newest; what came with further pages stays. */
  async load() {
    const hasOwn = this.readAt.peek() !== null && !this.#isFormer;
    if (!hasOwn) this.#since = Date.now();
    if (this.items.peek().length === 0) this.state.value = "loading";
    try {
      const {data} = await this.#read(undefined);
      const isWhole = data.next_cursor === null;
      this.items.value = hasOwn ? withFirstPage(this.items.peek(), data.items, isWhole) : data.items;
      if (isWhole || !hasOwn) this.next.value = data.next_cursor;
      this.#isFormer = false;
      this.readAt.value = new Date();
      this.state.value = "ready";
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.error.value = error;
      this.state.value = "failed";
    }
  }

  /** Reads the next page; whether it came. */
  async more() {
    const cursor = this.next.peek();
    if (cursor === null || this.isLoadingMore.peek()) return false;
    this.isLoadingMore.value = true;
    this.moreError.value = null;
    try {
      const {data} = await this.#read(cursor);
      this.items.value = withMore(this.items.peek(), data.items);
      this.next.value = data.next_cursor;
      return true;
    } catch (error) {
      if (!this.#stop.signal.aborted) this.moreError.value = error;
      return false;
    } finally {
      this.isLoadingMore.value = false;
    }
  }

  /** @param {string | undefined} cursor */
  #read(cursor) {
    return this.#app.api.listRuns({...listRequest(this.#filters, this.#since), limit: PAGE, cursor, signal: this.#stop.signal});
  }

  /** @param {{pipeline: {id: string, name: string}, run: RunMetadata}} told */
  #take({pipeline, run}) {
    const items = this.items.peek();
    const at = items.findIndex((one) => one.id === run.id);
    if (at >= 0) this.items.value = items.with(at, withEvent(items[at], run));
    if (at >= 0 || fitsFilters(this.#filters, {...run, pipeline})) this.#refreshSoon();
  }

  #refreshSoon() {
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      this.load();
    }, SETTLE_MS);
  }
}
