import {html, nothing} from "../../dom/html.js";
import {icon} from "../../parts/icon.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";

/** @typedef {import("../../../Client/client.d.ts").Secret} Secret */
/** @typedef {import("../../../Client/client.d.ts").Variable} Variable */
/** @typedef {import("../../../Client/client.d.ts").Environment} Environment */
/** @template T @typedef {{edit: (one: T) => void, remove: (one: T) => void}} Acts */

/** @param {Secret | Variable} one */
const keyOf = (one) => `${one.environment ?? ""}/${one.name}`;

/** @param {Secret | Variable} one */
const place = ({environment}) => environment === null ? html`<span class="dim">–</span>` : html`<span class="tag">${environment}</span>`;

/** @param {{name: string, description: string | null}} one @param {unknown} [sign] */
const name = (one, sign = nothing) => html`<div class="name-cell"><span class="row">${sign}<b class="mono">${one.name}</b></span>
  ${one.description ? html`<span class="sm dim">${one.description}</span>` : nothing}</div>`;

/** @param {string | null} moment */
const time = (moment) => moment === null ? html`<span class="dim">never</span>` : html`<cf-time .moment=${moment}></cf-time>`;

/** The last column: what can be done with it. @template {{name: string}} T @param {string} word @param {Acts<T>} acts */
const actions = (word, {edit, remove}) => ({
  id: "acts", label: "Actions", isHidden: true, isNumber: true,
  view: (/** @type {T} */ one) => html`<span class="acts">
    <button class="btn ghost sm" aria-label=${`${word} ${one.name}`} @click=${() => edit(one)}>${word}</button>
    <button class="btn ghost sm" aria-label=${`Remove ${one.name}`} @click=${() => remove(one)}>Remove</button></span>`,
});

/** @param {string} text */
const none = (text) => html`<div class="card"><p class="none">${text}</p></div>`;

/** @param {Secret[]} secrets @param {Acts<Secret>} acts */
export const secretTable = (secrets, acts) => !secrets.length ? none("No secret here yet.") : html`<div class="card">${tableView({
  caption: "Secrets", items: secrets, key: keyOf,
  columns: [
    {id: "name", label: "Name", view: (one) => name(one, html`<span class="dim">${icon("lock", 14)}</span>`)},
    {id: "environment", label: "Environment", view: place},
    {id: "hosts", label: "Only to hosts", view: (one) => one.hosts.length
      ? html`<span class="hosts">${one.hosts.map((host) => html`<span class="tag mono">${host}</span>`)}</span>` : html`<span class="dim">everywhere</span>`},
    {id: "used", label: "Last used", isNumber: true, view: (one) => time(one.last_used_at)},
    {id: "changed", label: "Changed", isNumber: true, style: "h-m", view: (one) => time(one.updated_at)},
    actions("Replace", acts),
  ],
})}</div>`;

/** @param {Variable[]} variables @param {Acts<Variable>} acts */
export const variableTable = (variables, acts) => !variables.length ? none("No variable here yet.") : html`<div class="card">${tableView({
  caption: "Variables", items: variables, key: keyOf,
  columns: [
    {id: "name", label: "Name", view: (one) => name(one)},
    {id: "environment", label: "Environment", view: place},
    {id: "value", label: "Value", view: (one) => one.value === "" ? html`<span class="dim">empty</span>` : html`<div class="value mono trunc" title=${one.value}>${one.value}</div>`},
    {id: "changed", label: "Changed", isNumber: true, style: "h-m", view: (one) => time(one.updated_at)},
    actions("Change", acts),
  ],
})}</div>`;

/** @param {Environment[]} environments @param {Acts<Environment>} acts */
export const environmentTable = (environments, acts) => !environments.length
  ? none("No environment yet. Without one, every run gets the same values.") : html`<div class="card">${tableView({
    caption: "Environments", items: environments, key: (one) => one.name,
    columns: [
      {id: "name", label: "Name", view: (one) => name(one)},
      {id: "secrets", label: "Secrets", isNumber: true, view: (one) => one.secret_count},
      {id: "variables", label: "Variables", isNumber: true, view: (one) => one.variable_count},
      actions("Change", acts),
    ],
  })}</div>`;
