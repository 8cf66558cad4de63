// The dialog that takes documents in: files or text, all of them or none, with what is wrong at its line.
import {html, nothing, ref} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {dialogHead} from "../../parts/dialog.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";
import {FactoryError} from "../../app/api.js";
import {byDocument, documentsOf} from "./import-documents.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Imported} Imported */
/** @typedef {"refuse" | "replace" | "skip" | "rename"} Existing */

const MOST_DOCUMENTS = 200;
const MOST_BYTES = 16 * 1024 * 1024;

/** @type {{value: Existing, text: string}[]} */
const ways = [
  {value: "refuse", text: "Refuse the import"},
  {value: "rename", text: "Import under another name"},
  {value: "replace", text: "Replace the pipeline"},
  {value: "skip", text: "Skip the document"},
];

const words = {created: "Created", replaced: "Replaced", unchanged: "Unchanged", skipped: "Skipped"};

class Import {
  files = signal(/** @type {{name: string, text: string}[]} */ ([]));
  pasted = signal("");
  existing = signal(/** @type {Existing} */ ("refuse"));
  isBusy = signal(false);
  isOver = signal(false);
  /** What was refused, before anything was sent. */
  refused = signal(/** @type {string | null} */ (null));
  error = signal(/** @type {unknown} */ (null));
  done = signal(/** @type {Imported["items"] | null} */ (null));

  documents() {
    return [
      ...this.files.value.flatMap(({name, text}) => documentsOf(name, text)),
      ...documentsOf("Pasted text", this.pasted.value),
    ];
  }

  /** @param {Iterable<File>} files */
  async add(files) {
    this.error.value = this.refused.value = null;
    const read = [];
    for (const file of files) {
      if (file.size > MOST_BYTES) this.refused.value = `${file.name} is larger than 16 MB.`;
      else read.push({name: file.name, text: await file.text()});
    }
    const names = new Set(read.map(({name}) => name));
    this.files.value = [...this.files.peek().filter(({name}) => !names.has(name)), ...read];
  }

  /** @param {string} name */
  remove(name) {
    this.error.value = null;
    this.files.value = this.files.peek().filter((file) => file.name !== name);
  }

  /** @param {App} app */
  async send(app) {
    const documents = this.documents();
    this.error.value = null;
    this.isBusy.value = true;
    try {
      const {data} = await app.api.importPipelines({existing: this.existing.peek(), body: {documents: documents.map(({text}) => text)}});
      this.done.value = data.items;
      return true;
    } catch (error) {
      this.error.value = error;
      return false;
    } finally {
      this.isBusy.value = false;
    }
  }
}

/** @param {App} app @param {() => void} onDone called when something was kept */
export function openImport(app, onDone) {
  const state = new Import();
  const {closed} = app.dialog((close) => {
    const done = state.done.value;
    // One head for both, so that the dialog keeps its name.
    return html`${dialogHead(done ? "Imported" : "Import pipelines", {text: done ? null : "Documents as YAML or JSON. All of them are kept, or none.", close})}
      ${done ? doneView(done, close) : askView(app, state, close)}`;
  });
  void closed.then(() => { if (state.done.peek()?.some(({status}) => status === "created" || status === "replaced")) onDone(); });
}

