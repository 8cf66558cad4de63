import {INPUTS_ID} from "../../../model/document.js";
import {
  boundsOf, centred, curve, fitted, holds, inPort, meet, outPort, revealing, seen, toWorld, zoomed,
} from "../../../model/canvas-geometry.js";
import {Cards} from "./cards.js";
import {Edges, edgeKey} from "./edges.js";
import {Minimap} from "./minimap.js";
import {cardRect} from "./scene.js";
import {Surface} from "./surface.js";

/**
 * The drawing board: what is where on the screen right now. It draws once a frame, only what is in sight, and while
 * something is dragged only what moves.
 *
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 * @typedef {import("../../../model/canvas-geometry.js").Rect} Rect
 * @typedef {import("../../../model/canvas-geometry.js").View} View
 * @typedef {import("./cards.js").Shown} Shown
 * @typedef {object} Host what the board leaves to the element
 * @property {(ids: readonly string[]) => void} select
 * @property {(id: string, takesKeyboard: boolean) => void} open
 * @property {(from: string, to: string) => void} connect
 * @property {(places: Record<string, Point>) => void} place
 * @property {(edge: {from: string, to: string} | null, at: Point | null) => void} edge
 * @property {() => void} looked
 *
 * @typedef {import("./surface.js").SurfaceParts & {
 *   viewport: HTMLElement, cards: HTMLElement, lines: SVGGElement, words: HTMLElement, box: HTMLElement, mini: HTMLElement
 * }} Parts
 */

/** Cards are drawn this far beyond what is in sight, so that a small pan draws nothing new. */
const BEYOND = 400;
/** After zooming in, what is far outside goes. */
const MOST_BEYOND = 6;
/** Of a frame, for cards that are not in sight yet. */
const SPARE_MS = 5;
const NEAR_EDGE = 24;
/** A line is thin: so far around it, on the screen, it can be taken hold of. */
const GRIP = 7;

export class Stage {
  /** @type {View} */
  view = {x: 0, y: 0, zoom: 1};
  size = {width: 0, height: 0};
  canEdit = false;
  /** @type {readonly string[]} */
  selection = [];
  /** The edge that is picked. @type {string | null} */
  edge = null;

  /** @type {Shown | null} */
  #shown = null;
  /** @type {{ids: Set<string>, by: Point} | null} */
  #drag = null;
  /** @type {{from: string, to: Point} | null} */
  #wire = null;
  /** @type {Rect | null} what is drawn of the world */
  #drawn = null;
  /** Where the pointer moves without pressing. @type {PointerEvent | null} */
  #pointed = null;
  #isDue = false;
  #isStale = true;
  /** Whether cards are still to come into what is drawn. */
  #isFilling = false;
  #isMiniStale = true;
  /** @type {{by: Point, again: () => void} | null} */
  #rim = null;
  /** The view that is drawn. @type {View | null} */
  #looked = null;
  #isFitted = false;
  /** The view that fitting gave; another one is somebody's own. @type {View | null} */
  #fitted = null;
  #corner = {x: 0, y: 0};
  #host;
  #parts;
  #cards;
  #edges;
  #mini;
  #surface;

  /** @param {Parts} parts @param {Host} host */
  constructor(parts, host) {
    this.#parts = parts;
    this.#host = host;
    this.#cards = new Cards(parts.cards);
    this.#edges = new Edges(parts.lines, parts.words);
    this.#mini = new Minimap(parts.mini);
    this.#surface = new Surface(parts);
  }

