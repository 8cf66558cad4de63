// Where a log view gets its lines: from events as they come, or page by page from the server. Of a long log only some
// pages are held; the others are asked for again when somebody goes there.

import {fits, LineMaker, linesOfEvent} from "./run-log-lines.js";
import {Turn} from "./turn.js";

/** @typedef {import("./run-log-lines.js").Line} Line */
/** @typedef {import("./run-log-lines.js").Printed} Printed */
/** @typedef {import("./run-state.js").RunEvent} RunEvent */
/** @typedef {{level: string, words: string, step: string|null}} LogFilter */
/** @typedef {{count: number, isWhole: boolean, cut: number, gap: number|null, line: (place: number) => Line|null,
 *   want: (from: number, to: number, isFromEnd?: boolean) => Promise<boolean>, toEnd?: () => Promise<boolean>}} LogSource
 *   `cut` lines were dropped at the beginning; at the place `gap`, which no line has, an unknown number of lines is still to
 *   be read; `want` fetches what is missing there, or more, from the side of the gap that the reader is on, and tells whether
 *   something came; `toEnd` has the last lines come before those between, and tells whether that could be done */

/** Lines held of a log that is being written. */
const MOST_LIVE = 200_000;
/** Pages held of a log that is read, from each of its sides. */
const MOST_PAGES = 12;

/** Lines from events. @implements {LogSource} */
export class LiveLog {
  /** @type {Line[]} */
  #lines = [];
  #maker = new LineMaker();
  cut = 0;
  gap = null;
  isWhole = true;

