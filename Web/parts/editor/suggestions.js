import {fitting} from "./completion-context.js";

/** @typedef {import("./completion-context.js").Item} Item */

let made = 0;

/**
 * The list of what could be written. It stays out of the tab order: the textarea keeps the focus and names the item that
 * is meant by `aria-activedescendant`. As a popover it lies above everything, dialogs included.
 */
export class Suggestions {
  /** @type {Item[]} */
  items = [];
  active = 0;

  /** @param {HTMLTextAreaElement} field @param {(item: Item) => void} accept */
  constructor(field, accept) {
    made += 1;
    this.field = field;
    this.accept = accept;
    this.element = document.createElement("div");
    this.element.className = "ed-list";
    this.element.id = `suggestions-${made}`;
    this.element.setAttribute("role", "listbox");
    this.element.setAttribute("aria-label", "Suggestions");
    this.element.popover = "manual";
    // The press itself would take the focus from the textarea.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const item = option ? this.items[[...this.element.children].indexOf(option)] : undefined;
      if (item) this.accept(item);
    });
  }

  get open() {
    return this.items.length > 0;
  }

  /** @param {Item[]} items @param {string} written @param {{left: number, top: number, bottom: number}} at */
  show(items, written, at) {
    this.items = fitting(items, written);
    if (!this.open) return this.close();
    this.active = 0;
    this.element.replaceChildren(...this.items.map((item, index) => this.#option(item, index, written)));
    this.element.hidden = false;
    if (!this.element.matches(":popover-open")) this.element.showPopover();
    this.#place(at);
    this.field.setAttribute("aria-controls", this.element.id);
    this.#mark();
  }

  /** @param {number} step */
  move(step) {
    this.active = (this.active + step + this.items.length) % this.items.length;
    this.#mark();
  }

  close() {
    this.items = [];
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.replaceChildren();
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  /** @param {Item} item @param {number} index @param {string} written */
  #option(item, index, written) {
    const option = document.createElement("div");
    option.className = "ed-option";
    option.id = `${this.element.id}-${index}`;
    option.setAttribute("role", "option");
    const name = document.createElement("span");
    const at = written ? item.label.toLowerCase().indexOf(written.toLowerCase()) : -1;
    if (at < 0) name.textContent = item.label;
    else {
      const found = document.createElement("b");
      found.textContent = item.label.slice(at, at + written.length);
      name.append(item.label.slice(0, at), found, item.label.slice(at + written.length));
    }
    const about = document.createElement("small");
    about.textContent = [item.type, item.detail].filter(Boolean).join(" · ");
    option.append(name, about);
    return option;
  }

  #mark() {
    for (const [index, option] of [...this.element.children].entries()) {
      option.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) {
        this.field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({block: "nearest"});
      }
    }
  }

  /** Below the caret, or above it where there is more room. @param {{left: number, top: number, bottom: number}} at */
  #place(at) {
    const {width, height} = this.element.getBoundingClientRect();
    const below = at.bottom + 4 + height <= innerHeight || at.top < height + 8;
    const top = below ? Math.min(at.bottom + 4, innerHeight - height - 8) : at.top - height - 4;
    this.element.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`);
    this.element.style.setProperty("top", `${Math.max(8, top)}px`);
  }
}
