import {pathParts} from "./merge.js";

/**
 * @typedef {import("../../../../Client/client.d.ts").Entry} Entry
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 */

/**
 * What is wrong with a document, each with the step it is about: places among the steps change, ids stay.
 * @param {readonly Entry[]} entries
 * @param {PipelineDocument} document
 * @returns {(Entry & {step: string | null})[]}
 */
export function problemsOf(entries, document) {
  return entries.map((entry) => {
    const [first, place] = pathParts(entry.path);
    const step = first === "steps" && typeof place === "number" ? document.steps?.[place] : undefined;
    return {...entry, step: typeof step?.id === "string" ? step.id : null};
  });
}
