// The frame: the rail (a tab bar on a phone), the page in it, and what hangs above all pages.

import {html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {icon} from "../parts/icon.js";
import {problemView} from "../parts/problem.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {{nav: string, href: string, icon: import("../parts/icon.js").IconName, label: string}} Entry */

/** @type {Entry[]} */
export const PLACES = [
  {nav: "pipelines", href: "/pipelines", icon: "pipelines", label: "Pipelines"},
  {nav: "runs", href: "/runs", icon: "runs", label: "Runs"},
  {nav: "monitor", href: "/monitor", icon: "monitor", label: "Monitor"},
  {nav: "templates", href: "/templates", icon: "templates", label: "Templates"},
];
/** @type {Entry[]} */
export const WORKSPACE = [
  {nav: "files", href: "/files", icon: "files", label: "Files"},
  {nav: "models", href: "/models", icon: "models", label: "Models and secrets"},
  {nav: "settings", href: "/settings/profile", icon: "settings", label: "Settings"},
];

export class Shell extends Part {
  static props = {app: null, failure: null};
  /** @type {App} */ app;
  /** @type {{error: unknown, retry: () => void} | null} */ failure;

  #liveRuns = signal(0);

  view() {
    if (this.failure) return html`<main id="main" tabindex="-1">${problemView(this.failure.error, {retry: this.failure.retry})}</main>`;
    const place = this.app?.router.current.value;
    if (!place) return nothing;
    if (place.route.public) return place.page;
    const {nav, compact} = place.route;
    return html`<div class="shell ${compact ? "compact" : ""}">
      <nav class="rail" aria-label="Main">
        <a class="brand" href="/pipelines" aria-label="Code Factory home">${icon("logo", 24)}<span class="lbl">Code Factory</span></a>
        ${PLACES.map((entry) => this.#entry(entry, nav, compact))}
        <div class="sec">Workspace</div>
        ${WORKSPACE.map((entry) => this.#entry(entry, nav, compact))}
      </nav>
      <div class="col">${place.page}</div>
    </div>`;
  }

  /** @param {Entry} entry @param {string} nav @param {boolean | undefined} compact */
  #entry(entry, nav, compact) {
    const count = entry.nav === "runs" ? this.#liveRuns.value : 0;
    return html`<a class="item" href=${entry.href} title=${compact ? entry.label : null} aria-current=${entry.nav === nav ? "page" : null}>
      ${icon(entry.icon)}<span class="lbl">${entry.label}</span>${count > 0 ? html`<span class="count live num">${count}<span class="sr"> running</span></span>` : nothing}</a>`;
  }
}
