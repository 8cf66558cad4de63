import {computed} from "../../../dom/signal.js";
import {replaceStep, setDocumentField, setStepField} from "../../../model/commands.js";
import {isObject, stepById, valueAt} from "../../../model/document.js";
import {ancestorsOf, graphOf} from "../../../model/graph.js";
import {isWithin, placed} from "../../../model/problem-places.js";
import {variablesAt} from "../../../model/variables.js";

/**
 * @typedef {import("../../../model/document.js").Path} Path
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../model/problem-places.js").PlacedProblem} PlacedProblem
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 */

let made = 0;

/**
 * What a form edits: one step of the draft, or the document beside its steps. Every change goes through the model.
 */
export class Place {
  #problems;
  /** @type {Map<string, {document: unknown, run: unknown, names: unknown, variables: import("../../../model/variables.js").Variable[]}>} */
  #known = new Map();

  /** @param {EditorModel} model @param {App} app @param {string | null} stepId @param {Catalogue} catalogue @param {string} pipelineId */
  constructor(model, app, stepId, catalogue, pipelineId) {
    this.model = model;
    this.app = app;
    this.stepId = stepId;
    this.catalogue = catalogue;
    this.pipelineId = pipelineId;
    this.id = `form-of-${made += 1}`;
    this.#problems = computed(() => model.problems.value.map((entry) => placed(entry, model.document.value)).filter((each) => each.step === stepId));
  }

  get canEdit() {
    return this.model.canEdit;
  }

  /** The step, or the document. */
  get whole() {
    const document = this.model.document.value;
    return this.stepId === null ? document : stepById(document, this.stepId);
  }

  /** @param {Path} path */
  read(path) {
    return valueAt(this.whole, path);
  }

  /** Writes a value; undefined removes. @param {Path} path @param {unknown} value */
  write(path, value) {
    return this.model.apply(this.stepId === null ? setDocumentField(path, value) : setStepField(this.stepId, path, value));
  }

  /** Writes several members of an object at once, as one entry to undo. @param {Path} path @param {{[name: string]: unknown}} changes */
  writeAll(path, changes) {
    const before = this.read(path);
    const after = Object.fromEntries(Object.entries({...(isObject(before) ? before : {}), ...changes}).filter(([, value]) => value !== undefined));
    const [first, ...rest] = path;
    const step = this.whole;
    if (this.stepId === null || first === undefined || rest.length > 0 || !step) return this.write(path, after);
    return this.model.apply(replaceStep(/** @type {import("../../../model/document.js").Step} */ ({...step, [first]: after})));
  }

  /** The id of a field's control in the page. @param {Path} path */
  idOf(path) {
    return `${this.id}-${path.join("-").replace(/[^\w-]/g, "_")}`;
  }

  /** Problems of a field: of it alone, or also of what is below it. @param {Path} path @param {boolean} [below] @returns {PlacedProblem[]} */
  problemsAt(path, below = true) {
    return this.#problems.value.filter(({field}) => isWithin(field, path) && (below || field.length === path.length));
  }

  /** Names that mean something in a field. @param {{names: string[], secrets: boolean}} field */
  variables({names, secrets}) {
    const key = `${names.join()} ${secrets}`;
    const document = this.model.document.value;
    const run = this.model.lastRun.value;
    const stored = this.catalogue.names.value;
    const known = this.#known.get(key);
    if (known && known.document === document && known.run === run && known.names === stored) return known.variables;
    const variables = variablesAt({
      document, stepId: this.stepId, schema: this.model.schema.value, lastRun: run, names, mayUseSecrets: secrets,
      secrets: stored.secrets, variables: stored.variables,
    });
    this.#known.set(key, {document, run, names: stored, variables});
    return variables;
  }

  /** Steps that come before this one. */
  get before() {
    return this.stepId === null ? new Set() : ancestorsOf(graphOf(this.model.document.value), this.stepId);
  }
}
