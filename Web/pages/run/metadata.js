// A run of somebody else: that it ran, how long, how it went, what it cost. What it held is theirs.

import {html, nothing} from "../../dom/html.js";
import {formatCost, formatDuration, formatMoment, formatNumber} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {status} from "../../parts/status.js";
import {triggerWord, versionWord} from "./head.js";

/** @param {import("../../model/run-state.js").RunState} state @param {import("../../app/app.js").App} app */
export function metadataView({answer}, app) {
  const {usage} = answer;
  const isMine = app.session.value?.account.id === answer.owner;
  /** @type {[string, unknown][]} */
  const facts = [["Started", formatMoment(answer.started_at)], ["Ended", formatMoment(answer.finished_at)], ["Time", formatDuration(answer.duration_ms)],
    ["Trigger", triggerWord(answer.trigger)], ["Version", versionWord(answer.version)], ["Model calls", formatNumber(usage.calls)],
    ["Tokens in", formatNumber(usage.input_tokens)], ["Tokens out", formatNumber(usage.output_tokens)], ["Cost", formatCost(usage.cost_usd)]];
  return html`<div class="page narrow"><section class="card meta"><div class="row">${status(answer.status, {pill: true})}</div>
    ${isMine ? nothing : html`<p class="muted">${icon("lock", 14)} Somebody else started this run. You see how it went; its inputs, outputs, files and log are theirs.</p>`}
    <dl class="kv">${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></section></div>`;
}
