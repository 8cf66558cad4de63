import {html, nothing} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {dialogHead, openDialog} from "./dialog.js";
import {icon} from "./icon.js";
import {problemBanner} from "./problem.js";

/**
 * @typedef {object} Given
 * @property {{id: string, latest_version: number | null}} pipeline
 * @property {() => string} etag of the draft that is published
 * @property {() => number} [errors] how many errors the draft has; with any it cannot be published
 * @property {() => Promise<void>} [before] what has to be done first; throws what keeps it from being published
 */

/** What the server takes. */
const MOST_LETTERS = 2000;

/**
 * Asks for a message and publishes the draft as the next version.
 * @param {import("../app/app.js").App} app
 * @param {Given} given
 * @returns {Promise<{number: number, isNew: boolean} | null>} null where nobody did; `isNew` is false where the latest version says the same
 */
export async function openPublish(app, {pipeline, etag, errors = () => 0, before}) {
  const failure = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  const message = signal("");
  const {closed} = openDialog((close) => {
    const wrong = errors();
    const send = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (isBusy.peek()) return;
      isBusy.value = true;
      failure.value = null;
      try {
        await before?.();
        const answer = await app.api.publishVersion({id: pipeline.id, ifMatch: etag(), body: {message: message.peek().trim()}});
        close({number: answer.data.number, isNew: answer.status === 201});
      } catch (refusal) {
        failure.value = refusal;
      } finally {
        isBusy.value = false;
      }
    };
    return html`${dialogHead(`Publish version ${(pipeline.latest_version ?? 0) + 1}`, {text: "Schedules, webhooks and people who may run it use the latest version.", close})}
      <form class="body" id="publish-form" @submit=${send}>
        ${failure.value ? problemBanner(failure.value) : nothing}
        ${wrong > 0 ? html`<div class="banner bad">${icon("warn")}<span>The draft has ${wrong === 1 ? "an error" : `${wrong} errors`}. Only a draft without errors can be published.</span></div>` : nothing}
        <div class="field"><label for="publish-message">What changed</label>
          <textarea class="inp" id="publish-message" rows="2" autofocus maxlength=${MOST_LETTERS} aria-describedby="publish-about" @input=${(/** @type {Event} */ event) => { message.value = /** @type {HTMLTextAreaElement} */ (event.target).value; }}></textarea>
          <p class="hint" id="publish-about">Optional. Shown in the list of versions.</p></div>
      </form>
      <footer><button class="btn" type="button" @click=${() => close()}>Cancel</button>
        <button class="btn primary" type="submit" form="publish-form" aria-busy=${isBusy.value ? "true" : nothing} ?disabled=${wrong > 0}>Publish</button></footer>`;
  });
  const done = /** @type {{number: number, isNew: boolean} | undefined} */ (await closed) ?? null;
  if (done) app.toast(done.isNew ? `Published version ${done.number}` : `Nothing changed since version ${done.number}`, {kind: done.isNew ? "ok" : "info"});
  return done;
}
