"""The run page: two programs that print a thousand lines a second each, a log of about 100 MB, and 10,000 runs in the list."""

import http.client
import threading
import time

from browser import Watched, until
from data import PRINTING_SECONDS, RUNS

SHOWN = "document.querySelector('cf-run')?.store?.log.value?.count ?? 0"


class Counter(threading.Thread):
    """Counts the events of a run as they come."""

    def __init__(self, service, run):
        super().__init__(daemon=True)
        self.service, self.run_id, self.count = service, run, 0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port)
        connection.request("GET", "/api/v1/runs/%s/events" % self.run_id, headers={
            "Authorization": "Bearer " + self.service.key, "Accept": "text/event-stream"})
        answer = connection.getresponse()
        while line := answer.readline():
            self.count += line.startswith(b"data:")
        connection.close()


def printing(report, data, traces):
    window = Watched(data.url, data.person, traces)
    run = data.start(data.printing)
    page = window.open("/runs/" + run)
    until(page, SHOWN + " > 500")
    counter = Counter(data.service, run)
    counter.start()
    before = page.evaluate(SHOWN)
    began, told = time.monotonic(), counter.count
    with window.measured("printing") as result:
        # People click meanwhile: tabs of the step, the filter of the log, back.
        for tab in ("Tries", "Log", "Output", "Input", "Output") * 3:
            page.get_by_role("tab", name=tab, exact=False).first.click()
            page.evaluate("bench.frames(12)")
    passed = time.monotonic() - began
    lines, events = page.evaluate(SHOWN) - before, counter.count - told
    one = result[0]
    report.line("run page while two steps print", "%.0f lines/s in %.0f events/s; %s" % (lines / passed, events / passed, one.frames()), events / passed > 1000, "1,000/s")
    report.line("  its tasks", "%s; %.0f %% of a processor" % (one.long_tasks(), one.cpu / one.span * 100), not one.long_cpu, "no long task")
    report.line("  the keyboard and the pointer wait", "at most %.0f ms; from a click to its picture at most %.0f ms" % (
        one.input_delay, one.slowest_answer), one.input_delay < 100, "100 ms")
    data.ended(run)
    until(page, SHOWN + " >= %d" % (PRINTING_SECONDS * 900))
    window.close()


def list_of_runs(report, data, traces):
    window = Watched(data.url, data.person, traces)
    window.open("/pipelines")
    page = window.page
    with window.measured("open runs") as result:
        window.go("/runs")
        opened = page.evaluate("async () => { const from = performance.now(); return await bench.when('tr[data-run]') - from; }")
        page.evaluate("bench.idle()")
    report.line("open the list of %d runs" % RUNS, "%.0f ms; %s" % (opened, result[0].long_tasks()), not result[0].long_cpu, "no long task")
    whole = "document.querySelector('cf-runs-table')?.runs.length ?? 0"
    with window.measured("read runs") as result:
        began = time.monotonic()
        while page.evaluate("new Promise((go) => { scrollTo(0, document.documentElement.scrollHeight); bench.frames(4).then(() => go(%s)); })" % whole) < RUNS:
            assert time.monotonic() - began < 300, page.evaluate(whole)
        passed = time.monotonic() - began
    report.line("scroll on until all %d are there" % RUNS, "%.1f s; %s; rows in the page: %d" % (
        passed, result[0].long_tasks(), page.locator("tr[data-run]").count()), not result[0].long_cpu, "no long task")
    page.mouse.move(700, 500)
    with window.measured("scroll runs") as result:
        for _ in range(120):
            page.mouse.wheel(0, -400)
    report.line("scroll among %d" % RUNS, "%s; %s" % (result[0].frames(), result[0].long_tasks()), not result[0].long_cpu, "no long task")
    page.evaluate("scrollTo(0, 0)")
    with window.measured("filter runs") as result:
        page.get_by_role("button", name="Failed", exact=True).click()
        answered = page.evaluate("""async () => {
          const from = performance.now();
          const isDone = () => { const all = [...document.querySelectorAll("tr[data-run] .how")]; return all.length > 0 && all.every((one) => one.textContent.includes("Failed")); };
          while (!isDone()) await bench.frames(1);
          return performance.now() - from;
        }""")
    report.line("filter them by what failed", "%.0f ms; %s" % (answered, result[0].long_tasks()), not result[0].long_cpu, "no long task")
    window.close()


def long_log(report, data, traces):
    run = data.ended(data.start(data.long_log))
    window = Watched(data.url, data.person, traces)
    window.open("/runs")
    page = window.page
    log = "document.querySelector('.rlog .log')"
    with window.measured("open log") as result:
        window.go("/runs/" + run)
        opened = page.evaluate("async () => { const from = performance.now(); return await bench.when('.rlog .ll .lt') - from; }")
        page.evaluate("bench.idle()")
    report.line("open a run of %d steps that printed 100 MB" % len(data.long_log_steps), "first lines after %.0f ms; %s" % (
        opened, result[0].long_tasks()), not result[0].long_cpu, "no long task")
    box = page.locator(".rlog .log").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + box["height"] / 2)
    with window.measured("scroll log") as result:
        for _ in range(120):
            page.mouse.wheel(0, 600)
    report.line("scroll in it", "%s; %s" % (result[0].frames(), result[0].long_tasks()), not result[0].long_cpu, "no long task")
    with window.measured("end of log") as result:
        began = time.monotonic()
        page.locator(".rlog").get_by_role("button", name="End").click()
        until(page, "[...document.querySelectorAll('.rlog .ll')].at(-1)?.textContent.includes('run succeeded')")
        passed = time.monotonic() - began
    report.line("jump to its end", "%.1f s; %s" % (passed, result[0].long_tasks()), passed < 2 and not result[0].long_cpu, "at once, no long task")
    with window.measured("search log") as result:
        began = time.monotonic()
        page.locator(".rlog").get_by_role("searchbox").fill("last words of part 07")
        until(page, "[...document.querySelectorAll('.rlog .ll')].some((one) => one.textContent.includes('last words of part 07'))")
        passed = time.monotonic() - began
        delay = page.evaluate("bench.frames(2)")
        assert delay
    report.line("search it for a line at 15 MB", "found after %.1f s; %s; %s" % (passed, result[0].frames(), result[0].long_tasks()), not result[0].long_cpu, "no long task")
    lines = page.evaluate(SHOWN)
    report.line("  of which the page knows", "%d lines, heap %.0f MB" % (lines, window.collected()["heap"]), True, "")
    window.close()
