// Dialogs: native, above everything, the keyboard stays inside and returns to where it was.
//
//   const {close, closed} = openDialog((close) => html`${dialogHead("Share", {close})}<div class="body">…</div><footer>…</footer>`);
//   const answer = await closed;                     // what close(answer) was called with; undefined after Escape
//   if (await confirm({title: "Delete it?", text: "…", action: "Delete", danger: true})) …
//
// The function is a view: it is rendered again when a signal that it read changes. An element can be given instead.

import {html, nothing, render} from "../dom/html.js";
import {effect} from "../dom/signal.js";
import {icon} from "./icon.js";

/** @typedef {{label?: string, style?: string, guard?: () => boolean | Promise<boolean>}} DialogOptions */
/** @typedef {{element: HTMLDialogElement, close: (answer?: unknown) => void, closed: Promise<unknown>}} OpenDialog */

let last = 0;

/**
 * @param {HTMLElement | ((close: (answer?: unknown) => void) => unknown)} content
 * @param {DialogOptions} [options] label where there is no heading, style for further classes, guard asked before Escape closes
 * @returns {OpenDialog}
 */
export function openDialog(content, {label, style = "", guard} = {}) {
  const had = document.activeElement;
  const element = content instanceof HTMLDialogElement ? content : document.createElement("dialog");
  if (element !== content) element.className = `dlg ${style}`;
  if (label) element.setAttribute("aria-label", label);
  /** @type {unknown} */
  let answer;
  const close = (/** @type {unknown} */ given = undefined) => { answer = given; element.close(); };
  let end = () => {};
  if (typeof content === "function") {
    end = effect(() => {
      render(content(close), element);
      // Only those of the page are landmarks.
      for (const part of element.querySelectorAll("header, footer")) part.setAttribute("role", "none");
    });
  }
  else if (element !== content) element.append(content);
  // So that the keyboard can stand in it where nothing else takes it.
  element.tabIndex = -1;
  document.body.append(element);
  const heading = element.querySelector("h1, h2");
  if (heading && !label && !element.hasAttribute("aria-label")) {
    heading.id ||= `dialog-${++last}`;
    element.setAttribute("aria-labelledby", heading.id);
  }
  element.addEventListener("cancel", async (event) => {
    if (event.target !== element || !guard) return;
    event.preventDefault();
    if (await guard()) close();
  });
  // A press that began inside and ends outside, as when text is marked, closes nothing.
  element.addEventListener("pointerdown", async (event) => {
    if (event.target !== element || isInside(element, event)) return;
    if (!guard || await guard()) close();
  });
  const closed = new Promise((resolve) => element.addEventListener("close", (event) => {
    if (event.target !== element) return;
    end();
    // The browser has given the keyboard back when it closed, which may be a while ago: who has gone on since is not called back.
    const isLost = document.activeElement === document.body || element.contains(document.activeElement);
    element.remove();
    if (isLost && had instanceof HTMLElement && had.isConnected) had.focus({preventScroll: true});
    resolve(answer);
  }));
  element.showModal();
  const first = element.querySelector("[autofocus]");
  if (first instanceof HTMLElement) first.focus();
  return {element, close, closed};
}

/** @param {Element} element @param {PointerEvent} event */
function isInside(element, event) {
  const {left, right, top, bottom} = element.getBoundingClientRect();
  return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
}

/** The head of a dialog: its title, a line below it, the way out. @param {string} title @param {{text?: unknown, close?: () => void}} [options] */
export const dialogHead = (title, {text, close} = {}) => html`<header><div><h2>${title}</h2>${text ? html`<p>${text}</p>` : nothing}</div>
  ${close ? html`<button class="btn ghost icon sm end" type="button" aria-label="Close" @click=${() => close()}>${icon("close")}</button>` : nothing}</header>`;

/** Asks before something that cannot be taken back. The keyboard begins on the safe choice.
 * @param {{title: string, text?: unknown, action: string, cancel?: string, danger?: boolean}} question @returns {Promise<boolean>} */
export async function confirm({title, text, action, cancel = "Cancel", danger = false}) {
  const {closed} = openDialog((close) => html`${dialogHead(title)}
    ${text ? html`<div class="body"><p>${text}</p></div>` : nothing}
    <footer><button class="btn" type="button" autofocus @click=${() => close(false)}>${cancel}</button>
      <button class="btn ${danger ? "danger" : "primary"}" type="button" @click=${() => close(true)}>${action}</button></footer>`, {style: "sm"});
  return await closed === true;
}
