import {each, html, nothing} from "../../dom/html.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../model/usage.js").Range} Range */
/** @typedef {{app: App, query: URLSearchParams, range: Range, ranges: string[], pipelines: PipelineSummary[], isAll: boolean}} Given */

const WORDS = /** @type {Record<string, string>} */ ({today: "Today", "7d": "7 d", "30d": "30 d", "90d": "90 d"});

/** The bar of the monitor: which days. What is shown stands in the address. @param {Given} given */
export const monitorBar = ({query, range, ranges}) => html`
  <header class="topbar">
    <div class="crumbs"><h1 class="h-sm">Monitor</h1></div>
    <a class="btn end" href="/settings/alerts">${icon("bell", 14)}Alerts</a>
    <nav class="seg" aria-label="Days">${ranges.map((name) => html`<a href=${address(query, {range: name, from: "", to: ""})}
      aria-current=${range.name === name ? "true" : nothing}>${WORDS[name]}</a>`)}</nav>
  </header>`;

/** Whose runs, of which pipeline, on which days. @param {Given} given */
export const monitorFilters = ({app, query, range, pipelines, isAll}) => html`
  <div class="filters">
    ${whose(app, query, isAll)}
    <label class="sr" for="monitor-pipeline">Pipeline</label>
    <select class="inp" id="monitor-pipeline" @change=${(/** @type {Event} */ event) => app.go(address(query, {pipeline: /** @type {HTMLSelectElement} */ (event.currentTarget).value}))}>
      <option value="" ?selected=${!query.get("pipeline")}>All pipelines</option>
      ${each(pipelines, (one) => one.id, (one) => html`<option value=${one.id} ?selected=${one.id === query.get("pipeline")}>${one.title}</option>`)}
    </select>
    ${dates(app, query, range)}
  </div>`;

/** @param {App} app @param {URLSearchParams} query @param {boolean} isAll */
function whose(app, query, isAll) {
  if (!app.can("administer")) return nothing;
  return html`<nav class="seg" aria-label="Whose runs">
    <a href=${address(query, {whose: ""})} aria-current=${isAll ? nothing : "true"}>Mine</a>
    <a href=${address(query, {whose: "all"})} aria-current=${isAll ? "true" : nothing}>Everybody's</a></nav>`;
}

/** Both ends of the days that are shown, to choose others. @param {App} app @param {URLSearchParams} query @param {Range} range */
function dates(app, query, {days}) {
  const [first, last] = [days[0] ?? "", days[days.length - 1] ?? ""];
  const choose = (/** @type {string} */ from, /** @type {string} */ to) => {
    if (from && to) app.go(address(query, {range: "", from: from < to ? from : to, to: from < to ? to : from}));
  };
  const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.currentTarget).value;
  return html`<span class="row end">
    <label class="sr" for="monitor-from">First day</label>
    <input class="inp" type="date" id="monitor-from" .value=${first} @change=${(/** @type {Event} */ event) => choose(value(event), last)}>
    <span class="dim">to</span><label class="sr" for="monitor-to">Last day</label>
    <input class="inp" type="date" id="monitor-to" .value=${last} @change=${(/** @type {Event} */ event) => choose(first, value(event))}></span>`;
}

/** The address with some parts of the query changed; empty takes one away. @param {URLSearchParams} query @param {Record<string, string>} changes */
function address(query, changes) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  return `/monitor${next.size ? `?${next}` : ""}`;
}
