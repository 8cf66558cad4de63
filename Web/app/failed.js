// In the place of a page that did not load.

import {html} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {problemView} from "../parts/problem.js";

export class Failed extends Part {
  static props = {error: null, retry: null, app: null, params: {}, query: null};
  /** @type {unknown} */ error;
  /** @type {() => void} */ retry;

  view() {
    return html`<header class="topbar"><h1 class="h-sm">This page did not load</h1></header>
      <main id="main" tabindex="-1"><div class="page">${problemView(this.error, {retry: this.retry})}</div></main>`;
  }
}
