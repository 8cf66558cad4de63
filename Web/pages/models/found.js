import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {kindTitle} from "../../model/models.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {Awaited<ReturnType<App["api"]["findProviders"]>>["data"]["items"][number]} FoundServer */

/** Model servers that answer on the server's own machine, each to be added in one click. For admins. Emits "change". */
export class FoundServers extends Part {
  static props = {app: null, found: []};

  #busy = signal("");
  #failure = signal(/** @type {unknown} */ (null));

  /** @type {App} */ app;
  /** @type {FoundServer[]} */ found;

  view() {
    const found = this.found.filter((server) => server.provider === null);
    if (!found.length) return nothing;
    return html`
      <div class="card found">
        <h3>Found on this machine</h3>
        <ul class="stack">${found.map((server) => html`
          <li>
            <span class="glyph t-INPUT">${icon("models", 14)}</span>
            <div class="grow"><b class="mono">${server.base_url}</b>
              <div class="sm muted">${kindTitle(server.kind)}, ${server.models.length ? server.models.join(", ") : "no model listed"}</div></div>
            <button class="btn sm" aria-label=${`Add ${server.base_url} for everybody`} aria-busy=${this.#busy.value === server.base_url ? "true" : nothing}
              @click=${() => this.#add(server)}>${icon("plus", 14)}Add for everybody</button>
          </li>`)}
        </ul>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
      </div>`;
  }

  /** @param {FoundServer} server */
  async #add({base_url}) {
    if (this.#busy.peek()) return;
    this.#busy.value = base_url;
    this.#failure.value = null;
    try {
      const {data} = await this.app.api.admitProvider({body: {base_url}});
      this.app.toast(`${data.name} added`, {kind: "ok"});
      this.emit("change");
    } catch (error) {
      this.#failure.value = error;
    } finally {
      this.#busy.value = "";
    }
  }
}

FoundServers.define("cf-found-servers");
