import {isObject, valueAt, withStep, withValueAt} from "../document.js";
import {Refusal} from "./command.js";

/**
 * @typedef {import("../document.js").Step} Step
 * @typedef {import("../document.js").Path} Path
 * @typedef {import("./command.js").Command} Command
 */

/**
 * Sets a member of a step; undefined removes it.
 * @param {string} id
 * @param {Path} path for example `["with", "prompt"]`
 * @param {unknown} value
 * @returns {Command}
 */
export function setStepField(id, path, value) {
  return {
    label: `Changed ${path.filter((part) => part !== "with").join(".")} of ${id}`, merge: `step ${id} ${path.join(".")}`,
    change: ({document}) => ({document: withStep(document, id, (step) => tidied(withValueAt(step, path, value), path, value))}),
  };
}

/** Objects that a removal left empty go with it, but for `with` itself. @param {Step} step @param {Path} path @param {unknown} value @returns {Step} */
function tidied(step, path, value) {
  const above = path.slice(0, -1);
  if (value !== undefined || above.length === 0 || (above.length === 1 && above[0] === "with")) return step;
  const box = valueAt(step, above);
  const isEmpty = isObject(box) && Object.keys(box).length === 0;
  return isEmpty ? tidied(withValueAt(step, above, undefined), above, undefined) : step;
}

/**
 * Sets a member of the document beside its steps; undefined removes it.
 * @param {Path} path for example `["inputs", "language", "default"]`
 * @param {unknown} value
 * @returns {Command}
 */
export function setDocumentField(path, value) {
  return {
    label: `Changed ${path.join(".")}`, merge: `document ${path.join(".")}`,
    change: ({document}) => {
      const changed = withValueAt(document, path, value);
      const top = path[0];
      const isEmpty = value === undefined && path.length > 1 && top !== undefined
        && isObject(changed[top]) && Object.keys(/** @type {object} */ (changed[top])).length === 0;
      return {document: isEmpty ? withValueAt(changed, [String(top)], undefined) : changed};
    },
  };
}

/**
 * Adds a run input.
 * @param {string} name
 * @param {{readonly [key: string]: unknown}} [schema]
 * @returns {Command}
 */
export function insertInput(name, schema = {type: "string"}) {
  return {
    label: `Added input ${name}`,
    change: ({document}) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) throw new Refusal("A name has letters, digits and _, beginning with a letter");
      if (isObject(document.inputs) && Object.hasOwn(document.inputs, name)) throw new Refusal(`There is an input ${name} already`);
      return {document: withValueAt(document, ["inputs", name], schema)};
    },
  };
}
