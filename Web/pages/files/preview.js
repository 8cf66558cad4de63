import {html} from "../../dom/html.js";
import {nameOf} from "../../model/workspace.js";
import "../../parts/file-view.js";
import {icon} from "../../parts/icon.js";
import {download} from "./file-table.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./listing.js").Item} Item */
/** @typedef {import("../../parts/file-view.js").ShownFile} ShownFile */

/** What was given last: the same file, unchanged, is not read anew each time the page is shown. */
let last = {key: "", file: /** @type {ShownFile | null} */ (null)};

/**
 * A file beside its folder.
 * @param {App} app
 * @param {string} path
 * @param {Item[]} items of its folder
 * @param {string} back where closing leads
 */
export function filePreview(app, path, items, back) {
  const item = items.find((one) => one.path === path);
  const key = `${path} ${item?.modified_at} ${item?.size}`;
  if (last.key !== key) last = {key, file: shownFile(app, path, item?.size ?? null)};
  return html`
    <aside class="card fprev" aria-label=${`Preview of ${nameOf(path)}`}>
      <h2 class="sr">${nameOf(path)}</h2>
      <a class="btn ghost icon sm close" href=${back} aria-label="Close preview">${icon("close")}</a>
      <cf-file-view .file=${last.file}></cf-file-view>
    </aside>`;
}

/** @param {App} app @param {string} path @param {number | null} size @returns {ShownFile} */
const shownFile = (app, path, size) => ({
  name: nameOf(path), size, url: download(path),
  read: async (signal, most) => {
    const {data} = await app.api.getFile({path, range: `bytes=0-${most - 1}`, signal});
    if (data instanceof Uint8Array) return data;
    throw new Error("What stands there is a folder.");
  },
});
