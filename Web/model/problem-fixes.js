import {stepById, valueAt, withValueAt, isObject} from "./document.js";
import {replaceStep, setDocumentField, setNeeds, setStepField} from "./commands.js";
import {placeInText, quotedIn} from "./problem-places.js";
import {memberPath} from "./variables.js";
import {referencesIn} from "./names.js";

/**
 * What can be mended with one press, from the words of the validator.
 *
 * @typedef {import("./problem-places.js").PlacedProblem} PlacedProblem
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./commands.js").Command} Command
 * @typedef {{label: string, command: Command}} ProblemFix
 */

/** The word after "did you mean". @param {string | undefined} hint */
function meant(hint) {
  return /did you mean [`"]([^`"]+)[`"]/.exec(hint ?? "")?.[1] ?? null;
}

/** The language of the text at a place. @param {PlacedProblem} problem */
export const languageOf = (problem) => {
  const last = problem.field.at(-1);
  const path = problem.field;
  if (path[0] === "if" || path[0] === "outputs" || last === "when" || (path[0] === "with" && path[1] === "if")) return "cel";
  const op = path[1] === "ops" ? path[3] : null;
  const templated = ["template", "extract", "split", "join", "replace", "take", "skip", "diagnostics"];
  return typeof op === "string" && !templated.includes(op) ? "cel" : "template";
};

/** @param {PlacedProblem} problem @param {unknown} value @returns {Command} */
const put = (problem, value) =>
  problem.step === null ? setDocumentField(problem.field, value) : setStepField(problem.step, problem.field, value);

/** @param {PlacedProblem} problem @param {PipelineDocument} document @returns {ProblemFix[]} */
export function fixesOf(problem, document) {
  const {entry} = problem;
  const value = valueAt(document, problem.path);
  if (entry.code === "unknown_key") return renamedKey(problem, document);
  if (entry.code === "no_effect" && /retry/.test(entry.message) && problem.field[0] === "retry") return [{label: "Try 3 times", command: put({...problem, field: ["retry", "max_attempts"]}, 3)}];
  if (entry.code === "unknown_step" && problem.field[0] === "needs") return changedNeed(problem, document);
  if (entry.code === "forward_reference") return addedNeed(problem, document);
  if (typeof value === "string") {
    const word = meant(entry.hint);
    const text = word ? inText(problem, value, word) : null;
    if (text !== null && word) return [{label: `Change to ${word}`, command: put(problem, text)}];
    const compared = /^compare it, such as (.+)$/.exec(entry.hint ?? "")?.[1];
    if (compared && compared.startsWith(value.trim())) return [{label: `Write ${compared}`, command: put(problem, compared)}];
  } else if (value !== undefined) {
    const word = meant(entry.hint);
    if (word && (entry.code === "invalid_duration" || entry.code === "invalid_size")) return [{label: `Change to ${word}`, command: put(problem, word)}];
  }
  return [];
}

/** @param {PlacedProblem} problem @param {string} text @param {string} word @returns {string | null} */
function inText(problem, text, word) {
  if (problem.entry.code === "invalid_value") return word;
  const language = languageOf(problem);
  // The hint may write the whole reference, or the one name that is wrong.
  if (word.includes(".")) {
    const bad = quotedIn(problem.entry.message).at(-1) ?? "";
    const whole = word.slice(0, word.lastIndexOf(".") + 1) + bad;
    const found = referencesIn(text, language).find((each) => each.path === whole || each.path.startsWith(`${whole}.`));
    if (found) return text.slice(0, found.from) + word + text.slice(found.from + whole.length);
    const root = placeInText(problem.entry, text, language);
    return root ? text.slice(0, root.from) + word + text.slice(root.to) : null;
  }
  const place = placeInText(problem.entry, text, language);
  if (!place) return null;
  const before = text.charAt(place.from - 1);
  const isName = /^[A-Za-z_]\w*$/.test(word);
  if (isName || before !== ".") return text.slice(0, place.from) + word + text.slice(place.to);
  return text.slice(0, place.from - 1) + memberPath("", word) + text.slice(place.to);
}

/** @param {PlacedProblem} problem @param {PipelineDocument} document @returns {ProblemFix[]} */
function renamedKey(problem, document) {
  const word = meant(problem.entry.hint);
  const key = problem.field.at(-1);
  const above = problem.path.slice(0, -1);
  const holder = valueAt(document, above);
  if (typeof key !== "string" || !isObject(holder)) return [];
  const remove = {label: `Remove ${key}`, command: put(problem, undefined)};
  if (!word || word in holder) return [remove];
  const renamed = Object.fromEntries(Object.entries(holder).map(([name, value]) => [name === key ? word : name, value]));
  const step = problem.step === null ? null : stepById(document, problem.step);
  if (!step) return problem.step === null && problem.field.length > 1
    ? [{label: `Change to ${word}`, command: setDocumentField(problem.field.slice(0, -1), renamed)}, remove] : [remove];
  const changed = withValueAt(step, problem.field.slice(0, -1), renamed);
  return [{label: `Change to ${word}`, command: replaceStep(changed, `Renamed ${key} to ${word} in ${step.id}`)}, remove];
}

/** @param {PlacedProblem} problem @param {PipelineDocument} document @returns {ProblemFix[]} */
function changedNeed(problem, document) {
  const step = problem.step === null ? null : stepById(document, problem.step);
  const bad = quotedIn(problem.entry.message)[0];
  const needs = Array.isArray(step?.needs) ? step.needs : [];
  if (!step || !bad) return [];
  const others = needs.filter((id) => id !== bad);
  const word = meant(problem.entry.hint);
  const remove = {label: `Remove ${bad}`, command: setNeeds(step.id, others)};
  return word ? [{label: `Change to ${word}`, command: setNeeds(step.id, [...new Set(needs.map((id) => (id === bad ? word : id)))])}, remove] : [remove];
}

/** @param {PlacedProblem} problem @param {PipelineDocument} document @returns {ProblemFix[]} */
function addedNeed(problem, document) {
  const step = problem.step === null ? null : stepById(document, problem.step);
  const named = quotedIn(problem.entry.message).flatMap((word) => word.split(/[.[\]"]/)).find((word) => word !== step?.id && stepById(document, word));
  if (!step || !named) return [];
  const needs = Array.isArray(step.needs) ? step.needs : [];
  return [{label: `Run after ${named}`, command: setNeeds(step.id, [...new Set([...needs, named])])}];
}
