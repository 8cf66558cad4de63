import {Part} from "../../../dom/element.js";
import {html, nothing, ref} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {formatPercent, formatSize} from "../../../model/format.js";
import {refusal, roomLeft} from "../../../model/workspace.js";
import {icon} from "../../../parts/icon.js";
import {problemText} from "../../../parts/problem.js";
import {readListing} from "../../files/listing.js";
import {upload} from "./upload.js";

/** @typedef {import("../../../app/app.js").App} App */

/**
 * A file for a run: one that is chosen goes into the workspace, and the value is its path there. A path can be written too.
 * @fires written with the path
 */
class FileInput extends Part {
  static props = {app: null, value: "", controlId: "", describedBy: "", invalid: false};

  #sending = signal(/** @type {{name: string, sent: number, size: number, stop: AbortController} | null} */ (null));
  /** Bytes for which there is room, where that is known. */
  #left = signal(/** @type {number | null} */ (null));
  #failed = signal("");
  #over = signal(false);
  /** @type {HTMLInputElement | null} */
  #picker = null;

  connected() {
    void this.#measure();
  }

  disconnected() {
    this.#sending.peek()?.stop.abort();
  }

  view() {
    const id = String(this.signalOf("controlId").value);
    const sending = this.#sending.value;
    const left = this.#left.value;
    return html`<div class="file-in" @dragover=${(/** @type {DragEvent} */ event) => { event.preventDefault(); this.#over.value = true; }} @dragleave=${() => { this.#over.value = false; }}
        @drop=${(/** @type {DragEvent} */ event) => { event.preventDefault(); this.#over.value = false; this.#take(event.dataTransfer?.files[0]); }}>
      ${sending ? html`<div class="file-drop">${icon("upload")}<span class="grow trunc">${sending.name}</span>
          <span class="sm num">${formatSize(sending.sent)} of ${formatSize(sending.size)}${sending.size > 0 ? `, ${formatPercent(sending.sent / sending.size, 0)}` : ""}</span>
          <button type="button" class="btn ghost sm" @click=${() => sending.stop.abort()}>Cancel</button></div>`
        : html`<button type="button" class="file-drop ${this.#over.value ? "over" : ""}" @click=${() => this.#picker?.click()}>${icon("upload")}
          <span class="grow">Drop a file or <u>choose one</u></span>${left === null ? nothing : html`<span class="sm">Up to ${formatSize(left)}</span>`}</button>`}
      <input type="file" class="sr" tabindex="-1" aria-hidden="true" ${ref((/** @type {HTMLInputElement} */ element) => { this.#picker = element; })}
        @change=${(/** @type {Event} */ event) => { const input = /** @type {HTMLInputElement} */ (event.target); this.#take(input.files?.[0]); input.value = ""; }}>
      <div class="row file-path"><input class="inp mono grow" id=${id} placeholder="Or a path in the workspace" autocomplete="off" spellcheck="false" .value=${this.signalOf("value").value}
        aria-describedby=${this.signalOf("describedBy").value || nothing} aria-invalid=${this.signalOf("invalid").value ? "true" : nothing}
        @input=${(/** @type {Event} */ event) => this.emit("written", /** @type {HTMLInputElement} */ (event.target).value)}>
        <button type="button" class="btn" aria-haspopup="dialog" @click=${() => void this.#browse()}>${icon("folder", 14)}Browse</button></div>
      ${this.#failed.value ? html`<div class="err" role="alert">${icon("warn", 13)}<span>${this.#failed.value}</span></div>` : nothing}</div>`;
  }

  async #browse() {
    const {browse} = await import("../files/browse.js");
    const chosen = await browse(/** @type {App} */ (this.signalOf("app").peek()), String(this.signalOf("value").peek()));
    if (chosen !== null) this.emit("written", chosen);
  }

  async #measure() {
    const stop = new AbortController();
    this.own(() => stop.abort());
    try {
      this.#left.value = roomLeft(await readListing(/** @type {App} */ (this.signalOf("app").peek()), "", stop.signal));
    } catch {
      // The server says it when a file is too large.
    }
  }

  /** @param {File | undefined} file */
  async #take(file) {
    if (!file || this.#sending.peek()) return;
    const app = /** @type {App} */ (this.signalOf("app").peek());
    const stop = new AbortController();
    const show = (/** @type {number} */ sent) => { this.#sending.value = {name: file.name, sent, size: file.size, stop}; };
    this.#failed.value = refusal({name: "", size: file.size}, this.#left.peek()) ?? "";
    if (this.#failed.peek()) return;
    show(0);
    try {
      const path = await upload(app, file, {signal: stop.signal, onSent: show});
      this.emit("written", path);
      app.announce(`${file.name} uploaded as ${path}`);
    } catch (error) {
      if (!stop.signal.aborted) this.#failed.value = problemText(error);
    } finally {
      this.#sending.value = null;
    }
  }
}

FileInput.define("cf-file-input");
