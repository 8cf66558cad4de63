// Short notes at the corner: app.toast("Published version 3", {kind: "ok", action: {label: "Undo", run}}). They go after a
// few seconds, not while pointed at or focused. An error that needs acting on is shown in its place too.

import {html, each, nothing, render} from "../dom/html.js";
import {icon} from "./icon.js";

/** @typedef {{kind?: "ok" | "info" | "bad", action?: {label: string, run: () => void}}} ToastOptions */

const SHOWN_MS = 4000;
const SHOWN_WITH_ACTION_MS = 10_000;
const MOST = 3;

/** @type {{id: number, text: string, options: ToastOptions, timer?: ReturnType<typeof setTimeout>}[]} */
let toasts = [];
let last = 0;
/** @type {HTMLElement | null} */
let box = null;
/** Where the keyboard was before it came to the notes. @type {HTMLElement | null} */
let before = null;

/** @param {string} text @param {ToastOptions} [options] */
export function toast(text, options = {}) {
  const made = {id: ++last, text, options};
  toasts = [...toasts, made].slice(-MOST);
  wait(made.id);
  show();
}

/** @param {number} id */
function wait(id) {
  const one = toasts.find((other) => other.id === id);
  if (!one) return;
  clearTimeout(one.timer);
  one.timer = setTimeout(() => close(id), one.options.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

/** @param {number} id */
const hold = (id) => clearTimeout(toasts.find((one) => one.id === id)?.timer);

/** @param {number} id */
function close(id) {
  const hadKeyboard = box?.contains(document.activeElement);
  toasts = toasts.filter((one) => one.id !== id);
  show();
  if (hadKeyboard && !box?.contains(document.activeElement) && before?.isConnected) before.focus({preventScroll: true});
}

/** @param {FocusEvent} event */
function remember({relatedTarget: from}) {
  if (from instanceof HTMLElement && !box?.contains(from)) before = from;
}

/** Makes the place of the notes. Being there before them, it is a live region that speaks each. */
export function placeToasts() {
  const made = document.createElement("div");
  made.className = "toasts";
  made.setAttribute("role", "status");
  made.popover = "manual";
  document.body.append(made);
  made.showPopover();
  box = made;
  return made;
}

function show() {
  const place = box ?? placeToasts();
  // What opens last stands above: a dialog that came since would cover the notes.
  if (document.querySelector("dialog:modal")) {
    place.hidePopover();
    place.showPopover();
  }
  render(each(toasts, (one) => one.id, ({id, text, options: {kind = "ok", action}}) => html`
    <div class="toast" @pointerenter=${() => hold(id)} @pointerleave=${() => wait(id)} @focusin=${(/** @type {FocusEvent} */ event) => { hold(id); remember(event); }} @focusout=${() => wait(id)}>
      <span class="st ${kind === "info" ? "live" : kind}">${icon(kind)}</span><span>${text}</span>
      ${action ? html`<button class="btn sm" type="button" @click=${() => { close(id); action.run(); }}>${action.label}</button>` : nothing}
      <button class="btn ghost icon sm" type="button" aria-label="Close" @click=${() => close(id)}>${icon("close", 14)}</button>
    </div>`), place);
}
