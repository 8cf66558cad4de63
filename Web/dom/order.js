// Which nodes of a list may stay where they are when its order changes.

/**
 * The longest part of a list whose numbers rise, as its indices: who was in this order before need not be moved.
 * @param {readonly number[]} places where each was before; below 0 for what was not there
 * @returns {Set<number>}
 */
export function longestRise(places) {
  /** For each length, the index where the part of that length ends that ends lowest. @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const before = [];
  places.forEach((place, index) => {
    if (place < 0) return;
    let low = 0;
    let high = ends.length;
    // Most lists are as they were: each is beyond all before it.
    if (high > 0 && places[ends[high - 1]] < place) low = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[ends[middle]] < place) low = middle + 1; else high = middle;
    }
    before[index] = low > 0 ? ends[low - 1] : -1;
    ends[low] = index;
  });
  /** @type {Set<number>} */
  const staying = new Set();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]) staying.add(index);
  return staying;
}
