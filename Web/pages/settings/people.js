import {each as eachItem} from "../../app/api.js";
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {avatar} from "../../parts/avatar.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {openMenu} from "../../parts/menu.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";
import {changePerson, deletePerson, invitePerson, resetPassword} from "./person-forms.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Account} Account */

/** The accounts of the server, for admins. */
export class People extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Account[]> | null} */
  #people = null;

  disconnected() {
    this.#people = null;
  }

  view() {
    this.#people ??= resource((stop) => Array.fromAsync(eachItem((page) => this.app.api.listUsers(page), {limit: 200, signal: stop})), this);
    return html`
      <section>
        <div class="sec-h"><div><h2>People</h2><p>Who has an account on this server.</p></div>
          <button class="btn primary end" @click=${() => this.#after(invitePerson(this.app), "")}>${icon("plus")}Invite</button></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#people, {ready: (items) => this.#table(items), skeleton: () => html`<div class="card">${skeletonRows(4)}</div>`})}
      </section>`;
  }

  /** @param {Account[]} items */
  #table(items) {
    const me = this.app.session.value?.account.id;
    return html`<div class="card">${tableView({
      caption: "People", items, key: (one) => one.id,
      columns: [
        {id: "name", label: "Name", view: (one) => html`<span class="row">${avatar(one.name)}<b>${one.name}</b>${one.id === me ? html`<span class="tag">you</span>` : nothing}</span>`},
        {id: "email", label: "E-mail address", view: (one) => one.email ?? html`<span class="dim">–</span>`},
        {id: "role", label: "Role", view: (one) => one.role === "admin" ? "Admin" : "Member"},
        {id: "state", label: "State", view: state},
        {id: "since", label: "Since", isNumber: true, style: "h-m", view: (one) => html`<cf-time .moment=${one.created_at}></cf-time>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => this.#menu(one, items)},
      ],
    })}</div>`;
  }

  /** @param {Account} one @param {Account[]} all */
  #menu(one, all) {
    const isMe = one.id === this.app.session.value?.account.id;
    const isOff = one.disabled_at !== null;
    /** @type {import("../../parts/menu.js").MenuItems} */
    const items = [
      {icon: "edit", label: "Change", run: () => this.#after(changePerson(this.app, one), `${one.name} saved`)},
      {icon: "key", label: "Make a reset link", run: () => this.#after(resetPassword(this.app, one), "")},
      isMe ? null : {icon: "skip", label: isOff ? "Enable" : "Disable", run: () => this.#disable(one, !isOff)},
      isMe ? null : {icon: "trash", label: "Delete", danger: true, run: () => this.#after(deletePerson(this.app, one, all), `${one.name} deleted`)},
    ];
    return html`<button class="btn ghost icon sm" aria-haspopup="menu" aria-expanded="false" aria-label=${`Actions for ${one.name}`}
      @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, items)}>${icon("more")}</button>`;
  }

  /** @param {Account} one @param {boolean} disabled */
  async #disable(one, disabled) {
    if (disabled && !await this.app.confirm({
      title: `Disable ${one.name}`, text: "Their sessions and keys stop at once. Nothing of theirs is deleted.", action: "Disable", danger: true,
    })) return;
    this.#failure.value = null;
    try {
      await this.app.api.changeUser({id: one.id, body: {disabled}});
      this.app.toast(disabled ? `${one.name} disabled` : `${one.name} enabled`, {kind: "ok"});
      await this.#people?.reload();
    } catch (error) {
      this.#failure.value = error;
    }
  }

  /** @param {Promise<boolean>} asked @param {string} text */
  async #after(asked, text) {
    if (!await asked) return;
    if (text) this.app.toast(text, {kind: "ok"});
    await this.#people?.reload();
  }
}

/** @param {Account} one */
function state({disabled_at, has_password}) {
  if (disabled_at !== null) return html`<span class="st bad">${icon("skip", 14)}Disabled</span>`;
  return has_password ? html`<span class="st ok">${icon("ok", 14)}Active</span>` : html`<span class="st idle">${icon("idle", 14)}No password yet</span>`;
}

People.define("cf-people");
