import {html, nothing} from "../../dom/html.js";
import {formatDuration} from "../../model/format.js";
import {dollars, healthWords, tokens} from "../../model/models.js";
import {icon} from "../../parts/icon.js";
import {tableView} from "../../parts/table.js";

/** @typedef {import("../../../Client/client.d.ts").Model} Model */

const unknown = html`<span class="dim">unknown</span>`;

/**
 * The models as a table.
 * @param {Model[]} models
 * @param {(model: Model) => void} edit
 */
export const modelTable = (models, edit) => html`<div class="card">${tableView({
  caption: "Models", items: models, key: (model) => model.id,
  columns: [
    {id: "name", label: "Model", view: name},
    {id: "health", label: "Health", view: health},
    {id: "capabilities", label: "Can do", style: "h-m", view: capabilities},
    {id: "context", label: "Context", isNumber: true, view: (model) => limit(model, "context")},
    {id: "output", label: "Longest answer", isNumber: true, style: "h-m", view: (model) => limit(model, "output_limit")},
    {id: "price", label: "In / out per M tokens", isNumber: true, view: price},
    {id: "first", label: "First word, median", isNumber: true, style: "h-m", view: (model) => formatDuration(model.health?.first_token_ms)},
    {id: "edit", label: "Actions", isHidden: true, isNumber: true, view: (model) => html`
      <button class="btn ghost icon sm" aria-label=${`Edit ${model.name}`} @click=${() => edit(model)}>${icon("edit")}</button>`},
  ],
})}</div>`;

/** @param {Model} model */
const name = (model) => html`<div class="name-cell"><b class="mono">${model.name}</b>
  ${model.aliases.length ? html`<span class="sm dim">also ${model.aliases.join(", ")}</span>` : nothing}</div>`;

/** @param {Model} model */
function health(model) {
  const {tone, word, detail} = healthWords(model.health);
  return html`<span class="st ${tone}" title=${detail}>${icon(tone, 14)}${word}</span>`;
}

/** @param {Model} model */
function capabilities({capabilities: known}) {
  if (known === null) return unknown;
  if (!known.length) return html`<span class="dim">text only</span>`;
  return html`<span class="hosts">${known.map((/** @type {string} */ one) => html`<span class="tag">${one}</span>`)}</span>`;
}

/** A limit; what a person wrote down is marked as such. @param {Model} model @param {"context" | "output_limit"} member */
function limit(model, member) {
  const value = model[member];
  if (value === null) return unknown;
  return model.edited.includes(member) ? html`<span title="Written down here, not said by the provider">${tokens(value)}</span>` : tokens(value);
}

/** @param {Model} model */
function price(model) {
  if (!model.price) return unknown;
  const {input, output, cached_input, as_of} = model.price;
  return html`<div class="name-cell"><span title=${cached_input === null ? null : `${dollars(cached_input)} for input that was cached`}>${dollars(input)} / ${dollars(output)}</span>
    <span class="sm dim">${as_of === null ? "date unknown" : `as of ${as_of}`}</span></div>`;
}
