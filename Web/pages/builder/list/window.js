/** A row of the table, in pixels; the style sheet gives it the same height. */
export const ROW = 44;
/** Shorter lists are shown whole. */
const SHORT = 150;
const BEYOND = 20;

/**
 * Which rows of a long list are drawn, and how much room the others take.
 * @param {number} count
 * @param {{top: number, height: number}} sight
 */
export function rowsInSight(count, {top, height}) {
  if (count <= SHORT) return {from: 0, to: count, above: 0, below: 0};
  const from = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const to = Math.min(count, Math.ceil((top + height) / ROW) + BEYOND);
  return {from, to, above: from * ROW, below: (count - to) * ROW};
}
