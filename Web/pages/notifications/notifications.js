// What alerts said, newest first, as they say it.

import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {computed, signal} from "../../dom/signal.js";
import {formatCount, formatDuration, formatNumber} from "../../model/format.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Notification} NotificationRow */
/** @typedef {{items: NotificationRow[], isWhole: boolean, unread: number}} Said */

const PAGE = 50;
const MOST_AT_ONCE = 200;
/** Much that happens at once is read once; and the server takes a moment to count a run that ended. */
const SETTLE_MS = 700;

export class Notifications extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  /** Whether what was read is left out. */
  #isUnreadOnly = computed(() => this.query?.get("show") === "unread");
  #failure = signal(/** @type {unknown} */ (null));
  #wanted = PAGE;
  /** @type {import("../../parts/load.js").Resource<Said> | null} */
  #said = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;
  /** Whether more happened since it was asked for. */
  #isBehind = false;

  connected() {
    this.own(this.app.live.pipelines(({type}) => {
      // What goes on counts in silence.
      const counts = type === "run.finished" && this.#said?.peek().value?.items.some((one) => one.closed_at === null);
      if (counts || type.startsWith("alert.") || type === "reset") this.#soon();
    }));
    this.own(() => { clearTimeout(this.#due); this.#due = undefined; });
  }

  disconnected() {
    this.#said = null;
  }

  #soon() {
    if (this.#due !== undefined) { this.#isBehind = true; return; }
    this.#due = setTimeout(() => {
      this.#due = undefined;
      this.#said?.reload();
      if (this.#isBehind) this.#soon();
      this.#isBehind = false;
    }, SETTLE_MS);
  }

  /** As many as are shown, so that what one has come to stays. @param {AbortSignal} stop @returns {Promise<Said>} */
  async #read(stop) {
    const unreadOnly = this.#isUnreadOnly.value ? {unread: true} : {};
    /** @type {NotificationRow[]} */
    const items = [];
    /** @type {string | null} */
    let cursor = null;
    let unread = 0;
    do {
      const limit = Math.min(this.#wanted - items.length, MOST_AT_ONCE);
      const {data} = await this.app.api.listNotifications({limit, ...unreadOnly, ...(cursor ? {cursor} : {}), signal: stop});
      items.push(...data.items);
      cursor = data.next_cursor;
      unread = data.unread;
    } while (cursor !== null && items.length < this.#wanted);
    if (!stop.aborted) this.app.unread.value = unread;
    return {items, isWhole: cursor === null, unread};
  }

  view() {
    this.#said ??= resource((stop) => this.#read(stop), this, {follow: true});
    const unread = this.#said.value.value?.unread ?? 0;
    return html`
      <header class="topbar"><div class="crumbs"><h1 class="h-sm">Notifications</h1></div>
        ${unread ? html`<span class="count live num">${formatNumber(unread)} unread</span>` : nothing}
        <span class="row end"><a class="btn" href="/settings/alerts">${icon("settings", 14)}Alerts</a></span></header>
      <main id="main" tabindex="-1"><div class="page">
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        <div class="toolbar"><nav class="seg" aria-label="Which notifications"><a href="/notifications" aria-current=${this.#isUnreadOnly.value ? nothing : "true"}>All</a>
            <a href="/notifications?show=unread" aria-current=${this.#isUnreadOnly.value ? "true" : nothing}>Unread</a></nav>
          ${unread ? html`<button type="button" class="btn sm end" @click=${() => this.#mark({all: true})}>${icon("check", 14)}Mark all as read</button>` : nothing}</div>
        ${loadView(this.#said, {ready: (said) => this.#table(said), skeleton: () => html`<div class="card">${skeletonRows(4)}</div>`})}
      </div></main>`;
  }

  /** @param {Said} said */
  #table({items, isWhole}) {
    if (!items.length && this.#isUnreadOnly.value) {
      return html`<div class="card">${emptyView({icon: "check", title: "All is read", text: "What alerts say next stands here.",
        actions: html`<a class="btn" href="/notifications">Show all</a>`})}</div>`;
    }
    if (!items.length) {
      return html`<div class="card">${emptyView({icon: "bell", title: "Nothing was said yet", text: "Alerts tell you here when runs fail, take long, cost much, or stop coming.",
        actions: html`<a class="btn" href="/settings/alerts">Alerts</a>`})}</div>`;
    }
    return html`
      <div class="card">${tableView({
        caption: "Notifications", items, key: (one) => one.id,
        columns: [
          {id: "text", label: "What", view: textOf},
          {id: "state", label: "State", view: (one) => one.closed_at === null ? html`<span class="st warn">${icon("warn", 14)}Ongoing</span>` : html`<span class="st ok">${icon("ok", 14)}Over</span>`},
          {id: "where", label: "Where", view: placesOf},
          {id: "since", label: "Since", isNumber: true, view: (one) => html`<cf-time .moment=${one.opened_at}></cf-time>`},
          {id: "long", label: "How long", isNumber: true, view: (one) => one.closed_at === null
            ? html`<cf-elapsed .since=${one.opened_at}></cf-elapsed>` : html`<span class="num">${formatDuration(Date.parse(one.closed_at) - Date.parse(one.opened_at))}</span>`},
          {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => one.read_at === null
            ? html`<button type="button" class="btn ghost sm" aria-label=${`Mark as read: ${one.text}`} @click=${() => this.#mark({ids: [one.id]})}>Mark as read</button>` : nothing},
        ],
      })}</div>
      ${isWhole ? nothing : html`<div class="row pager"><button type="button" class="btn" @click=${() => this.#more()}>Show more</button></div>`}`;
  }

  #more() {
    this.#wanted += PAGE;
    this.#said?.reload();
  }

  /** @param {{all?: boolean, ids?: string[]}} body */
  async #mark(body) {
    this.#failure.value = null;
    try {
      await this.app.api.readNotifications({body});
    } catch (error) {
      this.#failure.value = error;
      return;
    }
    this.#markShown(body.ids);
    // The button is gone with what it was for; the keyboard stays at the list.
    queueMicrotask(() => {
      const list = this.querySelector(".tblwrap");
      if (!this.contains(document.activeElement) && list instanceof HTMLElement) list.focus({preventScroll: true});
    });
    await this.#said?.reload();
  }

  /** Before the server is asked anew. @param {string[] | undefined} ids of all where left out */
  #markShown(ids) {
    const said = this.#said?.peek().value;
    if (!said) return;
    const now = new Date().toISOString();
    const items = said.items.map((one) => one.read_at === null && (ids?.includes(one.id) ?? true) ? {...one, read_at: now} : one);
    const unread = ids ? Math.max(0, said.unread - ids.length) : 0;
    this.#said?.set({...said, items, unread});
    this.app.unread.value = unread;
  }
}

/** @param {NotificationRow} one */
const textOf = (one) => html`<div class="name-cell">
  ${one.read_at === null ? html`<b><span class="unread-mark" aria-hidden="true"></span>${one.text}<span class="sr">, unread</span></b>` : html`<span>${one.text}</span>`}
  ${one.count > 1 ? html`<span class="sm dim">${formatCount(one.count, "time")}</span>` : nothing}</div>`;

/** @param {NotificationRow} one */
const placesOf = ({run, pipeline, text}) => run === null && pipeline === null ? html`<span class="dim">–</span>` : html`<span class="row">
  ${run === null ? nothing : html`<a class="link" href=${`/runs/${run}`} aria-label=${`Run: ${text}`}>Run</a>`}
  ${pipeline === null ? nothing : html`<a class="link" href=${`/pipelines/${pipeline}`} aria-label=${`Pipeline: ${text}`}>Pipeline</a>`}</span>`;

Notifications.define("cf-notifications");