  get count() { return this.#lines.length; }
  /** @param {number} place */
  line(place) { return this.#lines[place] ?? null; }
  want() { return Promise.resolve(false); }

  /** @param {RunEvent} event */
  add(event) {
    if (event.type === "log") this.#maker.add({step: event.step ?? "", at: event.at, .../** @type {any} */ (event.data)}, this.#lines);
    else this.#lines.push(...linesOfEvent(event));
    if (this.#lines.length < MOST_LIVE * 1.1) return;
    this.cut += this.#lines.length - MOST_LIVE;
    this.#lines = this.#lines.slice(-MOST_LIVE);
  }
}

/** @typedef {(cursor: string|undefined) => Promise<{items: Printed[], next_cursor: string|null}>} FetchPage */
/** @typedef {{cursor: string|undefined, from: number, count: number, lines: Line[]|null, events: [number, number]}} Page */
/** @typedef {{lines: Line[], pages: number, position: number, event: number, cursor: string|undefined}} End the last lines:
 *   where in the log they begin, the first event among them, and where to go on towards the beginning */

/** Lines from pages of what was printed, with the events of the run among them. @implements {LogSource} */
export class PagedLog {
  /** @type {Page[]} */
  #pages = [];
  /** @type {string|null|undefined} */
  #next = undefined;
  /** @type {Promise<boolean>|null} */
  #busy = null;
  #told = 0;
  /** Up to where pages were read. */
  #position = 0;
  /** @type {End|null} */
  #end = null;
  #fetchPage;
  #events;
  #fetchBack;
  cut = 0;

  /** @param {FetchPage} fetchPage from the beginning @param {RunEvent[]} events sorted by time @param {FetchPage} [fetchBack] from the end, what was printed last first */
  constructor(fetchPage, events, fetchBack) {
    this.#fetchPage = fetchPage;
    this.#events = events;
    this.#fetchBack = fetchBack;
  }

  get isWhole() { return this.#next === null; }
  get #read() { const last = this.#pages.at(-1); return last ? last.from + last.count : 0; }
  get count() { return this.#read + (this.#end?.lines.length ?? 0) + (this.gap === null ? 0 : 1); }
  get gap() { return this.#end && !this.isWhole ? this.#read : null; }

  /** @param {number} place */
  line(place) {
    const read = this.#read;
    if (place >= read) return this.#end?.lines[place - read - (this.gap === null ? 0 : 1)] ?? null;
    const page = this.#pageAt(place);
    return page?.lines?.[place - page.from] ?? null;
  }

  /** @param {number} place */
  #pageAt(place) {
    let low = 0;
    let high = this.#pages.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const page = this.#pages[middle];
      if (place < page.from) high = middle - 1;
      else if (place >= page.from + page.count) low = middle + 1;
      else return page;
    }
    return null;
  }

  /** @param {number} from @param {number} to @param {boolean} [isFromEnd] @returns {Promise<boolean>} */
  want(from, to, isFromEnd = false) {
    this.#busy ??= this.#fetch(from, to, isFromEnd).finally(() => { this.#busy = null; });
    return this.#busy;
  }

  async toEnd() {
    await this.#busy;
    if (this.isWhole || this.#end) return true;
    if (!this.#fetchBack) return false;
    this.#busy = this.#back(this.#fetchBack).finally(() => { this.#busy = null; });
    return await this.#busy;
  }

  /** @param {number} from @param {number} to @param {boolean} isFromEnd */
  async #fetch(from, to, isFromEnd) {
    const gone = this.#pages.find((page) => page.lines === null && page.from < to && page.from + page.count > from);
    if (gone) {
      gone.lines = await this.#linesOf(this.#beforeEnd((await this.#fetchPage(gone.cursor)).items), gone.events);
      this.#forget(gone);
      return true;
    }
    if (this.#next === null || to <= this.#read) return false;
    if (isFromEnd && this.#fetchBack && this.#end && this.#end.pages < MOST_PAGES) return await this.#back(this.#fetchBack);
    await this.#further();
    return true;
  }

  /** @param {Printed[]} items */
  #beforeEnd(items) {
    const end = this.#end?.position ?? Number.POSITIVE_INFINITY;
    return items.filter((item) => item.position < end);
  }

  /** Reads the next page from the beginning. */
  async #further() {
    const cursor = /** @type {string|undefined} */ (this.#next);
    const {items: all, next_cursor: next} = await this.#fetchPage(cursor);
    const items = this.#beforeEnd(all);
    const isLast = next === null || items.length < all.length;
    const last = Date.parse(items.at(-1)?.at ?? "");
    /** @type {[number, number]} */
    const events = [this.#told, this.#told];
    const most = this.#end?.event ?? this.#events.length;
    while (events[1] < most && (isLast || Date.parse(this.#events[events[1]].at) <= last)) events[1] += 1;
    this.#told = events[1];
    const lines = await this.#linesOf(items, events);
    const page = {cursor, from: this.#read, count: lines.length, lines, events};
    this.#pages.push(page);
    this.#position = items.at(-1)?.position ?? this.#position;
    this.#next = isLast ? null : next;
    this.#forget(page);
  }

  /** Reads the page before the last lines. @param {FetchPage} fetchBack */
  async #back(fetchBack) {
    const {items: all, next_cursor: next} = await fetchBack(this.#end?.cursor);
    const items = all.filter((item) => item.position > this.#position).reverse();
    const isMet = next === null || items.length < all.length;
    const until = this.#end?.event ?? this.#events.length;
    const since = Date.parse(items[0]?.at ?? "");
    let first = until;
    while (first > this.#told && (isMet || Date.parse(this.#events[first - 1].at) > since)) first -= 1;
    const lines = await this.#linesOf(items, [first, until]);
    const had = this.#end;
    this.#end = {
      lines: had ? lines.concat(had.lines) : lines, pages: (had?.pages ?? 0) + 1, event: first, cursor: next ?? undefined,
      position: items[0]?.position ?? had?.position ?? Number.POSITIVE_INFINITY,
    };
    if (isMet) this.#next = null;
    return true;
  }

  /** Some at a time, so that the page goes on meanwhile. @param {Printed[]} items @param {[number, number]} range */
  async #linesOf(items, range) {
    /** @type {Line[]} */
    const lines = [];
    const maker = new LineMaker();
    let next = range[0];
    const tell = (/** @type {number} */ until) => {
      for (; next < range[1] && Date.parse(this.#events[next].at) < until; next += 1) lines.push(...linesOfEvent(this.#events[next]));
    };
    const turn = new Turn();
    for (const item of items) {
      if (turn.isOver) await turn.next();
      tell(Date.parse(item.at));
      maker.add(item, lines);
    }
    tell(Number.POSITIVE_INFINITY);
    return lines;
  }

  /** @param {Page} kept */
  #forget(kept) {
    const held = this.#pages.filter((page) => page.lines !== null);
    if (held.length <= MOST_PAGES) return;
    const far = held.filter((page) => page !== kept).reduce((a, b) => (Math.abs(a.from - kept.from) > Math.abs(b.from - kept.from) ? a : b));
    far.lines = null;
  }
}

/** The lines of another source that fit. @implements {LogSource} */
export class FilteredLog {
  /** @type {Line[]} */
  #found = [];
  #looked = 0;

  /** @param {LogSource} source @param {LogFilter} filter */
  constructor(source, filter) {
    this.source = source;
    this.filter = filter;
    this.#look();
  }

  get cut() { return 0; }
  get gap() { return null; }
  get isWhole() { return this.source.isWhole && this.#looked >= this.source.cut + this.source.count; }
  get count() { this.#look(); return this.#found.length; }
  /** @param {number} place */
  line(place) { return this.#found[place] ?? null; }

  /** Looks on, a page at a time. */
  async want() {
    const before = this.#looked;
    this.#look();
    if (this.#looked > before) {
      await new Turn().next();
      return true;
    }
    const at = this.#looked - this.source.cut;
    const came = await this.source.want(at, at + 1);
    this.#look();
    return came;
  }

  #look() {
    const {source} = this;
    this.#looked = Math.max(this.#looked, source.cut);
    const turn = new Turn();
    for (let place = this.#looked - source.cut; place < source.count && place !== source.gap && !turn.isOver; place += 1) {
      const line = source.line(place);
      if (!line) return;
      if (fits(line, this.filter)) this.#found.push(line);
      this.#looked += 1;
    }
  }
}
