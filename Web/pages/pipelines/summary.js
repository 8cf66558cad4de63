// What goes on right now, in one line above the list: each figure leads to where it comes from.
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {formatCost, formatNumber, formatPercent} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {troubled} from "./figures.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {{running: number, isMore: boolean, today: UsageFigures, week: UsageFigures}} Figures */

const DAY_MS = 86_400_000;
const MOST_RUNNING = 100;
/** Ends of runs come in bursts; the figures follow once for each. */
const AFTER_MS = 2000;

export class PipelineSummaryLine extends Part {
  static props = {app: null, figures: null, query: ""};

  #controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;

  connected() { void this.read(); }

  disconnected() {
    this.#controller.abort();
    clearTimeout(this.#due);
  }

  /** Something about a run changed. */
  hear() {
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      void this.read();
    }, AFTER_MS);
  }

  async read() {
    const {api} = /** @type {App} */ (this.signalOf("app").peek());
    this.#controller.abort();
    this.#controller = new AbortController();
    const {signal} = this.#controller;
    const midnight = new Date(new Date().setHours(0, 0, 0, 0)).toISOString();
    try {
      const [live, today, week] = await Promise.all([
        api.listRuns({status: ["queued", "running", "waiting"], limit: MOST_RUNNING, signal}),
        api.getUsage({since: midnight, signal}),
        api.getUsage({since: new Date(Date.now() - 7 * DAY_MS).toISOString(), signal}),
      ]);
      this.signalOf("figures").value = {running: live.data.items.length, isMore: live.data.next_cursor !== null, today: today.data, week: week.data};
    } catch {
      // The line is a convenience: without it the list, which says what is wrong with the server, stands alone.
      if (!signal.aborted) this.signalOf("figures").value = null;
    }
  }

  view() {
    const figures = /** @type {Figures | null} */ (this.signalOf("figures").value);
    if (!figures) return nothing;
    const {running, isMore, today, week} = figures;
    const bad = troubled(today, week);
    const todays = today.runs.ended + running;
    return html`<section class="now" aria-label="Right now">
      <a href="/runs?status=running"><span class=${running ? "st live" : "st idle"}>${icon(running ? "live" : "idle", 14, running ? "spin" : "")}</span><b class="num">${formatNumber(running)}${isMore ? "+" : ""}</b> running</a>
      <a href="/runs"><b class="num">${formatNumber(todays)}${isMore ? "+" : ""}</b> ${todays === 1 ? "run" : "runs"} today</a>
      <a href="/monitor"><b class="num">${formatPercent(week.runs.success_rate)}</b> success, 7 days</a>
      <a href="/monitor" title=${week.total.calls_without_price > 0 ? `${formatNumber(week.total.calls_without_price)} calls of models without a known price are not in it` : nothing}>
        <b class="num">${week.total.calls_without_price > 0 ? "at least " : ""}${formatCost(week.total.cost_usd)}</b> spent, 7 days</a>
      ${bad ? html`<a class="alert" href=${`/runs?pipeline=${bad.id}&status=failed`}><span class="st warn">${icon("warn", 14)}</span><b>${bad.name}</b> fails more than usual ${icon("next", 13)}</a>` : nothing}
    </section>`;
  }
}
PipelineSummaryLine.define("cf-pipeline-summary");
