// Where the page is put together.

import {App} from "./app.js";
import {Failed} from "./failed.js";
import {safeNext} from "./match.js";
import {Shell} from "./shell.js";

const app = new App();
app.preferences.apply();

const signInAt = (/** @type {URL} */ url) => {
  const next = url.pathname + url.search;
  return `/signin${next === "/" || next === "/pipelines" ? "" : `?next=${encodeURIComponent(next)}`}`;
};

app.router.moves = () => app.preferences.moves;
app.router.onBefore = (/** @type {Route} */ route, /** @type {URL} */ url) => {
  const isIn = app.session.value !== null;
  if (!route.public && !isIn) return signInAt(url);
  return route.name === "signin" && isIn && url.hash === "" ? safeNext(url.searchParams.get("next")) : null;
};
app.router.onFailed = (error, retry) => Object.assign(document.createElement("cf-failed"), {error, retry, app, params: {}, query: new URLSearchParams()});
app.router.onAsk = (text) => app.confirm({title: "Leave without saving?", text, action: "Leave", cancel: "Stay", danger: true});
app.router.onShown = ({page}, isOther) => {
  if (!isOther) return;
  scrollTo(0, 0);
  // Who has put the keyboard somewhere already, as a form into its first field, keeps it.
  if (!page.contains(document.activeElement)) document.getElementById("main")?.focus({preventScroll: true});
  app.announce(document.title.replace(/ · Code Factory$/, ""));
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

async function start() {
  try {
    await app.session.load();
  } catch (error) {
    shell.failure = {error, retry: start};
    return;
  }
  shell.failure = null;
  await app.router.start();
}

start();
