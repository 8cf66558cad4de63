import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {nameRefusal, namesOf, scopeWords} from "../../model/models.js";
import {formDialog} from "../../parts/form-dialog.js";
import {checkField, Form, selectField, textField} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";
import {tableView} from "../../parts/table.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Model} Model */
/** @typedef {import("../../../Client/client.d.ts").ModelAlias} ModelAlias */

/** @typedef {{name: string, text: string, alias: ModelAlias | null}} Row */

/** Names that stand for models. Emits "change" when one was set or removed. */
export class Aliases extends Part {
  static props = {app: null, models: [], aliases: []};

  #failure = signal(/** @type {unknown} */ (null));

  /** @type {App} */ app;
  /** @type {Model[]} */ models;
  /** @type {ModelAlias[]} */ aliases;

  view() {
    const rows = namesOf(this.aliases).flatMap(({name, text, aliases}) => {
      const places = aliases.length ? aliases : [null];
      return places.map((alias) => /** @type {Row} */ ({name, text, alias}));
    });
    return html`
      <div class="sec-h"><h2>Names for models</h2>
        <button class="btn sm end" @click=${() => this.#set("", "")}>${icon("plus", 14)}Add a name</button>
        <p>Pipelines that name <code>default</code>, <code>fast</code> or <code>strong</code> stay the same when you change models.</p></div>
      ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
      <div class="card">${tableView({
        caption: "Names for models", items: rows, key: (row) => `${row.name}/${row.alias?.scope}`,
        columns: [
          {id: "name", label: "Name", view: ({name, text}) => html`<div class="name-cell"><b class="mono">${name}</b>${text ? html`<span class="sm dim">${text}</span>` : nothing}</div>`},
          {id: "model", label: "Stands for", view: ({alias}) => alias ? standsFor(alias) : html`<span class="dim">not set</span>`},
          {id: "scope", label: "Whose", view: ({alias}) => alias ? scopeWords(alias.scope) : html`<span class="dim">–</span>`},
          {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (row) => this.#acts(row)},
        ],
      })}</div>`;
  }

  /** @param {Row} row */
  #acts({name, alias}) {
    if (!alias) return html`<button class="btn sm" aria-label=${`Set ${name}`} @click=${() => this.#set(name, "")}>Set</button>`;
    if (alias.scope !== "own" && !(alias.scope === "all" && this.app.can("administer"))) return nothing;
    return html`<span class="acts">
      <button class="btn ghost sm" aria-label=${`Change ${name}`} @click=${() => this.#set(name, alias.model, alias.scope === "all")}>Change</button>
      <button class="btn ghost sm" aria-label=${`Remove ${name}`} @click=${() => this.#remove(alias)}>Remove</button></span>`;
  }

  /** @param {string} name empty for a new one @param {string} model @param {boolean} [forAll] */
  async #set(name, model, forAll = false) {
    const models = this.models.map((one) => one.name);
    const chosen = models.includes(model) || !models.length ? model : models[0] ?? "";
    const form = new Form({name, model: chosen, for_all: forAll}, (values) => ({
      name: nameRefusal(values.name),
      model: /^[^/]+\/.+$/.test(values.model) ? null : "Written as provider/model.",
    }), async (values) => {
      await this.app.api.setModelAlias({name: values.name, body: {model: values.model, ...(values.for_all ? {for_all: true} : {})}});
    });
    const isNew = name === "";
    const sent = await formDialog({
      title: isNew ? "Add a name" : `What ${name} stands for`, form, action: isNew ? "Add" : "Save",
      fields: () => html`
        ${isNew ? textField(form, "name", {label: "Name", mono: true, max: 64}) : nothing}
        ${models.length ? selectField(form, "model", {label: "Model", options: models.map((value) => ({value, text: value}))})
          : textField(form, "model", {label: "Model", mono: true, placeholder: "provider/model", hint: "No provider has listed a model yet."})}
        ${this.app.can("administer") ? checkField(form, "for_all", {label: "For everybody", hint: "Accounts with a name of their own keep it."}) : nothing}`,
    });
    if (!sent) return;
    this.app.toast(`${form.values.name} stands for ${form.values.model}`, {kind: "ok"});
    this.emit("change");
  }

  /** @param {ModelAlias} alias */
  async #remove(alias) {
    const isSure = await this.app.confirm({
      title: `Remove ${alias.name}`, text: `Prompts that name ${alias.name} fail until it stands for a model again.`, action: "Remove", danger: true,
    });
    if (!isSure) return;
    this.#failure.value = null;
    try {
      await this.app.api.removeModelAlias({name: alias.name, ...(alias.scope === "all" ? {for_all: true} : {})});
      this.app.toast(`${alias.name} removed`, {kind: "ok"});
      this.emit("change");
    } catch (error) {
      this.#failure.value = error;
    }
  }
}

/** @param {ModelAlias} alias */
const standsFor = ({model, holds}) => html`<span class="mono">${model}</span>${holds ? nothing : html` <span class="sm dim">not used: a nearer one goes before</span>`}`;

Aliases.define("cf-aliases");
