import {signal} from "../../dom/signal.js";
import {addStep} from "../../model/commands.js";
import {INPUTS_ID, stepById} from "../../model/document.js";

/**
 * What of the builder is shown: the view, the panel, the step. It stands in the address, so that links and the back
 * button lead to it.
 *
 * @typedef {import("../../app/app.js").App} App
 * @typedef {import("./bar/bar.js").ViewName} ViewName
 * @typedef {import("./draft/draft.js").Draft} Draft
 * @typedef {HTMLElement & {app: App, params: Record<string, string>, query: URLSearchParams}} Page
 * @typedef {HTMLElement & {show?: (field: (string | number)[], spot: {line: number, column: number} | null) => void}} Shows
 */

const PHONE = "(max-width: 640px)";
const NARROW = "(max-width: 900px)";
const PANELS = ["versions", "comments", "settings", "run"];

export class Navigation {
  /** Whether what stands beside the pipeline lies over it. */
  isNarrow = signal(matchMedia(NARROW).matches);
  /** On narrow screens a step opens when asked for, not when selected. */
  isOpen = signal(false);
  #page;
  #draft;

  /** @param {Page} page @param {() => Draft | null} draft */
  constructor(page, draft) {
    this.#page = page;
    this.#draft = draft;
  }

  get view() {
    const asked = this.#page.query.get("view");
    if (asked === "canvas" || asked === "list" || asked === "yaml") return asked;
    return matchMedia(PHONE).matches ? "list" : /** @type {ViewName} */ (this.#remembered.value);
  }

  get panel() {
    const panel = this.#page.query.get("panel");
    return panel && PANELS.includes(panel) ? panel : null;
  }

  /** The canvas, where it is what is shown. */
  get canvas() { return /** @type {import("./canvas/canvas.js").CanvasElement | null} */ (this.#page.querySelector("cf-canvas")); }

  get #remembered() { return this.#page.app.preferences.of("builder.view", "canvas"); }

  /** Follows the width of the window. @returns {() => void} ends it */
  watch() {
    const media = matchMedia(NARROW);
    const resized = () => { this.isNarrow.value = media.matches; };
    media.addEventListener("change", resized);
    return () => media.removeEventListener("change", resized);
  }

  // MARK: Address

  /** @param {Record<string, string | null>} change @param {boolean} [replaces] */
  #address(change, replaces = true) {
    const query = new URLSearchParams(this.#page.query);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    this.#page.app.go(`/pipelines/${this.#page.params.id}${text ? `?${text}` : ""}`, {replace: replaces});
  }

  /** Selects the step that the address names. @param {Draft} draft */
  selectAsked(draft) {
    const step = this.#page.query.get("step");
    if (!step || draft.model.selection.peek().includes(step)) return;
    if (step === INPUTS_ID || stepById(draft.model.document.peek(), step)) {
      draft.model.select([step]);
      this.isOpen.value = true;
      // Who comes here for a step goes on with it. A page that is loaded anew begins at its top, unless the step lies over it.
      requestAnimationFrame(() => {
        const at = document.activeElement;
        if (at?.id === "main" || (at === document.body && this.isNarrow.peek())) this.#intoPanel();
      });
    }
  }

  /** The address names the step that is selected. @param {Draft} draft */
  followSelection(draft) {
    const selection = draft.model.selection.value;
    const step = selection.length === 1 ? selection[0] ?? null : null;
    const shown = new URLSearchParams(location.search).get("step");
    if (shown !== step) this.#address({step, ...(step && this.panel ? {panel: null} : {})});
    if (step === null) this.isOpen.value = false;
  }

  // MARK: Views and panels

  /** @param {ViewName} view */
  async show(view) {
    const {app} = this.#page;
    const model = this.#draft()?.model;
    if (!model || view === this.view) return;
    if (!await model.flush() && model.saving.peek().state === "text") {
      const leaves = await app.confirm({title: "Leave the text unsaved?", text: "It cannot be read as a pipeline yet. It stays in this tab, and YAML shows it again.", action: "Leave it", cancel: "Stay"});
      if (!leaves) return;
    }
    const hadKeyboard = this.#page.querySelector(".stage > .v")?.contains(document.activeElement) ?? false;
    this.#remembered.value = view;
    this.#address({view});
    if (hadKeyboard) requestAnimationFrame(() => this.#intoView());
    app.announce(`${view === "yaml" ? "YAML" : view === "list" ? "List" : "Canvas"} view`);
  }

  /** @param {string} panel */
  openPanel(panel) {
    this.isOpen.value = true;
    this.#address({panel}, false);
    // Its fields may still be on their way: the keyboard stands before them.
    requestAnimationFrame(() => this.#intoPanel());
  }

  #intoPanel() {
    /** @type {HTMLElement | null} */ (this.#page.querySelector(".insp"))?.focus();
  }

  /** Back to the pipeline, where the step stays selected: what stands beside it may stay, what lies over it goes. */
  closeSide() {
    this.isOpen.value = false;
    if (this.panel) this.#address({panel: null});
    queueMicrotask(() => this.#intoView());
  }

  #intoView() {
    for (const selector of [".cv", "[aria-selected=true] .step-link", ".step-link", "textarea", "button"]) {
      const target = this.#page.querySelector(`.stage > .v ${selector}`);
      if (target instanceof HTMLElement) return target.focus({preventScroll: true});
    }
    return undefined;
  }

  // MARK: Steps

  /** @param {string} id @param {boolean} takesKeyboard */
  openStep(id, takesKeyboard) {
    const draft = this.#draft();
    if (!draft) return;
    draft.model.select([id]);
    this.isOpen.value = true;
    if (this.panel) this.#address({panel: null});
    if (takesKeyboard || this.isNarrow.peek()) requestAnimationFrame(() => this.#intoSide());
  }

  #intoSide() {
    const side = this.#page.querySelector(".insp");
    const first = side?.querySelector("input, textarea, select, [role=tab][aria-selected=true], button");
    if (first instanceof HTMLElement) first.focus();
  }

  /** Adds a step behind what is selected. @param {string} type */
  add(type) {
    const model = this.#draft()?.model;
    if (!model) return;
    const selected = model.selection.peek().at(-1);
    const after = selected ? {after: selected === INPUTS_ID ? null : selected} : {};
    const command = addStep(model.document.peek(), type, {...after, schema: model.schema.peek()});
    model.apply(command);
    requestAnimationFrame(() => this.canvas?.reveal(command.id));
  }

  /** To where a problem is. @param {{step: string | null, field?: (string | number)[], line?: number, column?: number}} to */
  jump(to) {
    const {field, line, column} = to;
    const spot = line === undefined || column === undefined ? null : {line, column};
    const show = (/** @type {string} */ name, /** @type {(string | number)[]} */ where, /** @type {typeof spot} */ place) => {
      requestAnimationFrame(() => /** @type {Shows | null} */ (this.#page.querySelector(name))?.show?.(where, place));
    };
    if (this.view === "yaml" && line !== undefined) {
      /** @type {import("./yaml/yaml.js").YamlView | null} */ (this.#page.querySelector("cf-yaml-view"))?.goTo(line, column ?? 1);
    } else if (to.step === null) {
      this.openPanel("settings");
      show("cf-pipeline-settings", field ?? [], null);
    } else {
      this.openStep(to.step, false);
      this.canvas?.reveal(to.step);
      if (field) show("cf-inspector", field, spot);
    }
  }
}
