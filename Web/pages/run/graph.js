// <cf-run-graph> the graph of a run: the canvas of the builder, to look at, with how each step stands. It is loaded when
// somebody asks for it.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {formatDuration} from "../../model/format.js";
import {durationOf} from "../../model/run-timeline.js";
import {loadView, resource} from "../../parts/load.js";
import {skeleton} from "../../parts/skeleton.js";
import {statusOf} from "./timeline.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../../Client/client.d.ts").Run} Run */
/** @typedef {{[step: string]: {x: number, y: number}}} Places */

export class RunGraph extends Part {
  static props = {app: null, state: null, now: 0, selected: null};
  /** @type {App} */ app;
  /** @type {RunState | null} */ state;
  /** @type {number} */ now;
  /** @type {string | null} */ selected;
  /** Where the cards were put, once what draws them is there too. */
  #places = resource((stop) => this.#read(stop), this);
  /** @type {readonly string[]} */ #selection = [];
  #document = signal(/** @type {import("../../model/document.js").PipelineDocument | null} */ (null));

  connected() {
    // The document of a run never changes; every answer brings it anew.
    this.#document.value = /** @type {any} */ (/** @type {Run | undefined} */ (this.state?.answer)?.document ?? null);
  }

  /** @param {AbortSignal} stop @returns {Promise<Places>} */
  async #read(stop) {
    const id = this.state?.answer.pipeline.id;
    const [places] = await Promise.all([id ? this.app.api.getLayout({id, signal: stop}).then(({data}) => data.steps, () => ({})) : {}, import("../builder/canvas/canvas.js")]);
    return places;
  }

  view() {
    return loadView(this.#places, {ready: (places) => this.#canvas(places), skeleton: () => skeleton("100%", "100%")});
  }

  /** @param {Places} places */
  #canvas(places) {
    const {state, selected} = this;
    if (!state) return nothing;
    if (this.#selection[0] !== selected) this.#selection = selected === null ? [] : [selected];
    const statuses = Object.fromEntries([...state.steps.values()].map((step) => {
      const duration = durationOf(step, this.now);
      // Cards count in whole seconds: they are drawn anew with each change.
      const shown = duration === null || step.endedAt !== null ? duration : Math.floor(duration / 1000) * 1000;
      return [step.id, {status: statusOf(step), note: shown === null ? undefined : formatDuration(shown)}];
    }));
    return html`<cf-canvas .app=${this.app} .document=${this.#document.value} .places=${places} .selection=${this.#selection} .statuses=${statuses} .label=${"Graph of the run"}
      @select-steps=${(/** @type {CustomEvent<string[]>} */ event) => this.#select(event.detail.at(-1))} @open-step=${(/** @type {CustomEvent<{id: string}>} */ event) => this.#select(event.detail.id)}></cf-canvas>`;
  }

  /** @param {string | undefined} id */
  #select(id) {
    const step = [...(this.state?.steps.values() ?? [])].find((one) => one.id === id);
    if (step && step.path !== this.selected) this.emit("select-step", step.path);
  }
}

RunGraph.define("cf-run-graph");
