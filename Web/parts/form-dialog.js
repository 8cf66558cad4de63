import {html, nothing, ref} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {dialogHead, openDialog} from "./dialog.js";
import {problemBanner} from "./problem.js";

/** @typedef {import("./form.js").Form<any>} AnyForm */
/**
 * @typedef {object} FormDialogOptions
 * @property {string} title
 * @property {unknown} [text] what it is about, in a sentence
 * @property {AnyForm} form
 * @property {() => unknown} fields
 * @property {string} action the word on the button, such as Add
 * @property {boolean} [danger]
 * @property {() => boolean} [isBlocked] whether what the fields say stands in the way
 * @property {(() => unknown) | null} [after] shown in the place of the fields once it was sent, such as a key that is shown this once
 */

/**
 * Opens a form in a dialog, which stays until what it is for was done or somebody turned back.
 * @param {FormDialogOptions} options
 * @returns {Promise<boolean>} whether it was sent, once the dialog is closed
 */
export async function formDialog(options) {
  const {form, after = null} = options;
  const isSent = signal(false);
  const submit = async (/** @type {Event} */ event, /** @type {() => void} */ close) => {
    event.preventDefault();
    if (!await form.submit()) return;
    isSent.value = true;
    if (!after) close();
  };
  const {closed} = openDialog((close) => html`
    ${dialogHead(options.title, {text: options.text, close})}
    ${isSent.value && after ? shown(after, close) : entry(options, submit, close)}`);
  await closed;
  return isSent.peek();
}

/** @param {FormDialogOptions} options @param {(event: Event, close: () => void) => void} submit @param {() => void} close */
function entry({form, fields, action, danger, isBlocked}, submit, close) {
  const failure = form.failure.value;
  return html`
    <form class="body" id=${form.id} novalidate ${ref((/** @type {HTMLElement} */ element) => focusFirst(element))}
      @submit=${(/** @type {Event} */ event) => submit(event, close)}>
      ${fields()}
      ${failure ? problemBanner(failure) : nothing}
    </form>
    <footer>
      <button type="button" class="btn" @click=${() => close()}>Cancel</button>
      <button type="submit" form=${form.id} class=${danger ? "btn danger" : "btn primary"} ?disabled=${isBlocked?.() ?? false} aria-busy=${form.isBusy.value ? "true" : nothing}>${action}</button>
    </footer>`;
}

/** @param {() => unknown} after @param {() => void} close */
const shown = (after, close) => html`
  <div class="body">${after()}</div>
  <footer><button type="button" class="btn primary" ${ref((/** @type {HTMLElement} */ button) => button.focus())} @click=${() => close()}>Done</button></footer>`;

/** Into the first field, once the dialog is open. @param {HTMLElement} form */
function focusFirst(form) {
  queueMicrotask(() => {
    const field = form.querySelector("input:not(:disabled), select, textarea");
    if (field instanceof HTMLElement) field.focus();
  });
}