  /** @param {Omit<Shown, "target">} shown @param {readonly string[]} selection */
  show(shown, selection) {
    this.#shown = {...shown, target: this.#shown?.target ?? null};
    this.selection = selection;
    this.canEdit = shown.canEdit;
    if (this.edge && !shown.scene.edges.some((edge) => edgeKey(edge) === this.edge)) this.pickEdge(null);
    this.#redraw();
    if (!this.#isFitted) this.fit();
  }

  /** @param {{width: number, height: number}} size */
  resize(size) {
    this.size = size;
    this.locate();
    this.#looked = null;
    // While editing nothing moves under the hand; a run that is only watched stays in sight.
    if (this.#isFitted && (this.canEdit || this.view !== this.#fitted)) this.#redraw();
    else this.fit();
  }

  // MARK: Where things are

  placeOf = (/** @type {string} */ id) => {
    const place = this.#shown?.scene.places[id];
    if (!place || !this.#drag?.ids.has(id)) return place;
    return {x: place.x + this.#drag.by.x, y: place.y + this.#drag.by.y};
  };

  get places() { return this.#shown?.scene.places ?? {}; }

  /** @param {{clientX: number, clientY: number}} event @returns {Point} */
  onScreen(event) {
    return {x: event.clientX - this.#corner.x, y: event.clientY - this.#corner.y};
  }

  /** Finds anew where the board is in the window: asked when it may be elsewhere, not for each event, since the browser lays out for it. */
  locate() {
    const {left, top} = this.#parts.viewport.getBoundingClientRect();
    this.#corner = {x: left, y: top};
  }

  /** @param {{clientX: number, clientY: number}} event @returns {Point} in the world */
  at(event) {
    return toWorld(this.view, this.onScreen(event));
  }

  /** @param {EventTarget | null} target */
  stepAt(target) {
    const card = target instanceof Element ? target.closest("[data-id]") : null;
    return card instanceof HTMLElement ? card.dataset.id ?? null : null;
  }

  /** @param {{clientX: number, clientY: number}} event */
  stepUnder(event) {
    return this.stepAt(document.elementFromPoint(event.clientX, event.clientY));
  }

  /** Whether the board is what is there. @param {{clientX: number, clientY: number}} event */
  isUnder(event) {
    return this.#parts.viewport.contains(document.elementFromPoint(event.clientX, event.clientY));
  }

  /** The connection under the pointer. @param {{clientX: number, clientY: number, target: EventTarget | null}} event @returns {string | null} */
  edgeAt(event) {
    return this.stepAt(event.target) ? null : this.#edges.near(this.at(event), GRIP / this.view.zoom, this.placeOf);
  }

  /** The connection that passes near a point of the world. @param {Point} point */
  edgeNear(point) {
    const key = this.#edges.near(point, NEAR_EDGE, this.placeOf);
    return this.#shown?.scene.edges.find((edge) => edgeKey(edge) === key) ?? null;
  }

  /** Shows what a press would take hold of. @param {PointerEvent | null} event null where nothing is pointed at */
  point(event) {
    this.#pointed = event;
    this.#ask();
  }

  /** The run inputs stand above what begins with them; everything else goes where it is put. @param {string} id */
  isMovable(id) {
    return id !== INPUTS_ID;
  }

  /** @param {string} id */
  element(id) {
    return this.#cards.element(id);
  }

  // MARK: Looking

  /** @param {View} view */
  look(view) {
    this.view = view;
    this.#isFitted = true;
    const drawn = this.#drawn;
    const sight = seen(view, this.size);
    if (!drawn || !holds(drawn, sight) || drawn.width > sight.width * MOST_BEYOND) this.#isStale = true;
    this.#ask();
    this.#host.looked();
  }

  /** @param {number} factor @param {Point} [at] on the screen */
  zoom(factor, at = {x: this.size.width / 2, y: this.size.height / 2}) {
    this.look(zoomed(this.view, factor, at));
  }

  fit() {
    const bounds = boundsOf(Object.values(this.places));
    if (!bounds || this.size.width === 0) return;
    const around = this.places[this.selection[0] ?? ""] ?? this.#running() ?? this.places[INPUTS_ID];
    this.#fitted = fitted(bounds, this.size, around);
    this.look(this.#fitted);
    this.#redraw();
  }

  /** @param {string} id */
  reveal(id) {
    const place = this.places[id];
    if (place && this.size.width > 0 && this.#isFitted) this.look(revealing(this.view, place, this.size));
  }

  /** @param {Point} point of the world */
  centre(point) {
    this.look(centred({x: point.x - 116, y: point.y - 72}, this.size, this.view.zoom));
  }

  /** @param {PointerEvent} event on the small map */
  lookAt(event) {
    this.centre(this.#mini.at(event));
  }

  #running() {
    const {statuses, scene} = this.#shown ?? {};
    const id = Object.keys(statuses ?? {}).find((step) => statuses?.[step]?.status === "running");
    return id ? scene?.places[id] : undefined;
  }

  // MARK: Changing

  /** @param {readonly string[]} ids */
  select(ids) {
    this.pickEdge(null);
    this.#host.select(ids);
  }

  /** @param {string} id @param {boolean} takesKeyboard */
  open(id, takesKeyboard) {
    this.#host.open(id, takesKeyboard);
  }

  /** @param {string} from @param {string} to */
  connect(from, to) {
    this.#host.connect(from, to);
  }

  /** @param {string | null} key */
  pickEdge(key) {
    if (this.edge === key) return;
    this.edge = key;
    const edge = this.#shown?.scene.edges.find((other) => edgeKey(other) === key) ?? null;
    if (edge) this.#host.select([]);
    this.#host.edge(edge, this.edgeMiddle());
    this.#redraw();
  }

  /** Where the tools of the picked edge stand, on the screen. @returns {Point | null} */
  edgeMiddle() {
    const edge = this.#shown?.scene.edges.find((other) => edgeKey(other) === this.edge);
    const [from, to] = [this.places[edge?.from ?? ""], this.places[edge?.to ?? ""]];
    if (!from || !to) return null;
    const [start, , , end] = curve(outPort(from), inPort(to));
    const middle = {x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + (edge?.branch === null ? 0 : 28)};
    return {x: middle.x * this.view.zoom + this.view.x, y: middle.y * this.view.zoom + this.view.y};
  }

  /** @param {readonly string[]} ids @param {Point} by */
  drag(ids, by) {
    if (this.#drag && this.#drag.by.x === by.x && this.#drag.by.y === by.y) return;
    if (!this.#drag) this.#parts.viewport.classList.add("dragging");
    this.#drag = {ids: this.#drag?.ids ?? new Set(ids), by};
    this.#ask();
  }

  /** @param {boolean} stays */
  drop(stays) {
    const drag = this.#drag;
    this.#parts.viewport.classList.remove("dragging");
    if (!drag) return;
    const moved = Object.fromEntries([...drag.ids].flatMap((id) => {
      const place = this.placeOf(id);
      return place ? [[id, place]] : [];
    }));
    this.#drag = null;
    if (stays && (drag.by.x !== 0 || drag.by.y !== 0)) this.#host.place(moved);
    this.#redraw();
  }

  /** @param {Rect | null} box */
  box(box) {
    const {style} = this.#parts.box;
    this.#parts.box.hidden = box === null;
    if (!box || !this.#shown) return;
    const {x, y, zoom} = this.view;
    for (const [name, value] of [["left", box.x * zoom + x], ["top", box.y * zoom + y], ["width", box.width * zoom], ["height", box.height * zoom]]) {
      style.setProperty(String(name), `${value}px`);
    }
    this.#host.select(this.#shown.scene.ids.filter((id) => {
      const place = this.places[id];
      return place && this.isMovable(id) && meet(cardRect(place), box);
    }));
  }

  /** A connection follows the pointer. @param {string} from @param {Point} to @param {string | null} target */
  pull(from, to, target) {
    this.#wire = {from, to};
    this.aim(target === from || target === INPUTS_ID ? null : target);
    this.#ask();
  }

  /** Marks the card that would take what is let go. @param {string | null} target */
  aim(target) {
    if (!this.#shown || this.#shown.target === target) return;
    this.#shown = {...this.#shown, target};
    this.#redraw();
  }

  letGo() {
    this.#wire = null;
    this.aim(null);
    this.#ask();
  }

  /** Keeps moving the canvas while a drag is at its rim. @param {{by: Point, again: () => void} | null} rim */
  edgeOn(rim) {
    const wasMoving = this.#rim !== null;
    this.#rim = rim;
    if (rim && !wasMoving) requestAnimationFrame(() => this.#push());
  }

  #push() {
    if (!this.#rim) return;
    this.look({...this.view, x: this.view.x + this.#rim.by.x, y: this.view.y + this.#rim.by.y});
    this.#rim.again();
    requestAnimationFrame(() => this.#push());
  }

  // MARK: Drawing

  #redraw() {
    this.#isStale = true;
    this.#isMiniStale = true;
    this.#ask();
  }

  #ask() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  /** Moves the world under the window, where it was looked elsewhere since. */
  #look() {
    if (this.#looked === this.view) return;
    this.#looked = this.view;
    this.#surface.look(this.view);
    this.#mini.look(this.view, this.size);
  }

  #draw() {
    const shown = this.#shown;
    if (!shown || this.size.width === 0) return;
    const {zoom} = this.view;
    this.#look();
    if (this.#isStale) {
      this.#isStale = false;
      this.#drawn = seen(this.view, this.size, BEYOND / zoom);
      this.#edges.draw({...shown, edge: this.edge}, this.#drawn, this.placeOf);
      this.#isFilling = true;
    } else if (this.#drag) {
      for (const id of this.#drag.ids) {
        const place = this.placeOf(id);
        if (!place) continue;
        this.#cards.move(id, place);
        this.#edges.follow(id, this.placeOf);
      }
    }
    if (this.#isFilling && this.#drawn) {
      this.#isFilling = !this.#cards.draw(shown, seen(this.view, this.size), this.#drawn, this.placeOf, performance.now() + SPARE_MS);
      if (this.#isFilling) this.#ask();
    }
    if (this.#isMiniStale && !this.#drag) {
      this.#isMiniStale = false;
      const all = boundsOf(Object.values(this.places));
      if (all) this.#surface.spread(all);
      this.#mini.draw(shown, this.placeOf, all);
    }
    if (this.#pointed) {
      const key = this.canEdit ? this.edgeAt(this.#pointed) : null;
      this.#edges.point(key);
      this.#parts.viewport.classList.toggle("on-edge", key !== null);
      this.#pointed = null;
    }
    const from = this.#wire && this.places[this.#wire.from];
    this.#edges.wire(from && this.#wire ? {from: outPort(from), to: this.#wire.to} : null);
  }
}
