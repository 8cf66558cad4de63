import {Part} from "../../../dom/element.js";
import {each, html, nothing} from "../../../dom/html.js";
import {computed, signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";
import {fixesOf} from "../../../model/problem-fixes.js";
import {placed} from "../../../model/problem-places.js";
import {formatCount} from "../../../model/format.js";
import {sentence} from "../fields/shell.js";

/**
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/problem-places.js").PlacedProblem} PlacedProblem
 */

/** More than these are counted and not listed. */
const most = 200;

/**
 * What is wrong with the draft: counted in a bar, listed below it, each with the way to its field and what mends it.
 * @fires jump with `{step, field, line, column}`: `step` null for the document's own fields
 */
class Problems extends Part {
  static props = {model: null, app: null, open: null};

  #open = signal(/** @type {boolean | null} */ (null));

  get #model() {
    return /** @type {EditorModel | null} */ (this.signalOf("model").value);
  }

  #problems = computed(() => {
    const model = this.#model;
    if (!model) return [];
    return model.problems.value.map((entry) => placed(entry, model.document.value));
  });

  view() {
    const model = this.#model;
    if (!model) return nothing;
    const problems = this.#problems.value;
    const errors = problems.filter(({entry}) => entry.severity === "error").length;
    const warnings = problems.length - errors;
    const open = problems.length > 0 && (this.#open.value ?? false);
    const checked = model.checked.value;
    const next = errors ? `Fix the error${errors > 1 ? "s" : ""} before you publish` : warnings ? "It can be published" : "";
    return html`<section class="probs" aria-label="Problems"><button type="button" class="probs-h" aria-expanded=${String(open)} ?disabled=${problems.length === 0} @click=${() => { this.#open.value = !open; }}>
        ${problems.length === 0 ? html`<span class=${checked === "current" ? "st ok" : "st idle"}>${icon(checked === "current" ? "ok" : "idle", 14)}<span>${checked === "current" ? "No problems" : checked === "checking" ? "Checking" : "Not checked yet"}</span></span>`
          : html`<span class="st bad">${icon("bad", 14)}<span aria-label=${formatCount(errors, "error")}>${errors}</span></span><span class="st warn">${icon("warn", 14)}<span aria-label=${formatCount(warnings, "warning")}>${warnings}</span></span><span>Problems</span><span class="dim sm hide-s">${next}</span>
            <span class="end dim">${checked === "checking" ? html`<span class="sm">Checking</span>` : nothing}${icon(open ? "down" : "upwards", 13)}</span>`}</button>
      ${open ? html`<ul>${each(problems.slice(0, most), (problem) => `${problem.entry.path} ${problem.entry.code} ${problem.entry.message}`, (problem) => this.#row(model, problem))}</ul>
        ${problems.length > most ? html`<p class="sm dim probs-more">${formatCount(problems.length - most, "problem")} more</p>` : nothing}` : nothing}</section>`;
  }

  /** @param {EditorModel} model @param {PlacedProblem} problem */
  #row(model, problem) {
    const {entry, step, field} = problem;
    const fixes = model.canEdit ? fixesOf(problem, model.document.value) : [];
    const isError = entry.severity === "error";
    return html`<li><button type="button" class="prob" @click=${() => this.#jump(model, problem)}>
        <span class=${isError ? "st bad" : "st warn"}>${icon(isError ? "bad" : "warn", 14)}<span class="sr">${isError ? "Error" : "Warning"}</span></span>
        <b class="mono">${step ?? "document"}</b><span class="muted trunc" title=${entry.hint ?? nothing}>${sentence(entry.message)}${entry.hint && fixes.length === 0 ? ` ${sentence(entry.hint)}` : ""}</span>
        <span class="dim xs mono hide-s">${field.filter((part) => part !== "with").join(".")}</span></button>
      ${fixes.slice(0, 2).map((fix) => html`<button type="button" class="btn sm" @click=${() => this.#fix(model, fix)}>${fix.label}</button>`)}</li>`;
  }

  /** @param {EditorModel} model @param {PlacedProblem} problem */
  #jump(model, problem) {
    if (problem.step !== null) model.select([problem.step]);
    this.emit("jump", {step: problem.step, field: problem.field, line: problem.entry.line, column: problem.entry.column});
  }

  /** @param {EditorModel} model @param {import("../../../model/problem-fixes.js").ProblemFix} fix */
  #fix(model, fix) {
    model.apply(fix.command);
    /** @type {App | null} */ (this.signalOf("app").peek())?.announce(fix.label);
  }
}

Problems.define("cf-problems");
