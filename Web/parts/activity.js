// What was done with a pipeline, by whom and when, newest first.
//
//   <cf-activity .app=${app} .pipeline=${id}>     follows live by itself
//   openActivity(app, {id, title})                the same in a dialog
import {Part} from "../dom/element.js";
import {each, html, nothing} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {describe} from "../model/activity.js";
import {formatDate} from "../model/format.js";
import {dialogHead} from "./dialog.js";
import {emptyView} from "./empty.js";
import {icon} from "./icon.js";
import {loadView, resource} from "./load.js";
import {problemBanner} from "./problem.js";
import {skeletonRows} from "./skeleton.js";
import {status} from "./status.js";
import "./time.js";

/** @typedef {import("../app/app.js").App} App */
/** @typedef {import("../../Client/client.d.ts").Activity} Item */

const PAGE = 50;
/** Events come in bursts. */
const AFTER_MS = 500;

export class ActivityFeed extends Part {
  static props = {app: null, pipeline: ""};
  /** @type {App} */ app;
  /** @type {string} */ pipeline;

  #more = signal(/** @type {"rest" | "busy" | {error: unknown}} */ ("rest"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;
  /** @type {import("./load.js").Resource<{items: Item[], next: string | null}> | null} */
  #feed = null;

  get feed() {
    return this.#feed ??= resource(async (ended) => this.#read(undefined, ended), this);
  }

  connected() {
    this.own(this.app.live.pipeline(this.pipeline, {}, ({type}) => {
      if (type === "presence") return;
      this.#due ??= setTimeout(() => {
        this.#due = undefined;
        void this.feed.reload();
      }, AFTER_MS);
    }));
    this.own(() => { clearTimeout(this.#due); this.#feed = null; });
  }

  /** @param {string | undefined} cursor @param {AbortSignal} [ended] */
  async #read(cursor, ended) {
    const {data} = await this.app.api.listActivity({id: this.pipeline, limit: PAGE, cursor, signal: ended});
    return {items: data.items, next: data.next_cursor};
  }

  async #readMore() {
    const {value} = this.feed.peek();
    if (!value?.next) return;
    this.#more.value = "busy";
    try {
      const {items, next} = await this.#read(value.next);
      this.feed.set({items: [...value.items, ...items], next});
      this.#more.value = "rest";
    } catch (error) {
      this.#more.value = {error};
    }
  }

  view() {
    return loadView(this.feed, {
      skeleton: () => skeletonRows(5),
      ready: ({items, next}) => items.length === 0 ? emptyView({icon: "clock", title: "Nothing yet", text: "What is done with this pipeline is listed here."})
        : html`<div class="feed">${each(byDay(items), ([day]) => day, ([day, all]) => html`<h3>${day}</h3>
          <ul>${each(all, keyOf, (item) => this.#item(item))}</ul>`)}</div>${next === null ? nothing : this.#moreView()}`,
    });
  }

  #moreView() {
    const more = this.#more.value;
    return html`${typeof more === "object" ? problemBanner(more.error) : nothing}<div class="list-more"><button type="button" class="btn sm" aria-busy=${more === "busy" ? "true" : nothing}
      @click=${() => this.#readMore()}>${typeof more === "object" ? "Retry" : "Show more"}</button></div>`;
  }

  /** @param {Item} item */
  #item(item) {
    const {shape, text, quote, run, state, href} = describe(item, this.pipeline);
    return html`<li>${icon(shape, 15)}<p><b>${item.by.name ?? "Somebody"}</b> ${href ? html`<a class="link" href=${href}>${text}</a>` : text}${
      run && state ? html` ${status(state)}` : nothing}${quote ? html` <q>${quote}</q>` : nothing}</p><cf-time .moment=${item.at}></cf-time></li>`;
  }
}
ActivityFeed.define("cf-activity");

/** @param {Item} item */
const keyOf = (item) => item.id ?? `${item.type} ${item.at} ${String(item.data.run ?? "")}`;

/** @param {Item[]} items @returns {[string, Item[]][]} */
function byDay(items) {
  /** @type {Map<string, Item[]>} */
  const days = new Map();
  for (const item of items) {
    const day = formatDate(item.at);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

/** @param {App} app @param {{id: string, title: string}} pipeline */
export function openActivity(app, {id, title}) {
  return app.dialog((close) => html`${dialogHead(`Activity of ${title}`, {close: () => close()})}
    <div class="body scroll"><cf-activity .app=${app} .pipeline=${id} @click=${(/** @type {Event} */ event) => {
      if (event.target instanceof Element && event.target.closest("a[href]")) close();
    }}></cf-activity></div>`).closed;
}
