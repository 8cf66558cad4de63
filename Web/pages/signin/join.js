// What an admin's link leads to: making an account, or setting a new password.

import {html} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {FactoryError} from "../../app/api.js";
import {loadView, resource} from "../../parts/load.js";
import {banner} from "../../parts/banner.js";
import {takeToken} from "./token.js";
import {welcome} from "./welcome.js";
import "./account-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./account-form.js").AccountValues} AccountValues */

class Join extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;

  #token = takeToken();
  #kind = resource(async (signal) => this.#token ? this.#ask(signal) : "none", this);

  view() {
    const {value} = this.#kind.value;
    return welcome(value === "reset" ? "Set a new password" : "Join Code Factory", loadView(this.#kind, {ready: (kind) => this.#content(kind)}));
  }

  /** @param {string} kind */
  #content(kind) {
    if (kind === "none") return html`${banner("bad", "This link is not good: it was used, is too old, or was cut off.")}
      <p class="sm dim">Links work once, for 72 hours. An admin of this server can send a new one.</p><a class="btn lg" href="/signin">Sign in instead</a>`;
    const isNew = kind === "invite";
    return html`<p class="muted">${isNew ? "An admin of this server invited you. Choose the name that you sign in with, and a password." : "An admin of this server made this link for you. Once the password is set, every other session of the account ends."}</p>
      <cf-account-form .hasName=${isNew} .action=${isNew ? "Make the account" : "Set the password"} .send=${(/** @type {AccountValues} */ values) => this.#send(values)}></cf-account-form>`;
  }

  /**
   * A link does not say what it is for. Taking it up without a password is refused and does not use it up; what the server
   * misses tells: a link for an account wants a name, one for a new password a password.
   * @param {AbortSignal} signal
   */
  async #ask(signal) {
    try {
      await this.app.api.acceptInvitation({body: {token: this.#token, password: /** @type {never} */ (undefined)}, signal});
    } catch (error) {
      if (error instanceof FactoryError && error.errors.length > 0) return error.errors[0].path === "name" ? "invite" : "reset";
      if (error instanceof FactoryError && error.code === "one_time_token_invalid") return "none";
      throw error;
    }
    return "none";
  }

  /** @param {AccountValues} values */
  async #send(values) {
    await this.app.api.acceptInvitation({body: {...values, token: this.#token}});
    await this.app.session.renew();
    await this.app.go("/pipelines", {replace: true});
  }
}

Join.define("cf-join");
