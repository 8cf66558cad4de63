// Two versions of a pipeline, by meaning: which steps came, went, moved or changed, and what runs after what.
import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {emptyView} from "../../parts/empty.js";
import {glyph, icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {miniGraph} from "../../parts/mini-graph.js";
import {skeleton} from "../../parts/skeleton.js";
import {openPublish} from "../../parts/publish.js";
import {segmented} from "../../parts/tabs.js";
import {describe, sections} from "./changes.js";
import {linesView} from "./lines-view.js";
import {readComparison} from "./read.js";
import {union} from "./union.js";
import {openRestore} from "./version-dialogs.js";
import {pickView} from "./pick.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./read.js").Comparison} Comparison */
/** @typedef {import("./changes.js").Section} Section */
/** @typedef {import("../../model/document.js").PipelineDocument} PipelineDocument */

/** @type {{id: "unified" | "side" | "graph", label: string}[]} */
const views = [{id: "unified", label: "Unified"}, {id: "side", label: "Side by side"}, {id: "graph", label: "Graph"}];

/** @type {Record<import("./changes.js").Mark, string>} */
const tones = {added: "d-add", removed: "d-del", changed: "d-mod", renamed: "d-mod", moved: "d-mv"};

export class ComparePage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {{id: string, a: string, b: string}} */ params;
  /** @type {URLSearchParams} */ query;

  #open = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  #at = signal("");
  /** @type {import("../../parts/load.js").Resource<Comparison> | null} */
  #made = null;

  get #comparison() {
    return this.#made ??= resource(async (ended) => {
      const read = await readComparison(this.app, this.params, ended);
      this.app.title(`Compare ${read.pipeline.title}`);
      this.#open.value = new Set();
      return read;
    }, this, {follow: true, of: () => `${this.params.id} ${this.params.a} ${this.params.b}`});
  }

  /** @param {number} a @param {string} b */
  #go(a, b) {
    const text = this.query.toString();
    this.app.go(`/pipelines/${this.params.id}/versions/${a}/diff/${b}${text ? `?${text}` : ""}`, {replace: true});
  }

  /** @param {string} id */
  #look(id) {
    const query = new URLSearchParams(this.query);
    if (id === "unified") query.delete("view");
    else query.set("view", id);
    const text = query.toString();
    this.app.go(`${location.pathname}${text ? `?${text}` : ""}`, {replace: true});
  }

  view() {
    const value = this.#comparison.value.value;
    const {id} = this.params;
    return html`
      <header class="topbar"><nav class="crumbs" aria-label="Where you are"><a href="/pipelines" class="hide-s">Pipelines</a><span class="hide-s">${icon("next", 13)}</span>
          <a class="trunc" href=${`/pipelines/${id}`}><span class="hide-s">${value?.pipeline.title ?? "Pipeline"}</span><span class="only-s">${icon("previous")}<span class="sr">${value?.pipeline.title ?? "Pipeline"}</span></span></a><span class="hide-s">${icon("next", 13)}</span><h1 class="h-sm">Compare</h1></nav>
        <div class="row end">${value ? this.#actions(value) : nothing}</div></header>
      <main id="main" tabindex="-1"><div class="page">
        ${loadView(this.#comparison, {skeleton: () => html`${skeleton("100%", "3.5rem")}<div class="diffgrid">${skeleton("100%", "16rem")}${skeleton("100%", "30rem")}</div>`, ready: (read) => this.#compared(read)})}
      </div></main>`;
  }

  /** @param {Comparison} read */
  #actions({pipeline, etag, difference}) {
    if (!this.app.can("edit", pipeline)) return nothing;
    const isDraft = difference.to === "draft", onDone = (/** @type {number} */ made) => isDraft ? this.#go(difference.from, String(made)) : this.#go(difference.from, "draft");
    return html`<button type="button" class="btn" @click=${() => openRestore(this.app, {pipeline, etag, number: difference.from, onDone})}><span class="hide-s">${icon("history")}</span><span class="hide-s">Restore version ${difference.from}</span><span class="only-s">Restore</span></button>
      ${isDraft && !difference.equal ? html`<button type="button" class="btn primary" @click=${async () => { const done = await openPublish(this.app, {pipeline, etag: () => etag}); if (done) onDone(done.number); }}><span>Publish<span class="hide-s"> the draft</span></span></button>` : nothing}`;
  }

  /** @param {Comparison} read */
  #compared(read) {
    const {difference, before, after} = read;
    const found = sections(difference, before, after);
    const chosen = views.find(({id}) => id === this.query.get("view"))?.id ?? "unified";
    return html`${pickView(read, {from: Number(this.params.a), to: this.params.b ?? "draft"}, (a, b) => this.#go(a, b))}
      ${difference.equal ? html`<div class="card">${emptyView({icon: "check", title: "No difference", text: "Both mean the same. Comments and layout are not compared."})}</div>` : html`
      <div class="diffgrid">
        <nav class="card chg" aria-label="Changes">${each(found, ({key}) => key, (section) => this.#entry(section, chosen))}${this.#edgesEntry(read)}</nav>
        <div>
          <div class="row diff-views"><p class="sm dim" role="status">${sums(read)}</p><span class="end">${segmented({label: "View", items: views, selected: chosen, onSelect: (id) => this.#look(id)})}</span></div>
          ${chosen === "graph" ? this.#graph(read) : each(found, ({key}) => key, (section) => this.#section(section, chosen === "side"))}
          ${this.#edges(read)}
        </div>
      </div>`}`;
  }

  /** @param {string} key @param {string} view */
  #show(key, view) {
    this.#at.value = key;
    if (view === "graph") this.#look("unified");
    // The sections may have to be rendered first.
    requestAnimationFrame(() => {
      const section = document.getElementById(`change-${key}`);
      section?.scrollIntoView({block: "start"});
      section?.focus({preventScroll: true});
    });
  }

  /** @param {Section} section @param {string} view */
  #entry(section, view) {
    const {key, step, type, marks} = section;
    return html`<button type="button" aria-current=${this.#at.value === key ? "true" : nothing} @click=${() => this.#show(key, view)}>${step === null ? icon("settings") : glyph(type, "sm")}
      <span class=${`grow trunc ${step === null ? "" : "mono"} ${marks.includes("removed") ? "gone" : ""}`}>${step ?? "Pipeline"}</span><span class=${`sm what ${tones[marks[0]]}`}>${describe(section)}</span></button>`;
  }

  /** @param {Section} section @param {boolean} isTwo */
  #section(section, isTwo) {
    const {key, step, type, marks} = section;
    return html`<section class="card dv" id=${`change-${key}`} tabindex="-1" aria-label=${`${step ?? "Pipeline"}: ${describe(section)}`}>
      <div class="panel-h">${step === null ? icon("settings") : glyph(type, "sm")}<b class=${step === null ? "" : "mono trunc"}>${step ?? "Pipeline"}</b><span class=${`sm ${tones[marks[0]]}`}>${describe(section)}</span></div>
      ${section.before.join("\n") === section.after.join("\n") ? html`<p class="sm dim dv-note">Its text is the same; it stands elsewhere.</p>`
        : linesView(section, isTwo, {isOpen: (place) => this.#open.value.has(place), open: (place) => { this.#open.value = new Set([...this.#open.peek(), place]); }})}</section>`;
  }

  /** @param {Comparison} read */
  #graph({difference, before, after}) {
    const {document, marks, lines} = union(difference, /** @type {PipelineDocument} */ (/** @type {unknown} */ (before)), /** @type {PipelineDocument} */ (/** @type {unknown} */ (after)));
    return html`<section class="card dv dgraph" aria-label="Graph">${miniGraph(document, {label: `Both versions as one graph. ${sums({difference})}. The list of changes says the same.`, marks, lines})}</section>`;
  }

  /** @param {Comparison} read */
  #edgesEntry({difference: {edges}}) {
    const number = edges.added.length + edges.removed.length;
    return number === 0 ? nothing : html`<button type="button" aria-current=${this.#at.value === "edges" ? "true" : nothing} @click=${() => this.#show("edges", "")}>${icon("split")}
      <span class="grow">What runs after what</span><span class="sm what d-mod">${formatCount(number, "change")}</span></button>`;
  }

  /** @param {Comparison} read */
  #edges({difference: {edges}}) {
    if (edges.added.length + edges.removed.length === 0) return nothing;
    const line = (/** @type {{[name: string]: unknown}} */ {from, to}, /** @type {boolean} */ isNew) => html`<li class=${isNew ? "d-add" : "d-del"}>
      <span class="sg">${isNew ? "+" : "−"}</span> <code>${String(to)}</code> ${isNew ? "runs after" : "ran after"} <code>${String(from)}</code></li>`;
    return html`<section class="card dv" id="change-edges" tabindex="-1" aria-label="What runs after what"><div class="panel-h">${icon("split")}<b>What runs after what</b></div>
      <ul class="dedges sm">${edges.removed.map((edge) => line(edge, false))}${edges.added.map((edge) => line(edge, true))}</ul></section>`;
  }
}
ComparePage.define("cf-compare");

/** @param {{difference: import("../../../Client/client.d.ts").Difference}} read */
function sums({difference: {steps, fields}}) {
  const changed = new Set(fields.map(({step}) => step).filter((step) => step !== null)).size;
  /** @type {[number, string][]} */
  const all = [[steps.added.length, "added"], [steps.removed.length, "removed"], [steps.renamed.length, "renamed"], [steps.moved.length, "moved"], [changed, "changed"]];
  const words = all.flatMap(([number, word]) => number > 0 ? [`${formatCount(number, "step")} ${word}`] : []).join(", ");
  return words || "No step changed";
}
