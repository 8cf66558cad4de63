"""The first load: nothing in the cache, signed in, the page of pipelines with something on it."""

from browser import Watched, median

FILES = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const sum = (list) => list.reduce((total, one) => total + one.encodedBodySize, 0) / 1024;
  const isFile = (one) => !new URL(one.name).pathname.startsWith("/api/");
  return {files: all.filter(isFile).length, size: sum(all.filter(isFile)), answers: all.length - all.filter(isFile).length, answered: sum(all.filter((one) => !isFile(one))),
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0};
}"""


def rested(url, person, traces=None):
    """A window whose processes are there: a browser that is still starting them has no processor for a page."""
    window = Watched(url, person, traces)
    window.page.wait_for_timeout(1000)
    return window


def measure(report, data, traces, times=11):
    url, person = data.url, data.person
    shown, idle, painted, told = [], [], [], None
    for _ in range(times):
        window = rested(url, person)
        window.page.goto(url + "/pipelines", wait_until="commit")
        shown.append(window.page.evaluate("bench.when('main .tile')"))
        idle.append(window.page.evaluate("bench.idle()"))
        told = window.page.evaluate(FILES)
        painted.append(told["paint"])
        window.close()
    report.line("first load, compressed", "%.1f KB in %d files (and %.1f KB in %d answers)" % (
        told["size"], told["files"], told["answered"], told["answers"]), told["size"] <= 150, "150 KB")
    report.line("first load, until the tiles are drawn", "median %.0f ms, best %.0f, slowest %.0f of %d" % (
        median(shown), min(shown), max(shown), times), median(shown) < 300, "300 ms")
    report.line("first load, until nothing more is done", "median %.0f ms; first paint %.0f ms" % (
        median(idle), median(painted)), median(idle) < 300, "300 ms")
    window = rested(url, person, traces)
    result = window.loaded("first load", "/pipelines", "main .tile")
    report.line("first load, processor time of the page", "%.0f ms, most in one task %.0f ms" % (
        result.cpu, result.worst_cpu), not result.long_cpu, "no long task")
    window.close()
