import {CARD} from "./layout.js";

/**
 * The canvas in numbers: what is seen of the world, how an edge runs, what lies in which direction.
 *
 * @typedef {{readonly x: number, readonly y: number}} Point
 * @typedef {{readonly x: number, readonly y: number, readonly width: number, readonly height: number}} Rect
 * @typedef {{readonly x: number, readonly y: number, readonly zoom: number}} View where the world's origin is on the screen
 */

export const LEAST_ZOOM = 0.2;
export const MOST_ZOOM = 2;

/** @param {View} view @param {Point} point @returns {Point} */
export function toWorld(view, point) {
  return {x: (point.x - view.x) / view.zoom, y: (point.y - view.y) / view.zoom};
}

/** What is seen of the world, and a margin around it. @param {View} view @param {{width: number, height: number}} size @param {number} [margin] @returns {Rect} */
export function seen(view, size, margin = 0) {
  return {
    x: -view.x / view.zoom - margin, y: -view.y / view.zoom - margin,
    width: size.width / view.zoom + 2 * margin, height: size.height / view.zoom + 2 * margin,
  };
}

/** The view at another zoom, with one point of the screen staying where it is. @param {View} view @param {number} factor @param {Point} at @returns {View} */
export function zoomed(view, factor, at) {
  const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, view.zoom * factor));
  const ratio = zoom / view.zoom;
  return {zoom, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio};
}

/** The smallest rectangle around all cards; null without any. @param {Iterable<Point>} places @returns {Rect | null} */
export function boundsOf(places) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const {x, y} of places) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + CARD.width);
    bottom = Math.max(bottom, y + CARD.height);
  }
  return left === Infinity ? null : {x: left, y: top, width: right - left, height: bottom - top};
}

/**
 * The view that shows all, with room for the tools below. Where all would be too small to read, it shows the part around
 * a card.
 * @param {Rect} bounds
 * @param {{width: number, height: number}} size
 * @param {Point} [around]
 * @returns {View}
 */
export function fitted(bounds, size, around) {
  const tools = 64;
  const zoom = Math.max(LEAST_ZOOM, Math.min(1.1, (size.width - 64) / bounds.width, (size.height - 40 - tools) / bounds.height));
  const isSmall = size.width < 500 ? zoom < 0.6 : zoom < 0.3;
  if (isSmall && around) {
    const view = centred(around, size, size.width < 500 ? 0.66 : 0.5);
    return {...view, y: Math.min(view.y, 28 - bounds.y * view.zoom)};
  }
  return {
    zoom, x: (size.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: Math.max(28, (size.height - tools - bounds.height * zoom) / 2) - bounds.y * zoom,
  };
}

/** @param {Point} card @param {{width: number, height: number}} size @param {number} zoom @returns {View} */
export function centred(card, size, zoom) {
  return {zoom, x: size.width / 2 - (card.x + CARD.width / 2) * zoom, y: size.height / 2 - 40 - (card.y + CARD.height / 2) * zoom};
}

/** The view moved as little as shows a card whole. @param {View} view @param {Point} card @param {{width: number, height: number}} size @returns {View} */
export function revealing(view, card, size) {
  const edge = 24;
  const tools = 72;
  // The small map in the corner with its margin, where there is room for it.
  const map = size.width > 640 && size.height > 330 ? 144 : 0;
  const left = card.x * view.zoom + view.x;
  const top = card.y * view.zoom + view.y;
  const right = left + CARD.width * view.zoom;
  const bottom = top + CARD.height * view.zoom;
  const x = left < edge ? edge - left : right > size.width - edge ? Math.max(edge - left, size.width - edge - right) : 0;
  const end = size.height - (right + x > size.width - map ? Math.max(tools, map) : tools);
  const y = top < edge ? edge - top : bottom > end ? Math.max(edge - top, end - bottom) : 0;
  return x === 0 && y === 0 ? view : {...view, x: view.x + x, y: view.y + y};
}

/** @param {Rect} left @param {Rect} right */
export function meet(left, right) {
  return left.x < right.x + right.width && left.x + left.width > right.x
    && left.y < right.y + right.height && left.y + left.height > right.y;
}

/** @param {Rect} outer @param {Rect} inner */
export function holds(outer, inner) {
  return outer.x <= inner.x && outer.y <= inner.y
    && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height;
}

/** @param {Point} place @returns {Point} */
export const outPort = (place) => ({x: place.x + CARD.width / 2, y: place.y + CARD.height});
/** @param {Point} place @returns {Point} */
export const inPort = (place) => ({x: place.x + CARD.width / 2, y: place.y});

/**
 * The four points of an edge's curve: a long edge falls straight before it turns, so that it misses cards.
 * @param {Point} from @param {Point} to @param {boolean} [isEarly] whether it turns first, and falls then
 * @returns {[Point, Point, Point, Point]}
 */
export function curve(from, to, isEarly = false) {
  const far = Math.abs(to.y - from.y);
  const short = Math.max(26, far * 0.5);
  const [first, last] = far <= 120 ? [short, short] : isEarly ? [far * 0.3, far * 0.95] : [far * 0.95, far * 0.3];
  return [from, {x: from.x, y: from.y + first}, {x: to.x, y: to.y - last}, {x: to.x, y: to.y - 2}];
}

/** @param {Point} from @param {Point} to @param {boolean} [isEarly] */
export function curvePath(from, to, isEarly) {
  const [a, b, c, d] = curve(from, to, isEarly);
  return `M${a.x},${a.y}C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`;
}

/** @param {Point} from @param {Point} to @param {number} t from 0 to 1 @param {boolean} [isEarly] @returns {Point} */
export function pointOn(from, to, t, isEarly) {
  const [a, b, c, d] = curve(from, to, isEarly);
  const u = 1 - t;
  const mix = (/** @type {"x" | "y"} */ axis) => u ** 3 * a[axis] + 3 * u ** 2 * t * b[axis] + 3 * u * t ** 2 * c[axis] + t ** 3 * d[axis];
  return {x: mix("x"), y: mix("y")};
}

/** How far a point is from an edge, at most by a few pixels wrong. @param {Point} from @param {Point} to @param {Point} point @param {boolean} [isEarly] */
export function distanceTo(from, to, point, isEarly) {
  let least = Infinity;
  for (let step = 0; step <= 24; step += 1) {
    const on = pointOn(from, to, step / 24, isEarly);
    least = Math.min(least, Math.hypot(on.x - point.x, on.y - point.y));
  }
  return least;
}

const DIRECTIONS = /** @type {Record<string, Point>} */ ({
  ArrowUp: {x: 0, y: -1}, ArrowDown: {x: 0, y: 1}, ArrowLeft: {x: -1, y: 0}, ArrowRight: {x: 1, y: 0},
});

/** @param {string} key an arrow @returns {Point | null} */
export function directionOf(key) {
  return DIRECTIONS[key] ?? null;
}

/**
 * The nearest card in a direction: straight ahead counts for more than aside.
 * @param {Readonly<Record<string, Point>>} places
 * @param {string} from
 * @param {Point} direction
 * @returns {string | null}
 */
export function nextIn(places, from, direction) {
  const here = places[from];
  if (!here) return Object.keys(places)[0] ?? null;
  let best = null;
  let least = Infinity;
  for (const [id, place] of Object.entries(places)) {
    const [x, y] = [place.x - here.x, place.y - here.y];
    const ahead = x * direction.x + y * direction.y;
    if (id === from || ahead <= 4) continue;
    const far = ahead + 2.2 * Math.abs(x * direction.y + y * direction.x);
    if (far < least) {
      least = far;
      best = id;
    }
  }
  return best;
}
