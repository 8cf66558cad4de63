// When the runs of the list began, and which failed: a burst of failures is seen at a glance.

import {html, nothing} from "../../dom/html.js";
import {formatCount, formatDate, formatMoment} from "../../model/format.js";

/** @typedef {import("./merging.js").Bin} Bin */

/** One failure among many runs is seen too; its number is told in words. */
const LEAST_SHARE = 20;

/** @param {Bin[]} bins */
export function histogram(bins) {
  const counts = bins.map((bin) => bin.ok + bin.bad + bin.other);
  const most = Math.max(...counts);
  if (most === 0) return nothing;
  const first = bins[0];
  const last = bins[bins.length - 1];
  const failed = bins.reduce((sum, bin) => sum + bin.bad, 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const worst = bins.reduce((a, b) => (b.bad > a.bad ? b : a));
  const isLong = last.to - first.from > 172_800_000;
  const label = `${formatCount(total, "run")} since ${formatMoment(first.from)}, ${failed} failed${worst.bad > 1 ? `, most of them after ${formatMoment(worst.from)}` : ""}`;
  return html`<figure class="card histo" role="img" aria-label=${label}><div class="bars">${bins.map((bin, i) => html`<i class=${counts[i] === 0 ? "none" : nothing} title=${counts[i] === 0 ? nothing : `${formatMoment(bin.from)}: ${formatCount(counts[i], "run")}${bin.bad ? `, ${bin.bad} failed` : ""}`} style=${{"--v": `${(counts[i] / most) * 100}%`, "--share": bin.bad === 0 ? "0%" : `${Math.max(LEAST_SHARE, (bin.bad / counts[i]) * 100)}%`}}></i>`)}</div>
    <figcaption class="row xs dim"><span>${isLong ? formatDate(first.from) : formatMoment(first.from)}</span><span class="end">now</span></figcaption></figure>`;
}
