// The frame: the rail (a tab bar on a phone), the page in it, and what hangs above all pages.

import {html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {formatNumber} from "../model/format.js";
import {avatar} from "../parts/avatar.js";
import {banner} from "../parts/banner.js";
import {icon} from "../parts/icon.js";
import {openMenu} from "../parts/menu.js";
import {problemView} from "../parts/problem.js";
import {keyName} from "./key-names.js";
import {openPalette} from "./palette.js";
import {PLACES, WORKSPACE} from "./places.js";
import {openShortcuts} from "./shortcuts.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./places.js").Entry} Entry */

export class Shell extends Part {
  static props = {app: null, failure: null, isReplaced: false, liveRuns: signal(0)};
  /** @type {App} */ app;
  /** That nothing could be shown at all. @type {{error: unknown, retry: () => void} | null} */ failure;
  /** Whether the server has newer files. @type {boolean} */ isReplaced;
  /** @type {import("../dom/signal.js").Signal<number>} */ liveRuns;

  view() {
    if (this.failure) return html`<main id="main" tabindex="-1" class="alone">${problemView(this.failure.error, {retry: this.failure.retry})}</main>`;
    const place = this.app?.router.current.value;
    if (!place) return nothing;
    const above = html`${this.app.router.loading.value ? html`<div class="loadbar" aria-hidden="true"></div>` : nothing}${this.#notices()}`;
    if (place.route.public) return html`${above}${place.page}`;
    const {nav, compact} = place.route;
    const name = this.app.session.value?.account.name ?? "";
    return html`<div class="shell ${compact ? "compact" : ""}">
      <nav class="rail" aria-label="Main">
        <a class="brand" href="/pipelines" aria-label="Code Factory home">${icon("logo", 24)}<span class="lbl">Code Factory</span></a>
        <button type="button" class="item" title=${compact ? "Search" : null} aria-label="Search and commands" aria-keyshortcuts="Control+K" @click=${() => openPalette(this.app)}>${icon("search")}<span class="lbl">Search</span><kbd>${keyName("Ctrl K")}</kbd></button>
        ${PLACES.map((entry) => this.#entry(entry, nav, compact))}
        <div class="sec">Workspace</div>
        ${WORKSPACE.map((entry) => this.#entry(entry, nav, compact))}
        <div class="foot">
          <button type="button" class="item" title=${compact ? "Shortcuts" : null} aria-label="Keyboard shortcuts" @click=${() => openShortcuts(this.app)}>${icon("keyboard")}<span class="lbl">Shortcuts</span><kbd>?</kbd></button>
          <button type="button" class="item" title=${compact ? name : null} aria-label="Account: ${name}" aria-haspopup="menu" aria-expanded="false" @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, this.#accountItems(), {label: "Account"})}><span aria-hidden="true">${avatar(name)}</span><span class="lbl trunc">${name}</span></button>
        </div>
      </nav>
      <div class="col">${above}${place.page}</div>
      <nav class="tabbar" aria-label="Main, compact">
        ${PLACES.map((entry) => html`<a href=${entry.href} aria-current=${entry.nav === nav ? "page" : null}>${icon(entry.icon, 20)}<span>${entry.label}</span>${this.#count(entry.nav)}</a>`)}
        <button type="button" aria-haspopup="menu" aria-expanded="false" aria-current=${WORKSPACE.some((entry) => entry.nav === nav) ? "true" : null} @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, this.#moreItems(), {label: "More"})}>${icon("more", 20)}<span>More</span>${this.#count("notifications")}</button>
      </nav>
    </div>`;
  }

  /** @param {Entry} entry @param {string} nav @param {boolean | undefined} compact */
  #entry(entry, nav, compact) {
    return html`<a class="item" href=${entry.href} title=${compact ? entry.label : null} aria-current=${entry.nav === nav ? "page" : null}>
      ${icon(entry.icon)}<span class="lbl">${entry.label}</span>${this.#count(entry.nav)}</a>`;
  }

  /** How much there is of something that goes on or waits to be read. @param {string} nav */
  #count(nav) {
    if (nav !== "runs" && nav !== "notifications") return nothing;
    const [count, word] = nav === "runs" ? [this.liveRuns.value, "going on"] : [this.app.unread.value, "unread"];
    return count === 0 ? nothing : html`<span class="count live num ${nav}"><span aria-hidden="true">${count > 99 ? "99+" : count}</span><span class="sr">, ${count > 99 ? "more than 99" : count} ${word}</span></span>`;
  }

  #notices() {
    const isAway = !this.app.online.value;
    return html`<div class="notice" role="status">${isAway ? banner("warn", "The server does not answer. What is shown may be old; the page tries again by itself.")
      : this.isReplaced ? banner("info", "A new version of the server is there.", {action: {label: "Reload", run: () => location.reload()}}) : nothing}</div>`;
  }

  /** @returns {import("../parts/menu.js").MenuItems} */
  #accountItems() {
    const me = this.app.session.value;
    return [
      {caption: me ? `${me.account.name}, ${me.account.role}` : ""},
      {label: "Settings", icon: "settings", href: "/settings/profile"},
      {label: "Access keys", icon: "key", href: "/settings/keys"},
      this.#contrastItem(),
      "-",
      {label: "Sign out", icon: "signout", run: () => this.app.signOut()},
    ];
  }

  /** @returns {import("../parts/menu.js").MenuItems} */
  #moreItems() {
    return [
      ...WORKSPACE.map(({nav, label, icon, href}) => ({label, icon, href, reason: nav === "notifications" && this.app.unread.peek() ? `${formatNumber(this.app.unread.peek())} unread` : ""})),
      "-",
      {label: "Search and commands", icon: "search", run: () => openPalette(this.app)},
      this.#contrastItem(),
      {label: `Sign out ${this.app.session.value?.account.name ?? ""}`, icon: "signout", run: () => this.app.signOut()},
    ];
  }

  /** @returns {import("../parts/menu.js").MenuItem} */
  #contrastItem() {
    const {contrast} = this.app.preferences;
    const isOn = contrast.value === "more" || (contrast.value === "system" && matchMedia("(prefers-contrast: more)").matches);
    return {label: "High contrast", checked: isOn, run: () => { contrast.value = isOn ? "normal" : "more"; }};
  }
}
