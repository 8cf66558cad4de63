import {each, html, nothing} from "../../dom/html.js";
import {formatCompact, formatCost, formatCount, formatDuration, formatNumber, formatPercent} from "../../model/format.js";
import {gaps} from "../../model/usage.js";
import {glyph} from "../../parts/icon.js";
import {tableView} from "../../parts/table.js";
import {costOf} from "./figures.js";

/** @typedef {import("../../../Client/client.d.ts").UsageFigures} UsageFigures */
/** @typedef {import("../../../Client/client.d.ts").UsedSteps[number]} UsedStep */

/** @param {UsageFigures["total"]} sums */
const cost = (sums) => html`${formatCost(costOf(sums))}${sums.calls_without_price ? html`<div class="sm dim">${gaps(sums).price}</div>` : nothing}`;

/** @param {UsageFigures["by_model"]} models */
export const modelTable = (models) => html`
  <section class="card tblcard half" aria-label="By model"><h2>By model</h2>
    ${models.length ? tableView({
      caption: "By model", items: models, key: (one) => one.model,
      columns: [
        {id: "model", label: "Model", view: (one) => one.model === null ? html`<span class="dim">unknown</span>` : html`<b class="mono">${one.model}</b>`},
        {id: "calls", label: "Calls", isNumber: true, view: (one) => formatNumber(one.calls)},
        {id: "in", label: "Tokens in", isNumber: true, view: (one) => formatCompact(one.input_tokens)},
        {id: "out", label: "Tokens out", isNumber: true, view: (one) => formatCompact(one.output_tokens)},
        {id: "cost", label: "Cost", isNumber: true, view: cost},
      ],
    }) : html`<p class="none">No model was asked in these days.</p>`}
  </section>`;

/** @param {UsageFigures["by_pipeline"]} pipelines */
export const pipelineTable = (pipelines) => html`
  <section class="card tblcard half" aria-label="By pipeline"><h2>By pipeline</h2>
    ${pipelines.length ? tableView({
      caption: "By pipeline", items: pipelines, key: (one) => one.id ?? `file ${one.name}`,
      columns: [
        {id: "name", label: "Pipeline", view: (one) => one.id === null ? one.name : html`<a class="main" href=${`/pipelines/${one.id}`}>${one.name}</a>`},
        {id: "runs", label: "Runs", isNumber: true, view: (one) => formatNumber(one.runs.ended)},
        {id: "success", label: "Success", isNumber: true, view: (one) => formatPercent(one.runs.success_rate)},
        {id: "p50", label: "p50 / p95", isNumber: true, view: (one) => `${formatDuration(one.runs.duration_ms?.p50)} / ${formatDuration(one.runs.duration_ms?.p95)}`},
        {id: "cost", label: "Cost", isNumber: true, view: cost},
      ],
    }) : html`<p class="none">No run ended in these days.</p>`}
  </section>`;

/**
 * Steps in an order, with a bar each.
 * @param {{heading: string, steps: UsedStep[], none: string, tone: "" | "bad", part: (step: UsedStep) => number | null, words: (step: UsedStep) => string}} of
 */
function ranked({heading, steps, none, tone, part, words}) {
  const most = Math.max(1e-9, ...steps.map((step) => part(step) ?? 0));
  return html`
    <section class="card panel half" aria-label=${heading}><h2>${heading}</h2>
      ${steps.length ? html`<ol class="ranked">${each(steps, (step) => `${step.pipeline.id}/${step.pipeline.name}/${step.step}`, (step) => html`
        <li>${glyph(step.type, "sm")}
          <div><div class="row">
            ${step.pipeline.id === null ? html`<span class="mono trunc">${step.step}</span>`
              : html`<a class="mono trunc" href=${`/pipelines/${step.pipeline.id}?step=${encodeURIComponent(step.step)}`}>${step.step}</a>`}
            <span class="dim sm trunc">${step.pipeline.name}</span>
            <span class="end num sm">${words(step)}</span></div>
            <div class="meter ${tone}"><i style=${{"--v": `${(part(step) ?? 0) / most * 100}%`}}></i></div></div></li>`)}</ol>`
        : html`<p class="muted">${none}</p>`}
    </section>`;
}

/** @param {UsageFigures["steps"]} steps */
export const slowestSteps = ({slowest}) => ranked({
  heading: "Slowest steps", steps: slowest, none: "No step ran in these days.", tone: "",
  part: (step) => step.mean_ms, words: (step) => `${formatDuration(step.mean_ms)} on average, ${formatCount(step.runs, "run")}`,
});

/** @param {UsageFigures["steps"]} steps */
export const failingSteps = ({most_failing}) => ranked({
  heading: "Steps that fail most", steps: most_failing, none: "No step failed in these days.", tone: "bad",
  part: (step) => step.failures, words: (step) => `${formatNumber(step.failures)} of ${formatCount(step.runs, "run")}`,
});
