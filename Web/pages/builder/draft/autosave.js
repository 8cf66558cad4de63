import {changesBetween, withChanges} from "../../../model/changes.js";
import {effect, signal, untracked} from "../../../dom/signal.js";
import {FactoryError} from "../../../app/api.js";
import {conflictOf, resolved} from "./merge.js";
import {problemsOf} from "./problems.js";
import {SaveTimer} from "./save-timer.js";
import {ServerDraft} from "./server-draft.js";

/**
 * Keeps the server's draft the same as the model's: a moment after each change, merged with what others saved, again
 * when the server is back. What it cannot save it says, and keeps.
 *
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../../Client/client.d.ts").Factory} Factory
 * @typedef {import("../../../../Client/client.d.ts").Pipeline} Pipeline
 * @typedef {import("./server-draft.js").PipelineAnswer} PipelineAnswer
 * @typedef {import("./server-draft.js").Known} Known
 * @typedef {import("./merge.js").Conflict} Conflict
 * @typedef {{saved: true} | {saved: false, error: unknown}} TextSaved
 */

export class Autosave {
  /** What others saved meanwhile and the server could not bring together with ours. */
  conflict = signal(/** @type {Conflict | null} */ (null));
  /** Called with what the server answered to a save. @type {(pipeline: Pipeline) => void} */
  onSaved = () => {};
  /** Called when the draft is again as it was saved, and what is wrong with it is not known. @type {() => void} */
  onBack = () => {};

  #server;
  #model;
  #backup;
  /** @type {Promise<boolean> | null} */
  #saving = null;
  #timer = new SaveTimer(() => void this.save());
  /** @type {(() => void)[]} */
  #ends = [];

  /**
   * @param {Factory} api
   * @param {string} id
   * @param {EditorModel} model
   * @param {Known} known
   * @param {import("./backup.js").Backup} backup
   */
  constructor(api, id, model, known, backup) {
    this.#server = new ServerDraft(api, id, known);
    this.#model = model;
    this.#backup = backup;
  }

