// What somebody who does not see the page is told of a run: its end, and each step that ended; never text that streams.

import {formatCount} from "../../model/format.js";
import {isOver} from "../../model/run-state.js";
import {statusWord} from "../../parts/status.js";

/** @typedef {import("../../model/run-state.js").RunState} RunState */

/** @param {{announce: (text: string) => void}} app @param {RunState} before @param {RunState} after */
export function announceChange(app, before, after) {
  if (before.paused !== after.paused && !isOver(after.status)) return app.announce(after.paused ? "Run paused" : "Run resumed");
  if (before.status !== after.status && isOver(after.status)) return app.announce(`Run ${statusWord(after.status).toLowerCase()}${after.error ? `: ${after.error.message}` : ""}`);
  const ended = after.order.filter((path) => {
    const now = after.steps.get(path);
    const then = before.steps.get(path);
    return now && then && now !== then && now.status !== then.status && isOver(now.status) && now.status !== "skipped";
  });
  if (ended.length > 0) app.announce(ended.length > 3 ? `${formatCount(ended.length, "step")} ended` : ended.map((path) => `${path} ${after.steps.get(path)?.status}`).join(", "));
}
