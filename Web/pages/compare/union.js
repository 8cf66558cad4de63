// Both versions as one graph: the steps as they are now, and those that were removed where they were.
import {graphOf} from "../../model/graph.js";
import {stepsOf} from "../../model/document.js";

/** @typedef {import("../../model/document.js").PipelineDocument} PipelineDocument */
/** @typedef {import("../../../Client/client.d.ts").Difference} Difference */
/** @typedef {import("../../parts/mini-graph.js").Line} Line */

/** The weightiest word for a step comes last. */
const order = /** @type {const} */ (["moved", "changed", "renamed", "removed", "added"]);

/**
 * @param {Difference} difference
 * @param {PipelineDocument} before
 * @param {PipelineDocument} after
 * @returns {{document: PipelineDocument, marks: Map<string, string>, lines: Line[]}}
 */
export function union(difference, before, after) {
  const nowCalled = new Map(difference.steps.renamed.map((change) => [String(change.before), String(change.after)]));
  // Another step may have taken the name of one that was removed.
  const taken = new Set(stepsOf(after).map(({id}) => id));
  const gone = new Map(difference.steps.removed.map((id) => [id, taken.has(id) ? `${id} (removed)` : id]));
  const called = (/** @type {string} */ id) => gone.get(id) ?? nowCalled.get(id) ?? id;

  const steps = stepsOf(after).map(({id, type}) => ({id, type}));
  let behind = -1;
  for (const {id, type} of stepsOf(before)) {
    const now = called(id);
    if (gone.has(id)) steps.splice(++behind, 0, {id: now, type});
    else behind = Math.max(behind, steps.findIndex((step) => step.id === now));
  }

  const fresh = new Set(difference.edges.added.map(({from, to}) => `${String(from)} ${String(to)}`));
  /** @type {Line[]} */
  const lines = graphOf(after).edges.map(({from, to}) => ({from, to, mark: fresh.has(`${from} ${to}`) ? "added" : ""}));
  const drawn = new Set(lines.map(({from, to}) => `${from} ${to}`));
  for (const edge of graphOf(before).edges) {
    const from = called(edge.from), to = called(edge.to);
    if (!drawn.has(`${from} ${to}`)) lines.push({from, to, mark: "removed"});
  }
  return {document: laidOut(steps, lines), marks: marksOf(difference, gone), lines};
}

/**
 * A document that only says what runs after what, for the layout. An edge that leads up, as one of before may, is drawn
 * and moves nothing.
 * @param {{id: string, type: unknown}[]} steps @param {Line[]} lines
 */
function laidOut(steps, lines) {
  const place = new Map(steps.map(({id}, index) => [id, index]));
  const needs = (/** @type {string} */ id) => lines.filter(({from, to}) => to === id && (place.get(from) ?? Infinity) < (place.get(id) ?? -1)).map(({from}) => from);
  return /** @type {PipelineDocument} */ (/** @type {unknown} */ ({version: 1, name: "both", steps: steps.map(({id, type}) => ({id, type, needs: needs(id)}))}));
}

/** @param {Difference} difference @param {Map<string, string>} gone */
function marksOf({steps, fields}, gone) {
  /** @type {Record<typeof order[number], string[]>} */
  const ids = {
    moved: steps.moved.map(({step}) => String(step)),
    changed: fields.flatMap(({step}) => typeof step === "string" ? [step] : []),
    renamed: steps.renamed.map(({after}) => String(after)),
    removed: [...gone.values()],
    added: steps.added,
  };
  /** @type {Map<string, string>} */
  const marks = new Map();
  for (const mark of order) for (const id of ids[mark]) marks.set(id, mark);
  return marks;
}
