// The runs that fit the filters, as a file for a spreadsheet: read page by page, all of them or the newest so many.

import {each} from "../../app/api.js";
import {csvOf} from "../../model/csv.js";
import {formatCount} from "../../model/format.js";
import {saveText} from "../../parts/copy.js";
import {listRequest} from "./filters.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */

const PAGE = 200;
/** More would be a long wait and a file that few programs open. */
const MOST = 20_000;

const HEAD = ["id", "number", "pipeline", "version", "status", "trigger", "mode", "created_at", "started_at", "finished_at", "duration_ms", "calls", "input_tokens", "output_tokens", "cost_usd"];

/** @param {RunMetadata} run */
const row = ({id, number, pipeline, version, status, trigger, mode, created_at, started_at, finished_at, duration_ms, usage}) => [
  id, number, pipeline.name, version, status, trigger, mode, created_at, started_at, finished_at, duration_ms, usage?.calls, usage?.input_tokens, usage?.output_tokens, usage?.cost_usd,
];

/**
 * @param {App} app
 * @param {import("./filters.js").Filters} filters
 * @param {AbortSignal} signal
 * @returns {Promise<string>} what was saved, in words
 */
export async function exportRuns(app, filters, signal) {
  /** @type {unknown[][]} */
  const rows = [];
  for await (const run of each((page) => app.api.listRuns(page), {...listRequest(filters, Date.now()), limit: PAGE, signal})) {
    if (rows.push(row(run)) >= MOST) break;
  }
  saveText(`runs-${new Date().toISOString().slice(0, 10)}.csv`, csvOf(HEAD, rows), "text/csv");
  return rows.length >= MOST ? `The newest ${formatCount(rows.length, "run")} saved` : `${formatCount(rows.length, "run")} saved`;
}
