// In the place of a page that did not load.

import {html} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {emptyView} from "../parts/empty.js";
import {problemText} from "../parts/problem.js";

export class Failed extends Part {
  static props = {error: null, retry: null, app: null, params: {}, query: null};
  /** @type {unknown} */ error;
  /** @type {() => void} */ retry;

  view() {
    return html`<header class="topbar"><h1 class="h-sm">This page did not load</h1></header>
      <main id="main" tabindex="-1"><div class="page" role="alert">${emptyView({
        icon: "warn", title: "The files of this page did not arrive or did not work",
        text: html`After an update of the server, loading anew helps. The browser says: ${problemText(this.error)}`,
        actions: html`<button type="button" class="btn" @click=${this.retry}>Load anew</button>`,
      })}</div></main>`;
  }
}
