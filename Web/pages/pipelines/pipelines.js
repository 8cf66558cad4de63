// The list of pipelines: what runs, what is unhealthy, and the way to each of them.
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {icon} from "../../parts/icon.js";
import {resource} from "../../parts/load.js";
import {isUnreachable} from "../../parts/problem.js";
import {duplicate, toggleFavourite} from "./actions.js";
import {failedView, moreView, nothingYet, noMatch, skeletons} from "./states.js";
import {isNarrowed, pageAddress, readFilters, usualSort} from "./filters.js";
import {PipelineList} from "./list.js";
import {menuOf} from "./tile-menu.js";
import {templateStrip} from "./template-strip.js";
import {toolbar} from "./toolbar.js";
import "./summary.js";
import "./tiles.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./filters.js").Filters} Filters */

// What opens on a click is fetched then: the list is there sooner.
/** @param {App} app @param {() => void} onDone */
const openNew = async (app, onDone) => (await import("./new.js")).openNew(app, onDone);
/** @param {App} app @param {() => void} onDone */
const openImport = async (app, onDone) => (await import("./import.js")).openImport(app, onDone);

/** While somebody types, the list waits for a pause. */
const TYPING_MS = 180;

export class PipelinesPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};

  /** @type {HTMLInputElement | null} */
  #search = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  get #app() { return /** @type {App} */ (this.signalOf("app").value); }
  get #filters() { return readFilters(/** @type {URLSearchParams} */ (this.signalOf("query").value)); }

  connectedCallback() {
    const {api, session} = this.#app;
    this.list = new PipelineList(api);
    this.tags = resource(async (signal) => (await api.listTags({signal})).data.items, this);
    this.templates = resource(async (signal) => (await api.listTemplates({limit: 4, signal})).data.items, this);
    // Names of owners are for admins; everybody else sees what they may do with what is not theirs.
    this.names = resource(async (signal) => session.value?.account.role === "admin"
      ? new Map((await api.listUsers({limit: 200, signal})).data.items.map((account) => [account.id, account.name])) : new Map(), this);
    // Before all that the page asks for besides.
    void this.list.open(this.#filters);
    super.connectedCallback();
  }

  connected() {
    const list = /** @type {PipelineList} */ (this.list);
    let shown = pageAddress(this.#filters);
    this.effect(() => {
      const filters = this.#filters, address = pageAddress(filters);
      if (address === shown) return;
      shown = address;
      void list.open(filters);
    });
    // What failed because the server was away is read once it is back.
    this.effect(() => {
      if (this.#app.online.value && list.state.peek() === "failed" && isUnreachable(list.error.peek())) void list.reload();
    });
    this.own(this.#app.live.pipelines((event) => {
      list.hear(event);
      if (event.type.startsWith("run.") || event.type === "reset") this.#summary()?.hear();
    }));
    const app = this.#app, again = () => void list.reload();
    this.own(app.offer({title: "Pipelines", commands: [
      {label: "New pipeline", icon: "plus", run: () => openNew(app, again)},
      {label: "Import pipelines", icon: "upload", run: () => openImport(app, again)},
      {label: "Open the trash", icon: "trash", run: () => app.go("/pipelines/trash")},
    ]}));
    this.own(() => list.end());
    this.own(() => clearTimeout(this.#typing));
  }

  #summary() { return /** @type {import("./summary.js").PipelineSummaryLine | null} */ (this.querySelector("cf-pipeline-summary")); }

  /** @param {Partial<Filters>} change @param {{replace: boolean}} [how] */
  #change(change, how = {replace: false}) {
    clearTimeout(this.#typing);
    const go = () => {
      // What was typed and waits goes along with whatever else changes.
      const now = this.#filters, next = {...now, q: this.#search?.value.trim() ?? now.q, ...change};
      // An order that was nobody's choice goes with the search it belonged to.
      if (change.sort === undefined && (next.q === "") !== (now.q === "")) next.sort = usualSort(next.q);
      this.#app.go(pageAddress(next), how);
    };
    if (change.q === undefined) go();
    else this.#typing = setTimeout(go, TYPING_MS);
  }

  #clear() {
    clearTimeout(this.#typing);
    if (this.#search) this.#search.value = "";
    this.#app.go("/pipelines");
    this.#search?.focus();
  }

  #context() {
    const list = /** @type {PipelineList} */ (this.list), app = this.#app;
    const names = this.names?.value.value;
    return {
      me: app.session.value?.account.id ?? "",
      ownerName: (/** @type {string} */ id) => names?.get(id) ?? null,
      onFavourite: (/** @type {import("./list.js").PipelineSummary} */ pipeline) => toggleFavourite(app, list, pipeline),
      menu: (/** @type {import("./list.js").PipelineSummary} */ pipeline) => menuOf(app, list, pipeline, {
        onDuplicate: async () => { if (await duplicate(app, pipeline)) void list.reload(); },
      }),
    };
  }

  view() {
    const filters = this.#filters;
    const app = this.#app;
    const list = /** @type {PipelineList} */ (this.list);
    const isEmpty = list.state.value === "ready" && list.items.value.length === 0 && !isNarrowed(filters);
    // What stands around the list is asked for after it.
    const isRead = list.readAt.value !== null || list.state.value === "failed";
    const tags = isRead ? this.tags?.value.value ?? [] : [];
    return html`
      <header class="topbar">
        <div class="crumbs"><h1 class="h-sm">Pipelines</h1></div>
        <div class="row end">
          <a class="btn ghost icon" href="/pipelines/trash" aria-label="Trash" title="Trash">${icon("trash")}</a>
          <button type="button" class="btn hide-s" @click=${() => openImport(app, () => list.reload())}>${icon("upload")}Import</button>
          <button type="button" class="btn primary" @click=${() => openNew(app, () => list.reload())}>${icon("plus")}<span>New<span class="hide-s"> pipeline</span></span></button>
        </div>
      </header>
      <main id="main" tabindex="-1"><div class="page">
        ${isEmpty || !isRead ? nothing : html`<cf-pipeline-summary .app=${app}></cf-pipeline-summary>`}
        ${toolbar({filters, tags, isEmpty, onChange: (change, how) => this.#change(change, how), onSearchBox: (input) => { this.#search = input; }})}
        <p class="sr" role="status">${this.#count()}</p>
        ${this.#content(filters)}
      </div></main>`;
  }

  #count() {
    const list = /** @type {PipelineList} */ (this.list);
    if (list.state.value !== "ready") return "";
    const {length} = list.items.value;
    return `${length}${list.next.value === null ? "" : " or more"} ${length === 1 ? "pipeline" : "pipelines"}`;
  }

  /** @param {Filters} filters */
  #content(filters) {
    const list = /** @type {PipelineList} */ (this.list), app = this.#app;
    const state = list.state.value, items = list.items.value;
    if (state === "failed") return failedView(list, this.#tiles(true));
    if (state === "loading" && list.readAt.value === null) return list.isLate.value ? skeletons() : nothing;
    if (items.length === 0 && state === "ready") {
      return isNarrowed(filters) ? noMatch(filters, () => this.#clear())
        : html`${nothingYet(() => openNew(app, () => list.reload()))}${templateStrip(this.templates?.value.value ?? [])}`;
    }
    const news = list.unseen.value.size;
    return html`
      ${news > 0 ? html`<div class="list-news"><button type="button" class="btn sm" @click=${() => list.reload()}>${icon("retry", 14)}Show ${news} new</button></div>` : nothing}
      ${this.#tiles(state === "loading" && list.isLate.value)}
      ${moreView(list, this)}
      ${list.next.value === null && !isNarrowed(filters) ? templateStrip(this.templates?.value.value ?? []) : nothing}`;
  }

  /** @param {boolean} isStale */
  #tiles(isStale) {
    const list = /** @type {PipelineList} */ (this.list);
    return html`<cf-pipeline-tiles .items=${list.items.value} .context=${this.#context()} .isStale=${isStale} aria-busy=${String(list.state.value === "loading")}></cf-pipeline-tiles>`;
  }
}
PipelinesPage.define("cf-pipelines");
