import {changeTexts} from "./step-texts.js";
import {referencesIn} from "./names.js";

/**
 * What a step's texts name, each once, with the first field that does.
 * @typedef {{path: string, root: string, field: import("./document.js").Path}} Use
 * @param {import("./document.js").Step} step @returns {Use[]}
 */
export function namesUsed(step) {
  /** @type {Map<string, Use>} */
  const found = new Map();
  changeTexts(step, (text, kind, field) => {
    for (const {path, root} of referencesIn(text, kind === "expression" ? "cel" : "template")) {
      if (path !== root && !found.has(path)) found.set(path, {path, root, field});
    }
    return text;
  });
  return [...found.values()];
}
