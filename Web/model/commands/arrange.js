import {INPUTS_ID, stepsOf, withSteps} from "../document.js";

/**
 * @typedef {import("../layout.js").Places} Places
 * @typedef {import("./command.js").Command} Command
 */

/**
 * Puts the steps into another order. Steps without `needs` run after what then stands above them.
 * @param {readonly string[]} ids every id, in order
 * @returns {Command}
 */
export function reorderSteps(ids) {
  return {
    label: "Changed the order of steps",
    change: ({document}) => {
      const steps = document.steps ?? [];
      const order = new Map(ids.map((id, place) => [id, place]));
      const sorted = steps.map((step, place) => ({step, rank: order.get(step.id) ?? place}))
        .sort((left, right) => left.rank - right.rank).map(({step}) => step);
      return sorted.every((step, place) => step === steps[place]) ? {} : {document: withSteps(document, sorted)};
    },
  };
}

/**
 * Moves a step up or down in the order.
 * @param {string} id
 * @param {number} by -1 for up
 * @returns {Command}
 */
export function moveInOrder(id, by) {
  return {
    label: `Moved ${id} ${by < 0 ? "up" : "down"}`, select: [id],
    change: (state) => {
      const ids = stepsOf(state.document).map((step) => step.id);
      const place = ids.indexOf(id);
      const target = place + by;
      if (place < 0 || target < 0 || target >= ids.length) return {};
      ids.splice(place, 1);
      ids.splice(target, 0, id);
      return reorderSteps(ids).change(state);
    },
  };
}

/**
 * Puts steps at places of the canvas.
 * @param {Places} places
 * @param {string} [label]
 * @param {string} [merge]
 * @returns {Command}
 */
export function placeSteps(places, label, merge) {
  const count = Object.keys(places).length;
  return {
    label: label ?? (count === 1 ? `Moved ${nameOf(Object.keys(places)[0] ?? "")}` : `Moved ${count} steps`),
    ...(merge ? {merge} : {}), change: (state) => ({places: {...state.places, ...places}}),
  };
}

/** @param {string} id */
function nameOf(id) {
  return id === INPUTS_ID ? "run inputs" : id;
}

/**
 * Lays all steps out anew.
 * @param {Places} places
 * @returns {Command}
 */
export function tidy(places) {
  return {label: "Tidied the layout", change: () => ({places})};
}
