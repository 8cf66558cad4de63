import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {computed} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";
import {openShare} from "../../../parts/share.js";
import {documentForm} from "../../../model/schema-form.js";
import {cachedForm} from "../inspector/cached-form.js";
import {goToField} from "../inspector/go-to-field.js";
import {catalogueOf} from "../fields/catalogue.js";
import {fieldView} from "../fields/field-view.js";
import {formView} from "../fields/form-view.js";
import {Place} from "../fields/place.js";
import {pipelineIdOf} from "../fields/pipeline-id.js";
import {problemList} from "../fields/shell.js";
import "./input-editor.js";

/**
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../../Client/client.d.ts").PipelineSummary} PipelineSummary
 */

/** Fields that have their own place here, in order; others that a later server has come after them. */
const placed = ["title", "name", "description", "tags", "inputs", "outputs", "changes", "defaults"];
const elsewhere = new Set(["version", "steps"]);

/** Everything of the document beside its steps. */
class PipelineSettings extends Part {
  static props = {model: null, app: null, pipeline: null};

  #place = computed(() => {
    const model = /** @type {EditorModel | null} */ (this.signalOf("model").value);
    const app = /** @type {App | null} */ (this.signalOf("app").value);
    const pipeline = /** @type {PipelineSummary | null} */ (this.signalOf("pipeline").peek());
    return model && app ? new Place(model, app, null, catalogueOf(app), pipeline?.id ?? pipelineIdOf()) : null;
  });

  /** Shows the control of a field. @param {import("../../../model/document.js").Path} field */
  show(field) {
    goToField(this, field);
  }

  view() {
    const place = this.#place.value;
    const schema = place?.model.schema.value;
    if (!place || !schema) return html`<div class="side-b"><p class="dim" role="status">Reading what this server can do…</p></div>`;
    const form = cachedForm(schema, "document", () => documentForm(schema));
    const named = (/** @type {string} */ name) => form?.fields.find((field) => field.name === name);
    const [title, name, description, tags, , outputs, changes, defaults] = placed.map(named);
    const rest = form?.fields.filter((field) => !placed.includes(field.name) && !elsewhere.has(field.name)) ?? [];
    const known = new Set(form?.fields.map((field) => field.name));
    const others = place.problemsAt([]).filter(({field}) => field.length === 0 || !known.has(String(field[0])) || field[0] === "steps");
    return html`<div class="side-b">${problemList(others, place)}
      <section class="form-grid">${[title, description, tags, name].map((field) => (field ? fieldView(place, [field.name], field.name === "description" ? {...field, lines: true} : field) : nothing))}</section>
      <section class="stack"><h3>Inputs</h3><cf-input-editor .place=${place}></cf-input-editor></section>
      ${outputs ? html`<section class="form-grid">${fieldView(place, ["outputs"], {...outputs, help: outputs.help})}</section>` : nothing}
      ${changes ? html`<section class="form-grid">${fieldView(place, ["changes"], {...changes, label: "Written files"})}
        <p class="hint wide">${changesWords(place.read(["changes"]))}</p></section>` : nothing}
      ${defaults?.form ? html`<section class="stack"><h3>What steps have that say nothing else</h3>${formView(place, ["defaults"], defaults.form)}</section>` : nothing}
      ${rest.length ? html`<section class="form-grid">${rest.map((field) => fieldView(place, [field.name], field))}</section>` : nothing}
      ${this.#visibility(place)}</div>`;
  }

  /** @param {Place} place */
  #visibility(place) {
    const pipeline = /** @type {PipelineSummary | null} */ (this.signalOf("pipeline").value);
    if (!pipeline) return nothing;
    const words = {private: "Only you can open it.", shared: "People it is shared with can open it.", public: "Every account of this server can open it."};
    return html`<section class="stack"><h3>Who can open it</h3><div class="row"><span class="muted sm grow">${words[pipeline.visibility]}</span>
      ${place.app.can("share", pipeline) ? html`<button type="button" class="btn sm" @click=${() => openShare(place.app, pipeline)}>${icon("share", 14)}Share</button>` : nothing}</div></section>`;
  }
}

/** @param {unknown} changes */
function changesWords(changes) {
  switch (changes) {
    case "apply": return "New, changed and deleted files are put into the workspace when the run succeeded.";
    case "review": return "All written files wait until somebody has looked at them.";
    case "discard": return "Written files are dropped when the run is over.";
    default: return "New files are put into the workspace. Changed and deleted ones wait until somebody has looked at them.";
  }
}

PipelineSettings.define("cf-pipeline-settings");
