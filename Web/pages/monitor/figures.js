import {html, nothing} from "../../dom/html.js";
import {formatCompact, formatCost, formatCount, formatDuration, formatNumber, formatPercent} from "../../model/format.js";
import {change, gaps} from "../../model/usage.js";

/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {{text: string, tone: "better" | "worse" | ""}} Change */

/**
 * The key figures, each with how it differs from the days before.
 * @param {UsageFigures} now
 * @param {UsageFigures | null} before
 */
export function keyFigures({runs, total}, before) {
  const was = before?.runs ?? null;
  const time = runs.duration_ms;
  const {price, counts} = gaps(total);
  return html`
    <dl class="kpis card">
      ${figure("Success rate", formatPercent(runs.success_rate), points(change(runs.success_rate, was?.success_rate)))}
      ${figure("Runs ended", formatNumber(runs.ended), count(change(runs.ended, was?.ended)), endings(runs))}
      ${figure("p50 duration", formatDuration(time?.p50), duration(change(time?.p50, was?.duration_ms?.p50)))}
      ${figure("p95 duration", formatDuration(time?.p95), duration(change(time?.p95, was?.duration_ms?.p95)))}
      ${figure("Tokens", tokens(total), null, counts || formatCount(total.calls, "call"))}
      ${figure("Cost", formatCost(costOf(total)), null, price)}
    </dl>`;
}

/** What all calls cost that have a price; unknown where none of them has. @param {UsageFigures["total"]} sums */
export const costOf = ({calls, calls_without_price, cost_usd}) => calls > 0 && calls_without_price === calls ? null : cost_usd;

/** @param {UsageFigures["total"]} sums */
const tokens = ({input_tokens, output_tokens}) => input_tokens === null && output_tokens === null
  ? formatCompact(null) : formatCompact((input_tokens ?? 0) + (output_tokens ?? 0));

/** @param {string} name @param {string} value @param {Change | null} difference @param {string} [note] */
const figure = (name, value, difference, note = "") => html`
  <div><dt>${name}</dt><dd class="figure">${value}</dd>
    ${difference ? html`<dd class=${difference.tone} title="Against as many days before">${difference.text}</dd>` : nothing}
    ${note ? html`<dd>${note}</dd>` : nothing}</div>`;

/** @param {UsageFigures["runs"]} runs */
function endings({failed, cancelled}) {
  const parts = [failed ? `${formatNumber(failed)} failed` : "", cancelled ? `${formatNumber(cancelled)} cancelled` : ""];
  return parts.filter(Boolean).join(", ");
}

/** @param {number} value */
const sign = (value) => value > 0 ? "+" : value < 0 ? "−" : "±";

/** @param {number | null} value @returns {Change | null} */
function points(value) {
  if (value === null) return null;
  const shown = formatNumber(Math.abs(value) * 100, 1);
  return {text: `${sign(value)}${shown} points`, tone: value > 0 ? "better" : value < 0 ? "worse" : ""};
}

/** @param {number | null} value @returns {Change | null} */
const count = (value) => value === null ? null : {text: `${sign(value)}${formatNumber(Math.abs(value))}`, tone: ""};

/** @param {number | null} value of milliseconds: less is better @returns {Change | null} */
const duration = (value) => value === null ? null
  : {text: `${sign(value)}${formatDuration(Math.abs(value))}`, tone: value < 0 ? "better" : value > 0 ? "worse" : ""};
