"""Chromium under measurement: what the page did, what of it was work, and what was waiting for a processor.

A long task is told twice: by the clock, as people feel it, and by the processor time of the page's main thread in it. On a
busy machine the first holds what other programs took.
"""

import contextlib
import json
import os
import statistics
import time
from pathlib import Path

from ui_support import Browser, Window, until

WATCH = (Path(__file__).parent / "watch.js").read_text()
TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8"]
LONG_MS = 50


def machine():
    """How busy it is: the load, and how long a tenth of a second of computing takes here and now."""
    began, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < 0.1:
        pass
    return "load %.1f, 100 ms of computing take %.0f ms" % (os.getloadavg()[0], (time.perf_counter() - began) * 1000)


class Measured:
    """What happened between two moments of a page."""

    def __init__(self, told, tasks):
        self.gaps, self.span, self.inputs = told["gaps"] or [0], told["span"] or 1, told["inputs"]
        self.long = [duration for duration in told["long"] if duration > LONG_MS]
        self.tasks = tasks

    @property
    def frames_a_second(self):
        return len(self.gaps) * 1000 / self.span

    @property
    def long_cpu(self):
        """Tasks with more than 50 ms of processor time: those would be long on any machine."""
        return [cpu for _, cpu, _ in self.tasks if cpu > LONG_MS]

    @property
    def cpu(self):
        return sum(cpu for _, cpu, _ in self.tasks)

    @property
    def worst_cpu(self):
        return max((cpu for _, cpu, _ in self.tasks), default=0)

    @property
    def input_delay(self):
        return max((delay for _, delay, _ in self.inputs), default=0)

    @property
    def slowest_answer(self):
        """From pressing to the next picture, of the slowest input; what takes less than 16 ms is not told."""
        return max((duration for _, _, duration in self.inputs), default=0)

    def frames(self):
        late = sum(1 for gap in self.gaps if gap > 25)
        return "%.0f frames/s, worst %.0f ms, %d of %d late" % (
            self.frames_a_second, max(self.gaps), late, len(self.gaps))

    def long_tasks(self):
        wall = ", ".join("%.0f" % one for one in sorted(self.long, reverse=True)[:5]) or "none"
        work = ", ".join("%.0f" % one for one in sorted(self.long_cpu, reverse=True)[:5]) or "none"
        return "long tasks: %s%s; by processor time: %s (most in one task %.0f ms)" % (
            wall, " (%d)" % len(self.long) if len(self.long) > 5 else "", work, self.worst_cpu)


class Watched(Window):
    """A window whose pages are watched."""

    def __init__(self, url, person, traces=None):
        super().__init__(url, person)
        self.context.add_init_script(WATCH)
        self.traces = traces
        self.devtools = self.context.new_cdp_session(self.page)

    @contextlib.contextmanager
    def measured(self, name):
        """Measures what happens inside; the list that it gives holds the result afterwards."""
        result = []
        Browser.shared().start_tracing(page=self.page, categories=TRACED)
        self.page.evaluate("bench.begin()")
        try:
            yield result
        finally:
            told = self.page.evaluate("bench.frames(3).then(() => bench.end())")
            result.append(Measured(told, self.kept(name)))

    def loaded(self, name, address, selector):
        """Loads a page with nothing in the cache, and gives what it did until it came to rest."""
        Browser.shared().start_tracing(page=self.page, categories=TRACED)
        self.page.goto(self.url + address, wait_until="commit")
        self.page.evaluate("(selector) => bench.when(selector).then(() => bench.idle())", selector)
        return Measured({"gaps": [], "span": 0, "inputs": [], "long": []}, self.kept(name))

    def kept(self, name):
        """Ends the trace, keeps it where that was asked for, and gives the tasks in it."""
        trace = Browser.shared().stop_tracing()
        if self.traces:
            (Path(self.traces) / (name.replace(" ", "-") + ".json")).write_bytes(trace)
        return main_tasks(json.loads(trace)["traceEvents"])

    def go(self, address):
        """To another page as a link does it, without loading anew; resolves when the router is there."""
        self.page.evaluate("(address) => document.querySelector('cf-shell').app.go(address)", address)

    def address_of(self, module):
        """The address that the server gave a file."""
        return self.page.evaluate(
            "(name) => new URL(name, document.querySelector('script[type=module]').src.replace(/Web[/].*/, '')).href",
            module)

    def collected(self):
        """Heap, nodes and listeners, after the garbage is gone."""
        self.devtools.send("HeapProfiler.enable")
        for _ in range(3):
            self.devtools.send("HeapProfiler.collectGarbage")
        self.devtools.send("Performance.enable")
        told = {one["name"]: one["value"] for one in self.devtools.send("Performance.getMetrics")["metrics"]}
        return {"heap": told["JSHeapUsedSize"] / 1e6, "nodes": int(told["Nodes"]),
                "listeners": int(told["JSEventListeners"]), "documents": int(told["Documents"])}


def main_tasks(events):
    """The tasks of the page's main thread: wall, processor time, and what took most of it."""
    threads = {(one["pid"], one["tid"]) for one in events
               if one.get("name") == "thread_name" and one["args"].get("name") == "CrRendererMain"}
    tasks, calls = {}, {}
    for one in events:
        place = (one.get("pid"), one.get("tid"))
        if one.get("ph") != "X" or place not in threads:
            continue
        if one["name"] == "RunTask":
            tasks.setdefault(place, []).append(one)
        elif one["name"] == "v8.callFunction":
            calls[place] = calls.get(place, 0) + 1
    # The page under measurement is the one whose scripts run; another is one that was left.
    busiest = tasks.get(max(calls, key=calls.get, default=None), [])
    return [(one.get("dur", 0) / 1000, one.get("tdur", 0) / 1000, one["ts"]) for one in busiest]


def median(values):
    return statistics.median(values)


__all__ = ["Browser", "Watched", "machine", "median", "until"]
