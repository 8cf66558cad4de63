// Tabs, and the segmented control for two to five views that exclude each other.
//
//   tabs({id: "step", label: "Of this step", items: [{id: "output", label: "Output", count: 2}], selected, onSelect})
//   tabPanel({id: "step", selected}, html`…`)
//   segmented({label: "View", items: [{id: "canvas", label: "Canvas", icon: "layout"}], selected, onSelect})

import {each, html, nothing} from "../dom/html.js";
import {nextItem} from "../dom/focus.js";
import {icon} from "./icon.js";

/** @typedef {{id: string, label: string, icon?: import("./icon.js").IconName, count?: number | null, disabled?: boolean}} TabItem */

/** @param {KeyboardEvent} event */
function move(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]:not(:disabled)")]);
  const next = nextItem(items, event.key, "horizontal");
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** @param {{id: string, label: string, items: TabItem[], selected: string, onSelect: (id: string) => void, style?: string}} options */
export const tabs = ({id, label, items, selected, onSelect, style = ""}) => html`<div class="tabs ${style}" role="tablist" aria-label=${label} @keydown=${move}>
  ${each(items, (item) => item.id, (item) => html`<button type="button" role="tab" id="${id}-tab-${item.id}" aria-controls="${id}-panel" aria-selected=${String(item.id === selected)}
    tabindex=${item.id === selected ? "0" : "-1"} ?disabled=${item.disabled} @click=${() => onSelect(item.id)}>
    ${item.icon ? icon(item.icon, 15) : nothing}<span>${item.label}</span>${item.count === undefined || item.count === null ? nothing : html`<span class="count num">${item.count}</span>`}</button>`)}
</div>`;

/** @param {{id: string, selected: string, style?: string}} options @param {unknown} content */
export const tabPanel = ({id, selected, style = ""}, content) => html`<div class="tabpanel ${style}" role="tabpanel" id="${id}-panel" aria-labelledby="${id}-tab-${selected}" tabindex="0">${content}</div>`;

/** @param {{label: string, items: (TabItem & {title?: string})[], selected: string, onSelect: (id: string) => void, style?: string}} options */
export const segmented = ({label, items, selected, onSelect, style = ""}) => html`<div class="seg ${style}" role="group" aria-label=${label}>
  ${each(items, (item) => item.id, (item) => html`<button type="button" aria-pressed=${String(item.id === selected)} ?disabled=${item.disabled} title=${item.title} @click=${() => onSelect(item.id)}>
    ${item.icon ? icon(item.icon, 15) : nothing}<span>${item.label}</span>${item.count === undefined || item.count === null ? nothing : html`<span class="count num">${item.count}</span>`}</button>`)}
</div>`;
