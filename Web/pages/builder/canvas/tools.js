import {html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";

/**
 * The tool bar below the canvas.
 * @param {object} given
 * @param {boolean} given.canEdit
 * @param {import("../../../model/editor-model.js").EditorModel | null} given.model
 * @param {number} given.zoom
 * @param {() => import("./stage.js").Stage | null} given.stage
 * @param {() => void} given.tidy
 */
export function toolsView({canEdit, model, zoom, stage, tidy}) {
  return html`<div class="cv-tools" role="toolbar" aria-label="Canvas">
    ${canEdit && model ? html`
      ${button("undo", `Undo${model.undoLabel ? `: ${model.undoLabel}` : ""}`, "Ctrl Z", () => model.undo(), !model.canUndo.value)}
      ${button("redo", `Redo${model.redoLabel ? `: ${model.redoLabel}` : ""}`, "Ctrl Shift Z", () => model.redo(), !model.canRedo.value)}
      <i></i><button class="btn ghost sm" type="button" title="Tidy the layout  Shift T" @click=${tidy}>${icon("layout")}<span class="lbl">Tidy</span></button><i></i>` : nothing}
    ${button("minus", "Zoom out", "-", () => stage()?.zoom(1 / 1.25))}
    <button class="btn ghost sm num zl" type="button" aria-label=${`Zoom ${Math.round(zoom * 100)} %. Show at 100 %`} @click=${() => stage()?.zoom(1 / (stage()?.view.zoom ?? 1))}>${Math.round(zoom * 100)} %</button>
    ${button("plus", "Zoom in", "+", () => stage()?.zoom(1.25))}
    ${button("fit", "Show all", "Shift 1", () => stage()?.fit())}
  </div>`;
}

/** @param {import("../../../parts/icon.js").IconName} name @param {string} label @param {string} keys @param {() => void} run @param {boolean} [disabled] */
const button = (name, label, keys, run, disabled = false) => html`<button class="btn ghost icon sm" type="button" aria-label=${label} title=${`${label}  ${keys}`}
  aria-disabled=${disabled ? "true" : null} @click=${() => { if (!disabled) run(); }}>${icon(name)}</button>`;
