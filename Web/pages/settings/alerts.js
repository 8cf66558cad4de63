import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {alertWords} from "../../model/alerts.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import {askAlert} from "./alert-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Alert} Alert */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{alerts: Alert[], pipelines: PipelineSummary[]}} Known */

/** What one wants to be told of. */
export class Alerts extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Known> | null} */
  #known = null;

  disconnected() {
    this.#known = null;
  }

  /** @param {AbortSignal} stop @returns {Promise<Known>} */
  async #read(stop) {
    const {api} = this.app;
    const [alerts, pipelines] = await Promise.all([api.listAlerts({signal: stop}), api.listPipelines({limit: 200, sort: "name", signal: stop})]);
    return {alerts: alerts.data.items, pipelines: pipelines.data.items};
  }

  view() {
    this.#known ??= resource((stop) => this.#read(stop), this);
    return html`
      <section>
        <div class="sec-h"><div><h2>Alerts</h2><p>What you want to be told of: under <a class="link" href="/notifications">Notifications</a>, and by messages to other systems whose events name them.</p></div>
          <button type="button" class="btn primary end" @click=${() => this.#ask(null)}>${icon("plus")}New alert</button></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#known, {ready: (known) => this.#table(known), skeleton: () => html`<div class="card">${skeletonRows(2)}</div>`})}
      </section>`;
  }

  /** @param {Known} known */
  #table({alerts, pipelines}) {
    if (!alerts.length) return html`<div class="card">${emptyView({icon: "bell", title: "No alert yet", text: "Be told when runs fail, take long, cost much, or stop coming."})}</div>`;
    const title = (/** @type {string | null} */ id) => id === null ? "All" : pipelines.find((one) => one.id === id)?.title ?? id;
    return html`<div class="card">${tableView({
      caption: "Alerts", items: alerts, key: (one) => one.id,
      columns: [
        {id: "what", label: "When", view: (one) => html`<div class="name-cell"><b>${one.name ?? alertWords(one)}</b>${one.name ? html`<span class="sm dim">${alertWords(one)}</span>` : nothing}</div>`},
        {id: "pipeline", label: "Pipelines", view: (one) => title(one.pipeline)},
        {id: "on", label: "On", view: (one) => html`<input type="checkbox" role="switch" class="switch" aria-label=${one.name ?? alertWords(one)} .checked=${one.enabled}
          @change=${(/** @type {Event} */ event) => this.#turn(one, /** @type {HTMLInputElement} */ (event.currentTarget))}>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => html`<span class="acts">
          <button type="button" class="btn ghost sm" aria-label=${`Change ${one.name ?? alertWords(one)}`} @click=${() => this.#ask(one)}>Change</button>
          <button type="button" class="btn ghost sm" aria-label=${`Remove ${one.name ?? alertWords(one)}`} @click=${() => this.#remove(one)}>Remove</button></span>`},
      ],
    })}</div>`;
  }

  /** @param {Alert | null} alert */
  async #ask(alert) {
    if (!await askAlert(this.app, alert, this.#known?.peek().value?.pipelines ?? [])) return;
    this.app.toast(alert ? "Alert saved" : "Alert made", {kind: "ok"});
    await this.#known?.reload();
  }

  /** @param {Alert} one @param {HTMLInputElement} input */
  async #turn(one, input) {
    this.#failure.value = null;
    try {
      this.#put((await this.app.api.changeAlert({id: one.id, ifMatch: tagOf(one), body: {enabled: input.checked}})).data);
    } catch (error) {
      this.#failure.value = error;
      await this.#known?.reload();
      // A refusal leaves it as it was.
      input.checked = this.#known?.peek().value?.alerts.find(({id}) => id === one.id)?.enabled ?? one.enabled;
    }
  }

  /** At once, for its next change names the revision that it has now. @param {Alert} changed */
  #put(changed) {
    const known = this.#known?.peek().value;
    if (known) this.#known?.set({...known, alerts: known.alerts.map((one) => one.id === changed.id ? changed : one)});
  }

  /** @param {Alert} one */
  async #remove(one) {
    if (!await this.app.confirm({title: "Remove the alert", text: "What it said is forgotten, too.", action: "Remove", danger: true})) return;
    this.#failure.value = null;
    try {
      await this.app.api.removeAlert({id: one.id, ifMatch: tagOf(one)});
    } catch (error) {
      this.#failure.value = error;
    }
    await this.#known?.reload();
    // Its row is gone; the keyboard stays in the section.
    queueMicrotask(() => {
      const button = this.querySelector(".sec-h button");
      if (!this.contains(document.activeElement) && button instanceof HTMLElement) button.focus();
    });
  }
}

/** @param {Alert} alert */
const tagOf = ({revision}) => `"${revision}"`;

Alerts.define("cf-alerts");
