// The dialog that begins a pipeline: an empty one by its title, or the way to templates and to an import.
import {html, nothing} from "../../dom/html.js";
import {icon} from "../../parts/icon.js";
import {dialogHead} from "../../parts/dialog.js";
import {Form, textField} from "../../parts/form.js";
import {problemBanner} from "../../parts/problem.js";
import {openImport} from "./import.js";
import {nameError, nameFrom, naming} from "./names.js";

/** @typedef {import("../../app/app.js").App} App */

/** @param {App} app @param {() => void} onDone */
export function openNew(app, onDone) {
  const form = new Form({title: "", name: ""}, ({name, title}) => ({
    title: title.trim() === "" && name === "" ? "A title or a name is needed" : null,
    name: name === "" && title.trim() === "" ? null : nameError(name || nameFrom(title)),
  }), async ({title, name}) => {
    const chosen = name || nameFrom(title);
    // Without a step it is no valid document yet; as a draft it is kept all the same.
    const document = {version: 1, name: chosen, ...(title.trim() ? {title: title.trim()} : {}), steps: []};
    made = (await naming(chosen, () => app.api.createPipeline({draft: true, body: {document}}))).data.id;
  });
  /** @type {string | null} */
  let made = null;
  const {closed} = app.dialog((close) => {
    const send = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await form.submit()) close(made);
    };
    const failure = form.failure.value;
    const suggested = nameFrom(form.values.title);
    return html`${dialogHead("New pipeline", {text: "It is yours alone until you share it.", close})}
      <form class="body" id=${form.id} novalidate @submit=${send}>
        ${textField(form, "title", {label: "Title", placeholder: "Review pull requests", max: 200})}
        ${textField(form, "name", {label: "Name", mono: true, placeholder: suggested, max: 64, hint: "Unique among your pipelines. Addresses, files and commands use it."})}
        ${failure ? problemBanner(failure) : nothing}
        <div class="ways" role="group" aria-label="Or begin with"><span class="cap" aria-hidden="true">Or begin with</span>
          <a href="/templates" @click=${() => close()}>${icon("templates", 20)}<span>A template<small>Something that works, with a sample to run it on</small></span></a>
          <button type="button" @click=${() => { close(); openImport(app, onDone); }}>${icon("upload", 20)}<span>Import<small>Documents as files or as text</small></span></button>
        </div>
      </form>
      <footer><button type="button" class="btn" @click=${() => close()}>Cancel</button>
        <button type="submit" form=${form.id} class="btn primary" aria-busy=${form.isBusy.value ? "true" : nothing}>Create</button></footer>`;
  });
  document.getElementById(`${form.id}-title`)?.focus();
  void closed.then((id) => { if (typeof id === "string") app.go(`/pipelines/${id}`); });
}
