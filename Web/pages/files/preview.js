import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {copyText} from "../../parts/copy.js";
import {nameOf} from "../../model/workspace.js";
import "../../parts/file-view.js";
import {icon} from "../../parts/icon.js";
import "../../parts/time.js";
import {download} from "./file-table.js";
import "./origin.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./listing.js").Item} Item */
/** @typedef {import("../../parts/file-view.js").ShownFile} ShownFile */

/** What was given last: the same file, unchanged, is not read anew each time the page is shown. */
let last = {key: "", file: /** @type {ShownFile | null} */ (null)};
/** The digest of that file, once it was read. */
const digest = signal(/** @type {string | null} */ (null));

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
  if (last.key !== key) {
    last = {key, file: shownFile(app, path, item?.size ?? null)};
    digest.value = null;
  }
  return html`
    <aside class="card fprev" aria-label=${`Preview of ${nameOf(path)}`}>
      <h2 class="sr">${nameOf(path)}</h2>
      <a class="btn ghost icon sm close" href=${back} aria-label="Close preview">${icon("close")}</a>
      <cf-file-view .file=${last.file}></cf-file-view>
      <dl class="kv facts"><dt>Path</dt><dd class="mono trunc" title=${path}>${path}</dd>
        <dt>Changed</dt><dd>${item?.modified_at ? html`<cf-time .moment=${item.modified_at}></cf-time>` : "–"}</dd>
        ${digest.value ? html`<dt>SHA-256</dt><dd class="mono trunc" title=${digest.value}>${digest.value}</dd>` : nothing}</dl>
      <div class="origin"><cf-file-origin .app=${app} .path=${path} .digest=${digest.value}></cf-file-origin>
        <button type="button" class="btn ghost sm" @click=${() => copy(app, path)}>${icon("copy", 14)}Copy path</button></div>
    </aside>`;
}

/** What a step is given to read it. @param {App} app @param {string} path */
async function copy(app, path) {
  app.toast((await copyText(path)) ? "Path copied" : "The browser does not let this page copy.");
}

/** @param {App} app @param {string} path @param {number | null} size @returns {ShownFile} */
const shownFile = (app, path, size) => ({
  name: nameOf(path), size, url: download(path),
  read: async (signal, most) => {
    const {data, etag} = await app.api.getFile({path, range: `bytes=0-${most - 1}`, signal});
    if (!signal.aborted) digest.value = /[0-9a-f]{64}/.exec(etag ?? "")?.[0] ?? null;
    if (data instanceof Uint8Array) return data;
    throw new Error("What stands there is a folder.");
  },
});
