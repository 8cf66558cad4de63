import {isObject, stepsOf, valueAt} from "./document.js";
import {referencesIn, expressionsIn} from "./names.js";
import {placeAt} from "../parts/editor/positions.js";

/**
 * Where the problems of a document stand: in which step, in which field, and where in its text. The server tells line and
 * column of the document's text; a field has its own.
 *
 * @typedef {import("../../Client/client.d.ts").Entry} Entry
 * @typedef {import("./document.js").Path} Path
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {{entry: Entry, path: Path, step: string | null, field: Path}} PlacedProblem
 *   `path` from the top of the document, `field` from the step, or from the top where it is of none
 */

/** The parts of `steps[2].with["a b"].c`. @param {string} text @returns {(string | number)[]} */
export function partsOf(text) {
  return [...text.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)]
    .map(([, index, quoted, plain]) => (index !== undefined ? Number(index) : quoted ?? plain ?? ""));
}

/** @param {Path} path how the server writes it */
export const textOfPath = (path) => path.reduce((/** @type {string} */ text, part) => text + (typeof part === "number" ? `[${part}]`
  : /^[A-Za-z_][\w-]*$/.test(part) ? (text ? "." : "") + part : `[${JSON.stringify(part)}]`), "");

/** @param {Entry} entry @param {PipelineDocument} document @returns {PlacedProblem} */
export function placed(entry, document) {
  const path = partsOf(entry.path);
  if (path[0] !== "steps" || path.length < 2) return {entry, path, step: null, field: path};
  // Who keeps problems while steps move says of which step they are.
  const told = /** @type {{step?: string | null}} */ (entry).step ?? (typeof path[1] === "string" ? path[1] : null);
  const found = told !== null ? stepsOf(document).find((step) => step.id === told) : document.steps?.[Number(path[1])];
  const index = (document.steps ?? []).indexOf(/** @type {import("./document.js").Step} */ (found));
  return {
    entry, path: ["steps", index < 0 ? path[1] ?? 0 : index, ...path.slice(2)],
    step: isObject(found) && typeof found.id === "string" ? found.id : null, field: path.slice(2),
  };
}

/** The problems of one step. @param {readonly Entry[]} entries @param {PipelineDocument} document @param {string} step */
export const problemsOf = (entries, document, step) => entries.map((entry) => placed(entry, document)).filter((each) => each.step === step);

/** Whether a path begins with another. @param {Path} path @param {Path} start */
export const isWithin = (path, start) => start.every((part, index) => path[index] === part);

/** The words in backticks. @param {string} text */
export const quotedIn = (text) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/**
 * Where in a field's text a problem stands: the name that its message is about. Null where it cannot be told.
 * @param {Entry} entry @param {string} text @param {string} language
 * @returns {{from: number, to: number, line: number, column: number, length: number} | null}
 */
export function placeInText(entry, text, language) {
  const names = quotedIn(entry.message).reverse();
  for (const name of names) {
    const last = name.slice(name.lastIndexOf(".") + 1);
    for (const reference of referencesIn(text, language)) {
      const member = reference.members.find((each) => each.name === last);
      if (member) return range(text, member.from, last.length);
      if (reference.root === name) return range(text, reference.from, name.length);
    }
    for (const {from, text: code} of expressionsIn(text, language)) {
      const found = new RegExp(`(?<![\\w.])${name.replace(/[^\w]/g, "\\$&")}(?!\\w)`).exec(code);
      if (found) return range(text, from + found.index, name.length);
    }
  }
  return null;
}

/** @param {string} text @param {number} from @param {number} length */
function range(text, from, length) {
  return {from, to: from + length, length, ...placeAt(text, from)};
}

/** What stands in the document at a problem. @param {PlacedProblem} problem @param {PipelineDocument} document */
export const valueOf = (problem, document) => valueAt(document, problem.path);
