// Name, e-mail and password of somebody who gets in for the first time, or the new password alone.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal} from "../../dom/signal.js";
import {FactoryError} from "../../app/api.js";
import {textField} from "../../parts/field.js";
import {problemBanner} from "../../parts/problem.js";
import {checkName, checkPassword} from "./rules.js";

/** @typedef {{name?: string, email?: string, password: string}} AccountValues */
/** @typedef {"name" | "email" | "password"} FieldName */

/** What is wrong with each field; null where nothing is. @type {Record<FieldName, (text: string) => string | null>} */
const CHECKS = {name: checkName, email: () => null, password: checkPassword};

class AccountForm extends Part {
  static props = {hasName: true, action: "", send: null};
  /** @type {boolean} */ hasName;
  /** @type {string} */ action;
  /** Resolves when the account is there. @type {(values: AccountValues) => Promise<void>} */ send;

  #values = signal({name: "", email: "", password: ""});
  #wrong = signal(/** @type {Partial<Record<FieldName, string>>} */ ({}));
  #failure = signal(/** @type {unknown} */ (null));
  #busy = signal(false);
  #isShown = signal(false);

  connected() { this.querySelector("input")?.focus(); }

  view() {
    return html`<form class="stack gap" novalidate @submit=${(/** @type {SubmitEvent} */ event) => { event.preventDefault(); this.#submit(); }}>
      ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
      ${this.hasName ? html`${this.#field("name", "Name", {hint: "What you sign in with, and what others see.", autocomplete: "username"})}
        ${this.#field("email", "E-mail", {isOptional: true, type: "email", autocomplete: "email"})}` : nothing}
      ${this.#field("password", "Password", {hint: "12 characters or more.", type: this.#isShown.value ? "text" : "password", autocomplete: "new-password"})}
      <label class="row sm"><input type="checkbox" class="check" .checked=${this.#isShown.value} @change=${(/** @type {Event} */ event) => { this.#isShown.value = /** @type {HTMLInputElement} */ (event.currentTarget).checked; }}>Show the password</label>
      <button class="btn primary lg" aria-busy=${this.#busy.value ? "true" : null}>${this.action}</button>
    </form>`;
  }

  /** @param {FieldName} name @param {string} label @param {{hint?: string, type?: string, isOptional?: boolean, autocomplete: "username" | "email" | "new-password"}} more */
  #field(name, label, more) {
    return textField({id: name, label, isLarge: true, value: this.#values.value[name], error: this.#wrong.value[name], ...more,
      onInput: (text) => {
        this.#values.value = {...this.#values.value, [name]: text};
        if (this.#wrong.value[name]) this.#wrong.value = {...this.#wrong.value, [name]: undefined};
      },
      onBlur: () => { if (this.#values.value[name]) this.#wrong.value = {...this.#wrong.value, [name]: CHECKS[name](this.#values.value[name]) ?? undefined}; }});
  }

  async #submit() {
    if (this.#busy.value) return;
    const {name, email, password} = this.#values.value;
    /** @type {FieldName[]} */
    const fields = this.hasName ? ["name", "email", "password"] : ["password"];
    const wrong = Object.fromEntries(fields.flatMap((field) => { const text = CHECKS[field](this.#values.value[field]); return text ? [[field, text]] : []; }));
    this.#say(wrong);
    if (Object.keys(wrong).length > 0) return;
    this.#busy.value = true;
    this.#failure.value = null;
    try {
      await this.send(this.hasName ? {name: name.trim(), email: email.trim() || undefined, password} : {password});
    } catch (error) {
      const named = error instanceof FactoryError ? error.errors.filter((entry) => fields.includes(/** @type {FieldName} */ (entry.path))) : [];
      if (named.length > 0) this.#say(Object.fromEntries(named.map((entry) => [entry.path, entry.message])));
      else this.#failure.value = error;
    } finally {
      this.#busy.value = false;
    }
  }

  /** @param {Partial<Record<FieldName, string>>} wrong */
  #say(wrong) {
    this.#wrong.value = wrong;
    const first = Object.keys(wrong)[0];
    if (first) queueMicrotask(() => { const input = this.querySelector(`#${first}`); if (input instanceof HTMLInputElement) input.focus(); });
  }
}

AccountForm.define("cf-account-form");
