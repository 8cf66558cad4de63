// Where the page is put together.

import {placeToasts} from "../parts/toast.js";
import {App} from "./app.js";
import {Failed} from "./failed.js";
import {tellOfFaults} from "./faults.js";
import {countLiveRuns} from "./live-runs.js";
import {safeNext} from "./match.js";
import {watchConnection} from "./reconnect.js";
import {Shell} from "./shell.js";
import {openShortcuts, pageKeys} from "./shortcuts.js";
import {watchUnread} from "./unread.js";
import {isReplaced} from "./version.js";

const app = new App();
app.preferences.apply();
placeToasts();

const signInAt = (/** @type {URL} */ url) => {
  const next = url.pathname + url.search;
  return `/signin${next === "/" || next === "/pipelines" ? "" : `?next=${encodeURIComponent(next)}`}`;
};

let hasShown = false;

/** @type {import("./router.js").Decisions} */
const decisions = {
  moves: () => app.preferences.moves,
  before(route, url) {
    const isIn = app.session.value !== null;
    if (!route.public && !isIn) return signInAt(url);
    return route.name === "signin" && isIn && url.hash === "" ? safeNext(url.searchParams.get("next")) : null;
  },
  failed(error, retry) {
    checkVersion();
    // A module that failed once fails until the page is loaded anew.
    const again = () => app.online.peek() ? location.reload() : retry();
    return Object.assign(/** @type {Failed} */ (document.createElement("cf-failed")), {error, retry: again, app, params: {}, query: new URLSearchParams()});
  },
  ask: (text) => app.confirm({title: "Leave without saving?", text, action: "Leave", cancel: "Stay", danger: true}),
  shown({page}, isOther) {
    const isFirst = !hasShown;
    hasShown = true;
    // A page that is loaded anew begins at its top, for the keyboard too.
    if (isFirst || !isOther) return;
    scrollTo(0, 0);
    // Who has put the keyboard somewhere already, as a form into its first field, keeps it.
    if (!page.contains(document.activeElement)) document.getElementById("main")?.focus({preventScroll: true});
    app.announce(document.title.replace(/ · Code Factory$/, ""));
  },
};
app.connection.onSignedOut = () => {
  if (app.session.value === null) return;
  app.session.lose();
  const place = app.router.current.peek();
  if (place && !place.route.public) app.go(signInAt(place.url), {replace: true});
};

Failed.define("cf-failed");
Shell.define("cf-shell");
const shell = /** @type {Shell} */ (document.querySelector("cf-shell"));
shell.app = app;
shell.liveRuns = countLiveRuns(app);
watchUnread(app);

async function checkVersion() {
  if (await isReplaced(app.connection.send)) shell.isReplaced = true;
}

watchConnection(app, () => {
  app.toast("The server answers again.");
  checkVersion();
});
addEventListener("keydown", pageKeys(app));
tellOfFaults(app);
app.offer({title: "Actions", commands: [
  {label: "New pipeline", icon: "plus", run: async () => {
    const {openNew} = await import("../pages/pipelines/new.js");
    openNew(app, () => app.go("/pipelines"));
  }},
  {label: "Keyboard shortcuts", icon: "keyboard", keys: "?", run: () => openShortcuts(app)},
  {label: "Switch high contrast", icon: "contrast", run: () => { const {contrast} = app.preferences; contrast.value = contrast.value === "more" ? "normal" : "more"; }},
  {label: "Sign out", icon: "signout", run: () => app.signOut()},
]});

async function start() {
  // Asked for first: everything that is shown waits for the answer, and many files queue up behind.
  const session = app.session.load();
  app.router.prefetch();
  try {
    await session;
  } catch (error) {
    shell.failure = {error, retry: start};
    return;
  }
  shell.failure = null;
  await app.router.start(decisions);
}

start();
