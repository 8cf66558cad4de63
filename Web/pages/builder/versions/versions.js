import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {formatCount} from "../../../model/format.js";
import {icon} from "../../../parts/icon.js";
import {problemBanner, problemView} from "../../../parts/problem.js";
import {skeletonRows, waitingView} from "../../../parts/skeleton.js";
import {emptyView} from "../../../parts/empty.js";
import {openMenu} from "../../../parts/menu.js";
import {PublishForm} from "../../../parts/publish.js";
import "../../../parts/time.js";

/**
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../draft/draft.js").Draft} Draft
 * @typedef {import("../../../../Client/client.d.ts").PipelineSummary} PipelineSummary
 * @typedef {import("../../../../Client/client.d.ts").VersionSummary} VersionSummary
 */

/** The published versions, newest first: publish, compare, restore. Others' appear as they are published. */
class Versions extends Part {
  static props = {draft: null, app: null};

  #versions = signal(/** @type {VersionSummary[] | null} */ (null));
  #cursor = signal(/** @type {string | null} */ (null));
  #error = signal(/** @type {unknown} */ (null));
  #refused = signal(/** @type {unknown} */ (null));
  /** The version that is being restored. */
  #busy = signal("");
  /** @type {PublishForm | null} */
  #form = null;

  get #app() { return /** @type {App} */ (this.signalOf("app").value); }

  get #draft() { return /** @type {Draft} */ (this.signalOf("draft").value); }

  get #pipeline() { return this.#draft?.pipeline.value ?? null; }

