// <cf-run-changes> the files that a run changed: each with its diff, and the decision about all of them.

import {call} from "../../app/call.js";
import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal, untracked} from "../../dom/signal.js";
import {readDiff} from "../../model/diff-lines.js";
import {formatCount, formatSize} from "../../model/format.js";
import {diffView} from "../../parts/diff.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").ChangeSet} ChangeSet */
/** @typedef {import("./run-store.js").RunStore} RunStore */

const ACTIONS = {create: "new", change: "changed", delete: "deleted"};
const STATES = {pending: "waits for a decision", applied: "applied", discarded: "discarded", conflict: "conflict", undone: "undone"};
/** Diffs of more files are closed at first. */
const MOST_OPEN = 5;

export class RunChanges extends Part {
  static props = {app: null, store: null, status: "none"};
  /** @type {App} */ app;
  /** @type {RunStore} */ store;
  /** @type {string} */ status;
  #busy = signal("");
  #error = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<ChangeSet>} */ #set;

  view() {
    this.#set ??= untracked(() => resource(async (stop) => {
      void this.status;
      return (await this.app.api.getChanges({id: this.store.state.peek()?.id ?? "", signal: stop})).data;
    }, this, {follow: true}));
    return html`<div class="scroll changes" tabindex="0" role="region" aria-label="File changes">${loadView(this.#set, {ready: (set) => this.#view(set), skeleton: () => skeletonRows(3)})}</div>`;
  }

  /** @param {ChangeSet} set */
  #view(set) {
    if (set.files.length === 0) return html`<p class="dim pad">The run changed no files.</p>`;
    const canDecide = set.status === "pending" || set.status === "conflict";
    const canUndo = set.status === "applied";
    const busy = this.#busy.value;
    const clashes = set.files.filter((file) => file.state === "conflict");
    return html`${this.#error.value ? html`<div class="pad">${problemBanner(this.#error.value)}</div>` : nothing}
      <div class="row wrap pad"><span class="grow muted">${this.#sentence(set)}</span>
        ${canDecide ? html`<button type="button" class="btn danger sm" aria-busy=${busy === "discard" ? "true" : nothing} ?disabled=${busy !== ""} @click=${() => this.#discard(set)}>${icon("trash", 14)}<span>Discard</span></button>
        <button type="button" class="btn primary sm" aria-busy=${busy === "apply" ? "true" : nothing} ?disabled=${busy !== ""} @click=${() => this.#decide("apply")}>${icon("check", 14)}<span>Apply ${formatCount(set.files.filter((file) => file.state !== "applied").length, "file")}</span></button>` : nothing}
        ${canUndo ? html`<button type="button" class="btn sm" aria-busy=${busy === "undo" ? "true" : nothing} ?disabled=${busy !== ""} @click=${() => this.#undo(set)}>${icon("undo", 14)}<span>Undo</span></button>` : nothing}</div>
      ${clashes.length > 0 ? html`<div class="pad"><div class="banner warn" role="alert">${icon("warn")}<div><b>${formatCount(clashes.length, "file")} changed in your workspace since the run ${canUndo || set.status === "undone" ? "wrote" : "read"} ${clashes.length === 1 ? "it" : "them"}.</b>
        <div class="muted">${clashes.map((file) => file.path).slice(0, 6).join(", ")}. ${this.#advice(set)}</div></div></div></div>` : nothing}
      <ul class="files">${set.files.map((file) => this.#file(file, set.files.length <= MOST_OPEN))}</ul>`;
  }

  /** @param {ChangeSet} set */
  #sentence(set) {
    const files = formatCount(set.files.length, "file");
    switch (set.status) {
      case "pending": return `${files} wait for your decision. Nothing is written before you apply.`;
      case "applied": return `${files} were written to your workspace.`;
      case "discarded": return `The changes to ${files} were discarded. Your workspace is as it was.`;
      case "conflict": return `${files} could not be applied.`;
      case "undone": return `The changes to ${files} were taken back. Your workspace is as it was before them.`;
      default: return `${files}.`;
    }
  }

  /** What to do about files that are not as the run left them, or found them. @param {ChangeSet} set */
  #advice({status}) {
    return status === "conflict" ? "Nothing was written. Compare below; put the file back as it was and apply, run the pipeline again on the file as it is now, or discard."
      : "What is there now was left alone. Compare below, and put the rest back by hand.";
  }

  /** @param {ChangeSet["files"][number]} file @param {boolean} isOpen */
  #file(file, isOpen) {
    const {added, removed} = readDiff(file.diff);
    return html`<li><details ?open=${isOpen}><summary><span class="mono trunc grow" title=${file.path}>${file.path}</span>
      <span class="tag">${ACTIONS[file.action] ?? file.action}</span>${added ? html`<span class="d-add num sm"><span class="sr">lines added </span>+${added}</span>` : nothing}${removed ? html`<span class="d-del num sm"><span class="sr">lines removed </span>−${removed}</span>` : nothing}
      <span class="dim sm num">${file.size === null ? "" : formatSize(file.size)}</span><span class="sm ${file.state === "conflict" ? "warnc" : "dim"}">${Object.hasOwn(STATES, file.state) ? STATES[/** @type {keyof typeof STATES} */ (file.state)] : file.state}</span></summary>
      ${diffView(file.diff, `Changes of ${file.path}`)}</details></li>`;
  }

  /** @param {ChangeSet} set */
  async #discard(set) {
    const isSure = await this.app.confirm({title: "Discard the changes?", text: `What the run wrote to ${formatCount(set.files.length, "file")} is not put into your workspace. The files it made stay as results of the run.`, action: "Discard", danger: true});
    if (isSure) await this.#decide("discard");
  }

  /** @param {ChangeSet} set */
  async #undo({files}) {
    const isSure = await this.app.confirm({title: "Undo the changes?", text: undoWords(files), action: "Undo"});
    if (isSure) await this.#decide("undo");
  }

  /** @param {"apply" | "discard" | "undo"} decision */
  async #decide(decision) {
    const id = this.store.state.peek()?.id ?? "";
    this.#busy.value = decision;
    this.#error.value = null;
    try {
      /** @type {ChangeSet} */
      const data = await call(this.app, "POST", `/api/v1/runs/${id}/changes/${decision}`, {body: {}});
      this.#set.set(data);
      if (data.status === "applied") this.app.toast(`${formatCount(data.files.length, "file")} applied`);
      else if (data.status === "discarded") this.app.toast("Changes discarded");
      else if (data.status === "undone") this.app.toast("Changes undone");
    } catch (error) {
      this.#error.value = error;
      this.#set.reload();
    } finally {
      this.#busy.value = "";
      this.store.load();
    }
  }
}

/** What undoing does to the workspace. @param {ChangeSet["files"]} files */
function undoWords(files) {
  const written = files.filter(({state}) => state === "applied" || state === "conflict");
  const of = (/** @type {string} */ action) => written.filter((file) => file.action === action).length;
  const parts = [
    of("change") && `${formatCount(of("change"), "file")} ${of("change") === 1 ? "gets its" : "get their"} former content back`,
    of("create") && `${formatCount(of("create"), "new file")} ${of("create") === 1 ? "is" : "are"} deleted`,
    of("delete") && `${formatCount(of("delete"), "deleted file")} ${of("delete") === 1 ? "comes" : "come"} back`,
  ].filter((part) => part !== 0);
  return `In your workspace ${parts.join(", ")}. Files that were changed since are not touched.`;
}

RunChanges.define("cf-run-changes");
