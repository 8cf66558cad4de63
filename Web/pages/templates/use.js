// Makes a pipeline of a template: to work on, or to see its sample run on recorded answers first.
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {Form, textField} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";
import {isTaken, nameError, naming, nextName} from "../pipelines/names.js";
import {recordedMeans} from "./template-list.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Template} Template */
/** @typedef {{id: string, title: string}} Made */

/** How many names are tried where those before are taken. */
const MOST_NAMES = 20;

export class UseTemplate extends Part {
  static props = {app: null, template: null};
  /** @type {App} */ app;
  /** @type {Template} */ template;

  /** @type {Form<{name: string}> | null} */
  #form = null;
  #trying = signal(false);
  #tryError = signal(/** @type {unknown} */ (null));
  /** @type {Made | null} */
  #made = null;

  get form() {
    return this.#form ??= new Form({name: this.template.name}, ({name}) => ({name: nameError(name)}), async ({name}) => {
      this.#made = (await naming(name, () => this.app.api.createPipeline({body: {template: this.template.name, name}}))).data;
    });
  }

  /** @param {Event} event */
  async #create(event) {
    event.preventDefault();
    if (await this.form.submit() && this.#made) await this.app.go(`/pipelines/${this.#made.id}`);
  }

  /** The sample runs in a pipeline like any other; it stays, to go on with. */
  async #try() {
    if (this.#trying.peek()) return;
    this.#trying.value = true;
    this.#tryError.value = null;
    try {
      const {id} = await this.#anyName();
      const {data: run} = await this.app.api.startRun({id, body: {mode: "replay"}});
      await this.app.go(`/runs/${run.id}`);
    } catch (error) {
      this.#tryError.value = error;
    } finally {
      this.#trying.value = false;
    }
  }

  /** @returns {Promise<Made>} */
  async #anyName() {
    let name = this.form.values.name || this.template.name;
    for (let tried = 1; ; tried++) {
      try {
        return (await this.app.api.createPipeline({body: {template: this.template.name, name}})).data;
      } catch (error) {
        if (!isTaken(error) || tried === MOST_NAMES) throw error;
        name = nextName(name);
      }
    }
  }

  view() {
    if (!this.template) return nothing;
    const {form} = this, {recorded} = this.template, failure = form.failure.value, tryError = this.#tryError.value;
    return html`<section class="card" aria-labelledby="use-title"><h2 id="use-title">Make it yours</h2>
      <form class="stack" id=${form.id} novalidate @submit=${(/** @type {Event} */ event) => this.#create(event)}>
        ${textField(form, "name", {label: "Name", mono: true, max: 64, hint: "You get your own copy, and change it as you like."})}
        ${failure ? problemBanner(failure) : nothing}
        <button type="submit" class="btn primary" aria-busy=${form.isBusy.value ? "true" : nothing}>${icon("plus")}Create pipeline</button>
      </form>
      ${recorded ? html`<hr class="rule"><p class="sm muted">${recordedMeans} The pipeline stays yours.</p>
        <button type="button" class="btn" aria-busy=${this.#trying.value ? "true" : nothing} @click=${() => this.#try()}>${icon("play", 14)}Create and run the sample</button>
        ${tryError ? problemBanner(tryError) : nothing}` : nothing}</section>`;
  }
}
UseTemplate.define("cf-use-template");
