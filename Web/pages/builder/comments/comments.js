import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {avatar} from "../../../parts/avatar.js";
import {icon} from "../../../parts/icon.js";
import {problemBanner, problemView} from "../../../parts/problem.js";
import {skeletonRows, waitingView} from "../../../parts/skeleton.js";
import {openMenu} from "../../../parts/menu.js";
import {stepById} from "../../../model/document.js";
import {each as pages} from "../../../app/api.js";
import {pipelineIdOf} from "../fields/pipeline-id.js";
import {mentionsIn} from "../../../model/mentions.js";
import "../../../parts/time.js";
import "./comment-box.js";

/**
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../../Client/client.d.ts").Comment} Comment
 * @typedef {import("../../../../Client/client.d.ts").Person} Person
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 */

/**
 * What is said about a pipeline, or about one step of it. Others' words appear as they are written.
 * @fires counted with how many of those shown are open
 */
class Comments extends Part {
  static props = {app: null, model: null, pipelineId: "", pipeline: null, step: null};

  #comments = signal(/** @type {Comment[] | null} */ (null));
  #error = signal(/** @type {unknown} */ (null));
  #refused = signal(/** @type {unknown} */ (null));
  #showResolved = signal(false);
  #editing = signal("");
  #busy = signal("");
  #people = signal(/** @type {Person[]} */ ([]));

