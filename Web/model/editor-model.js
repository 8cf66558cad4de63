import {signal, computed, batch} from "../dom/signal.js";
import {emptyDocument, stepById, stepsOf} from "./document.js";
import {Refusal} from "./commands.js";
import {History} from "./history.js";
import {keepExisting} from "./selection.js";

/**
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./layout.js").Places} Places
 * @typedef {import("../../Client/client.d.ts").Entry & {step: string | null}} ProblemEntry
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 */

/**
 * How far the changes are on their way to the server.
 * @typedef {{state: "saved"} | {state: "pending"} | {state: "saving"}
 *   | {state: "failed", reason: string, offline: boolean} | {state: "conflict"} | {state: "text", reason: string}} SaveState
 */

/**
 * What the last run gave, for live values beside variables.
 * @typedef {object} LastRun
 * @property {string} id
 * @property {number} number
 * @property {string} status
 * @property {string} created_at
 * @property {Record<string, JSONValue>} inputs
 * @property {Record<string, {status: string, output: JSONValue | undefined, error: {code: string, message: string} | null}>} steps
 *   by id; `output` is undefined where the step gave none
 */

/**
 * Something the YAML view must do before anything else may be saved or shown: send what was typed there.
 * @typedef {() => Promise<boolean>} Flush
 */

/**
 * One draft being edited: canvas, list, YAML and settings are views of this.
 *
 * Read signals in a `view()` or an `effect`; change only through `apply`, `undo` and `redo`. The values are plain JSON
 * and are never changed in place. Saving, validating and the last run are done by who made the model (the builder page),
 * which sets the signals below.
 *
 *     const step = stepById(model.document.value, id);                      // model/document.js
 *     model.apply(setStepField(id, ["with", "prompt"], text));              // model/commands.js; undefined removes
 *     model.apply(renameStep(id, "plan"));                                  // with every reference to it
 *     await model.flush();                                                  // before a run, a version, another view
 */
export class EditorModel {
  /** The draft as JSON, the one truth. @type {{value: PipelineDocument, peek(): PipelineDocument}} */
  document;
  /** Ids of the selected steps, in the order of selecting; `INPUTS_ID` stands for the run inputs. @type {{value: readonly string[], peek(): readonly string[]}} */
  selection = signal(/** @type {readonly string[]} */ ([]));
  /** Where steps were put on the canvas; those that are missing are laid out. @type {{value: Places, peek(): Places}} */
  places;
  /** The draft as YAML as the server has it; null until somebody asked, and while it is outdated. @type {{value: string | null, peek(): string | null}} */
  text = signal(/** @type {string | null} */ (null));
  /** Errors and warnings of the draft as it was validated last; `path` is like `steps[4].with.prompt`, `step` the id of that step. @type {{value: readonly ProblemEntry[], peek(): readonly ProblemEntry[]}} */
  problems = signal(/** @type {readonly ProblemEntry[]} */ ([]));
  /** Whether `problems` belongs to the document shown, or is being asked for. @type {{value: "current" | "checking" | "unknown", peek(): string}} */
  checked = signal(/** @type {"current" | "checking" | "unknown"} */ ("unknown"));
  /** The JSON Schema of documents (`GET /api/v1/schema`), null until it is there. @type {{value: any, peek(): any}} */
  schema = signal(/** @type {any} */ (null));
  /** @type {{value: SaveState, peek(): SaveState}} */
  saving = signal(/** @type {SaveState} */ ({state: "saved"}));
  /** @type {{value: LastRun | null, peek(): LastRun | null}} */
  lastRun = signal(/** @type {LastRun | null} */ (null));
  /** Why nothing may be changed; null where it may. @type {{value: string | null, peek(): string | null}} */
  readOnlyReason = signal(/** @type {string | null} */ (null));
  /** What the last command, undo or redo did, or why one was refused; for announcing. @type {{value: {text: string, refused: boolean} | null, peek(): any}} */
  said = signal(/** @type {{text: string, refused: boolean} | null} */ (null));

  /** The only selected step; null where none or several are. @type {{value: Step | null}} */
  selectedStep;
  /** @type {{value: boolean, peek(): boolean}} */
  canUndo;
  /** @type {{value: boolean, peek(): boolean}} */
  canRedo;

  /** @type {ReturnType<typeof signal<History>>} */
  #history;
  /** @type {Flush[]} */
  #flushes = [];

