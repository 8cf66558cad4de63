// Where a link to a pipeline leads: it takes the link up and goes on to the pipeline. The token stands behind the #, so
// that it is in no request but the one that uses it.
import {Part} from "../../dom/element.js";
import {html} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {emptyView} from "../../parts/empty.js";
import {problemView} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */

/** Where the token waits while somebody signs in. */
const KEPT = "cf.share-link";

function takeToken() {
  const token = location.hash.slice(1) || (sessionStorage.getItem(KEPT) ?? "");
  sessionStorage.removeItem(KEPT);
  return token;
}

export class SharedPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;

  #error = signal(/** @type {unknown} */ (null));
  #token = signal(takeToken());

  connected() {
    const token = this.#token.peek();
    if (token === "") return;
    if (this.app.session.value) void this.#accept();
    else {
      // Whoever has to sign in first comes back to it, without the token in any address.
      sessionStorage.setItem(KEPT, token);
      this.app.go("/signin?next=/shared", {replace: true});
    }
  }

  async #accept() {
    this.#error.value = null;
    try {
      const {data} = await this.app.api.acceptShareLink({body: {token: this.#token.peek()}});
      await this.app.go(`/pipelines/${data.id}`, {replace: true});
      this.app.toast(`${data.title} is shared with you`);
    } catch (error) {
      this.#error.value = error;
    }
  }

  view() {
    const error = this.#error.value;
    return html`<header class="topbar"><div class="crumbs"><h1 class="h-sm">Shared pipeline</h1></div></header>
      <main id="main" tabindex="-1"><div class="page"><div class="card">${
        this.#token.value === "" ? emptyView({icon: "link", title: "The link is not whole", text: "It ends in # and a long word. Copy all of it.", actions: html`<a class="btn" href="/pipelines">Pipelines</a>`})
        : error ? problemView(error, {retry: () => this.#accept()}) : html`<div class="empty"><p role="status">Taking up the link</p></div>`}</div></div></main>`;
  }
}
SharedPage.define("cf-shared");
