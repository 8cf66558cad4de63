// What a run looks like right now: the answer of `GET run`, and every event of it since.
//
// The answer is the truth at one moment; events are what came after. A stream of events begins at the run's first
// one, so most of what it tells is older than the answer: an event before the latest moment that the answer names is
// in it already, and only its text is taken. Events of that very moment may be in it or not; taking one twice
// changes nothing. No clock, no network, no DOM in here.

import {emptyText, withPiece} from "./run-text.js";

/** @typedef {import("../../Client/client.d.ts").Run} Run */
/** @typedef {import("../../Client/client.d.ts").RunMetadata} RunMetadata */
/** @typedef {import("../../Client/client.d.ts").StepRun} StepRun */
/** @typedef {import("../../Client/client.d.ts").Failure} Failure */
/** @typedef {import("../../Client/client.d.ts").Usage} Usage */
/** @typedef {import("../../Client/client.d.ts").RunStatus} RunStatus */
/** @typedef {import("./run-text.js").Text} Text */

/** @typedef {{number: number, status: "running"|"succeeded"|"failed"|"cancelled"|"lost", startedAt: number,
 *   endedAt: number|null, error: Failure|null, firstTextAt: number|null}} AttemptState */
/** @typedef {{path: string, id: string, type: string, title: string, status: StepRun["status"], handled: boolean,
 *   error: Failure|null, attempts: AttemptState[], skipped: {code: string, text: string}|null, waitingFor: string|null,
 *   due: number|null, branch: string|null, warnings: string[], usage: Usage|null, startedAt: number|null,
 *   endedAt: number|null, cached: boolean, progress: {done: number, of: number|null, note: string|null}|null,
 *   revision: number}} StepState `revision` grows whenever something of the step changed that only the server can tell
 *   in full: its output, what it was given. */
/** @typedef {{id: string, full: boolean, answer: Run|RunMetadata, status: RunStatus, paused: boolean,
 *   cancelling: boolean, error: Failure|null, startedAt: number|null, endedAt: number|null, changes: string,
 *   order: string[], steps: Map<string, StepState>, texts: Map<string, Text>, seenAt: number, lastEvent: number,
 *   stale: boolean}} RunState `stale`: the answer should be asked for again. */
/** @typedef {{id?: number, type: string, at: string, step?: string, data?: {[name: string]: any}}} RunEvent */

/** @param {string|null|undefined} text */
const moment = (text) => (text ? Date.parse(text) : null);

const FINAL = new Set(["succeeded", "failed", "cancelled"]);
/** Whether a run or step of this status has ended. @param {string} status */
export const isOver = (status) => FINAL.has(status) || status === "skipped";

/** @param {string} step @param {number} attempt @param {string} stream */
export const textKey = (step, attempt, stream) => `${step} ${attempt} ${stream}`;

/**
 * The state that an answer of `GET run` describes. What streamed so far is kept from the state before.
 * @param {Run|RunMetadata} answer @param {RunState|null} [before] @returns {RunState}
 */
export function fromAnswer(answer, before = null) {
  const full = "steps" in answer;
  /** @type {Map<string, StepState>} */
  const steps = new Map();
  let seenAt = Math.max(moment(answer.created_at) ?? 0, moment(answer.finished_at) ?? 0);
  if (full) {
    const titles = documentTitles(answer.document);
    for (const step of answer.steps) {
      const state = fromStep(step, titles.get(step.id) ?? "", before?.steps.get(step.path));
      steps.set(step.path, state);
      for (const attempt of state.attempts) seenAt = Math.max(seenAt, attempt.endedAt ?? attempt.startedAt);
    }
  }
  const isPaused = [...steps.values()].some((step) => step.waitingFor?.startsWith("the run is paused"));
  return {
    id: answer.id, full, answer, status: answer.status,
    // A server that does not say so tells of a pause by what its steps wait for, and by events.
    paused: !FINAL.has(answer.status) && (/** @type {{paused?: boolean}} */ (answer).paused ?? (isPaused || (before?.paused ?? false))),
    cancelling: FINAL.has(answer.status) ? false : before?.cancelling ?? false,
    error: full ? answer.error : null,
    startedAt: moment(answer.started_at),
    endedAt: FINAL.has(answer.status) ? moment(answer.finished_at) : null,
    changes: full ? answer.changes.status : "none",
    order: [...steps.keys()], steps,
    texts: before?.texts ?? new Map(),
    seenAt, lastEvent: before?.lastEvent ?? 0, stale: false,
  };
}

