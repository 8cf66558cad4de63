import {Part} from "../../../dom/element.js";
import {html, nothing, ref} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {FactoryError} from "../../../app/api.js";
import {icon} from "../../../parts/icon.js";
import {problemText, problemView} from "../../../parts/problem.js";
import {skeletonRows, waitingView} from "../../../parts/skeleton.js";
import {Backup} from "../draft/backup.js";
import "../../../parts/editor/editor.js";

/**
 * The draft as YAML, as it is kept: with its comments. It is saved as a text a moment after typing; a text that cannot
 * be read as a pipeline stays here, and in the tab, until it can.
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../draft/draft.js").Draft} Draft
 * @typedef {import("../../../parts/editor/positions.js").Diagnostic} Diagnostic
 * @typedef {import("../../../../Client/client.d.ts").ProblemEntry} Entry
 * @typedef {HTMLElement & {value: string, diagnostics: Diagnostic[], goTo(line: number, column?: number): void}} Editor
 */

const PAUSE_MS = 900;

export class YamlView extends Part {
  static props = {app: null, model: null, draft: null, pipelineId: ""};
  /** @type {App} */ app;
  /** @type {EditorModel} */ model;
  /** @type {Draft} */ draft;
  /** @type {string} */ pipelineId;

  #isReady = signal(false);
  #failure = signal(/** @type {unknown} */ (null));
  /** Why the text is not saved. */
  #refusal = signal(/** @type {{text: string, entries: Entry[]} | null} */ (null));
  /** Others saved while a text of ours is not saved. */
  #isKept = signal(false);
  /** The text as the server has it, and its tag. */
  #saved = "";
  #etag = "";
  /** @type {Editor | null} */
  #editor = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Promise<boolean> | null} */
  #sending = null;

  get #backup() { return new Backup(this.pipelineId, "text"); }
  get #text() { return this.#editor?.value ?? this.#saved; }
  get #isDirty() { return this.#isReady.peek() && this.#text !== this.#saved; }

