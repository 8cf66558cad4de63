// Which two versions are compared.
import {html} from "../../dom/html.js";
import {formatAgo} from "../../model/format.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("./read.js").Comparison} Comparison */

/** @param {Comparison} read @param {(a: number, b: string) => void} onPick */
export function pickView({versions, difference, pipeline}, onPick) {
  const {from, to} = difference;
  const live = pipeline.latest_version;
  /** @param {import("../../../Client/client.d.ts").VersionSummary} version */
  const words = ({number, by, created_at: at, message}) => `Version ${number}${number === live ? ", live" : ""} · ${by.name ?? "somebody"}, ${formatAgo(at)}${message ? ` · ${message.slice(0, 60)}` : ""}`;
  // What both fields say now: the comparison on the page may still be the one before the last choice.
  const pick = (/** @type {Event} */ event) => {
    const [before, after] = /** @type {HTMLElement} */ (event.target).closest(".cmp")?.querySelectorAll("select") ?? [];
    if (before && after) onPick(Number(before.value), after.value);
  };
  return html`<div class="card cmp">
    <select class="inp cmpv" aria-label="Before" .value=${String(from)} @change=${pick}>
      ${versions.map((version) => html`<option value=${version.number} ?selected=${version.number === from}>${words(version)}</option>`)}</select>
    ${icon("next")}
    <select class="inp cmpv" aria-label="After" .value=${String(to)} @change=${pick}>
      <option value="draft" ?selected=${to === "draft"}>Draft · changed ${formatAgo(pipeline.updated_at)}</option>
      ${versions.map((version) => html`<option value=${version.number} ?selected=${String(version.number) === String(to)}>${words(version)}</option>`)}</select>
    <button type="button" class="btn ghost sm" ?disabled=${to === "draft"} title=${to === "draft" ? "The draft stands on the right" : ""} @click=${() => onPick(Number(to), String(from))}>${icon("retry", 14)}Swap</button></div>`;
}
