import {each, html, nothing} from "../../dom/html.js";
import {formatCount, formatSize} from "../../model/format.js";
import {isOpen, isWhole, progress, progressWords} from "../../model/uploads.js";
import {nameOf} from "../../model/workspace.js";
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
        <b role="status">${done === of ? `${formatCount(done, "file")} uploaded` : `${done} of ${formatCount(of, "file")} uploaded`}</b>
        ${of > 1 ? html`<span class="dim sm num">${formatSize(sent)} of ${formatSize(size)}</span>` : nothing}
        <span class="grow"></span>
        ${asked.length > 1 ? html`<button type="button" class="btn sm" @click=${() => asked.forEach((one) => uploads.replace(one))}>Replace all ${asked.length}</button>` : nothing}
        ${list.some(({state}) => !isOpen(state)) ? html`<button type="button" class="btn ghost sm" @click=${() => uploads.clear()}>Clear</button>` : nothing}
      </div>
      ${of > 1 ? bar("All uploads", part) : nothing}
      <ul class="stack">${each(list, ({id}) => id, (upload) => item(uploads, upload))}</ul>
    </section>`;
}

/** @param {string} label @param {number} part @param {string} [style] */
const bar = (label, part, style = "") => html`<div class="bar ${style}" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
  aria-valuenow=${Math.round(part * 100)}><i style=${{"--v": `${part * 100}%`}}></i></div>`;

/** @type {Record<Upload["state"], {tone: string, icon: import("../../parts/icon.js").IconName, word: string}>} */
const STATES = {
  waiting: {tone: "idle", icon: "idle", word: "Waiting"}, sending: {tone: "live", icon: "live", word: "Sending"},
  paused: {tone: "idle", icon: "pause", word: "Paused"}, broken: {tone: "warn", icon: "retry", word: "Waiting for the server"},
  open: {tone: "idle", icon: "pause", word: "Begun"}, exists: {tone: "warn", icon: "warn", word: "Is there already"},
  done: {tone: "ok", icon: "ok", word: "Uploaded"}, failed: {tone: "bad", icon: "bad", word: "Failed"},
  refused: {tone: "bad", icon: "bad", word: "Not sent"}, cancelled: {tone: "idle", icon: "skip", word: "Cancelled"},
};

/** @param {Uploads} uploads @param {Upload} upload */
function item(uploads, upload) {
  const {path, size, sent, state, why} = upload;
  const name = nameOf(path);
  const {tone, icon: shape, word} = STATES[state];
  const isBegun = sent > 0 && ["sending", "paused", "broken", "open", "waiting"].includes(state);
  return html`
    <li>
      <span class="mono trunc" title=${path}>${name}</span>
      <span class="dim sm num figures">${isBegun ? progressWords(upload, state === "sending" ? uploads.rate.value : null) : formatSize(size)}</span>
      <span class=${`st ${tone}`}>${icon(shape, 14, state === "sending" ? "spin" : "")}${word}</span>
      <span class="row">${buttons(uploads, upload, name)}</span>
      ${isBegun || state === "sending" ? bar(`Upload of ${name}`, size ? sent / size : 0, state === "sending" ? "" : "idle") : nothing}
      ${state === "open" ? html`<span class="why">Choose the same file to go on. Its name and size are compared, not what is in it.</span>` : nothing}
      ${why ? html`<span class=${`why ${tone === "idle" ? "warn" : tone}`}>${why}</span>` : nothing}
    </li>`;
}

/** What can be done with it. @param {Uploads} uploads @param {Upload} upload @param {string} name */
function buttons(uploads, upload, name) {
  const {state, size, file} = upload;
  /** @param {string} label @param {() => void} run */
  const button = (label, run) => html`<button type="button" class="btn sm" aria-label=${`${label} ${name}`} @click=${run}>${label}</button>`;
  const canPause = !isWhole(size) && (state === "sending" || state === "waiting" || state === "broken");
  return html`
    ${state === "exists" ? button("Replace", () => uploads.replace(upload)) : nothing}
    ${state === "failed" && file ? button("Retry", () => uploads.resume(upload)) : nothing}
    ${state === "broken" ? button("Try now", () => uploads.resume(upload)) : nothing}
    ${state === "paused" ? button("Resume", () => uploads.resume(upload)) : nothing}
    ${state === "open" ? html`<button type="button" class="btn sm" aria-label=${`Choose ${name} to go on`} @click=${pick}>Choose file</button>
      <input type="file" hidden aria-label=${`The file ${name}`} @change=${(/** @type {Event} */ event) => chosen(uploads, upload, event)}>` : nothing}
    ${canPause ? html`<button type="button" class="btn ghost icon sm" aria-label=${`Pause ${name}`} @click=${() => uploads.pause(upload)}>${icon("pause", 14)}</button>` : nothing}
    ${isOpen(state) ? html`<button type="button" class="btn ghost icon sm" aria-label=${`Cancel ${name}`} @click=${() => uploads.cancel(upload)}>${icon("close", 14)}</button>` : nothing}`;
}

/** The field for a file is beside its button. @param {Event} event */
const pick = (event) => /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).nextElementSibling).click();

/** @param {Uploads} uploads @param {Upload} upload @param {Event} event */
function chosen(uploads, upload, event) {
  const input = /** @type {HTMLInputElement} */ (event.currentTarget);
  const file = input.files?.[0];
  // The same file chosen once more is a change, too.
  input.value = "";
  if (file) uploads.choose(upload, file);
}
