import {INPUTS_ID} from "../../../model/document.js";
import {curvePath, distanceTo, inPort, meet, outPort, pointOn} from "../../../model/canvas-geometry.js";

/**
 * The edges in sight, with the words of branches. Which of them is under the pointer is worked out from where they run: the
 * browser would go through all their lines for every move.
 *
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./scene.js").SceneEdge} SceneEdge
 * @typedef {import("./cards.js").Shown} Shown
 * @typedef {import("../../../model/canvas-geometry.js").Rect} Rect
 * @typedef {import("../../../model/canvas-geometry.js").Point} Point
 * @typedef {{edge: SceneEdge, line: SVGPathElement, word: HTMLElement | null, look: string, run: string}} Drawn
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {{from: string, to: string}} edge */
export const edgeKey = ({from, to}) => `${from} ${to}`;

export class Edges {
  /** @type {Map<string, Drawn>} */
  #edges = new Map();
  /** @type {Map<string, Drawn[]>} */
  #of = new Map();
  /** The one under the pointer. @type {string | null} */
  #pointed = null;
  #lines;
  #words;
  #wire;

  /** @param {SVGGElement} lines @param {HTMLElement} words */
  constructor(lines, words) {
    this.#lines = lines;
    this.#words = words;
    this.#wire = path("ed tmp");
  }

  /**
   * @param {Shown & {edge: string | null}} shown
   * @param {Rect} sight
   * @param {(id: string) => Point | undefined} placeOf
   */
  draw(shown, sight, placeOf) {
    const gone = new Set(this.#edges.keys());
    this.#of.clear();
    for (const edge of shown.scene.edges) {
      const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
      if (!from || !to || !meet(sight, around(from, to))) continue;
      const key = edgeKey(edge);
      gone.delete(key);
      const drawn = this.#get(key, edge);
      for (const id of [edge.from, edge.to]) {
        const list = this.#of.get(id);
        if (list) list.push(drawn);
        else this.#of.set(id, [drawn]);
      }
      const state = stateOf(edge, shown.statuses);
      const isHot = shown.selection.has(edge.from) || shown.selection.has(edge.to);
      const look = `ed ${state} ${isHot ? "hot" : ""} ${shown.edge === key ? "on" : ""} ${edge.isReference ? "ref" : ""} ${this.#pointed === key ? "over" : ""}`;
      if (drawn.look !== look) {
        drawn.look = look;
        drawn.line.setAttribute("class", look);
        if (drawn.word) drawn.word.className = `el ${state}`;
      }
      run(drawn, from, to);
    }
    for (const key of gone) this.#remove(key);
  }

  /** Draws again what begins or ends at a card. @param {string} id @param {(id: string) => Point | undefined} placeOf */
  follow(id, placeOf) {
    for (const drawn of this.#of.get(id) ?? []) {
      const [from, to] = [placeOf(drawn.edge.from), placeOf(drawn.edge.to)];
      if (from && to) run(drawn, from, to);
    }
  }

  /** The edge nearest to a point of the world, where one is that near. @param {Point} point @param {number} reach @param {(id: string) => Point | undefined} placeOf @returns {string | null} its key */
  near(point, reach, placeOf) {
    let best = null;
    let least = reach;
    for (const [key, {edge}] of this.#edges) {
      const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
      if (!from || !to || !meet(around(from, to), {...point, width: 1, height: 1})) continue;
      const far = distanceTo(outPort(from), inPort(to), point, edge.isEarly);
      if (far < least) [best, least] = [key, far];
    }
    return best;
  }

  /** @param {string | null} key */
  point(key) {
    if (this.#pointed === key) return;
    this.#edges.get(this.#pointed ?? "")?.line.classList.remove("over");
    this.#edges.get(key ?? "")?.line.classList.add("over");
    this.#pointed = key;
  }

  /** A connection on its way; null when there is none. @param {{from: Point, to: Point} | null} wire */
  wire(wire) {
    if (!wire) return this.#wire.remove();
    this.#wire.setAttribute("d", curvePath(wire.from, wire.to));
    this.#lines.append(this.#wire);
    return undefined;
  }

  /** @param {string} key @param {SceneEdge} edge @returns {Drawn} */
  #get(key, edge) {
    const known = this.#edges.get(key);
    if (known && known.edge.branch === edge.branch) {
      known.edge = edge;
      return known;
    }
    if (known) this.#remove(key);
    const line = path("ed");
    line.setAttribute("marker-end", "url(#cf-arrow)");
    this.#lines.append(line);
    let word = null;
    if (edge.branch !== null) {
      word = document.createElement("span");
      word.textContent = edge.branch;
      this.#words.append(word);
    }
    const drawn = {edge, line, word, look: "", run: ""};
    this.#edges.set(key, drawn);
    return drawn;
  }

  /** @param {string} key */
  #remove(key) {
    const drawn = this.#edges.get(key);
    drawn?.line.remove();
    drawn?.word?.remove();
    this.#edges.delete(key);
  }
}

/** @param {string} name */
function path(name) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", name);
  return made;
}

/** @param {Drawn} drawn @param {Point} from @param {Point} to */
function run(drawn, from, to) {
  const [start, end] = [outPort(from), inPort(to)];
  const line = curvePath(start, end, drawn.edge.isEarly);
  if (drawn.run === line) return;
  drawn.run = line;
  drawn.line.setAttribute("d", line);
  if (!drawn.word) return;
  const middle = pointOn(start, end, 0.5, drawn.edge.isEarly);
  drawn.word.style.setProperty("transform", `translate(${middle.x}px, ${middle.y}px) translate(-50%, -50%)`);
}

/** @param {Point} from @param {Point} to @returns {Rect} */
export function around(from, to) {
  const [start, end] = [outPort(from), inPort(to)];
  return {
    x: Math.min(start.x, end.x) - 40, y: Math.min(start.y, end.y) - 40,
    width: Math.abs(start.x - end.x) + 80, height: Math.abs(start.y - end.y) + 80,
  };
}

/** @param {SceneEdge} edge @param {Shown["statuses"]} statuses */
function stateOf(edge, statuses) {
  if (!statuses) return "";
  const from = edge.from === INPUTS_ID ? "succeeded" : statuses[edge.from]?.status ?? "waiting";
  const to = statuses[edge.to]?.status ?? "waiting";
  if (from === "skipped" || to === "skipped") return "e-skip";
  if (to === "running" || to === "retrying") return "e-live";
  return from === "succeeded" && !["queued", "waiting"].includes(to) ? "e-done" : "e-wait";
}
