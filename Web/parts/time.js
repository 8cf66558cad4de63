// <cf-time .moment=${run.created_at}> a time that stays true: relative up to 7 days, exact when pointed at.
// <cf-elapsed .since=${run.started_at}> how long something has been going on, counted up each second.

import {html} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {formatAgo, formatDuration, formatMoment} from "../model/format.js";

/** One clock for all times of the page: it ticks while somebody shows one. @param {number} everyMs */
function clock(everyMs) {
  const now = signal(Date.now());
  let users = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  return {
    now,
    use() {
      users += 1;
      // Many come at once, as when a list is scrolled: not each of them may draw all others again.
      if (Date.now() - now.peek() > 1000) now.value = Date.now();
      timer ??= setInterval(() => { if (!document.hidden) now.value = Date.now(); }, everyMs);
      return () => { if (--users === 0) { clearInterval(timer); timer = undefined; } };
    },
  };
}

const minutes = clock(30_000);
const seconds = clock(1000);

export class Time extends Part {
  static props = {moment: null};
  /** @type {string | null} */ moment;
  view() {
    return html`<time datetime=${this.moment} title=${formatMoment(this.moment)}>${formatAgo(this.moment, minutes.now.value)}</time>`;
  }
  connected() { this.own(minutes.use()); }
}

export class Elapsed extends Part {
  static props = {since: null};
  /** @type {string | null} */ since;
  view() {
    const past = this.since === null ? null : Math.max(0, seconds.now.value - Date.parse(this.since));
    return html`<span class="num">${formatDuration(past === null ? null : Math.floor(past / 1000) * 1000)}</span>`;
  }
  connected() { this.own(seconds.use()); }
}

Time.define("cf-time");
Elapsed.define("cf-elapsed");
