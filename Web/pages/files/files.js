import {Part} from "../../dom/element.js";
import {html, nothing, ref} from "../../dom/html.js";
import {computed, signal} from "../../dom/signal.js";
import {crumbs, folderRefusal, join, nameOf, roomLeft} from "../../model/workspace.js";
import {emptyView} from "../../parts/empty.js";
import {formDialog} from "../../parts/form-dialog.js";
import {Form, textField} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {address, download, fileTable} from "./file-table.js";
import {readListing} from "./listing.js";
import {filePreview} from "./preview.js";
import {roomView} from "./room.js";
import {uploadList} from "./upload-list.js";
import {uploadsOf} from "./uploads.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./listing.js").Listing} Listing */
/** @typedef {import("./listing.js").Item} Item */

/** The files of one's workspace: what runs read and wrote. */
export class FilesPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  /** Another file of the same folder is no reason to read the folder anew. */
  #path = computed(() => this.query.get("path") ?? "");
  #failure = signal(/** @type {unknown} */ (null));
  #search = signal("");
  #drags = signal(0);
  #isMore = signal(false);
  /** @type {import("./uploads.js").Uploads} */
  #uploads;
  /** @type {import("../../parts/load.js").Resource<Listing> | null} */
  #listing = null;
  /** @type {HTMLInputElement | null} */
  #picker = null;

  connected() {
    this.effect(() => this.app.title(this.#path.value === "" ? "Files" : `${nameOf(this.#path.value)} · Files`));
    this.#uploads.isShown = true;
    this.own(() => { this.#uploads.isShown = false; });
    let arrived = this.#uploads.arrived.peek();
    this.effect(() => {
      if (this.#uploads.arrived.value === arrived) return;
      arrived = this.#uploads.arrived.peek();
      this.#listing?.reload();
    });
    // Without what was begun earlier the page is still whole.
    this.#uploads.read().catch(() => {});
  }

  disconnected() {
    this.#listing = null;
  }

  view() {
    this.#uploads ??= uploadsOf(this.app);
    this.#listing ??= resource((stop) => {
      const path = this.#path.value;
      this.#search.value = "";
      return readListing(this.app, path, stop);
    }, this, {follow: true, of: () => this.#path.value});
    const listing = this.#listing.value.value;
    const folder = listing?.folder ?? this.#path.value;
    const selected = this.query.get("file") ?? listing?.file ?? null;
    return html`
      <header class="topbar">
        ${trail(folder)}
        <div class="row">
          <button type="button" class="btn" aria-label="New folder" @click=${() => this.#newFolder(folder)}>${icon("plus")}<span class="hide-s">Folder</span></button>
          <button type="button" class="btn primary" @click=${() => this.#picker?.click()}>${icon("upload")}Upload</button>
          <input type="file" multiple hidden aria-label="Files to upload" ${ref((/** @type {HTMLInputElement} */ input) => { this.#picker = input; })}
            @change=${(/** @type {Event} */ event) => this.#pick(event, folder)}>
        </div>
      </header>
      <main id="main" tabindex="-1"><div class=${`page files ${selected ? "with-preview" : ""}`}>
        <div class="browser" @dragenter=${(/** @type {DragEvent} */ event) => this.#drag(event, 1)} @dragleave=${(/** @type {DragEvent} */ event) => this.#drag(event, -1)}
          @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()} @drop=${(/** @type {DragEvent} */ event) => this.#drop(event, folder)}>
          <div class="drop-note"><p><span class="h-s">Drop files here to upload them. </span>Large uploads can be paused, and go on after a break.</p>${listing ? roomView(listing) : nothing}</div>
          ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
          ${uploadList(this.#uploads)}
          ${loadView(this.#listing, {ready: (shown) => this.#content(shown, selected), skeleton: () => html`<div class="card">${skeletonRows(8)}</div>`})}
          ${this.#drags.value > 0 ? html`<div class="dropping">Drop to upload into ${folder === "" ? "the workspace" : folder}</div>` : nothing}
        </div>
        ${selected && listing ? filePreview(this.app, join(folder, selected), listing.items, address(folder)) : nothing}
      </div></main>`;
  }

  /** @param {Listing} listing @param {string | null} selected */
  #content(listing, selected) {
    const {folder, items, refused, next, isNew} = listing;
    if (!items.length && !refused.length) {
      return html`<div class="card">${emptyView({
        icon: "folder", title: isNew ? "This folder is made with its first file" : folder === "" ? "No files yet" : "This folder is empty",
        text: "Runs read and write files here. Each account has a workspace of its own.",
        actions: html`<button type="button" class="btn primary" @click=${() => this.#picker?.click()}>${icon("upload")}Upload</button>`,
      })}</div>`;
    }
    return html`
      ${fileTable({
        folder, items, selected, search: this.#search.value, onSearch: (text) => { this.#search.value = text; },
        remove: (item) => this.#remove(item), download,
      })}
      ${refused.length ? html`<p class="note sm muted">Not shown, because the workspace gives out no ${refused.length === 1 ? "such thing" : "such things"}: ${refused.map(({name, reason}) => `${name} (${reason})`).join(", ")}</p>` : nothing}
      ${next ? html`<div class="row pager"><button type="button" class="btn" aria-busy=${this.#isMore.value ? "true" : nothing} @click=${() => this.#more(listing)}>Show more</button></div>` : nothing}`;
  }

  /** @param {Listing} listing */
  async #more(listing) {
    if (this.#isMore.peek() || !listing.next) return;
    this.#isMore.value = true;
    try {
      const page = await readListing(this.app, listing.folder, AbortSignal.timeout(60_000), listing.next);
      this.#listing?.set({...listing, items: [...listing.items, ...page.items], next: page.next});
    } catch (error) {
      this.#failure.value = error;
    } finally {
      this.#isMore.value = false;
    }
  }

  /** @param {Item} item */
  async #remove({path}) {
    const name = nameOf(path);
    if (!await this.app.confirm({title: `Delete ${name}`, text: "The file is gone from the workspace for good. What runs wrote stays with them.", action: "Delete", danger: true})) return;
    this.#failure.value = null;
    try {
      await this.app.api.deleteFile({path});
      this.app.toast(`${name} deleted`, {kind: "ok"});
      if (this.query.get("file") === name) await this.app.go(address(this.#path.peek()), {replace: true});
      await this.#listing?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }

  /** @param {string} folder */
  async #newFolder(folder) {
    const form = new Form({name: ""}, (values) => ({name: folderRefusal(values.name)}), async () => {});
    const isSent = await formDialog({
      title: "New folder", text: "A folder is made with the first file in it.", form, action: "Go there",
      fields: () => textField(form, "name", {label: "Name", mono: true, max: 200}),
    });
    if (isSent) await this.app.go(address(join(folder, form.values.name)));
  }

  /** @param {Event} event @param {string} folder */
  #pick(event, folder) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    this.#add([...input.files ?? []], folder);
    // The same file chosen once more is a change, too.
    input.value = "";
  }

  /** A drag enters and leaves each element on its way. @param {DragEvent} event @param {number} by */
  #drag(event, by) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#drags.value = Math.max(0, this.#drags.peek() + by);
  }

  /** @param {DragEvent} event @param {string} folder */
  #drop(event, folder) {
    event.preventDefault();
    this.#drags.value = 0;
    const items = [...event.dataTransfer?.items ?? []];
    const files = items.flatMap((item) => item.webkitGetAsEntry()?.isDirectory ? [] : item.getAsFile() ?? []);
    if (files.length < items.length) this.app.toast("Folders are not taken; drop the files in them.", {kind: "info"});
    this.#add(files, folder);
  }

  /** @param {File[]} files @param {string} folder */
  #add(files, folder) {
    this.#uploads.add(files, folder, roomLeft(this.#listing?.peek().value));
  }
}

/** The way to the folder. @param {string} folder */
function trail(folder) {
  const way = crumbs(folder);
  return html`<nav class="crumbs grow" aria-label="Path"><h1 class="h-sm">${way.length ? html`<a href="/files">Files</a>` : "Files"}</h1>${way.map(({name, path}, index) => html`
    ${icon("next", 12)}${index === way.length - 1 ? html`<span class="trunc" aria-current="page">${name}</span>` : html`<a class="trunc" href=${address(path)}>${name}</a>`}`)}</nav>`;
}

FilesPage.define("cf-files");
