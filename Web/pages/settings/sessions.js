import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {loadView, resource} from "../../parts/load.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import "../../parts/time.js";
import {clientName} from "./client-name.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Session} SessionRow */

/** Where one is signed in, and ending that. */
export class Sessions extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<SessionRow[]> | null} */
  #sessions = null;

  disconnected() {
    this.#sessions = null;
  }

  view() {
    this.#sessions ??= resource(async (stop) => (await this.app.api.listSessions({signal: stop})).data.items, this);
    return html`
      <section>
        <div class="sec-h"><div><h2>Sessions</h2><p>A session ends after 12 hours without use, and after 7 days in any case.</p></div>
          ${this.#endOthers()}</div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#sessions, {ready: (items) => this.#table(items), skeleton: () => html`<div class="card">${skeletonRows(3)}</div>`})}
      </section>`;
  }

  #endOthers() {
    const others = this.#sessions?.value.value?.filter((one) => !one.current) ?? [];
    return others.length ? html`<button class="btn danger end" @click=${() => this.#end(others)}>End all others</button>` : nothing;
  }

  /** @param {SessionRow[]} items */
  #table(items) {
    return html`<div class="card">${tableView({
      caption: "Sessions", items, key: (one) => one.id,
      columns: [
        {id: "client", label: "Browser", view: (one) => html`<span class="row" title=${one.client}><b>${clientName(one.client)}</b>${one.current ? html`<span class="tag">this one</span>` : nothing}</span>`},
        {id: "address", label: "Address", view: (one) => html`<span class="mono">${one.address}</span>`},
        {id: "since", label: "Signed in", isNumber: true, view: (one) => html`<cf-time .moment=${one.created_at}></cf-time>`},
        {id: "used", label: "Last used", isNumber: true, view: (one) => html`<cf-time .moment=${one.used_at}></cf-time>`},
        {id: "expires", label: "Ends", isNumber: true, style: "h-m", view: (one) => html`<cf-time .moment=${one.expires_at}></cf-time>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => one.current ? nothing
          : html`<button class="btn danger sm" aria-label=${`End the session of ${clientName(one.client)} at ${one.address}`} @click=${() => this.#end([one])}>End</button>`},
      ],
    })}</div>`;
  }

  /** @param {SessionRow[]} sessions */
  async #end(sessions) {
    const isMany = sessions.length > 1;
    if (isMany && !await this.app.confirm({
      title: "End all other sessions", text: `${sessions.length} sessions end. This one goes on.`, action: "End all others", danger: true,
    })) return;
    this.#failure.value = null;
    try {
      await Promise.all(sessions.map(({id}) => this.app.api.endSession({id})));
      this.app.toast(isMany ? "All other sessions ended" : "Session ended", {kind: "ok"});
    } catch (error) {
      this.#failure.value = error;
    }
    await this.#sessions?.reload();
  }
}

Sessions.define("cf-sessions");
