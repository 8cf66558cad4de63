/**
 * What a run was given last, and sets of inputs with a name, kept in this browser by pipeline.
 *
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {{[name: string]: JSONValue}} Inputs
 * @typedef {{last: Inputs | null, presets: {[name: string]: Inputs}}} Memory
 */

/** More text than this is not kept: what is pasted can be large, and storage is small. */
const mostLetters = 200_000;

/** @param {string} pipeline */
const keyOf = (pipeline) => `cf.run.inputs.${pipeline}`;

/** @param {Storage | undefined} storage @param {string} pipeline @returns {Memory} */
export function remembered(storage, pipeline) {
  try {
    const kept = JSON.parse(storage?.getItem(keyOf(pipeline)) ?? "null");
    return {last: kept?.last ?? null, presets: kept?.presets && typeof kept.presets === "object" ? kept.presets : {}};
  } catch {
    return {last: null, presets: {}};
  }
}

/** @param {Storage | undefined} storage @param {string} pipeline @param {Memory} memory @returns {boolean} whether it is kept */
export function remember(storage, pipeline, memory) {
  const text = JSON.stringify(memory);
  if (text.length > mostLetters) return false;
  try {
    storage?.setItem(keyOf(pipeline), text);
    return storage !== undefined;
  } catch {
    return false;
  }
}
