// Many tiles, of which only those near the window are in the page. The list is cut into stretches that fill whole rows; one
// that is far away is an empty box of the height it had.
import {Part} from "../../dom/element.js";
import {each, html, ref} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {PAGE} from "./list.js";
import {tile} from "./tile.js";

/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */

/** What is nearer than this to the window is there. */
const NEAR = "1600px";

export class PipelineTiles extends Part {
  static props = {items: [], context: null, isStale: false};

  /** Heights of the stretches that are away, by their place. */
  #away = signal(/** @type {ReadonlyMap<number, number>} */ (new Map()));
  /** @type {IntersectionObserver | null} */
  #observer = null;

  connected() {
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), {rootMargin: NEAR});
    this.own(() => this.#observer?.disconnect());
    for (const box of this.querySelectorAll("[data-stretch]")) this.#observer.observe(box);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #moved(entries) {
    const away = new Map(this.#away.peek());
    for (const {target, isIntersecting, boundingClientRect} of entries) {
      const place = Number(target.getAttribute("data-stretch"));
      if (isIntersecting) away.delete(place);
      // Whoever has the keyboard in it keeps it, however far it is.
      else if (boundingClientRect.height > 0 && !target.contains(document.activeElement)) away.set(place, boundingClientRect.height);
    }
    this.#away.value = away;
  }

  view() {
    const items = /** @type {PipelineSummary[]} */ (this.signalOf("items").value);
    const context = /** @type {import("./tile.js").TileContext} */ (this.signalOf("context").value);
    const isStale = Boolean(this.signalOf("isStale").value);
    const away = this.#away.value;
    const places = Array.from({length: Math.ceil(items.length / PAGE)}, (_, place) => place);
    return html`${each(places, (place) => place, (place) => {
      const height = away.get(place);
      const stretch = items.slice(place * PAGE, (place + 1) * PAGE);
      const label = places.length === 1 ? "Pipelines" : `Pipelines ${place * PAGE + 1} to ${place * PAGE + stretch.length}`;
      return html`<div data-stretch=${place} class=${height === undefined ? "stretch" : "stretch away"} style=${{"--h": height === undefined ? null : `${height}px`}}
        ${ref((box) => this.#observer?.observe(box))}>${height === undefined
          ? html`<ul class=${`tiles ${isStale ? "stale" : ""}`} aria-label=${label}>${each(stretch, ({id}) => id, (pipeline) => tile(pipeline, context))}</ul>` : null}</div>`;
    })}`;
  }
}
PipelineTiles.define("cf-pipeline-tiles");
