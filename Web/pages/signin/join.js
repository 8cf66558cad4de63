// What an admin's link leads to: making an account, or setting a new password.

import {html} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {FactoryError} from "../../app/api.js";
import {loadView, resource} from "../../parts/load.js";
import {banner} from "../../parts/banner.js";
import {skeleton} from "../../parts/skeleton.js";
import {takeToken} from "./token.js";
import {welcome} from "./welcome.js";
import "./account-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./account-form.js").AccountValues} AccountValues */
/** @typedef {Awaited<ReturnType<App["api"]["lookAtInvitation"]>>["data"]} Link */

class Join extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;

  #token = takeToken();
  /** What the link is for; null where it is not good. */
  #link = resource(async (signal) => this.#token ? this.#ask(this.#token, signal) : null, this);

  view() {
    const {value} = this.#link.value;
    return welcome(value?.kind === "reset" ? "Set a new password" : "Join Code Factory", loadView(this.#link, {ready: (link) => this.#content(link), skeleton: () => skeleton("100%", "12rem")}));
  }

  /** @param {Link | null} link */
  #content(link) {
    if (link === null) return html`${banner("bad", "This link does not work: it was used, is too old, or was cut off.")}
      <p class="sm dim">Links work once, for 72 hours. An admin of this server can send a new one.</p><a class="btn lg" href="/signin">Sign in instead</a>`;
    const isNew = link.kind === "invitation";
    return html`<p class="muted">${isNew ? "An admin of this server invited you. Choose the name that you sign in with, and a password." : html`An admin of this server made this link for you${link.name ? html`, <b>${link.name}</b>` : ""}. Once the password is set, every other session of the account ends.`}</p>
      <cf-account-form .hasName=${isNew} .action=${isNew ? "Make the account" : "Set the password"} .send=${(/** @type {AccountValues} */ values) => this.#send(values)}></cf-account-form>`;
  }

  /** @param {string} token @param {AbortSignal} signal @returns {Promise<Link | null>} */
  async #ask(token, signal) {
    try {
      return (await this.app.api.lookAtInvitation({body: {token}, signal})).data;
    } catch (error) {
      // What is no token at all was cut off on its way.
      if (error instanceof FactoryError && (error.code === "one_time_token_invalid" || error.code === "invalid_field_value")) return null;
      throw error;
    }
  }

  /** @param {AccountValues} values */
  async #send(values) {
    await this.app.api.acceptInvitation({body: {...values, token: this.#token}});
    await this.app.session.renew();
    await this.app.go("/pipelines", {replace: true});
  }
}

Join.define("cf-join");
