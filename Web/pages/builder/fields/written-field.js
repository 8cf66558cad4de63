import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {computed, signal} from "../../../dom/signal.js";
import {itemsOf} from "../../../model/variables.js";
import {unknownNames} from "../../../model/names.js";
import {fixesOf} from "../../../model/problem-fixes.js";
import {placeInText} from "../../../model/problem-places.js";
import {sentence} from "./shell.js";
import "./live-value.js";
import "../../../parts/editor/editor.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("../../../parts/editor/positions.js").Diagnostic} Diagnostic
 * @typedef {import("../../../model/schema-form.js").Field} Field
 */

/**
 * A text that is an expression, a template or a program: the editor with the names that mean something there, what is
 * wrong with it, and what it gives on the data of the last run.
 */
export class WrittenField extends Part {
  static props = {place: null, path: [], field: null, value: "", language: "template", bare: false, controlId: ""};

  /** What evaluating said of the text, and of which text. */
  #evaluated = signal(/** @type {{text: string, diagnostic: Diagnostic | null}} */ ({text: "", diagnostic: null}));

  get #place() {
    return /** @type {Place} */ (this.signalOf("place").value);
  }

  get #path() {
    return /** @type {Path} */ (this.signalOf("path").value);
  }

  get #field() {
    return /** @type {Field} */ (this.signalOf("field").value);
  }

  #text = computed(() => {
    const value = this.signalOf("value").value;
    return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
  });

  /** @type {{value: Diagnostic[]}} */
  #diagnostics = computed(() => this.#wrong());

  view() {
    const place = this.#place;
    const field = this.#field;
    if (!place || !field) return nothing;
    const language = String(this.signalOf("language").value);
    const isCode = language !== "template" && language !== "cel";
    return html`<cf-editor class=${this.signalOf("bare").value ? "bare" : ""} .controlId=${this.signalOf("controlId").value || place.idOf(this.#path)}
        .language=${language} .label=${field.label} .readonly=${!place.canEdit} .value=${this.#text.value}
        .completions=${isCode ? null : () => itemsOf(place.variables(field))} .diagnostics=${this.#diagnostics.value}
        @change=${(/** @type {CustomEvent<{value: string}>} */ event) => this.#changed(event)}></cf-editor>
      ${isCode ? nothing : html`<cf-live-value .place=${place} .text=${this.#text.value} .language=${language} .names=${field.names}
        .doubted=${place.problemsAt(this.#path).some(({entry}) => entry.code.startsWith("invalid_"))}
        @evaluated=${(/** @type {CustomEvent<{text: string, diagnostic: Diagnostic | null}>} */ event) => { event.stopPropagation(); this.#evaluated.value = event.detail; }}></cf-live-value>`}`;
  }

  /** @param {CustomEvent<{value: string}>} event */
  #changed(event) {
    event.stopPropagation();
    this.emit("written", event.detail.value);
  }

  /** @returns {Diagnostic[]} */
  #wrong() {
    const place = this.#place;
    if (!place || !this.#field) return [];
    const text = this.#text.value;
    const language = String(this.signalOf("language").value);
    if (language !== "template" && language !== "cel") return place.problemsAt(this.#path).map((problem) => this.#told(problem, text, language));
    const unknown = unknownNames(place.variables(this.#field), text, language);
    const evaluated = this.#evaluated.value;
    const told = place.problemsAt(this.#path)
      .filter((problem) => !(problem.entry.code.startsWith("invalid_") && evaluated.text === text && evaluated.diagnostic))
      .map((problem) => this.#told(problem, text, language))
      // What stands on the same spot was found here already, with the place.
      .filter((each) => !unknown.some((other) => other.line === each.line && other.column === each.column));
    // Names that are gone from the text since the server looked are told by it no more.
    const stale = place.model.checked.value !== "current";
    const kept = stale ? told.filter((each) => each.line) : told;
    const found = evaluated.text === text && evaluated.diagnostic && unknown.length === 0 && kept.length === 0 ? [evaluated.diagnostic] : [];
    return [...unknown, ...kept, ...found];
  }

  /** @param {import("../../../model/problem-places.js").PlacedProblem} problem @param {string} text @param {string} language @returns {Diagnostic} */
  #told(problem, text, language) {
    const place = this.#place;
    const spot = placeInText(problem.entry, text, language);
    const fixes = fixesOf(problem, place.model.document.value);
    return {
      ...(spot ? {line: spot.line, column: spot.column, length: spot.length} : {}), severity: problem.entry.severity,
      message: sentence(problem.entry.message), ...(problem.entry.hint ? {hint: sentence(problem.entry.hint)} : {}),
      fixes: place.canEdit ? fixes.map((fix) => ({label: fix.label, run: () => { place.model.apply(fix.command); }})) : [],
    };
  }
}

WrittenField.define("cf-written-field");
