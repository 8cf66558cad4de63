// The frame of the pages for who is not signed in: the picture of a pipeline, and the form.

import {html} from "../../dom/html.js";
import {glyph, icon} from "../../parts/icon.js";

/** @type {[string, number, number][]} type of step, and its place in percent */
const STEPS = [["API", 50, 9], ["TRANSFORM", 50, 27], ["CODE", 28, 47], ["PROMPT", 72, 47], ["CONDITION", 50, 68], ["FILE", 50, 87]];

/** @param {string} title @param {unknown} content */
export const welcome = (title, content) => html`<main id="main" tabindex="-1" class="sign">
  <div class="sgl" aria-hidden="true">
    <svg viewBox="0 0 600 700" class="sgraph"><g fill="none" stroke="#1d3a55" stroke-width="1.5"><path d="M300 90v70M300 220c0 50-130 30-130 80M300 220c0 50 130 30 130 80M170 360c0 60 130 40 130 90M430 360c0 60-130 40-130 90M300 510v70"/></g><path class="flow" d="M300 90v130c0 50 130 30 130 80v60c0 60-130 40-130 90v130" fill="none" stroke="#22d3ee" stroke-width="2"/></svg>
    ${STEPS.map(([type, x, y]) => html`<span class="sgn" style=${{left: `${x}%`, top: `${y}%`}}>${glyph(type, "lg")}</span>`)}
  </div>
  <div class="sgf"><div class="row brandl">${icon("logo", 34)}<b>Code Factory</b></div><h1>${title}</h1>${content}</div>
</main>`;
