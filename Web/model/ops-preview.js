/**
 * What the ops of a transform give on the way, from what the server answers when the first of them are evaluated.
 *
 * @typedef {{path: string, message: string, hint?: string}} Told
 */

/** More ops than these are not tried one by one: each is tried with all before it. */
export const MOST_TRIED = 24;

/**
 * Where ops stopped; null where the answer is about something else, or about an op before.
 * @param {readonly Told[]} entries @param {number} index of the last op that was tried
 * @returns {{message: string, hint: string} | null}
 */
export function stopAt(entries, index) {
  for (const {path, message, hint} of entries) {
    const words = /^ops\[(\d+)\] \([^)]*\): ([^]*)$/.exec(message);
    if (path === "ops" && words && Number(words[1]) === index) return {message: words[2] ?? message, hint: hint ?? ""};
  }
  return null;
}
