import {isObject} from "./document.js";

/**
 * The branches of a condition, and the steps that they name.
 *
 * @typedef {import("./document.js").Step} Step
 * @typedef {{key: string, word: string, targets: readonly string[]}} Branch
 */

/**
 * The branches of a condition with the words that stand on their edges; none for another step.
 * @param {Step} step
 * @returns {Branch[]}
 */
export function branchesOf(step) {
  if (step.type !== "condition" || !isObject(step.with)) return [];
  const {cases, then, else: otherwise} = step.with;
  if (Array.isArray(cases)) {
    return [
      ...cases.filter(isObject).map((item, place) => ({
        key: `cases[${place}]`, word: typeof item.when === "string" ? shortened(item.when) : `case ${place + 1}`,
        targets: targetsIn(item.then),
      })),
      {key: "else", word: "else", targets: targetsIn(otherwise)},
    ];
  }
  return [
    {key: "then", word: "true", targets: targetsIn(then)}, {key: "else", word: "false", targets: targetsIn(otherwise)},
  ];
}

/** @param {unknown} value @returns {string[]} */
export function targetsIn(value) {
  const list = Array.isArray(value) ? value : [value];
  return [...new Set(list.filter((item) => typeof item === "string"))];
}

/** @param {string} text */
function shortened(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 24 ? `${line.slice(0, 23)}…` : line;
}
