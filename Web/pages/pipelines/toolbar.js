// Search, scope, favourites, tags and order of the list. Each changes the address, and the address changes the list.
import {html, nothing, ref} from "../../dom/html.js";
import {icon} from "../../parts/icon.js";
import {segmented} from "../../parts/tabs.js";
import {byRelevance, scopes, sorts, usualSort} from "./filters.js";

/** @typedef {import("./filters.js").Filters} Filters */
/** @typedef {import("./filters.js").Scope} Scope */
/** @typedef {import("./filters.js").Sort} Sort */

/** As many tags as fit beside the other filters; the chosen one is always among them. */
const MOST_TAGS = 4;

/**
 * @param {object} given
 * @param {Filters} given.filters
 * @param {{tag: string, count: number}[]} given.tags
 * @param {boolean} given.isEmpty nothing to search in
 * @param {(change: Partial<Filters>, how?: {replace: boolean}) => void} given.onChange
 * @param {(input: HTMLInputElement) => void} given.onSearchBox
 */
export function toolbar({filters, tags, isEmpty, onChange, onSearchBox}) {
  const {q, scope, favourite} = filters;
  return html`<div class="toolbar" role="search">
    <div class="searchbox">${icon("search")}<input class="inp" type="search" aria-label="Search pipelines" placeholder="Search by name, tag or step" maxlength="200"
      .value=${q} ?disabled=${isEmpty} ${ref((/** @type {HTMLInputElement} */ input) => onSearchBox(input))}
      @input=${(/** @type {Event} */ event) => onChange({q: /** @type {HTMLInputElement} */ (event.target).value.trim()}, {replace: true})}><kbd aria-hidden="true">/</kbd></div>
    ${segmented({label: "Whose", items: scopes, selected: scope, onSelect: (id) => onChange({scope: /** @type {Scope} */ (id)})})}
    <button type="button" class="chip" aria-pressed=${String(favourite)} @click=${() => onChange({favourite: !favourite})}>${icon("star", 13)}Favourites</button>
    ${tagBar(filters.tag, tags, (tag) => onChange({tag}))}
    ${order(filters, (sort) => onChange({sort}))}
  </div>`;
}

/** @param {string} chosen @param {{tag: string, count: number}[]} tags @param {(tag: string) => void} onChoose */
function tagBar(chosen, tags, onChoose) {
  const first = tags.slice(0, MOST_TAGS).map(({tag}) => tag);
  const shown = chosen === "" || first.includes(chosen) ? first : [chosen, ...first.slice(0, MOST_TAGS - 1)];
  if (shown.length === 0) return nothing;
  return html`<div class="tagbar" role="group" aria-label="Tags">
    ${shown.map((tag) => html`<button type="button" class="chip" aria-pressed=${String(tag === chosen)} @click=${() => onChoose(tag === chosen ? "" : tag)}>${tag}</button>`)}
    ${tags.length > shown.length ? html`<select class="inp chip-select" aria-label="More tags" @change=${(/** @type {Event} */ event) => {
      const select = /** @type {HTMLSelectElement} */ (event.target);
      onChoose(select.value);
      select.value = "";
    }}><option value="">More tags</option>${tags.slice(MOST_TAGS).map(({tag, count}) => html`<option value=${tag}>${tag} (${count})</option>`)}</select>` : nothing}
  </div>`;
}

/** @param {Filters} filters @param {(sort: Sort) => void} onChoose */
function order({q, sort}, onChoose) {
  const choices = q === "" ? sorts : [byRelevance, ...sorts];
  const chosen = choices.some(({value}) => value === sort) ? sort : usualSort(q);
  return html`<select class="inp sort" aria-label="Sort" .value=${chosen} @change=${(/** @type {Event} */ event) =>
    onChoose(/** @type {Sort} */ (/** @type {HTMLSelectElement} */ (event.target).value))}>
    ${choices.map(({value, label}) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}</select>`;
}
