import {stepsOf} from "./document.js";
import {NeedWalk, writtenNeeds} from "./needs.js";

/**
 * Which step runs after which, and the ways along that.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Path} Path
 * @typedef {import("./needs.js").NeedSource} NeedSource
 * @typedef {{from: string, to: string, source: NeedSource, branch: string | null, use: Path | null}} Edge
 *   `branch` is the word on it; `use` is where the step names the other, also beside another source
 * @typedef {{steps: readonly Step[], edges: readonly Edge[], needs: ReadonlyMap<string, readonly Edge[]>,
 *   neededBy: ReadonlyMap<string, readonly Edge[]>}} Graph
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
