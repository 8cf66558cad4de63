import {html, nothing, ref} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {fixesOf} from "../../../model/problem-fixes.js";
import "./help.js";

/**
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/problem-places.js").PlacedProblem} PlacedProblem
 *
 * @typedef {object} Shell
 * @property {Place} place
 * @property {Path} path
 * @property {Field} field
 * @property {boolean} required
 * @property {unknown} [actions] buttons at the right of the label
 * @property {boolean} [wide]
 * @property {boolean} [quiet] the control shows problems itself
 * @property {"shown" | "heard" | "alone"} [naming] how the label is given: for screen readers only where what stands above
 *   says the same; "alone" leaves out the buttons beside it too, as in rows of a list
 */

/** A label above a control, what helps, and what is wrong with it below. @param {Shell} given @param {unknown} control */
export function shell({place, path, field, actions = nothing, wide = true, quiet = false, naming = "shown"}, control) {
  const id = place.idOf(path);
  const problems = quiet ? [] : place.problemsAt(path, false);
  return html`<div class=${`field ${wide ? "wide" : ""}`} data-field=${path.join(".")}>
    ${naming === "alone" ? html`<label class="sr" for=${id}>${field.label}</label>` : html`<div class="lab"><label class=${naming === "heard" ? "sr" : nothing} for=${id}>${field.label}</label>
      <cf-help .text=${naming === "heard" ? "" : field.help} .about=${field.label}></cf-help><span class="end row">${actions}</span></div>`}
    ${control}
    ${problemList(problems, place)}
  </div>`;
}

/** The same for a group of controls. @param {Shell} given @param {unknown} controls */
export function group({place, path, field, actions = nothing, naming = "shown"}, controls) {
  return html`<fieldset class="field wide group" data-field=${path.join(".")} id=${place.idOf(path)} tabindex="-1">
    <legend class="sr">${field.label}</legend>
    ${naming === "shown" ? html`<div class="lab"><span aria-hidden="true">${field.label}</span><cf-help .text=${field.help} .about=${field.label}></cf-help><span class="end row">${actions}</span></div>` : nothing}
    ${controls}
    ${problemList(place.problemsAt(path, false), place)}
  </fieldset>`;
}

/** @param {PlacedProblem[]} problems @param {Place} place */
export function problemList(problems, place) {
  return problems.map((problem) => html`<div class=${problem.entry.severity === "error" ? "err" : "err warnc"}>${icon("warn", 13)}
    <span>${sentence(problem.entry.message)}${problem.entry.hint && !fixes(problem, place).length ? ` ${sentence(problem.entry.hint)}` : ""}
      ${fixes(problem, place).map((fix) => html`<button type="button" class="inline" ?disabled=${!place.canEdit} @click=${() => place.model.apply(fix.command)}>${fix.label}</button> `)}</span></div>`);
}

/** @param {PlacedProblem} problem @param {Place} place */
const fixes = (problem, place) => fixesOf(problem, place.model.document.value);

/** @param {string} text */
export function sentence(text) {
  const begun = text.charAt(0) === "`" ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return (/[.?!]$/.test(begun) ? begun : `${begun}.`).replaceAll("`", "");
}

/** A fold begins open where something is written in it; then it is the person's. @param {boolean} open */
export const openAtFirst = (open) => ref((/** @type {HTMLDetailsElement} */ fold) => { fold.open = open; });

/** Takes an optional value away, so that the default holds. @param {Place} place @param {Path} path @param {Field} field */
export function clearButton(place, path, field) {
  if (place.read(path) === undefined || !place.canEdit) return nothing;
  return html`<button type="button" class="btn ghost sm clear" aria-label=${`Clear ${field.label}`} title="Clear" @click=${() => place.write(path, undefined)}>Clear</button>`;
}
