import {html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {formatSize} from "../../../model/format.js";
import {crumbs, folderOf, nameOf} from "../../../model/workspace.js";
import {dialogHead, openDialog} from "../../../parts/dialog.js";
import {icon} from "../../../parts/icon.js";
import {problemBanner, problemView} from "../../../parts/problem.js";
import {skeletonRows, waitingView} from "../../../parts/skeleton.js";
import {ordered, readListing} from "../../files/listing.js";

/**
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../files/listing.js").Listing} Listing
 */

/**
 * Chooses a path in the workspace.
 * @param {App} app
 * @param {string} path where it begins: what the field says now
 * @returns {Promise<string | null>} null where nothing is chosen
 */
export async function browse(app, path) {
  const listing = signal(/** @type {Listing | null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const stop = new AbortController();
  let asked = 0;
  const read = async (/** @type {string} */ folder, /** @type {string} */ cursor = "") => {
    const mine = asked += 1;
    if (cursor === "") listing.value = null;
    failure.value = null;
    try {
      const found = await readListing(app, folder, stop.signal, cursor || undefined);
      if (mine !== asked) return;
      const before = cursor === "" ? [] : listing.peek()?.items ?? [];
      listing.value = {...found, items: [...before, ...found.items]};
    } catch (error) {
      if (mine === asked && !stop.signal.aborted) failure.value = error;
    }
  };
  const {closed} = openDialog((close) => {
    const found = listing.value;
    const folder = found?.folder ?? "";
    return html`${dialogHead("Choose a file", {text: "Files of your workspace.", close})}
      <div class="body browse"><nav class="row wrap browse-at" aria-label="Folder"><button type="button" class="btn ghost sm" @click=${() => void read("")}>Workspace</button>${crumbs(folder).map((part) => html`${icon("next", 12)}<button type="button" class="btn ghost sm mono" @click=${() => void read(part.path)}>${part.name}</button>`)}</nav>
        ${failure.value && found ? problemBanner(failure.value) : nothing}
        ${!found ? failure.value ? problemView(failure.value, {retry: () => void read(startOf(path))}) : waitingView(skeletonRows(4))
          : found.items.length === 0 ? html`<p class="dim">${found.isNew && folder !== "" ? "There is no such folder yet." : "There are no files here yet."}</p>`
          : html`<ul class="browse-list">${ordered(found.items).map(({kind, path: at, size}) => html`<li><button type="button" class="row" @click=${() => kind === "folder" ? void read(at) : close(at)}>
              ${icon(kind === "folder" ? "folder" : "FILE")}<span class="mono trunc grow">${nameOf(at)}</span><span class="sm dim num">${kind === "folder" ? icon("next", 12) : formatSize(size)}</span></button></li>`)}</ul>`}
        ${found?.next ? html`<button type="button" class="btn sm add" @click=${() => void read(folder, found.next ?? "")}>More</button>` : nothing}</div>
      <footer>${folder === "" ? nothing : html`<button type="button" class="btn" @click=${() => close(folder)}>Choose this folder</button>`}<button type="button" class="btn end" @click=${() => close()}>Cancel</button></footer>`;
  });
  void read(startOf(path));
  const chosen = await closed;
  stop.abort();
  return typeof chosen === "string" ? chosen : null;
}

/** The folder of a path, as far as it is known before a run. @param {string} path */
function startOf(path) {
  const known = path.split(/\{[{%#]/)[0] ?? "";
  return known.includes("/") ? folderOf(known.replace(/^\/+/, "")) : "";
}
