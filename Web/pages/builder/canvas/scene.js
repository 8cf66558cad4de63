import {INPUTS_ID} from "../../../model/document.js";
import {earlyEdges} from "../../../model/edge-turns.js";
import {graphOf} from "../../../model/graph.js";
import {CARD, completed, snap} from "../../../model/layout.js";

/**
 * What the canvas shows: a place for every card, and every edge. Made anew where the structure changed, not for every
 * letter that is typed into a step.
 *
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../model/document.js").Step} Step
 * @typedef {import("../../../model/graph.js").Graph} Graph
 * @typedef {import("../../../model/layout.js").Places} Places
 * @typedef {{from: string, to: string, branch: string | null, isReference: boolean, isEarly: boolean}} SceneEdge `isEarly`: it turns, then falls
 * @typedef {{document: PipelineDocument, graph: Graph, steps: ReadonlyMap<string, Step>, ids: readonly string[],
 *   edges: readonly SceneEdge[], places: Readonly<Record<string, {readonly x: number, readonly y: number}>>}} Scene
 */

const ABOVE = 112;

/**
 * @param {PipelineDocument} document
 * @param {Places} chosen
 * @param {Scene | null} before
 * @param {Places | null} chosenBefore
 * @returns {Scene}
 */
export function sceneOf(document, chosen, before, chosenBefore) {
  const graph = graphOf(document);
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  if (before && chosen === chosenBefore && isSameStructure(graph, before.graph)) return {...before, document, graph, steps};
  const roots = graph.steps.filter((step) => (graph.needs.get(step.id) ?? []).length === 0).map((step) => step.id);
  const places = placed(completed(document, chosen), roots);
  const early = earlyEdges(graph.edges, places);
  const edges = [
    ...roots.map((to) => ({from: INPUTS_ID, to, branch: null, isReference: false, isEarly: false})),
    ...graph.edges.map((edge) => ({from: edge.from, to: edge.to, branch: edge.branch, isReference: edge.source === "reference", isEarly: early.has(edge)})),
  ];
  return {document, graph, steps, ids: [INPUTS_ID, ...steps.keys()], edges, places};
}

/** The run inputs stand above what begins with them. @param {Record<string, {x: number, y: number}>} places @param {readonly string[]} roots */
function placed(places, roots) {
  const list = roots.map((id) => places[id]).filter((place) => place !== undefined);
  if (list.length === 0) return places;
  const first = Math.min(...list.map((place) => place.y));
  const upper = list.filter((place) => place.y < first + ABOVE).map((place) => place.x);
  const [left, right] = [Math.min(...upper), Math.max(...upper)];
  const top = Math.min(...Object.entries(places).filter(([id]) => id !== INPUTS_ID).map(([, place]) => place.y));
  return {...places, [INPUTS_ID]: {x: snap((left + right) / 2), y: top - ABOVE}};
}

/** @param {Graph} graph @param {Graph} before */
function isSameStructure(graph, before) {
  return graph.steps.length === before.steps.length && graph.edges.length === before.edges.length
    && graph.steps.every((step, place) => step.id === before.steps[place]?.id)
    && graph.edges.every((edge, place) => {
      const other = before.edges[place];
      return other && edge.from === other.from && edge.to === other.to && edge.branch === other.branch && edge.source === other.source;
    });
}

/** @param {{readonly x: number, readonly y: number}} place */
export const cardRect = (place) => ({x: place.x, y: place.y, ...CARD});
