import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatDuration} from "../../model/format.js";
import {healthWords, kindTitle, scopeWords} from "../../model/models.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";
import {editProvider} from "./provider-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Provider} Provider */
/** @typedef {Awaited<ReturnType<App["api"]["testProvider"]>>["data"]} TestResult */
/** @typedef {{isBusy: boolean, result: TestResult | null, error: unknown}} Test */

/** The providers as cards: test, change and remove them. Emits "change" when another list is to be fetched. */
export class Providers extends Part {
  static props = {app: null, providers: []};

  #tests = signal(/** @type {Record<string, Test>} */ ({}));

  /** @type {App} */ app;
  /** @type {Provider[]} */ providers;

  view() {
    return html`<ul class="provs">${each(this.providers, (provider) => provider.id, (provider) => this.#card(provider))}</ul>`;
  }

  /** @param {Provider} provider */
  #card(provider) {
    const test = this.#tests.value[provider.id];
    const said = healthWords(provider.health);
    const health = test?.result?.ok === false ? {tone: /** @type {const} */ ("bad"), word: "No answer", detail: test.result.error?.message ?? ""} : said;
    return html`
      <li class="card prov">
        <div class="row">
          <span class="glyph lg t-INPUT">${icon("models", 18)}</span>
          <div class="grow"><h3>${provider.name}</h3><div class="sm dim mono trunc" title=${provider.base_url}>${provider.base_url}</div></div>
          <span class=${`st pill ${health.tone}`} title=${health.detail}>${icon(health.tone, 14)}${health.word}</span>
        </div>
        <div class="facts">
          <span>${kindTitle(provider.kind)}</span>
          <span>${provider.models === 1 ? "1 model" : `${provider.models} models`}</span>
          <span>${provider.has_key ? "Has a key" : "No key"}</span>
          <span>${scopeWords(provider.scope)}</span>
          ${provider.admitted ? html`<span title="Its address is not public; an admin opened it.">Opened by an admin</span>` : nothing}
        </div>
        ${test ? this.#outcome(test) : nothing}
        ${this.#actions(provider, test)}
      </li>`;
  }

  /** @param {Provider} provider @param {Test | undefined} test */
  #actions(provider, test) {
    const isTesting = test?.isBusy ?? false;
    return html`
      <div class="acts">
        <button class="btn sm" aria-label=${`Test ${provider.name}`} ?disabled=${isTesting}
          @click=${() => this.#test(provider)}>${icon("bolt", 14)}${isTesting ? "Testing" : "Test"}</button>
        ${provider.editable ? html`
          <button class="btn sm" aria-label=${`Edit ${provider.name}`} @click=${() => this.#edit(provider)}>${icon("edit", 14)}Edit</button>
          <button class="btn danger sm" aria-label=${`Remove ${provider.name}`} @click=${() => this.#remove(provider)}>Remove</button>`
          : provider.scope === "configuration" ? html`<span class="sm dim">Changed in the server's configuration</span>` : nothing}
      </div>`;
  }

  /** @param {Test} test */
  #outcome({isBusy, result, error}) {
    if (isBusy) return html`<p class="sm muted" role="status">A call of a few tokens is on its way.</p>`;
    if (error) return problemBanner(error);
    if (!result) return nothing;
    if (!result.ok) {
      return html`<div class="banner bad" role="status">${icon("bad")}<div class="grow">
        <b>${result.error?.message ?? "The call failed."}</b>
        ${result.error?.hint ? html`<p>${result.error.hint}</p>` : nothing}</div></div>`;
    }
    const first = result.latency?.first_token_ms ?? null;
    return html`<div class="banner info" role="status">${icon("ok")}<div class="grow">
      <b>Answered in ${formatDuration(result.latency?.total_ms)}</b>${first === null ? nothing : html`, first word after ${formatDuration(first)}`}
      <p class="muted">${result.answered_by ?? result.model}${result.text ? html`: “${result.text}”` : nothing}</p></div></div>`;
  }

  /** @param {Provider} provider */
  async #test({id}) {
    const note = (/** @type {Test} */ test) => { this.#tests.value = {...this.#tests.peek(), [id]: test}; };
    note({isBusy: true, result: null, error: null});
    try {
      const {data} = await this.app.api.testProvider({id, body: {}});
      note({isBusy: false, result: data, error: null});
    } catch (error) {
      note({isBusy: false, result: null, error});
    }
    this.emit("change");
  }

  /** @param {Provider} provider */
  async #edit(provider) {
    if (!await editProvider(this.app, provider)) return;
    const {[provider.id]: _, ...others} = this.#tests.peek();
    this.#tests.value = others;
    this.app.toast(`${provider.name} saved`, {kind: "ok"});
    this.emit("change");
  }

  /** @param {Provider} provider */
  async #remove(provider) {
    const isSure = await this.app.confirm({
      title: `Remove ${provider.name}`,
      text: "Its key and what is known of its models go with it. Prompts that name its models fail until they name others.",
      action: "Remove", danger: true,
    });
    if (!isSure) return;
    try {
      await this.app.api.removeProvider({id: provider.id});
      this.app.toast(`${provider.name} removed`, {kind: "ok"});
      this.emit("change");
    } catch (error) {
      this.#tests.value = {...this.#tests.peek(), [provider.id]: {isBusy: false, result: null, error}};
    }
  }
}

Providers.define("cf-providers");
