import {isObject, stepsOf, withSteps} from "./document.js";
import {usesOf} from "./step-texts.js";

/**
 * Which step runs after which, worked out by the format's rules. A need is written (`needs`), comes of a branch, of the
 * order (an open end above: what no step above needs yet), or of a reference in a text.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Path} Path
 * @typedef {"written" | "branch" | "order" | "reference"} NeedSource
 * @typedef {{from: string, to: string, source: NeedSource, branch: string | null, use: Path | null}} Edge
 *   `branch` is the word on it; `use` is where the step names the other, also beside another source
 * @typedef {{steps: readonly Step[], edges: readonly Edge[], needs: ReadonlyMap<string, readonly Edge[]>,
 *   neededBy: ReadonlyMap<string, readonly Edge[]>}} Graph
 * @typedef {{key: string, word: string, targets: readonly string[]}} Branch
 */

/** @type {WeakMap<readonly Step[], Graph>} */
const known = new WeakMap();

/**
 * @param {PipelineDocument} document
 * @returns {Graph}
 */
export function graphOf(document) {
  const steps = stepsOf(document);
  const before = known.get(steps);
  if (before) return before;
  const walk = new NeedWalk(steps);
  /** @type {Edge[]} */
  const edges = [];
  const needs = new Map(steps.map((step) => [step.id, /** @type {Edge[]} */ ([])]));
  const neededBy = new Map(steps.map((step) => [step.id, /** @type {Edge[]} */ ([])]));
  steps.forEach((step, index) => {
    const all = walk.take(index, writtenNeeds(step));
    for (const [need, source] of [...all].sort(([left], [right]) => left - right)) {
      const from = steps[need]?.id ?? "";
      const edge = {from, to: step.id, source, branch: walk.words(need, index), use: walk.use(need, index)};
      edges.push(edge);
      needs.get(step.id)?.push(edge);
      neededBy.get(from)?.push(edge);
    }
  });
  const graph = {steps, edges, needs, neededBy};
  known.set(steps, graph);
  return graph;
}

/**
 * The branches of a condition with the words that stand on their edges; none for another step.
 * @param {Step} step
 * @returns {Branch[]}
 */
export function branchesOf(step) {
  if (step.type !== "condition" || !isObject(step.with)) return [];
  const {cases, then, else: otherwise} = step.with;
  if (Array.isArray(cases)) {
    return [
      ...cases.filter(isObject).map((item, place) => ({
        key: `cases[${place}]`, word: typeof item.when === "string" ? shortened(item.when) : `case ${place + 1}`,
        targets: targetsIn(item.then),
      })),
      {key: "else", word: "else", targets: targetsIn(otherwise)},
    ];
  }
  return [
    {key: "then", word: "true", targets: targetsIn(then)}, {key: "else", word: "false", targets: targetsIn(otherwise)},
  ];
}

/**
 * The way from one step to another along what runs after what, both included; null where there is none.
 * @param {Graph} graph
 * @param {string} from
 * @param {string} to
 * @returns {string[] | null}
 */
export function wayBetween(graph, from, to) {
  /** @type {Map<string, string | null>} */
  const cameFrom = new Map([[from, null]]);
  const open = [from];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (id === to) {
      const way = [];
      for (let step = /** @type {string | null} */ (id); step !== null; step = cameFrom.get(step) ?? null) way.unshift(step);
      return way;
    }
    for (const edge of graph.neededBy.get(id) ?? []) {
      if (!cameFrom.has(edge.to)) {
        cameFrom.set(edge.to, id);
        open.push(edge.to);
      }
    }
  }
  return null;
}

/**
 * All steps before a step.
 * @param {Graph} graph
 * @param {string} id
 * @returns {Set<string>}
 */
export function ancestorsOf(graph, id) {
  const found = /** @type {Set<string>} */ (new Set());
  const open = [id];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const edge of graph.needs.get(step) ?? []) {
      if (!found.has(edge.from)) {
        found.add(edge.from);
        open.push(edge.from);
      }
    }
  }
  return found;
}

/**
 * What each step needs but for references, which need no writing.
 * @param {PipelineDocument} document
 * @returns {Map<string, Set<string>>}
 */
export function structureOf(document) {
  const graph = graphOf(document);
  return new Map(graph.steps.map((step) => [
    step.id, new Set((graph.needs.get(step.id) ?? []).filter((edge) => edge.source !== "reference").map((edge) => edge.from)),
  ]));
}

/**
 * Writes `needs` where the order and the branches alone would give a step other needs than wanted, so that a change of
 * one step does not quietly reconnect others.
 * @param {PipelineDocument} document
 * @param {ReadonlyMap<string, ReadonlySet<string>>} wanted a step that is missing here keeps what it has
 * @returns {PipelineDocument}
 */
export function withStructure(document, wanted) {
  const steps = stepsOf(document);
  const walk = new NeedWalk(steps);
  /** @type {Map<Step, Step>} */
  const changed = new Map();
  steps.forEach((step, index) => {
    const want = wanted.get(step.id);
    let needs = writtenNeeds(step);
    if (want && !walk.gives(index, needs, want)) {
      needs = steps.map((other) => other.id).filter((id) => want.has(id) && !walk.isCondition(id, index));
      changed.set(step, {...step, needs});
    }
    walk.take(index, needs);
  });
  if (changed.size === 0) return document;
  return withSteps(document, (document.steps ?? []).map((step) => changed.get(step) ?? step));
}

/** @param {Step} step @returns {readonly string[] | null} */
function writtenNeeds(step) {
  return Array.isArray(step.needs) ? step.needs : null;
}

/** @param {unknown} value @returns {string[]} */
export function targetsIn(value) {
  const list = Array.isArray(value) ? value : [value];
  return [...new Set(list.filter((item) => typeof item === "string"))];
}

/** @param {string} text */
function shortened(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 24 ? `${line.slice(0, 23)}…` : line;
}

/** Walks the steps from the top and gathers the needs of each. */
class NeedWalk {
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
