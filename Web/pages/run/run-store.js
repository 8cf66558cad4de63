// One run, as the page follows it: the answer of the server, the events since, the log. Events come by the thousand;
// they are taken once a frame.

import {signal} from "../../dom/signal.js";
import {LiveLog, PagedLog} from "../../model/log-source.js";
import {eventsOfAnswer} from "../../model/run-log-lines.js";
import {fromAnswer, isOver, withEvents} from "../../model/run-state.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../model/run-state.js").RunEvent} RunEvent */
/** @typedef {import("../../model/log-source.js").LogSource} LogSource */
/** @typedef {import("../../../Client/client.d.ts").Run} Run */
/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */

/** A difference of clocks below this is the time that the answer took. */
const SKEW_MS = 2000;
const TICK_MS = 200;
/** The least time between two renderings, so that reading and clicking go on however much comes. */
const FRAME_MS = 50;
/** Pieces of a log in a page, each up to 16 KiB: few for the first lines, and no more than is read in a moment. */
const pageLimit = (/** @type {string | undefined} */ cursor) => cursor === undefined ? 40 : 100;
/** The stream of the run itself is usually the faster one. */
const CHECK_MS = 1500;

export class RunStore {
  state = signal(/** @type {RunState | null} */ (null));
  error = signal(/** @type {unknown} */ (null));
  /** @type {import("../../dom/signal.js").Signal<LogSource | null>} */
  log = signal(/** @type {LogSource | null} */ (null));
  logVersion = signal(0);
  /** The time at the server, while the run goes on. */
  now = signal(Date.now());
  /** How long runs of this pipeline take, in ms; null where nothing is known. */
  estimate = signal(/** @type {number | null} */ (null));
  /** Whether the draft says something else than this run ran, and the reader may run it. */
  isMended = signal(false);
  /** Called with what changed, once a frame. @type {(before: RunState, after: RunState) => void} */
  onChange = () => {};

  #app;
  #id;
  #skew = 0;
  /** @type {RunEvent[]} */
  #queue = [];
  #isDue = false;
  #flushed = 0;
  #stop = new AbortController();
  #stopStream = () => {};
  #stopShared = () => {};
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #check;

  /** @param {App} app @param {string} id */
  constructor(app, id) {
    this.#app = app;
    this.#id = id;
  }

  start() {
    this.load();
    // Somebody else may retry or resume a run that has ended here; and the stream of a run ends early where no process
    // worked on it, as just after a start of the server. What the shared stream says is compared with what is shown.
    this.#stopShared = this.#app.live.pipelines((event) => {
      if (event.type !== "reset" && event.data.run?.id !== this.#id) return;
      clearTimeout(this.#check);
      this.#check = setTimeout(() => this.#compare(event.type === "reset" ? null : event.data.run.status), CHECK_MS);
    });
  }

  /** @param {string | null} told the status by the shared stream; null after a break of it */
  async #compare(told) {
    const shown = this.state.peek()?.status;
    if (shown === undefined || shown === told) return;
    await this.load();
    const state = this.state.peek();
    if (state?.full && !isOver(shown) && !isOver(state.status) && !this.#stop.signal.aborted) this.#follow();
  }

