import {each, html, nothing} from "../../dom/html.js";
import {formatCount, formatSize} from "../../model/format.js";
import {nameOf, progress} from "../../model/workspace.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("./uploads.js").Uploads} Uploads */
/** @typedef {import("./uploads.js").Upload} Upload */

/** The files on their way, with the progress of each and of all. @param {Uploads} uploads */
export function uploadList(uploads) {
  const list = uploads.list.value;
  if (!list.length) return nothing;
  const {size, sent, done, of, part} = progress(list);
  const asked = list.filter(({state}) => state === "exists");
  return html`
    <section class="card uploads" aria-label="Uploads">
      <div class="row wrap">
        <b>${done === of ? `${formatCount(done, "file")} uploaded` : `${done} of ${formatCount(of, "file")} uploaded`}</b>
        <span class="dim sm num">${formatSize(sent)} of ${formatSize(size)}</span>
        <span class="grow"></span>
        ${asked.length > 1 ? html`<button type="button" class="btn sm" @click=${() => asked.forEach((one) => uploads.replace(one))}>Replace all ${asked.length}</button>` : nothing}
        <button type="button" class="btn ghost sm" @click=${() => uploads.clear()}>Clear</button>
      </div>
      ${of > 1 ? bar("All uploads", part) : nothing}
      <ul class="stack">${each(list, ({id}) => id, (upload) => item(uploads, upload))}</ul>
    </section>`;
}

/** @param {string} label @param {number} part */
const bar = (label, part) => html`<div class="bar" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
  aria-valuenow=${Math.round(part * 100)}><i style=${{"--v": `${part * 100}%`}}></i></div>`;

/** @type {Record<Upload["state"], {tone: string, icon: import("../../parts/icon.js").IconName, word: string}>} */
const STATES = {
  waiting: {tone: "idle", icon: "idle", word: "Waiting"}, sending: {tone: "live", icon: "live", word: "Sending"},
  exists: {tone: "warn", icon: "warn", word: "Is there already"}, done: {tone: "ok", icon: "ok", word: "Uploaded"},
  failed: {tone: "bad", icon: "bad", word: "Failed"}, refused: {tone: "bad", icon: "bad", word: "Not sent"},
  cancelled: {tone: "idle", icon: "skip", word: "Cancelled"},
};

/** @param {Uploads} uploads @param {Upload} upload */
function item(uploads, upload) {
  const {path, size, sent, state, why} = upload;
  const name = nameOf(path);
  const {tone, icon: shape, word} = STATES[state];
  return html`
    <li>
      <span class="mono trunc" title=${path}>${name}</span>
      <span class=${`st ${tone}`}>${icon(shape, 14, state === "sending" ? "spin" : "")}${word}</span>
      <span class="row">
        <span class="dim sm num">${formatSize(size)}</span>
        ${state === "exists" ? html`<button type="button" class="btn sm" aria-label=${`Replace ${name}`} @click=${() => uploads.replace(upload)}>Replace</button>` : nothing}
        ${state === "failed" ? html`<button type="button" class="btn sm" aria-label=${`Retry ${name}`} @click=${() => uploads.retry(upload)}>Retry</button>` : nothing}
        ${["waiting", "sending", "exists"].includes(state) ? html`<button type="button" class="btn ghost icon sm" aria-label=${`Cancel ${name}`} @click=${() => uploads.cancel(upload)}>${icon("close", 14)}</button>` : nothing}
      </span>
      ${state === "sending" ? bar(`Upload of ${name}`, size ? sent / size : 0) : nothing}
      ${why ? html`<span class="why">${why}</span>` : nothing}
    </li>`;
}
