// The steps of a document and what runs after what, to look at. It is a picture: whoever cannot see it has the list that
// stands beside it.
import {html, nothing, svg} from "../dom/html.js";
import {curvePath, inPort, outPort} from "../model/canvas-geometry.js";
import {INPUTS_ID} from "../model/document.js";
import {earlyEdges} from "../model/edge-turns.js";
import {graphOf} from "../model/graph.js";
import {CARD, layOut} from "../model/layout.js";
import {icon, isIcon} from "./icon.js";

/** @typedef {import("../model/document.js").PipelineDocument} PipelineDocument */
/** @typedef {import("../model/layout.js").Place} Place */
/** @typedef {{from: string, to: string, mark?: string}} Line */

const EDGE = 8;
/** Letters that fit on a card. */
const MOST_LETTERS = 22;

/**
 * @param {PipelineDocument} document
 * @param {{label: string, marks?: ReadonlyMap<string, string>, lines?: Line[]}} options `marks`: a word for each step that has one;
 *   `lines` in the place of those the document gives
 */
export function miniGraph(document, {label, marks = new Map(), lines}) {
  const {steps, edges} = graphOf(document);
  if (steps.length === 0) return nothing;
  const places = layOut(document);
  const shown = steps.flatMap((step) => places[step.id] ? [{step, at: places[step.id]}] : []);
  const left = Math.min(...shown.map(({at}) => at.x)) - EDGE, top = Math.min(...shown.map(({at}) => at.y)) - EDGE;
  const width = Math.max(...shown.map(({at}) => at.x)) + CARD.width + EDGE - left;
  const height = Math.max(...shown.map(({at}) => at.y)) + CARD.height + EDGE - top;
  const wanted = (lines ?? edges).filter(({from}) => from !== INPUTS_ID);
  const early = earlyEdges(wanted, places);
  const drawn = wanted.flatMap((line) => {
    const from = places[line.from], to = places[line.to];
    return from && to ? [{mark: "mark" in line ? line.mark : "", way: curvePath(outPort(from), inPort(to), early.has(line))}] : [];
  });
  return html`<svg class="mini-graph" role="img" aria-label=${label} viewBox=${`${left} ${top} ${width} ${height}`} width=${width} height=${height}>
    ${drawn.map(({mark, way}) => svg`<path class=${`e ${mark}`} d=${way} />`)}
    ${shown.map(({step, at}) => card(step, at, marks.get(step.id) ?? ""))}</svg>`;
}

/** @param {{id: string, type?: unknown}} step @param {Place} at @param {string} mark */
function card({id, type}, {x, y}, mark) {
  const kind = String(type ?? "").toUpperCase();
  return svg`<g class=${`n ${mark}`} transform=${`translate(${x} ${y})`}>
    <rect width=${CARD.width} height=${CARD.height} rx="10"/>
    <g class=${`t-${kind}`} transform="translate(16 24)">${icon(isIcon(kind) ? kind : "idle", 16)}</g>
    <text class="id" x="44" y="28">${id.length > MOST_LETTERS ? `${id.slice(0, MOST_LETTERS - 1)}…` : id}</text>
    <text class="sub" x="44" y="46">${String(type ?? "")}${mark === "" ? "" : ` · ${mark}`}</text></g>`;
}
