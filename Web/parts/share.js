// Who may see and use a pipeline: people with their roles, everybody, and links.
//
//   openShare(app, {id, title, role})
import {FactoryError} from "../app/api.js";
import {html, nothing, ref} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {avatar} from "./avatar.js";
import {dialogHead} from "./dialog.js";
import {icon} from "./icon.js";
import {allowed, ALLOWANCES, allowsSwitches} from "./share-allows.js";
import {linksView, ShareLinks} from "./share-links.js";
import {problemBanner, problemText, problemView} from "./problem.js";
import {skeletonRows, waitingView} from "./skeleton.js";

/** @typedef {import("../app/app.js").App} App */
/** @typedef {import("../../Client/client.d.ts").Shares} Shares */
/** @typedef {import("../../Client/client.d.ts").SharedRole} SharedRole */
/** @typedef {{id: string, title: string, role: string}} Shared */
/** @typedef {import("./share-allows.js").Allowance} Allowance */
/** @typedef {Shares["people"][number] & {allows?: Allowance[]}} SharedPerson */

/** @type {{value: SharedRole, text: string}[]} */
export const roles = [{value: "viewer", text: "Can view"}, {value: "runner", text: "Can run"}, {value: "editor", text: "Can edit"}];

class Sharing {
  shares = signal(/** @type {Shares | null} */ (null));
  /** Why nothing can be shown. */
  error = signal(/** @type {unknown} */ (null));
  /** Why the latest change was not made. */
  refused = signal(/** @type {unknown} */ (null));
  isBusy = signal(false);
  who = signal("");
  whoError = signal(/** @type {string | null} */ (null));
  newRole = signal(/** @type {SharedRole} */ ("viewer"));
  #app;
  #id;

