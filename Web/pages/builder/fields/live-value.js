import {Part} from "../../../dom/element.js";
import {nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {FactoryError} from "../../../app/api.js";
import {expressionsIn} from "../../../model/names.js";
import {liveView} from "./live-view.js";
import {sentence} from "./shell.js";
import {turns} from "./turns.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../../Client/client.d.ts").JSONValue} JSONValue
 */

/** How long nothing is typed before the server is asked. */
export const PAUSE_MS = 400;

/** The server evaluates few at once for one account, and a form may have many fields. */
export const inTurn = turns(3);

/** Names that have a value in the step at work alone, so that nothing can be said here. */
const local = /(?<![\w.])(?:result|item|index|key|round|previous|succeeded|failed|always)\b/;

/**
 * What an expression or template gives on the data of the last run.
 * @fires evaluated with the text that was asked about, and what is wrong with it
 */
class LiveValue extends Part {
  static props = {place: null, text: "", language: "template", names: [], doubted: false};

  #state = signal(/** @type {{text: string, value?: JSONValue} | null} */ (null));

  connected() {
    this.effect(() => {
      const place = /** @type {Place | null} */ (this.signalOf("place").value);
      const text = String(this.signalOf("text").value);
      const language = String(this.signalOf("language").value);
      const names = /** @type {string[]} */ (this.signalOf("names").value);
      const run = place?.model.lastRun.value ?? null;
      const doubted = Boolean(this.signalOf("doubted").value);
      const asked = place?.pipelineId && text.trim() !== "" && (run || doubted) && (language === "cel" || expressionsIn(text, language).length > 0);
      const isLocal = expressionsIn(text, language).some((each) => local.test(each.text) || names.some((name) => new RegExp(`(?<![\\w.])${name}\\b`).test(each.text)));
      if (!place || !asked || isLocal) {
        this.#state.value = null;
        return undefined;
      }
      const stop = new AbortController();
      const timer = setTimeout(() => this.#ask(place, text, language, run?.id ?? null, stop.signal), PAUSE_MS);
      return () => { clearTimeout(timer); stop.abort(); };
    });
  }

  /** @param {Place} place @param {string} text @param {string} language @param {string | null} run @param {AbortSignal} signal */
  async #ask(place, text, language, run, signal) {
    try {
      const what = language === "cel" ? {expression: text} : {template: text};
      const answer = await inTurn(() => place.app.api.evaluate({id: place.pipelineId, body: {...what, ...(run ? {run} : {inputs: {}})}, signal}), signal);
      if (signal.aborted || !answer) return;
      this.#state.value = run ? {text, value: /** @type {{value: JSONValue}} */ (answer.data).value} : null;
      this.emit("evaluated", {text, diagnostic: null});
    } catch (error) {
      if (signal.aborted || !(error instanceof FactoryError)) return;
      this.#state.value = null;
      const [entry] = error.errors;
      // Without a run only what cannot be read is told: values are not there to be found.
      const told = error.code === "evaluation_failed" && entry && (run || place.model.problems.peek().some((each) => each.message === entry.message));
      this.emit("evaluated", {text, diagnostic: told ? {
        line: entry.line, column: entry.column, severity: run && !this.signalOf("doubted").peek() ? "warning" : "error",
        message: sentence(entry.message), ...(entry.hint ? {hint: sentence(entry.hint)} : {}),
      } : null});
    }
  }

  view() {
    const state = this.#state.value;
    const place = /** @type {Place | null} */ (this.signalOf("place").value);
    if (!state || state.text !== this.signalOf("text").value || state.value === undefined) return nothing;
    const run = place?.model.lastRun.value;
    return liveView(run ? `Run ${run.number} gives` : "Gives", state.value);
  }
}

LiveValue.define("cf-live-value");
