import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Notification} NotificationRow */
/** @typedef {{items: NotificationRow[], next: string | null, unread: number}} Page */

/** What alerts said, as they say it. */
class Notifications extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Page> | null} */
  #page = null;

  connected() {
    this.own(this.app.live.pipelines((event) => {
      if (event.type.startsWith("alert.") || event.type === "reset") this.#page?.reload();
    }));
  }

  disconnected() {
    this.#page = null;
  }

  /** @param {AbortSignal} stop @param {string} [cursor] @returns {Promise<Page>} */
  async #read(stop, cursor) {
    const {data} = await this.app.api.listNotifications({limit: 50, ...(cursor ? {cursor} : {}), signal: stop});
    return {items: data.items, next: data.next_cursor, unread: data.unread};
  }

  view() {
    this.#page ??= resource((stop) => this.#read(stop), this);
    const unread = this.#page.value.value?.unread ?? 0;
    return html`
      <section>
        <div class="sec-h"><h2>Notifications</h2>${unread ? html`<span class="count live">${unread} unread</span>
          <button type="button" class="btn sm end" @click=${() => this.#mark({all: true})}>Mark all as read</button>` : nothing}</div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#page, {ready: (page) => this.#table(page), skeleton: () => html`<div class="card">${skeletonRows(3)}</div>`})}
      </section>`;
  }

  /** @param {Page} page */
  #table({items, next, unread}) {
    if (!items.length) return html`<div class="card"><p class="none">Nothing was said yet.</p></div>`;
    return html`
      <div class="card">${tableView({
        caption: "Notifications", items, key: (one) => one.id,
        columns: [
          {id: "state", label: "State", view: (one) => one.closed_at === null ? html`<span class="st warn">${icon("warn", 14)}Goes on</span>` : html`<span class="st ok">${icon("ok", 14)}Over</span>`},
          {id: "text", label: "What", view: (one) => html`<div class="name-cell">${one.read_at === null ? html`<b>${one.text}</b>` : html`<span>${one.text}</span>`}
            ${one.count > 1 ? html`<span class="sm dim">${formatCount(one.count, "time")}</span>` : nothing}</div>`},
          {id: "run", label: "Run", view: (one) => one.run === null ? html`<span class="dim">–</span>` : html`<a class="link" href=${`/runs/${one.run}`}>Run</a>`},
          {id: "since", label: "Since", isNumber: true, view: (one) => html`<cf-time .moment=${one.opened_at}></cf-time>`},
          {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => one.read_at === null
            ? html`<button type="button" class="btn ghost sm" @click=${() => this.#mark({ids: [one.id]})}>Mark as read</button>` : nothing},
        ],
      })}</div>
      ${next ? html`<div class="row pager"><button type="button" class="btn" @click=${() => this.#more(items, next, unread)}>Show more</button></div>` : nothing}`;
  }

  /** @param {{all?: boolean, ids?: string[]}} body */
  async #mark(body) {
    this.#failure.value = null;
    try {
      await this.app.api.readNotifications({body});
      await this.#page?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }

  /** @param {NotificationRow[]} items @param {string} cursor @param {number} unread */
  async #more(items, cursor, unread) {
    this.#failure.value = null;
    try {
      const page = await this.#read(AbortSignal.timeout(60_000), cursor);
      this.#page?.set({items: [...items, ...page.items], next: page.next, unread});
    } catch (error) {
      this.#failure.value = error;
    }
  }
}

Notifications.define("cf-notifications");
