import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {Form, textField} from "../../parts/form.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Account} Account */

const LEAST_BYTES = 12;
const MOST_BYTES = 256;

/** Who one is: name, e-mail address, password. */
export class Profile extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  /** @type {import("../../parts/load.js").Resource<{account: Account, form: Form<{name: string, email: string}>}> | null} */
  #account = null;
  #password = passwordForm(() => this.app);

  disconnected() {
    this.#account = null;
  }

  view() {
    this.#account ??= resource((stop) => this.#read(stop), this);
    return html`
      <section>
        <div class="sec-h"><div><h2>Profile</h2><p>How others see you, and what you sign in with.</p></div></div>
        ${loadView(this.#account, {ready: ({account, form}) => this.#profile(account, form), skeleton: () => html`<div class="card">${skeletonRows(3)}</div>`})}
      </section>
      <section>
        <div class="sec-h"><div><h2>Password</h2><p>Another password ends all your other sessions.</p></div></div>
        ${this.#passwords()}
      </section>`;
  }

  /** @param {AbortSignal} stop */
  async #read(stop) {
    const id = this.app.session.value?.account.id ?? "";
    const {data: account} = await this.app.api.getUser({id, signal: stop});
    const form = new Form({name: account.name, email: account.email ?? ""}, (values) => ({
      name: values.name.trim() === "" ? "A name is needed." : null,
      email: values.email === "" || /^[^\s@]+@[^\s@]+$/.test(values.email) ? null : "This is no e-mail address.",
    }), async (values) => {
      await this.app.api.changeUser({id, body: {name: values.name, email: values.email || null}});
      await this.app.session.renew();
      this.app.toast("Profile saved", {kind: "ok"});
    });
    return {account, form};
  }

  /** @param {Account} account @param {Form<{name: string, email: string}>} form */
  #profile(account, form) {
    return html`
      <form class="card form" id=${form.id} novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); form.submit(); }}>
        ${textField(form, "name", {label: "Name", autocomplete: "username", max: 64})}
        ${textField(form, "email", {label: "E-mail address", type: "email", autocomplete: "email", hint: "You can sign in with it, too. The server sends no mail."})}
        <p class="sm dim">${account.role === "admin" ? "You are an admin of this server." : "You are a member of this server."}</p>
        ${form.failure.value ? problemBanner(form.failure.value) : nothing}
        <div class="acts"><button type="submit" class="btn primary" aria-busy=${form.isBusy.value ? "true" : nothing}>Save</button></div>
      </form>`;
  }

  #passwords() {
    const form = this.#password;
    return html`
      <form class="card form" id=${form.id} novalidate @submit=${(/** @type {Event} */ event) => { event.preventDefault(); form.submit(); }}>
        ${textField(form, "current", {label: "Present password", type: "password", autocomplete: "current-password"})}
        ${textField(form, "password", {label: "New password", type: "password", autocomplete: "new-password", hint: "At least 12 characters; anything goes."})}
        ${textField(form, "again", {label: "New password, again", type: "password", autocomplete: "new-password"})}
        ${form.failure.value ? problemBanner(form.failure.value) : nothing}
        <div class="acts"><button type="submit" class="btn primary" aria-busy=${form.isBusy.value ? "true" : nothing}>Change password</button></div>
      </form>`;
  }
}

/** @param {() => App} app */
function passwordForm(app) {
  /** @type {Form<{current: string, password: string, again: string}>} */
  const form = new Form({current: "", password: "", again: ""}, (values) => ({
    current: values.current === "" ? "The present password is needed." : null,
    password: passwordRefusal(values.password),
    again: values.again === values.password ? null : "This is not the same.",
  }), async (values) => {
    await app().api.setPassword({id: app().session.value?.account.id ?? "", body: {password: values.password, current: values.current}});
    // The session goes on with another token.
    await app().session.renew();
    form.reset();
    app().toast("Password changed. All other sessions have ended.", {kind: "ok"});
  });
  return form;
}

/** @param {string} text */
function passwordRefusal(text) {
  const bytes = new Blob([text]).size;
  if (bytes < LEAST_BYTES) return `At least ${LEAST_BYTES} characters.`;
  return bytes > MOST_BYTES ? `At most ${MOST_BYTES} bytes.` : null;
}

Profile.define("cf-profile");
