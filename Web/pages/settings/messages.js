import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {dialogHead, openDialog} from "../../parts/dialog.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Webhook} Webhook */
/** @typedef {import("../../../Client/client.d.ts").Message} Message */

/** @type {Record<Message["status"], {tone: string, icon: import("../../parts/icon.js").IconName, word: string}>} */
const STATES = {
  pending: {tone: "idle", icon: "idle", word: "On its way"}, delivered: {tone: "ok", icon: "ok", word: "Delivered"}, failed: {tone: "bad", icon: "bad", word: "Given up"},
};

/** What was sent to an address, and how that went. */
class Messages extends Part {
  static props = {app: null, hook: null};
  /** @type {App} */ app;
  /** @type {Webhook} */ hook;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Message[]> | null} */
  #messages = null;

  view() {
    this.#messages ??= resource(async (stop) => (await this.app.api.listMessages({id: this.hook.id, limit: 100, signal: stop})).data.items, this);
    return html`
      ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
      ${loadView(this.#messages, {ready: (items) => items.length ? this.#table(items) : html`<p class="muted">Nothing was sent yet.</p>`, skeleton: () => skeletonRows(4)})}`;
  }

  /** @param {Message[]} items */
  #table(items) {
    return tableView({
      caption: "Messages", items, key: (one) => one.id,
      columns: [
        {id: "status", label: "Result", view: (one) => html`<span class=${`st ${STATES[one.status].tone}`}>${icon(STATES[one.status].icon, 14)}${STATES[one.status].word}</span>`},
        {id: "event", label: "Event", view: (one) => html`<span class="tag">${one.event}</span>`},
        {id: "at", label: "When", view: (one) => html`<cf-time .moment=${one.created_at}></cf-time>`},
        {id: "how", label: "How", view: (one) => html`<div class="name-cell"><span>${formatCount(one.tries, "try", "tries")}${one.http_status === null ? "" : `, answered ${one.http_status}`}</span>
          ${one.reason ? html`<span class="sm dim">${one.reason}</span>` : nothing}</div>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => one.status === "pending" ? nothing
          : html`<button type="button" class="btn ghost sm" @click=${() => this.#again(one)}>Send again</button>`},
      ],
    });
  }

  /** @param {Message} one */
  async #again(one) {
    this.#failure.value = null;
    try {
      await this.app.api.resendMessage({id: this.hook.id, message_id: one.id, body: {}});
      await this.#messages?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }
}

Messages.define("cf-messages");

/** @param {App} app @param {Webhook} hook */
export const showMessages = (app, hook) => openDialog((close) => html`
  ${dialogHead(`Messages to ${hook.name ?? hook.url}`, {text: "The latest 100 are shown.", close})}
  <div class="body"><cf-messages .app=${app} .hook=${hook}></cf-messages></div>
  <footer><button type="button" class="btn" @click=${() => close()}>Close</button></footer>`, {style: "wide"});
