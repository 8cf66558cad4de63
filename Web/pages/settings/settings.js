import {Part} from "../../dom/element.js";
import {each, html, nothing} from "../../dom/html.js";
import {emptyView} from "../../parts/empty.js";
import "./alerts.js";
import "./appearance.js";
import "./audit.js";
import "./keys.js";
import "./people.js";
import "./profile.js";
import "./sessions.js";
import "./triggers.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {{id: string, title: string, isForAdmins?: boolean, view: (app: App, query: URLSearchParams) => unknown}} Section */

/** @type {Section[]} */
const SECTIONS = [
  {id: "profile", title: "Profile", view: (app) => html`<cf-profile .app=${app}></cf-profile>`},
  {id: "sessions", title: "Sessions", view: (app) => html`<cf-sessions .app=${app}></cf-sessions>`},
  {id: "keys", title: "Access keys", view: (app) => html`<cf-access-keys .app=${app}></cf-access-keys>`},
  {id: "triggers", title: "Triggers", view: (app) => html`<cf-triggers .app=${app}></cf-triggers>`},
  {id: "alerts", title: "Alerts", view: (app) => html`<cf-alerts .app=${app}></cf-alerts>`},
  {id: "appearance", title: "Appearance", view: (app) => html`<cf-appearance .app=${app}></cf-appearance>`},
  {id: "people", title: "People", isForAdmins: true, view: (app) => html`<cf-people .app=${app}></cf-people>`},
  {id: "audit", title: "Audit log", isForAdmins: true, view: (app, query) => html`<cf-audit .app=${app} .query=${query}></cf-audit>`},
];

/** Settings: of oneself, and for admins of the server. */
export class SettingsPage extends Part {
  static props = {app: null, params: {}, query: new URLSearchParams()};
  /** @type {App} */ app;
  /** @type {Record<string, string>} */ params;
  /** @type {URLSearchParams} */ query;

  connected() {
    this.effect(() => {
      const title = this.#section()?.title;
      this.app.title(title ? `${title} · Settings` : "Settings");
      queueMicrotask(() => this.querySelector(".setnav [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"}));
    });
  }

  #section() {
    return SECTIONS.find(({id}) => id === (this.params.section ?? "profile"));
  }

  view() {
    const section = this.#section();
    const isAdmin = this.app.can("administer");
    const shown = SECTIONS.filter(({isForAdmins}) => isAdmin || !isForAdmins);
    return html`
      <header class="topbar"><div class="crumbs"><h1 class="h-sm">Settings</h1></div></header>
      <main id="main" tabindex="-1"><div class="page settings">
        <nav class="setnav" aria-label="Settings">${each(shown, ({id}) => id, ({id, title}) =>
          html`<a href=${`/settings/${id}`} aria-current=${id === section?.id ? "page" : nothing}>${title}</a>`)}</nav>
        <div class="setb">${this.#content(section, isAdmin)}</div>
      </div></main>`;
  }

  /** @param {Section | undefined} section @param {boolean} isAdmin */
  #content(section, isAdmin) {
    if (!section) {
      return emptyView({icon: "settings", title: "No such settings", text: "The address names a part of the settings that there is not.", actions: html`<a class="btn" href="/settings/profile">Profile</a>`});
    }
    if (section.isForAdmins && !isAdmin) {
      return emptyView({icon: "lock", title: "For admins", text: `${section.title} is for admins of this server. Ask one of them.`, actions: html`<a class="btn" href="/settings/profile">Profile</a>`});
    }
    return section.view(this.app, this.query);
  }
}

SettingsPage.define("cf-settings");
