// The boxes of what is being loaded, at their places: nothing jumps when it comes.
//
//   skeleton("12rem")   skeleton("100%", "4rem")   skeletonRows(8)   skeletonTiles(6, "12rem")
//   waitingView(skeletonRows(8))   with the word for it

import {html} from "../dom/html.js";

/** @param {string} width @param {string} [height] */
export const skeleton = (width, height = "1rem") => html`<span class="skel" aria-hidden="true" style=${{width, height}}></span>`;

/** Rows of a table. @param {number} count @param {string} [height] */
export const skeletonRows = (count, height = "2.75rem") => html`<div class="skel-rows" aria-hidden="true">
  ${Array.from({length: count}, (_, index) => html`<div class="row" style=${{height}}>${skeleton("1.25rem", "1.25rem")}${skeleton(`${[34, 26, 40, 30][index % 4]}%`)}<span class="end">${skeleton("4rem")}</span></div>`)}</div>`;

/** Cards in a grid. @param {number} count @param {string} [height] */
export const skeletonTiles = (count, height = "15rem") => html`<div class="tiles" aria-hidden="true">
  ${Array.from({length: count}, () => html`<div class="card skel-card" style=${{height}}>${skeleton("45%", "1.5rem")}${skeleton("60%")}${skeleton("90%")}${skeleton("75%")}</div>`)}</div>`;

/** The place of something that is being read: its boxes, and a word for who does not see them. @param {unknown} boxes @param {string} [word] */
export const waitingView = (boxes, word = "Loading") => html`<div role="status" class="sr">${word}</div><div class="waits" aria-busy="true">${boxes}</div>`;
