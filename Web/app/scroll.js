// Where each page of the history was scrolled to, so that going back leads there, once what it shows has come.

const PATIENCE_MS = 2000;

/** Scrolls there as soon as the page is long enough, unless the reader scrolls first. @param {number} top */
export function scrollWhenThere(top) {
  if (top === 0) return;
  const until = performance.now() + PATIENCE_MS;
  const stop = new AbortController();
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(type, () => stop.abort(), {signal: stop.signal, passive: true});
  const step = () => {
    if (stop.signal.aborted) return;
    scrollTo(0, top);
    if (Math.abs(scrollY - top) < 2 || performance.now() > until) stop.abort();
    else requestAnimationFrame(step);
  };
  step();
}
