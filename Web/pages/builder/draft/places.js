import {effect, untracked} from "../../../dom/signal.js";

/**
 * Keeps where steps stand, beside the document. The last writer wins: nothing of the pipeline depends on it.
 *
 * @typedef {import("../../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../../../Client/client.d.ts").Factory} Factory
 */

const PAUSE_MS = 900;

/**
 * @param {Factory} api
 * @param {string} id
 * @param {EditorModel} model
 * @returns {() => void} ends it
 */
export function keepPlaces(api, id, model) {
  let kept = model.places.peek();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const save = async () => {
    clearTimeout(timer);
    const places = model.places.peek();
    if (places === kept || !model.canEdit) return true;
    try {
      await api.putLayout({id, body: {steps: places}});
      kept = places;
    } catch {
      // The next move tries again; the bar speaks of the document alone.
    }
    return true;
  };
  const ends = [
    effect(() => {
      if (model.places.value === kept) return;
      untracked(() => {
        clearTimeout(timer);
        timer = setTimeout(save, PAUSE_MS);
      });
    }),
    model.onFlush(save),
  ];
  return () => {
    void save();
    for (const end of ends) end();
  };
}
