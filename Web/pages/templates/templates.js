// The gallery of templates: by category, by search, each a link to its page.
import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {emptyView} from "../../parts/empty.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonTiles} from "../../parts/skeleton.js";
import {segmented} from "../../parts/tabs.js";
import {categoryWord} from "./categories.js";
import {templateTile} from "./template-list.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").TemplateSummary} TemplateSummary */
/** @typedef {import("../../../Client/client.d.ts").TemplateCategory} TemplateCategory */
/** @typedef {{items: TemplateSummary[], categories: TemplateCategory[], next: string | null}} Page */

const PAGE = 60;
const TYPING_MS = 180;

export class TemplatesPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  #more = signal(/** @type {"rest" | "busy" | {error: unknown}} */ ("rest"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** @type {import("../../parts/load.js").Resource<Page> | null} */
  #made = null;

  get #page() {
    return this.#made ??= resource((ended) => this.#read(this.query, undefined, ended), this, {follow: true});
  }

  disconnected() { clearTimeout(this.#typing); }

  /** @param {URLSearchParams} query @param {string | undefined} cursor @param {AbortSignal} [ended] @returns {Promise<Page>} */
  async #read(query, cursor, ended) {
    const q = query.get("q") ?? undefined, category = /** @type {TemplateCategory | null} */ (query.get("category")) ?? undefined;
    const {data} = await this.app.api.listTemplates({q, category, limit: PAGE, cursor, signal: ended});
    return {items: data.items, categories: data.categories, next: data.next_cursor};
  }

  async #readMore() {
    const {value} = this.#page.peek();
    if (!value?.next) return;
    this.#more.value = "busy";
    try {
      const {items, next} = await this.#read(this.query, value.next);
      this.#page.set({...value, items: [...value.items, ...items], next});
      this.#more.value = "rest";
    } catch (error) {
      this.#more.value = {error};
    }
  }

  /** @param {string} name @param {string} value @param {boolean} replace */
  #set(name, value, replace) {
    const query = new URLSearchParams(this.query);
    if (value === "") query.delete(name);
    else query.set(name, value);
    const text = query.toString();
    this.app.go(text === "" ? "/templates" : `/templates?${text}`, {replace});
  }

  view() {
    const q = this.query.get("q") ?? "", category = this.query.get("category") ?? "all";
    const categories = this.#page.value.value?.categories ?? [];
    return html`
      <header class="topbar"><div class="crumbs"><h1 class="h-sm">Templates</h1></div></header>
      <main id="main" tabindex="-1"><div class="page">
        <div class="hero card"><h2>Start from something that works</h2>
          <p class="muted">A template becomes your own pipeline, to change as you like. Those with a recorded sample run at once, without a model.</p></div>
        <div class="toolbar" role="search">
          <div class="searchbox">${icon("search")}<input class="inp" type="search" aria-label="Search templates" placeholder="Search templates" maxlength="200" .value=${q}
            @input=${(/** @type {Event} */ event) => {
              const text = /** @type {HTMLInputElement} */ (event.target).value.trim();
              clearTimeout(this.#typing);
              this.#typing = setTimeout(() => this.#set("q", text, true), TYPING_MS);
            }}><kbd aria-hidden="true">/</kbd></div>
          ${categories.length === 0 ? nothing : segmented({label: "Category", style: "scrollx", selected: category, items: [{id: "all", label: "All"}, ...categories.map((id) => ({id, label: categoryWord(id)}))],
            onSelect: (id) => this.#set("category", id === "all" ? "" : id, false)})}
        </div>
        ${loadView(this.#page, {skeleton: () => skeletonTiles(6, "10rem"), ready: (page) => this.#list(page)})}
      </div></main>`;
  }

  /** @param {Page} page */
  #list({items, next}) {
    const more = this.#more.value;
    return html`<p class="sr" role="status">${formatCount(items.length, "template")}${next === null ? "" : " and more"}</p>
      ${items.length === 0 ? html`<div class="card">${emptyView({title: "No match", text: "No template matches this search in this category.",
        actions: html`<a class="btn" href="/templates">Show all</a>`})}</div>`
        : html`<ul class="tiles" aria-label="Templates">${each(items, ({name}) => name, templateTile)}</ul>`}
      ${typeof more === "object" ? problemBanner(more.error) : nothing}
      ${next === null ? nothing : html`<div class="list-more"><button type="button" class="btn" aria-busy=${more === "busy" ? "true" : nothing} @click=${() => this.#readMore()}>Show more</button></div>`}`;
  }
}
TemplatesPage.define("cf-templates");
