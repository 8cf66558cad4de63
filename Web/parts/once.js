import {html, nothing} from "../dom/html.js";
import {copyText} from "./copy.js";
import {icon} from "./icon.js";

/**
 * A value that is shown this once, with a button that copies it.
 * @param {{announce: (text: string) => void}} app
 * @param {{label: string, value: string, note?: unknown}} given
 */
export function once(app, {label, value, note}) {
  const copy = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    if (await copyText(value)) return app.announce(`${label} copied`);
    // A browser that copies nothing for a page lets the person do it.
    const text = button.parentElement?.querySelector("code");
    if (text) getSelection()?.selectAllChildren(text);
    app.announce(`${label} selected`);
  };
  return html`
    <div class="once">
      <b>${label}</b>
      <div class="once-value">
        <code>${value}</code>
        <button type="button" class="btn sm" aria-label=${`Copy ${label.toLowerCase()}`} @click=${copy}>${icon("copy", 14)}Copy</button>
      </div>
      ${note ? html`<p class="sm dim">${note}</p>` : nothing}
    </div>`;
}