/** @param {{[name: string]: any}} document @returns {Map<string, string>} */
function documentTitles(document) {
  const steps = Array.isArray(document?.steps) ? document.steps : [];
  return new Map(steps.filter((step) => typeof step?.title === "string").map((step) => [String(step.id), step.title]));
}

/** @param {StepRun} step @param {string} title @param {StepState} [before] @returns {StepState} */
function fromStep(step, title, before) {
  const attempts = step.attempts.map((attempt) => {
    const startedAt = moment(attempt.started_at) ?? 0;
    const streamed = before?.attempts.find((one) => one.number === attempt.number)?.firstTextAt ?? null;
    return {
      number: attempt.number, status: attempt.status, startedAt,
      endedAt: attempt.duration_ms === null ? null : startedAt + attempt.duration_ms,
      error: attempt.error, firstTextAt: streamed,
    };
  });
  const last = attempts.at(-1);
  const latency = step.type === "prompt" && last?.status === "succeeded" ? firstToken(step.output) : null;
  if (last && latency !== null) last.firstTextAt = last.startedAt + latency;
  const startedAt = moment(step.started_at);
  return {
    path: step.path, id: step.id, type: step.type, title, status: step.status, handled: step.handled,
    error: step.error, attempts, skipped: step.skipped_because, waitingFor: step.waiting_for, due: null,
    branch: step.branch, warnings: step.warnings, usage: step.usage, startedAt,
    endedAt: startedAt !== null && step.duration_ms !== null && isOver(step.status) ? startedAt + step.duration_ms : null,
    cached: step.cached, progress: before?.progress ?? null, revision: (before?.revision ?? 0) + 1,
  };
}

/** @param {any} output */
function firstToken(output) {
  const time = output?.latency?.first_token_ms;
  return typeof time === "number" ? time : null;
}

/**
 * The state after these events. What does not change is shared with the state before.
 * @param {RunState} before @param {RunEvent[]} events @returns {RunState}
 */
export function withEvents(before, events) {
  const state = {...before, steps: new Map(before.steps), texts: new Map(before.texts)};
  for (const event of events) take(state, event);
  return state;
}

/** @param {RunState} state @param {RunEvent} event */
function take(state, event) {
  if (event.type === "token" || event.type === "log") return takeText(state, event);
  if (event.id !== undefined) {
    if (event.id <= state.lastEvent) return;
    state.lastEvent = event.id;
  }
  // Whether a run is paused is told by its events alone, so these count whatever their age.
  if (event.type === "run.paused") state.paused = !FINAL.has(state.status);
  else if (event.type === "run.cancelling") state.cancelling = !FINAL.has(state.status);
  else if (event.type === "run.resumed" || event.type === "run.finished") {
    state.paused = false;
    if (event.type === "run.finished") state.cancelling = false;
  }
  const at = Date.parse(event.at);
  if (at < state.seenAt && event.type !== "progress") return;
  if (event.type.startsWith("run.")) takeRun(state, event, at);
  else if (event.step !== undefined) takeStep(state, event, at);
}

