import {each as eachItem} from "../../app/api.js";
import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {askEnvironment, askSecret, askVariable} from "./secret-forms.js";
import {environmentTable, secretTable, variableTable} from "./secret-tables.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Secret} Secret */
/** @typedef {import("../../../Client/client.d.ts").Variable} Variable */
/** @typedef {import("../../../Client/client.d.ts").Environment} Environment */
/** @typedef {{secrets: Secret[], variables: Variable[], environments: Environment[]}} Stored */

/** Secrets, variables and environments of an account. There are at most 500, 500 and 50, so all of them are shown. */
export class Secrets extends Part {
  static props = {app: null, query: new URLSearchParams()};

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Stored> | null} */
  #stored = null;

  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  disconnected() {
    this.#stored = null;
  }

  /** @param {AbortSignal} stop @returns {Promise<Stored>} */
  async #read(stop) {
    const {api} = this.app;
    const given = {limit: 200, signal: stop};
    const [secrets, variables, environments] = await Promise.all([
      Array.fromAsync(eachItem((page) => api.listSecrets(page), given)),
      Array.fromAsync(eachItem((page) => api.listVariables(page), given)),
      Array.fromAsync(eachItem((page) => api.listEnvironments(page), given)),
    ]);
    return {secrets, variables, environments};
  }

  view() {
    this.#stored ??= resource((stop) => this.#read(stop), this);
    return html`
      ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
      ${loadView(this.#stored, {ready: (stored) => this.#content(stored), skeleton})}`;
  }

  /** @param {Stored} stored */
  #content({secrets, variables, environments}) {
    const wanted = this.query.get("env");
    /** @param {{environment: string | null}} one */
    const isShown = (one) => wanted === null || (one.environment ?? "") === wanted;
    const acts = {
      /** @param {Secret} one */
      secret: (one) => this.#ask(askSecret(this.app, environments, one), `${one.name} has a new value`),
      /** @param {Variable} one */
      variable: (one) => this.#ask(askVariable(this.app, environments, one), `${one.name} saved`),
      /** @param {Environment} one */
      environment: (one) => this.#ask(askEnvironment(this.app, one), `${one.name} saved`),
    };
    const {api} = this.app;
    return html`
      ${environments.length ? filter(environments, wanted) : nothing}
      <section>
        <div class="sec-h"><h2>Secrets</h2>
          <button class="btn primary sm end" @click=${() => this.#ask(askSecret(this.app, environments, null), "Secret added")}>${icon("plus", 14)}Add secret</button>
          <p>Values that steps use and nobody reads: tokens, passwords. In a step: <code>secrets.NAME</code>.</p></div>
        ${secretTable(secrets.filter(isShown), {edit: acts.secret,
          remove: (one) => this.#remove(one.name, "Runs that need it do not start any more.", () => api.removeSecret({name: one.name, ...of(one)}))})}
      </section>
      <section>
        <div class="sec-h"><h2>Variables</h2>
          <button class="btn sm end" @click=${() => this.#ask(askVariable(this.app, environments, null), "Variable added")}>${icon("plus", 14)}Add variable</button>
          <p>Plain values. In an expression: <code>vars.NAME</code>.</p></div>
        ${variableTable(variables.filter(isShown), {edit: acts.variable,
          remove: (one) => this.#remove(one.name, "Expressions that look at it fail.", () => api.removeVariable({name: one.name, ...of(one)}))})}
      </section>
      <section>
        <div class="sec-h"><h2>Environments</h2>
          <button class="btn sm end" @click=${() => this.#ask(askEnvironment(this.app, null), "Environment added")}>${icon("plus", 14)}Add environment</button>
          <p>Names such as dev or prod under which secrets and variables have values of their own.</p></div>
        ${environmentTable(environments, {edit: acts.environment,
          remove: (one) => this.#remove(one.name, "The secrets and variables that it has go with it.", () => api.removeEnvironment({name: one.name}))})}
      </section>`;
  }

  /** @param {Promise<boolean>} asked @param {string} text */
  async #ask(asked, text) {
    if (!await asked) return;
    this.app.toast(text, {kind: "ok"});
    await this.#stored?.reload();
  }

  /** @param {string} name @param {string} text @param {() => Promise<unknown>} act */
  async #remove(name, text, act) {
    if (!await this.app.confirm({title: `Remove ${name}`, text, action: "Remove", danger: true})) return;
    this.#failure.value = null;
    try {
      await act();
      this.app.toast(`${name} removed`, {kind: "ok"});
      await this.#stored?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }
}

/** @param {{environment: string | null}} one */
const of = ({environment}) => environment === null ? {} : {environment};

/** @param {Environment[]} environments @param {string | null} wanted */
function filter(environments, wanted) {
  const links = [
    {text: "All", href: "/models?tab=secrets", isOn: wanted === null},
    {text: "No environment", href: "/models?tab=secrets&env=", isOn: wanted === ""},
    ...environments.map(({name}) => ({text: name, href: `/models?tab=secrets&env=${encodeURIComponent(name)}`, isOn: wanted === name})),
  ];
  return html`<nav class="filters" aria-label="Environment">${each(links, (link) => link.href, (link) =>
    html`<a class="chip" href=${link.href} aria-current=${link.isOn ? "true" : nothing}>${link.text}</a>`)}</nav>`;
}

const skeleton = () => html`<div class="card">${skeletonRows(6)}</div>`;

Secrets.define("cf-secrets");
