// <cf-markdown .text=${text}> Markdown as nodes. Text that only grew is parsed on from its last block, and only that
// block is rendered again, so that an answer can be shown while it streams.

import {each, html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {placedBlocks} from "../model/markdown.js";
import {codeBlock} from "./code.js";

/** @typedef {import("../model/markdown.js").Block} Block */
/** @typedef {import("../model/markdown.js").Placed} Placed */
/** @typedef {import("../model/markdown.js").Inline} Inline */

export class Markdown extends Part {
  static props = {text: ""};
  /** @type {string} */ text;
  /** @type {Placed[]} */
  #placed = [];
  #shown = "";

  view() {
    const {text} = this;
    if (text !== this.#shown) {
      const last = this.#placed.at(-1)?.from ?? 0;
      const isGrown = this.#shown !== "" && text.length > this.#shown.length && text.startsWith(this.#shown);
      this.#placed = isGrown
        ? [...this.#placed.slice(0, -1), ...placedBlocks(text.slice(last)).map(({block, from}) => ({block, from: from + last}))]
        : placedBlocks(text);
      this.#shown = text;
    }
    // Below the heading of the panel, and no level left out, whatever the text does.
    let depth = 2;
    return each(this.#placed, (placed) => placed.from, ({block}) => {
      if (block.type === "heading") depth = Math.min(block.level + 2, depth + 1, 6);
      return html`<cf-markdown-block .block=${block} .depth=${depth}></cf-markdown-block>`;
    });
  }
}

/** One block: rendered again only when it is another one. */
class MarkdownBlock extends Part {
  static props = {block: null, depth: 3};
  /** @type {Block | null} */ block;
  /** @type {number} of a heading in the page */ depth;

  view() {
    const {block} = this;
    return block?.type === "heading" ? heading(block.level, this.depth, inlineView(block.inline)) : block ? blockView(block) : nothing;
  }
}

/** @param {Block} block @returns {unknown} */
function blockView(block) {
  switch (block.type) {
    // Inside of quotes and lists a heading is a bold line.
    case "heading": return html`<p><strong>${inlineView(block.inline)}</strong></p>`;
    case "paragraph": return html`<p>${inlineView(block.inline)}</p>`;
    case "code": return codeBlock(block.text, block.language);
    case "quote": return html`<blockquote>${block.blocks.map(blockView)}</blockquote>`;
    case "rule": return html`<hr>`;
    case "list": {
      const items = block.items.map((item) => html`<li>${item.checked === null ? nothing : html`<input type="checkbox" class="check" disabled ?checked=${item.checked} aria-label=${item.checked ? "done" : "not done"}> `}${item.blocks.map((inner) => inner.type === "paragraph" && item.blocks.length <= 2 ? html`<span>${inlineView(inner.inline)}</span>` : blockView(inner))}</li>`);
      return block.ordered ? html`<ol start=${block.start === 1 ? nothing : block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "table": {
      const {align} = block;
      return html`<div class="tblwrap scroll" tabindex="0" role="group" aria-label="Table"><table class="tbl"><thead><tr>${block.head.map((cell, i) => html`<th scope="col" class=${align[i] ?? nothing}>${inlineView(cell)}</th>`)}</tr></thead>
        <tbody>${block.rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class=${align[i] ?? nothing}>${inlineView(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
    }
  }
}

/** @param {number} level that the text gives it @param {number} depth that it has in the page @param {unknown} content */
function heading(level, depth, content) {
  const style = `l${Math.min(level, 4)}`;
  if (depth <= 3) return html`<h3 class=${style}>${content}</h3>`;
  if (depth === 4) return html`<h4 class=${style}>${content}</h4>`;
  return depth === 5 ? html`<h5 class=${style}>${content}</h5>` : html`<h6 class=${style}>${content}</h6>`;
}

/** @param {Inline[]} inline @returns {unknown[]} */
const inlineView = (inline) => inline.map((node) => {
  switch (node.type) {
    case "text": return node.text;
    case "code": return html`<code class="ic">${node.text}</code>`;
    case "break": return html`<br>`;
    case "strong": return html`<strong>${inlineView(node.inline)}</strong>`;
    case "em": return html`<em>${inlineView(node.inline)}</em>`;
    case "del": return html`<del>${inlineView(node.inline)}</del>`;
    case "link": return html`<a class="link" href=${node.href} rel="noopener noreferrer nofollow" target="_blank">${node.image ? "Image: " : nothing}${inlineView(node.inline)}</a>`;
    default: return nothing;
  }
});

MarkdownBlock.define("cf-markdown-block");
Markdown.define("cf-markdown");
