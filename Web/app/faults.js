// What nobody caught: the page may be half of itself, so that is said, with the way out.

const QUIET_MS = 30_000;

/** @param {import("./app.js").App} app */
export function tellOfFaults(app) {
  let last = -QUIET_MS;
  const tell = (/** @type {unknown} */ reason) => {
    // Two that are none: a request that was given up, and a hint of the browser about its own loop.
    if ((reason instanceof Error && ["AbortError", "Unreachable", "FactoryError"].includes(reason.name)) || performance.now() - last < QUIET_MS) return;
    last = performance.now();
    app.toast("Something on this page did not work.", {kind: "bad", action: {label: "Load anew", run: () => location.reload()}});
  };
  addEventListener("error", (event) => { if (event.error) tell(event.error); });
  addEventListener("unhandledrejection", (event) => tell(event.reason));
}
