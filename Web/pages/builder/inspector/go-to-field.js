import {isWithin} from "../../../model/problem-places.js";

/** @typedef {import("../../../model/document.js").Path} Path */

/** Shows and focuses the control of a field, or of the nearest that holds it; folds on the way are opened.
 * @param {HTMLElement} root @param {Path} field @param {{line: number, column: number} | null} [spot] */
export function goToField(root, field, spot = null) {
  // The tab is rendered in a microtask of its own, and what it holds in another.
  requestAnimationFrame(() => {
    const found = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-field]"))]
      .filter((element) => isWithin(field.map(String), (element.dataset.field ?? "").split(".")))
      .sort((a, b) => (b.dataset.field ?? "").length - (a.dataset.field ?? "").length)[0];
    if (!found) return;
    for (let fold = found.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    found.scrollIntoView({block: "nearest"});
    const editor = /** @type {import("../../../parts/editor/editor.js").EditorElement | null} */ (found.querySelector("cf-editor"));
    if (editor && spot) return editor.goTo(spot.line, spot.column);
    const control = /** @type {HTMLElement | null} */ (found.querySelector("textarea, input:not([type=range]), select, .pick, .seg button, summary"));
    (control ?? found).focus();
  });
}
