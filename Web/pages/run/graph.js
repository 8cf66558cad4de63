// The graph of a run: the canvas of the builder, to look at, with how each step stands.

import {html} from "../../dom/html.js";

/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {{view: (state: RunState, now: number, selected: string | null) => unknown}} Graph */

/** @returns {Promise<Graph | null>} */
export async function graphOf() {
  void html;
  return null;
}
