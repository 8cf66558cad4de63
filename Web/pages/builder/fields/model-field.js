import {Part} from "../../../dom/element.js";
import {each, html, nothing, ref} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";
import {problemText} from "../../../parts/problem.js";
import {contextWords, healthOf, priceWords} from "../../../model/model-words.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {{name: string, model: import("../../../../Client/client.d.ts").Model | null, note: string, group: string}} Offer
 */

/** A model or a name that stands for one, with what is known of it. Another name may be typed: it may exist elsewhere. */
class ModelField extends Part {
  static props = {place: null, path: [], field: null, value: undefined};

  #filter = signal("");
  #active = signal(0);
  /** @type {HTMLElement | null} */
  #popover = null;

  get #place() {
    return /** @type {Place} */ (this.signalOf("place").value);
  }

  /** @returns {Offer[]} */
  #offers() {
    const {models, aliases} = this.#place.catalogue;
    const all = models.value;
    const named = aliases.value.map((alias) => ({name: alias.name, model: all.find((model) => model.name === alias.model) ?? null, note: alias.model, group: "Names"}));
    const listed = all.map((model) => ({name: model.name, model, note: "", group: model.provider.name}));
    const sought = this.#filter.value.trim().toLowerCase();
    return [...named, ...listed].filter((offer) => !sought || `${offer.name} ${offer.note}`.toLowerCase().includes(sought));
  }

  view() {
    const place = this.#place;
    const field = /** @type {Field | null} */ (this.signalOf("field").value);
    if (!place || !field) return nothing;
    const value = this.signalOf("value").value;
    const fallback = place.stepId === null ? String(field.default ?? "default") : String(place.model.document.value.defaults && /** @type {{model?: unknown}} */ (place.model.document.value.defaults).model || field.default || "default");
    const name = typeof value === "string" ? value : fallback;
    const {models, aliases, modelsLoad} = place.catalogue;
    const target = aliases.value.find((alias) => alias.name === name)?.model ?? name;
    const model = models.value.find((each) => each.name === target) ?? null;
    const id = place.idOf(/** @type {string[]} */ (this.signalOf("path").value));
    return html`<button type="button" class="inp pick" id=${id} aria-label=${`${field.label}: ${name}`} aria-haspopup="listbox" aria-expanded="false" ?disabled=${!place.canEdit} popovertarget=${`${id}-list`}>
        ${dot(model, modelsLoad.value.state)}<span class="mono grow trunc">${name}</span>
        <span class="xs dim">${[value === undefined ? "default" : "", target !== name ? target : "", ...facts(model)].filter(Boolean).join(" · ")}</span>${icon("down", 13)}</button>
      <div class="menu models-menu" id=${`${id}-list`} popover @toggle=${(/** @type {ToggleEvent} */ event) => this.#toggled(event, id)} ${ref((element) => { this.#popover = element; })}>
        <div class="searchbox">${icon("search")}<input class="inp" role="combobox" aria-expanded="true" aria-controls=${`${id}-options`} aria-label="Find a model, or type a name" placeholder="Find a model, or type a name"
          autocomplete="off" spellcheck="false" .value=${this.#filter.value} aria-activedescendant=${`${id}-option-${this.#active.value}`}
          @input=${(/** @type {Event} */ event) => { this.#filter.value = /** @type {HTMLInputElement} */ (event.target).value; this.#active.value = 0; }}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event)}></div>
        ${this.#list(id, name)}</div>`;
  }

  /** @param {string} id @param {string} chosen */
  #list(id, chosen) {
    const offers = this.#offers();
    const load = this.#place.catalogue.modelsLoad.value;
    const typed = this.#filter.value.trim();
    const rows = each(offers, (offer) => `${offer.group} ${offer.name}`, (offer, index) => html`
      ${index === 0 || offers[index - 1]?.group !== offer.group ? html`<div class="cap" role="presentation">${offer.group}</div>` : nothing}
      <div class="model-option" role="option" id=${`${id}-option-${index}`} aria-selected=${String(offer.name === chosen)} data-active=${String(index === this.#active.value)} @click=${() => this.#choose(offer.name)}>
        ${dot(offer.model, "ready")}<span class="mono grow trunc">${offer.name}</span><span class="dim xs">${[offer.note, ...facts(offer.model)].filter(Boolean).join(" · ")}</span></div>`);
    return html`<div role="listbox" id=${`${id}-options`} aria-label="Models" class="models-list">${rows}
        ${typed && !offers.some((offer) => offer.name === typed) ? html`<div class="model-option" role="option" id=${`${id}-option-${offers.length}`} aria-selected="false" data-active=${String(this.#active.value >= offers.length)} @click=${() => this.#choose(typed)}><span class="dot"></span><span class="grow">Use <code>${typed}</code></span></div>` : nothing}
        ${load.state === "failed" ? html`<div class="cap" role="presentation">${problemText(load.error)}</div>` : offers.length === 0 && !typed ? html`<div class="cap" role="presentation">${load.state === "loading" ? "Asking for models" : "No model is set up yet"}</div>` : nothing}</div>
      <div class="row">${this.signalOf("value").value === undefined ? nothing : html`<button type="button" class="btn ghost sm" @click=${() => this.#choose(undefined)}>Use the default</button>`}<a class="btn ghost sm" href="/models">Set up models</a></div>`;
  }

  /** @param {string | undefined} name */
  #choose(name) {
    this.#place.write(/** @type {string[]} */ (this.signalOf("path").value), name);
    this.#popover?.hidePopover();
  }

  /** @param {ToggleEvent} event @param {string} id */
  #toggled(event, id) {
    const button = this.querySelector("button");
    button?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open" || !button || !this.#popover) return;
    this.#filter.value = "";
    this.#active.value = 0;
    const {left, bottom, top, width} = button.getBoundingClientRect();
    const wanted = Math.min(Math.max(width, 352), innerWidth - 16);
    this.#popover.style.setProperty("width", `${wanted}px`);
    this.#popover.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - wanted - 8))}px`);
    const height = this.#popover.getBoundingClientRect().height;
    this.#popover.style.setProperty("top", `${bottom + height + 8 <= innerHeight ? bottom + 4 : Math.max(8, top - height - 4)}px`);
    this.#popover.querySelector("input")?.focus();
    if (!id) return;
    this.#place.catalogue.loadModels();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const offers = this.#offers();
    const count = offers.length + (this.#filter.value.trim() ? 1 : 0);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#active.value = Math.max(0, Math.min(count - 1, this.#active.value + (event.key === "ArrowDown" ? 1 : -1)));
      queueMicrotask(() => this.querySelector("[data-active=true]")?.scrollIntoView({block: "nearest"}));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const name = offers[this.#active.value]?.name ?? this.#filter.value.trim();
      if (name) this.#choose(name);
    }
  }
}

/** @param {import("../../../../Client/client.d.ts").Model | null} model @param {string} state */
function dot(model, state) {
  const health = healthOf(model);
  const word = model ? health.word : state === "ready" ? "not set up here" : "unknown";
  return html`<span class=${`dot ${model ? health.tone : ""}`} role="img" aria-label=${word} title=${word}></span>`;
}

/** @param {import("../../../../Client/client.d.ts").Model | null} model */
const facts = (model) => (model ? [contextWords(model), priceWords(model)] : []);

ModelField.define("cf-model-field");
