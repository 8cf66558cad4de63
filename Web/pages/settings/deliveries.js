import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatSize} from "../../model/format.js";
import {dialogHead, openDialog} from "../../parts/dialog.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Trigger} Trigger */
/** @typedef {import("../../../Client/client.d.ts").Delivery} Delivery */
/** @typedef {{items: Delivery[], next: string | null}} Page */

/** @type {Record<Delivery["status"], {tone: string, icon: import("../../parts/icon.js").IconName, word: string}>} */
const STATES = {
  pending: {tone: "idle", icon: "idle", word: "Pending"}, started: {tone: "ok", icon: "ok", word: "Started"},
  skipped: {tone: "idle", icon: "skip", word: "Left out"}, refused: {tone: "warn", icon: "warn", word: "Refused"},
  failed: {tone: "bad", icon: "bad", word: "Failed"},
};

/** What set a trigger off, and what came of it. */
class Deliveries extends Part {
  static props = {app: null, trigger: null};
  /** @type {App} */ app;
  /** @type {Trigger} */ trigger;

  #failure = signal(/** @type {unknown} */ (null));
  #opened = signal(/** @type {Delivery | null} */ (null));
  /** @type {import("../../parts/load.js").Resource<Page> | null} */
  #page = null;

  /** @param {AbortSignal} stop @param {string} [cursor] @returns {Promise<Page>} */
  async #read(stop, cursor) {
    const {id, pipeline} = this.trigger;
    const {data} = await this.app.api.listDeliveries({id: pipeline, trigger_id: id, limit: 50, ...(cursor ? {cursor} : {}), signal: stop});
    return {items: data.items, next: data.next_cursor};
  }

  view() {
    this.#page ??= resource((stop) => this.#read(stop), this);
    const failure = this.#failure.value;
    return html`
      ${failure ? problemBanner(failure) : nothing}
      ${loadView(this.#page, {ready: (page) => this.#table(page), skeleton: () => skeletonRows(4)})}
      ${this.#opened.value ? body(this.#opened.value) : nothing}`;
  }

  /** @param {Page} page */
  #table({items, next}) {
    if (!items.length) return html`<p class="muted">Nothing has set it off yet.</p>`;
    const isMine = this.trigger.owner === this.app.session.value?.account.id;
    return html`
      ${tableView({
        caption: "Deliveries", items, key: (one) => one.id,
        columns: [
          {id: "status", label: "Result", view: (one) => html`<span class=${`st ${STATES[one.status].tone}`}>${icon(STATES[one.status].icon, 14)}${STATES[one.status].word}</span>`},
          {id: "at", label: "When", view: (one) => html`<cf-time .moment=${one.received_at}></cf-time>`},
          {id: "what", label: "What came of it", view: (one) => one.run ? html`<a class="link" href=${`/runs/${one.run}`}>Run</a>` : one.reason ?? ""},
          {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => html`<span class="acts">
            ${one.body_bytes === null ? nothing : html`<button type="button" class="btn ghost sm" aria-label=${`What was sent, ${formatSize(one.body_bytes)}`} @click=${() => this.#open(one)}>${formatSize(one.body_bytes)}</button>`}
            ${isMine ? html`<button type="button" class="btn ghost sm" @click=${() => this.#again(one)}>Again</button>` : nothing}</span>`},
        ],
      })}
      ${next ? html`<button type="button" class="btn sm" @click=${() => this.#more(items, next)}>Show more</button>` : nothing}`;
  }

  /** @param {() => Promise<void>} act */
  async #try(act) {
    this.#failure.value = null;
    try {
      await act();
    } catch (error) {
      this.#failure.value = error;
    }
  }

  /** @param {Delivery} one */
  #open(one) {
    return this.#try(async () => {
      this.#opened.value = (await this.app.api.getDelivery({id: this.trigger.pipeline, trigger_id: this.trigger.id, delivery_id: one.id})).data;
    });
  }

  /** @param {Delivery} one */
  #again(one) {
    return this.#try(async () => {
      const {data} = await this.app.api.redeliver({id: this.trigger.pipeline, trigger_id: this.trigger.id, delivery_id: one.id, body: {}});
      this.app.toast(data.status === "failed" ? "Done again, and failed" : "Done again", {kind: data.status === "failed" ? "bad" : "ok"});
      await this.#page?.reload();
    });
  }

  /** @param {Delivery[]} items @param {string} cursor */
  #more(items, cursor) {
    return this.#try(async () => {
      const page = await this.#read(AbortSignal.timeout(60_000), cursor);
      this.#page?.set({items: [...items, ...page.items], next: page.next});
    });
  }
}

/** @param {Delivery} one */
const body = ({headers, body: text, event}) => html`
  <div class="stack">
    <b>What was sent${event ? html`: ${event}` : nothing}</b>
    ${headers ? html`<pre class="code">${Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>` : nothing}
    <pre class="code">${text ?? "The body is not kept, or is shown to others alone."}</pre>
  </div>`;

Deliveries.define("cf-deliveries");

/** @param {App} app @param {Trigger} trigger */
export const showDeliveries = (app, trigger) => openDialog((close) => html`
  ${dialogHead(trigger.name ? `Deliveries of ${trigger.name}` : "Deliveries", {text: "The latest 1,000 are kept.", close})}
  <div class="body"><cf-deliveries .app=${app} .trigger=${trigger}></cf-deliveries></div>
  <footer><button type="button" class="btn" @click=${() => close()}>Close</button></footer>`, {style: "wide"});
