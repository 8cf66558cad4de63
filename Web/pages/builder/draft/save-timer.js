/**
 * When to save: a moment after the last change, but not ever later while changes go on; and again after what passes by
 * itself, each time after a longer while.
 */

const PAUSE_MS = 700;
const LONGEST_MS = 4000;
const FIRST_RETRY_MS = 2000;
const MOST_RETRY_MS = 30_000;

export class SaveTimer {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #waitsSince = 0;
  #retryMs = FIRST_RETRY_MS;
  #save;

  /** @param {() => void} save */
  constructor(save) {
    this.#save = save;
  }

  /** After a change. */
  soon() {
    this.#waitsSince ||= Date.now();
    this.#in(Math.max(0, Math.min(PAUSE_MS, this.#waitsSince + LONGEST_MS - Date.now())));
  }

  /** After it failed. */
  again() {
    this.#in(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, MOST_RETRY_MS);
  }

  /** All changes so far are being saved. */
  begun() {
    this.#waitsSince = 0;
  }

  succeeded() {
    this.#retryMs = FIRST_RETRY_MS;
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {number} milliseconds */
  #in(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#save, milliseconds);
  }
}
