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
 * The steps in a value that was read from the clipboard: what `clipboardTexts` wrote, a step, a list of steps, a document.
 * @param {unknown} value
 * @returns {Fragment | {refusal: string}}
 */
export function fragmentOf(value) {
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.steps) ? value.steps : [value];
  const refusal = refusalOf(list);
  if (refusal) return {refusal};
  const steps = stepsOf({steps: list});
  const own = isObject(value) && isObject(value.needs) && Array.isArray(value.branches) && isObject(value.places);
  if (own) return /** @type {Fragment} */ (/** @type {unknown} */ ({...value, steps}));
  const graph = graphOf({steps});
  const written = (/** @type {Step} */ step) => (Array.isArray(step.needs) ? step.needs.filter((need) => typeof need === "string") : []);
  return {
    steps, branches: [], places: {},
    needs: Object.fromEntries(steps.map((step) => [step.id, [...new Set([...(graph.needs.get(step.id) ?? []).map((edge) => edge.from), ...written(step)])]])),
  };
}

/** Why a list is none of steps; null where it is. @param {readonly unknown[]} list */
function refusalOf(list) {
  if (list.length === 0) return "There is no step in it";
  const seen = new Set();
  for (const [index, step] of list.entries()) {
    const name = isObject(step) && typeof step.id === "string" ? step.id : null;
    const which = name === null ? (list.length === 1 ? "What was copied" : `Element ${index + 1}`) : `Step ${name}`;
    if (!isObject(step)) return `${which} is not a step: a step is an object with an id and a type`;
    if (name === null) return `${which} is not a step: it has no id`;
    if (typeof step.type !== "string") return `${which} has no type`;
    if (seen.has(name)) return `Two steps have the id ${name}`;
    seen.add(name);
  }
  return null;
}

/**
 * Steps that were copied as JSON; null for a text that is none.
 * @param {string} text
 * @returns {Fragment | null}
 */
export function readFragment(text) {
  try {
    const fragment = fragmentOf(JSON.parse(text));
    return "refusal" in fragment ? null : fragment;
  } catch {
    return null;
  }
}

/** Whether somebody may have meant this text as steps. @param {string} text */
export const seemsSteps = (text) => /^\s*(?:-\s+)?(?:id|type|steps|with|version)\s*:/m.test(text);

/**
 * A part of a document, marked with the mouse, may begin in the middle of its first line: the line gets back the spaces
 * that it had.
 * @param {string} text
 */
export function withFirstIndent(text) {
  const [first = "", ...others] = text.split("\n");
  if (!first.startsWith("- ")) return text;
  const lines = others.filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  const least = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  if (!Number.isFinite(least)) return text;
  const isItem = lines.some((line) => line.slice(least).startsWith("- ") && line.length - line.trimStart().length === least);
  return " ".repeat(Math.max(0, isItem ? least : least - 2)) + text;
}
