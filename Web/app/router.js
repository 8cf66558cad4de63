// Addresses of the page: which page they show, going to another, and not leaving what is unsaved.

import {batch, signal} from "../dom/signal.js";
import {findRoute, keptParams, keptQuery} from "./match.js";
import {notFound, redirects, routes} from "./routes.js";
import {scrollWhenThere} from "./scroll.js";

/** @typedef {import("./routes.js").Route} Route */
/** @typedef {HTMLElement & {app: unknown, params: Record<string, string>, query: URLSearchParams}} Page */
/** @typedef {{route: Route, page: Page, url: URL}} Place */

/**
 * What the router leaves to who starts it.
 * @typedef {object} Decisions
 * @property {(route: Route, url: URL) => string | null} before where to go instead; null to go on
 * @property {(place: Place, isOther: boolean) => void} shown after a page is there, or got other params or another query
 * @property {(error: unknown, retry: () => void) => Page} failed shows that a page did not load
 * @property {(text: string) => Promise<boolean>} ask whether to leave what is unsaved
 * @property {() => boolean} moves whether pages change with a transition
 */

/** So long after scrolling its place is noted. */
const REST_MS = 150;

export class Router {
  /** What is shown. */
  current = signal(/** @type {Place | null} */ (null));
  /** Whether a page is being loaded. */
  loading = signal(false);
  /** @type {Set<() => string | null>} */
  #guards = new Set();
  #app;
  /** @type {Decisions} */
  #decide;
  #last = 0;
  #position = 0;
  #isReturning = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #resting;

  /** @param {unknown} app handed to every page */
  constructor(app) { this.#app = app; }

  /** Begins to fetch the page of the address, while other things are asked. */
  prefetch() { findRoute(routes, location.pathname)?.route.load().catch(() => {}); }

  /** @param {Decisions} decide */
  start(decide) {
    this.#decide = decide;
    this.#position = history.state?.position ?? 0;
    const top = history.state?.top ?? 0;
    history.scrollRestoration = "manual";
    // A browser takes milliseconds to note it, and refuses when it is asked to all the time.
    addEventListener("scrollend", () => {
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#keepScroll(), REST_MS);
    });
    addEventListener("pagehide", () => this.#keepScroll());
    addEventListener("popstate", (event) => this.#returned(event));
    addEventListener("click", (event) => this.#clicked(event));
    addEventListener("beforeunload", (event) => { if (this.#unsaved() !== null) event.preventDefault(); });
    return this.#show(new URL(location.href)).then(() => scrollWhenThere(top));
  }

  /** Goes to an address of this site. @param {string} to @param {{replace?: boolean}} [options] */
  async go(to, {replace = false} = {}) {
    const url = new URL(to, location.href);
    if (url.href === location.href && !replace) return;
    if (this.#leaves(url) && !await this.mayLeave()) return;
    if (replace) history.replaceState({position: this.#position}, "", url);
    else {
      this.#keepScroll();
      history.pushState({position: ++this.#position}, "", url);
    }
    await this.#show(url);
  }

  /** Keeps from leaving: gives what would be lost, as a sentence, or null. Holds for the page that is shown.
   * @param {() => string | null} ask @returns {() => void} ends it */
  guard(ask) {
    this.#guards.add(ask);
    return () => this.#guards.delete(ask);
  }

  #unsaved() {
    for (const ask of this.#guards) {
      const text = ask();
      if (text !== null) return text;
    }
    return null;
  }

  /** Whether nothing is unsaved, or the reader gives it up. */
  async mayLeave() {
    const text = this.#unsaved();
    if (text === null) return true;
    if (!await this.#decide.ask(text)) return false;
    this.#guards.clear();
    return true;
  }

  #keepScroll() {
    clearTimeout(this.#resting);
    history.replaceState({position: this.#position, top: scrollY}, "");
  }

  /** Another path is another thing; another query is another view of the same. @param {URL} url */
  #leaves(url) { return url.pathname !== this.current.peek()?.url.pathname; }

  /** @param {PopStateEvent} event */
  async #returned(event) {
    clearTimeout(this.#resting);
    const position = event.state?.position ?? 0;
    const back = this.#position - position;
    if (this.#isReturning) { this.#isReturning = false; return; }
    const url = new URL(location.href);
    if (this.#leaves(url) && this.#unsaved() !== null && back !== 0) {
      // The browser has gone already: come back, ask, and go again.
      this.#isReturning = true;
      history.go(back);
      if (!await this.mayLeave()) return;
      history.go(-back);
      return;
    }
    this.#position = position;
    await this.#show(url);
    scrollWhenThere(event.state?.top ?? 0);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (/^\/(?:api|ui|hooks|metrics|healthz|readyz)(?:\/|$)/.test(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    this.go(link.href);
  }

  /** @param {URL} url @returns {Promise<void>} */
  async #show(url) {
    const run = ++this.#last;
    const redirect = redirects[url.pathname];
    if (redirect) return this.#instead(redirect + url.hash, url);
    const {route, params} = findRoute(routes, url.pathname) ?? {route: notFound, params: {}};
    const instead = this.#decide.before(route, url);
    if (instead !== null) return this.#instead(instead, url);
    const shown = this.current.peek();
    if (shown && shown.page.localName === route.tag) {
      const isOther = shown.url.pathname !== url.pathname;
      if (isOther) this.#guards.clear();
      batch(() => {
        shown.page.params = keptParams(shown.page.params, params);
        shown.page.query = keptQuery(shown.page.query, url.searchParams);
        this.current.value = {route, page: shown.page, url};
      });
      this.#decide.shown({route, page: shown.page, url}, isOther);
      return;
    }
    this.loading.value = true;
    /** @type {Page} */
    let page;
    try {
      await route.load();
      if (!customElements.get(route.tag)) throw new Error(`the module of ${route.name} knows no ${route.tag}`);
      page = /** @type {Page} */ (document.createElement(route.tag));
    } catch (error) {
      page = this.#decide.failed(error, () => this.#show(url));
    }
    if (run !== this.#last) return;
    this.loading.value = false;
    page.app = this.#app;
    page.params = params;
    page.query = url.searchParams;
    this.#guards.clear();
    const place = {route, page, url};
    await this.#swap(() => {
      document.title = `${route.title} · Code Factory`;
      batch(() => { this.current.value = place; });
    });
    this.#decide.shown(place, true);
  }

  /** @param {string} to @param {URL} from */
  #instead(to, from) {
    history.replaceState(history.state, "", to);
    return this.#show(new URL(to, from));
  }

  /** @param {() => void} change */
  async #swap(change) {
    if (!document.startViewTransition || !this.current.peek() || !this.#decide.moves()) return change();
    const transition = document.startViewTransition(change);
    // A transition that is skipped, as in a window nobody sees, has made its change all the same.
    transition.ready.catch(() => {});
    transition.finished.catch(() => {});
    await transition.updateCallbackDone;
  }
}
