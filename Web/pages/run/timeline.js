// <cf-run-timeline> every step of a run as a row with its bars. Of long runs only the rows in view are in the page.

import {each, html, nothing, ref} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {remPx} from "../../dom/rem.js";
import {signal} from "../../dom/signal.js";
import {formatDuration} from "../../model/format.js";
import {windowOf} from "../../model/log-window.js";
import {outputNote} from "../../model/output-views.js";
import {isOver} from "../../model/run-state.js";
import {barsOf, durationOf, scaleOf, ticksOf, shareOf} from "../../model/run-timeline.js";
import {glyph} from "../../parts/icon.js";
import {status} from "../../parts/status.js";

/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../model/run-state.js").StepState} StepState */
/** @typedef {import("../../model/run-timeline.js").Scale} Scale */
/** @typedef {import("../../../Client/client.d.ts").Run} Run */

const ROW_REM = 2.375;
/** Runs of fewer steps are in the page as a whole. */
const WINDOWED = 120;

/** The text size of the reader decides. */
const rowPx = () => remPx(ROW_REM);

const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(3)}%`;

/** How a step stands, in the words of the status icons. @param {StepState} step */
export const statusOf = (step) => step.cached && step.status === "succeeded" ? "cached"
  : step.status === "waiting" && step.waitingFor === "retry" ? "retrying" : step.status;

export class RunTimeline extends Part {
  static props = {state: null, now: 0, selected: null};
  /** @type {RunState | null} */ state;
  /** @type {number} */ now;
  /** @type {string | null} */ selected;
  #scrollTop = signal(0);
  #height = signal(400);

  view() {
    const {state, now} = this;
    if (!state) return nothing;
    const scale = scaleOf(state, now);
    const outputs = new Map(/** @type {Run} */ (state.answer).steps.map((step) => [step.path, step.output]));
    const steps = state.order.flatMap((path) => state.steps.get(path) ?? []);
    const isWindowed = steps.length > WINDOWED && !matchMedia("(max-width: 640px)").matches;
    const range = isWindowed ? windowOf({count: steps.length, rowHeight: rowPx(), viewHeight: this.#height.value, scrollTop: this.#scrollTop.value})
      : {first: 0, end: steps.length, top: 0, height: 0};
    return html`<div class="tl scroll" @scroll=${this.#onScroll} @keydown=${this.#onKey} ${ref(this.#onBox)}>
      <div class="axis" aria-hidden="true"><span></span><span class="ax">${ticksOf(scale).map((tick) => html`<i style=${{"--at": percent(tick.share)}}>${tick.elapsed === 0 ? "0" : formatDuration(tick.elapsed)}</i>`)}</span><span></span></div>
      <div class="tl-rows ${isWindowed ? "windowed" : ""}" role="list" aria-label="Steps" style=${{height: isWindowed ? `${range.height}px` : null}}>
        <div class="tl-shown" style=${{translate: isWindowed ? `0 ${range.top}px` : null}}>${each(steps.slice(range.first, range.end), (step) => step.path, (step) => this.#row(step, scale, outputs.get(step.path)))}</div>
        <div class="marks" aria-hidden="true"><span></span><span class="nl">${ticksOf(scale).map((tick) => html`<i class="grid" style=${{"--at": percent(tick.share)}}></i>`)}${scale.cuts.map((cut) => html`<i class="cut" style=${{"--at": percent(cut.place)}}></i>`)}${isOver(state.status) || state.startedAt === null ? nothing : html`<i class="now" style=${{"--at": percent(shareOf(scale, now))}}></i>`}</span><span></span></div>
      </div>
    </div>`;
  }

  /** @param {StepState} step @param {Scale} scale @param {unknown} output */
  #row(step, scale, output) {
    const bars = barsOf(step, scale, this.now);
    const last = bars.at(-1);
    const isChosen = step.path === this.selected;
    const duration = durationOf(step, this.now);
    const tries = step.attempts.length;
    const note = noteOf(step, output, this.now, /** @type {RunState} */ (this.state));
    const noteAt = last ? Math.min(last.from + last.width, 0.98) : 0;
    return html`<div role="listitem"><button type="button" class="trow s-${step.status} ${isChosen ? "on" : ""}" data-path=${step.path} aria-current=${isChosen ? "true" : nothing} @click=${() => this.emit("select-step", step.path)}>
      <span class="tn">${status(statusOf(step), {label: ""})}${glyph(step.type, "sm")}<span class="trunc"><b class="mono">${step.path}</b></span>${tries > 1 ? html`<span class="tag">${tries} tries</span>` : nothing}</span>
      <span class="tt">${bars.map((bar) => html`<i class="gb ${bar.kind}" style=${{"--from": percent(bar.from), "--width": percent(bar.width)}}></i>`)}${note ? html`<em class=${noteAt > 0.6 ? "before" : nothing} style=${{"--at": percent(noteAt > 0.6 ? 1 - (bars[0]?.from ?? 0) : noteAt)}}>${note}</em>` : nothing}</span>
      <span class="td num">${duration === null ? "" : formatDuration(duration)}</span></button></div>`;
  }

  /** @param {HTMLElement} box */
  #onBox = (box) => {
    const size = new ResizeObserver(() => { this.#height.value = box.clientHeight; });
    size.observe(box);
    this.own(() => size.disconnect());
  };

  #onScroll = (/** @type {Event} */ event) => { this.#scrollTop.value = /** @type {HTMLElement} */ (event.currentTarget).scrollTop; };

  /** Arrows go from step to step, also to those that are not in the page. @param {KeyboardEvent} event */
  #onKey = (event) => {
    const order = this.state?.order ?? [];
    const at = order.indexOf(/** @type {HTMLElement} */ (event.target).closest("[data-path]")?.getAttribute("data-path") ?? "");
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : -1;
    if (at < 0 || to < 0 || to >= order.length || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.emit("select-step", order[to]);
    this.show(order[to]);
  };

  /** Brings a step into view, with the keyboard on it. @param {string} path */
  show(path) {
    const box = this.querySelector(".tl");
    const place = this.state?.order.indexOf(path) ?? -1;
    if (!box || place < 0) return;
    if (!this.querySelector(`[data-path="${CSS.escape(path)}"]`)) {
      box.scrollTop = place * rowPx() - box.clientHeight / 2;
      this.#scrollTop.value = box.scrollTop;
    }
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (this.querySelector(`[data-path="${CSS.escape(path)}"]`))?.focus());
  }
}

/** What a step that has not begun waits for; of the steps it names, those that have not ended. @param {StepState} step @param {RunState} state */
export function waitOf(step, state) {
  const {waitingFor} = step;
  if (waitingFor === null) return "";
  if (state.paused || waitingFor.startsWith("the run is paused")) return "the run is paused";
  if (!waitingFor.startsWith("the end of ")) return `waits for ${waitingFor}`;
  const left = waitingFor.slice("the end of ".length).split(", ").filter((path) => !isOver(state.steps.get(path)?.status ?? ""));
  return left.length === 0 ? "" : `after ${left.join(", ")}`;
}

/** What there is to say beside the bar. @param {StepState} step @param {unknown} output @param {number} now @param {RunState} state */
function noteOf(step, output, now, state) {
  if (step.status === "skipped") return step.skipped?.text.replaceAll("`", "") ?? "";
  if (step.status === "queued") return waitOf(step, state);
  if (step.status === "waiting") {
    if (step.due !== null && step.due > now) return `tries again in ${formatDuration(step.due - now)}`;
    return step.waitingFor === "retry" || step.waitingFor === null ? "tries again" : `waits for ${step.waitingFor}`;
  }
  if (step.status === "running") {
    const {progress} = step;
    if (!progress) return "";
    return `${progress.of === null ? progress.done : `${progress.done} of ${progress.of}`}${progress.note ? ` ${progress.note}` : ""}`;
  }
  if (step.status === "failed") return `${step.handled ? "handled: " : ""}${step.error?.message ?? ""}`;
  if (step.warnings.length > 0) return step.warnings.length === 1 ? "1 warning" : `${step.warnings.length} warnings`;
  return outputNote(step.type, output);
}

RunTimeline.define("cf-run-timeline");
