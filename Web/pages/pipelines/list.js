// The pipelines that the page shows: page after page from the server, kept right by what happens live.
import {signal} from "../../dom/signal.js";
import {isLive, withRun} from "./figures.js";
import {isNarrowed, listRequest} from "./filters.js";

/** @typedef {import("../../../Client/client.d.ts").Factory} Factory */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("./filters.js").Filters} Filters */
/** @typedef {{type: string, data: {[name: string]: any}}} LiveEvent */

/** Divisible by every number of columns that fits, so that each page of the list fills its last row. */
export const PAGE = 48;

/** A skeleton before this would only flicker. */
const LATE_MS = 300;

/** Events that come together are answered by one reading. */
const TOGETHER_MS = 400;

export class PipelineList {
  #api;
  /** @type {Filters | null} */
  #filters = null;
  #controller = new AbortController();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #due = new Map();

  items = signal(/** @type {PipelineSummary[]} */ ([]));
  /** How the first page is: `loading` also while other filters are applied and the former items still show. */
  state = signal(/** @type {"loading" | "ready" | "failed"} */ ("loading"));
  error = signal(/** @type {unknown} */ (null));
  /** Reading takes so long that it has to be shown. */
  isLate = signal(false);
  /** When the items were read. */
  readAt = signal(/** @type {Date | null} */ (null));
  next = signal(/** @type {string | null} */ (null));
  /** Reading the next page: at rest, under way, or what went wrong. */
  more = signal(/** @type {"rest" | "busy" | {error: unknown}} */ ("rest"));
  /** Pipelines that came to be since, and are not in the list. */
  unseen = signal(/** @type {ReadonlySet<string>} */ (new Set()));

  /** @param {Factory} api */
  constructor(api) { this.#api = api; }

  /** @param {Filters} filters */
  async open(filters) {
    this.#filters = filters;
    this.#controller.abort();
    this.#controller = new AbortController();
    const {signal: ended} = this.#controller;
    this.state.value = "loading";
    this.more.value = "rest";
    this.isLate.value = false;
    const late = setTimeout(() => { this.isLate.value = true; }, LATE_MS);
    try {
      const {data} = await this.#api.listPipelines({...listRequest(filters), limit: PAGE, signal: ended});
      this.items.value = data.items;
      this.next.value = data.next_cursor;
      this.unseen.value = new Set();
      this.error.value = null;
      this.readAt.value = new Date();
      this.state.value = "ready";
    } catch (error) {
      if (ended.aborted) return;
      this.error.value = error;
      this.state.value = "failed";
    } finally {
      clearTimeout(late);
    }
  }

  async reload() {
    if (this.#filters) await this.open(this.#filters);
  }

  async readMore() {
    const cursor = this.next.peek(), {signal: ended} = this.#controller;
    if (cursor === null || this.#filters === null || this.more.peek() === "busy") return false;
    this.more.value = "busy";
    try {
      const {data} = await this.#api.listPipelines({...listRequest(this.#filters), limit: PAGE, cursor, signal: ended});
      if (ended.aborted) return false;
      const known = new Set(this.items.peek().map((item) => item.id));
      this.items.value = [...this.items.peek(), ...data.items.filter((item) => !known.has(item.id))];
      this.next.value = data.next_cursor;
      this.more.value = "rest";
      return true;
    } catch (error) {
      if (!ended.aborted) this.more.value = {error};
      return false;
    }
  }

  /** @param {string} id */
  find(id) { return this.items.peek().find((item) => item.id === id); }

  /** @param {string} id @param {(item: PipelineSummary) => PipelineSummary} change */
  change(id, change) {
    if (this.find(id)) this.items.value = this.items.peek().map((item) => item.id === id ? change(item) : item);
  }

  /** Takes it out; the result puts it back where it was. @param {string} id */
  remove(id) {
    const items = this.items.peek(), at = items.findIndex((item) => item.id === id);
    if (at < 0) return () => {};
    this.items.value = items.filter((item) => item.id !== id);
    return (/** @type {PipelineSummary} */ item = items[at]) => {
      if (!this.find(id)) this.items.value = this.items.peek().toSpliced(at, 0, item);
      this.unseen.value = new Set([...this.unseen.peek()].filter((other) => other !== id));
    };
  }

  /** Reads one anew, once for many events that come together. @param {string} id */
  refresh(id) {
    if (this.#due.has(id)) return;
    this.#due.set(id, setTimeout(async () => {
      this.#due.delete(id);
      await this.read(id);
    }, TOGETHER_MS));
  }

  /** One as it is now, also in the list; null where it was taken away meanwhile, or the server is. @param {string} id */
  async read(id) {
    try {
      const {data} = await this.#api.getPipeline({id, signal: this.#controller.signal});
      if (typeof data === "string") return null;
      this.change(id, () => data);
      return data;
    } catch {
      return null;
    }
  }

  /** @param {LiveEvent} event */
  hear({type, data}) {
    const id = String(data.pipeline?.id ?? "");
    if (type === "reset") void this.reload();
    else if (type === "pipeline.trashed") this.remove(id);
    else if (type === "pipeline.created" || type === "pipeline.restored") this.#count(id);
    else if (!this.find(id)) return;
    else if (type.startsWith("run.") && data.run) {
      this.change(id, (item) => withRun(item, data.run));
      if (!isLive(data.run.status)) this.refresh(id);
    } else this.refresh(id);
  }

  /** @param {string} id */
  #count(id) {
    // Of a list that is narrowed nobody knows whether it belongs there.
    if (!this.find(id) && this.#filters && !isNarrowed(this.#filters)) this.unseen.value = new Set([...this.unseen.peek(), id]);
  }

  end() {
    this.#controller.abort();
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
  }
}
