// Who is signed in.

import {signal} from "../dom/signal.js";
import {FactoryError} from "./api.js";

/** @typedef {import("../../Client/client.d.ts").Factory} Factory */
/** @typedef {{account: {id: string, name: string, role: "admin" | "member"}, credential: string, scopes: string[], csrf_token: string | null}} SignedIn */

export class Session {
  #value = signal(/** @type {SignedIn | null} */ (null));
  #api;
  #connection;

  /** @param {Factory} api @param {import("./api.js").Connection} connection */
  constructor(api, connection) {
    this.#api = api;
    this.#connection = connection;
    connection.onTokenRefused = async () => (await this.load()) !== null;
  }

  /** The account with its rights, or null. */
  get value() { return this.#value.value; }

  /** Asks the server. */
  async load() {
    try {
      const {data} = await this.#api.getSession();
      this.#set(/** @type {SignedIn} */ (data));
    } catch (error) {
      if (!(error instanceof FactoryError) || error.status !== 401) throw error;
      this.#set(null);
    }
    return this.#value.peek();
  }

  /** After signing in by whatever way: what the answer held is not the whole session. */
  async renew() { return this.load(); }

  /** Signs out on the server, then here. */
  async end() {
    try {
      await this.#api.signOut();
    } catch (error) {
      if (!(error instanceof FactoryError) || error.status !== 401) throw error;
    }
    this.#set(null);
  }

  /** The server has ended it. */
  lose() { this.#set(null); }

  /** @param {SignedIn | null} next */
  #set(next) {
    this.#connection.csrfToken = next?.csrf_token ?? null;
    this.#value.value = next;
  }
}
