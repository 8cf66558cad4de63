import {html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {copyText} from "../../../parts/copy.js";
import {graphOf} from "../../../model/graph.js";
import {commonForm, stepForm} from "../../../model/schema-form.js";
import {namesUsed} from "../../../model/step-uses.js";
import {brief, memberPath, outputSchema, typeOfSchema, typeOfValue, variableOf} from "../../../model/variables.js";
import {fieldView} from "../fields/field-view.js";
import {cachedForm} from "./cached-form.js";
import "../../../parts/json-tree.js";

/**
 * @typedef {import("../fields/place.js").Place} Place
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("../../../model/document.js").Step} Step
 */

/** What comes into a step, what it gives, and what it gave last. @param {Place} place @param {Step} step @param {(field: Path) => void} show */
export function flowTab(place, step, show) {
  const schema = place.model.schema.value;
  const form = schema ? cachedForm(schema, `with ${step.type}`, () => stepForm(schema, step.type)) : null;
  const common = schema ? cachedForm(schema, `step ${step.type}`, () => commonForm(schema, step.type)) : null;
  const mapping = form?.fields.find((field) => field.name === "inputs" && field.control === "map");
  const outputs = common?.fields.find((field) => field.name === "outputs");
  return html`<section class="stack"><h3>Input</h3>
      ${usedView(place, step, show)}
      ${mapping && place.canEdit ? html`<button type="button" class="btn sm add" @click=${() => show(["with", "inputs"])}>${icon("edit", 13)}Change the inputs</button>` : nothing}</section>
    <section class="stack"><h3>Output</h3>${outputView(place, step)}${usersView(place, step)}</section>
    ${outputs ? html`<section class="stack form-grid">${fieldView(place, ["outputs"], {...outputs, label: "Own outputs", names: ["result"], ...(outputs.item ? {item: {...outputs.item, names: ["result"]}} : {})})}</section>` : nothing}
    ${lastView(place, step)}`;
}

/** Every name that its texts use, with its source. @param {Place} place @param {Step} step @param {(field: Path) => void} show */
function usedView(place, step, show) {
  const uses = namesUsed(step);
  if (uses.length === 0) return html`<p class="sm dim">It uses no values of others.</p>`;
  const roots = place.variables({names: [], secrets: true});
  return html`<ul class="maps" aria-label="Values it uses">${uses.map((use) => {
    const variable = variableOf(roots, use.path);
    const known = variable !== null || !["inputs", "steps"].includes(use.root);
    return html`<li class="map"><b class="mono trunc">${nameIn(use)}</b>
      <span class="xs dim">${[variable?.type ?? (known ? "" : "not known"), brief(variable?.value)].filter(Boolean).join(" · ")}</span>
      <button type="button" class="mapv mono" @click=${() => show(use.field)}><span class="sr">Show where it is used: </span><span class=${known ? "var" : "var unk"}>${use.path}</span></button></li>`;
  })}</ul>`;
}

/** What the step calls a value: the name of an input of its own, or the last name of the path. @param {import("../../../model/step-uses.js").Use} use */
function nameIn({path, field}) {
  if (field[0] === "with" && field[1] === "inputs" && typeof field[2] === "string") return field[2];
  return path.slice(Math.max(path.lastIndexOf("."), path.lastIndexOf("[\"")) + 1).replace(/^\["?|"\]$/g, "") || path;
}

/** @param {Place} place @param {Step} step */
function outputView(place, step) {
  const schema = outputSchema(step, place.model.schema.value);
  const output = place.model.lastRun.value?.steps[step.id]?.output;
  const given = output && typeof output === "object" && !Array.isArray(output) ? output : {};
  const members = Object.entries(/** @type {{[name: string]: {[key: string]: unknown}}} */ (schema?.properties ?? {}));
  if (members.length === 0) return html`<p class="sm dim">What it gives is not known before it runs.</p>`;
  const path = memberPath("steps", step.id);
  return html`<ul class="maps" aria-label="Outputs">${members.map(([name, member]) => {
    const reference = memberPath(`${path}.output`, name);
    const type = typeOfSchema(member) === "any" ? typeOfValue(given[name]) || "any" : typeOfSchema(member);
    return html`<li class="map out"><span class="mono">${name}</span><span class="xs dim end trunc" title=${String(member.description ?? "")}>${[type, brief(given[name], 20)].filter(Boolean).join(" · ")}</span>
      <button type="button" class="btn ghost icon sm" aria-label=${`Copy reference to ${name}`} title=${reference} @click=${async () => {
        place.app.toast((await copyText(reference)) ? `Copied ${reference}` : "The browser does not let this page copy.");
      }}>${icon("copy", 14)}</button></li>`;
  })}</ul>`;
}

/** @param {Place} place @param {Step} step */
function usersView(place, step) {
  const users = graphOf(place.model.document.value).edges.filter((edge) => edge.from === step.id && edge.use);
  if (users.length === 0) return html`<p class="sm dim">No other step uses it.</p>`;
  return html`<p class="sm dim">Used by ${users.map((edge, index) => html`${index ? ", " : ""}<button type="button" class="inline" @click=${() => place.model.select([edge.to])}>${edge.to}</button>`)}</p>`;
}

/** @param {Place} place @param {Step} step */
function lastView(place, step) {
  const run = place.model.lastRun.value;
  const last = run?.steps[step.id];
  if (!run) return html`<section class="stack"><h3>From the last run</h3><p class="sm dim">It has not run yet.</p></section>`;
  return html`<section class="stack"><div class="row"><h3>From the last run</h3><a class="link sm end" href=${`/runs/${run.id}?step=${encodeURIComponent(step.id)}`}>Run ${run.number}</a></div>
    ${last?.error ? html`<p class="sm badc">${last.error.message}</p>` : nothing}
    ${last?.output !== undefined ? html`<div class="pv"><cf-json .value=${last.output} .root=${`${memberPath("steps", step.id)}.output`} .label=${`Output of ${step.id}`}></cf-json></div>`
      : html`<p class="sm dim">${last ? `It ended ${last.status} and gave nothing.` : "It was not part of that run."}</p>`}</section>`;
}
