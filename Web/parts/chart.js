import {Part} from "../dom/element.js";
import {html, nothing, svg} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {axis, labelled, line, stack} from "../model/chart.js";

/** @typedef {import("../model/chart.js").Quantity} Quantity */
/** @typedef {import("../model/chart.js").Box} Box */
/**
 * What a chart shows. `tone` names a colour of chart.css. A value that is not known is null: a line breaks there, a
 * column has no such part, the table says so.
 * @typedef {{label: string, tone: string, values: (number | null)[], area?: boolean}} Series
 * @typedef {object} ChartData
 * @property {"stack" | "line"} kind
 * @property {string} heading
 * @property {string} summary what a reader who does not see it should know
 * @property {string} place what a place is called in the table, such as Day
 * @property {string[]} labels of the places, short, as they stand under the chart
 * @property {Series[]} series
 * @property {Quantity} quantity
 * @property {(value: number) => string} format
 * @property {string} none what to say where every value is nothing
 */

const LEFT = 44;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 24;
const LABEL_ROOM = 62;

/** A figure with its heading, its legend, a chart as wide as its box, and the same as a table on request. */
export class Chart extends Part {
  static props = {data: null};

  /** @type {ChartData | null} */ data;

  #size = signal({width: 0, height: 0});
  #asTable = signal(false);

  connected() {
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const width = Math.round(entry.contentRect.width);
      const height = Math.round(entry.contentRect.height);
      const before = this.#size.peek();
      if (width !== before.width || height !== before.height) this.#size.value = {width, height};
    });
    this.own(() => observer.disconnect());
    this.effect(() => {
      observer.disconnect();
      if (this.#asTable.value) return;
      // The box is there only after this turn of rendering.
      queueMicrotask(() => {
        const box = this.querySelector(".chart-box");
        if (box) observer.observe(box);
      });
    });
  }

  view() {
    const {data} = this;
    if (!data) return html``;
    const asTable = this.#asTable.value;
    return html`
      <figure class="chart-figure">
        <figcaption>
          <h2>${data.heading}</h2>
          <span class="legend" aria-hidden="true">${data.series.map((one) => html`<span><i class=${`tone-${one.tone}`}></i>${one.label}</span>`)}</span>
          <button type="button" class="btn ghost sm" aria-pressed=${asTable ? "true" : "false"}
            aria-label=${`Show ${data.heading} as a table`} @click=${() => { this.#asTable.value = !asTable; }}>Table</button>
        </figcaption>
        ${asTable ? table(data) : html`<div class="chart-box">${this.#drawing(data)}</div>`}
      </figure>`;
  }

  /** @param {ChartData} data */
  #drawing(data) {
    const {width, height} = this.#size.value;
    const most = largest(data);
    if (most === 0) return html`<p class="chart-none">${data.none}</p>`;
    if (width < LEFT + RIGHT + 20 || height < TOP + BOTTOM + 20) return nothing;
    const box = {left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM};
    const {max, ticks} = axis(most, data.quantity);
    return html`<svg class="chart" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
        aria-label=${`${data.heading}. ${data.summary}`}>
      ${ticks.map((tick) => gridLine(tick, max, box, data.format))}
      ${data.kind === "stack" ? columns(data, max, box) : lines(data, max, box)}
      ${labelled(data.labels.length, box.width, LABEL_ROOM).map((place) => placeLabel(data, place, box))}
    </svg>`;
  }
}

Chart.define("cf-chart");

/** @param {ChartData} data */
function largest(data) {
  if (data.kind === "line") return Math.max(0, ...data.series.flatMap((one) => one.values.map((value) => value ?? 0)));
  return Math.max(0, ...data.labels.map((_, place) => data.series.reduce((sum, one) => sum + (one.values[place] ?? 0), 0)));
}

/** @param {number} tick @param {number} max @param {Box} box @param {(value: number) => string} format */
function gridLine(tick, max, box, format) {
  const y = box.top + box.height - tick / max * box.height;
  return svg`<line class="grid" x1=${box.left} x2=${box.left + box.width} y1=${y} y2=${y}></line>
    <text x=${box.left - 8} y=${y + 4} text-anchor="end">${format(tick)}</text>`;
}

/** @param {ChartData} data @param {number} place @param {Box} box */
function placeLabel(data, place, box) {
  const step = box.width / data.labels.length;
  const isLast = place === data.labels.length - 1;
  const x = isLast && data.labels.length > 1 ? box.left + box.width : box.left + (place + 0.5) * step;
  return svg`<text x=${x} y=${box.top + box.height + 18} text-anchor=${isLast && data.labels.length > 1 ? "end" : "middle"}>${data.labels[place]}</text>`;
}

/** @param {ChartData} data @param {number} place */
function words(data, place) {
  const values = data.series.map((one) => `${one.label} ${said(data, one.values[place] ?? null)}`);
  return `${data.labels[place]}: ${values.join(", ")}`;
}

/** @param {ChartData} data @param {number | null} value */
const said = (data, value) => value === null ? "unknown" : data.format(value);

/** @param {ChartData} data @param {number} max @param {Box} box */
function columns(data, max, box) {
  const values = data.labels.map((_, place) => data.series.map((one) => one.values[place] ?? 0));
  return stack(values, max, box).map((column, place) => svg`
    <g class="column">
      <title>${words(data, place)}</title>
      <rect class="hit" x=${column.hit.x} y=${box.top} width=${column.hit.width} height=${box.height}></rect>
      ${column.bars.map((bar) => svg`<rect class=${`tone-${data.series[bar.part]?.tone}`} x=${column.x} y=${bar.y}
        width=${column.width} height=${bar.height} rx=${Math.min(2, bar.height / 2)}></rect>`)}
    </g>`);
}

/** @param {ChartData} data @param {number} max @param {Box} box */
function lines(data, max, box) {
  const step = box.width / data.labels.length;
  return svg`
    ${data.series.map((one) => line(one.values, max, box).map((piece, index, all) => linePiece(piece, one, box, index === all.length - 1)))}
    ${data.labels.map((_, place) => svg`<g class="column"><title>${words(data, place)}</title><rect class="hit"
      x=${box.left + place * step} y=${box.top} width=${step} height=${box.height}></rect></g>`)}`;
}

/** @param {{x: number, y: number}[]} piece @param {Series} one @param {Box} box @param {boolean} isLast */
function linePiece(piece, one, box, isLast) {
  const path = piece.map(({x, y}, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const ground = box.top + box.height;
  const last = piece[piece.length - 1];
  return svg`
    ${one.area && piece.length > 1 ? svg`<path class=${`area tone-${one.tone}`} d=${`${path}L${last?.x} ${ground}L${piece[0]?.x} ${ground}Z`}></path>` : nothing}
    <path class=${`line tone-${one.tone}`} d=${path}></path>
    ${isLast || piece.length === 1 ? svg`<circle class=${`dot tone-${one.tone}`} cx=${last?.x} cy=${last?.y} r="3"></circle>` : nothing}`;
}

/** @param {ChartData} data */
function table(data) {
  return html`
    <div class="chart-table scroll" tabindex="0" role="region" aria-label=${`${data.heading} as a table`}>
      <table class="tbl">
        <caption class="sr">${data.heading}</caption>
        <thead><tr><th scope="col">${data.place}</th>${data.series.map((one) => html`<th scope="col" class="r">${one.label}</th>`)}</tr></thead>
        <tbody>${data.labels.map((label, place) => html`
          <tr><th scope="row">${label}</th>${data.series.map((one) => html`<td class="r">${said(data, one.values[place] ?? null)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
}
