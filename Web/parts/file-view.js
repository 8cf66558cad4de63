// <cf-file-view .file=${{name, size, url, read}}> a file as its kind wants it: Markdown, table, code, JSON, image, text.
// `read(signal, most)` gives the first bytes of it; what is larger, or is no text, can be downloaded.

import {html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {formatSize} from "../model/format.js";
import {imageType, kindOfName, textOf} from "../model/file-kind.js";
import {tableOfText} from "../model/table-rows.js";
import {codeBlock} from "./code.js";
import {diffView} from "./diff.js";
import {icon} from "./icon.js";
import "./json-tree.js";
import {loadView, resource} from "./load.js";
import "./markdown.js";
import {valuesTable} from "./table-view.js";

/** @typedef {{name: string, size: number | null, url: string, read: (signal: AbortSignal, most: number) => Promise<Uint8Array>}} ShownFile */
/** @typedef {{bytes: Uint8Array, isWhole: boolean, text: string | null}} ReadFile */

const MOST = 1_000_000;
const MOST_IMAGE = 8_000_000;

export class FileView extends Part {
  static props = {file: null};
  /** @type {ShownFile | null} */ file;
  #isRaw = signal(false);
  /** @type {import("./load.js").Resource<ReadFile | null>} */ #content;

  connected() { this.#isRaw.value = false; }

  view() {
    const {file} = this;
    this.#content ??= resource((stop) => this.#read(stop), this, {follow: true, of: () => this.file?.url});
    if (!file) return nothing;
    const kind = kindOfName(file.name);
    const canSwitch = ["markdown", "table", "json", "diff"].includes(kind);
    return html`<div class="file-bar"><b class="mono trunc grow" title=${file.name}>${file.name}</b><span class="dim sm num">${formatSize(file.size)}</span>
        ${canSwitch ? html`<div class="seg" role="group" aria-label="View"><button type="button" aria-pressed=${String(!this.#isRaw.value)} @click=${() => { this.#isRaw.value = false; }}>Shown</button><button type="button" aria-pressed=${String(this.#isRaw.value)} @click=${() => { this.#isRaw.value = true; }}>Text</button></div>` : nothing}
        <a class="btn sm" href=${file.url} download=${file.name.split("/").at(-1)} aria-label="Download ${file.name}">${icon("download", 14)}<span>Download</span></a></div>
      <div class="file-body">${loadView(this.#content, {ready: (read) => (read ? this.#body(file, read) : nothing), skeleton: () => html`<span class="skel file-skel"></span>`})}</div>`;
  }

  /** @param {AbortSignal} stop @returns {Promise<ReadFile | null>} */
  async #read(stop) {
    const {file} = this;
    if (!file) return null;
    const isImage = kindOfName(file.name) === "image";
    const most = isImage ? MOST_IMAGE : MOST;
    if (isImage && (file.size ?? 0) > MOST_IMAGE) return {bytes: new Uint8Array(), isWhole: false, text: null};
    const bytes = file.size === 0 ? new Uint8Array() : await file.read(stop, most);
    const isWhole = file.size === null ? bytes.length < most : bytes.length >= file.size;
    return {bytes, isWhole, text: textOf(bytes, isWhole)};
  }

  /** @param {ShownFile} file @param {ReadFile} read */
  #body(file, {bytes, isWhole, text}) {
    const kind = kindOfName(file.name);
    const type = imageType(file.name);
    if (kind === "image" && type && isWhole) return html`<img class="shown" alt=${`Image ${file.name}`} src=${`data:${type};base64,${base64(bytes)}`}>`;
    if (text === null) return html`<p class="dim pad">This file is not text${kind === "image" ? ", or an image too large to show" : ""}. Download it to open it.</p>`;
    if (text === "") return html`<p class="dim pad">The file is empty.</p>`;
    const cut = isWhole ? nothing : html`<p class="dim sm pad">The first ${formatSize(bytes.length)} are shown. Download has all of it.</p>`;
    return html`${this.#isRaw.value ? codeBlock(text, "", file.name) : this.#shown(kind, file.name, text, isWhole)}${cut}`;
  }

  /** @param {string} kind @param {string} name @param {string} text @param {boolean} isWhole */
  #shown(kind, name, text, isWhole) {
    if (kind === "markdown") return html`<cf-markdown class="md pad" .text=${text}></cf-markdown>`;
    if (kind === "diff") return diffView(text, name);
    if (kind === "table") {
      const table = tableOfText(text, /\.tsv$/i.test(name) ? "\t" : ",");
      if (table) return valuesTable(table, name);
    }
    if (kind === "json" && isWhole) {
      const value = parsed(text);
      if (value !== undefined) return html`<cf-json .value=${value} .label=${name}></cf-json>`;
    }
    return codeBlock(text, name.split(".").at(-1) ?? "", name);
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

FileView.define("cf-file-view");
