// <cf-run-output> what a step, or a run, gave: rendered by what it is, with every other way to look at it.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {formatDuration, formatSize} from "../../model/format.js";
import {outputViews} from "../../model/output-views.js";
import {codeBlock} from "../../parts/code.js";
import {copyText, saveText} from "../../parts/copy.js";
import {diffView} from "../../parts/diff.js";
import {icon} from "../../parts/icon.js";
import "../../parts/json-tree.js";
import "../../parts/markdown.js";
import {valuesTable} from "../../parts/table-view.js";
import {segmented} from "../../parts/tabs.js";
import {toast} from "../../parts/toast.js";

/** @typedef {import("../../model/output-views.js").OutputView} OutputView */

/** Texts beyond this are not laid out as a whole. */
const LONGEST_TEXT = 300_000;
const LARGE = 1_000_000;

export class RunOutput extends Part {
  static props = {type: "", value: undefined, path: "", name: "output"};
  /** @type {string} the type of the step */ type;
  /** @type {unknown} */ value;
  /** @type {string} as expressions name it */ path;
  /** @type {string} of the file it is saved as */ name;
  #chosen = signal("");
  /** @type {{value: unknown, views: OutputView[], size: number} | null} */
  #made = null;

  view() {
    const {type, value} = this;
    if (this.#made?.value !== value) this.#made = {value, views: outputViews(type, value), size: sizeOf(value)};
    const {views, size} = this.#made ?? {views: [], size: 0};
    if (views.length === 0) return html`<p class="dim pad">There is no output.</p>`;
    const view = views.find((one) => one.id === this.#chosen.value) ?? views[0];
    return html`<div class="out-bar">${views.length > 1 ? segmented({label: "View", items: views.map(({id, label}) => ({id, label})), selected: view.id, onSelect: (id) => { this.#chosen.value = id; }, style: "scrollx"}) : nothing}
        <span class="row end"><button type="button" class="btn ghost sm" @click=${() => this.#copy(view)}>${icon("copy", 14)}<span>Copy</span></button>
        <button type="button" class="btn ghost sm" @click=${() => this.#save(view)}>${icon("download", 14)}<span>Download</span></button></span></div>
      <div class="out-body">${size > LARGE && view.kind === "tree" ? html`<p class="dim sm pad">${formatSize(size)}: the first entries are shown. Download has all of it.</p>` : nothing}${viewOf(view, this.path)}</div>`;
  }

  /** @param {OutputView} view */
  async #copy(view) {
    toast((await copyText(textOfView(view))) ? "Copied" : "The browser does not let this page copy.");
  }

  /** @param {OutputView} view */
  #save(view) {
    const text = textOfView(view);
    const isJSON = ["tree", "table", "http"].includes(view.kind) || view.language === "json";
    const ending = isJSON ? "json" : view.kind === "markdown" ? "md" : view.kind === "diff" ? "diff" : "txt";
    saveText(`${this.name.replace(/[^\w.-]+/g, "-")}.${ending}`, text, isJSON ? "application/json" : "text/plain");
  }
}

/** @param {unknown} value */
function sizeOf(value) {
  if (typeof value === "string") return value.length;
  return value === undefined || value === null ? 0 : JSON.stringify(value).length;
}

/** @param {OutputView} view */
function textOfView({kind, value}) {
  if (kind === "table") return JSON.stringify(value.rows.map((/** @type {unknown[]} */ row) => Object.fromEntries(value.columns.map((/** @type {string} */ name, /** @type {number} */ i) => [name, row[i]]))), null, 2);
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** @param {OutputView} view @param {string} path @returns {unknown} */
function viewOf(view, path) {
  const {kind, value} = view;
  switch (kind) {
    case "markdown": return value.length > LONGEST_TEXT ? longText(value) : html`<cf-markdown class="md" .text=${value}></cf-markdown>`;
    case "text": return longText(value);
    case "code": return value.length > LONGEST_TEXT ? longText(value) : codeBlock(value, view.language ?? "");
    case "table": return valuesTable(value, "Values");
    case "tree": return html`<cf-json .value=${value} .root=${path === "" ? "" : path + (view.path ?? "")} .label=${view.label}></cf-json>`;
    case "diff": return diffView(value, "Changes");
    case "image": return html`<img class="shown" alt="Output of the step" src=${value}>`;
    case "http": return httpView(value);
    default: return nothing;
  }
}

/** @param {string} text */
const longText = (text) => html`<pre class="code plain">${text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text}</pre>
  ${text.length > LONGEST_TEXT ? html`<p class="dim sm pad">The first ${formatSize(LONGEST_TEXT)} are shown. Download has all of it.</p>` : nothing}`;

/** @param {{status: number, url?: string, headers?: {[name: string]: string}, timing?: {first_byte_ms?: number, total_ms?: number}}} answer */
const httpView = ({status, url, headers, timing}) => html`<div class="stack">
  <p><b class="num st ${status < 300 ? "ok" : status < 400 ? "idle" : "bad"}">${status}</b> <span class="mono sm">${url ?? ""}</span></p>
  ${timing ? html`<p class="sm muted">First byte after ${formatDuration(timing.first_byte_ms)}, all after ${formatDuration(timing.total_ms)}.</p>` : nothing}
  ${headers ? html`<table class="tbl values"><caption class="sr">Headers of the response</caption><thead><tr><th scope="col">Header</th><th scope="col">Value</th></tr></thead><tbody>${Object.entries(headers).map(([name, value]) => html`<tr><td class="mono">${name}</td><td class="mono">${String(value)}</td></tr>`)}</tbody></table>` : nothing}</div>`;

RunOutput.define("cf-run-output");
