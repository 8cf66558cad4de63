// How many notifications nobody has read: counted by the server when an alert says something, and spoken then.

import {effect} from "../dom/signal.js";

/** @typedef {import("./app.js").App} App */

const QUIET_MS = 200;

/** @param {App} app */
export function watchUnread(app) {
  effect(() => {
    if (!app.session.value) { app.unread.value = 0; return; }
    const stop = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const ask = async () => {
      timer = undefined;
      try {
        const {data} = await app.api.listNotifications({limit: 1, signal: stop.signal});
        if (!stop.signal.aborted) app.unread.value = data.unread;
      } catch {
        // The number that is shown may be old for a while; the next event or connection asks again.
      }
    };
    const soon = () => { timer ??= setTimeout(ask, QUIET_MS); };
    // They may have been read in another window meanwhile.
    const seen = () => { if (!document.hidden) soon(); };
    const end = app.live.pipelines(({type, data}) => {
      if (type === "alert.opened") app.announce(`Alert: ${data.notification.text}`);
      if (type.startsWith("alert.") || type === "reset") soon();
    });
    addEventListener("cf-reconnected", soon);
    document.addEventListener("visibilitychange", seen);
    // What the page itself asks for goes before.
    soon();
    return () => {
      end();
      stop.abort();
      clearTimeout(timer);
      removeEventListener("cf-reconnected", soon);
      document.removeEventListener("visibilitychange", seen);
    };
  });
}
