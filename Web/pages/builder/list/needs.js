import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {connect, disconnect} from "../../../model/commands.js";
import {stepsOf} from "../../../model/document.js";
import {branchesOf} from "../../../model/branches.js";
import {graphOf, wayBetween} from "../../../model/graph.js";
import {dialogHead, openDialog} from "../../../parts/dialog.js";
import {glyph, icon} from "../../../parts/icon.js";

/**
 * What a step runs after, as a list of checkboxes; a condition offers its branches. Each choice acts at once and can be
 * undone.
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../model/document.js").Step} Step
 * @typedef {import("../../../model/graph.js").Edge} Edge
 */

/** More steps than this are found by typing. */
const MOST = 60;

/** @param {EditorModel} model @param {string} id */
export function openNeeds(model, id) {
  const text = signal("");
  const refusal = signal(/** @type {string | null} */ (null));
  const act = (/** @type {import("../../../model/commands.js").Command[]} */ ...commands) => {
    refusal.value = null;
    const before = model.selection.peek();
    for (const command of commands) refusal.value ??= model.apply({...command, select: before}).refusal;
  };
  openDialog((close) => {
    const graph = graphOf(model.document.value);
    const needs = new Map((graph.needs.get(id) ?? []).map((edge) => [edge.from, edge]));
    const words = text.value.trim().toLowerCase();
    const others = stepsOf(model.document.value).filter((step) => step.id !== id);
    const found = others.filter((step) => step.id.includes(words)).sort((left, right) => Number(needs.has(right.id)) - Number(needs.has(left.id)));
    return html`${dialogHead(`What ${id} runs after`, {text: "It starts when all chosen steps are done. With none it starts at once.", close: () => close()})}
      <div class="body">
        ${others.length > 8 ? html`<div class="searchbox">${icon("search")}<input class="inp" type="search" aria-label="Find a step" placeholder="Find a step" @input=${(/** @type {Event} */ event) => { text.value = /** @type {HTMLInputElement} */ (event.target).value; }}></div>` : nothing}
        ${refusal.value ? html`<div class="banner bad" role="alert">${icon("warn")}<span>${refusal.value}</span></div>` : nothing}
        ${others.length === 0 ? html`<p class="dim">There is no other step.</p>` : nothing}
        <ul class="needs">${each(found.slice(0, MOST), (step) => step.id, (step) => row(step, id, needs.get(step.id), graph, act))}</ul>
        ${found.length > MOST ? html`<p class="sm dim">${found.length - MOST} more: type a part of the name.</p>` : nothing}
      </div><footer><button class="btn primary" type="button" @click=${() => close()}>Done</button></footer>`;
  });
}

/**
 * @param {Step} step
 * @param {string} id
 * @param {Edge | undefined} edge
 * @param {import("../../../model/graph.js").Graph} graph
 * @param {(...commands: import("../../../model/commands.js").Command[]) => void} act
 */
function row(step, id, edge, graph, act) {
  const branches = branchesOf(step);
  const isLoop = !edge && wayBetween(graph, id, step.id) !== null;
  const reason = isLoop ? `runs after ${id} itself` : edge?.use ? `used in ${edge.use.join(".")}` : "";
  const chosen = edge ? branches.find(({targets}) => targets.includes(id))?.key ?? "any" : "";
  const branch = (/** @type {Event} */ event) => {
    const key = /** @type {HTMLSelectElement} */ (event.target).value;
    act(...(edge ? [disconnect(step.id, id)] : []), connect(step.id, id, key === "any" ? null : key));
  };
  return html`<li class="row"><label class="row grow"><input class="check" type="checkbox" .checked=${Boolean(edge)} ?disabled=${isLoop || Boolean(edge?.use)}
      @change=${() => act(edge ? disconnect(step.id, id) : connect(step.id, id, branches[0]?.key ?? null))}>${glyph(step.type, "sm")}<span class="mono trunc">${step.id}</span>
      ${reason ? html`<span class="sm dim">${reason}</span>` : nothing}</label>
    ${branches.length > 0 && edge && !edge.use ? html`<select class="inp branch-s" aria-label=${`Branch of ${step.id}`} @change=${branch}>
      ${branches.map(({key, word}) => html`<option value=${key} ?selected=${chosen === key}>when ${word}</option>`)}<option value="any" ?selected=${chosen === "any"}>in any case</option></select>` : nothing}</li>`;
}
