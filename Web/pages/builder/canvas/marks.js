/**
 * @typedef {import("../../../model/editor-model.js").ProblemEntry} ProblemEntry
 * @typedef {import("./cards.js").Mark} Mark
 */

/**
 * What is wrong with each step, in a few words.
 * @param {readonly ProblemEntry[]} problems
 * @returns {Map<string, Mark>}
 */
export function marksOf(problems) {
  /** @type {Map<string, {errors: number, warnings: number, first: string}>} */
  const counts = new Map();
  for (const {step, severity, message} of problems) {
    if (step === null) continue;
    const count = counts.get(step) ?? {errors: 0, warnings: 0, first: message};
    if (severity === "error") count.errors += 1;
    else count.warnings += 1;
    counts.set(step, count);
  }
  return new Map([...counts].map(([id, {errors, warnings, first}]) => [id, {errors, warnings, text: `${problemCount(errors, warnings)}: ${first}`}]));
}

/** @param {number} errors @param {number} warnings */
export function problemCount(errors, warnings) {
  const words = [errors > 0 ? `${errors} ${errors === 1 ? "error" : "errors"}` : "", warnings > 0 ? `${warnings} ${warnings === 1 ? "warning" : "warnings"}` : ""];
  return words.filter(Boolean).join(", ");
}
