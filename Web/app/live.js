// What happens on the server, as it happens. Each method returns a function that ends it; a stream that breaks is taken up
// again with what was last seen.
//
//   const stop = app.live.pipelines((event) => …);
//
// After a break of a stream of pipelines comes {type: "reset"}: what has no id (runs, presence) may have been missed, so
// read anew what is shown.

import {Factory, FactoryError} from "./api.js";

/** @typedef {import("../../Client/client.d.ts").StreamEvent} StreamEvent */
/** @typedef {(event: StreamEvent) => void} Listener */
/** @typedef {{signal: AbortSignal, lastEventID?: string}} Given */

const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 15_000;
const RESET = {id: null, type: "reset", data: {}};

export class Live {
  #send;
  /** Every listener to all pipelines shares one stream. @type {Set<Listener>} */
  #listeners = new Set();
  #stopShared = () => {};

  /** @param {typeof fetch} send */
  constructor(send) { this.#send = send; }

  /** Everything of all pipelines and runs that one may see. @param {Listener} onEvent */
  pipelines(onEvent) {
    this.#listeners.add(onEvent);
    if (this.#listeners.size === 1) {
      this.#stopShared = this.#follow((api, given) => api.followPipelines(given), (event) => { for (const listener of [...this.#listeners]) listener(event); }, {resets: true});
    }
    return () => {
      if (this.#listeners.delete(onEvent) && this.#listeners.size === 0) this.#stopShared();
    };
  }

  /** Everything of one pipeline; others see that one has it open. @param {string} id @param {{presence?: "viewing" | "editing"}} options @param {Listener} onEvent */
  pipeline(id, {presence}, onEvent) {
    return this.#follow((api, given) => api.followPipeline({id, presence, ...given}), onEvent, {resets: true});
  }

  /** Everything of one run from its beginning, until its end. @param {string} id @param {Listener} onEvent @param {{signal?: AbortSignal}} [options] */
  run(id, onEvent, {signal} = {}) {
    return this.#follow((api, given) => api.followRun({id, ...given}), onEvent, {signal, ends: true});
  }

  /**
   * @param {(api: Factory, given: Given) => AsyncGenerator<StreamEvent>} open
   * @param {Listener} onEvent
   * @param {{signal?: AbortSignal, ends?: boolean, resets?: boolean}} options
   */
  #follow(open, onEvent, {signal, ends = false, resets = false}) {
    const stop = new AbortController();
    signal?.addEventListener("abort", () => stop.abort(), {once: true});
    let opened = 0;
    const api = new Factory({fetch: async (input, init) => {
      const response = await this.#send(input, init);
      if (response.ok) {
        opened += 1;
        if (resets && opened > 1) onEvent(RESET);
      }
      return response;
    }});
    this.#keep(api, open, onEvent, stop.signal, ends);
    return () => stop.abort();
  }

  /** @param {Factory} api @param {(api: Factory, given: Given) => AsyncGenerator<StreamEvent>} open @param {Listener} onEvent @param {AbortSignal} signal @param {boolean} ends */
  async #keep(api, open, onEvent, signal, ends) {
    /** @type {string | undefined} */
    let last;
    let isOver = false;
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, MOST_WAIT_MS)) {
      try {
        for await (const event of open(api, {signal, lastEventID: last})) {
          if (signal.aborted) return;
          isOver = ends && event.type === "run.finished";
          last = event.id ?? last;
          wait = FIRST_WAIT_MS;
          onEvent(event);
        }
        if (isOver) return;
      } catch (error) {
        // What the server refuses it refuses again; that the page learns from its own requests.
        if (signal.aborted || (error instanceof FactoryError && [401, 403, 404].includes(error.status))) return;
      }
      await delay(wait, signal);
    }
  }
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
const delay = (ms, signal) => new Promise((resolve) => {
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    resolve();
  };
  const timer = setTimeout(end, ms);
  signal.addEventListener("abort", end);
});
