// A refusal of the server, or that it does not answer: what, why, what to do next.
//
//   problemView(error, {retry: () => …})   a block in the place of what did not load
//   formerly(error, {readAt, retry})       above what was read before
//   problemBanner(error)                   one line above a form
//   problemText(error)                     a sentence

import {stepBack} from "../dom/focus.js";
import {Part} from "../dom/element.js";
import {html, nothing} from "../dom/html.js";
import {FactoryError, Unreachable} from "../app/api.js";
import {formatClock} from "../model/format.js";
import {icon} from "./icon.js";

/** @param {unknown} error */
export function problemText(error) {
  if (error instanceof FactoryError) return sentence(error.message);
  if (isUnreachable(error)) return "The server does not answer.";
  return error instanceof Error ? sentence(error.message) : "Something went wrong.";
}

/** @param {unknown} error */
export const isUnreachable = (error) => error instanceof Unreachable || (error instanceof FactoryError && [502, 504].includes(error.status));

/** @param {string} text */
const sentence = (text) => {
  const trimmed = text.trim();
  return trimmed === "" ? "Something went wrong." : trimmed[0].toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? "" : ".");
};

/** @param {unknown} error */
function heading(error) {
  if (isUnreachable(error)) return "The server does not answer";
  if (!(error instanceof FactoryError)) return "This did not work";
  if (error.status === 404) return "Not found";
  if (error.status === 403) return "Not allowed";
  return typeof error.problem.title === "string" ? error.problem.title : `The server answered ${error.status}`;
}

/** @param {unknown} error */
function next(error) {
  if (isUnreachable(error)) return "Check that it runs and that this machine reaches it. The page tries again by itself.";
  return error instanceof FactoryError && error.hint ? sentence(error.hint) : null;
}

/** @param {unknown} error */
function entries(error) {
  if (!(error instanceof FactoryError) || error.errors.length === 0) return nothing;
  return html`<ul class="stack sm">${error.errors.slice(0, 8).map((entry) => html`<li>${entry.path ? html`<code>${entry.path}</code> ` : nothing}${sentence(entry.message)}</li>`)}</ul>`;
}

/** As long as it is shown, it tries again each time the server is back. */
class WhenBack extends Part {
  static props = {retry: null};
  /** @type {() => void} */ retry;

  connected() {
    const again = () => this.retry();
    addEventListener("cf-reconnected", again);
    this.own(() => removeEventListener("cf-reconnected", again));
  }
}

WhenBack.define("cf-when-back");

/** @param {unknown} error @param {{retry?: () => void, isWatched?: boolean}} [options] isWatched where the page itself tries again once the server is back */
export function problemView(error, {retry, isWatched = false} = {}) {
  const advice = next(error);
  const requestID = error instanceof FactoryError ? error.requestID : null;
  return html`<div class="empty" role="alert">
    <span class="st bad">${icon("warn", 24)}</span>
    <h2>${heading(error)}</h2>
    ${isUnreachable(error) ? nothing : html`<p>${problemText(error)}</p>`}${advice ? html`<p class="dim">${advice}</p>` : nothing}
    ${entries(error)}
    ${retry ? html`<div class="row"><button class="btn" type="button" @click=${(/** @type {Event} */ event) => { stepBack(event.currentTarget); retry(); }}>${icon("retry")}<span>Retry</span></button></div>` : nothing}
    ${retry && !isWatched && isUnreachable(error) ? html`<cf-when-back hidden .retry=${retry}></cf-when-back>` : nothing}
    ${requestID ? html`<p class="xs dim">Request <code>${requestID}</code></p>` : nothing}
  </div>`;
}

/** @param {unknown} error */
export function problemBanner(error) {
  const advice = next(error);
  return html`<div class="banner bad" role="alert">${icon("warn")}<div class="stack"><span>${problemText(error)}${advice ? ` ${advice}` : ""}</span>${entries(error)}</div></div>`;
}

/**
 * Stands above what could not be read again: why, once more, and how old it is, where events do not keep it up.
 * @param {unknown} error @param {{readAt: Date | null, retry: () => void, isBusy?: boolean, isWatched?: boolean}} given
 */
export const formerly = (error, {readAt, retry, isBusy = false, isWatched = false}) => html`<div class="row wrap formerly">${problemBanner(error)}
    <button type="button" class="btn" aria-busy=${isBusy ? "true" : nothing} @click=${(/** @type {Event} */ event) => { stepBack(event.currentTarget); retry(); }}>${icon("retry", 14)}<span>Retry</span></button></div>
  ${!isWatched && isUnreachable(error) ? html`<cf-when-back hidden .retry=${retry}></cf-when-back>` : nothing}
  ${readAt ? html`<p class="sm dim asof">Below: as it was at ${formatClock(readAt)}.</p>` : nothing}`;
