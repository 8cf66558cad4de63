// Long work in pieces, so that the page draws and answers between them.

/** Of a frame, for work that nobody waits for with a finger on something. */
const MOST_MS = 8;

/** How long one works before others get their turn. */
export class Turn {
  #since = performance.now();

  get isOver() { return performance.now() - this.#since > MOST_MS; }

  /** Resolves when the page had its turn. */
  async next() {
    const {scheduler} = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (/** @type {unknown} */ (globalThis));
    if (scheduler?.yield) await scheduler.yield();
    else await new Promise((go) => { setTimeout(go); });
    this.#since = performance.now();
  }
}
