"""The canvas with 1,000 steps: opening, dragging, moving about, laying out."""

from browser import Watched

SHAPES = """async ([graphAddress, layoutAddress, large]) => {
  const {graphOf} = await import(graphAddress);
  const {layOut} = await import(layoutAddress);
  const step = (number, needs) => ({id: `s${number}`, type: "transform", needs: needs.map((one) => `s${one}`), with: {ops: [{expression: "1"}]}});
  const list = (make) => ({version: 1, name: "shape", steps: Array.from({length: 1000}, (_, number) => step(number, make(number)))});
  const shapes = {
    "as people draw": large, tree: list((n) => n ? [Math.floor((n - 1) / 3)] : []), chain: list((n) => n ? [n - 1] : []), "side by side": list(() => []),
    "rows of ten, all to all": list((n) => n < 10 ? [] : Array.from({length: 10}, (_, one) => (Math.floor(n / 10) - 1) * 10 + one)),
    "long edges": list((n) => n === 0 ? [] : [...new Set([n - 1, Math.floor(n / 2), Math.floor(n / 7)])]),
  };
  return Object.fromEntries(Object.entries(shapes).map(([name, document]) => [name, Array.from({length: 15}, () => {
    // What is known of a document is kept beside it: only a copy is laid out anew.
    const copy = structuredClone(document);
    const began = performance.now();
    graphOf(copy);
    const read = performance.now();
    layOut(copy);
    const end = performance.now();
    return [read - began, end - read];
  })]));
}"""


def measure(report, data, traces):
    window = Watched(data.url, data.person, traces)
    window.open("/pipelines")
    page = window.page
    with window.measured("open 1000 steps") as result:
        window.go("/pipelines/" + data.large)
        opened = page.evaluate("async () => { const from = performance.now(); return await bench.when('.node[data-id]') - from; }")
        page.evaluate("bench.idle()")
    opening = result[0]
    report.line("open 1,000 steps, until cards are drawn", "%.0f ms, processor time until all is at rest %.0f ms; %s" % (
        opened, opening.cpu, opening.long_tasks()), not opening.long_cpu, "no long task")

    node = "cf-canvas .node[data-id=s0]"
    page.keyboard.press("Escape")
    for name, prepare in (("one of 1,000 cards", None), ("all 1,000 cards at once", "Control+a")):
        if prepare:
            page.get_by_role("application").focus()
            page.keyboard.press(prepare)
            page.evaluate("bench.frames(10)")
        box = page.locator(node).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
        page.mouse.move(x, y)
        with window.measured("drag " + name) as result:
            page.mouse.down()
            for step in range(180):
                page.mouse.move(x + 1.5 * step, y + 0.5 * step)
            page.mouse.up()
        drag(report, "drag " + name, result[0])
        page.keyboard.press("Control+z")
        page.evaluate("bench.frames(30)")

    box = page.get_by_role("application").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    with window.measured("pan") as result:
        for step in range(120):
            page.mouse.wheel(40 if step % 60 < 30 else -40, 60)
    drag(report, "pan over 1,000 steps", result[0])
    with window.measured("zoom") as result:
        page.keyboard.down("Control")
        for step in range(120):
            page.mouse.wheel(0, 20 if step < 60 else -20)
        page.keyboard.up("Control")
    drag(report, "zoom out to all and in again", result[0])
    with window.measured("tidy") as result:
        page.get_by_role("application").focus()
        page.keyboard.press("Shift+T")
        page.evaluate("bench.frames(60)")
    report.line("tidy 1,000 steps", result[0].long_tasks(), not result[0].long_cpu, "no long task")
    page.keyboard.press("Control+z")

    times = page.evaluate(SHAPES, [window.address_of("Web/model/graph.js"), window.address_of("Web/model/layout.js"), data.large_document])
    for name, list in times.items():
        all_of, layout = sorted(sum(one) for one in list), sorted(one[1] for one in list)
        report.line("layout of 1,000 steps, " + name, "first %.1f ms, median %.1f, quickest %.1f (%.1f of them the layout alone)" % (
            sum(list[0]), all_of[len(all_of) // 2], all_of[0], layout[0]), all_of[len(all_of) // 2] < 50, "50 ms")
    window.close()


def drag(report, name, result):
    report.line(name, "%s; %s; processor time a frame %.1f ms" % (
        result.frames(), result.long_tasks(), result.cpu / max(1, len(result.gaps))),
        not result.long_cpu and result.frames_a_second >= 55, "60 frames/s, no long task")
