// <cf-log .source=${log} .version=${n} .start=${ms}> the lines of a log, of which only the visible ones are in the page.
// While lines come, Follow keeps the end in view; it stops when the reader scrolls up. `version` tells that there is more.

import {each, html, nothing, ref} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {remPx} from "../dom/rem.js";
import {batch, signal, untracked} from "../dom/signal.js";
import {formatCount} from "../model/format.js";
import {FilteredLog} from "../model/log-source.js";
import {heightOf, windowOf} from "../model/log-window.js";
import {icon} from "./icon.js";
import {problemBanner} from "./problem.js";

/** @typedef {import("../model/log-source.js").LogSource} LogSource */
/** @typedef {import("../model/run-log-lines.js").Line} Line */

const LEVELS = [["all", "All"], ["printed", "Printed"], ["problems", "Problems"]];
const ROW_REM = 1.25;
/** Lines are read ahead of the reader. */
const NEAR = 200;
/** So far the way to the end goes by itself. */
const MOST_LINES = 2_000_000;

export class Log extends Part {
  static props = {source: null, version: 0, start: 0, step: null, isNamed: true, live: false, label: "Log"};
  /** @type {LogSource | null} */ source;
  /** @type {number} */ version;
  /** @type {number} the time that lines are counted from */ start;
  /** @type {string | null} only the lines of this step */ step;
  /** @type {boolean} whether lines say of which step they are */ isNamed;
  /** @type {boolean} whether more may come */ live;
  /** @type {string} */ label;

  #level = signal("all");
  #words = signal("");
  #follow = signal(true);
  #scrollTop = signal(0);
  #height = signal(200);
  #came = signal(0);
  /** Whether it is on the way to the end. */
  #isGoing = signal(false);
  #error = signal(/** @type {unknown} */ (null));
  /** @type {FilteredLog | null} */ #filtered = null;
  /** @type {HTMLElement | null} */ #box = null;
  #isWaiting = false;
  #lastTop = 0;

  /** The lines to show: all, or those that fit the filter. @returns {LogSource | null} */
  #lines() {
    const filter = {level: this.#level.value, words: this.#words.value.trim().toLowerCase(), step: this.step};
    if (!this.source || (filter.level === "all" && filter.words === "" && filter.step === null)) return this.source;
    const had = this.#filtered;
    const isSame = had && had.source === this.source && JSON.stringify(had.filter) === JSON.stringify(filter);
    return this.#filtered = isSame ? had : new FilteredLog(this.source, filter);
  }

