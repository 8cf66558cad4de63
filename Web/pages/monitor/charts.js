import {formatCompact, formatCost, formatCount, formatDuration, formatNumber, formatPercent} from "../../model/format.js";
import {filled} from "../../model/usage.js";
import {costOf} from "./figures.js";

/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {import("../../parts/chart.js").ChartData} ChartData */

/** 14 Nov of 2026-11-14 @param {string} day */
export const shortDay = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", {day: "numeric", month: "short", timeZone: "UTC"});

/** @param {string[]} days @param {UsageFigures} figures @returns {ChartData} */
export function resultsChart(days, {by_day, runs}) {
  const all = filled(days, by_day).map(({figures}) => figures?.runs ?? null);
  return {
    kind: "stack", heading: "Runs by result", place: "Day (UTC)", labels: days.map(shortDay), quantity: "count", format: (value) => formatNumber(value),
    none: "No run ended.", summary: `${formatCount(runs.ended, "run")} ended, ${formatPercent(runs.success_rate)} succeeded, ${formatNumber(runs.failed)} failed.`,
    series: [
      {label: "Succeeded", tone: "ok", values: all.map((one) => one?.succeeded ?? 0)},
      {label: "Failed", tone: "bad", values: all.map((one) => one?.failed ?? 0)},
      {label: "Cancelled", tone: "idle", values: all.map((one) => one?.cancelled ?? 0)},
    ],
  };
}

/** @param {string[]} days @param {{p50: (number | null)[], p95: (number | null)[]}} values @returns {ChartData} */
export function durationChart(days, {p50, p95}) {
  const known = p95.flatMap((value) => value === null ? [] : [value]);
  return {
    kind: "line", heading: "Duration", place: "Day (UTC)", labels: days.map(shortDay), quantity: "duration", format: formatDuration,
    none: "No run succeeded in these days.", summary: known.length ? `Of runs that succeeded. The longest p95 of a day is ${formatDuration(Math.max(...known))}.` : "No run succeeded in these days.",
    series: [{label: "p50", tone: "first", values: p50, area: true}, {label: "p95", tone: "second", values: p95}],
  };
}

/** @param {string[]} days @param {UsageFigures} figures @returns {ChartData} */
export function tokensChart(days, {by_day, total}) {
  const all = filled(days, by_day).map(({figures}) => figures);
  return {
    kind: "stack", heading: "Tokens", place: "Day (UTC)", labels: days.map(shortDay), quantity: "count", format: formatCompact,
    none: total.calls ? "No call told its tokens." : "No model was asked.", summary: `${formatNumber(total.input_tokens)} in, ${formatNumber(total.output_tokens)} out.`,
    series: [
      {label: "In", tone: "first", values: all.map((one) => one ? one.input_tokens : 0)},
      {label: "Out", tone: "third", values: all.map((one) => one ? one.output_tokens : 0)},
    ],
  };
}

/** @param {string[]} days @param {UsageFigures} figures @returns {ChartData} */
export function costChart(days, {by_day, total}) {
  const all = filled(days, by_day).map(({figures}) => figures);
  return {
    kind: "stack", heading: "Cost", place: "Day (UTC)", labels: days.map(shortDay), quantity: "money", format: formatCost,
    none: total.calls === 0 ? "No model was asked." : total.calls_without_price ? "No call has a known price." : "Nothing was spent.", summary: `${formatCost(costOf(total))} in all. ${total.calls_without_price ? `${formatCount(total.calls_without_price, "call")} without a price are left out.` : ""}`,
    series: [{label: "Cost", tone: "first", values: all.map((one) => one ? costOf(one) : 0)}],
  };
}
