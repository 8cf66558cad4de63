import {stepById, withStep, withValueAt} from "../../../model/document.js";

/**
 * Two changes of the same field, and the draft that a decision about them gives.
 *
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {{kind: string, step?: string | null, path: string, base?: unknown, mine?: unknown, theirs?: unknown, message: string}} ConflictItem
 * @typedef {{items: ConflictItem[], merged: PipelineDocument, current: PipelineDocument, etag: string, sent: PipelineDocument}} Conflict
 *   `merged` holds what is ours where both changed
 */

/**
 * @param {Conflict} conflict
 * @param {ReadonlySet<number>} theirs
 * @returns {PipelineDocument}
 */
export function resolved(conflict, theirs) {
  return conflict.items.reduce((document, item, place) => theirs.has(place) ? withTheirs(document, item, conflict.current) : document, conflict.merged);
}

/** @param {PipelineDocument} document @param {ConflictItem} item @param {PipelineDocument} current */
function withTheirs(document, item, current) {
  const path = pathParts(item.path);
  if (!item.step) return path.length === 0 ? document : withValueAt(document, path, item.theirs ?? undefined);
  const id = item.step;
  if (path.length > 0) return withStep(document, id, (step) => withValueAt(step, path, item.theirs === null ? undefined : item.theirs));
  const steps = document.steps ?? [];
  const other = stepById(current, id);
  // They removed the step that we changed, or changed the one that we removed.
  if (!other) return {...document, steps: steps.filter((step) => step.id !== id)};
  return stepById(document, id) ? withStep(document, id, () => other) : {...document, steps: [...steps, other]};
}

/**
 * `with.cases[0].then` in its parts.
 * @param {string} text
 * @returns {(string | number)[]}
 */
export function pathParts(text) {
  return [...text.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)]
    .map(([, index, quoted, name]) => index !== undefined ? Number(index) : quoted ?? name ?? "");
}

/**
 * What a refused save says of what others saved; null where it is about something else.
 * @param {import("../../../app/api.js").FactoryError} error
 * @param {PipelineDocument} sent
 * @returns {Conflict | null}
 */
export function conflictOf(error, sent) {
  const {merge, current, etag} = /** @type {Record<string, any>} */ (error.problem);
  if (!merge?.document || !current?.document || typeof etag !== "string") return null;
  return {items: merge.conflicts ?? [], merged: merge.document, current: current.document, etag, sent};
}
