// The two changes that follow from a comparison: an earlier version back, or the draft as the next version.
import {Form, textField} from "../../parts/form.js";
import {formDialog} from "../../parts/form-dialog.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Pipeline} Pipeline */

const MOST_LETTERS = 2000;

/** @param {App} app @param {{pipeline: Pipeline, etag: string, number: number, onDone: (version: number) => void}} given */
export function openRestore(app, {pipeline, etag, number, onDone}) {
  let made = number;
  const form = new Form({message: ""}, () => ({}), async ({message}) => {
    const {data} = await app.api.restoreVersion({id: pipeline.id, number, ifMatch: etag, body: {message: message.trim() || `Restore version ${number}`}});
    made = data.number;
  });
  return open(app, form, {
    title: `Restore version ${number}`, action: "Restore", placeholder: `Restore version ${number}`,
    text: `It is published once more as the next version, and becomes the draft of ${pipeline.title}. What is in the draft now and was not published is replaced.`,
  }, () => { app.toast(`Version ${number} is restored as version ${made}`); onDone(made); });
}

/** @param {App} app @param {Form<{message: string}>} form @param {{title: string, text: string, action: string, placeholder: string}} words @param {() => void} after */
async function open(app, form, {title, text, action, placeholder}, after) {
  const isSent = await formDialog({title, text, action, form, fields: () => textField(form, "message", {label: "Message", placeholder, rows: 3, max: MOST_LETTERS})});
  if (isSent) after();
}
