import {changesBetween, withChanges} from "./changes.js";

/**
 * Undo and redo. An entry holds what one command was made on and what it gave. Where nobody else changed the draft
 * meanwhile, undo shows exactly the state before; where somebody did, it takes back only what the command changed.
 *
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./layout.js").Places} Places
 * @typedef {{document: PipelineDocument, places: Places, selection: readonly string[], text: string | null}} EditState
 *   `text` is the YAML where the document came from one
 * @typedef {{label: string, merge: string | null, before: EditState, after: EditState}} Entry
 * @typedef {{history: History, state: EditState, label: string}} Moved
 */

const MOST_ENTRIES = 200;

export class History {
  /** @type {readonly Entry[]} */
  #done;
  /** @type {readonly Entry[]} */
  #undone;

  /** @param {readonly Entry[]} [done] @param {readonly Entry[]} [undone] the next to redo last */
  constructor(done = [], undone = []) {
    this.#done = done;
    this.#undone = undone;
  }

  get canUndo() { return this.#done.length > 0; }
  get canRedo() { return this.#undone.length > 0; }
  get undoLabel() { return this.#done.at(-1)?.label ?? null; }
  get redoLabel() { return this.#undone.at(-1)?.label ?? null; }
  get length() { return this.#done.length; }

  /**
   * The history with one more entry; what was undone is forgotten. An entry with the same `merge` as the last one
   * becomes part of it, if nothing came between.
   * @param {Entry} entry
   */
  adding(entry) {
    const last = this.#done.at(-1);
    const continues = last && entry.merge !== null && last.merge === entry.merge && this.#undone.length === 0
      && last.after.document === entry.before.document && last.after.places === entry.before.places;
    if (continues) return new History([...this.#done.slice(0, -1), {...entry, before: last.before}]);
    return new History([...this.#done.slice(1 - MOST_ENTRIES), entry]);
  }

  /** @param {EditState} now @returns {Moved | null} */
  undo(now) {
    const entry = this.#done.at(-1);
    if (!entry) return null;
    const history = new History(this.#done.slice(0, -1), [...this.#undone, entry]);
    return {history, label: entry.label, state: moved(now, entry.after, entry.before)};
  }

  /** @param {EditState} now @returns {Moved | null} */
  redo(now) {
    const entry = this.#undone.at(-1);
    if (!entry) return null;
    const history = new History([...this.#done, entry], this.#undone.slice(0, -1));
    return {history, label: entry.label, state: moved(now, entry.before, entry.after)};
  }
}

/** @param {EditState} now @param {EditState} from @param {EditState} to @returns {EditState} */
function moved(now, from, to) {
  const isUntouched = now.document === from.document;
  return {
    document: isUntouched ? to.document : withChanges(now.document, changesBetween(from.document, to.document)),
    places: now.places === from.places ? to.places : {...now.places, ...changedPlaces(from.places, to.places)},
    selection: to.selection, text: isUntouched ? to.text : null,
  };
}

/** @param {Places} from @param {Places} to */
function changedPlaces(from, to) {
  return Object.fromEntries(Object.entries(to).filter(([id, place]) => from[id] !== place));
}
