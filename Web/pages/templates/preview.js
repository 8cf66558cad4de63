// What a template is made of: its steps as a graph or a list, its inputs with the sample, and what the sample gives.
import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {icon, glyph} from "../../parts/icon.js";
import {miniGraph} from "../../parts/mini-graph.js";
import {segmented} from "../../parts/tabs.js";

/** @typedef {import("../../../Client/client.d.ts").Template} Template */
/** @typedef {import("../../../Client/client.d.ts").JSONValue} JSONValue */
/** @typedef {import("../../model/document.js").PipelineDocument} PipelineDocument */

/** @param {Template} template @param {boolean} asGraph @param {(asGraph: boolean) => void} onChange */
export function stepsView({steps, document, title}, asGraph, onChange) {
  return html`<section class="card" aria-labelledby="tpl-steps"><div class="row"><h2 id="tpl-steps">${formatCount(steps.length, "step")}</h2>
      <span class="end">${segmented({label: "Steps as", items: [{id: "graph", label: "Graph", icon: "layout"}, {id: "list", label: "List", icon: "list"}],
        selected: asGraph ? "graph" : "list", onSelect: (id) => onChange(id === "graph")})}</span></div>
    ${asGraph ? html`<div class="scroll">${miniGraph(/** @type {PipelineDocument} */ (/** @type {unknown} */ (document)), {label: `${title}: ${formatCount(steps.length, "step")}`})}</div>`
      : html`<ol class="tpl-steps">${steps.map(({id, type, title: called}) => html`<li>${glyph(type ?? "")}<span class="grow trunc"><code>${id ?? "–"}</code>${called ? html` <span class="muted">${called}</span>` : nothing}</span>
        <span class="sm dim">${type ?? "unknown type"}</span></li>`)}</ol>`}</section>`;
}

/** A sample that takes no more room than this is shown at once. */
const SHORT = 160;

/** @param {JSONValue} value */
const asText = (value) => typeof value === "string" ? value : JSON.stringify(value, null, 2);

/** @param {JSONValue} schema @param {string} name */
function schemaWord(schema, name) {
  const member = typeof schema === "object" && schema !== null && !Array.isArray(schema) ? schema[name] : undefined;
  return typeof member === "string" ? member : null;
}

/** @param {Template} template */
export function inputsView({parameters}) {
  if (parameters.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="tpl-inputs"><h2 id="tpl-inputs">Inputs</h2>
    <div class="params">${parameters.map(({name, schema, required, sample}) => html`<div class="sample">
      <div class="row wrap">${schemaWord(schema, "title") ? html`<b>${schemaWord(schema, "title")}</b>` : nothing}<code class=${schemaWord(schema, "title") ? "dim" : ""}>${name}</code><span class="tag">${schemaWord(schema, "type") ?? "any"}</span>
        ${required ? html`<span class="sm dim">required</span>` : nothing}</div>
      ${schemaWord(schema, "description") ? html`<p class="sm muted">${schemaWord(schema, "description")}</p>` : nothing}
      ${sample === null || sample === undefined ? nothing : html`<details ?open=${asText(sample).length < SHORT}><summary class="sm">Sample</summary><pre class="scroll" tabindex="0" aria-label=${`Sample of ${name}`}>${asText(sample)}</pre></details>`}</div>`)}</div></section>`;
}

/** @param {Template} template */
export function outcomeView({expected, recorded}) {
  if (!expected) return nothing;
  const outputs = Object.entries(expected.outputs);
  return html`<section class="card" aria-labelledby="tpl-outcome"><div class="row wrap"><h2 id="tpl-outcome">What the sample gives</h2>
      ${recorded ? html`<span class="recorded sm end">${icon("cache", 13)}Recorded, not run now</span>` : nothing}</div>
    ${expected.text ? html`<p class="muted">${expected.text}</p>` : nothing}
    ${expected.files.length > 0 ? html`<p class="sm">Files: ${expected.files.map((file, index) => html`${index > 0 ? ", " : ""}<code>${file}</code>`)}</p>` : nothing}
    ${outputs.map(([name, value]) => html`<details class="sample"><summary class="sm"><code>${name}</code></summary><pre class="scroll" tabindex="0" aria-label=${`Output ${name}`}>${asText(value)}</pre></details>`)}</section>`;
}
