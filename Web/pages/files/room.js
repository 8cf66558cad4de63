// How much of the room for files is taken.

import {html, nothing} from "../../dom/html.js";
import {formatPercent, formatSize} from "../../model/format.js";
import {icon} from "../../parts/icon.js";

/** From this part on it is time to say that it gets full. */
const NEARLY = 0.9;

/** @param {{used: number | null, quota: number | null}} room */
export function roomView({used, quota}) {
  if (used === null) return nothing;
  if (quota === null) return html`<span class="room dim num">${icon("cache", 14)}${formatSize(used)}</span>`;
  const isNear = used >= quota * NEARLY;
  return html`<span class=${`room num ${isNear ? "warnc" : "dim"}`} title=${`${formatPercent(quota === 0 ? 1 : used / quota)} of your quota`}>
    ${icon(isNear ? "warn" : "cache", 14)}${formatSize(used)} of ${formatSize(quota)}</span>`;
}
