// <cf-runs> every run that one may know of, with filters in the address.

import {html, nothing, ref} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {whileNear} from "../../dom/near.js";
import {computed, signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {formerly, problemBanner, problemText, problemView} from "../../parts/problem.js";
import {skeletonRows, waitingView} from "../../parts/skeleton.js";
import {segmented} from "../../parts/tabs.js";
import {isFiltered, pageAddress, periods, readFilters, statuses, triggers} from "./filters.js";
import {exportRuns} from "./export.js";
import {histogram} from "./histogram.js";
import {RunList} from "./list.js";
import {binsOf} from "./merging.js";
import "./table.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./filters.js").Filters} Filters */

const BINS = 48;
/** A histogram of fewer runs says nothing. */
const LEAST_RUNS = 8;

export class RunsPage extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;
  #list = signal(/** @type {RunList | null} */ (null));
  #names = signal(/** @type {{id: string, name: string, title: string}[]} */ ([]));
  #titles = computed(() => new Map(this.#names.value.map(({id, title}) => [id, title])));
  /** What stands in the box for a pipeline, as long as the filter means the same. */
  #typed = signal("");
  #isLate = signal(false);
  #isExporting = signal(false);
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;

  get #filters() { return readFilters(this.query ?? new URLSearchParams()); }

  connected() {
    this.app.title("Runs");
    const address = computed(() => pageAddress(this.#filters));
    this.effect(() => {
      const list = new RunList(this.app, readFilters(new URL(address.value, location.href).searchParams), this.#list.peek());
      this.#list.value = list;
      list.start();
      return () => list.end();
    });
    const late = setTimeout(() => { this.#isLate.value = true; }, 300);
    this.own(() => { clearTimeout(late); clearTimeout(this.#typing); });
    this.#readNames();
  }

  async #readNames() {
    try {
      const {data} = await this.app.api.listPipelines({limit: 200, sort: "-last_run"});
      this.#names.value = data.items;
    } catch {
      // The box then offers no names; typing one works all the same.
    }
  }

  /** @param {Partial<Filters>} change @param {boolean} [replace] */
  #set(change, replace = false) {
    this.app.go(pageAddress({...this.#filters, ...change}), {replace});
  }

  view() {
    const list = this.#list.value;
    const filters = this.#filters;
    return html`<header class="topbar"><div class="crumbs"><h1 class="h-sm">Runs</h1></div>
        <button type="button" class="btn end" aria-busy=${this.#isExporting.value ? "true" : nothing} ?disabled=${list?.items.value.length === 0} @click=${() => this.#export(filters)}>${icon("download", 14)}<span>Export CSV</span></button></header>
      <main id="main" tabindex="-1"><div class="page">${this.#toolbar(filters)}${list ? this.#content(list, filters) : nothing}</div></main>`;
  }

  /** @param {Filters} filters */
  async #export(filters) {
    if (this.#isExporting.peek()) return;
    this.#isExporting.value = true;
    const stop = new AbortController();
    this.own(() => stop.abort());
    try {
      this.app.toast(await exportRuns(this.app, filters, stop.signal), {kind: "ok"});
    } catch (error) {
      if (!stop.signal.aborted) this.app.toast(`The runs were not saved. ${problemText(error)}`, {kind: "bad"});
    } finally {
      this.#isExporting.value = false;
    }
  }

  /** @param {Filters} filters */
  #toolbar(filters) {
    const known = this.#names.value.find(({id, name}) => id === filters.pipeline || name === filters.pipeline);
    const change = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.target).value;
    return html`<div class="toolbar" role="search">
      <div class="searchbox">${icon("pipelines")}<input class="inp" type="search" list="run-pipelines" aria-label="Pipeline" placeholder="Pipeline" maxlength="200" .value=${this.#typed.value !== "" && this.#nameOf(this.#typed.value) === filters.pipeline ? this.#typed.value : known?.title ?? filters.pipeline}
        @input=${(/** @type {Event} */ event) => this.#onPipeline(change(event).trim())} @change=${(/** @type {Event} */ event) => { clearTimeout(this.#typing); this.#set({pipeline: this.#nameOf(change(event).trim())}); }}>
        <datalist id="run-pipelines">${this.#names.value.map(({name, title}) => html`<option value=${title}>${title === name ? nothing : name}</option>`)}</datalist></div>
      ${segmented({label: "Status", items: statuses.map(({id, label}) => ({id, label})), selected: filters.status, onSelect: (id) => this.#set({status: /** @type {Filters["status"]} */ (id)}), style: "scrollx"})}
      <select class="inp pick" aria-label="Trigger" .value=${filters.trigger} @change=${(/** @type {Event} */ event) => this.#set({trigger: change(event)})}>${triggers.map(({id, label}) => html`<option value=${id} ?selected=${id === filters.trigger}>${label}</option>`)}${triggers.some(({id}) => id === filters.trigger) ? nothing : html`<option value=${filters.trigger} selected>${filters.trigger}</option>`}</select>
      <select class="inp pick sort" aria-label="Time" .value=${filters.period} @change=${(/** @type {Event} */ event) => this.#set({period: /** @type {Filters["period"]} */ (change(event))})}>${periods.map(({id, label}) => html`<option value=${id} ?selected=${id === filters.period}>${label}</option>`)}</select></div>`;
  }

  /** A name is asked for when it is whole, or when no more letters come. @param {string} text */
  #onPipeline(text) {
    clearTimeout(this.#typing);
    this.#typed.value = text;
    const isWhole = text === "" || this.#names.peek().some(({name, title}) => name === text || title === text);
    this.#typing = setTimeout(() => this.#set({pipeline: this.#nameOf(text)}, true), isWhole ? 0 : 600);
  }

  /** The server knows pipelines by name; people by title. @param {string} text */
  #nameOf(text) { return this.#names.peek().find(({name, title}) => name === text || title === text)?.name ?? text; }

  /** @param {RunList} list @param {Filters} filters */
  #content(list, filters) {
    const runs = list.items.value;
    const state = list.state.value;
    const retry = () => list.load();
    const readAt = runs.length > 0 ? list.readAt.value : null;
    if (state === "failed" && readAt === null) return problemView(list.error.value, {retry});
    if (state === "loading" && readAt === null) return this.#isLate.value ? waitingView(html`<div class="card">${skeletonRows(8, "3.25rem")}</div>`, "Loading runs") : nothing;
    if (runs.length === 0) return this.#empty(filters);
    const isWhole = list.next.value === null;
    return html`${state === "failed" ? formerly(list.error.value, {readAt, retry}) : nothing}${this.#histogram(list, filters)}<div class="card"><cf-runs-table .runs=${runs} .me=${this.app.session.value?.account.id ?? ""} .isWhole=${isWhole} .titles=${this.#titles.value}></cf-runs-table></div>
      ${list.moreError.value ? problemBanner(list.moreError.value) : nothing}
      ${state === "ready" ? html`<div class="row pager sm dim"><span role="status">${isWhole ? formatCount(runs.length, "run") : `The newest ${formatCount(runs.length, "run")}`}</span>
        ${isWhole ? nothing : html`<button type="button" class="btn sm end" aria-busy=${list.isLoadingMore.value ? "true" : nothing} @click=${() => list.more()} ${ref(this.#watchEnd)}>Load more</button>`}</div>` : nothing}`;
  }

  /** Reads on when the end comes near. @param {HTMLElement} button */
  #watchEnd = (button) => this.own(whileNear(button, async () => await this.#list.peek()?.more() ?? false));

  /** Of the time of which every run is known. @param {RunList} list @param {Filters} filters */
  #histogram(list, filters) {
    const ms = periods.find(({id}) => id === filters.period)?.ms ?? 0;
    const runs = list.items.value;
    if (runs.length < LEAST_RUNS) return nothing;
    const now = Date.now();
    const from = ms > 0 && list.next.value === null ? now - ms : Date.parse(runs[runs.length - 1].created_at);
    return now - from < 60_000 ? nothing : histogram(binsOf(runs, from, now, BINS));
  }

  /** @param {Filters} filters */
  #empty(filters) {
    if (isFiltered(filters)) return html`<div class="card">${emptyView({icon: "filter", title: "No run fits these filters", text: filters.pipeline ? "A pipeline is found by its whole name or title." : "Choose a longer time or another status.",
      actions: html`<button type="button" class="btn" @click=${() => this.#set({pipeline: "", status: "", trigger: "", period: ""})}>Clear filters</button>`})}</div>`;
    return html`<div class="card">${emptyView({icon: "runs", title: "No runs yet", text: "A run is one execution of a pipeline. Open a pipeline and run it, or begin with a template.",
      actions: html`<a class="btn primary" href="/pipelines">Open pipelines</a><a class="btn" href="/templates">Browse templates</a>`})}</div>`;
  }
}

RunsPage.define("cf-runs");
