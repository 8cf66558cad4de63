import {INPUTS_ID, isObject, stepsOf} from "./document.js";
import {graphOf} from "./graph.js";
import {yamlOf} from "./yaml-text.js";

/**
 * Steps on their way through the clipboard. The text is YAML that may stand under `steps:`; beside it lies JSON that
 * also knows what ran after what, and where the cards stood.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./layout.js").Places} Places
 * @typedef {object} Fragment
 * @property {readonly Step[]} steps
 * @property {Readonly<Record<string, readonly string[]>>} needs what each ran after, also outside the fragment
 * @property {readonly {step: string, condition: string, branch: string}[]} branches where a step stood in a branch
 * @property {Places} places
 */

/** The type of the JSON in the clipboard. */
export const FRAGMENT_TYPE = "application/x-factory-steps+json";

/**
 * @param {PipelineDocument} document
 * @param {Iterable<string>} ids
 * @param {Places} places
 * @returns {Fragment | null} null where none of the ids is a step
 */
export function copySteps(document, ids, places) {
  const chosen = new Set(ids);
  const graph = graphOf(document);
  const steps = stepsOf(document).filter((step) => chosen.has(step.id));
  if (steps.length === 0) return null;
  const structural = (/** @type {string} */ id) => (graph.needs.get(id) ?? []).filter((edge) => edge.source !== "reference");
  return {
    steps, needs: Object.fromEntries(steps.map(({id}) => [id, structural(id).map((edge) => edge.from)])),
    branches: steps.flatMap(({id}) => branchesWith(document, id)),
    places: Object.fromEntries(Object.entries(places).filter(([id]) => chosen.has(id) && id !== INPUTS_ID)),
  };
}

/** @param {PipelineDocument} document @param {string} id */
function branchesWith(document, id) {
  return stepsOf(document).filter((step) => step.type === "condition" && isObject(step.with)).flatMap((condition) => {
    const {then, else: otherwise, cases} = condition.with ?? {};
    const named = [
      {branch: "then", targets: then}, {branch: "else", targets: otherwise},
      ...(Array.isArray(cases) ? cases.map((item, place) => ({branch: `cases[${place}]`, targets: isObject(item) ? item.then : null})) : []),
    ];
    return named.filter(({targets}) => targets === id || (Array.isArray(targets) && targets.includes(id)))
      .map(({branch}) => ({step: id, condition: condition.id, branch}));
  });
}

/** What goes into the clipboard, by type. @param {Fragment} fragment @returns {Record<string, string>} */
export function clipboardTexts(fragment) {
  return {"text/plain": yamlOf(fragment.steps), [FRAGMENT_TYPE]: JSON.stringify(fragment)};
}

/**
 * Reads what `clipboardTexts` wrote, or plain JSON: a step, a list of steps, a document.
 * @param {string} text
 * @returns {Fragment | null}
 */
export function readFragment(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.steps) ? value.steps : [value];
  const steps = stepsOf({steps: list.filter((step) => isObject(step) && typeof step.type === "string")});
  if (steps.length === 0 || steps.length !== list.length) return null;
  const own = isObject(value) && isObject(value.needs) && Array.isArray(value.branches) && isObject(value.places);
  if (own) return /** @type {Fragment} */ (/** @type {unknown} */ ({...value, steps}));
  const graph = graphOf({steps});
  return {
    steps, branches: [], places: {},
    needs: Object.fromEntries(steps.map(({id}) => [id, (graph.needs.get(id) ?? []).map((edge) => edge.from)])),
  };
}
