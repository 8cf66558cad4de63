// <cf-file-origin> which run, and which step of it, wrote a file as it is now. The workspace keeps no such note, but runs
// keep what they wrote: the latest of them are looked through when somebody asks.

import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {icon} from "../../parts/icon.js";
import {problemText} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {{run: string, number: number, pipeline: string, step: string | null}} Found */

/** Runs that are looked through. */
const MOST = 100;

/**
 * @param {App} app @param {string} path @param {string} digest SHA-256 of what is in it @param {AbortSignal} signal
 * @returns {Promise<Found | null>} the latest run that left the file as it is
 */
async function find(app, path, digest, signal) {
  const {data} = await app.api.listRuns({limit: MOST, signal});
  for (const {id, number, pipeline} of data.items) {
    const wrote = (await app.api.listArtifacts({id, signal})).data.items.some((one) => one.path === path && one.sha256 === digest);
    if (!wrote) continue;
    const run = (await app.api.getRun({id, signal})).data;
    const step = "steps" in run ? run.steps.find(({output}) => output !== null && typeof output === "object" && "path" in output && output.path === path) : undefined;
    return {run: id, number, pipeline: pipeline.name, step: step?.path ?? null};
  }
  return null;
}

class FileOrigin extends Part {
  static props = {app: null, path: "", digest: null};
  /** @type {App} */ app;
  /** @type {string} */ path;
  /** @type {string | null} */ digest;
  #state = signal(/** @type {"asked" | "none" | "failed" | Found | null} */ (null));
  #why = "";

  connected() {
    this.effect(() => {
      void this.digest;
      void this.path;
      this.#state.value = null;
    });
  }

  view() {
    const state = this.#state.value;
    if (!this.digest) return nothing;
    if (state === "none") return html`<p class="sm dim">None of the latest ${MOST} runs wrote it as it is now.</p>`;
    if (state === "failed") return html`<p class="sm dim">The runs could not be looked through. ${this.#why}</p>`;
    if (state !== null && state !== "asked") {
      const {run, number, pipeline, step} = state;
      return html`<dl class="kv facts"><dt>Made by</dt><dd><a class="link" href=${`/runs/${run}${step === null ? "" : `?step=${encodeURIComponent(step)}`}`}>${pipeline}, run ${number}</a></dd>
        ${step === null ? nothing : html`<dt>Step</dt><dd class="mono">${step}</dd>`}</dl>`;
    }
    return html`<button type="button" class="btn ghost sm" aria-busy=${state === "asked" ? "true" : nothing} @click=${() => this.#find()}>${icon("history", 14)}Which run made it?</button>`;
  }

  async #find() {
    const {app, path, digest} = this;
    if (this.#state.peek() === "asked" || digest === null) return;
    this.#state.value = "asked";
    const stop = new AbortController();
    this.own(() => stop.abort());
    try {
      const found = await find(app, path, digest, stop.signal);
      if (this.path === path && this.digest === digest) this.#state.value = found ?? "none";
    } catch (error) {
      this.#why = problemText(error);
      if (!stop.signal.aborted) this.#state.value = "failed";
    }
  }
}

FileOrigin.define("cf-file-origin");
