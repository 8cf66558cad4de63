import {snap} from "../../../model/layout.js";
import {toggled} from "../../../model/selection.js";

/**
 * What pointers do on the canvas: drag cards, pan, zoom by two fingers or the wheel, draw a box, pull a connection.
 *
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 * @typedef {import("./stage.js").Stage} Stage
 * @typedef {{move?: (event: PointerEvent) => void, end?: (event: PointerEvent, hasMoved: boolean) => void, cancel?: () => void}} Gesture
 */

/** A press that moves less is a click. */
const STILL = 4;
/** A notch of a mouse wheel is large, a step of a pinch on a touch pad small: neither may jump. */
const MOST_WHEEL = 20;
/** Near the rim the canvas follows a drag. */
const RIM = 32;
const RIM_SPEED = 14;

export class Gestures {
  /** @type {Map<number, PointerEvent>} */
  #pointers = new Map();
  /** @type {Gesture | null} */
  #gesture = null;
  /** @type {PointerEvent | null} */
  #start = null;
  #hasMoved = false;
  /** The card that was dropped, until it is selected. @type {string | null} */
  #dropped = null;
  /** @type {{distance: number, middle: Point} | null} */
  #pinch = null;
  #stage;

  /** @param {Stage} stage @param {HTMLElement} viewport @param {AbortSignal} signal */
  constructor(stage, viewport, signal) {
    this.#stage = stage;
    const options = {signal};
    viewport.addEventListener("pointerdown", (event) => this.#down(event), options);
    viewport.addEventListener("pointermove", (event) => this.#move(event), options);
    viewport.addEventListener("pointerup", (event) => this.#up(event), options);
    viewport.addEventListener("pointercancel", (event) => this.#cancel(event), options);
    viewport.addEventListener("pointerenter", () => this.#stage.locate(), options);
    document.addEventListener("scroll", () => this.#stage.locate(), {signal, capture: true, passive: true});
    viewport.addEventListener("wheel", (event) => this.#wheel(event), {signal, passive: false});
    viewport.addEventListener("dblclick", (event) => {
      const id = this.#stage.stepUnder(event);
      if (id) this.#stage.open(id, true);
    }, options);
  }

  /** Selects what was dropped: at once where somebody goes on before its time has come. */
  settle() {
    const id = this.#dropped;
    this.#dropped = null;
    if (id !== null) this.#stage.select([id]);
  }

  /** Gives up what is being dragged; true where something was. */
  abandon() {
    const was = this.#gesture !== null && this.#hasMoved;
    this.#gesture?.cancel?.();
    this.#gesture = null;
    return was;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button > 1) return;
    this.settle();
    this.#stage.locate();
    this.#pointers.set(event.pointerId, event);
    const viewport = /** @type {HTMLElement} */ (event.currentTarget);
    viewport.setPointerCapture(event.pointerId);
    if (this.#pointers.size === 2) {
      this.#gesture?.cancel?.();
      this.#gesture = null;
      this.#pinch = this.#fingers();
      return;
    }
    this.#start = event;
    this.#hasMoved = false;
    this.#gesture = this.#begin(event);
  }

  /** @param {PointerEvent} event @returns {Gesture} */
  #begin(event) {
    const stage = this.#stage;
    const id = stage.stepAt(event.target);
    const edge = id ? null : stage.edgeAt(event);
    const isPort = event.target instanceof Element && event.target.closest("[data-port]") !== null;
    if (event.button === 1) return this.#pan(event);
    if (id && isPort && stage.canEdit) return this.#connect(id);
    if (id) return this.#card(event, id);
    if (edge && stage.canEdit) return {...this.#pan(event), end: (_event, hasMoved) => { if (!hasMoved) stage.pickEdge(edge); }};
    if (event.shiftKey) return this.#box(event);
    return {...this.#pan(event), end: (_event, hasMoved) => { if (!hasMoved) stage.select([]); }};
  }

  /** @param {PointerEvent} event @returns {Gesture} */
  #pan(event) {
    const stage = this.#stage;
    const from = stage.view;
    return {
      move: (now) => stage.look({...from, x: from.x + now.clientX - event.clientX, y: from.y + now.clientY - event.clientY}),
      cancel: () => stage.look(from),
    };
  }

  /** @param {PointerEvent} event @param {string} id @returns {Gesture} */
  #card(event, id) {
    const stage = this.#stage;
    const wasSelected = stage.selection.includes(id);
    // What a selection opens beside the canvas waits for the release: a drag begins without it.
    if (event.shiftKey) stage.select(toggled(stage.selection, id));
    // A finger on a card that is not selected moves the canvas: else a small screen could not be scrolled.
    const drags = stage.canEdit && stage.isMovable(id) && (event.pointerType !== "touch" || wasSelected);
    const pan = this.#pan(event);
    const grip = stage.at(event);
    const ids = () => stage.selection.includes(id) ? stage.selection.filter((other) => stage.isMovable(other)) : [id];
    return {
      move: drags ? (now) => {
        const point = stage.at(now);
        stage.drag(ids(), {x: snap(point.x - grip.x), y: snap(point.y - grip.y)});
        stage.edgeOn(this.#rim(now));
      } : pan.move,
      cancel: drags ? () => stage.drop(false) : pan.cancel,
      end: (_now, hasMoved) => {
        if (hasMoved && drags) {
          stage.drop(true);
          // What a selection opens beside the canvas comes when the card has been drawn where it is now.
          if (!stage.selection.includes(id)) {
            this.#dropped = id;
            requestAnimationFrame(() => setTimeout(() => this.settle()));
          }
          return undefined;
        }
        if (hasMoved || event.shiftKey) return undefined;
        stage.select([id]);
        return stage.open(id, false);
      },
    };
  }

  /** @param {string} from @returns {Gesture} */
  #connect(from) {
    const stage = this.#stage;
    return {
      move: (now) => {
        stage.pull(from, stage.at(now), stage.stepUnder(now));
        stage.edgeOn(this.#rim(now));
      },
      cancel: () => stage.letGo(),
      end: (now, hasMoved) => {
        const to = stage.stepUnder(now);
        stage.letGo();
        if (hasMoved && to && to !== from) stage.connect(from, to);
        else if (!hasMoved) stage.select([from]);
      },
    };
  }

  /** @param {PointerEvent} event @returns {Gesture} */
  #box(event) {
    const stage = this.#stage;
    const corner = stage.at(event);
    const before = stage.selection;
    return {
      move: (now) => {
        const point = stage.at(now);
        stage.box({
          x: Math.min(corner.x, point.x), y: Math.min(corner.y, point.y),
          width: Math.abs(corner.x - point.x), height: Math.abs(corner.y - point.y),
        });
      },
      cancel: () => { stage.box(null); stage.select(before); },
      end: () => stage.box(null),
    };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#pointers.has(event.pointerId)) return event.pointerType === "touch" ? undefined : this.#stage.point(event);
    this.#pointers.set(event.pointerId, event);
    if (this.#pinch && this.#pointers.size === 2) return this.#spread();
    if (!this.#gesture || !this.#start) return undefined;
    const far = Math.hypot(event.clientX - this.#start.clientX, event.clientY - this.#start.clientY);
    if (!this.#hasMoved && far < STILL) return undefined;
    this.#hasMoved = true;
    return this.#gesture.move?.(event);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#pointers.delete(event.pointerId);
    this.#stage.edgeOn(null);
    if (this.#pointers.size < 2) this.#pinch = null;
    const gesture = this.#gesture;
    this.#gesture = null;
    gesture?.end?.(event, this.#hasMoved);
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    this.#pointers.delete(event.pointerId);
    this.#pinch = null;
    this.#stage.edgeOn(null);
    this.#gesture?.cancel?.();
    this.#gesture = null;
  }

  #fingers() {
    const [one, two] = [...this.#pointers.values()].map((event) => this.#stage.onScreen(event));
    if (!one || !two) return null;
    return {distance: Math.hypot(one.x - two.x, one.y - two.y) || 1, middle: {x: (one.x + two.x) / 2, y: (one.y + two.y) / 2}};
  }

  #spread() {
    const before = this.#pinch;
    const now = this.#fingers();
    if (!before || !now) return;
    this.#stage.zoom(now.distance / before.distance, now.middle);
    const {view} = this.#stage;
    this.#stage.look({...view, x: view.x + now.middle.x - before.middle.x, y: view.y + now.middle.y - before.middle.y});
    this.#pinch = now;
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const {view} = this.#stage;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) this.#stage.zoom(Math.exp(-Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY * unit)) * 0.01), this.#stage.onScreen(event));
    else if (event.shiftKey && event.deltaX === 0) this.#stage.look({...view, x: view.x - event.deltaY * unit});
    else this.#stage.look({...view, x: view.x - event.deltaX * unit, y: view.y - event.deltaY * unit});
  }

  /** How the canvas moves under a drag near its rim. @param {PointerEvent} event @returns {{by: Point, again: () => void} | null} */
  #rim(event) {
    const {x, y} = this.#stage.onScreen(event);
    const {width, height} = this.#stage.size;
    const push = (/** @type {number} */ at, /** @type {number} */ all) => at < RIM ? RIM_SPEED : at > all - RIM ? -RIM_SPEED : 0;
    const by = {x: push(x, width), y: push(y, height)};
    return by.x === 0 && by.y === 0 ? null : {by, again: () => this.#gesture?.move?.(event)};
  }
}
