// What happens when the server is not reached: asking for it, in growing pauses, until it answers again. What did not load
// then loads by itself: parts/load.js listens for `cf-reconnected`.

import {effect} from "../dom/signal.js";

/** @typedef {import("./app.js").App} App */

const FIRST_MS = 1000;
const MOST_MS = 10_000;

/** @param {App} app @param {() => void} onBack */
export function watchConnection(app, onBack) {
  let wasOffline = false;
  effect(() => {
    if (app.online.value) {
      if (!wasOffline) return;
      wasOffline = false;
      dispatchEvent(new Event("cf-reconnected"));
      onBack();
      return;
    }
    wasOffline = true;
    let wait = FIRST_MS;
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const ask = async () => {
      await app.connection.send("/healthz", {cache: "no-store"}).catch(() => {});
      wait = Math.min(wait * 1.6, MOST_MS);
      if (!app.online.peek()) timer = setTimeout(ask, wait);
    };
    timer = setTimeout(ask, wait);
    addEventListener("online", ask);
    return () => { clearTimeout(timer); removeEventListener("online", ask); };
  });
  addEventListener("offline", () => { app.connection.send("/healthz", {cache: "no-store"}).catch(() => {}); });
}
