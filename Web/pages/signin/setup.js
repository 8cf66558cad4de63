// The first account of a server, by the link that its first start prints.

import {html} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {banner} from "../../parts/banner.js";
import {takeToken} from "./token.js";
import {welcome} from "./welcome.js";
import "./account-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./account-form.js").AccountValues} AccountValues */

class Setup extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;

  #token = takeToken();

  view() {
    if (!this.#token) {
      return welcome("Make the first account", html`${banner("info", "This page needs the link that the server prints when it starts without an account.")}
        <p class="sm dim">Look where <code>factory serve</code> runs, or in its log. Each start prints a new link, which works once, for an hour.</p>
        <a class="btn lg" href="/signin">Sign in instead</a>`);
    }
    return welcome("Make the first account", html`<p class="muted">It becomes the admin of this server, and can invite others.</p>
      <cf-account-form .action=${"Make the account"} .send=${(/** @type {AccountValues} */ values) => this.#send(values)}></cf-account-form>`);
  }

  /** @param {AccountValues} values */
  async #send(values) {
    await this.app.api.setUp({body: {...values, token: this.#token}});
    await this.app.session.renew();
    await this.app.go("/pipelines", {replace: true});
  }
}

Setup.define("cf-setup");