  /** @param {{value: boolean}} online whether the server is reached */
  begin(online) {
    this.#ends.push(effect(() => {
      void this.#model.document.value;
      untracked(() => this.#changed());
    }));
    this.#ends.push(effect(() => {
      const failed = online.value && this.#model.saving.peek().state === "failed";
      if (failed) untracked(() => void this.save());
    }));
    this.#ends.push(this.#model.onFlush(() => this.save()));
  }

  end() {
    this.#timer.stop();
    for (const end of this.#ends.splice(0)) end();
  }

  get etag() { return this.#server.known.etag; }

  get isSaved() { return this.#model.document.peek() === this.#server.known.document; }

  get revision() { return this.#server.revision; }

  /** Saves what is not saved, at once; false where that failed. @returns {Promise<boolean>} */
  save() {
    this.#timer.stop();
    this.#saving ??= this.#server.after(() => this.#run()).finally(() => { this.#saving = null; });
    return this.#saving;
  }

  /**
   * Saves the draft as a text that was typed. What the server refuses changes nothing here.
   * @param {string} text
   * @param {string} etag of the text it was made of: what was saved since comes together with it
   * @returns {Promise<TextSaved>}
   */
  saveText(text, etag) {
    return this.#server.after(async () => await this.#run() ? this.#sendText(text, etag) : {saved: false, error: null});
  }

  /** @param {string} text @param {string} etag @returns {Promise<TextSaved>} */
  async #sendText(text, etag) {
    try {
      const answer = await this.#server.put(text, etag);
      const merged = Boolean(answer.data.merged);
      const document = /** @type {PipelineDocument} */ (answer.data.document);
      this.#keep(answer, document);
      this.#model.adopt(document, merged ? null : text);
      return {saved: true};
    } catch (error) {
      if (error instanceof FactoryError && error.status === 412) return this.#settleText(error);
      return {saved: false, error};
    }
  }

  /**
   * Somebody saved: takes their draft over, or saves ours so that the two come together.
   * @param {number} revision
   */
  async heard(revision) {
    // Until all answers are here, what was saved may be our own.
    await this.#server.quiet;
    if (revision <= this.revision) return false;
    if (!this.isSaved && this.#model.canEdit) return this.save();
    const known = await this.#server.read();
    if (!known) return false;
    if (!this.isSaved) return this.save();
    this.#server.known = known;
    this.#model.replace(known.document);
    return true;
  }

  /**
   * Ends a conflict: the fields named take what the others saved, all else stays ours.
   * @param {ReadonlySet<number>} theirs places among the conflicts
   */
  settle(theirs) {
    const conflict = this.conflict.peek();
    if (!conflict) return Promise.resolve(true);
    const document = resolved(conflict, theirs);
    const local = this.#model.document.peek();
    this.conflict.value = null;
    this.#server.known = {document: conflict.current, etag: conflict.etag};
    this.#model.replace(local === conflict.sent ? document : withChanges(document, changesBetween(conflict.sent, local)));
    return this.save();
  }

  #changed() {
    if (this.isSaved) {
      if (this.#model.saving.peek().state === "pending") this.#model.saving.value = {state: "saved"};
      if (this.#model.checked.peek() === "checking") {
        // Undone before it was sent: what the server says of the draft as it is was overtaken.
        this.#model.checked.value = "unknown";
        this.onBack();
      }
      return;
    }
    if (this.conflict.peek()) return;
    this.#model.checked.value = "checking";
    if (this.#model.saving.peek().state === "saved") this.#model.saving.value = {state: "pending"};
    this.#timer.soon();
  }

  async #run() {
    this.#timer.begun();
    while (!this.isSaved) {
      if (this.conflict.peek() || !this.#model.canEdit) return false;
      const sent = this.#model.document.peek();
      this.#model.saving.value = {state: "saving"};
      try {
        this.#taken(await this.#server.put(this.#model.text.peek() ?? sent), sent);
      } catch (error) {
        if (!await this.#refused(error, sent)) return false;
      }
    }
    this.#timer.succeeded();
    this.#backup.clear();
    this.#model.saving.value = {state: "saved"};
    return true;
  }

  /** @param {PipelineAnswer} answer @param {PipelineDocument} sent */
  #taken(answer, sent) {
    const local = this.#model.document.peek();
    if (answer.data.merged) {
      const document = /** @type {PipelineDocument} */ (answer.data.document);
      this.#keep(answer, document);
      this.#model.replace(local === sent ? document : withChanges(document, changesBetween(sent, local)));
    } else {
      this.#keep(answer, sent);
    }
  }

  /** @param {PipelineAnswer} answer @param {PipelineDocument} document */
  #keep(answer, document) {
    this.#server.known = {document, etag: answer.etag ?? this.#server.known.etag};
    this.#model.problems.value = problemsOf(answer.data.problems ?? [], document);
    this.#model.checked.value = "current";
    this.onSaved(answer.data);
  }

  /** Whether to go on after a refusal. @param {unknown} error @param {PipelineDocument} sent @returns {Promise<boolean>} */
  async #refused(error, sent) {
    if (error instanceof FactoryError && error.status === 412) return this.#stale(error, sent);
    const isOffline = !(error instanceof FactoryError) || error.status === 502 || error.status === 504;
    const reason = isOffline ? "The server is not reached" : error.message;
    this.#model.saving.value = {state: "failed", reason, offline: isOffline};
    this.#model.checked.value = "unknown";
    this.#backup.keep({document: sent, etag: this.#server.known.etag});
    if (isOffline || error.status >= 500 || error.status === 429) this.#timer.again();
    return false;
  }

  /** @param {FactoryError} error @param {PipelineDocument} sent */
  async #stale(error, sent) {
    const conflict = conflictOf(error, sent);
    if (!conflict) {
      this.#model.saving.value = {state: "failed", reason: error.message, offline: false};
      return false;
    }
    if (conflict.items.length > 0) {
      this.#backup.keep({document: sent, etag: this.#server.known.etag});
      this.#model.saving.value = {state: "conflict"};
      this.conflict.value = conflict;
      return false;
    }
    // Brought together, but not a valid document yet, so the server leaves it to us to keep it as a draft.
    const local = this.#model.document.peek();
    this.#server.known = {document: conflict.current, etag: conflict.etag};
    this.#model.replace(local === sent ? conflict.merged : withChanges(conflict.merged, changesBetween(sent, local)));
    return true;
  }

  /** @param {FactoryError} error @returns {Promise<TextSaved>} */
  async #settleText(error) {
    const conflict = conflictOf(error, this.#model.document.peek());
    if (!conflict) return {saved: false, error};
    this.#model.adopt(conflict.merged, null);
    if (conflict.items.length === 0) {
      this.#server.known = {document: conflict.current, etag: conflict.etag};
      return await this.#run() ? {saved: true} : {saved: false, error: null};
    }
    this.#model.saving.value = {state: "conflict"};
    this.conflict.value = {...conflict, sent: conflict.merged};
    return {saved: true};
  }
}
