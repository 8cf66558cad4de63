// Signing in by name and password, or by the link that `factory serve --single-user` prints.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {FactoryError} from "../../app/api.js";
import {safeNext} from "../../app/match.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";
import {takeToken} from "./token.js";
import {welcome} from "./welcome.js";

/** @typedef {import("../../app/app.js").App} App */

class SignIn extends Part {
  static props = {app: null, params: {}, query: null};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  #busy = signal(false);
  #error = signal(/** @type {unknown} */ (null));
  #name = "";

  connected() {
    const token = takeToken();
    if (token) this.#signIn({token});
    else this.querySelector("input")?.focus();
  }

  view() {
    const error = this.#error.value;
    const isWrong = error instanceof FactoryError && error.code === "wrong_credentials";
    return welcome("Sign in", html`<form class="stack gap" @submit=${(/** @type {SubmitEvent} */ event) => this.#submit(event)}>
      ${error && !isWrong ? problemBanner(error) : nothing}
      <div class="field"><label for="name">Name or e-mail</label>
        <input class="inp lg" id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required .value=${this.#name}></div>
      <div class="field"><label for="password">Password</label>
        <input class="inp lg" id="password" name="password" type="password" autocomplete="current-password" required
          aria-invalid=${isWrong ? "true" : null} aria-describedby=${isWrong ? "password-error" : null} @input=${() => { if (isWrong) this.#error.value = null; }}>
        ${isWrong ? html`<div class="err" id="password-error" role="alert">${icon("warn", 13)}That name and password do not match.</div>` : nothing}</div>
      <button class="btn primary lg" aria-busy=${this.#busy.value ? "true" : null}>Sign in</button>
      <p class="sm dim">No account, or the password is forgotten? An admin can send a link. The first start of a server prints one that makes the first account.</p>
    </form>`);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    this.#signIn({name: String(form.get("name")).trim(), password: String(form.get("password"))});
  }

  /** @param {{name: string, password: string} | {token: string}} body */
  async #signIn(body) {
    if (this.#busy.value) return;
    this.#busy.value = true;
    this.#error.value = null;
    try {
      await this.app.api.signIn({body});
      await this.app.session.renew();
      await this.app.go(safeNext(this.query.get("next")), {replace: true});
    } catch (error) {
      this.#error.value = error;
      const password = this.querySelector("input[name=password]");
      if (password instanceof HTMLInputElement) { password.focus(); password.select(); }
    } finally {
      this.#busy.value = false;
    }
  }
}

SignIn.define("cf-signin");
