// <cf-run-graph> the graph of a run: the canvas of the builder, to look at, with how each step stands. It is loaded when
// somebody asks for it.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {formatDuration} from "../../model/format.js";
import {durationOf} from "../../model/run-timeline.js";
import {problemView} from "../../parts/problem.js";
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
  #isReady = signal(false);
  #error = signal(/** @type {unknown} */ (null));
  #places = signal(/** @type {Places} */ ({}));
  /** @type {readonly string[]} */ #selection = [];
  #document = signal(/** @type {import("../../model/document.js").PipelineDocument | null} */ (null));

  connected() {
    const stop = new AbortController();
    this.own(() => stop.abort());
    // The document of a run never changes; every answer brings it anew.
    this.#document.value = /** @type {any} */ (/** @type {Run | undefined} */ (this.state?.answer)?.document ?? null);
    this.#load(stop.signal);
  }

  /** @param {AbortSignal} stop */
  async #load(stop) {
    const id = this.state?.answer.pipeline.id;
    try {
      const [layout] = await Promise.all([id ? this.app.api.getLayout({id, signal: stop}).then(({data}) => data.steps, () => ({})) : {}, import("../builder/canvas/canvas.js")]);
      if (stop.aborted) return;
      this.#places.value = layout;
      this.#isReady.value = true;
    } catch (error) {
      if (!stop.aborted) this.#error.value = error;
    }
  }

  view() {
    if (this.#error.value) return problemView(this.#error.value);
    const {state, selected} = this;
    if (!state || !this.#isReady.value) return nothing;
    if (this.#selection[0] !== selected) this.#selection = selected === null ? [] : [selected];
    const statuses = Object.fromEntries([...state.steps.values()].map((step) => {
      const duration = durationOf(step, this.now);
      // Cards count in whole seconds: they are drawn anew with each change.
      const shown = duration === null || step.endedAt !== null ? duration : Math.floor(duration / 1000) * 1000;
      return [step.id, {status: statusOf(step), note: shown === null ? undefined : formatDuration(shown)}];
    }));
    return html`<cf-canvas .app=${this.app} .document=${this.#document.value} .places=${this.#places.value} .selection=${this.#selection} .statuses=${statuses} .label=${"Graph of the run"}
      @select-steps=${(/** @type {CustomEvent<string[]>} */ event) => this.#select(event.detail.at(-1))} @open-step=${(/** @type {CustomEvent<{id: string}>} */ event) => this.#select(event.detail.id)}></cf-canvas>`;
  }

  /** @param {string | undefined} id */
  #select(id) {
    const step = [...(this.state?.steps.values() ?? [])].find((one) => one.id === id);
    if (step && step.path !== this.selected) this.emit("select-step", step.path);
  }
}

RunGraph.define("cf-run-graph");
