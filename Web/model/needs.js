import {branchesOf} from "./branches.js";
import {usesOf} from "./step-texts.js";

/**
 * What a step needs, by the format's rules. A need is written (`needs`), comes of a branch, of the order (an open end
 * above: what no step above needs yet), or of a reference in a text.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./branches.js").Branch} Branch
 * @typedef {"written" | "branch" | "order" | "reference"} NeedSource
 */

/** @param {Step} step @returns {readonly string[] | null} */
export function writtenNeeds(step) {
  return Array.isArray(step.needs) ? step.needs : null;
}

/** Walks the steps from the top and gathers the needs of each. */
export class NeedWalk {
  /** @type {number[]} */
  #openEnds = [];
  /** @type {Set<number>} */
  #needed = new Set();
  /** @type {Map<number, {condition: number, before: number, word: string}[]>} */
  #entries = new Map();

  /** @param {readonly Step[]} steps */
  constructor(steps) {
    this.steps = steps;
    this.indexes = new Map(steps.map((step, index) => [step.id, index]));
    steps.forEach((step, condition) => {
      for (const branch of branchesOf(step)) this.#enter(condition, branch);
    });
  }

  /** @param {number} condition @param {Branch} branch */
  #enter(condition, branch) {
    let before = condition;
    for (const target of branch.targets) {
      const step = this.indexes.get(target);
      if (step === undefined || step === condition) continue;
      const entries = this.#entries.get(step) ?? [];
      entries.push({condition, before, word: branch.word});
      this.#entries.set(step, entries);
      before = step;
    }
  }

  /**
   * What a step needs but for references.
   * @param {number} index
   * @param {readonly string[] | null} written
   * @returns {Map<number, NeedSource>}
   */
  #structure(index, written) {
    /** @type {Map<number, NeedSource>} */
    const gathered = new Map();
    const entries = this.#entries.get(index);
    /** @param {number | undefined} step @param {NeedSource} source */
    const add = (step, source) => {
      if (step !== undefined && step !== index && !gathered.has(step)) gathered.set(step, source);
    };
    if (written) {
      for (const id of written) add(this.indexes.get(id), "written");
      for (const entry of entries ?? []) add(entry.condition, "branch");
    } else if (entries) {
      for (const entry of entries) add(entry.before, "branch");
    } else {
      for (const step of this.#openEnds) if (!this.#needed.has(step)) add(step, "order");
    }
    return gathered;
  }

  /**
   * The needs of the next step; goes on behind it.
   * @param {number} index
   * @param {readonly string[] | null} written
   */
  take(index, written) {
    const gathered = this.#structure(index, written);
    if (!written && !this.#entries.has(index)) this.#openEnds = [];
    for (const {id} of this.#uses(index)) {
      const step = this.indexes.get(id);
      if (step !== undefined && step < index && !gathered.has(step)) gathered.set(step, "reference");
    }
    for (const step of gathered.keys()) this.#needed.add(step);
    this.#openEnds.push(index);
    return gathered;
  }

  /** @param {number} index @param {readonly string[] | null} written @param {ReadonlySet<string>} want */
  gives(index, written, want) {
    const has = new Set([...this.#structure(index, written).keys()].map((step) => this.steps[step]?.id ?? ""));
    const used = new Set(this.#uses(index).map(({id}) => id));
    return [...want].every((id) => has.has(id)) && [...has].every((id) => want.has(id) || used.has(id));
  }

  /** Whether a step is the condition of a branch that names another. @param {string} id @param {number} index */
  isCondition(id, index) {
    const condition = this.indexes.get(id);
    return (this.#entries.get(index) ?? []).some((entry) => entry.condition === condition);
  }

  /** @param {number} from @param {number} to */
  words(from, to) {
    const words = (this.#entries.get(to) ?? []).filter((entry) => entry.condition === from).map((entry) => entry.word);
    return words.length > 0 ? [...new Set(words)].join(", ") : null;
  }

  /** @param {number} from @param {number} to */
  use(from, to) {
    const id = this.steps[from]?.id;
    return this.#uses(to).find((use) => use.id === id)?.path ?? null;
  }

  /** @param {number} index */
  #uses(index) {
    const step = this.steps[index];
    return step ? usesOf(step) : [];
  }
}
