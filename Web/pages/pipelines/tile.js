// One pipeline in the list: what it is made of, how well it goes, when it last ran, and what one can do with it. The whole
// tile is a link; buttons lie above it.
import {html, nothing} from "../../dom/html.js";
import {formatDuration, formatPercent} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {openMenu} from "../../parts/menu.js";
import {avatar} from "../../parts/avatar.js";
import {chain} from "../../parts/chain.js";
import {spark} from "../../parts/spark.js";
import {status, statusTone} from "../../parts/status.js";
import "../../parts/time.js";
import {isLive, medianDuration} from "./figures.js";

/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../parts/menu.js").MenuItems} MenuItems */
/**
 * @typedef {object} TileContext
 * @property {(id: string) => string | null} ownerName of others; null where it is not known
 * @property {string} me
 * @property {(pipeline: PipelineSummary) => void} onFavourite
 * @property {(pipeline: PipelineSummary) => MenuItems} menu
 */

/** Below this rate a pipeline stands out. */
const LOW_RATE = 0.92;

/** @param {PipelineSummary} pipeline @param {TileContext} context */
export function tile(pipeline, context) {
  const {id, title, description, last_run: last, step_count: steps, step_types: types, favourite} = pipeline;
  const runsNow = last !== null && isLive(last.status);
  return html`<li class="card tile">
    <a class="cover" href=${`/pipelines/${id}`} aria-label=${`${title}, ${steps} ${steps === 1 ? "step" : "steps"}`}></a>
    <div class="row">${types.length > 0 ? chain(types, {count: steps}) : html`<span class="xs dim">0 steps</span>`}<span class="grow"></span>
      ${runsNow ? status(last.status, {pill: true}) : nothing}
      <button type="button" class=${`btn ghost icon sm star ${favourite ? "lit" : ""}`} aria-pressed=${String(favourite)} aria-label=${`Favourite ${title}`}
        @click=${() => context.onFavourite(pipeline)}>${icon("star", 15)}</button></div>
    <div class="tx"><h2 class="trunc">${title}</h2><p>${description ?? ""}</p></div>
    ${health(pipeline)}
    <div class="row foot sm">${lastRun(last, runsNow)}
      <span class="row end tags">${pipeline.tags.slice(0, 2).map((tag) => html`<span class="tag">${tag}</span>`)}</span>
      ${owner(pipeline, context)}
      <span class="acts"><button type="button" class="btn sm icon" aria-haspopup="menu" aria-expanded="false" aria-label=${`More for ${title}`}
        @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, context.menu(pipeline))}>${icon("more", 15)}</button>${
        pipeline.role === "viewer" ? nothing : html`<a class="btn sm" href=${`/pipelines/${id}?panel=run`} aria-label=${`Run ${title}`}>${icon("play", 13)}Run</a>`}</span>
    </div></li>`;
}

/** @param {PipelineSummary} pipeline */
function health({success_rate: rate, sparkline, title, role}) {
  const median = medianDuration(sparkline);
  return html`<div class="health"><div class="row sm">
    ${rate === null ? html`<span class="dim">${sparkline.length > 0 ? "No run has ended" : role === "owner" ? "Not run yet" : "Not run by you yet"}</span>`
      : html`<span class=${`rate num ${rate < LOW_RATE ? "low" : ""}`}>${formatPercent(rate)}</span><span class="dim">success</span>`}
    ${median === null ? nothing : html`<span class="dim end num" title="Half of the latest runs that succeeded took less">p50 ${formatDuration(median)}</span>`}
    </div>${spark(sparkline, {of: title})}</div>`;
}

/** @param {PipelineSummary["last_run"]} last @param {boolean} runsNow */
function lastRun(last, runsNow) {
  if (last === null) return html`<span class="dim">–</span>`;
  return html`<a class=${`link lift st ${statusTone(last.status)}`} href=${`/runs/${last.id}`}>${runsNow ? html`<span>Run ${last.number},</span> <cf-elapsed .since=${last.created_at}></cf-elapsed>` : html`${status(last.status, {label: ""})}<cf-time .moment=${last.created_at}></cf-time>`}</a>`;
}

/** @param {PipelineSummary} pipeline @param {TileContext} context */
function owner({owner: id, role}, {me, ownerName}) {
  if (id === me) return nothing;
  const name = ownerName(id);
  return name ? avatar(name) : html`<span class="tag" title="Somebody shared it with you">${role}</span>`;
}
