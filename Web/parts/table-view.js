// A table of values, as steps give them and CSV files hold them.

import {html, nothing} from "../dom/html.js";
import {formatNumber} from "../model/format.js";

/** @typedef {import("../model/table-rows.js").Table} Table */

const LONGEST = 300;

/** @param {unknown} value */
function cell(value) {
  if (value === undefined || value === null) return html`<span class="dim">–</span>`;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? html`<span title=${text.slice(0, 2000)}>${text.slice(0, LONGEST)}…</span>` : text;
}

/** @param {Table} table @param {string} label */
export function valuesTable(table, label) {
  const numeric = table.columns.map((_, i) => table.rows.length > 0 && table.rows.every((row) => typeof row[i] === "number" || row[i] === undefined));
  return html`<div class="tblwrap scroll" tabindex="0" role="region" aria-label=${label}><table class="tbl values"><caption class="sr">${label}</caption>
    <thead><tr>${table.columns.map((name, i) => html`<th scope="col" class=${numeric[i] ? "r" : nothing}>${name}</th>`)}</tr></thead>
    <tbody>${table.rows.map((row) => html`<tr>${table.columns.map((_, i) => html`<td class=${numeric[i] ? "r" : nothing}>${cell(row[i])}</td>`)}</tr>`)}</tbody></table>
    ${table.more > 0 ? html`<p class="sm dim pad">${formatNumber(table.more)} more rows are not shown here. Download has all of them.</p>` : nothing}</div>`;
}