  end() {
    this.#stop.abort();
    this.#stopStream();
    this.#stopShared();
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    clearTimeout(this.#check);
  }

  /** Reads the run anew, and follows it where it goes on. */
  async load() {
    try {
      const {data, headers} = await this.#app.api.getRun({id: this.#id, signal: this.#stop.signal});
      const skew = Date.parse(headers.get("Date") ?? "") - Date.now();
      this.#skew = Math.abs(skew) > SKEW_MS ? skew : 0;
      this.error.value = null;
      this.take(data);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.error.value = error;
    }
  }

  /** Reads it once more after that did not work. */
  retry() {
    this.error.value = null;
    return this.load();
  }

  /** Takes an answer of the server, as actions give them too. @param {Run | RunMetadata} answer */
  take(answer) {
    const before = this.state.peek();
    const wasOver = before === null || isOver(before.status);
    const state = fromAnswer(answer, before);
    this.#set(state);
    if (!state.full) return;
    if (isOver(state.status)) {
      this.#tick(false);
      if (before === null || !wasOver) void this.#compareDraft(/** @type {Run} */ (answer));
      this.log.value ??= this.#paged(/** @type {Run} */ (answer));
      return;
    }
    this.#tick(true);
    if (wasOver) this.#follow();
    if (before === null) this.#estimate(answer.pipeline.id);
  }

  /** A log that is read from the server. @param {Run} run */
  #paged(run) {
    const page = (/** @type {"oldest" | "newest"} */ order) => async (/** @type {string | undefined} */ cursor) =>
      (await this.#app.api.getRunLogs({id: this.#id, limit: pageLimit(cursor), cursor, order, signal: this.#stop.signal})).data;
    return new PagedLog(page("oldest"), eventsOfAnswer(run), page("newest"));
  }

  /** The log of one step, read from the server. @param {string} step */
  stepLog(step) {
    const page = (/** @type {"oldest" | "newest"} */ order) => async (/** @type {string | undefined} */ cursor) =>
      (await this.#app.api.getStepLogs({id: this.#id, step_id: step, limit: pageLimit(cursor), cursor, order, signal: this.#stop.signal})).data;
    return new PagedLog(page("oldest"), [], page("newest"));
  }

  #follow() {
    this.#stopStream();
    const log = new LiveLog();
    this.log.value = log;
    this.#stopStream = this.#app.live.run(this.#id, (event) => {
      this.#queue.push(/** @type {RunEvent} */ (event.data));
      if (this.#isDue) return;
      this.#isDue = true;
      // A page in the background gets no frames.
      if (document.hidden) setTimeout(() => this.#flush(log), 500);
      else setTimeout(() => requestAnimationFrame(() => this.#flush(log)), Math.max(0, this.#flushed + FRAME_MS - performance.now()));
    });
  }

  /** @param {LiveLog} log */
  #flush(log) {
    this.#isDue = false;
    this.#flushed = performance.now();
    const events = this.#queue;
    this.#queue = [];
    const before = this.state.peek();
    if (!before || this.#stop.signal.aborted) return;
    for (const event of events) log.add(event);
    this.logVersion.value += 1;
    const state = withEvents(before, events);
    this.#set(state);
    if (state.stale) this.#reloadSoon();
  }

  #reloadSoon() {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.load(), 120);
  }

  /** @param {RunState} state */
  #set(state) {
    const before = this.state.peek();
    this.now.value = Date.now() + this.#skew;
    this.state.value = state;
    if (before) this.onChange(before, state);
  }

  /** @param {boolean} isOn */
  #tick(isOn) {
    if (!isOn) { clearInterval(this.#timer); this.#timer = undefined; return; }
    this.#timer ??= setInterval(() => { if (!document.hidden) this.now.value = Date.now() + this.#skew; }, TICK_MS);
  }

  /** After a mend in the builder what failed can go on with that. @param {Run} run */
  async #compareDraft(run) {
    if (run.status === "succeeded" || run.pipeline.id === null) return;
    try {
      const {data} = await this.#app.api.getPipeline({id: run.pipeline.id, signal: this.#stop.signal});
      this.isMended.value = typeof data !== "string" && this.#app.can("edit", data) && JSON.stringify(data.document) !== JSON.stringify(run.document);
    } catch {
      // It is gone, or not shared any more: the run itself is shown all the same.
    }
  }

  /** @param {string | null} pipeline */
  async #estimate(pipeline) {
    if (!pipeline) return;
    try {
      const {data} = await this.#app.api.getUsage({pipeline, signal: this.#stop.signal});
      this.estimate.value = data.by_pipeline.find((one) => one.id === pipeline)?.runs.estimate_ms ?? null;
    } catch {
      // What is left is then not shown; the run itself is.
    }
  }
}
