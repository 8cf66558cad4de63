import {signal} from "../../../dom/signal.js";
import {EditorModel} from "../../../model/editor-model.js";
import {FactoryError} from "../../../app/api.js";
import {Autosave} from "./autosave.js";
import {Backup} from "./backup.js";
import {lastRunOf} from "./last-run.js";
import {keepPlaces} from "./places.js";
import {problemsOf} from "./problems.js";

/**
 * One pipeline open in the builder: reads it, keeps it saved, and hears of what others do with it.
 *
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../../Client/client.d.ts").Pipeline} Pipeline
 * @typedef {import("../../../../Client/client.d.ts").PipelineSummary} PipelineSummary
 * @typedef {import("../../../../Client/client.d.ts").StreamEvent} StreamEvent
 * @typedef {{id: string, name: string | null, mode: "viewing" | "editing"}} Present
 */

const VIEWER = "You may view this pipeline. To change it, ask its owner for the role editor, or make a copy.";
const RUNNER = "You may run this pipeline. To change it, ask its owner for the role editor, or make a copy.";
const TRASHED = "This pipeline is in the trash. Restore it to change it.";

export class Draft {
  /** The pipeline beside its document. */
  pipeline = signal(/** @type {PipelineSummary | null} */ (null));
  /** Who else has it open. */
  people = signal(/** @type {readonly Present[]} */ ([]));
  model = new EditorModel();
  /** @type {Autosave} */
  autosave;
  #app;
  #id;
  #stop = new AbortController();
  /** The id of the run that was read last. */
  #lastRead = "";
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {App} app @param {string} id */
  constructor(app, id) {
    this.#app = app;
    this.#id = id;
    this.autosave = new Autosave(app.api, id, this.model, {document: this.model.document.peek(), etag: ""}, new Backup(id));
  }

  /** Reads everything, and begins to save and to listen. */
  async open() {
    const {api} = this.#app;
    const signal = this.#stop.signal;
    const [answer, layout, schema] = await Promise.all([
      api.getPipeline({id: this.#id, signal}), api.getLayout({id: this.#id, signal}), api.schema({signal}),
    ]);
    if (typeof answer.data === "string" || answer.etag === null) throw new Error("The server did not answer with the pipeline");
    if (signal.aborted) return;
    const document = /** @type {PipelineDocument} */ (answer.data.document);
    this.pipeline.value = answer.data;
    this.model.schema.value = schema.data;
    this.model.places.value = layout.data.steps;
    this.#restrict(answer.data);
    this.#begin(document, answer.etag);
    void this.#check();
    void this.readLastRun();
    this.#listen();
  }

  end() {
    const isUnsaved = this.pipeline.peek() !== null && !this.autosave.isSaved && this.model.canEdit;
    if (isUnsaved) void this.autosave.save();
    this.#stop.abort();
    this.autosave.end();
    for (const end of this.#ends.splice(0)) end();
  }

  /** Reads what the last run gave, for values beside variables. */
  async readLastRun() {
    const run = this.pipeline.peek()?.last_run;
    if (!run || this.#lastRead === run.id) return;
    this.#lastRead = run.id;
    try {
      await this.#takeRun(run.id);
    } catch {
      // Somebody else's run, or one that is gone: there are no values to show.
      this.model.lastRun.value = null;
    }
  }

  /** A run of one step has nothing of the steps after it: the run it began with says more. @param {string} id */
  async #takeRun(id) {
    const {data} = await this.#app.api.getRun({id, signal: this.#stop.signal});
    const {only} = /** @type {{only?: {from_run: string | null} | null}} */ (data);
    const before = this.model.lastRun.peek();
    if (!only || (only.from_run === null && before === null)) this.model.lastRun.value = lastRunOf(data);
    else if (only.from_run !== null && only.from_run !== before?.id) await this.#takeRun(only.from_run);
  }

  /** Reads the pipeline beside its document anew. */
  async refresh() {
    try {
      const {data} = await this.#app.api.getPipeline({id: this.#id, signal: this.#stop.signal});
      if (typeof data === "string") return;
      this.pipeline.value = data;
      this.#restrict(data);
      void this.readLastRun();
    } catch (error) {
      if (error instanceof FactoryError && [403, 404].includes(error.status)) {
        this.model.readOnlyReason.value = "This pipeline is not shared with you any more.";
      }
    }
  }

  /** @param {PipelineDocument} document @param {string} etag */
  #begin(document, etag) {
    const backup = new Backup(this.#id);
    const kept = this.model.canEdit ? backup.read() : null;
    const known = {document, etag};
    this.autosave = new Autosave(this.#app.api, this.#id, this.model, kept ? {document, etag: kept.etag} : known, backup);
    this.autosave.onSaved = (pipeline) => { this.pipeline.value = pipeline; };
    this.autosave.onBack = () => { void this.#check(); };
    this.model.replace(kept ? kept.document : document);
    this.autosave.begin(this.#app.online);
    this.#ends.push(keepPlaces(this.#app.api, this.#id, this.model));
    // A tab that is closed or hidden gets no later moment to save.
    const hide = () => {
      if (this.autosave.isSaved || !this.model.canEdit) return;
      backup.keep({document: this.model.document.peek(), etag: this.autosave.etag});
      void this.autosave.save();
    };
    addEventListener("pagehide", hide);
    this.#ends.push(() => removeEventListener("pagehide", hide));
    if (kept) void this.autosave.save();
  }

  async #check() {
    try {
      const {data} = await this.#app.api.validatePipeline({id: this.#id, signal: this.#stop.signal});
      if (this.model.checked.peek() !== "unknown" || !this.autosave.isSaved) return;
      this.model.problems.value = problemsOf(data.problems, this.model.document.peek());
      this.model.checked.value = "current";
    } catch {
      // The next save tells.
    }
  }

  /** @param {PipelineSummary} pipeline */
  #restrict(pipeline) {
    this.model.readOnlyReason.value = pipeline.trashed_at !== null ? TRASHED
      : pipeline.role === "viewer" ? VIEWER : pipeline.role === "runner" ? RUNNER : null;
  }

  #listen() {
    const presence = this.model.canEdit ? "editing" : "viewing";
    this.#ends.push(this.#app.live.pipeline(this.#id, {presence}, (event) => this.#heard(event)));
  }

  /** @param {StreamEvent} event */
  #heard(event) {
    switch (event.type) {
      case "presence": return this.#present(event.data.people ?? []);
      case "draft.saved": return void this.#savedBy(event);
      case "version.published": case "shares.changed": case "pipeline.trashed": case "pipeline.restored":
      case "run.created": case "run.finished":
        return void this.refresh();
      case "reset": return void this.refresh().then(() => this.autosave.heard(this.pipeline.peek()?.revision ?? 0));
      default: return undefined;
    }
  }

  /** @param {Present[]} people */
  #present(people) {
    const me = this.#app.session.value?.account.id;
    this.people.value = people.filter((person) => person.id !== me);
  }

  /** @param {StreamEvent} event */
  async #savedBy(event) {
    try {
      const isOther = event.data.by?.id !== this.#app.session.value?.account.id;
      const took = await this.autosave.heard(event.data.data?.revision ?? 0);
      if (took && isOther) this.#app.announce(`${event.data.by?.name ?? "Somebody"} changed the draft`);
      if (took) void this.#check();
    } catch {
      // The next event, or the next save, tells again.
    }
  }
}
