// A menu under a button.
//
//   html`<button aria-haspopup="menu" @click=${(event) => openMenu(event.currentTarget, [
//     {caption: "mira"},
//     {label: "Rename", icon: "edit", run: () => …},
//     {label: "Open", icon: "pipelines", href: "/pipelines/pl_1"},
//     {label: "Follow", checked: true, run: () => …},            checked: a switch (or, with radio: true, one of several)
//     {label: "Delete", icon: "trash", danger: true, run, disabled: busy, reason: "A run goes on"},
//     "-",
//   ])}>`
//
// Arrows, Home, End and first letters move; Escape, Tab and a press elsewhere close it; the keyboard goes back to the button.

import {html, nothing, render} from "../dom/html.js";
import {nextItem} from "../dom/focus.js";
import {icon} from "./icon.js";

/** @typedef {import("./icon.js").IconName} IconName */
/** @typedef {{label: string, icon?: IconName, run?: () => void, href?: string, keys?: string, danger?: boolean, disabled?: boolean, reason?: string, checked?: boolean, radio?: boolean}} MenuItem */
/** @typedef {(MenuItem | {caption: string} | "-" | null | false)[]} MenuItems */

const GAP = 6;
const EDGE = 8;
let last = 0;

/** @param {EventTarget | null} target the button @param {MenuItems} items @param {{label?: string}} [options] */
export function openMenu(target, items, {label} = {}) {
  const anchor = /** @type {HTMLElement} */ (target);
  if (anchor.getAttribute("aria-expanded") === "true" && anchor.hasAttribute("aria-controls")) {
    document.getElementById(anchor.getAttribute("aria-controls") ?? "")?.hidePopover();
    return;
  }
  const menu = document.createElement("div");
  menu.className = "menu scroll";
  menu.id = `menu-${++last}`;
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label ?? (anchor.getAttribute("aria-label") || anchor.textContent?.trim() || "Menu"));
  const close = () => menu.hidePopover();
  render(items.map((item) => view(item, close)), menu);
  // In the landmark of its button; besides, inside a modal dialog everything else is out of reach.
  (anchor.closest("dialog, main, nav, header, aside") ?? document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  anchor.setAttribute("aria-controls", menu.id);
  menu.addEventListener("keydown", (event) => move(menu, event));
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    anchor.removeAttribute("aria-controls");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus({preventScroll: true});
    removeEventListener("resize", close);
    menu.remove();
  });
  addEventListener("resize", close);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  options(menu)[0]?.focus({preventScroll: true});
}

/** @param {HTMLElement} menu @returns {HTMLElement[]} */
const options = (menu) => [...menu.querySelectorAll("[role^=menuitem]")].map((item) => /** @type {HTMLElement} */ (item));

/** @param {MenuItems[number]} item @param {() => void} close */
function view(item, close) {
  if (!item) return nothing;
  if (item === "-") return html`<hr role="separator">`;
  if ("caption" in item) return html`<div class="cap" role="presentation">${item.caption}</div>`;
  const content = html`${item.checked !== undefined ? icon("check", 15, item.checked ? "" : "unseen") : item.icon ? icon(item.icon, 15) : nothing}
    <span class="grow">${item.label}${item.reason ? html`<small class="dim">${item.reason}</small>` : nothing}</span>${item.keys ? html`<kbd>${item.keys}</kbd>` : nothing}`;
  if (item.href && !item.disabled) return html`<a role="menuitem" tabindex="-1" class=${item.danger ? "danger" : null} href=${item.href} @click=${close}>${content}</a>`;
  const role = item.checked === undefined ? "menuitem" : item.radio ? "menuitemradio" : "menuitemcheckbox";
  return html`<button type="button" role=${role} tabindex="-1" class=${item.danger ? "danger" : null} aria-checked=${item.checked === undefined ? null : String(item.checked)}
    aria-disabled=${item.disabled ? "true" : null} @click=${() => { if (item.disabled) return; close(); item.run?.(); }}>${content}</button>`;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function move(menu, event) {
  if (event.key === "Tab") { menu.hidePopover(); return; }
  const items = options(menu);
  let next = nextItem(items, event.key);
  if (!next && /^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    next = order.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase())) ?? null;
  }
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

/** Under its button, or over it where there is more room. @param {HTMLElement} menu @param {DOMRect} at */
function place(menu, at) {
  const {offsetWidth: width, offsetHeight: height} = menu;
  const isRight = at.left + width > innerWidth - EDGE && at.right - width > EDGE;
  const left = Math.max(EDGE, Math.min(isRight ? at.right - width : at.left, innerWidth - width - EDGE));
  const isOver = at.bottom + height + GAP + EDGE > innerHeight && at.top > innerHeight - at.bottom;
  const top = isOver ? Math.max(EDGE, at.top - height - GAP) : at.bottom + GAP;
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("max-height", `${(isOver ? at.top - GAP : innerHeight - top) - EDGE}px`);
}
