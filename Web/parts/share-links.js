// Links to a pipeline, for people whose accounts one does not know. A link is shown once; of it only its use is known.
import {html, nothing} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {formatCount} from "../model/format.js";
import {icon} from "./icon.js";
import {once} from "./once.js";
import {problemBanner} from "./problem.js";
import {allowed, allowedWords, allowsSwitches} from "./share-allows.js";
import {roles} from "./share.js";
import "./time.js";

/** @typedef {import("../app/app.js").App} App */
/** @typedef {import("./share-allows.js").Allowance} Allowance */
/** @typedef {import("../../Client/client.d.ts").ShareLink & {allows?: Allowance[]}} ShareLink */
/** @typedef {import("../../Client/client.d.ts").SharedRole} SharedRole */

const DAY_S = 86_400;
const lives = [{seconds: DAY_S, text: "1 day"}, {seconds: 7 * DAY_S, text: "7 days"}, {seconds: 30 * DAY_S, text: "30 days"}];

export class ShareLinks {
  items = signal(/** @type {ShareLink[] | null} */ (null));
  error = signal(/** @type {unknown} */ (null));
  isBusy = signal(false);
  role = signal(/** @type {SharedRole} */ ("viewer"));
  seconds = signal(lives[1].seconds);
  /** What of the owner's the runs of who uses it may use. */
  allows = signal(/** @type {Allowance[]} */ ([]));
  /** The address of the link that was just made. */
  made = signal(/** @type {string | null} */ (null));
  #app;
  #id;

  /** @param {App} app @param {string} id */
  constructor(app, id) { this.#app = app; this.#id = id; }

  async read() {
    try {
      this.items.value = (await this.#app.api.listShareLinks({id: this.#id})).data.items;
    } catch (error) {
      this.error.value = error;
    }
  }

  /** @param {() => Promise<void>} act */
  async #change(act) {
    this.error.value = null;
    this.isBusy.value = true;
    try {
      await act();
      await this.read();
    } catch (error) {
      this.error.value = error;
    } finally {
      this.isBusy.value = false;
    }
  }

  make() {
    return this.#change(async () => {
      const {data} = await this.#app.api.createShareLink({id: this.#id, body: {role: this.role.peek(), expires_in: this.seconds.peek(), ...allowed(this.#allows())}});
      this.made.value = `${location.origin}/shared#${data.token}`;
      this.#app.announce("Link made");
    });
  }

  /** Who only looks runs nothing that could use anything. */
  #allows() { return this.role.peek() === "viewer" || this.allows.peek().length === 0 ? undefined : this.allows.peek(); }

  /** @param {string} link */
  revoke(link) {
    return this.#change(async () => {
      await this.#app.api.removeShareLink({id: this.#id, link_id: link});
      this.#app.announce("Link revoked");
    });
  }
}

/** @param {App} app @param {ShareLinks} links */
export function linksView(app, links) {
  const items = links.items.value, error = links.error.value, made = links.made.value;
  return html`<fieldset class="share-group"><legend>Links</legend>
    <p class="sm dim">Whoever signs in here with a link gets its role. Revoking it takes nothing back from who used it.</p>
    ${items && items.length > 0 ? html`<ul class="share-who" aria-label="Links">${items.map((link) => linkView(links, link))}</ul>` : nothing}
    ${made ? once(app, {label: "Link", value: made, note: "It is shown this once."}) : nothing}
    ${error ? problemBanner(error) : nothing}
    <div class="row wrap link-make">
      <select class="inp" aria-label="Role of the link" @change=${(/** @type {Event} */ event) => { links.role.value = /** @type {SharedRole} */ (/** @type {HTMLSelectElement} */ (event.target).value); }}>
        ${roles.map(({value, text}) => html`<option value=${value}>${text}</option>`)}</select>
      <select class="inp" aria-label="How long the link is good" @change=${(/** @type {Event} */ event) => { links.seconds.value = Number(/** @type {HTMLSelectElement} */ (event.target).value); }}>
        ${lives.map(({seconds, text}) => html`<option value=${seconds} ?selected=${seconds === links.seconds.value}>${text}</option>`)}</select>
      <button type="button" class="btn" aria-busy=${links.isBusy.value ? "true" : nothing} @click=${() => { if (!links.isBusy.peek()) void links.make(); }}>${icon("link", 14)}Make a link</button>
      ${links.role.value !== "viewer" ? allowsSwitches({of: "who uses the link", allows: links.allows.value, isBusy: links.isBusy.value,
        onSwitch: (what, isOn) => { links.allows.value = isOn ? [...links.allows.peek(), what] : links.allows.peek().filter((one) => one !== what); }}) : nothing}
    </div></fieldset>`;
}

/** @param {ShareLinks} links @param {ShareLink} link */
function linkView(links, {id, role, expires_at: end, accepted, allows}) {
  const isOver = Date.parse(end) <= Date.now();
  return html`<li>${icon("link")}<span class="name">${roles.find(({value}) => value === role)?.text}
      <span class="sm dim">${isOver ? "expired" : "expires"} <cf-time .moment=${end}></cf-time> · used ${formatCount(accepted, "time")}${allowedWords(allows)}</span></span>
    <button type="button" class="btn sm" ?disabled=${links.isBusy.value} @click=${() => links.revoke(id)}>Revoke</button></li>`;
}
