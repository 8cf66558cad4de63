import {isObject, sameValue, stepsOf, valueAt, withSteps, withValueAt} from "./document.js";

/**
 * What differs between two documents, step by step and member by member, so that it can be done to a third one.
 *
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").Path} Path
 * @typedef {{path: Path, value: unknown}} FieldChange
 * @typedef {{step: Step, after: string | null}} AddedStep
 * @typedef {{fields: FieldChange[], steps: Map<string, FieldChange[]>, added: AddedStep[], removed: Set<string>,
 *   order: string[] | null}} Changes
 */

/**
 * @param {PipelineDocument} before
 * @param {PipelineDocument} after
 * @returns {Changes}
 */
export function changesBetween(before, after) {
  const old = new Map(stepsOf(before).map((step) => [step.id, step]));
  const list = stepsOf(after);
  const ids = new Set(list.map((step) => step.id));
  /** @type {Changes} */
  const changes = {
    fields: fieldChanges(rest(before), rest(after), []), steps: new Map(), added: [],
    removed: new Set([...old.keys()].filter((id) => !ids.has(id))), order: null,
  };
  list.forEach((step, place) => {
    const known = old.get(step.id);
    if (!known) changes.added.push({step, after: list[place - 1]?.id ?? null});
    else if (known !== step) {
      const fields = fieldChanges(known, step, []);
      if (fields.length > 0) changes.steps.set(step.id, fields);
    }
  });
  const keptBefore = [...old.keys()].filter((id) => ids.has(id));
  const keptAfter = list.map((step) => step.id).filter((id) => old.has(id));
  if (keptBefore.some((id, place) => keptAfter[place] !== id)) changes.order = keptAfter;
  return changes;
}

/**
 * The document with these changes; what is not there any more is passed over.
 * @param {PipelineDocument} document
 * @param {Changes} changes
 * @returns {PipelineDocument}
 */
export function withChanges(document, changes) {
  let result = withFields(document, changes.fields);
  let steps = (result.steps ?? []).filter((step) => !changes.removed.has(step.id)).map((step) => {
    const fields = changes.steps.get(step.id);
    return fields ? withFields(step, fields) : step;
  });
  for (const {step, after} of changes.added) {
    if (steps.some((other) => other.id === step.id)) continue;
    const place = after === null ? 0 : steps.findIndex((other) => other.id === after) + 1 || steps.length;
    steps = [...steps.slice(0, place), step, ...steps.slice(place)];
  }
  const order = changes.order;
  if (order) {
    // The steps the change put into order take the places those steps have among all others.
    const there = new Map(steps.map((step) => [step.id, step]));
    const sorted = order.map((id) => there.get(id)).filter((step) => step !== undefined);
    const ordered = new Set(order);
    let next = 0;
    steps = steps.map((step) => ordered.has(step.id) ? sorted[next++] ?? step : step);
  }
  result = withSteps(result, steps);
  return result;
}

/** @param {PipelineDocument} document */
function rest(document) {
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== "steps"));
}

/** @template Value @param {Value} value @param {readonly FieldChange[]} fields @returns {Value} */
function withFields(value, fields) {
  return fields.reduce((result, change) => withValueAt(result, change.path, change.value), value);
}

/** @param {unknown} before @param {unknown} after @param {Path} path @returns {FieldChange[]} */
function fieldChanges(before, after, path) {
  if (sameValue(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{path, value: after}];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => fieldChanges(valueAt(before, [key]), valueAt(after, [key]), [...path, key]));
}
