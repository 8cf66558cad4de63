// Code with its colours.
//
//   codeView(text, "python")   what stands inside <code>
//   codeBlock(text, "swift")   a framed block that scrolls, with its language and Copy

import {html, nothing} from "../dom/html.js";
import {tokensOf} from "../model/code-tokens.js";
import {copyText} from "./copy.js";
import {icon} from "./icon.js";

const STYLES = {plain: "", comment: "c", string: "s", number: "n", word: "w", key: "k"};

/** @param {string} text @param {string} language */
export const codeView = (text, language) => tokensOf(text, language)
  .map((token) => (token.kind === "plain" ? token.text : html`<span class=${STYLES[token.kind]}>${token.text}</span>`));

/** @param {string} text @param {string} [language] @param {string} [label] */
export function codeBlock(text, language = "", label = language ? `Code, ${language}` : "Code") {
  const copy = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const word = button.querySelector("span");
    if (word) word.textContent = (await copyText(text)) ? "Copied" : "Not copied";
  };
  return html`<div class="code-block"><div class="code-head"><span class="xs dim mono">${language || nothing}</span>
    <button type="button" class="btn ghost sm" @click=${copy} aria-label="Copy this code">${icon("copy", 13)}<span>Copy</span></button></div>
    <pre class="code scroll" tabindex="0" role="region" aria-label=${label}><code>${codeView(text, language)}</code></pre></div>`;
}
