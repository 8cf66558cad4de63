// How one person wants this browser to show things. Kept in the browser alone; read by Settings, Appearance.
//
//   app.preferences.contrast.value      "system" | "more" | "normal"
//   app.preferences.motion.value        "system" | "reduced" | "full"
//   app.preferences.letterKeys.value    whether single letters are shortcuts

import {effect, signal} from "../dom/signal.js";

const PREFIX = "cf.";

/** @template T @param {string} name @param {T} initial @returns {import("../dom/signal.js").Signal<T>} */
function kept(name, initial) {
  let value = initial;
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (text !== null) value = JSON.parse(text);
  } catch {
    // A browser that keeps nothing, or a value of something else: begin anew.
  }
  if (typeof value !== typeof initial) value = initial;
  const made = signal(value);
  effect(() => {
    const next = made.value;
    try {
      if (Object.is(next, initial)) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, JSON.stringify(next));
    } catch {
      // Then it holds until the page is closed.
    }
  });
  return made;
}

export class Preferences {
  contrast = kept("contrast", /** @type {"system" | "more" | "normal"} */ ("system"));
  motion = kept("motion", /** @type {"system" | "reduced" | "full"} */ ("system"));
  letterKeys = kept("letter-keys", true);

  /** A further one, for a page: `app.preferences.of("builder.view", "canvas")`. @template T @param {string} name @param {T} initial @returns {import("../dom/signal.js").Signal<T>} */
  of(name, initial) {
    const known = this.#others.get(name);
    if (known) return /** @type {import("../dom/signal.js").Signal<T>} */ (known);
    const made = kept(name, initial);
    this.#others.set(name, /** @type {import("../dom/signal.js").Signal<unknown>} */ (/** @type {unknown} */ (made)));
    return made;
  }
  /** @type {Map<string, import("../dom/signal.js").Signal<unknown>>} */
  #others = new Map();

  /** Lets the page follow them, from now on. */
  apply() {
    const data = document.documentElement.dataset;
    effect(() => { if (this.contrast.value === "system") delete data.contrast; else data.contrast = this.contrast.value; });
    effect(() => { if (this.motion.value === "system") delete data.motion; else data.motion = this.motion.value; });
  }

  /** Whether things may move. */
  get moves() {
    if (this.motion.value !== "system") return this.motion.value === "full";
    return !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }
}
