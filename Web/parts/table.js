// A table: caption, scoped heads, numbers to the right, sorting where the page can. On a phone a row becomes a block, with
// the head before each value.
//
//   tableView({
//     caption: "Runs", items, key: (run) => run.id,
//     columns: [
//       {id: "status", label: "Status", view: (run) => status(run.status)},
//       {id: "time", label: "Duration", isNumber: true, sorts: true, view: (run) => formatDuration(run.duration_ms)},
//       {id: "more", label: "Actions", isHidden: true, view: …},    isHidden: the head is for screen readers alone
//     ],
//     sort: {by: "time", descending: true}, onSort: (by) => …,
//     selected: (run) => run.id === id,
//   })

import {each, html, nothing} from "../dom/html.js";
import {icon} from "./icon.js";

/** @template T @typedef {{id: string, label: string, view: (item: T) => unknown, isNumber?: boolean, sorts?: boolean, isHidden?: boolean, style?: string}} Column */

/**
 * @template T
 * @param {{caption: string, items: T[], key: (item: T) => unknown, columns: Column<T>[], sort?: {by: string, descending: boolean}, onSort?: (by: string) => void, selected?: (item: T) => boolean, style?: string}} options
 */
export const tableView = ({caption, items, key, columns, sort, onSort, selected, style = ""}) => html`<div class="tblwrap scroll" tabindex="0" role="group" aria-label=${caption}>
  <table class="tbl rows ${style}">
    <caption class="sr">${caption}</caption>
    <thead><tr>${each(columns, (column) => column.id, (column) => html`<th scope="col" class="${column.isNumber ? "r" : ""} ${column.style}" aria-sort=${sort?.by === column.id ? (sort.descending ? "descending" : "ascending") : null}>${head(column, sort, onSort)}</th>`)}</tr></thead>
    <tbody>${each(items, key, (item) => html`<tr aria-selected=${selected?.(item) ? "true" : null}>
      ${each(columns, (column) => column.id, (column) => html`<td class="${column.isNumber ? "r" : ""} ${column.style}" data-label=${column.isHidden ? null : column.label}>${column.view(item)}</td>`)}</tr>`)}</tbody>
  </table>
</div>`;

/** @template T @param {Column<T>} column @param {{by: string, descending: boolean} | undefined} sort @param {((by: string) => void) | undefined} onSort */
function head(column, sort, onSort) {
  if (column.isHidden) return html`<span class="sr">${column.label}</span>`;
  if (!column.sorts || !onSort) return column.label;
  const isSorted = sort?.by === column.id;
  return html`<button type="button" class="sorter" @click=${() => onSort(column.id)}>${column.label}${isSorted ? icon(sort.descending ? "down" : "upwards", 12) : nothing}</button>`;
}
