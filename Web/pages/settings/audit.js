import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatMoment, formatNumber} from "../../model/format.js";
import {Form, selectField, textField} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").AuditRecord} AuditRecord */
/** @typedef {import("../../../Client/client.d.ts").Account} Account */
/** @typedef {Awaited<ReturnType<App["api"]["verifyAudit"]>>["data"]} Verdict */
/** @typedef {{items: AuditRecord[], next: string | null}} Page */

const ACTIONS = [
  "installation.set_up", "installation.restored", "session.started", "session.refused", "session.ended", "session.revoked", "key.created", "key.revoked",
  "account.created", "account.changed", "account.removed", "account.role_changed", "account.password_changed", "invitation.created",
  "invitation.accepted", "run.started", "pipeline.shared", "pipeline.unshared", "pipeline.visibility_changed", "pipeline.link_created",
  "pipeline.link_revoked", "pipeline.published", "pipeline.imported", "pipeline.purged", "trigger.changed", "template.published", "template.removed",
  "secret.set", "secret.removed", "secret.master_key_rotated", "provider.changed", "provider.removed", "host.allowed", "host.removed", "model.install_requested",
  "model.install_cancelled", "alert.changed",
];
const PAGE = 50;

/** Who did what, for admins; and whether that was changed since. */
export class Audit extends Part {
  static props = {app: null, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {URLSearchParams} */ query;

  #verdict = signal(/** @type {Verdict | null} */ (null));
  #isVerifying = signal(false);
  #isMore = signal(false);
  #failure = signal(/** @type {unknown} */ (null));
  #people = signal(/** @type {Account[]} */ ([]));
  /** @type {import("../../parts/load.js").Resource<Page> | null} */
  #records = null;
  /** @type {Form<{account: string, action: string, object: string}> | null} */
  #form = null;

  connected() {
    this.app.api.listUsers({limit: 200}).then(({data}) => { this.#people.value = data.items; }, () => {});
  }

  disconnected() {
    this.#records = null;
  }

  /** @param {AbortSignal} stop @param {string} [cursor] @returns {Promise<Page>} */
  async #read(stop, cursor) {
    const given = Object.fromEntries(["account", "action", "object"].flatMap((name) => this.query.get(name) ? [[name, this.query.get(name)]] : []));
    const {data} = await this.app.api.listAudit({limit: PAGE, ...(cursor ? {cursor} : {}), ...given, signal: stop});
    return {items: data.items, next: data.next_cursor};
  }

  view() {
    this.#records ??= resource((stop) => this.#read(stop), this, {follow: true});
    const failure = this.#failure.value;
    return html`
      <section>
        <div class="sec-h"><div><h2>Audit log</h2><p>Who did what, newest first. Records are only added, and each holds the digest of the one before it.</p></div>
          <button class="btn end" aria-busy=${this.#isVerifying.value ? "true" : nothing} @click=${() => this.#verify()}>${icon("check")}Verify the chain</button></div>
        ${this.#verdict.value ? verdictView(this.#verdict.value) : nothing}
        ${failure ? problemBanner(failure) : nothing}
        ${this.#filters()}
        ${loadView(this.#records, {ready: (page) => this.#table(page), skeleton: () => html`<div class="card">${skeletonRows(10)}</div>`})}
      </section>`;
  }

  #filters() {
    this.#form ??= new Form({
      account: this.query.get("account") ?? "", action: this.query.get("action") ?? "", object: this.query.get("object") ?? "",
    }, () => ({}), async (values) => {
      const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
      await this.app.go(`/settings/audit${query.size ? `?${query}` : ""}`);
    });
    const form = this.#form;
    const everybody = {value: "", text: "Everybody"};
    const accounts = [everybody, {value: "local", text: "local, the key of the installation"}, ...this.#people.value.map((one) => ({value: one.id, text: one.name}))];
    return html`
      <form class="filters" id=${form.id} @submit=${(/** @type {Event} */ event) => { event.preventDefault(); form.submit(); }}>
        ${selectField(form, "account", {label: "Who", options: accounts})}
        ${selectField(form, "action", {label: "Did what", options: [{value: "", text: "Anything"}, ...ACTIONS.map((value) => ({value, text: value}))]})}
        ${textField(form, "object", {label: "To what", mono: true, placeholder: "usr_…, pl_…"})}
        <button type="submit" class="btn">${icon("filter")}Filter</button>
        ${this.query.size ? html`<a class="btn ghost" href="/settings/audit" @click=${() => { this.#form = null; }}>Show all</a>` : nothing}
      </form>`;
  }

  /** @param {Page} page */
  #table({items, next}) {
    if (!items.length) return html`<div class="card"><p class="none">No record ${this.query.size ? "fits" : "yet"}.</p></div>`;
    return html`
      <div class="card">${tableView({
        caption: "Audit log", items, key: (one) => one.number, style: "audit",
        columns: [
          {id: "number", label: "No.", isNumber: true, view: (one) => formatNumber(one.number)},
          {id: "at", label: "When", view: (one) => formatMoment(one.at)},
          {id: "who", label: "Who", view: (one) => html`<span title=${one.account}>${one.name}</span>`},
          {id: "action", label: "Did", view: (one) => html`<span class="mono">${one.action}</span>`},
          {id: "what", label: "To what", view: (one) => html`<div class="detail">${one.object ?? ""}${details(one)}</div>`},
          {id: "via", label: "From", style: "h-m", view: (one) => html`<span class="detail">${one.address ?? "–"}</span><div class="sm dim" title=${one.via}>${viaWords(one.via)}</div>`},
        ],
      })}</div>
      ${next ? html`<div class="row pager"><button class="btn" aria-busy=${this.#isMore.value ? "true" : nothing} @click=${() => this.#more(items, next)}>Show more</button></div>` : nothing}`;
  }

  /** @param {AuditRecord[]} items @param {string} cursor */
  async #more(items, cursor) {
    if (this.#isMore.peek()) return;
    this.#isMore.value = true;
    this.#failure.value = null;
    try {
      const page = await this.#read(AbortSignal.timeout(60_000), cursor);
      this.#records?.set({items: [...items, ...page.items], next: page.next});
    } catch (error) {
      this.#failure.value = error;
    } finally {
      this.#isMore.value = false;
    }
  }

  async #verify() {
    if (this.#isVerifying.peek()) return;
    this.#isVerifying.value = true;
    this.#failure.value = null;
    try {
      this.#verdict.value = (await this.app.api.verifyAudit()).data;
    } catch (error) {
      this.#failure.value = error;
    } finally {
      this.#isVerifying.value = false;
    }
  }
}

/** By what it was done: a session and a key are told by their ids. @param {string} via */
const viaWords = (via) => via.startsWith("ses_") ? "session" : via.startsWith("key_") ? "access key" : via;

/** @param {AuditRecord} record */
function details({detail}) {
  const entries = Object.entries(detail);
  return entries.length ? html`<div class="sm dim">${entries.map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ")}</div>` : nothing;
}

/** @param {Verdict} verdict */
function verdictView({whole, records, newest_digest, broken_at, reason}) {
  if (whole) {
    return html`<div class="banner info" role="status">${icon("ok")}<div class="grow"><b>The chain is whole: ${formatNumber(records)} records.</b>
      <p class="sm">Newest digest: <code>${newest_digest ?? "–"}</code>. Keep it elsewhere: the chain cannot show that its newest records were cut off.</p></div></div>`;
  }
  return html`<div class="banner bad" role="alert">${icon("bad")}<div class="grow"><b>The log was changed${broken_at === null ? "" : ` at record ${broken_at}`}.</b>
    <p>${reason ?? ""}</p></div></div>`;
}

Audit.define("cf-audit");
