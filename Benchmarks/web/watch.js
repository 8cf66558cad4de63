// Put into every page before its own scripts: notes frames, long tasks and how long the keyboard and the pointer wait.
globalThis.bench = (() => {
  const state = {frames: [], long: [], inputs: [], isOn: false};
  const observe = (type, options, take) => new PerformanceObserver((list) => { if (state.isOn) list.getEntries().forEach(take); }).observe({type, ...options});
  observe("longtask", {}, ({startTime, duration}) => state.long.push([startTime, duration]));
  // The least that an entry may say is 16 ms; all that answer faster are left out by the browser.
  observe("event", {durationThreshold: 16}, ({name, startTime, processingStart, duration}) => state.inputs.push([name, processingStart - startTime, duration]));
  const frame = (now) => {
    if (!state.isOn) return;
    state.frames.push(now);
    requestAnimationFrame(frame);
  };
  return {
    begin() {
      Object.assign(state, {frames: [], long: [], inputs: [], isOn: true});
      requestAnimationFrame(frame);
    },
    end() {
      state.isOn = false;
      const gaps = state.frames.slice(1).map((at, place) => at - state.frames[place]);
      return {frames: gaps.length, span: gaps.reduce((sum, gap) => sum + gap, 0), gaps, long: state.long.map(([, duration]) => duration), inputs: state.inputs};
    },
    /** When something fits a selector, in ms since the page was asked for; looked at with every change. */
    when: (selector) => new Promise((resolve) => {
      const look = () => {
        const found = document.querySelector(selector);
        if (!found) return false;
        watch.disconnect();
        // Two frames later it has been drawn.
        requestAnimationFrame(() => requestAnimationFrame((at) => resolve(at)));
        return true;
      };
      const watch = new MutationObserver(look);
      watch.observe(document, {childList: true, subtree: true, attributes: true});
      look();
    }),
    /** When nothing more is fetched or done: three idle moments with no new file between them. */
    idle: () => new Promise((resolve) => {
      let count = 0;
      let calm = 0;
      let since = performance.now();
      const look = () => {
        const now = performance.getEntriesByType("resource").length;
        if (now !== count) { count = now; calm = 0; since = performance.now(); } else calm += 1;
        if (calm >= 3) resolve(since); else requestIdleCallback(look);
      };
      requestIdleCallback(look);
    }),
    frames: (count) => new Promise((resolve) => {
      const next = () => { if (--count <= 0) resolve(performance.now()); else requestAnimationFrame(next); };
      requestAnimationFrame(next);
    }),
  };
})();
