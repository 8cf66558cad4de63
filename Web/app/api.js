// The client of the API as the pages use it: signed in by cookie, with the token that changes need, and with the knowledge
// of whether the server can be reached.

import {signal} from "../dom/signal.js";
// @ts-types="../../Client/client.d.ts"
import {Factory, FactoryError, each} from "../../Client/client.js";

export {Factory, FactoryError, each};

/** Answers of something between here and the server, which is not there. */
const UNREACHABLE = [502, 504];

/** No answer came: the server is away, or the way to it. */
export class Unreachable extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super("the server does not answer", {cause});
    this.name = "Unreachable";
  }
}

export class Connection {
  /** Whether the last request reached the server. */
  online = signal(true);
  /** What changes have to carry; null while nobody is signed in. @type {string | null} */
  csrfToken = null;
  /** Called when the server says that nobody is signed in. */
  onSignedOut = () => {};
  /** Asks for the token anew; true where there is one. @type {() => Promise<boolean>} */
  onTokenRefused = async () => false;

  /** In the place of `fetch`. @type {typeof fetch} */
  send = async (input, init = {}) => {
    let response = await this.#once(input, init);
    if (response.status === 403 && await codeOf(response) === "csrf_token_missing" && await this.onTokenRefused()) response = await this.#once(input, init);
    if (response.status === 401 && !String(input).endsWith("/api/v1/session")) this.onSignedOut();
    return response;
  };

  /** @param {RequestInfo | URL} input @param {RequestInit} init */
  async #once(input, init) {
    const headers = new Headers(init.headers);
    const isUnsafe = !["GET", "HEAD"].includes(init.method ?? "GET");
    if (isUnsafe && this.csrfToken && !headers.has("X-CSRF-Token")) headers.set("X-CSRF-Token", this.csrfToken);
    try {
      const response = await fetch(input, {...init, headers, credentials: "same-origin"});
      this.online.value = !UNREACHABLE.includes(response.status);
      return response;
    } catch (error) {
      if (init.signal?.aborted) throw error;
      this.online.value = false;
      throw new Unreachable(error);
    }
  }
}

/** @param {Response} response */
async function codeOf(response) {
  try {
    return (await response.clone().json()).code;
  } catch {
    return null;
  }
}
