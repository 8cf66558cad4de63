// What every page gets as `.app`: made once in main.js, handed down, never global.

import {announce} from "../dom/announce.js";
import {signal} from "../dom/signal.js";
import {confirm, openDialog} from "../parts/dialog.js";
import {problemText} from "../parts/problem.js";
import {toast} from "../parts/toast.js";
import {Connection, Factory} from "./api.js";
import {Commands} from "./commands.js";
import {Live} from "./live.js";
import {Preferences} from "./preferences.js";
import {Router} from "./router.js";
import {Session} from "./session.js";

/** @typedef {import("../../Client/client.d.ts").Factory} FactoryClient */

const RANKS = {viewer: 0, runner: 1, editor: 2, owner: 3};
const NEEDED = {view: 0, comment: 0, copy: 0, run: 1, edit: 2, publish: 2, share: 3, trash: 3};

export class App {
  connection = new Connection();
  /** Whether the server is reached. */
  online = this.connection.online;
  /** @type {FactoryClient} */
  api = new Factory({fetch: this.connection.send});
  session = new Session(this.api, this.connection);
  live = new Live(this.connection.send);
  preferences = new Preferences();
  /** How many notifications nobody has read. */
  unread = signal(0);
  /** What can be done here. */
  commands = new Commands();
  /** @type {Router} */
  router = new Router(this);

  /** Goes to an address of this site. @param {string} url @param {{replace?: boolean}} [options] */
  go = (url, options) => this.router.go(url, options);

  /** Says what the page shows. @param {string} text */
  title = (text) => {
    const whole = text ? `${text} · Code Factory` : "Code Factory";
    // The same once more is a change for the browser, and one that it tells its window of.
    if (document.title !== whole) document.title = whole;
  };

  /** Tells the search and the sheet of shortcuts what can be done on a page. @param {import("./commands.js").CommandGroup} group */
  offer = (group) => this.commands.offer(group);

  /** Signs out, unless somebody wants to save first. */
  signOut = async () => {
    if (!await this.router.mayLeave()) return;
    try {
      await this.session.end();
    } catch (error) {
      this.toast(problemText(error), {kind: "bad"});
      return;
    }
    await this.go("/signin");
  };

  toast = toast;
  announce = announce;
  confirm = confirm;
  dialog = openDialog;

  /** Keeps from leaving: gives what would be lost, as a sentence, or null. Ends with the page. @param {() => string | null} ask */
  guard = (ask) => this.router.guard(ask);

  /** Whether one may do it with a pipeline (by one's role there), or, for "administer", at all.
   * @param {keyof typeof NEEDED | "administer"} action @param {{role?: string | null} | null} [pipeline] */
  can = (action, pipeline = null) => {
    const me = this.session.value;
    if (!me) return false;
    if (action === "administer") return me.account.role === "admin" && me.scopes.includes("admin");
    const role = /** @type {keyof typeof RANKS | undefined} */ (pipeline?.role ?? undefined);
    return role !== undefined && (RANKS[role] ?? -1) >= NEEDED[action];
  };
}
