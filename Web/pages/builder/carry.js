/**
 * Carries something from a button to where it is let go, alike by mouse, pen and finger. For the browsers' own dragging a
 * finger would have to rest first, and what lies under the pointer would not be told.
 *
 * @typedef {{type: string, clientX: number, clientY: number}} Carried a kind of step, and where in the window
 */

/** A press that moves less is a click. */
const STILL = 4;

/**
 * @param {PointerEvent} press
 * @param {(at: PointerEvent) => void} move
 * @param {(at: PointerEvent | null) => void} end null where it was given up
 */
export function carry(press, move, end) {
  const button = press.currentTarget;
  if (!(button instanceof HTMLElement) || press.button !== 0 || !press.isPrimary) return;
  const stop = new AbortController();
  const options = {signal: stop.signal, capture: true};
  /** What is seen under the pointer. @type {HTMLElement | null} */
  let copy = null;
  let hasEnded = false;
  const letGo = (/** @type {PointerEvent | null} */ at) => {
    if (!copy) return;
    copy.remove();
    copy = null;
    hasEnded = true;
    end(at);
  };
  button.setPointerCapture(press.pointerId);
  button.addEventListener("pointermove", (event) => {
    const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY);
    if (hasEnded || (!copy && far < STILL)) return;
    copy ??= copyOf(button);
    copy.style.setProperty("translate", `${event.clientX}px ${event.clientY}px`);
    move(event);
  }, options);
  button.addEventListener("pointerup", letGo, options);
  button.addEventListener("lostpointercapture", () => {
    letGo(null);
    // The click that comes with the release is still to be heard.
    setTimeout(() => stop.abort());
  }, options);
  button.addEventListener("click", (event) => {
    if (!hasEnded) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, options);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !copy) return;
    event.preventDefault();
    event.stopPropagation();
    letGo(null);
  }, options);
}

/** @param {HTMLElement} button */
function copyOf(button) {
  const copy = /** @type {HTMLElement} */ (button.cloneNode(true));
  copy.classList.add("carried");
  copy.inert = true;
  copy.style.setProperty("width", `${button.offsetWidth}px`);
  document.body.append(copy);
  return copy;
}
