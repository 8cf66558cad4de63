import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {dialogHead, openDialog} from "../../parts/dialog.js";
import {problemBanner} from "../../parts/problem.js";

/**
 * Asks for a message and publishes the draft as the next version.
 * @param {import("../../app/app.js").App} app
 * @param {import("./draft/draft.js").Draft} draft
 * @param {() => void} showVersions
 */
export async function publish(app, draft, showVersions) {
  const pipeline = draft.pipeline.peek();
  if (!pipeline) return;
  const error = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  let message = "";
  const next = (pipeline.latest_version ?? 0) + 1;
  const {closed} = openDialog((close) => {
    const errors = draft.model.problems.value.filter((problem) => problem.severity === "error").length;
    const send = async (/** @type {Event} */ event) => {
      event.preventDefault();
      isBusy.value = true;
      error.value = null;
      try {
        if (!await draft.model.flush()) throw new Error("The draft is not saved yet. Publish when it is.");
        const answer = await app.api.publishVersion({id: pipeline.id, ifMatch: draft.autosave.etag, body: {message: message.trim()}});
        close({number: answer.data.number, isNew: answer.status === 201});
      } catch (refusal) {
        error.value = refusal;
      } finally {
        isBusy.value = false;
      }
    };
    return html`${dialogHead(`Publish version ${next}`, {text: "Schedules, webhooks and people who may run it use the latest version.", close})}
      <form class="body" id="publish-form" @submit=${send}>
        ${error.value ? problemBanner(error.value) : nothing}
        ${errors > 0 ? html`<div class="banner bad"><span>The draft has ${errors === 1 ? "an error" : `${errors} errors`}. Only a draft without errors can be published.</span></div>` : nothing}
        <div class="field"><label for="publish-message">What changed</label>
          <input class="inp" id="publish-message" autofocus maxlength="500" autocomplete="off" @input=${(/** @type {Event} */ event) => { message = /** @type {HTMLInputElement} */ (event.target).value; }}>
          <span class="hint">Optional. Shown in the list of versions.</span></div>
      </form>
      <footer><button class="btn" type="button" @click=${() => close()}>Cancel</button>
        <button class="btn primary" type="submit" form="publish-form" aria-busy=${isBusy.value ? "true" : null} ?disabled=${errors > 0}>Publish</button></footer>`;
  });
  const done = /** @type {{number: number, isNew: boolean} | undefined} */ (await closed);
  if (!done) return;
  app.toast(done.isNew ? `Published version ${done.number}` : `Nothing changed since version ${done.number}`, {
    kind: done.isNew ? "ok" : "info", action: {label: "Versions", run: showVersions},
  });
  void draft.refresh();
}
