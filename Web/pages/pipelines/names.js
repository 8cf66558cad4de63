// Names of pipelines: what they may be, one from a title, and another where one is taken.
import {FactoryError} from "../../app/api.js";

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const MOST_LETTERS = 64;

/** What is wrong with a name; null where nothing is. @param {string} name */
export function nameError(name) {
  if (name === "") return "A name is needed";
  return NAME.test(name) && name.length <= MOST_LETTERS ? null : "Lower-case letters, digits and - between them, at most 64";
}

/** A name as pipelines have it, from a title. @param {string} title */
export function nameFrom(title) {
  return title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64).replace(/-+$/, "");
}

/** name, name-2, name-3 @param {string} name */
export function nextName(name) {
  const [, stem, number] = /^(.*?)(?:-(\d+))?$/.exec(name) ?? [];
  return `${(stem ?? name).slice(0, MOST_LETTERS - 4)}-${Number(number ?? 1) + 1}`;
}

/** @param {unknown} error @returns {error is FactoryError} */
export const isTaken = (error) => error instanceof FactoryError && error.code === "name_taken";

/**
 * Makes something of a name. That the name is taken is told as an error of the field, with one that may do.
 * @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>}
 */
export async function naming(name, make) {
  try {
    return await make();
  } catch (error) {
    if (isTaken(error)) error.errors.push({path: "name", code: "name_taken", message: `That name is taken. ${nextName(name)} may be free`});
    throw error;
  }
}
