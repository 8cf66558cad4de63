// The four figures that say most about a step of its type. What is not known is left out, or "–".

import {formatDuration, formatNumber, formatSize} from "../../model/format.js";
import {durationOf} from "../../model/run-timeline.js";

/** @typedef {import("../../model/run-state.js").StepState} StepState */
/** @typedef {[string, string]} Figure value and what it is */

/** @param {StepState} step @param {any} output @param {number} now @param {{bytes: number} | null} streamed @returns {Figure[]} */
export function figuresOf(step, output, now, streamed) {
  if (step.attempts.length === 0) return [];
  const tries = /** @type {Figure} */ ([String(step.attempts.length), step.attempts.length === 1 ? "try" : "tries"]);
  const time = /** @type {Figure} */ ([formatDuration(durationOf(step, now)), "time"]);
  switch (step.type) {
    case "prompt": return promptFigures(step, output, streamed, time, tries);
    case "code": return [[output?.exit_code === undefined || output.exit_code === null ? "–" : String(output.exit_code), "exit code"],
      [formatDuration(output?.usage?.cpu_ms), "processor"], [formatSize(output?.usage?.peak_memory_bytes), "peak memory"], tries];
    case "api": return [[output?.status === undefined ? "–" : String(output.status), "status"], [formatDuration(output?.timing?.first_byte_ms), "first byte"], [formatDuration(output?.timing?.total_ms), "in all"], tries];
    case "file": return [[output?.size === undefined || output.size === null ? "–" : formatSize(output.size), "size"], time, tries];
    case "condition": return [[output?.branch ?? step.branch ?? "–", "branch"], [output?.result === undefined ? "–" : String(output.result), "result"], time];
    case "transform": return [[output?.result_type ?? "–", "kind of result"], [Array.isArray(output?.result) ? formatNumber(output.result.length) : "–", "items"], time, tries];
    default: return [time, tries];
  }
}

/** @param {StepState} step @param {any} output @param {{bytes: number} | null} streamed @param {Figure} time @param {Figure} tries @returns {Figure[]} */
function promptFigures(step, output, streamed, time, tries) {
  const attempt = step.attempts.at(-1);
  const out = step.usage?.output_tokens ?? output?.usage?.output_tokens ?? null;
  const wait = attempt && attempt.firstTextAt !== null ? attempt.firstTextAt - attempt.startedAt : output?.latency?.first_token_ms ?? null;
  const total = output?.latency?.total_ms ?? null;
  const speed = out !== null && total !== null && wait !== null && total > wait && out > 1 ? (out - 1) / ((total - wait) / 1000) : null;
  if (step.status === "running") return [[formatSize(streamed?.bytes ?? 0), "answer so far"], [formatDuration(wait), "first token"], time];
  // What failed before a model answered has no tokens to tell of.
  if (out === null && wait === null) return [time, tries];
  return [[formatNumber(out), "tokens out"], [formatNumber(step.usage?.input_tokens ?? output?.usage?.input_tokens), "tokens in"],
    [formatNumber(speed, 1), "tokens / s"], [formatDuration(wait), "first token"]];
}
