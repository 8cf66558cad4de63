// The lines of a run's log: what happened, in words, and what its programs printed.

import {plainLine} from "./plain-text.js";

/** @typedef {import("./run-state.js").RunEvent} RunEvent */
/** @typedef {import("../../Client/client.d.ts").Run} Run */
/** @typedef {"info"|"out"|"err"|"warn"|"error"} Level out and err are what programs printed on their two streams */
/** @typedef {{at: number, level: Level, step: string|null, text: string}} Line */
/** @typedef {{position: number, step: string, attempt: string|number, stream: string, at: string, text: string}} Printed */

/** Longer lines are cut: no reader wants them, and no page survives them. */
const LONGEST = 4000;

/** What an event says, as lines; text that was printed is not among them. @param {RunEvent} event @returns {Line[]} */
export function linesOfEvent(event) {
  const said = wordsOf(event.type, event.data ?? {});
  if (said === null) return [];
  const [level, text] = said;
  return [{at: Date.parse(event.at), level, step: event.step ?? null, text: plainLine(text.replaceAll("\n", " "))}];
}

/** @param {string} type @param {{[name: string]: any}} data @returns {[Level, string]|null} */
function wordsOf(type, data) {
  switch (type) {
    case "run.started": return ["info", "run started"];
    case "run.paused": return ["info", "run paused: what runs goes on to its end"];
    case "run.resumed": return ["info", "run resumed"];
    case "run.retried": return ["info", data.from ? `retry from ${data.from}` : "retry of what failed"];
    case "run.cancelling": return ["warn", "cancel asked for"];
    case "run.changes": return [data.status === "conflict" ? "warn" : "info", `file changes: ${data.status}`];
    case "run.finished": return data.status === "failed" ? ["error", `run failed${data.error ? `: ${data.error.message}` : ""}`] : ["info", `run ${data.status}`];
    case "attempt.started": return ["info", data.attempt === 1 ? "started" : `try ${data.attempt} started`];
    case "attempt.failed": return ["error", `try ${data.attempt} failed: ${data.error?.message ?? "unknown"}`];
    case "attempt.lost": return ["warn", `try ${data.attempt} was lost: the server stopped while it ran`];
    case "step.waiting": return ["info", data.for === "retry" ? "waits before the next try" : `waits for ${data.for ?? "its turn"}`];
    case "step.succeeded": return ["info", `succeeded${data.branch ? `, takes ${data.branch}` : ""}${typeof data.usage?.output_tokens === "number" ? `, ${data.usage.output_tokens} tokens out` : ""}`];
    case "step.failed": return ["error", `${data.handled ? "failed, and on_error took it" : "failed"}: ${data.error?.message ?? "unknown"}`];
    case "step.cancelled": return ["warn", "cancelled"];
    case "step.skipped": return ["info", `skipped: ${data.text ?? data.code}`];
    case "warning": return ["warn", String(data.text)];
    default: return null;
  }
}

/** The events that an ended run must have had, for a log without its stream. @param {Run} run @returns {RunEvent[]} */
export function eventsOfAnswer(run) {
  /** @type {RunEvent[]} */
  const events = [];
  const add = (/** @type {string} */ type, /** @type {number|string} */ at, /** @type {string|undefined} */ step, data = {}) =>
    events.push({type, at: typeof at === "number" ? new Date(at).toISOString() : at, step, data});
  if (run.started_at) add("run.started", run.started_at, undefined);
  for (const step of run.steps) {
    for (const attempt of step.attempts) {
      const end = Date.parse(attempt.started_at) + (attempt.duration_ms ?? 0);
      add("attempt.started", attempt.started_at, step.path, {attempt: attempt.number});
      if (attempt.status === "failed") add("attempt.failed", end, step.path, {attempt: attempt.number, error: attempt.error});
      if (attempt.status === "lost") add("attempt.lost", end, step.path, {attempt: attempt.number});
    }
    if (step.started_at === null || step.duration_ms === null) continue;
    const end = Date.parse(step.started_at) + step.duration_ms;
    for (const text of step.warnings) add("warning", end, step.path, {text});
    if (step.status === "succeeded") add("step.succeeded", end, step.path, {branch: step.branch, usage: step.usage});
    if (step.status === "failed") add("step.failed", end, step.path, {error: step.error, handled: step.handled});
    if (step.status === "cancelled") add("step.cancelled", end, step.path);
  }
  if (run.finished_at) add("run.finished", run.finished_at, undefined, {status: run.status, error: run.error});
  return events.map((event, place) => ({event, place}))
    .sort((a, b) => Date.parse(a.event.at) - Date.parse(b.event.at) || a.place - b.place).map(({event}) => event);
}

/** Makes lines of printed pieces, which may end anywhere in a line. */
export class LineMaker {
  /** @type {Map<string, Line>} lines that have no end yet, by step, attempt and stream */
  #open = new Map();

  /**
   * Adds the lines of a piece; a line that was open grows where it stands.
   * @param {Printed} piece @param {Line[]} into
   */
  add(piece, into) {
    if (piece.stream === "text") return;
    const key = `${piece.step} ${piece.attempt} ${piece.stream}`;
    const parts = piece.text.split("\n");
    parts.forEach((part, place) => {
      const isLast = place === parts.length - 1;
      let line = place === 0 ? this.#open.get(key) : undefined;
      if (line) this.#open.delete(key);
      if (line) line.text = shown(line.text + part);
      else if (part !== "" || !isLast) {
        line = {at: Date.parse(piece.at), level: piece.stream === "stderr" ? "err" : "out", step: piece.step, text: shown(part)};
        into.push(line);
      }
      if (isLast && line) this.#open.set(key, line);
    });
  }
}

/** @param {string} text */
function shown(text) {
  const plain = plainLine(text.length > LONGEST * 2 ? text.slice(0, LONGEST * 2) : text);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)} … (cut)` : plain;
}

/** @param {Line} line @param {{level: string, words: string, step: string|null}} filter */
export function fits(line, filter) {
  if (filter.step !== null && line.step !== filter.step) return false;
  if (filter.level === "printed" && line.level !== "out" && line.level !== "err") return false;
  if (filter.level === "problems" && line.level !== "warn" && line.level !== "error" && line.level !== "err") return false;
  return filter.words === "" || line.text.toLowerCase().includes(filter.words) || (line.step?.toLowerCase().includes(filter.words) ?? false);
}
