// <cf-run-changes> the files that a run changed: each with its diff, and the decision about all of them.

import {each, html, nothing} from "../../dom/html.js";
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

/** @typedef {ChangeSet["files"][number]} ChangedFile */
/** @typedef {"apply" | "discard" | "undo"} Decision */

const DONE = {apply: "applied", discard: "discarded", undo: "undone"};
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
    }, this, {follow: true, of: () => this.store.state.value?.id}));
    return html`<div class="scroll changes" tabindex="0" role="region" aria-label="File changes">${loadView(this.#set, {ready: (set) => this.#view(set), skeleton: () => skeletonRows(3)})}</div>`;
  }

  /** @param {ChangeSet} set */
  #view(set) {
    if (set.files.length === 0) return html`<p class="dim pad">The run changed no files.</p>`;
    const waiting = inState(set, "pending");
    const applied = inState(set, "applied");
    const clashes = inState(set, "conflict");
    const canUndo = applied.length > 0 && waiting.length === 0;
    return html`${this.#error.value ? html`<div class="pad">${problemBanner(this.#error.value)}</div>` : nothing}
      <div class="row wrap pad"><span class="grow muted">${sentence(set)}</span>
        ${waiting.length + clashes.length > 0 && set.status !== "applied" ? this.#button("discard", "trash", "Discard", "danger", () => this.#discard([...waiting, ...clashes])) : nothing}
        ${waiting.length > 0 ? this.#button("apply", "check", `Apply ${formatCount(waiting.length, "file")}`, "primary", () => this.#decide("apply", null)) : nothing}
        ${canUndo ? this.#button("undo", "undo", "Undo", "", () => this.#undo(applied, null)) : nothing}</div>
      ${clashes.length > 0 ? html`<div class="pad"><div class="banner warn" role="alert">${icon("warn")}<div><b>${formatCount(clashes.length, "file")} changed in your workspace since the run ${set.status === "applied" ? "wrote" : "read"} ${clashes.length === 1 ? "it" : "them"}.</b>
        <div class="muted">${clashes.map((file) => file.path).slice(0, 6).join(", ")}. What is there now was left alone. Compare below; ${set.status === "applied" ? "put it back by hand where you want to." : "run the pipeline again on the file as it is now, or discard."}</div></div></div></div>` : nothing}
      <ul class="files">${each(set.files, (file) => file.path, (file) => this.#file(file, set))}</ul>`;
  }

  /** @param {Decision} decision @param {import("../../parts/icon.js").IconName} shape @param {string} word @param {string} style @param {() => void} run */
  #button(decision, shape, word, style, run) {
    const busy = this.#busy.value;
    return html`<button type="button" class="btn sm ${style}" aria-busy=${busy === decision ? "true" : nothing} ?disabled=${busy !== ""} @click=${run}>${icon(shape, 14)}<span>${word}</span></button>`;
  }

  /** @param {ChangedFile} file @param {ChangeSet} set */
  #file(file, set) {
    const {added, removed} = readDiff(file.diff);
    return html`<li><details ?open=${set.files.length <= MOST_OPEN}><summary><span class="mono trunc grow" title=${file.path}>${file.path}</span>
      <span class="tag">${ACTIONS[file.action] ?? file.action}</span>${added ? html`<span class="d-add num sm"><span class="sr">lines added </span>+${added}</span>` : nothing}${removed ? html`<span class="d-del num sm"><span class="sr">lines removed </span>−${removed}</span>` : nothing}
      <span class="dim sm num">${file.size === null ? "" : formatSize(file.size)}</span><span class="sm ${file.state === "conflict" ? "warnc" : "dim"}">${Object.hasOwn(STATES, file.state) ? STATES[/** @type {keyof typeof STATES} */ (file.state)] : file.state}</span></summary>
      ${set.files.length > 1 ? this.#choices(file, set) : nothing}
      ${diffView(file.diff, `Changes of ${file.path}`)}</details></li>`;
  }

  /** The same decisions about one of several files. @param {ChangedFile} file @param {ChangeSet} set */
  #choices(file, set) {
    const busy = this.#busy.value;
    /** @param {Decision} decision @param {string} word @param {() => void} run */
    const button = (decision, word, run) => html`<button type="button" class="btn sm" aria-label=${`${word} ${file.path}`} aria-busy=${busy === `${decision} ${file.path}` ? "true" : nothing} ?disabled=${busy !== ""} @click=${run}>${word}</button>`;
    const apply = button("apply", "Apply", () => this.#decide("apply", file));
    const discard = button("discard", "Discard", () => this.#discard([file], file));
    const choices = file.state === "pending" ? [apply, discard] : file.state === "conflict" && set.status !== "applied" ? [discard]
      : file.state === "applied" ? [button("undo", "Undo", () => this.#undo([file], file))] : [];
    return choices.length === 0 ? nothing : html`<div class="row decide">${choices}</div>`;
  }

  /** @param {ChangedFile[]} files @param {ChangedFile | null} [one] */
  async #discard(files, one = null) {
    const isSure = await this.app.confirm({title: one ? `Discard the change of ${one.path}?` : "Discard the changes?", text: `What the run wrote to ${one ? "it" : formatCount(files.length, "file")} is not put into your workspace. The files it made stay as results of the run.`, action: "Discard", danger: true});
    if (isSure) await this.#decide("discard", one);
  }

  /** @param {ChangedFile[]} files @param {ChangedFile | null} one */
  async #undo(files, one) {
    const isSure = await this.app.confirm({title: one ? `Undo the change of ${one.path}?` : "Undo the changes?", text: undoWords(files), action: "Undo"});
    if (isSure) await this.#decide("undo", one);
  }

  /** @param {Decision} decision @param {ChangedFile | null} one about this file alone */
  async #decide(decision, one) {
    const id = this.store.state.peek()?.id ?? "";
    this.#busy.value = one ? `${decision} ${one.path}` : decision;
    this.#error.value = null;
    try {
      const given = {id, body: one ? {files: [one.path]} : {}};
      const {api} = this.app;
      const {data} = await (decision === "undo" ? api.undoChanges(given) : decision === "apply" ? api.applyChanges(given) : api.discardChanges(given));
      this.#set.set(data);
      const did = data.files.filter((file) => file.state === DONE[decision] && (one === null || file.path === one.path)).length;
      if (did > 0) this.app.toast(`${one ? one.path : formatCount(did, "file")} ${DONE[decision]}`, {kind: "ok"});
    } catch (error) {
      this.#error.value = error;
      this.#set.reload();
    } finally {
      this.#busy.value = "";
      this.store.load();
    }
  }
}

/** @param {ChangeSet} set @param {string} state */
const inState = (set, state) => set.files.filter((file) => file.state === state);

/** How the changes stand, as a whole. @param {ChangeSet} set */
function sentence(set) {
  const counts = /** @type {[string, string][]} */ ([["pending", "for your decision"], ["conflict", "not applied"], ["applied", "written to your workspace"], ["discarded", "discarded"], ["undone", "taken back"]])
    .map(([state, word]) => ({state, word, count: inState(set, state).length})).filter(({count}) => count > 0);
  const [first] = counts;
  if (counts.length > 1 || !first) return `${counts.map(({count, word}) => `${formatCount(count, "file")} ${word}`).join(", ")}.`;
  const files = formatCount(first.count, "file");
  switch (first.state) {
    case "pending": return `${files} ${first.count === 1 ? "waits" : "wait"} for your decision. Nothing is written before you apply.`;
    case "applied": return `${files} ${first.count === 1 ? "was" : "were"} written to your workspace.`;
    case "discarded": return `The changes to ${files} were discarded. Your workspace is as it was.`;
    case "undone": return `The changes to ${files} were taken back. Your workspace is as it was before them.`;
    default: return `${files} could not be ${set.status === "applied" ? "taken back" : "applied"}.`;
  }
}

/** What undoing does to the workspace. @param {ChangeSet["files"]} files */
function undoWords(files) {
  const of = (/** @type {string} */ action) => files.filter((file) => file.action === action).length;
  const parts = [
    of("change") && `${formatCount(of("change"), "file")} ${of("change") === 1 ? "gets its" : "get their"} former content back`,
    of("create") && `${formatCount(of("create"), "new file")} ${of("create") === 1 ? "is" : "are"} deleted`,
    of("delete") && `${formatCount(of("delete"), "deleted file")} ${of("delete") === 1 ? "comes" : "come"} back`,
  ].filter((part) => part !== 0);
  return `In your workspace ${parts.join(", ")}. Files that were changed since are not touched.`;
}

RunChanges.define("cf-run-changes");
