// The line below the bar: how the run stands, how far it is, how long, how much.

import {html, nothing} from "../../dom/html.js";
import {UNKNOWN, formatClock, formatCost, formatDuration, formatMoment, formatNumber} from "../../model/format.js";
import {progressOf, usageOf} from "../../model/run-figures.js";
import {isOver} from "../../model/run-state.js";
import {runStatusName, status, statusWord} from "../../parts/status.js";

/** @typedef {import("../../model/run-state.js").RunState} RunState */

/** The status word of a run. @param {RunState} state */
export const runStatus = (state) => runStatusName(state);

/** @param {RunState} state */
function statusLabel(state) {
  if (state.cancelling) return "Cancelling";
  if (state.status !== "failed") return statusWord(runStatus(state));
  const at = state.order.find((path) => { const step = state.steps.get(path); return step?.status === "failed" && !step.handled; });
  return at ? `Failed at ${at}` : "Failed";
}

/** @param {{term: string, value: unknown, style?: string, title?: string}} fact */
const fact = ({term, value, style = "", title}) => html`<div class=${style || nothing}><dt>${term}</dt><dd class="num" title=${title ?? nothing}>${value}</dd></div>`;

/** What is left, from how long earlier runs took. @param {RunState} state @param {number} now @param {number | null} estimate */
function remaining(state, now, estimate) {
  // Earlier runs did what this one has taken over, too.
  if (state.answer.forked_from !== null || isOver(state.status) || estimate === null || state.startedAt === null || state.paused) return null;
  const left = estimate - (now - state.startedAt);
  return left > 0 ? `about ${formatDuration(Math.ceil(left / 1000) * 1000)}` : "longer than usual";
}

const TRIGGERS = {manual: "Manual", schedule: "Schedule", webhook: "Webhook", api: "API"};
/** @param {string} name */
export const triggerWord = (name) => Object.hasOwn(TRIGGERS, name) ? TRIGGERS[/** @type {keyof typeof TRIGGERS} */ (name)] : name;

/** @param {number | string | null} version */
export const versionWord = (version) => (typeof version === "number" ? `v${version}` : "Draft");

/** @param {RunState} state @param {number} now @param {number | null} estimate */
export function headView(state, now, estimate) {
  const {done, failed, of} = progressOf(state);
  const usage = usageOf(state);
  const tokens = usage.input_tokens === null && usage.output_tokens === null ? null : (usage.input_tokens ?? 0) + (usage.output_tokens ?? 0);
  // What a call uses is told at its end: before the first one there is nothing to say.
  const isOpen = usage.calls === 0 && [...state.steps.values()].some((step) => step.type === "prompt" && step.status === "running");
  const elapsed = state.startedAt === null ? null : (state.endedAt ?? now) - state.startedAt;
  const left = remaining(state, now, estimate);
  const started = state.answer.started_at ?? state.answer.created_at;
  const isToday = new Date(started).toDateString() === new Date().toDateString();
  return html`<div class="rhead">
    <div class="rs1">${status(runStatus(state), {pill: true, label: statusLabel(state)})}
      ${of > 0 ? html`<div class="prog" role="progressbar" aria-label="Steps done" aria-valuemin="0" aria-valuemax=${of} aria-valuenow=${done}><i class=${failed > 0 ? "bad" : state.status === "succeeded" ? "ok" : nothing} style=${{"--v": `${(done / of) * 100}%`}}></i></div>
      <span class="sm muted num">${formatNumber(done)} of ${formatNumber(of)} steps</span>` : nothing}</div>
    <dl class="facts">
      ${fact({term: "Elapsed", value: formatDuration(elapsed)})}
      ${left ? fact({term: "Left", value: left, style: "hide-s", title: "From earlier runs of this pipeline"}) : nothing}
      ${fact({term: "Tokens", value: isOpen ? UNKNOWN : usage.calls === 0 ? "0" : formatNumber(tokens), title: tokens === null ? undefined : `${formatNumber(usage.input_tokens)} in, ${formatNumber(usage.output_tokens)} out`})}
      ${fact({term: "Cost", value: isOpen ? UNKNOWN : formatCost(usage.cost_usd), title: usage.cost_usd === null ? "The price of a model is not known" : undefined})}
      ${fact({term: "Version", value: versionWord(state.answer.version), style: "hide-s"})}
      ${fact({term: "Trigger", value: html`${triggerWord(state.answer.trigger)}${state.answer.mode === "replay" ? html` <span class="tag">recorded answers</span>` : nothing}`, style: "hide-s"})}
      ${state.answer.forked_from ? fact({term: "Goes on from", value: html`<a class="link" href="/runs/${state.answer.forked_from}">an earlier run</a>`, style: "hide-s"}) : nothing}
      ${fact({term: "Started", value: html`<time datetime=${started}>${isToday ? formatClock(started) : formatMoment(started)}</time>`, style: "hide-m", title: formatMoment(started)})}
    </dl></div>`;
}