  get #publish() {
    return this.#form ??= new PublishForm(this.#app, {
      id: () => this.#pipeline?.id ?? "", etag: () => this.#draft.autosave.etag,
      errors: () => this.#draft.model.problems.value.filter(({severity}) => severity === "error").length, before: () => this.#save(),
    });
  }

  connected() {
    this.effect(() => {
      const app = this.#app;
      const id = this.#pipeline?.id;
      if (!app || !id) return undefined;
      this.#load(id);
      return app.live.pipelines((event) => {
        const about = /** @type {{pipeline?: {id?: string}}} */ (event.data).pipeline?.id;
        if (event.type === "reset" || (event.type === "version.published" && about === id)) this.#load(id);
      });
    });
  }

  /** @param {string} id @param {string | null} [cursor] */
  async #load(id, cursor = null) {
    try {
      const {data} = await this.#app.api.listVersions({id, limit: 50, ...(cursor ? {cursor} : {})});
      this.#versions.value = cursor ? [...(this.#versions.peek() ?? []), ...data.items] : data.items;
      this.#cursor.value = data.next_cursor;
      this.#error.value = null;
    } catch (error) {
      this.#error.value = error;
    }
  }

  view() {
    const pipeline = this.#pipeline;
    if (!pipeline) return nothing;
    const versions = this.#versions.value;
    const mayPublish = this.#draft.model.canEdit && this.#app.can("publish", pipeline);
    return html`<div class="side-b">
      ${this.#refused.value ? problemBanner(this.#refused.value) : nothing}
      ${mayPublish ? this.#publishView(pipeline.id, versions) : nothing}
      ${this.#error.value && !versions ? problemView(this.#error.value, {retry: () => { this.#error.value = null; this.#load(pipeline.id); }}) : !versions ? waitingView(skeletonRows(4), "Loading versions")
        : versions.length === 0 ? emptyView({icon: "history", title: "Nothing is published yet", text: "A version never changes. Schedules, webhooks and people who may run it use the latest one."})
        : this.#list(pipeline, versions, mayPublish)}</div>`;
  }

  /** @param {string} id @param {VersionSummary[] | null} versions */
  #publishView(id, versions) {
    const publish = this.#publish;
    const send = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!await publish.form.submit()) return;
      publish.told();
      publish.form.reset();
      await this.#load(id);
    };
    return html`<form class="stack" @submit=${send}>${publish.fields()}
      ${publish.form.failure.value ? problemBanner(publish.form.failure.value) : nothing}
      <div class="row"><button class="btn primary end" type="submit" ?disabled=${publish.isBlocked} aria-busy=${publish.form.isBusy.value ? "true" : nothing}>Publish version ${(versions?.[0]?.number ?? 0) + 1}</button></div></form>`;
  }

  /** @param {PipelineSummary} pipeline @param {VersionSummary[]} versions @param {boolean} mayPublish */
  #list(pipeline, versions, mayPublish) {
    const [latest] = versions;
    return html`<ol class="versions" aria-label="Versions"><li class="version"><div class="row"><b class="num">Draft</b><span class="tag">now</span>
        ${latest ? html`<a class="btn ghost sm end" href=${`/pipelines/${pipeline.id}/versions/${latest.number}/diff/draft`}>${icon("diff", 14)}Compare with ${latest.number}</a>` : nothing}</div></li>
      ${each(versions, (version) => version.id, (version, index) => this.#entry(pipeline, version, versions[index + 1], version === latest, mayPublish))}</ol>
      ${this.#cursor.value ? html`<button type="button" class="btn sm" @click=${() => { this.#load(pipeline.id, this.#cursor.peek()); }}>Show older</button>` : nothing}`;
  }

  /** @param {PipelineSummary} pipeline @param {VersionSummary} version @param {VersionSummary | undefined} before @param {boolean} isLatest @param {boolean} mayPublish */
  #entry(pipeline, version, before, isLatest, mayPublish) {
    const path = `/pipelines/${pipeline.id}/versions`;
    const earlier = before?.number ?? (version.number > 1 ? version.number - 1 : null);
    return html`<li class="version" aria-busy=${this.#busy.value === version.id ? "true" : nothing}><div class="row"><b class="num">Version ${version.number}</b>${isLatest ? html`<span class="tag">latest</span>` : nothing}
        <span class="xs dim end">${version.by.name ?? "Somebody who left"}, <cf-time .moment=${version.created_at}></cf-time></span>
        <button type="button" class="btn ghost icon sm" aria-label=${`More on version ${version.number}`} aria-haspopup="menu" @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, [
          {label: "Compare with the draft", icon: "diff", href: `${path}/${version.number}/diff/draft`},
          earlier !== null && {label: `Compare ${earlier} with ${version.number}`, icon: "diff", href: `${path}/${earlier}/diff/${version.number}`},
          mayPublish && "-",
          mayPublish && {label: `Restore version ${version.number}`, icon: "history", run: () => this.#restore(version)},
        ])}>${icon("more", 14)}</button></div>
      ${version.message ? html`<p class="sm muted version-text">${version.message}</p>` : nothing}<p class="xs dim">${formatCount(version.step_count, "step")}</p></li>`;
  }

  async #save() {
    if (!await this.#draft.model.flush()) throw new Error("The draft is not saved yet. Publish when it is.");
  }

  /** @param {VersionSummary} version */
  async #restore(version) {
    const id = this.#pipeline?.id ?? "";
    const sure = await this.#app.confirm({title: `Restore version ${version.number}?`, text: "It is published once more, as the newest version, and takes the place of the draft. Versions in between stay.", action: "Restore"});
    if (!sure) return;
    if (this.#busy.peek()) return;
    this.#busy.value = version.id;
    this.#refused.value = null;
    try {
      await this.#draft.model.flush();
      const {data} = await this.#app.api.restoreVersion({id, number: version.number, idempotencyKey: crypto.randomUUID(), body: {message: `Restored from version ${version.number}`}});
      this.#app.toast(`Version ${version.number} is back as version ${data.number}`, {kind: "ok"});
      await this.#load(id);
    } catch (error) {
      this.#refused.value = error;
    } finally {
      this.#busy.value = "";
    }
  }
}

Versions.define("cf-versions");
