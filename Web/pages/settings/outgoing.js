import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {openMenu} from "../../parts/menu.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import {showMessages} from "./messages.js";
import {askWebhook} from "./webhook-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Webhook} Webhook */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */

/** Where messages about runs go. */
class Outgoing extends Part {
  static props = {app: null, pipelines: []};
  /** @type {App} */ app;
  /** @type {PipelineSummary[]} */ pipelines;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Webhook[]> | null} */
  #hooks = null;

  disconnected() {
    this.#hooks = null;
  }

  view() {
    this.#hooks ??= resource(async (stop) => (await this.app.api.listWebhooks({signal: stop})).data.items, this);
    return html`
      <section>
        <div class="sec-h"><div><h2>Messages to other systems</h2><p>Signed messages about how runs of yours go and all runs of your pipelines, and what your alerts say.</p></div>
          <button type="button" class="btn end" @click=${() => this.#ask(null)}>${icon("plus")}New address</button></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#hooks, {ready: (items) => this.#table(items), skeleton: () => html`<div class="card">${skeletonRows(2)}</div>`})}
      </section>`;
  }

  /** @param {Webhook[]} items */
  #table(items) {
    if (!items.length) return html`<div class="card">${emptyView({icon: "external", title: "Nobody is told yet", text: "Add the address of a system that should hear when runs start, succeed or fail, or what alerts say."})}</div>`;
    const title = (/** @type {string | null} */ id) => id === null ? "All" : this.pipelines.find((one) => one.id === id)?.title ?? id;
    return html`<div class="card">${tableView({
      caption: "Messages to other systems", items, key: (one) => one.id,
      columns: [
        {id: "url", label: "Goes to", view: (one) => html`<div class="name-cell">${one.name ? html`<b>${one.name}</b>` : nothing}<span class="detail">${one.url}</span></div>`},
        {id: "events", label: "Events", view: (one) => html`<span class="scopes">${one.events.map((event) => html`<span class="tag">${event}</span>`)}</span>`},
        {id: "pipeline", label: "Pipelines", view: (one) => title(one.pipeline)},
        {id: "on", label: "On", view: (one) => html`<input type="checkbox" role="switch" class="switch" aria-label=${`Messages to ${one.url}`} .checked=${one.enabled}
          @change=${(/** @type {Event} */ event) => this.#turn(one, /** @type {HTMLInputElement} */ (event.currentTarget))}>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => this.#menu(one)},
      ],
    })}</div>`;
  }

  /** @param {Webhook} one */
  #menu(one) {
    return html`<button type="button" class="btn ghost icon sm" aria-haspopup="menu" aria-expanded="false" aria-label=${`Actions for ${one.name ?? one.url}`}
      @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, [
        {icon: "edit", label: "Change", run: () => this.#ask(one)},
        {icon: "history", label: "Messages", run: () => showMessages(this.app, one)},
        {icon: "trash", label: "Remove", danger: true, run: () => this.#remove(one)},
      ])}>${icon("more")}</button>`;
  }

  /** @param {Webhook | null} hook */
  async #ask(hook) {
    if (!await askWebhook(this.app, hook, this.pipelines)) return;
    this.app.toast(hook ? "Saved" : "Added", {kind: "ok"});
    await this.#hooks?.reload();
  }

  /** @param {() => Promise<unknown>} act */
  async #try(act) {
    this.#failure.value = null;
    try {
      await act();
    } catch (error) {
      this.#failure.value = error;
    }
    await this.#hooks?.reload();
  }

  /** @param {Webhook} one @param {HTMLInputElement} input */
  async #turn(one, input) {
    await this.#try(() => this.app.api.changeWebhook({id: one.id, body: {enabled: input.checked}}));
    input.checked = this.#hooks?.peek().value?.find(({id}) => id === one.id)?.enabled ?? one.enabled;
  }

  /** @param {Webhook} one */
  async #remove(one) {
    if (!await this.app.confirm({title: "Remove the address", text: `${one.url} hears of nothing more, and what was sent is forgotten.`, action: "Remove", danger: true})) return;
    await this.#try(() => this.app.api.removeWebhook({id: one.id}));
  }
}

Outgoing.define("cf-outgoing");
