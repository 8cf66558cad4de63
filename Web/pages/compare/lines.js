// Two texts laid line against line: what stayed, what went, what came, and within a changed line which words.
// The shortest way from one to the other by Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.

/** @typedef {{text: string, changed: boolean}} Piece */
/** @typedef {{kind: "same" | "gone" | "new", before: number | null, after: number | null, pieces: Piece[]}} Line */
/** @typedef {{before: Line | null, after: Line | null}} Pair */

/** Further apart than this, two texts are shown as one that went and one that came. */
const MOST_EDITS = 400;

/**
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @returns {{kind: "same" | "gone" | "new", value: T}[]}
 */
export function compareLists(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  /** @param {"same" | "gone" | "new"} kind @param {T[]} values */
  const marked = (kind, values) => values.map((value) => ({kind, value}));
  return [
    ...marked("same", before.slice(0, start)),
    ...shortest(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...marked("same", before.slice(before.length - end)),
  ];
}

/**
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @returns {{kind: "same" | "gone" | "new", value: T}[]}
 */
function shortest(before, after) {
  const most = Math.min(before.length + after.length, MOST_EDITS);
  /** @type {Map<number, number>[]} The furthest place on each diagonal, for each number of edits. */
  const trace = [];
  const reach = new Map([[1, 0]]);
  for (let edits = 0; edits <= most; edits++) {
    trace.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits || (diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0));
      let x = down ? reach.get(diagonal + 1) ?? 0 : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, trace);
    }
  }
  return [
    ...before.map((value) => ({kind: /** @type {const} */ ("gone"), value})),
    ...after.map((value) => ({kind: /** @type {const} */ ("new"), value})),
  ];
}

/**
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @param {Map<number, number>[]} trace
 */
function walkBack(before, after, trace) {
  /** @type {{kind: "same" | "gone" | "new", value: T}[]} */
  const steps = [];
  let x = before.length, y = after.length;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits], diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0));
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = reach.get(from) ?? 0, fromY = fromX - from;
    while (x > fromX && y > fromY && x > 0 && y > 0) { steps.push({kind: "same", value: before[--x]}); y--; }
    if (edits > 0) steps.push(down ? {kind: "new", value: after[--y]} : {kind: "gone", value: before[--x]});
  }
  return steps.reverse();
}

/**
 * @param {string[]} before
 * @param {string[]} after
 * @returns {Line[]}
 */
export function compareLines(before, after) {
  let from = 0, to = 0;
  /** @type {Line[]} */
  const lines = compareLists(before, after).map(({kind, value}) => ({
    kind,
    before: kind === "new" ? null : ++from,
    after: kind === "gone" ? null : ++to,
    pieces: [{text: value, changed: false}],
  }));
  for (const pair of pairs(lines)) {
    if (pair.before?.kind !== "gone" || pair.after?.kind !== "new") continue;
    [pair.before.pieces, pair.after.pieces] = compareWords(pair.before.pieces[0].text, pair.after.pieces[0].text);
  }
  return lines;
}

/**
 * Side by side: lines that went beside those that came in their place.
 * @param {Line[]} lines
 * @returns {Pair[]}
 */
export function pairs(lines) {
  /** @type {Pair[]} */
  const all = [];
  /** @type {Line[]} */ let gone = [];
  /** @type {Line[]} */ let come = [];
  const settle = () => {
    for (let i = 0; i < Math.max(gone.length, come.length); i++) all.push({before: gone[i] ?? null, after: come[i] ?? null});
    gone = [];
    come = [];
  };
  for (const line of lines) {
    if (line.kind === "gone") gone.push(line);
    else if (line.kind === "new") come.push(line);
    else { settle(); all.push({before: line, after: line}); }
  }
  settle();
  return all;
}

/** @param {string} before @param {string} after @returns {[Piece[], Piece[]]} */
function compareWords(before, after) {
  const words = (/** @type {string} */ text) => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  const compared = compareLists(words(before), words(after));
  const side = (/** @type {"gone" | "new"} */ kind) => {
    /** @type {Piece[]} */
    const pieces = [];
    for (const {kind: is, value} of compared) {
      if (is !== "same" && is !== kind) continue;
      const last = pieces.at(-1);
      if (last && last.changed === (is === kind)) last.text += value;
      else pieces.push({text: value, changed: is === kind});
    }
    return pieces;
  };
  // Two lines with next to nothing in common are two lines, not one that changed here and there.
  const kept = compared.filter(({kind, value}) => kind === "same" && value.trim() !== "").length;
  const whole = kept === 0 || kept * 4 < Math.min(words(before).length, words(after).length);
  return whole ? [[{text: before, changed: false}], [{text: after, changed: false}]] : [side("gone"), side("new")];
}

/**
 * Stretches to show: what changed with some lines around it, and between them how many are left out.
 * @template {{changed: boolean}} Row
 * @param {Row[]} rows
 * @param {number} around
 * @returns {({rows: Row[]} | {hidden: Row[]})[]}
 */
export function fold(rows, around = 3) {
  const near = rows.map(() => false);
  rows.forEach((row, index) => {
    if (row.changed) near.fill(true, Math.max(0, index - around), index + around + 1);
  });
  /** @type {({rows: Row[]} | {hidden: Row[]})[]} */
  const parts = [];
  for (let start = 0; start < rows.length;) {
    let end = start;
    while (end < rows.length && near[end] === near[start]) end++;
    // A line or two is shown rather than a button that says so.
    const shown = near[start] || end - start <= 2;
    const last = parts.at(-1);
    if (shown && last && "rows" in last) last.rows.push(...rows.slice(start, end));
    else parts.push(shown ? {rows: rows.slice(start, end)} : {hidden: rows.slice(start, end)});
    start = end;
  }
  return parts;
}
