// How many runs go on: counted by the server when one starts or ends.

import {effect, signal} from "../dom/signal.js";

/** @typedef {import("./app.js").App} App */

const QUIET_MS = 400;
const MOST = 99;

/** @param {App} app @returns {import("../dom/signal.js").Signal<number>} while nobody is signed in, 0; MOST + 1 stands for more */
export function countLiveRuns(app) {
  const count = signal(0);
  effect(() => {
    if (!app.session.value) { count.value = 0; return; }
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const stop = new AbortController();
    const ask = async () => {
      timer = undefined;
      try {
        const {data} = await app.api.listRuns({status: ["queued", "running", "waiting"], limit: MOST + 1, signal: stop.signal});
        count.value = data.items.length;
      } catch {
        // The number that is shown may be old for a while; the next event or connection asks again.
      }
    };
    const soon = () => { timer ??= setTimeout(ask, QUIET_MS); };
    const end = app.live.pipelines((event) => { if (event.type === "reset" || /^run\.(?:created|started|finished|resumed|retried|paused|waiting)$/.test(event.type)) soon(); });
    addEventListener("cf-reconnected", soon);
    // What the page itself asks for goes before.
    soon();
    return () => { end(); stop.abort(); clearTimeout(timer); removeEventListener("cf-reconnected", soon); };
  });
  return count;
}
