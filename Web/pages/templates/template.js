// The page of a template: what it does, its steps, its inputs with a sample, and the way to a pipeline of one's own.
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {skeleton} from "../../parts/skeleton.js";
import {categoryWord} from "./categories.js";
import {inputsView, outcomeView, stepsView} from "./preview.js";
import "../../parts/markdown.js";
import "./use.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Template} Template */

export class TemplatePage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {{name: string}} */ params;

  /** On a narrow screen a graph is too small to read. */
  #asGraph = signal(!matchMedia("(max-width: 640px)").matches);
  /** @type {import("../../parts/load.js").Resource<Template> | null} */
  #made = null;

  get #template() {
    return this.#made ??= resource(async (ended) => {
      const {data} = await this.app.api.getTemplate({name: this.params.name, signal: ended});
      this.app.title(data.title);
      return data;
    }, this, {follow: true, of: () => this.params.name});
  }

  view() {
    const title = this.#template.value.value?.title ?? "Template";
    return html`
      <header class="topbar"><nav class="crumbs" aria-label="Where you are"><a href="/templates">Templates</a>${icon("next", 13)}<h1 class="h-sm trunc">${title}</h1></nav></header>
      <main id="main" tabindex="-1"><div class="page">
        ${loadView(this.#template, {skeleton: () => skeleton("100%", "20rem"), ready: (template) => this.#page(template)})}
      </div></main>`;
  }

  /** @param {Template} template */
  #page(template) {
    const {description, category, tags, readme, source, owner} = template;
    const me = this.app.session.value?.account;
    const mayRemove = source === "published" && me && (me.id === owner || this.app.can("administer"));
    return html`<div class="tpl-page">
      <div>
        <section class="card"><div class="row wrap"><span class="tag">${categoryWord(category)}</span>${tags.map((tag) => html`<span class="tag">${tag}</span>`)}
          <span class="end sm dim">${source === "program" ? "Comes with Code Factory" : "Published on this server"}</span></div>
          ${description ? html`<p>${description}</p>` : nothing}</section>
        ${stepsView(template, this.#asGraph.value, (asGraph) => { this.#asGraph.value = asGraph; })}
        ${inputsView(template)}
        ${outcomeView(template)}
        ${readme ? html`<section class="card readme" aria-label="About"><cf-markdown class="md" .text=${withoutTitle(readme)}></cf-markdown></section>` : nothing}
      </div>
      <div class="use"><cf-use-template .app=${this.app} .template=${template}></cf-use-template>
        ${mayRemove ? html`<button type="button" class="btn danger" @click=${() => this.#remove(template)}>${icon("trash", 14)}Take back this template</button>` : nothing}</div>
    </div>`;
  }

  /** @param {Template} template */
  async #remove({name, title}) {
    const isSure = await this.app.confirm({title: `Take back ${title}`, text: "Nobody begins with it any more. Pipelines made of it stay.", action: "Take back", danger: true});
    if (!isSure) return;
    try {
      await this.app.api.removeTemplate({name});
      this.app.toast(`${title} is no template any more`);
      this.app.go("/templates");
    } catch (error) {
      this.app.toast(`${title} was not taken back: ${error instanceof Error ? error.message : ""}`, {kind: "bad"});
    }
  }
}
TemplatePage.define("cf-template-page");

/** Its first line repeats the title of the page. @param {string} readme */
const withoutTitle = (readme) => readme.replace(/^\s*# [^\n]*\n+/, "");
