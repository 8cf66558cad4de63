import {each as eachItem} from "../../app/api.js";
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {durations, RANGES, rangeOf} from "../../model/usage.js";
import "../../parts/chart.js";
import {emptyView} from "../../parts/empty.js";
import {loadView, resource} from "../../parts/load.js";
import {skeleton, skeletonTiles} from "../../parts/skeleton.js";
import {alertList, openAlerts} from "./alerts.js";
import {costChart, durationChart, resultsChart, tokensChart} from "./charts.js";
import {keyFigures} from "./figures.js";
import {monitorBar, monitorFilters} from "./toolbar.js";
import {failingSteps, modelTable, pipelineTable, slowestSteps} from "./tables.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../model/usage.js").Range} Range */
/** @typedef {{range: Range, now: UsageFigures, before: UsageFigures, runs: RunMetadata[], isCut: boolean}} Shown */

/** Durations by day come from the runs themselves; of more than this only the latest are read. */
const MOST_RUNS = 1000;

/** How runs went, how long they took and what they cost. */
export class MonitorPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  /** @type {import("../../parts/load.js").Resource<Shown> | null} */
  #shown = null;
  /** @type {import("../../parts/load.js").Resource<PipelineSummary[]> | null} */
  #pipelines = null;
  /** @type {import("../../parts/load.js").Resource<import("./alerts.js").NotificationRow[]> | null} */
  #alerts = null;

  connected() {
    this.app.title("Monitor");
    this.own(this.app.live.pipelines(({type}) => { if (type.startsWith("alert.") || type === "reset") this.#alerts?.reload(); }));
  }

  disconnected() {
    this.#shown = null;
    this.#pipelines = null;
    this.#alerts = null;
  }

  /** @param {AbortSignal} stop @returns {Promise<Shown>} */
  async #read(stop) {
    const {api} = this.app;
    const range = rangeOf(this.query, Date.now());
    const pipeline = this.query.get("pipeline") ?? undefined;
    const all = this.#isAll() || undefined;
    const owner = this.app.session.value?.account.id;
    const given = {pipeline, all, signal: stop};
    const until = range.until ?? undefined;
    const [now, before, listed] = await Promise.all([
      api.getUsage({...given, since: range.since, until}),
      api.getUsage({...given, ...range.before}),
      latestRuns(this.app, {pipeline, since: range.since, until, signal: stop}),
    ]);
    const runs = all ? listed : listed.filter((run) => run.owner === owner);
    return {range, now: now.data, before: before.data, runs, isCut: listed.length >= MOST_RUNS};
  }

  #isAll() {
    return this.query.get("whose") === "all" && this.app.can("administer");
  }

  view() {
    this.#shown ??= resource((stop) => this.#read(stop), this, {follow: true});
    this.#pipelines ??= resource(async (stop) => (await this.app.api.listPipelines({limit: 200, sort: "name", signal: stop})).data.items, this);
    this.#alerts ??= resource((stop) => openAlerts(this.app, stop), this);
    const range = rangeOf(this.query, Date.now());
    const given = {app: this.app, query: this.query, range, ranges: Object.keys(RANGES), pipelines: this.#pipelines.value.value ?? [], isAll: this.#isAll()};
    return html`
      ${monitorBar(given)}
      <main id="main" tabindex="-1"><div class="page monitor">
        ${monitorFilters(given)}
        ${alertList(this.#alerts.value.value ?? [])}
        ${loadView(this.#shown, {ready: (shown) => content(shown), skeleton: () => html`${skeleton("100%", "6rem")}${skeletonTiles(4, "16rem")}`})}
      </div></main>`;
  }
}

/**
 * Runs of a range, newest first, up to as many as are read.
 * @param {App} app
 * @param {{pipeline?: string, since: string, until?: string, signal: AbortSignal}} given
 */
async function latestRuns(app, given) {
  /** @type {RunMetadata[]} */
  const runs = [];
  for await (const run of eachItem((page) => app.api.listRuns(page), {limit: 200, ...given})) {
    if (runs.push(run) >= MOST_RUNS) break;
  }
  return runs;
}

/** @param {Shown} shown */
function content({range, now, before, runs, isCut}) {
  if (!now.runs.ended && !now.total.calls) {
    return html`<div class="card">${emptyView({
      icon: "monitor", title: "Nothing ran in these days", text: "Figures appear here as soon as a run ends or a model is asked.",
      actions: html`<a class="btn primary" href="/pipelines">Go to pipelines</a>${range.name === "90d" ? nothing : html`<a class="btn" href="/monitor?range=90d">Look at 90 days</a>`}`,
    })}</div>`;
  }
  const {days} = range;
  return html`
    ${keyFigures(now, before)}
    <div class="mgrid">
      <div class="card wide"><cf-chart .data=${resultsChart(days, now)}></cf-chart></div>
      <div class="card"><cf-chart .data=${durationChart(days, durations(days, runs))}></cf-chart></div>
      <div class="card half"><cf-chart .data=${tokensChart(days, now)}></cf-chart></div>
      <div class="card half"><cf-chart .data=${costChart(days, now)}></cf-chart></div>
      ${modelTable(now.by_model)}
      ${pipelineTable(now.by_pipeline)}
      ${slowestSteps(now.steps)}
      ${failingSteps(now.steps)}
    </div>
    <p class="note">Days are in UTC. ${isCut ? `Durations by day are of the latest ${formatCount(MOST_RUNS, "run")}. ` : ""}Steps are of the latest ${formatCount(now.steps.of_latest_runs, "run")}.
      ${now.total.calls_without_price ? html`${formatCount(now.total.calls_without_price, "call")} without a price ${now.total.calls_without_price === 1 ? "is" : "are"} in no cost; <a class="link" href="/models">prices are written down under Models</a>.` : nothing}</p>`;
}

MonitorPage.define("cf-monitor");