/** @param {RunState} state @param {RunEvent} event @param {number} at */
function takeRun(state, event, at) {
  switch (event.type) {
    case "run.started": case "run.continued": state.status = "running"; state.startedAt ??= at; break;
    case "run.waiting": state.status = "waiting"; break;
    case "run.resumed": case "run.retried":
      // Which steps begin anew is known to the server alone.
      state.stale = FINAL.has(state.status) || state.stale;
      if (FINAL.has(state.status)) { state.status = "running"; state.endedAt = null; state.error = null; }
      break;
    case "run.changes": state.changes = event.data?.status ?? state.changes; state.stale = true; break;
    case "run.finished":
      state.status = event.data?.status ?? state.status;
      state.error = event.data?.error ?? null;
      state.endedAt = at;
      state.stale = true;
  }
}

/** @param {RunState} state @param {RunEvent} event @param {number} at */
function takeStep(state, event, at) {
  const old = state.steps.get(String(event.step));
  if (!old) { state.stale = true; return; }
  const step = {...old};
  state.steps.set(step.path, step);
  const data = event.data ?? {};
  /** @param {StepState["status"]} status */
  const end = (status) => {
    step.status = status; step.endedAt = step.startedAt === null ? null : at; step.waitingFor = null; step.due = null;
    step.progress = null; step.revision += 1;
  };
  switch (event.type) {
    case "attempt.started": begin(step, data.attempt, at); break;
    case "attempt.failed": close(step, data.attempt, "failed", at, data.error); step.revision += 1; break;
    case "attempt.lost": close(step, data.attempt, "lost", at, null); break;
    case "step.waiting":
      step.status = "waiting"; step.due = moment(data.due); step.waitingFor = data.for ?? null; break;
    case "step.succeeded":
      close(step, data.attempt, "succeeded", at, null);
      step.branch = data.branch ?? null; step.usage = data.usage ?? step.usage; step.error = null; end("succeeded"); break;
    case "step.failed":
      close(step, step.attempts.at(-1)?.number ?? 0, "failed", at, data.error);
      step.error = data.error ?? null; step.handled = data.handled === true; end("failed"); break;
    case "step.cancelled": close(step, data.attempt, "cancelled", at, null); end("cancelled"); break;
    case "step.skipped": step.skipped = {code: data.code, text: data.text}; end("skipped"); break;
    case "warning": if (!step.warnings.includes(data.text)) step.warnings = [...step.warnings, data.text]; break;
    case "progress":
      if (!isOver(step.status)) step.progress = {done: data.done, of: data.of ?? null, note: data.note || null};
  }
}

/** @param {StepState} step @param {number} number @param {number} at */
function begin(step, number, at) {
  step.progress = null;
  step.status = "running"; step.waitingFor = null; step.due = null; step.skipped = null; step.endedAt = null;
  step.startedAt ??= at;
  if (step.attempts.some((attempt) => attempt.number === number)) return;
  step.attempts = [...step.attempts, {number, status: "running", startedAt: at, endedAt: null, error: null, firstTextAt: null}];
  step.revision += 1;
}

/** @param {StepState} step @param {number} number @param {AttemptState["status"]} status @param {number} at @param {Failure|null} error */
function close(step, number, status, at, error) {
  step.attempts = step.attempts.map((attempt) => attempt.number === number && attempt.status === "running"
    ? {...attempt, status, endedAt: at, error: error ?? null} : attempt);
}

/** @param {RunState} state @param {RunEvent} event */
function takeText(state, event) {
  const {attempt, stream, offset, text} = event.data ?? {};
  const path = String(event.step);
  const key = textKey(path, attempt, stream);
  const had = state.texts.get(key) ?? emptyText;
  state.texts.set(key, withPiece(had, offset, text));
  const at = Date.parse(event.at);
  const step = state.steps.get(path);
  // Text that was read late comes in one piece with the time of its last byte: only what is new has a time to trust.
  if (!step || stream !== "text" || offset !== 0 || at < state.seenAt) return;
  step.attempts.forEach((one, place) => {
    if (one.number !== attempt || one.firstTextAt !== null) return;
    state.steps.set(path, {...step, attempts: step.attempts.with(place, {...one, firstTextAt: at})});
  });
}
