import {stepsOf, withSteps} from "./document.js";
import {graphOf} from "./graph.js";
import {NeedWalk, writtenNeeds} from "./needs.js";

/**
 * What runs after what as far as the document writes it or its order says it: kept while steps come, go and move.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 */

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
