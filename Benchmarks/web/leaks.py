"""What is left after 1,000 changes of the page, once the garbage is gone."""

import time

from browser import Watched

# The last one is where it begins, so that both looks are at the same page.
PLACES = ["/runs", "/pipelines/{small}", "/runs/{run}", "/templates", "/pipelines/{small}?view=list", "/monitor", "/files",
          "/models", "/settings/profile", "/pipelines/{small}?view=yaml", "/notifications", "/pipelines/trash", "/models?tab=secrets",
          "/runs/{run}?view=graph", "/settings/keys", "/templates/review-diff", "/runs?status=failed", "/settings/people",
          "/pipelines/{small}?panel=versions", "/pipelines"]
WARM = 10
# A page is whole when its heading is there, nothing is a placeholder any more, and two frames have passed.
WHOLE = """async (address) => {
  await document.querySelector("cf-shell").app.go(address);
  for (let frame = 0; frame < 600; frame += 1) {
    await bench.frames(2);
    if (document.querySelector("h1") && !document.querySelector("[class*=skel], [aria-busy=true]") && document.getElementById("main")?.childElementCount) return frame;
  }
  throw new Error(`never whole: ${address}`);
}"""


def measure(report, data, changes):
    window = Watched(data.url, data.person)
    page = window.open("/pipelines")
    places = [one.replace("{small}", data.small).replace("{run}", data.run) for one in PLACES]

    def round_of():
        for place in places:
            page.evaluate(WHOLE, place)

    # What modules, caches and the compiler of the browser keep is kept already.
    for _ in range(WARM):
        round_of()
    before, marks = window.collected(), []
    began = time.monotonic()
    rounds = changes // len(places)
    for number in range(rounds):
        round_of()
        if (number + 1) % max(1, rounds // 5) == 0:
            marks.append(window.collected())
    after, passed = marks[-1], time.monotonic() - began
    grown = after["heap"] - before["heap"]
    report.line("heap after %d page changes" % (rounds * len(places)), "%.2f MB, before %.2f MB; on the way %s MB; %.0f ms a change" % (
        after["heap"], before["heap"], ", ".join("%.2f" % one["heap"] for one in marks[:-1]), passed * 1000 / (rounds * len(places))),
        grown < 1, "1 MB more")
    report.line("  nodes, listeners", "%d nodes, before %d; %d listeners, before %d" % (
        after["nodes"], before["nodes"], after["listeners"], before["listeners"]),
        after["nodes"] - before["nodes"] < 500 and after["listeners"] - before["listeners"] < 50, "no more than before")
    window.close()
