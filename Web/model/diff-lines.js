// A unified diff, as the server makes it, read into hunks with line numbers.

/** @typedef {{kind: "add"|"remove"|"same"|"note", text: string, old: number|null, new: number|null}} DiffLine */
/** @typedef {{head: string, lines: DiffLine[]}} Hunk */
/** @typedef {{hunks: Hunk[], added: number, removed: number, note: string}} Diff `note` is what stands there in place of hunks */

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/;

/** @param {string} text @returns {Diff} */
export function readDiff(text) {
  /** @type {Diff} */
  const diff = {hunks: [], added: 0, removed: 0, note: ""};
  let before = 0;
  let after = 0;
  let oldLeft = 0;
  let newLeft = 0;
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    const hunk = diff.hunks.at(-1);
    if (!hunk || (oldLeft <= 0 && newLeft <= 0)) {
      const head = HEAD.exec(line);
      if (head) {
        before = Number(head[1]); after = Number(head[3]);
        oldLeft = Number(head[2] ?? 1); newLeft = Number(head[4] ?? 1);
        diff.hunks.push({head: line, lines: []});
      } else if (hunk && line.startsWith("\\")) hunk.lines.push({kind: "note", text: line.slice(2), old: null, new: null});
      else if (!/^(---|\+\+\+|diff |index )/.test(line)) diff.note += (diff.note ? "\n" : "") + line;
      continue;
    }
    const rest = line.slice(1);
    if (line.startsWith("+")) { hunk.lines.push({kind: "add", text: rest, old: null, new: after++}); diff.added += 1; newLeft -= 1; }
    else if (line.startsWith("-")) { hunk.lines.push({kind: "remove", text: rest, old: before++, new: null}); diff.removed += 1; oldLeft -= 1; }
    else if (line.startsWith("\\")) hunk.lines.push({kind: "note", text: line.slice(2), old: null, new: null});
    else { hunk.lines.push({kind: "same", text: rest, old: before++, new: after++}); oldLeft -= 1; newLeft -= 1; }
  }
  return diff;
}
