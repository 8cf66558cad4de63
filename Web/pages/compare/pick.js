// Which two versions are compared.
import {html} from "../../dom/html.js";
import {formatAgo} from "../../model/format.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("./read.js").Comparison} Comparison */

/**
 * @param {Comparison} read
 * @param {{from: number, to: string}} asked what the address says: the comparison on the page may still be the one before
 * @param {(a: number, b: string) => void} onPick
 */
export function pickView({versions, pipeline}, {from, to}, onPick) {
  const live = pipeline.latest_version;
  /** @param {import("../../../Client/client.d.ts").VersionSummary} version */
  const words = ({number, by, created_at: at, message}) => `Version ${number}${number === live ? ", live" : ""} · ${by.name ?? "somebody"}, ${formatAgo(at)}${message ? ` · ${message.slice(0, 60)}` : ""}`;
  const valueOf = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.target).value;
  return html`<div class="card cmp">
    <select class="inp cmpv" aria-label="Before" .value=${String(from)} @change=${(/** @type {Event} */ event) => onPick(Number(valueOf(event)), to)}>
      ${versions.map((version) => html`<option value=${version.number} ?selected=${version.number === from}>${words(version)}</option>`)}</select>
    ${icon("next")}
    <select class="inp cmpv" aria-label="After" .value=${to} @change=${(/** @type {Event} */ event) => onPick(from, valueOf(event))}>
      <option value="draft" ?selected=${to === "draft"}>Draft · changed ${formatAgo(pipeline.updated_at)}</option>
      ${versions.map((version) => html`<option value=${version.number} ?selected=${String(version.number) === to}>${words(version)}</option>`)}</select>
    <button type="button" class="btn ghost sm" ?disabled=${to === "draft"} title=${to === "draft" ? "The draft stands on the right" : ""} @click=${() => onPick(Number(to), String(from))}>${icon("retry", 14)}Swap</button></div>`;
}
