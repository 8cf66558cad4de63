import {addStep, insertStep} from "../../../model/commands.js";
import {INPUTS_ID} from "../../../model/document.js";
import {CARD, snap} from "../../../model/layout.js";

/**
 * Takes steps out of the palette: on a connection they go between, on a card behind it, elsewhere they stand alone.
 *
 * @typedef {import("../carry.js").Carried} Carried
 * @typedef {import("./canvas.js").CanvasElement} CanvasElement
 * @typedef {import("./stage.js").Stage} Stage
 */

/** Marks the card that would take what is carried. @param {Stage} stage @param {Carried | null} carried null where nothing is any more */
export function aimDrop(stage, carried) {
  stage.aim(carried && stage.stepUnder(carried));
}

/** @param {CanvasElement} canvas @param {Stage} stage @param {Carried} carried */
export function takeDrop(canvas, stage, carried) {
  const {model} = canvas;
  stage.aim(null);
  if (!model || !stage.canEdit || !stage.isUnder(carried)) return;
  const {type} = carried;
  const document = model.document.peek();
  const schema = model.schema.peek();
  stage.locate();
  const point = stage.at(carried);
  const card = stage.stepUnder(carried);
  const edge = card ? null : stage.edgeNear(point);
  const place = {x: snap(point.x - CARD.width / 2), y: snap(point.y - CARD.height / 2)};
  if (card) canvas.apply(addStep(document, type, {after: card === INPUTS_ID ? null : card, schema}));
  else if (edge) canvas.apply(insertStep(document, type, edge, schema));
  else canvas.apply(pinning(canvas, addStep(document, type, {after: null, place, schema}), place));
  canvas.takeKeyboard();
}

/** The command, with all other cards fixed where they are. @param {CanvasElement} canvas @param {ReturnType<typeof addStep>} command @param {{x: number, y: number}} place */
function pinning(canvas, command, place) {
  return {...command, change: (/** @type {import("../../../model/commands.js").Editable} */ state) => (
    {...command.change(state), places: {...state.places, ...canvas.pinned({[command.id]: place})}}
  )};
}
