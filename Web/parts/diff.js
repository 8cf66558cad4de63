// A unified diff with line numbers. What was added and removed is told by a sign and a word, not by colour alone.

import {html, nothing} from "../dom/html.js";
import {readDiff} from "../model/diff-lines.js";
import {formatNumber} from "../model/format.js";

/** Lines of one file that are shown. */
const MOST = 2000;
const SIGNS = {add: "+", remove: "−", same: " ", note: " "};
const STYLES = {add: "p", remove: "m", same: "", note: "note"};
const WORDS = {add: "added: ", remove: "removed: ", same: "", note: ""};

/** @param {string} text the diff of one file @param {string} label */
export function diffView(text, label) {
  const diff = readDiff(text);
  let left = MOST;
  const hunks = diff.hunks.map((hunk) => {
    const lines = hunk.lines.slice(0, Math.max(0, left));
    left -= hunk.lines.length;
    return {head: hunk.head, lines};
  }).filter((hunk) => hunk.lines.length > 0);
  return html`<div class="diff scroll" tabindex="0" role="region" aria-label=${label}>
    ${diff.note ? html`<p class="dim pad">${diff.note}</p>` : nothing}
    ${hunks.length === 0 && !diff.note ? html`<p class="dim pad">No lines differ.</p>` : nothing}
    ${hunks.map((hunk) => html`<div class="hunk">${hunk.head}</div>${hunk.lines.map((line) => html`<div class="dline ${STYLES[line.kind]}"><span class="ln">${line.old ?? ""}</span><span class="ln">${line.new ?? ""}</span><span class="sg" aria-hidden="true">${SIGNS[line.kind]}</span><code>${WORDS[line.kind] ? html`<span class="sr">${WORDS[line.kind]}</span>` : nothing}${line.text}</code></div>`)}`)}
    ${left < 0 ? html`<p class="dim pad">${formatNumber(-left)} more lines are not shown here.</p>` : nothing}</div>`;
}
