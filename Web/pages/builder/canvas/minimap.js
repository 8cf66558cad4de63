import {INPUTS_ID} from "../../../model/document.js";
import {seen} from "../../../model/canvas-geometry.js";
import {CARD} from "../../../model/layout.js";
import {statusTone} from "../../../parts/status.js";

/**
 * All cards in small, one path for each colour, and what of them is in sight.
 *
 * @typedef {import("./cards.js").Shown} Shown
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 * @typedef {import("../../../model/canvas-geometry.js").Rect} Rect
 * @typedef {import("../../../model/canvas-geometry.js").View} View
 */

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 60;

export class Minimap {
  /** @type {Map<string, {element: SVGPathElement, line: string}>} */
  #paths = new Map();
  #svg;
  #sight;
  /** @type {Rect | null} the part of the world that fills the map, which is a square */
  #all = null;
  /** @type {Rect | null} what is in sight of it */
  #seen = null;

  /** @param {HTMLElement} map with the picture of the cards, and the frame around those in sight */
  constructor(map) {
    this.#svg = /** @type {SVGSVGElement} */ (map.querySelector("svg"));
    this.#sight = /** @type {HTMLElement} */ (map.querySelector(".vw"));
  }

  /** @param {Shown} shown @param {(id: string) => Point | undefined} placeOf @param {Rect | null} bounds of all cards */
  draw(shown, placeOf, bounds) {
    /** @type {Map<string, string>} */
    const lines = new Map();
    for (const id of shown.scene.ids) {
      const place = placeOf(id);
      if (!place) continue;
      const state = shown.statuses?.[id];
      const type = id === INPUTS_ID ? "INPUT" : (shown.scene.steps.get(id)?.type ?? "").toUpperCase();
      const name = `${state ? `c-${statusTone(state.status)}` : `t-${type}`} ${shown.selection.has(id) ? "on" : ""}`;
      lines.set(name, `${lines.get(name) ?? ""}M${place.x} ${place.y}h${CARD.width}v${CARD.height}h-${CARD.width}z`);
    }
    if (!bounds) return;
    const side = Math.max(bounds.width, bounds.height) + 2 * MARGIN;
    this.#all = {x: bounds.x - (side - bounds.width) / 2, y: bounds.y - (side - bounds.height) / 2, width: side, height: side};
    this.#svg.setAttribute("viewBox", `${this.#all.x} ${this.#all.y} ${side} ${side}`);
    this.#frame();
    for (const [name, line] of lines) this.#draw(name, line);
    for (const [name, path] of this.#paths) {
      if (lines.has(name)) continue;
      path.element.remove();
      this.#paths.delete(name);
    }
  }

  /** @param {View} view @param {{width: number, height: number}} size */
  look(view, size) {
    this.#seen = seen(view, size);
    this.#frame();
  }

  /** Puts the frame around what is in sight: no part of the picture, which the browser would lay out anew for it. */
  #frame() {
    const [all, part] = [this.#all, this.#seen];
    if (!all || !part) return;
    const {style} = this.#sight;
    style.setProperty("width", `${part.width / all.width * 100}%`);
    style.setProperty("height", `${part.height / all.height * 100}%`);
    // Of its own size, as a transform counts.
    style.setProperty("transform", `translate(${(part.x - all.x) / part.width * 100}%, ${(part.y - all.y) / part.height * 100}%)`);
  }

  /** The point of the world under one of the screen. @param {PointerEvent} event @returns {Point} */
  at(event) {
    const matrix = this.#svg.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : {x: 0, y: 0};
  }

  /** @param {string} name @param {string} line */
  #draw(name, line) {
    let path = this.#paths.get(name);
    if (!path) {
      const element = document.createElementNS(SVG, "path");
      element.setAttribute("class", name);
      this.#svg.append(element);
      path = {element, line: ""};
      this.#paths.set(name, path);
    }
    if (path.line === line) return;
    path.line = line;
    path.element.setAttribute("d", line);
  }
}
