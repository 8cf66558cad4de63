// Where the keyboard is: what can take it, moving it within a group, and out of what goes.

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled):not([type="hidden"]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])';

/** What inside it can be reached with Tab, in order. @param {ParentNode} root @returns {HTMLElement[]} */
export const focusable = (root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(FOCUSABLE)]).filter((element) => element.checkVisibility());

/** Whether a key pressed there is meant as text. @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && !(field instanceof HTMLInputElement && ["checkbox", "radio", "button", "range"].includes(field.type));
}

/** The next item for an arrow, Home or End; null for any other key.
 * @template {HTMLElement} E @param {E[]} items @param {string} key @param {"horizontal" | "vertical" | "both"} [axis] @returns {E | null} */
export function nextItem(items, key, axis = "vertical") {
  if (items.length === 0) return null;
  const at = items.indexOf(/** @type {E} */ (document.activeElement));
  const forward = axis === "vertical" ? ["ArrowDown"] : axis === "horizontal" ? ["ArrowRight"] : ["ArrowDown", "ArrowRight"];
  const backward = axis === "vertical" ? ["ArrowUp"] : axis === "horizontal" ? ["ArrowLeft"] : ["ArrowUp", "ArrowLeft"];
  if (forward.includes(key)) return items[(at + 1) % items.length];
  if (backward.includes(key)) return items[(at - 1 + items.length) % items.length] ?? items[items.length - 1];
  if (key === "Home") return items[0];
  if (key === "End") return items[items.length - 1];
  return null;
}

/**
 * A row of a list goes to another place, and the keyboard with it: to the same button there, or to one that can still act.
 * The buttons that move say which way in `data-move`.
 * @param {Event} event of the button @param {number} to @param {() => void} move
 */
export function moveWithRow(event, to, move) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const list = button.closest("li")?.parentElement;
  move();
  requestAnimationFrame(() => {
    const row = list?.children[to];
    const inRow = /** @type {HTMLElement[]} */ ([...row?.querySelectorAll("[data-move]") ?? []]).filter((one) => one.closest("li") === row && !one.matches(":disabled"));
    (inRow.find((one) => one.dataset.move === button.dataset.move) ?? inRow[0] ?? (row && focusable(row)[0]))?.focus();
  });
}

/** The keyboard steps back from what is about to go, to what it stands in: else it would begin at the top of the page. @param {EventTarget | null} from */
export function stepBack(from) {
  const around = from instanceof Element ? from.closest("dialog, [tabindex='-1']") : null;
  if (around instanceof HTMLElement) around.focus({preventScroll: true});
}
