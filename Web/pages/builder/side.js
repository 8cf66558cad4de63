import {focusable} from "../../dom/focus.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {INPUTS_ID} from "../../model/document.js";
import {icon} from "../../parts/icon.js";
import {problemView} from "../../parts/problem.js";
import "./inspector/inspector.js";

/**
 * What stands beside the pipeline: the settings of a step, or a panel of the whole pipeline. Panels but for
 * that of a step are loaded when they are first opened.
 *
 * @typedef {import("../../app/app.js").App} App
 * @typedef {import("./draft/draft.js").Draft} Draft
 */

/** @type {Record<string, {title: string, load: () => Promise<unknown>, state: import("../../dom/signal.js").Signal<unknown>, failures?: number}>} */
const PANELS = {
  step: {title: "Step settings", load: async () => {}, state: signal(/** @type {unknown} */ (true))},
  settings: {title: "Pipeline settings", load: () => import("./settings/settings.js"), state: signal(/** @type {unknown} */ (null))},
  run: {title: "Run", load: () => import("./run-form/run-form.js"), state: signal(/** @type {unknown} */ (null))},
  versions: {title: "Versions", load: () => import("./versions/versions.js"), state: signal(/** @type {unknown} */ (null))},
  comments: {title: "Comments", load: () => import("./comments/comments.js"), state: signal(/** @type {unknown} */ (null))},
};

/**
 * @param {object} given
 * @param {App} given.app
 * @param {Draft} given.draft
 * @param {string | null} given.panel
 * @param {string | null} given.stepId
 * @param {boolean} given.isSheet whether it lies over everything else
 * @param {() => void} given.close
 */
export function sideView({app, draft, panel, stepId, isSheet, close}) {
  const name = panel ?? (stepId === INPUTS_ID ? "settings" : "step");
  const shown = PANELS[name];
  if (!shown) return nothing;
  const state = ready(name, app);
  const hasHead = name !== "step" || isSheet;
  const inside = html`${hasHead ? html`<div class="panel-h side-h"><h2>${shown.title}</h2><button class="btn ghost icon sm end" type="button" aria-label="Close" @click=${close}>${icon("close")}</button></div>` : nothing}
    ${state instanceof Error ? problemView(state, {retry: () => again(name, app)}) : state === true ? content(name, app, draft, stepId) : nothing}`;
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (isSheet && event.key === "Tab") return goRound(event);
    // In a menu or list that lies above, Escape closes that.
    const isAbove = event.target instanceof Element && event.target.closest("[popover]") !== null;
    if (event.key !== "Escape" || event.defaultPrevented || isAbove) return;
    event.preventDefault();
    close();
  };
  return isSheet ? html`<div class="insp sheet" role="dialog" tabindex="-1" aria-modal="true" aria-label=${shown.title} @keydown=${key} @closed=${close}>${inside}</div>`
    : html`<aside class="insp" tabindex="-1" aria-label=${shown.title} @keydown=${key} @closed=${close}>${inside}</aside>`;
}

/** What lies over everything keeps the keyboard, as a dialog does. @param {KeyboardEvent} event */
function goRound(event) {
  const inside = focusable(/** @type {HTMLElement} */ (event.currentTarget));
  const [from, to] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
  if (event.defaultPrevented || event.target !== from || !to) return;
  event.preventDefault();
  to.focus();
}

/** Whether a panel's element is there; loads it where it is not. @param {string} name @param {App} app */
function ready(name, app) {
  const panel = PANELS[name];
  if (!panel) return null;
  const state = panel.state.value;
  if (state === null) {
    panel.load().then(() => { panel.state.value = true; }, () => {
      panel.failures = (panel.failures ?? 0) + 1;
      panel.state.value = new Error("The files of this panel did not arrive or did not work.");
      // Where the server is away, that is learned by asking; the panel then comes by itself.
      addEventListener("cf-reconnected", () => { if (panel.state.peek() instanceof Error) panel.state.value = null; }, {once: true});
      app.connection.send("/healthz", {cache: "no-store"}).catch(() => {});
    });
  }
  return state;
}

/** Some browsers keep to what failed until the page is loaded anew, and after an update files have other names. @param {string} name @param {App} app */
function again(name, app) {
  const panel = PANELS[name];
  if (panel && (panel.failures ?? 0) > 1 && app.online.peek()) location.reload();
  else if (panel) panel.state.value = null;
}

/** @param {string} name @param {App} app @param {Draft} draft @param {string | null} stepId */
function content(name, app, draft, stepId) {
  const {model} = draft;
  const pipeline = draft.pipeline.value;
  switch (name) {
    case "settings": return html`<cf-pipeline-settings class="scroll" .model=${model} .app=${app} .pipeline=${pipeline}></cf-pipeline-settings>`;
    case "run": return html`<cf-run-form class="scroll" .pipeline=${pipeline} .model=${model} .app=${app}></cf-run-form>`;
    case "versions": return html`<cf-versions class="scroll" .draft=${draft} .app=${app}></cf-versions>`;
    case "comments": return html`<cf-comments class="scroll" .pipeline=${pipeline} .pipelineId=${pipeline?.id ?? ""} .step=${null} .stepId=${null} .model=${model} .app=${app}></cf-comments>`;
    default: return html`<cf-inspector .model=${model} .stepId=${stepId ?? ""} .app=${app} .pipelineId=${pipeline?.id ?? ""} .canRun=${app.can("run", pipeline)}></cf-inspector>`;
  }
}
