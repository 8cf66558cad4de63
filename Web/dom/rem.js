// The text size of the reader in pixels. Asking the browser makes it work out the style of the whole page, so it is asked once.

let known = 0;
addEventListener("resize", () => { known = 0; });

/** @param {number} count of rem @returns {number} pixels */
export function remPx(count) {
  known ||= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return count * known;
}