  get #app() {
    return /** @type {App} */ (this.signalOf("app").value);
  }

  get #id() {
    const pipeline = /** @type {{id: string} | null} */ (this.signalOf("pipeline").value);
    return String(this.signalOf("pipelineId").value) || pipeline?.id || pipelineIdOf();
  }

  get #step() {
    return /** @type {string | null} */ (this.signalOf("step").value) || null;
  }

  connected() {
    this.effect(() => {
      const app = this.#app;
      const id = this.#id;
      const step = this.#step;
      if (!app || !id) return undefined;
      const stop = new AbortController();
      this.#load(app, id, step, stop.signal);
      this.#findPeople(app, id, stop.signal);
      const end = app.live.pipelines((event) => {
        const about = /** @type {{pipeline?: {id?: string}}} */ (event.data).pipeline?.id;
        if (event.type === "reset" || (event.type.startsWith("comment.") && about === id)) this.#load(app, id, step, stop.signal);
      });
      return () => { stop.abort(); end(); };
    });
  }

  /** @param {App} app @param {string} id @param {string | null} step @param {AbortSignal} signal */
  async #load(app, id, step, signal) {
    try {
      const found = [];
      for await (const comment of pages((given) => app.api.listComments({...given, signal}), {id, ...(step ? {step} : {}), limit: 200})) found.push(comment);
      if (signal.aborted) return;
      this.#comments.value = found.sort((a, b) => a.created_at.localeCompare(b.created_at));
      this.#error.value = null;
      this.emit("counted", found.filter((comment) => !comment.resolved_at).length);
    } catch (error) {
      if (!signal.aborted) this.#error.value = error;
    }
  }

  /** Who can be called: those who share the pipeline, as far as one may know. @param {App} app @param {string} id @param {AbortSignal} signal */
  async #findPeople(app, id, signal) {
    try {
      const {data} = await app.api.getShares({id, signal});
      if (!signal.aborted) this.#people.value = [data.owner, ...data.people.map((share) => share.account)];
    } catch {
      // Viewers may not know with whom it is shared; those who wrote here are offered all the same.
    }
  }

  view() {
    if (this.#error.value && !this.#comments.value) return problemView(this.#error.value, {retry: () => { this.#error.value = null; void this.#load(this.#app, this.#id, this.#step, new AbortController().signal); }});
    const comments = this.#comments.value;
    if (!comments) return waitingView(skeletonRows(3), "Loading comments");
    const resolved = comments.filter((comment) => comment.resolved_at);
    const shown = this.#showResolved.value ? comments : comments.filter((comment) => !comment.resolved_at);
    const people = [...new Map([...this.#people.value, ...comments.map((comment) => comment.by)].map((person) => [person.id, person])).values()];
    return html`<div class="comments">
      ${this.#refused.value ? problemBanner(this.#refused.value) : nothing}
      ${shown.length === 0 ? html`<p class="dim sm">${this.#step ? `Nothing is said about ${this.#step} yet.` : "Nothing is said about this pipeline yet."}${resolved.length ? " What was is resolved." : ""}</p>` : nothing}
      <ol class="comment-list">${each(shown, (comment) => comment.id, (comment) => this.#entry(comment, people))}</ol>
      ${resolved.length ? html`<button type="button" class="btn ghost sm" aria-expanded=${String(this.#showResolved.value)} @click=${() => { this.#showResolved.value = !this.#showResolved.value; }}>
        ${this.#showResolved.value ? "Hide resolved" : `Show ${resolved.length} resolved`}</button>` : nothing}
      <cf-comment-box .people=${people} .label=${this.#step ? `Comment on ${this.#step}` : "Comment on the pipeline"} .action=${"Comment"} .busy=${this.#busy.value === "new"}
        @sent=${(/** @type {CustomEvent<string>} */ event) => this.#add(event)}></cf-comment-box></div>`;
  }

  /** @param {Comment} comment @param {Person[]} people */
  #entry(comment, people) {
    const name = comment.by.name ?? "Somebody who left";
    const isMine = this.#app.session.value?.account.id === comment.by.id;
    const busy = this.#busy.value === comment.id;
    return html`<li class="comment ${comment.resolved_at ? "resolved" : ""}" aria-busy=${busy ? "true" : nothing}>
      <div class="row">${avatar(name)}<b class="trunc">${name}</b><span class="xs dim"><cf-time .moment=${comment.created_at}></cf-time>${comment.edited_at ? ", edited" : ""}</span>
        <span class="row end"><button type="button" class="btn ghost icon sm" aria-pressed=${String(comment.resolved_at !== null)} aria-label=${comment.resolved_at ? "Open again" : "Resolve"} title=${comment.resolved_at ? `Resolved by ${comment.resolved_by?.name ?? "somebody"}. Open again` : "Resolve"}
            ?disabled=${busy} @click=${() => this.#change(comment, {resolved: comment.resolved_at === null})}>${icon(comment.resolved_at ? "ok" : "check", 14)}</button>
          ${isMine ? html`<button type="button" class="btn ghost icon sm" aria-label="More on this comment" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, [
            {label: "Edit", icon: "edit", run: () => { this.#editing.value = comment.id; }},
            {label: "Delete", icon: "trash", danger: true, run: () => this.#remove(comment)},
          ])}>${icon("more", 14)}</button>` : nothing}</span></div>
      ${!this.#step && comment.step ? this.#stepLink(comment.step) : nothing}
      ${this.#editing.value === comment.id
        ? html`<cf-comment-box .people=${people} .label=${"Edit the comment"} .action=${"Save"} .text=${comment.text} .busy=${busy} .cancel=${() => { this.#editing.value = ""; }}
            @sent=${(/** @type {CustomEvent<string>} */ event) => this.#edit(comment, event)}></cf-comment-box>`
        : html`<p class="comment-text">${mentionsIn(comment.text, comment.mentions).map((part) => (part.person ? html`<span class="mention">${part.text}</span>` : part.text))}</p>`}</li>`;
  }

  /** @param {string} step */
  #stepLink(step) {
    const model = /** @type {EditorModel | null} */ (this.signalOf("model").value);
    const isThere = model && stepById(model.document.value, step);
    return isThere ? html`<button type="button" class="inline sm mono" @click=${() => model.select([step])}>${step}</button>` : html`<span class="sm dim mono">${step}</span>`;
  }

  /** @param {CustomEvent<string>} event */
  async #add(event) {
    const box = /** @type {import("./comment-box.js").CommentBox} */ (event.currentTarget);
    const done = await this.#act("new", async () => {
      const {data} = await this.#app.api.addComment({id: this.#id, body: {text: event.detail, step: this.#step}});
      this.#put(data);
    });
    if (done) box.clear();
  }

  /** @param {Comment} comment @param {CustomEvent<string>} event */
  async #edit(comment, event) {
    if (await this.#change(comment, {text: event.detail})) this.#editing.value = "";
  }

  /** @param {Comment} comment @param {{text?: string, resolved?: boolean}} body */
  #change(comment, body) {
    return this.#act(comment.id, async () => {
      const {data} = await this.#app.api.changeComment({id: this.#id, comment_id: comment.id, body});
      this.#put(data);
      if (body.resolved !== undefined) this.#app.announce(body.resolved ? "Comment resolved" : "Comment opened again");
    });
  }

  /** @param {Comment} comment */
  async #remove(comment) {
    if (!await this.#app.confirm({title: "Delete the comment?", text: "It is gone for everybody.", action: "Delete", danger: true})) return;
    await this.#act(comment.id, async () => {
      await this.#app.api.removeComment({id: this.#id, comment_id: comment.id});
      this.#comments.value = (this.#comments.peek() ?? []).filter((each) => each.id !== comment.id);
      this.#tell();
    });
  }

  /** @param {Comment} comment */
  #put(comment) {
    const others = (this.#comments.peek() ?? []).filter((each) => each.id !== comment.id);
    this.#comments.value = [...others, comment].sort((a, b) => a.created_at.localeCompare(b.created_at));
    this.#tell();
  }

  #tell() {
    this.emit("counted", (this.#comments.peek() ?? []).filter((comment) => !comment.resolved_at).length);
  }

  /** @param {string} what @param {() => Promise<void>} act @returns {Promise<boolean>} */
  async #act(what, act) {
    this.#busy.value = what;
    this.#refused.value = null;
    try {
      await act();
      return true;
    } catch (error) {
      this.#refused.value = error;
      return false;
    } finally {
      this.#busy.value = "";
    }
  }
}

Comments.define("cf-comments");
