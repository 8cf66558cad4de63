// What is said by screen readers without moving the keyboard: one polite region for the whole page.

/** @type {HTMLElement | null} */
let region = null;

/** Says a text when the reader is silent. The same text twice is said twice. @param {string} text */
export function announce(text) {
  if (!region) {
    region = document.createElement("div");
    region.className = "sr";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
