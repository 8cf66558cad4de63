import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {computed, signal} from "../../../dom/signal.js";
import {FactoryError} from "../../../app/api.js";
import {MOST_TRIED, stopAt} from "../../../model/ops-preview.js";
import {icon} from "../../../parts/icon.js";
import {inTurn, PAUSE_MS} from "./live-value.js";
import {liveView} from "./live-view.js";
import {sentence} from "./shell.js";

/**
 * What a transform has made of its input after one of its ops, on the data of the last run.
 *
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../../Client/client.d.ts").JSONValue} JSONValue
 * @typedef {{of: string, value: JSONValue} | {of: string, message: string, hint: string}} Found
 */
class OpValue extends Part {
  static props = {place: null, index: 0};
  /** @type {Place | null} */ place;
  /** @type {number} */ index;

  #found = signal(/** @type {Found | null} */ (null));

  /** What is asked, as text: ops below change nothing here. */
  #asked = computed(() => {
    const place = this.place;
    const run = place?.model.lastRun.value;
    const ops = place?.read(["with", "ops"]);
    if (!place?.pipelineId || !run || this.index >= MOST_TRIED || !Array.isArray(ops)) return "";
    const input = place.read(["with", "input"]);
    return JSON.stringify({ops: ops.slice(0, this.index + 1), run: run.id, ...(input === undefined ? {} : {input})});
  });

  /** The server tries ops as a step of the draft that it keeps, which has to be one without errors. */
  #hasErrors = computed(() => this.place?.model.problems.value.some(({severity}) => severity === "error") ?? false);

  connected() {
    this.effect(() => {
      const asked = this.#asked.value;
      const place = this.place;
      if (asked === "" || !place || this.#hasErrors.value) return undefined;
      const stop = new AbortController();
      const timer = setTimeout(() => this.#ask(place, asked, stop.signal), PAUSE_MS);
      return () => { clearTimeout(timer); stop.abort(); };
    });
  }

  /** @param {Place} place @param {string} asked @param {AbortSignal} signal */
  async #ask(place, asked, signal) {
    try {
      const answer = await inTurn(() => place.app.api.evaluate({id: place.pipelineId, body: JSON.parse(asked), signal}), signal);
      if (answer && !signal.aborted) this.#found.value = {of: asked, value: /** @type {{value: JSONValue}} */ (answer.data).value};
    } catch (error) {
      if (signal.aborted || !(error instanceof FactoryError)) return;
      const stopped = stopAt(error.errors, this.index);
      this.#found.value = stopped && {of: asked, ...stopped};
    }
  }

  view() {
    const found = this.#found.value;
    const run = this.place?.model.lastRun.value;
    if (!run) return nothing;
    if (this.#hasErrors.value) return this.index === 0 ? html`<p class="hint">What the ops make of run ${run.number} is shown when the draft has no errors.</p>` : nothing;
    if (this.index === MOST_TRIED) return html`<p class="hint">What run ${run.number} has on the way is shown for the first ${MOST_TRIED}.</p>`;
    if (!found || found.of !== this.#asked.value) return nothing;
    return "value" in found ? liveView(`After this, run ${run.number} has`, found.value)
      : html`<div class="err warnc">${icon("warn", 13)}<span>Run ${run.number} stops here: ${sentence(found.message)}${found.hint ? ` ${sentence(found.hint)}` : ""}</span></div>`;
  }
}

OpValue.define("cf-op-value");
