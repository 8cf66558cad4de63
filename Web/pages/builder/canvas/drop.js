import {addStep, insertStep} from "../../../model/commands.js";
import {INPUTS_ID} from "../../../model/document.js";
import {CARD, snap} from "../../../model/layout.js";

/** The type of what the palette lets drop. */
export const STEP_TYPE = "application/x-factory-step-type";

/**
 * Takes steps dropped from the palette: on a connection they go between, on a card behind it, elsewhere they stand alone.
 * @param {import("./canvas.js").CanvasElement} canvas
 * @param {import("./stage.js").Stage} stage
 * @param {HTMLElement} viewport
 * @param {AbortSignal} signal
 */
export function takeDrop(canvas, stage, viewport, signal) {
  viewport.addEventListener("dragover", (event) => {
    if (!stage.canEdit || !event.dataTransfer?.types.includes(STEP_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  }, {signal});
  viewport.addEventListener("drop", (event) => {
    const type = event.dataTransfer?.getData(STEP_TYPE);
    const {model} = canvas;
    if (!type || !model || !stage.canEdit) return;
    event.preventDefault();
    const document = model.document.peek();
    const schema = model.schema.peek();
    stage.locate();
    const point = stage.at(event);
    const card = stage.stepUnder(event);
    const edge = card ? null : stage.edgeNear(point);
    const place = {x: snap(point.x - CARD.width / 2), y: snap(point.y - CARD.height / 2)};
    if (card) canvas.apply(addStep(document, type, {after: card === INPUTS_ID ? null : card, schema}));
    else if (edge) canvas.apply(insertStep(document, type, edge, schema));
    else canvas.apply(pinning(canvas, addStep(document, type, {after: null, place, schema}), place));
    canvas.takeKeyboard();
  }, {signal});
}

/** The command, with all other cards fixed where they are. @param {import("./canvas.js").CanvasElement} canvas @param {ReturnType<typeof addStep>} command @param {{x: number, y: number}} place */
function pinning(canvas, command, place) {
  return {...command, change: (/** @type {import("../../../model/commands.js").Editable} */ state) => (
    {...command.change(state), places: {...state.places, ...canvas.pinned({[command.id]: place})}}
  )};
}
