import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows, skeletonTiles} from "../../parts/skeleton.js";
import "./aliases.js";
import "./found.js";
import {LocalModel, localModelView} from "./local-model.js";
import {editModel} from "./model-form.js";
import {modelTable} from "./model-table.js";
import {addProvider} from "./provider-form.js";
import "./providers.js";
import "./secrets.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Model} Model */
/** @typedef {import("../../../Client/client.d.ts").Provider} Provider */
/** @typedef {import("./found.js").FoundServer} FoundServer */
/** @typedef {Awaited<ReturnType<App["api"]["listModels"]>>["data"]} ModelList */
/** @typedef {{providers: Provider[], list: ModelList}} Known */

/** Models and secrets: what prompts may ask, and what steps may use. */
export class ModelsPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};

  #isRefreshing = signal(false);
  #failure = signal(/** @type {unknown} */ (null));
  #found = signal(/** @type {FoundServer[]} */ ([]));
  /** @type {import("../../parts/load.js").Resource<Known> | null} */
  #known = null;
  /** @type {LocalModel} */
  #local;

  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  connected() {
    this.app.title("Models and secrets");
    this.#find();
    this.#local.begin();
    this.own(() => this.#local.end());
  }

  disconnected() {
    this.#known = null;
  }

  /** @param {AbortSignal} stop @param {boolean} [refresh] @returns {Promise<Known>} */
  async #read(stop, refresh) {
    const {api} = this.app;
    const [providers, models] = await Promise.all([
      api.listProviders({signal: stop}), api.listModels({signal: stop, ...(refresh ? {refresh: true} : {})}),
    ]);
    return {providers: providers.data.items, list: models.data};
  }

  /** What answers on the server's machine, for admins. The page does without where it cannot be known. */
  async #find() {
    if (!this.app.can("administer")) return;
    try {
      this.#found.value = (await this.app.api.findProviders()).data.items;
    } catch {
      this.#found.value = [];
    }
  }

  view() {
    this.#local ??= new LocalModel(this.app, () => this.#reload());
    const isSecrets = this.query.get("tab") === "secrets";
    return html`
      <header class="topbar">
        <div class="crumbs"><h1 class="h-sm">Models and secrets</h1></div>
        <nav class="seg end" aria-label="Part of the page">
          <a href="/models" aria-current=${isSecrets ? nothing : "true"}>Models</a>
          <a href="/models?tab=secrets" aria-current=${isSecrets ? "true" : nothing}>Secrets</a>
        </nav>
      </header>
      <main id="main" tabindex="-1"><div class="page models" @change=${(/** @type {Event} */ event) => this.#changed(event)}>
        ${isSecrets ? html`<cf-secrets .app=${this.app} .query=${this.query}></cf-secrets>` : this.#models()}
      </div></main>`;
  }

  #models() {
    this.#known ??= resource((stop) => this.#read(stop), this);
    return loadView(this.#known, {ready: (known) => this.#content(known), skeleton});
  }

  /** @param {Known} known */
  #content({providers, list}) {
    const app = this.app;
    if (!providers.length) return this.#empty();
    return html`
      <section>
        <div class="sec-h"><h2>Providers</h2>
          <span class="row end">${this.#local.canBegin ? html`<button type="button" class="btn sm" @click=${() => this.#local.ask()}>${icon("download", 14)}Install a small model</button>` : nothing}
            <button type="button" class="btn primary sm" @click=${() => this.#add()}>${icon("plus", 14)}Add provider</button></span></div>
        ${localModelView(this.#local)}
        <cf-providers .app=${app} .providers=${providers}></cf-providers>
        <cf-found-servers .app=${app} .found=${this.#found.value}></cf-found-servers>
      </section>
      <section>
        <div class="sec-h"><h2>Models</h2><span class="dim sm">${list.items.length}</span>
          <button class="btn sm end" aria-busy=${this.#isRefreshing.value ? "true" : nothing} @click=${() => this.#refresh()}>${icon("retry", 14)}Ask providers again</button></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${list.unreachable.length ? unanswered(list) : nothing}
        ${list.items.length ? modelTable(list.items, (model) => this.#edit(model))
          : html`<div class="card"><p class="none">No provider has listed a model.</p></div>`}
      </section>
      <section><cf-aliases .app=${app} .models=${list.items} .aliases=${list.aliases}></cf-aliases></section>`;
  }

  #empty() {
    const app = this.app;
    return html`
      <div class="card">${emptyView({
        icon: "models", title: "No model provider yet",
        text: "Prompt steps ask models of a provider: a model server on this machine or in your network, or a vendor's API with a key.",
        actions: html`<button type="button" class="btn primary" @click=${() => this.#add()}>${icon("plus")}Add provider</button>
          ${this.#local.canBegin ? html`<button type="button" class="btn" @click=${() => this.#local.ask()}>${icon("download")}Install a small model</button>` : nothing}`,
      })}</div>
      ${localModelView(this.#local)}
      <cf-found-servers .app=${app} .found=${this.#found.value}></cf-found-servers>`;
  }

  async #add() {
    if (!await addProvider(this.app)) return;
    this.app.toast("Provider added", {kind: "ok"});
    await this.#reload();
  }

  /** @param {Model} model */
  async #edit(model) {
    if (!await editModel(this.app, model)) return;
    this.app.toast(`${model.name} saved`, {kind: "ok"});
    await this.#reload();
  }

  /** Parts say that something changed by an event of their own; inputs have one of the same name. @param {Event} event */
  #changed(event) {
    if (event instanceof CustomEvent) this.#reload();
  }

  async #reload() {
    await Promise.all([this.#known?.reload(), this.#find()]);
  }

  async #refresh() {
    if (this.#isRefreshing.peek()) return;
    this.#isRefreshing.value = true;
    this.#failure.value = null;
    try {
      this.#known?.set(await this.#read(AbortSignal.timeout(120_000), true));
      this.app.announce("Providers were asked again");
    } catch (error) {
      this.#failure.value = error;
    } finally {
      this.#isRefreshing.value = false;
    }
  }
}

/** @param {ModelList} list */
const unanswered = ({unreachable}) => html`<ul class="unanswered">${unreachable.map(({provider, error}) => html`
  <li class="banner warn">${icon("warn")}<div><b>${provider} did not answer.</b> ${error.message}${error.hint ? ` ${error.hint}` : ""}</div></li>`)}</ul>`;

const skeleton = () => html`${skeletonTiles(3, "9rem")}<div class="card">${skeletonRows(5)}</div>`;

ModelsPage.define("cf-models");
