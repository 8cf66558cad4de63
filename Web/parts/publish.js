// Publishing the draft as the next version: the form, in a dialog or on a page.

import {html, nothing} from "../dom/html.js";
import {Form, textField} from "./form.js";
import {formDialog} from "./form-dialog.js";
import {icon} from "./icon.js";

/**
 * @typedef {object} Given
 * @property {() => string} id of the pipeline
 * @property {() => string} etag of the draft that is published
 * @property {() => number} [errors] how many errors the draft has; with any it cannot be published
 * @property {() => Promise<void>} [before] what has to be done first; throws what keeps it from being published
 */
/** @typedef {{number: number, isNew: boolean}} Published `isNew` is false where the latest version says the same */

/** What the server takes. */
const MOST_LETTERS = 2000;

export class PublishForm {
  /** @type {Form<{message: string}>} */
  form;
  #app;
  #errors;
  /** @type {Published | null} */
  #done = null;

  /** @param {import("../app/app.js").App} app @param {Given} given */
  constructor(app, {id, etag, errors = () => 0, before}) {
    this.#app = app;
    this.#errors = errors;
    this.form = new Form({message: ""}, () => ({}), async ({message}) => {
      await before?.();
      const answer = await app.api.publishVersion({id: id(), ifMatch: etag(), body: {message: message.trim()}});
      this.#done = {number: answer.data.number, isNew: answer.status === 201};
    });
  }

  get isBlocked() { return this.#errors() > 0; }

  fields() {
    const wrong = this.#errors();
    return html`${wrong > 0 ? html`<div class="banner bad">${icon("warn")}<span>The draft has ${wrong === 1 ? "an error" : `${wrong} errors`}. Only a draft without errors can be published.</span></div>` : nothing}
      ${textField(this.form, "message", {label: "What changed", rows: 2, max: MOST_LETTERS, hint: "Optional. Shown in the list of versions."})}`;
  }

  /** What became of it, once the form was sent. */
  told() {
    const done = this.#done;
    if (done) this.#app.toast(done.isNew ? `Published version ${done.number}` : `Nothing changed since version ${done.number}`, {kind: done.isNew ? "ok" : "info"});
    return done;
  }
}

/**
 * Asks for a message and publishes the draft as the next version.
 * @param {import("../app/app.js").App} app
 * @param {Omit<Given, "id"> & {pipeline: {id: string, latest_version: number | null}}} given
 * @returns {Promise<Published | null>} null where nobody did
 */
export async function openPublish(app, {pipeline, ...given}) {
  const publish = new PublishForm(app, {...given, id: () => pipeline.id});
  const isSent = await formDialog({
    title: `Publish version ${(pipeline.latest_version ?? 0) + 1}`, text: "Schedules, webhooks and people who may run it use the latest version.",
    form: publish.form, fields: () => publish.fields(), action: "Publish", isBlocked: () => publish.isBlocked,
  });
  return isSent ? publish.told() : null;
}