/** @param {App} app @param {Import} state @param {() => void} close */
function askView(app, state, close) {
  const documents = state.documents();
  const isBusy = state.isBusy.value;
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    state.isOver.value = false;
    void state.add(event.dataTransfer?.files ?? []);
  };
  const hover = (/** @type {DragEvent} */ event) => { event.preventDefault(); state.isOver.value = true; };
  return html`<div class="body">
      <div class=${`drop ${state.isOver.value ? "over" : ""}`} @dragover=${hover} @dragleave=${() => { state.isOver.value = false; }} @drop=${drop}>
        ${icon("upload", 20)}<label class="btn" for="import-files">Choose files</label>
        <input id="import-files" class="sr" type="file" multiple accept=".yaml,.yml,.json,application/yaml,application/json"
          @change=${(/** @type {Event} */ event) => {
            const input = /** @type {HTMLInputElement} */ (event.target);
            void state.add([...input.files ?? []]).then(() => { input.value = ""; });
          }}><span class="sm">or drop them here</span>
      </div>
      ${fileList(state)}
      <div class="field"><label for="import-text">Or paste documents</label>
        <textarea class="inp paste" id="import-text" rows="6" spellcheck="false" placeholder="version: 1" @input=${(/** @type {Event} */ event) => {
          state.error.value = null;
          state.pasted.value = /** @type {HTMLTextAreaElement} */ (event.target).value;
        }}></textarea><p class="hint">A line of --- parts one document from the next.</p></div>
      <div class="field"><label for="import-existing">Where the name is taken</label>
        <select class="inp" id="import-existing" @change=${(/** @type {Event} */ event) => {
          state.existing.value = /** @type {Existing} */ (/** @type {HTMLSelectElement} */ (event.target).value);
        }}>${ways.map(({value, text}) => html`<option value=${value}>${text}</option>`)}</select></div>
      ${state.refused.value ? html`<div class="banner warn" role="alert">${icon("warn")}<span>${state.refused.value}</span></div>` : nothing}
      ${documents.length > MOST_DOCUMENTS ? html`<div class="banner warn" role="alert">${icon("warn")}<span>At most ${MOST_DOCUMENTS} documents at once; these are ${documents.length}.</span></div>` : nothing}
      ${errorView(state, documents)}
    </div>
    <footer><button type="button" class="btn" @click=${() => close()}>Cancel</button>
      <button type="button" class="btn primary" ?disabled=${documents.length === 0 || documents.length > MOST_DOCUMENTS} aria-busy=${isBusy ? "true" : nothing}
        @click=${() => { if (!isBusy) void state.send(app).then(showError); }}>${documents.length > 1 ? `Import ${documents.length}` : "Import"}</button></footer>`;
}

/** What went wrong may stand below what fits. @param {boolean} isSent */
function showError(isSent) {
  if (!isSent) requestAnimationFrame(() => document.querySelector("dialog [role=alert]")?.scrollIntoView({block: "start", behavior: "smooth"}));
}

/** @param {Import} state */
function fileList(state) {
  const files = state.files.value;
  if (files.length === 0) return nothing;
  return html`<ul class="import-list" aria-label="Files">${files.map(({name, text}) => html`<li class="row">
    ${icon("files", 14)}<span class="trunc grow">${name}</span><span class="sm dim">${formatCount(documentsOf(name, text).length, "document")}</span>
    <button type="button" class="btn ghost icon sm" aria-label=${`Take out ${name}`} @click=${() => state.remove(name)}>${icon("close", 14)}</button></li>`)}</ul>`;
}

/** What is wrong, by file, with line and column. @param {Import} state @param {import("./import-documents.js").Found[]} documents */
function errorView(state, documents) {
  const error = state.error.value;
  if (!error) return nothing;
  if (!(error instanceof FactoryError) || error.errors.length === 0) return problemBanner(error);
  return html`<div class="banner bad" role="alert">${icon("bad")}<span>Nothing was imported: ${formatCount(error.errors.filter((entry) => !("severity" in entry) || entry.severity === "error").length, "error")}.</span></div>
    <ul class="import-list" aria-label="Errors">${byDocument(error.errors, documents).map(({document, errors}) => html`<li><b>${document === null ? "The documents" : document.line > 0 ? `${document.source}, from line ${document.line + 1}` : document.source}</b>
      ${errors.map(({line, column, path, message, hint}) => html`<div class="finding">
        <span class="at">${line === undefined ? path : `line ${line}${column === undefined ? "" : `, column ${column}`}`}</span><span>${message}</span>${hint ? html`<span class="hint">${hint}</span>` : nothing}</div>`)}</li>`)}</ul>`;
}

/** @param {Imported["items"]} items @param {() => void} close */
const doneView = (items, close) => html`<div class="body"><ul class="import-list" aria-label="What became of each">${items.map(({id, name, status}) => html`<li class="row">
    <span class=${`st ${status === "created" || status === "replaced" ? "ok" : "idle"}`}>${icon(status === "created" || status === "replaced" ? "ok" : "skip", 14)}<span>${words[status]}</span></span>
    <a class="link trunc" href=${`/pipelines/${id}`} @click=${() => close()}>${name}</a></li>`)}</ul></div>
  <footer><button type="button" class="btn primary" ${ref((button) => button.focus())} @click=${() => close()}>Done</button></footer>`;
