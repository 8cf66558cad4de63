// <cf-runs-table> runs as rows; of a long list only those near the screen are in the page.

import {each, html, nothing, ref} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {formatCost, formatDuration, formatNumber} from "../../model/format.js";
import {isOver} from "../../model/run-state.js";
import {runStatusName, status} from "../../parts/status.js";
import "../../parts/time.js";
import {triggerWord, versionWord} from "../run/head.js";

/** @typedef {import("../../../Client/client.d.ts").RunMetadata} RunMetadata */

const WINDOWED = 60;
/** Rows beyond the window, so that a small scroll shows no empty place; each costs its share of a frame where all are new. */
const SPARE = 6;
/** After a jump all rows are new: the ones that are seen come first. */
const SPARE_AFTER_JUMP = 1;

/** @param {RunMetadata["usage"]} usage */
const tokensOf = ({input_tokens, output_tokens}) => (input_tokens === null && output_tokens === null ? null : (input_tokens ?? 0) + (output_tokens ?? 0));

export class RunsTable extends Part {
  static props = {runs: [], me: "", isWhole: false, titles: new Map()};
  /** @type {RunMetadata[]} */ runs;
  /** @type {string} */ me;
  /** @type {boolean} */ isWhole;
  /** What pipelines are called by people, as far as it is known. @type {Map<string | null, string>} */ titles;
  #scroll = signal(0);
  #rowHeight = signal(53);
  #spare = SPARE;
  /** @type {HTMLElement | null} */ #body = null;

  connected() {
    let isDue = false;
    const onScroll = () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => { isDue = false; this.#measure(); this.#spare = Math.abs(scrollY - this.#scroll.peek()) > innerHeight / 2 ? SPARE_AFTER_JUMP : SPARE; this.#scroll.value = scrollY; });
    };
    addEventListener("scroll", onScroll, {passive: true});
    addEventListener("resize", onScroll);
    this.own(() => { removeEventListener("scroll", onScroll); removeEventListener("resize", onScroll); });
  }

  #measure() {
    const row = this.querySelector("tbody tr[data-run]");
    const height = row?.getBoundingClientRect().height ?? 0;
    if (height > 0) this.#rowHeight.value = height;
  }

  #range() {
    const {length} = this.runs;
    if (length <= WINDOWED) return {first: 0, end: length};
    const height = this.#rowHeight.value;
    const top = this.#scroll.value - (this.#body ? this.#body.getBoundingClientRect().top + scrollY : 0);
    const at = Math.max(0, Math.floor(top / height));
    return {first: Math.min(Math.max(0, at - this.#spare), Math.max(0, length - 1)), end: Math.min(length, at + Math.ceil(innerHeight / height) + this.#spare)};
  }

  view() {
    const {runs} = this;
    const {first, end} = this.#range();
    const height = this.#rowHeight.value;
    return html`<table class="tbl runs" aria-rowcount=${this.isWhole ? runs.length + 1 : -1}><caption class="sr">Runs, newest first</caption>
      <thead><tr aria-rowindex="1"><th scope="col">Run</th><th scope="col">Status</th><th scope="col" class="h-m">Trigger</th><th scope="col" class="r">Duration</th><th scope="col" class="r">Tokens</th><th scope="col" class="r">Cost</th><th scope="col" class="r">Started</th></tr></thead>
      <tbody ${ref((/** @type {HTMLElement} */ body) => { this.#body = body; })}>${first > 0 ? html`<tr class="gap" aria-hidden="true" style=${{"--h": `${first * height}px`}}><td colspan="7"></td></tr>` : nothing}
        ${each(runs.slice(first, end), (run) => run.id, (run, i) => this.#row(run, first + i), {reuses: true})}
        ${end < runs.length ? html`<tr class="gap" aria-hidden="true" style=${{"--h": `${(runs.length - end) * height}px`}}><td colspan="7"></td></tr>` : nothing}</tbody></table>`;
  }

  /** @param {RunMetadata} run @param {number} place */
  #row(run, place) {
    const isMine = run.owner === this.me;
    return html`<tr data-run=${run.id} aria-rowindex=${place + 2}><td class="name"><a class="main" href="/runs/${run.id}"><span class="trunc" title=${run.pipeline.name}>${this.titles.get(run.pipeline.id) ?? run.pipeline.name}</span></a><div class="xs dim mono">#${run.number} · ${versionWord(run.version)}${isMine ? nothing : html` · <span class="other">by somebody else</span>`}</div></td>
      <td class="how">${status(runStatusName(run), {pill: true})}</td><td class="muted h-m">${triggerWord(run.trigger)}${run.mode === "replay" ? html` <span class="tag">recorded</span>` : nothing}</td>
      <td class="r time">${isOver(run.status) ? formatDuration(run.duration_ms) : html`<cf-elapsed .since=${run.started_at ?? run.created_at}></cf-elapsed>`}</td>
      <td class="r muted h-s">${formatNumber(run.usage ? tokensOf(run.usage) : null)}</td><td class="r muted h-s">${formatCost(run.usage?.cost_usd)}</td>
      <td class="r muted when"><cf-time .moment=${run.started_at ?? run.created_at}></cf-time></td></tr>`;
  }
}

RunsTable.define("cf-runs-table");