  /** @param {App} app @param {string} id */
  constructor(app, id) { this.#app = app; this.#id = id; }

  async read() {
    this.error.value = null;
    try {
      this.shares.value = (await this.#app.api.getShares({id: this.#id})).data;
    } catch (error) {
      this.error.value = error;
    }
  }

  /** @param {() => Promise<unknown>} act @param {string} said */
  async #change(act, said) {
    this.refused.value = null;
    this.isBusy.value = true;
    try {
      await act();
      this.#app.announce(said);
      return true;
    } catch (error) {
      this.refused.value = error;
      return false;
    } finally {
      await this.read();
      this.isBusy.value = false;
    }
  }

  async add() {
    const account = this.who.peek().trim();
    if (account === "") { this.whoError.value = "Write a name or an e-mail address"; return false; }
    if (this.isBusy.peek()) return false;
    const wasThere = this.shares.peek();
    const isDone = await this.#change(() => this.#app.api.putShare({id: this.#id, account, body: {role: this.newRole.peek()}}), `Shared with ${account}`);
    if (isDone) this.who.value = "";
    else {
      // It is about the one who was to be added, and stands at the field.
      const error = this.refused.peek();
      this.whoError.value = error instanceof FactoryError && error.code === "invalid_field_value" ? "No account of this server has that name or address" : problemText(error);
      this.refused.value = null;
    }
    return isDone && this.shares.peek() !== wasThere;
  }

  /** @param {string} account @param {string} name @param {SharedRole} role @param {Allowance[] | undefined} allows */
  give(account, name, role, allows) {
    return this.#change(() => this.#app.api.putShare({id: this.#id, account, body: {role, ...allowed(allows)}}), `${name}: ${roles.find(({value}) => value === role)?.text}`);
  }

  /** @param {SharedPerson} person @param {Allowance} what @param {boolean} isOn */
  allow({account, role, allows = []}, what, isOn) {
    const next = isOn ? [...allows, what] : allows.filter((one) => one !== what);
    const word = ALLOWANCES.find(({id}) => id === what)?.text.toLowerCase();
    return this.#change(() => this.#app.api.putShare({id: this.#id, account: account.id, body: {role, ...allowed(next)}}), `${account.name ?? "This account"} ${isOn ? "may use" : "does not use"} ${word}`);
  }

  /** @param {string} account @param {string} name */
  take(account, name) {
    return this.#change(() => this.#app.api.removeShare({id: this.#id, account}), `${name} was taken off`);
  }

  /** @param {boolean} isPublic */
  open(isPublic) {
    const people = /** @type {SharedPerson[]} */ (this.shares.peek()?.people ?? []).map(({account, role, allows}) => ({account: account.id, role, ...allowed(allows)}));
    const visibility = isPublic ? "public" : people.length > 0 ? "shared" : "private";
    return this.#change(() => this.#app.api.putShares({id: this.#id, body: {visibility, people}}), isPublic ? "Everyone on this server can view it" : "Only the people named can see it");
  }
}

/** @param {App} app @param {Shared} pipeline @returns {Promise<unknown>} once it is closed */
export function openShare(app, pipeline) {
  const sharing = new Sharing(app, pipeline.id);
  const links = new ShareLinks(app, pipeline.id);
  const mayShare = app.can("share", pipeline);
  void sharing.read();
  if (mayShare) void links.read();
  return app.dialog((close) => html`
    ${dialogHead(`Share ${pipeline.title}`, {text: "A run belongs to who starts it: others do not see what it holds. Nobody sees a secret.", close})}
    <div class="body">${bodyView(app, sharing, links, mayShare)}</div>
    <footer><button type="button" class="btn mr" @click=${() => copyAddress(app, pipeline.id)}>${icon("copy", 14)}Copy address</button>
      <button type="button" class="btn primary" @click=${() => close()}>Done</button></footer>`).closed;
}

/** @param {App} app @param {string} id */
async function copyAddress(app, id) {
  try {
    await navigator.clipboard.writeText(`${location.origin}/pipelines/${id}`);
    app.toast("Address copied");
  } catch {
    app.toast(`${location.origin}/pipelines/${id}`, {kind: "info"});
  }
}

/** @param {App} app @param {Sharing} sharing @param {ShareLinks} links @param {boolean} mayShare */
function bodyView(app, sharing, links, mayShare) {
  const shares = sharing.shares.value, error = sharing.error.value, refused = sharing.refused.value;
  if (error && !shares) {
    return /** @type {{status?: number}} */ (error).status === 403
      ? html`<p class="muted">Who else can see it is shown to its owner and to editors.</p>` : problemView(error, {retry: () => sharing.read()});
  }
  if (!shares) return waitingView(skeletonRows(2, "3rem"));
  return html`
    ${mayShare ? addView(sharing) : nothing}
    <ul class="share-who" aria-label="People">${personView(shares.owner.name, html`<span class="dim">Owner</span>`)}
      ${shares.people.map((/** @type {SharedPerson} */ person) => personView(person.account.name, mayShare ? rolePicker(sharing, person)
        : html`<span class="dim">${roles.find(({value}) => value === person.role)?.text}</span>`, mayShare ? allowsView(sharing, person) : nothing))}</ul>
    ${mayShare && shares.people.some(runsWithAllowance) ? html`<p class="sm dim">A run uses the secrets and models of who starts it; switch on yours for somebody whose runs are to use them, without ever reading them.</p>` : nothing}
    ${refused ? problemBanner(refused) : nothing}
    ${everyoneView(sharing, shares, mayShare)}
    <p class="sm muted" role="status">${whoSees(shares)}</p>
    ${mayShare ? linksView(app, links) : html`<p class="sm dim">Only its owner shares it.</p>`}`;
}

/** In words, before anybody is told of it. @param {Shares} shares */
export function whoSees({visibility, people}) {
  const others = people.length === 1 ? "1 other person" : `${people.length} other people`;
  if (visibility === "public") return "Everyone with an account on this server can view it.";
  return people.length === 0 ? "Nobody else can see it, apart from admins of this server." : `The owner and ${others} can see it, and admins of this server.`;
}

/** @param {string | null} name @param {unknown} right @param {unknown} [below] */
const personView = (name, right, below = nothing) => html`<li>${avatar(name ?? "?", {size: "lg", isNamed: true})}<span class="name"><span class="trunc">${name ?? "An account that is gone"}</span>${below}</span>${right}</li>`;

/** Who only looks runs nothing that could use anything. @param {SharedPerson} person */
const runsWithAllowance = ({role}) => role !== "viewer";

/** @param {Sharing} sharing @param {SharedPerson} person */
function allowsView(sharing, person) {
  if (!runsWithAllowance(person)) return nothing;
  return allowsSwitches({of: person.account.name ?? "this account", allows: person.allows ?? [], isBusy: sharing.isBusy.value, onSwitch: (what, isOn) => void sharing.allow(person, what, isOn)});
}

/** @param {Sharing} sharing @param {SharedPerson} person */
function rolePicker(sharing, {account: {id, name}, role, allows}) {
  const called = name ?? "this account";
  return html`<select class="inp" aria-label=${`Role of ${called}`} .value=${role} ?disabled=${sharing.isBusy.value} @change=${(/** @type {Event} */ event) => {
      void sharing.give(id, called, /** @type {SharedRole} */ (/** @type {HTMLSelectElement} */ (event.target).value), allows);
    }}>${roles.map(({value, text}) => html`<option value=${value} ?selected=${value === role}>${text}</option>`)}</select>
    <button type="button" class="btn ghost icon sm" aria-label=${`Take ${called} off`} ?disabled=${sharing.isBusy.value} @click=${() => sharing.take(id, called)}>${icon("close", 14)}</button>`;
}

/** The field comes after the answer of the server; whoever has gone on meanwhile is left alone. @param {HTMLElement} input */
function takeFocus(input) {
  if (!(document.activeElement instanceof HTMLInputElement)) input.focus();
}

/** @param {Sharing} sharing */
function addView(sharing) {
  const error = sharing.whoError.value;
  const send = (/** @type {Event} */ event) => { event.preventDefault(); void sharing.add(); };
  return html`<form class="share-add" novalidate @submit=${send}>
    <div class="field"><input class="inp" ${ref(takeFocus)} aria-label="Name or e-mail address" placeholder="Name or e-mail address" autocomplete="off" spellcheck="false" .value=${sharing.who.value}
      aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "share-who-error" : nothing}
      @input=${(/** @type {Event} */ event) => { sharing.who.value = /** @type {HTMLInputElement} */ (event.target).value; sharing.whoError.value = null; }}>
      ${error ? html`<p class="err" id="share-who-error" role="alert">${icon("warn", 13)}<span>${error}</span></p>` : nothing}</div>
    <select class="inp" aria-label="Role" @change=${(/** @type {Event} */ event) => { sharing.newRole.value = /** @type {SharedRole} */ (/** @type {HTMLSelectElement} */ (event.target).value); }}>
      ${roles.map(({value, text}) => html`<option value=${value}>${text}</option>`)}</select>
    <button type="submit" class="btn primary" aria-busy=${sharing.isBusy.value ? "true" : nothing}>Share</button></form>`;
}

/** @param {Sharing} sharing @param {Shares} shares @param {boolean} mayShare */
function everyoneView(sharing, {visibility}, mayShare) {
  const choice = (/** @type {boolean} */ isPublic, /** @type {"lock" | "users"} */ shape, /** @type {string} */ text) => html`<label class="pick">
    <input type="radio" name="share-visibility" .checked=${(visibility === "public") === isPublic} ?disabled=${!mayShare || sharing.isBusy.value} @change=${() => sharing.open(isPublic)}>${icon(shape)}<span>${text}</span></label>`;
  return html`<fieldset class="share-group"><legend>Who else can open it</legend>
    ${choice(false, "lock", "Only people named above")}${choice(true, "users", "Everyone on this server can view")}</fieldset>`;
}
