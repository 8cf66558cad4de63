/** At most so many at once; the others wait their turn, in order. @param {number} most */
export function turns(most) {
  let busy = 0;
  /** @type {(() => void)[]} */
  const waiting = [];
  /** @template T @param {() => Promise<T>} act @param {AbortSignal} signal @returns {Promise<T | null>} null where it was given up before its turn */
  return async (act, signal) => {
    if (busy >= most) await new Promise((resolve) => { waiting.push(() => resolve(null)); });
    if (signal.aborted) {
      waiting.shift()?.();
      return null;
    }
    busy += 1;
    try {
      return await act();
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
}
