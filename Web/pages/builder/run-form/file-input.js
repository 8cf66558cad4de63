import {Part} from "../../../dom/element.js";
import {html, nothing, ref} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";
import {problemText} from "../../../parts/problem.js";
import {upload} from "./upload.js";

/** @typedef {import("../../../app/app.js").App} App */

/**
 * A file for a run: one that is chosen goes into the workspace, and the value is its path there. A path can be written too.
 * @fires written with the path
 */
class FileInput extends Part {
  static props = {app: null, value: "", controlId: "", describedBy: "", invalid: false};

  #busy = signal("");
  #failed = signal("");
  #over = signal(false);
  /** @type {HTMLInputElement | null} */
  #picker = null;

  view() {
    const id = String(this.signalOf("controlId").value);
    const busy = this.#busy.value;
    return html`<div class="file-in" @dragover=${(/** @type {DragEvent} */ event) => { event.preventDefault(); this.#over.value = true; }} @dragleave=${() => { this.#over.value = false; }}
        @drop=${(/** @type {DragEvent} */ event) => { event.preventDefault(); this.#over.value = false; this.#take(event.dataTransfer?.files[0]); }}>
      <button type="button" class="file-drop ${this.#over.value ? "over" : ""}" ?disabled=${busy !== ""} @click=${() => this.#picker?.click()}>${icon("upload")}
        <span class="grow">${busy ? `Uploading ${busy}` : html`Drop a file or <u>choose one</u>`}</span><span class="sm">Up to 16 MiB</span></button>
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

  /** @param {File | undefined} file */
  async #take(file) {
    if (!file) return;
    const app = /** @type {App} */ (this.signalOf("app").peek());
    this.#busy.value = file.name;
    this.#failed.value = "";
    try {
      const path = await upload(app, file);
      this.emit("written", path);
      app.announce(`${file.name} uploaded as ${path}`);
    } catch (error) {
      this.#failed.value = problemText(error);
    } finally {
      this.#busy.value = "";
    }
  }
}

FileInput.define("cf-file-input");
