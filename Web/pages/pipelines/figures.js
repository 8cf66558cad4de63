// Figures of a pipeline from its latest runs, and how an event changes them before the server is asked again.

/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../../Client/client.d.ts").RunStatus} RunStatus */

/** As many runs as the server gives with a pipeline. */
export const SHOWN_RUNS = 24;

/**
 * The middle duration of those that succeeded: failed runs often end early and would make a pipeline look fast.
 * @param {PipelineSummary["sparkline"]} runs
 * @returns {number | null}
 */
export function medianDuration(runs) {
  const times = runs.flatMap((run) => run.status === "succeeded" && run.duration_ms !== null ? [run.duration_ms] : [])
    .sort((a, b) => a - b);
  if (times.length === 0) return null;
  const middle = times.length >> 1;
  return times.length % 2 === 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

/** @param {RunStatus} status */
export function isLive(status) {
  return status === "queued" || status === "running" || status === "waiting";
}

/**
 * A pipeline after an event about one of its runs.
 * @param {PipelineSummary} pipeline
 * @param {{id: string, number: number, status: RunStatus, created_at: string, duration_ms: number | null}} run
 * @returns {PipelineSummary}
 */
export function withRun(pipeline, run) {
  const latest = pipeline.last_run;
  const bar = {status: run.status, duration_ms: run.duration_ms};
  const isSame = latest?.id === run.id;
  if (!isSame && latest && latest.number > run.number) return pipeline;
  const sparkline = isSame && pipeline.sparkline.length > 0
    ? [...pipeline.sparkline.slice(0, -1), bar]
    : [...pipeline.sparkline, bar].slice(-SHOWN_RUNS);
  const {id, number, status, created_at, duration_ms} = run;
  return {...pipeline, sparkline, last_run: {id, number, status, created_at, duration_ms}};
}

/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */

/** Fewer runs than this in a day say nothing about a pipeline. */
const ENOUGH_RUNS = 4;
/** How much lower the day's rate has to be to be worth a word. */
const WORTH_SAYING = 0.1;

/**
 * The pipeline that fails more today than in the week before, by the most.
 * @param {UsageFigures} today
 * @param {UsageFigures} week
 * @returns {{id: string, name: string} | null}
 */
export function troubled(today, week) {
  const usual = new Map(week.by_pipeline.map(({id, runs}) => [id, runs.success_rate]));
  let worst = null, most = WORTH_SAYING;
  for (const {id, name, runs} of today.by_pipeline) {
    const before = usual.get(id) ?? null;
    if (id === null || before === null || runs.success_rate === null || runs.ended < ENOUGH_RUNS) continue;
    if (before - runs.success_rate < most) continue;
    most = before - runs.success_rate;
    worst = {id, name};
  }
  return worst;
}
