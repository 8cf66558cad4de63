/**
 * What moves when somebody looks elsewhere: the world with its cards and lines, and the dots behind it. Each is a picture of
 * its own that the browser shows at another place, instead of drawing all that is in sight anew.
 *
 * @typedef {import("../../../model/canvas-geometry.js").Rect} Rect
 * @typedef {import("../../../model/canvas-geometry.js").View} View
 * @typedef {{world: HTMLElement, ground: HTMLElement, dots: HTMLElement}} SurfaceParts
 */

/** Between two dots. */
const DOTS = 24;
/** A card may be dragged so far before it is outside. */
const AROUND = 2000;

export class Surface {
  #parts;

  /** @param {SurfaceParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {View} view */
  look({x, y, zoom}) {
    const {world, dots} = this.#parts;
    const step = DOTS * zoom;
    // With a third dimension a browser keeps a picture of it; flat it would draw it at each move.
    world.style.setProperty("transform", `translate3d(${x}px, ${y}px, 0) scale(${zoom})`);
    dots.style.setProperty("transform", `translate3d(${x % step}px, ${y % step}px, 0)`);
    dots.style.setProperty("background-size", `${step}px ${step}px`);
  }

  /** Lies below all cards: what stands on one ground is one picture, and not one for each card. @param {Rect} all */
  spread(all) {
    const {style} = this.#parts.ground;
    style.setProperty("left", `${all.x - AROUND}px`);
    style.setProperty("top", `${all.y - AROUND}px`);
    style.setProperty("width", `${all.width + 2 * AROUND}px`);
    style.setProperty("height", `${all.height + 2 * AROUND}px`);
  }
}
