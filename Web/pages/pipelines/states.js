// What the list shows when there is nothing, nothing yet, or nothing to be had.
import {html, nothing, ref} from "../../dom/html.js";
import {whileNear} from "../../dom/near.js";
import {chain} from "../../parts/chain.js";
import {icon} from "../../parts/icon.js";
import {formerly, problemBanner, problemView} from "../../parts/problem.js";
import {skeletonTiles, waitingView} from "../../parts/skeleton.js";

/** @typedef {import("./list.js").PipelineList} PipelineList */

export const skeletons = () => waitingView(skeletonTiles(6), "Loading pipelines");

/** @param {() => void} onNew */
export const nothingYet = (onNew) => html`<div class="card empty">
  <span class="bigchain">${chain(["prompt", "code", "condition", "file"])}</span>
  <h2>No pipelines yet</h2>
  <p>A pipeline is a set of steps: prompts, code, files, API calls, conditions and transforms. Start from a template and change it, or begin with an empty canvas.</p>
  <div class="row"><a class="btn primary" href="/templates">${icon("templates")}Browse templates</a>
    <button type="button" class="btn" @click=${onNew}>${icon("plus")}Empty pipeline</button></div></div>`;

/** @param {import("./filters.js").Filters} filters @param {() => void} onClear */
export const noMatch = ({q}, onClear) => html`<div class="card empty">
  <h2>No match</h2>
  <p>${q === "" ? "No pipeline has all of these." : html`No pipeline matches “${q}” with these filters.`} Search looks in names, titles, descriptions, tags and steps.</p>
  <div class="row"><button type="button" class="btn" @click=${onClear}>Clear filters</button></div></div>`;

/** The former list stays in sight, marked with its age. @param {PipelineList} list @param {unknown} tiles */
export function failedView(list, tiles) {
  const error = list.error.value, readAt = list.readAt.value;
  if (readAt === null) return problemView(error, {retry: () => list.reload(), isWatched: true});
  return html`${formerly(error, {readAt, retry: () => list.reload(), isWatched: true})}${tiles}`;
}

/** The next page comes by itself as the end comes near, and by the button. @param {PipelineList} list @param {{own(end: () => void): void}} owner */
export function moreView(list, owner) {
  if (list.next.value === null) return nothing;
  const more = list.more.value;
  return html`${typeof more === "object" ? problemBanner(more.error) : nothing}
    <div class="list-more" ${ref((box) => owner.own(whileNear(box, async () => list.more.peek() === "rest" && await list.readMore())))}><button type="button" class="btn" aria-busy=${more === "busy" ? "true" : nothing}
      @click=${() => list.readMore()}>${typeof more === "object" ? "Retry" : "Show more"}</button></div>`;
}
