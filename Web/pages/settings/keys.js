import {each as eachItem} from "../../app/api.js";
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";
import {makeKey} from "./key-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").AccessKey} AccessKey */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{keys: AccessKey[], pipelines: PipelineSummary[]}} Known */

const SOON_MS = 7 * 86_400_000;
/** More pipelines than this are not offered to restrict a key to. */
const MOST_PIPELINES = 1000;

/** Keys for programs: what they may, until when, and making and revoking them. */
export class AccessKeys extends Part {
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
    const [keys, pipelines] = await Promise.all([api.listAccessKeys({signal: stop}), this.#pipelines(stop)]);
    return {keys: keys.data.items, pipelines};
  }

  /** @param {AbortSignal} stop */
  async #pipelines(stop) {
    const pipelines = [];
    for await (const pipeline of eachItem((page) => this.app.api.listPipelines(page), {limit: 200, sort: "name", signal: stop})) {
      if (pipelines.push(pipeline) >= MOST_PIPELINES) break;
    }
    return pipelines;
  }

  view() {
    this.#known ??= resource((stop) => this.#read(stop), this);
    return html`
      <section>
        <div class="sec-h"><div><h2>Access keys</h2><p>Start runs and read results from a script or a build job.</p></div>
          <button class="btn primary end" ?disabled=${this.#known.value.state !== "ready"} @click=${() => this.#make()}>${icon("plus")}New key</button></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#known, {ready: (known) => this.#table(known), skeleton: () => html`<div class="card">${skeletonRows(3)}</div>`})}
      </section>`;
  }

  /** @param {Known} known */
  #table({keys, pipelines}) {
    if (!keys.length) return html`<div class="card">${emptyView({icon: "key", title: "No access key yet", text: "A key is shown once, when it is made. It can be restricted to some pipelines, and it expires."})}</div>`;
    const titles = new Map(pipelines.map((one) => [one.id, one.title]));
    return html`<div class="card">${tableView({
      caption: "Access keys", items: keys, key: (key) => key.id,
      columns: [
        {id: "name", label: "Name", view: (key) => html`<b>${key.name}</b>`},
        {id: "scopes", label: "May", view: (key) => html`<span class="scopes">${key.scopes.map((scope) => html`<span class="tag">${scope}</span>`)}</span>`},
        {id: "pipelines", label: "Pipelines", view: (key) => key.pipelines === null ? "All" : key.pipelines.map((id) => titles.get(id) ?? id).join(", ")},
        {id: "used", label: "Last used", isNumber: true, view: (key) => key.used_at === null ? html`<span class="dim">never</span>` : html`<cf-time .moment=${key.used_at}></cf-time>`},
        {id: "expires", label: "Expires", isNumber: true, view: expiry},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (key) => html`
          <button class="btn danger sm" aria-label=${`Revoke ${key.name}`} @click=${() => this.#revoke(key)}>Revoke</button>`},
      ],
    })}</div>`;
  }

  async #make() {
    const pipelines = this.#known?.peek().value?.pipelines ?? [];
    if (await makeKey(this.app, pipelines)) await this.#known?.reload();
  }

  /** @param {AccessKey} key */
  async #revoke(key) {
    const isSure = await this.app.confirm({title: `Revoke ${key.name}`, text: "Programs that use it are refused at once.", action: "Revoke", danger: true});
    if (!isSure) return;
    this.#failure.value = null;
    try {
      await this.app.api.revokeAccessKey({id: key.id});
      this.app.toast(`${key.name} revoked`, {kind: "ok"});
      await this.#known?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }
}

/** @param {AccessKey} key */
function expiry({expires_at}) {
  const left = Date.parse(expires_at) - Date.now();
  if (left < 0) return html`<span class="st idle">Expired</span>`;
  const time = html`<cf-time .moment=${expires_at}></cf-time>`;
  return left < SOON_MS ? html`<span class="st warn">${icon("warn", 13)}${time}</span>` : time;
}

AccessKeys.define("cf-access-keys");
