// Lines of a comparison, one below the other or side by side. Long stretches without a change are folded.
import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {compareLines, fold, pairs} from "./lines.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./changes.js").Section} Section */
/** @typedef {{isOpen: (key: string) => boolean, open: (key: string) => void}} Folds */

const signs = {same: "", gone: "−", new: "+"};
const styles = {same: "", gone: "m", new: "p"};

/** @param {Section} section @param {boolean} isTwo @param {Folds} folds */
export function linesView({key, before, after}, isTwo, folds) {
  const lines = compareLines(before, after);
  const rows = isTwo ? pairs(lines).map((pair) => ({changed: pair.before !== pair.after, view: () => twoView(pair)}))
    : lines.map((line) => ({changed: line.kind !== "same", view: () => oneView(line)}));
  return html`<div class="dl">${fold(rows).map((part, index) => {
    if ("rows" in part) return part.rows.map((row) => row.view());
    const place = `${key} ${index}`;
    return folds.isOpen(place) ? part.hidden.map((row) => row.view())
      : html`<button type="button" class="dfold" @click=${() => folds.open(place)}>Show ${formatCount(part.hidden.length, "line")} that did not change</button>`;
  })}</div>`;
}

/** @param {Line} line */
function code({kind, pieces}) {
  return html`<code>${pieces.map(({text, changed}) => !changed ? text : kind === "gone" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`)}</code>`;
}

/** @param {Line} line */
const oneView = (line) => html`<div class=${`dline ${styles[line.kind]}`}><span class="ln2">${line.before ?? ""}</span><span class="ln2">${line.after ?? ""}</span>
  <span class="sg">${signs[line.kind]}</span>${code(line)}</div>`;

/** @param {import("./lines.js").Pair} pair */
const twoView = ({before, after}) => html`<div class="dline two">${halfView(before, "before")}${halfView(after, "after")}</div>`;

/** @param {Line | null} line @param {"before" | "after"} side */
function halfView(line, side) {
  if (line === null) return html`<div class="dhalf none"></div>`;
  return html`<div class=${`dhalf ${styles[line.kind]}`}><span class="ln2">${line[side] ?? ""}</span><span class="sg">${signs[line.kind] || nothing}</span>${code(line)}</div>`;
}