  /**
   * @param {PipelineDocument} [document]
   * @param {Places} [places]
   */
  constructor(document = emptyDocument(), places = {}) {
    this.document = signal(document);
    this.places = signal(places);
    this.#history = signal(new History());
    this.selectedStep = computed(() => {
      const [only, ...others] = this.selection.value;
      return only === undefined || others.length > 0 ? null : stepById(this.document.value, only);
    });
    this.canUndo = computed(() => this.canEdit && this.#history.value.canUndo);
    this.canRedo = computed(() => this.canEdit && this.#history.value.canRedo);
  }

  /** Whether the person may change the draft. */
  get canEdit() {
    return this.readOnlyReason.value === null;
  }

  /** What undo would take back, for a tooltip; null where there is nothing. */
  get undoLabel() {
    return this.#history.value.undoLabel;
  }

  /** What redo would do again; null where there is nothing. */
  get redoLabel() {
    return this.#history.value.redoLabel;
  }

  /**
   * Does a command: one entry to undo. A refused one changes nothing.
   * @param {Command} command
   * @returns {{applied: boolean, refusal: string | null}} `applied` is false where nothing changed
   */
  apply(command) {
    if (!this.canEdit) return this.#refuse(this.readOnlyReason.peek() ?? "");
    const before = this.#state();
    let after = before;
    try {
      after = {...before, ...command.change({document: before.document, places: before.places})};
    } catch (error) {
      if (error instanceof Refusal) return this.#refuse(error.message);
      throw error;
    }
    if (after.document === before.document && after.places === before.places) return {applied: false, refusal: null};
    after.selection = command.select ?? keepExisting(before.selection, after.document);
    batch(() => {
      this.#history.value = this.#history.peek().adding({label: command.label, merge: command.merge ?? null, before, after});
      this.#show(after);
      this.said.value = {text: command.label, refused: false};
    });
    return {applied: true, refusal: null};
  }

  /** Takes the last command back. What others changed meanwhile stays. */
  undo() {
    this.#step("undo", "Undone");
  }

  /** Does what was undone once more. */
  redo() {
    this.#step("redo", "Redone");
  }

  /**
   * Shows a draft that came from the server (somebody else saved, or a merge). Undo keeps working on it.
   * @param {PipelineDocument} document
   * @param {string | null} [text]
   */
  replace(document, text = null) {
    batch(() => {
      this.document.value = document;
      this.text.value = text;
      this.selection.value = keepExisting(this.selection.peek(), document);
    });
  }

  /**
   * A YAML text that was saved becomes one entry to undo.
   * @param {PipelineDocument} document what the server read in it
   * @param {string | null} text null where the server has another one by now
   */
  adopt(document, text) {
    const before = this.#state();
    const after = {...before, document, text, selection: keepExisting(before.selection, document)};
    batch(() => {
      this.#history.value = this.#history.peek().adding({label: "Edited as YAML", merge: null, before, after});
      this.#show(after);
      this.text.value = text;
    });
  }

  /** @param {readonly string[]} ids */
  select(ids) {
    const now = this.selection.peek();
    if (now.length !== ids.length || ids.some((id, place) => now[place] !== id)) this.selection.value = [...ids];
  }

  /** Has everything typed sent to the server; false where that failed (`saving` says why). */
  async flush() {
    for (const flush of this.#flushes) if (!await flush()) return false;
    return true;
  }

  /**
   * Adds something that `flush` waits for; returns what removes it.
   * @param {Flush} flush
   */
  onFlush(flush) {
    this.#flushes.push(flush);
    return () => { this.#flushes = this.#flushes.filter((other) => other !== flush); };
  }

  /** Ids of all steps, in document order. */
  get stepIds() {
    return stepsOf(this.document.value).map((step) => step.id);
  }

  /** @param {"undo" | "redo"} direction @param {string} word */
  #step(direction, word) {
    if (!this.canEdit) return;
    const moved = this.#history.peek()[direction](this.#state());
    if (!moved) return;
    batch(() => {
      this.#history.value = moved.history;
      this.#show({...moved.state, selection: keepExisting(moved.state.selection, moved.state.document)});
      this.text.value = moved.state.text ?? null;
      this.said.value = {text: `${word}: ${moved.label}`, refused: false};
    });
  }

  /** @returns {import("./history.js").EditState} */
  #state() {
    return {
      document: this.document.peek(), places: this.places.peek(), selection: this.selection.peek(),
      text: this.text.peek(),
    };
  }

  /** @param {import("./history.js").EditState} state */
  #show(state) {
    if (this.document.peek() !== state.document) this.text.value = null;
    this.document.value = state.document;
    this.places.value = state.places;
    this.select(state.selection);
  }

  /** @param {string} reason */
  #refuse(reason) {
    this.said.value = {text: reason, refused: true};
    return {applied: false, refusal: reason};
  }
}
