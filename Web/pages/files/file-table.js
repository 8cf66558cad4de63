import {html, nothing} from "../../dom/html.js";
import {formatSize} from "../../model/format.js";
import {nameOf} from "../../model/workspace.js";
import {icon} from "../../parts/icon.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";
import {ordered} from "./listing.js";

/** @typedef {import("./listing.js").Item} Item */
/** @typedef {{folder: string, items: Item[], selected: string | null, search: string, onSearch: (text: string) => void, remove: (item: Item) => void, download: (path: string) => string}} Given */

/** From this many on a folder can be searched. */
const SEARCHED = 8;

/** The address of a folder on this page, with a file of it shown. @param {string} folder @param {string} [file] */
export function address(folder, file) {
  const query = new URLSearchParams({...(folder ? {path: folder} : {}), ...(file ? {file} : {})});
  return `/files${query.size ? `?${query}` : ""}`;
}

/** Where the server gives the bytes. @param {string} path */
export const download = (path) => `/api/v1/files?path=${encodeURIComponent(path)}`;

/** What a folder holds. @param {Given} given */
export function fileTable({folder, items, selected, search, onSearch, remove, download: from}) {
  const words = search.trim().toLowerCase();
  const shown = ordered(items).filter(({path}) => nameOf(path).toLowerCase().includes(words));
  return html`
    ${items.length >= SEARCHED ? html`<div class="toolbar"><div class="searchbox">${icon("search")}<input class="inp" type="search" aria-label="Search in this folder"
      placeholder="Search in this folder" .value=${search} @input=${(/** @type {Event} */ event) => onSearch(/** @type {HTMLInputElement} */ (event.currentTarget).value)}></div>
      <span class="sm dim" role="status">${words ? `${shown.length} of ${items.length}` : ""}</span></div>` : nothing}
    <div class="card">${tableView({
      caption: folder === "" ? "Files of the workspace" : `Files in ${folder}`, items: shown, key: (item) => item.path,
      selected: (item) => item.kind === "file" && nameOf(item.path) === selected,
      columns: [
        {id: "name", label: "Name", view: (item) => name(folder, item)},
        {id: "size", label: "Size", isNumber: true, view: (item) => item.kind === "folder" ? html`<span class="dim">folder</span>` : formatSize(item.size)},
        {id: "changed", label: "Changed", isNumber: true, view: (item) => item.modified_at === null ? html`<span class="dim">–</span>` : html`<cf-time .moment=${item.modified_at}></cf-time>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (item) => item.kind === "folder" ? nothing : html`<span class="acts">
          <a class="btn ghost icon sm" href=${from(item.path)} download=${nameOf(item.path)} aria-label=${`Download ${nameOf(item.path)}`}>${icon("download")}</a>
          <button type="button" class="btn ghost icon sm" aria-label=${`Delete ${nameOf(item.path)}`} @click=${() => remove(item)}>${icon("trash")}</button></span>`},
      ],
    })}</div>`;
}

/** @param {string} folder @param {Item} item */
function name(folder, {path, kind}) {
  const isFolder = kind === "folder";
  return html`<span class="row"><span class=${`kind ${kind}`}>${icon(isFolder ? "folder" : "FILE")}</span>
    <a class="main trunc" href=${isFolder ? address(path) : address(folder, nameOf(path))}>${nameOf(path)}</a></span>`;
}