  view() {
    if (this.#failure.value) return problemView(this.#failure.value, {retry: () => void this.#read()});
    const refusal = this.#refusal.value;
    return html`${refusal ? html`<div class="banner bad yaml-not" role="alert">${icon("warn")}<div class="grow"><b>Not saved.</b> ${refusal.text}
          ${refusal.entries.slice(0, 3).map((entry) => html`<div>${entry.line ? html`<button class="inline" type="button" @click=${() => this.#editor?.goTo(entry.line ?? 1, entry.column ?? 1)}>Line ${entry.line}${entry.column ? `, column ${entry.column}` : ""}</button>: ` : nothing}${entry.message}${entry.hint ? html` <span class="muted">${entry.hint}</span>` : nothing}</div>`)}</div>
          <button class="btn sm" type="button" @click=${() => void this.#discard()}>Back to what is saved</button></div>`
        : this.#isKept.value ? html`<div class="banner info yaml-not">${icon("info")}<span class="grow">This text was kept in the tab. It is not saved yet.</span><button class="btn sm" type="button" @click=${() => void this.#discard()}>Back to what is saved</button></div>` : nothing}
      ${this.#isReady.value ? nothing : waitingView(skeletonRows(8), "Loading the text")}
      <div class="yaml-box" ?hidden=${!this.#isReady.value}><cf-editor class="full" .language=${"yaml"} .label=${"Pipeline as YAML"} .readonly=${!this.model.canEdit} ${ref((/** @type {Editor} */ editor) => this.#made(editor))}
        @change=${(/** @type {Event} */ event) => this.#typed(event)}></cf-editor></div>`;
  }

  connected() {
    void this.#read();
    this.own(this.model.onFlush(() => this.#send()));
    this.effect(() => this.#mark());
    this.effect(() => this.#follow());
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") void this.#send();
    };
    this.addEventListener("keydown", keys);
    this.own(() => this.removeEventListener("keydown", keys));
  }

  disconnected() {
    clearTimeout(this.#timer);
    if (this.#isDirty) {
      this.#keep();
      void this.#send();
    } else if (this.model.saving.peek().state === "text") {
      this.model.saving.value = {state: "saved"};
    }
  }

  /** Puts the caret at a place. @param {number} line @param {number} column */
  goTo(line, column) {
    this.#editor?.goTo(line, column);
  }

  /** @param {Editor} editor */
  #made(editor) {
    this.#editor = editor;
    editor.value = this.#saved;
    this.#mark();
  }

  async #read() {
    this.#failure.value = null;
    try {
      if (!await this.draft.autosave.save() && !this.draft.autosave.isSaved) throw new Error("Changes of the other views are not saved yet, so the text would be without them");
      const text = await this.#ask();
      const kept = this.model.canEdit ? this.#backup.read() : null;
      const hasKept = typeof kept?.text === "string" && kept.text !== text;
      this.#saved = text;
      if (hasKept) this.#etag = kept.etag;
      if (this.#editor) this.#editor.value = hasKept ? kept.text : text;
      this.#isKept.value = hasKept;
      this.#isReady.value = true;
      if (hasKept) this.model.saving.value = {state: "text", reason: "The text of the YAML view is not saved"};
      if (!hasKept) this.model.text.value = text;
      this.#mark();
    } catch (error) {
      this.#failure.value = error;
    }
  }

  async #ask() {
    const given = /** @type {Parameters<App["api"]["getPipeline"]>[0]} */ ({id: this.pipelineId, accept: "application/yaml"});
    const {data, etag} = await this.app.api.getPipeline(given);
    this.#etag = etag ?? "";
    return typeof data === "string" ? data : JSON.stringify(data.document, null, 2);
  }

  /** @param {Event} event */
  #typed(event) {
    event.stopPropagation();
    clearTimeout(this.#timer);
    this.#isKept.value = false;
    if (!this.#isDirty) {
      this.#settled();
      return;
    }
    this.#keep();
    this.model.saving.value = this.#refusal.peek() ? {state: "text", reason: "The text cannot be read as a pipeline yet"} : {state: "pending"};
    this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
  }

  /** Saves what was typed; false where the server refused it. @returns {Promise<boolean>} */
  #send() {
    clearTimeout(this.#timer);
    if (!this.#isDirty || !this.model.canEdit) return Promise.resolve(true);
    this.#sending ??= this.#sendText().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  async #sendText() {
    const text = this.#text;
    this.model.saving.value = {state: "saving"};
    const answer = await this.draft.autosave.saveText(text, this.#etag);
    if (!answer.saved) {
      this.#refused(answer.error);
      return false;
    }
    // Where others' changes came in, the server's text is another one than ours.
    const whole = this.model.text.peek();
    if (whole === null && this.#text !== text) {
      // Typed on meanwhile: that is still made of the text before, and comes together with theirs when it is saved.
      this.#saved = text;
    } else {
      this.#etag = this.draft.autosave.etag;
      this.#saved = whole ?? await this.#ask();
    }
    if (this.#editor && this.#text === text) this.#editor.value = this.#saved;
    if (this.#isDirty) this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
    else this.#settled();
    this.#refusal.value = null;
    this.#mark();
    return true;
  }

  /** @param {unknown} error */
  #refused(error) {
    this.#keep();
    const entries = error instanceof FactoryError ? error.errors : [];
    const isOffline = error !== null && !(error instanceof FactoryError);
    this.#refusal.value = {text: error === null ? "Changes of the other views come first." : entries.length > 0 ? "It cannot be read as a pipeline yet; it stays here and in this tab." : problemText(error), entries};
    this.model.saving.value = isOffline ? {state: "failed", reason: "The server is not reached", offline: true} : {state: "text", reason: "The text cannot be read as a pipeline yet"};
    this.#mark();
    if (isOffline) this.#timer = setTimeout(() => void this.#send(), 5000);
  }

  #settled() {
    this.#backup.clear();
    this.#refusal.value = null;
    this.#isKept.value = false;
    this.model.saving.value = {state: "saved"};
  }

  #keep() {
    this.#backup.keep({text: this.#text, etag: this.#etag});
  }

  async #discard() {
    this.#saved = await this.#ask();
    if (this.#editor) this.#editor.value = this.#saved;
    this.#settled();
    this.#mark();
    this.#editor?.focus();
  }

  /** Undo, redo, the panel beside, and others change the draft: the text follows where nothing is typed. */
  #follow() {
    const document = this.model.document.value;
    const text = this.model.text.value;
    if (!this.#isReady.peek() || this.#isDirty || this.#sending) return;
    if (text !== null && this.draft.autosave.isSaved) {
      this.#saved = text;
      this.#etag = this.draft.autosave.etag;
      if (this.#editor && this.#editor.value !== text) this.#editor.value = text;
    } else {
      void this.#refresh(document);
    }
  }

  /** @param {unknown} document */
  async #refresh(document) {
    try {
      if (!await this.draft.autosave.save()) return;
      const text = await this.#ask();
      if (this.model.document.peek() !== document || this.#isDirty) return;
      this.#saved = text;
      if (this.#editor) this.#editor.value = text;
      this.model.text.value = text;
      this.#mark();
    } catch {
      // The next change asks again.
    }
  }

  /** Marks what is wrong where it stands. */
  #mark() {
    const entries = this.#refusal.value?.entries ?? this.model.problems.value;
    if (!this.#editor) return;
    this.#editor.diagnostics = entries.filter((entry) => entry.line !== undefined).map((entry) => (
      {line: entry.line ?? 1, column: entry.column ?? 1, severity: "severity" in entry && entry.severity === "warning" ? "warning" : "error", message: entry.message, ...(entry.hint ? {hint: entry.hint} : {})}
    ));
  }
}

YamlView.define("cf-yaml-view");
