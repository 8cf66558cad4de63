// Which lines of a log are on the screen. All have the same height. Browsers end at some 33 million pixels: a longer log
// is scrolled in proportion.

const MOST_PX = 15_000_000;
const SPARE = 12;

/** The height of all. @param {{count: number, rowHeight: number}} given */
export const heightOf = ({count, rowHeight}) => Math.min(count * rowHeight, MOST_PX);

/**
 * @param {{count: number, rowHeight: number, viewHeight: number, scrollTop: number}} given
 * @returns {{height: number, first: number, end: number, top: number}} the height of all, the lines to show, and where the first of them stands
 */
export function windowOf({count, rowHeight, viewHeight, scrollTop}) {
  const full = count * rowHeight;
  const height = heightOf({count, rowHeight});
  const ratio = full > height ? (full - viewHeight) / Math.max(1, height - viewHeight) : 1;
  const virtual = scrollTop * ratio;
  const at = Math.max(0, Math.min(count - 1, Math.floor(virtual / rowHeight)));
  const first = Math.max(0, at - SPARE);
  const end = Math.min(count, at + Math.ceil(viewHeight / rowHeight) + SPARE);
  const top = ratio === 1 ? first * rowHeight : Math.max(0, scrollTop - (virtual - first * rowHeight));
  return {height, first, end, top: Math.min(top, Math.max(0, height - (end - first) * rowHeight))};
}