  view() {
    void this.version;
    void this.#came.value;
    const lines = this.#lines();
    return html`<div class="log-bar">
        <div class="seg" role="group" aria-label="Lines">${LEVELS.map(([level, word]) => html`<button type="button" aria-pressed=${String(this.#level.value === level)} @click=${() => this.#filter(() => { this.#level.value = level; })}>${word}</button>`)}</div>
        <label class="searchbox"><span class="sr">Find in the log</span>${icon("search", 14)}<input class="inp" type="search" placeholder="Find" .value=${this.#words.value} @input=${(/** @type {InputEvent} */ event) => this.#filter(() => { this.#words.value = /** @type {HTMLInputElement} */ (event.target).value; })}></label>
        ${this.live ? html`<label class="row sm muted end"><input type="checkbox" class="check" .checked=${this.#follow.value} @change=${this.#onFollow}>Follow</label>`
          : html`<button type="button" class="btn ghost sm end" aria-busy=${this.#isGoing.value ? "true" : nothing} @click=${this.#toEnd}>${icon("down", 13)}<span>End</span></button>`}
      </div>
      ${this.#error.value ? problemBanner(this.#error.value) : nothing}
      <div class="log scroll" role="log" aria-live="off" tabindex="0" aria-label=${this.label} @scroll=${this.#onScroll} @keydown=${this.#onKey} ${ref(this.#onBox)}>${lines ? this.#rows(lines) : nothing}</div>`;
  }

  /** @param {LogSource} lines */
  #rows(lines) {
    const {count} = lines;
    if (count === 0) return html`<p class="dim pad">${lines.isWhole ? this.#nothingText() : "Reading…"}</p>`;
    const range = windowOf({...this.#given(count), scrollTop: this.#top(count)});
    const {gap} = lines;
    /** Lines at the end keep their rows when those before them come. @type {{key: number, line: Line | null, isGap: boolean}[]} */
    const shown = [];
    for (let place = range.first; place < range.end; place += 1) shown.push({key: gap === null || place < gap ? place : place - count, line: lines.line(place), isGap: place === gap});
    return html`${lines.cut > 0 ? html`<p class="dim pad xs">The first ${formatCount(lines.cut, "line")} are not held here. Open the run again after its end to read them.</p>` : nothing}
      <div class="log-space" style=${{height: `${range.height}px`}}><div class="log-lines" style=${{translate: `0 ${range.top}px`}}>${each(shown, (item) => item.key, ({line, isGap}) => line ? this.#row(line) : html`<div class="ll"><span></span><span></span><span class="dim">${isGap ? "Lines between are still to be read…" : "…"}</span></div>`, {reuses: true})}</div></div>
      ${lines.isWhole || gap !== null ? nothing : html`<p class="dim pad xs">${this.#words.value || this.#level.value !== "all" || this.step !== null ? `Searching, ${formatCount(count, "line")} so far` : "More lines follow"}</p>`}`;
  }

  /** @param {number} count */
  #given(count) { return {count, rowHeight: this.#rowHeight, viewHeight: this.#height.value}; }

  /** How far it is scrolled. Where the end is followed that is known before it is so, and lines are drawn once. @param {number} count */
  #top(count) { return this.live && this.#follow.value ? Math.max(0, heightOf(this.#given(count)) - this.#height.value) : this.#scrollTop.value; }

  #nothingText() {
    if (this.#words.value || this.#level.value !== "all") return "No line fits this filter.";
    return this.live ? "Nothing yet." : "Nothing was printed.";
  }

  /** @param {Line} line */
  #row(line) {
    return html`<div class="ll ${line.level}"><time>${clock(line.at - this.start)}</time><span class="lv">${line.level}</span><span class="lt">${line.step !== null && this.isNamed ? html`<b>${line.step}</b> ` : nothing}${line.text}</span></div>`;
  }

  #rowHeight = ROW_REM * 16;

  connected() {
    this.#rowHeight = remPx(ROW_REM);
    // What is to be read depends on what is seen; both change with every rendering.
    this.effect(() => {
      const {version} = this;
      const top = this.#scrollTop.value;
      const came = this.#came.value;
      const words = this.#words.value;
      const level = this.#level.value;
      const height = this.#height.value;
      void [version, top, came, words, level, height, this.source];
      queueMicrotask(() => this.#read());
    });
    // Once for what came, not again for the scrolling that this is.
    this.effect(() => {
      void [this.version, this.#came.value, this.#level.value, this.#words.value, this.#height.value];
      queueMicrotask(() => this.#keepEnd());
    });
  }

  /** @param {HTMLElement} box */
  #onBox = (box) => {
    this.#box = box;
    const size = new ResizeObserver(() => { this.#height.value = box.clientHeight; });
    size.observe(box);
    this.own(() => size.disconnect());
  };

  async #read() {
    const lines = this.#lines();
    if (!lines || this.#isWaiting || this.#error.peek()) return;
    const range = untracked(() => windowOf({...this.#given(lines.count), scrollTop: this.#top(lines.count)}));
    const isGone = range.first < range.end && [range.first, range.end - 1].some((place) => lines.line(place) === null);
    const {gap, count} = lines;
    // The end of what is read, as long as it is near: where the lines between are missing, or where more are to come.
    const edge = gap ?? count;
    const isNear = gap === null ? range.end + NEAR >= count : range.first - NEAR <= gap && gap <= range.end + NEAR;
    const isShort = !lines.isWhole && (isNear || (lines !== this.source && count < 20_000));
    if (!isGone && !isShort) return;
    this.#isWaiting = true;
    try {
      const isBelow = gap !== null && (range.first + range.end) / 2 > gap;
      const came = await lines.want(isGone ? range.first : edge, isGone ? range.end : edge + 1, isBelow);
      if (isBelow) this.#stay(lines, count);
      else if (came || lines.isWhole) this.#came.value += 1;
    } catch (error) {
      this.#error.value = error;
    } finally {
      this.#isWaiting = false;
    }
  }

  /** What is read stays where it is on the screen while lines come above it. @param {LogSource} lines @param {number} before how many there were */
  #stay(lines, before) {
    const grown = untracked(() => heightOf(this.#given(lines.count)) - heightOf(this.#given(before)));
    batch(() => {
      this.#came.value += 1;
      this.#scrollTop.value += grown;
    });
    if (this.#box) this.#box.scrollTop += grown;
  }

  #keepEnd() {
    if (!this.#box || !this.live || !this.#follow.peek()) return;
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#lastTop = this.#box.scrollTop;
  }

  #onScroll = () => {
    const box = this.#box;
    if (!box) return;
    const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 24;
    if (box.scrollTop < this.#lastTop - 2 && !isAtEnd) this.#follow.value = false;
    else if (isAtEnd && box.scrollTop > this.#lastTop) this.#follow.value = true;
    this.#lastTop = box.scrollTop;
    this.#scrollTop.value = box.scrollTop;
  };

  #onFollow = (/** @type {Event} */ event) => {
    this.#follow.value = /** @type {HTMLInputElement} */ (event.target).checked;
    this.#keepEnd();
  };

  #toEnd = async () => {
    const lines = this.#lines();
    if (!lines || !this.#box || this.#isGoing.peek()) return;
    this.#isGoing.value = true;
    try {
      const isThere = await lines.toEnd?.() ?? false;
      while (!isThere && this.isConnected && !lines.isWhole && lines.count < MOST_LINES) {
        if (!(await lines.want(lines.count, lines.count + 1)) && !lines.isWhole) break;
        this.#came.value += 1;
      }
    } catch (error) {
      this.#error.value = error;
    }
    this.#isGoing.value = false;
    this.#came.value += 1;
    await Promise.resolve();
    requestAnimationFrame(() => { if (this.#box) this.#box.scrollTop = this.#box.scrollHeight; });
  };

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "End" || this.live || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.#toEnd();
  };

  /** @param {() => void} change */
  #filter(change) {
    change();
    this.#error.value = null;
    if (this.#box) this.#box.scrollTop = 0;
    this.#scrollTop.value = 0;
  }
}

/** 00:08.30, or 1:02:08 @param {number} ms */
function clock(ms) {
  if (!Number.isFinite(ms)) return "";
  const past = Math.max(0, ms);
  const two = (/** @type {number} */ part) => String(Math.floor(part)).padStart(2, "0");
  if (past >= 3_600_000) return `${Math.floor(past / 3_600_000)}:${two((past / 60_000) % 60)}:${two((past / 1000) % 60)}`;
  return `${two(past / 60_000)}:${two((past / 1000) % 60)}.${two((past % 1000) / 10)}`;
}

Log.define("cf-log");
