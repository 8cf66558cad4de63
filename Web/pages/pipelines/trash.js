// The trash: what was deleted within the last 30 days, to take back or to remove for good.
import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tagOf} from "./actions.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {{items: PipelineSummary[], next: string | null}} Page */

const PAGE = 100;

export class TrashPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;

  /** What is being done, and what went wrong, by pipeline. */
  #busy = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  #errors = signal(/** @type {ReadonlyMap<string, unknown>} */ (new Map()));
  #page = this.#made();

  #made() {
    /** @type {import("../../parts/load.js").Resource<Page> | null} */
    let made = null;
    return () => made ??= resource((ended) => this.#read(undefined, ended), this);
  }

  /** @param {string | undefined} cursor @param {AbortSignal} [ended] @returns {Promise<Page>} */
  async #read(cursor, ended) {
    const {data} = await this.app.api.listPipelines({trashed: true, sort: "-updated", limit: PAGE, cursor, signal: ended});
    return {items: data.items, next: data.next_cursor};
  }

  async #more() {
    const {value} = this.#page().peek();
    if (!value?.next) return;
    const {items, next} = await this.#read(value.next);
    this.#page().set({items: [...value.items, ...items], next});
  }

  /** @param {PipelineSummary} pipeline @param {() => Promise<unknown>} act @param {string} said */
  async #do({id}, act, said) {
    this.#busy.value = new Set([...this.#busy.peek(), id]);
    const errors = new Map(this.#errors.peek());
    errors.delete(id);
    try {
      await act();
      const {value} = this.#page().peek(), at = value?.items.findIndex((item) => item.id === id) ?? -1;
      if (value) this.#page().set({...value, items: value.items.filter((item) => item.id !== id)});
      this.app.toast(said);
      this.#focusRow(at);
    } catch (error) {
      errors.set(id, error);
    }
    this.#errors.value = errors;
    this.#busy.value = new Set([...this.#busy.peek()].filter((other) => other !== id));
  }

  /** The keyboard goes on to the row that took the place, once the list is rendered. @param {number} at */
  #focusRow(at) {
    queueMicrotask(() => {
      const rows = this.querySelectorAll(".trash-row"), row = rows[Math.min(at, rows.length - 1)];
      const next = row?.querySelector("button") ?? this.querySelector("main");
      if (next instanceof HTMLElement) next.focus();
    });
  }

  /** @param {PipelineSummary} pipeline */
  #restore(pipeline) {
    return this.#do(pipeline, () => this.app.api.restorePipeline({id: pipeline.id, body: {}}), `${pipeline.title} is back`);
  }

  /** @param {PipelineSummary} pipeline */
  async #purge(pipeline) {
    const isSure = await this.app.confirm({
      title: `Delete ${pipeline.title} for good`, danger: true, action: "Delete for good",
      text: "Its document, versions, comments, shares and the runs that its owner started are gone, and nothing brings them back. Runs that others started stay theirs.",
    });
    if (isSure) await this.#do(pipeline, () => this.app.api.trashPipeline({id: pipeline.id, purge: true, ifMatch: tagOf(pipeline)}), `${pipeline.title} is deleted`);
  }

  view() {
    return html`
      <header class="topbar"><nav class="crumbs" aria-label="Where you are"><a href="/pipelines">Pipelines</a>${icon("next", 13)}<h1 class="h-sm">Trash</h1></nav></header>
      <main id="main" tabindex="-1"><div class="page">
        <p class="muted trash-note">What is deleted stays here for 30 days, with its versions, comments and runs.</p>
        ${loadView(this.#page(), {
          skeleton: () => html`<div class="card">${skeletonRows(3, "4rem")}</div>`,
          ready: (page) => page.items.length === 0 ? this.#empty() : this.#list(page),
        })}
      </div></main>`;
  }

  #empty() {
    return html`<div class="card empty"><h2>The trash is empty</h2><p>A pipeline that you delete can be taken back from here.</p>
      <div class="row"><a class="btn" href="/pipelines">Pipelines</a></div></div>`;
  }

  /** @param {Page} page */
  #list({items, next}) {
    return html`<ul class="card" aria-label="Deleted pipelines">${each(items, ({id}) => id, (pipeline) => this.#row(pipeline))}</ul>
      ${next === null ? nothing : html`<div class="list-more"><button type="button" class="btn" @click=${() => this.#more()}>Show more</button></div>`}`;
  }

  /** @param {PipelineSummary} pipeline */
  #row(pipeline) {
    const {id, title, name, step_count: steps, trashed_at: at} = pipeline;
    const isBusy = this.#busy.value.has(id), error = this.#errors.value.get(id);
    return html`<li class="trash-row">
      <div class="what"><h2 class="trunc">${title}</h2><p class="sm dim"><code>${name}</code> · ${formatCount(steps, "step")} · deleted <cf-time .moment=${at}></cf-time></p></div>
      <button type="button" class="btn" ?disabled=${isBusy} aria-label=${`Restore ${title}`} @click=${() => this.#restore(pipeline)}>${icon("undo", 14)}Restore</button>
      <button type="button" class="btn danger" ?disabled=${isBusy} aria-label=${`Delete ${title} for good`} @click=${() => this.#purge(pipeline)}>${icon("trash", 14)}Delete for good</button>
      ${error ? problemBanner(error) : nothing}</li>`;
  }
}
TrashPage.define("cf-trash");
