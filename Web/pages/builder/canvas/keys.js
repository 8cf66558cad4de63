import {placeSteps, removeSteps} from "../../../model/commands.js";
import {INPUTS_ID} from "../../../model/document.js";
import {directionOf, nextIn, inPort} from "../../../model/canvas-geometry.js";
import {GRID} from "../../../model/layout.js";
import {duplicate} from "../steps-clipboard.js";

/**
 * What keys do on the canvas. Every gesture of a pointer has its twin here.
 *
 * @typedef {import("./canvas.js").CanvasElement} CanvasElement
 * @typedef {import("./stage.js").Stage} Stage
 * @typedef {import("./gestures.js").Gestures} Gestures
 */
export class Keys {
  /** While a connection is made by keys: where it begins and where it would lead. @type {{from: string, to: string} | null} */
  #connecting = null;
  #canvas;
  #stage;
  #gestures;

  /** @param {CanvasElement} canvas @param {Stage} stage @param {Gestures} gestures */
  constructor(canvas, stage, gestures) {
    this.#canvas = canvas;
    this.#stage = stage;
    this.#gestures = gestures;
  }

  /** @param {KeyboardEvent} event */
  take(event) {
    this.#gestures.settle();
    if (!this.#key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was one of ours */
  #key(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) return this.#withControl(key, event.shiftKey);
    const direction = directionOf(event.key);
    if (direction) return event.altKey ? this.#nudge(direction) : this.#go(direction, event.shiftKey);
    if (event.altKey) return false;
    switch (key) {
      case "Enter": return this.#enter();
      case "Escape": return this.#escape();
      case "Delete": case "Backspace": return this.#remove();
      case "Home": return this.#to(INPUTS_ID);
      case "End": return this.#to(this.#canvas.model?.stepIds.at(-1) ?? Object.keys(this.#stage.places).at(-1) ?? null);
      case "+": case "=": return this.#done(() => this.#stage.zoom(1.25));
      case "-": return this.#done(() => this.#stage.zoom(1 / 1.25));
      default: return this.#letter(key, event);
    }
  }

  /** @param {string} key @param {KeyboardEvent} event */
  #letter(key, event) {
    if (this.#canvas.app?.preferences.letterKeys.value === false) return false;
    if (event.shiftKey && event.code === "Digit1") return this.#done(() => this.#stage.fit());
    if (event.shiftKey && key === "t" && this.#stage.canEdit) return this.#done(() => this.#canvas.tidy());
    if (!event.shiftKey && key === "c" && this.#stage.canEdit) return this.#connect();
    return false;
  }

  /** @param {string} key @param {boolean} isShifted */
  #withControl(key, isShifted) {
    const {model} = this.#canvas;
    if (key === "a") return this.#done(() => this.#canvas.select(Object.keys(this.#stage.places).filter((id) => id !== INPUTS_ID)));
    if (!model?.canEdit) return false;
    if (key === "z") return this.#done(() => isShifted ? model.redo() : model.undo());
    if (key === "y") return this.#done(() => model.redo());
    if (key === "d") return this.#done(() => duplicate(model, this.#canvas));
    return false;
  }

  /** @param {import("../../../model/canvas-geometry.js").Point} direction @param {boolean} adds */
  #go(direction, adds) {
    const {places} = this.#stage;
    const from = this.#connecting?.to ?? this.#canvas.current ?? INPUTS_ID;
    const isFirst = this.#canvas.current === null && !this.#connecting;
    const to = isFirst ? INPUTS_ID : nextIn(places, from, direction);
    if (!to) return true;
    if (this.#connecting) return this.#aim(this.#connecting.from, to);
    this.#canvas.select(adds ? [...new Set([...this.#stage.selection, to])] : [to]);
    this.#stage.reveal(to);
    this.#canvas.sayStep(to);
    return true;
  }

  /** @param {string | null} id */
  #to(id) {
    if (!id) return true;
    this.#canvas.select([id]);
    this.#stage.reveal(id);
    this.#canvas.sayStep(id);
    return true;
  }

  /** @param {import("../../../model/canvas-geometry.js").Point} direction */
  #nudge(direction) {
    if (!this.#stage.canEdit) return true;
    const moved = Object.fromEntries(this.#stage.selection.filter((id) => this.#stage.isMovable(id)).flatMap((id) => {
      const place = this.#stage.places[id];
      return place ? [[id, {x: place.x + direction.x * GRID, y: place.y + direction.y * GRID}]] : [];
    }));
    const ids = Object.keys(moved);
    if (ids.length > 0) this.#canvas.apply(placeSteps(this.#canvas.pinned(moved), ids.length === 1 ? `Moved ${ids[0]}` : `Moved ${ids.length} steps`, `nudge ${ids.join(" ")}`));
    return true;
  }

  #connect() {
    const from = this.#canvas.current;
    if (!from || from === INPUTS_ID) {
      this.#canvas.say("Select a step first, then press C");
      return true;
    }
    this.#connecting = {from, to: from};
    this.#canvas.say(`Connect from ${from}. Arrow keys choose a step, Enter connects, Escape gives up`);
    this.#stage.pull(from, inPort(this.#stage.places[from] ?? {x: 0, y: 0}), null);
    return true;
  }

  /** @param {string} from @param {string} to */
  #aim(from, to) {
    if (to === INPUTS_ID) return true;
    const place = this.#stage.places[to];
    if (!place) return true;
    this.#connecting = {from, to};
    this.#stage.reveal(to);
    this.#stage.pull(from, inPort(place), to);
    this.#canvas.say(to === from ? `Back at ${from}` : `To ${to}`);
    return true;
  }

  #enter() {
    const connecting = this.#connecting;
    if (connecting) {
      this.#connecting = null;
      this.#stage.letGo();
      if (connecting.from === connecting.to) this.#canvas.say("No connection made");
      else this.#canvas.connect(connecting.from, connecting.to);
      return true;
    }
    const id = this.#canvas.current;
    if (id) this.#stage.open(id, true);
    return id !== null;
  }

  #escape() {
    if (this.#gestures.abandon()) return true;
    if (this.#connecting) {
      this.#connecting = null;
      this.#stage.letGo();
      this.#canvas.say("No connection made");
      return true;
    }
    if (this.#stage.edge) {
      this.#stage.pickEdge(null);
      return true;
    }
    if (this.#stage.selection.length === 0) return false;
    this.#canvas.select([]);
    this.#canvas.say("Nothing selected");
    return true;
  }

  #remove() {
    if (!this.#stage.canEdit) return false;
    if (this.#canvas.disconnectPicked()) return true;
    const ids = this.#stage.selection.filter((id) => id !== INPUTS_ID);
    if (ids.length > 0) this.#canvas.apply(removeSteps(ids));
    return true;
  }

  /** @param {() => void} run */
  #done(run) {
    run();
    return true;
  }
}
