"""The pages of runs, in a browser: watching, stopping and repeating runs, and what they leave behind."""

import contextlib
import http.server
import json
import queue
import threading
import unittest

from people import member
from serving import Service, call, gate
from ui_support import NARROWEST, PHONE, UITest, expect

HOSTILE = "<img src=x onerror=\"window.wasHit=1\"><script>window.wasHit=1</script>"


class TellerHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer({"object": "list", "data": [{"id": "teller", "object": "model"}]})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while (piece := self.server.pieces.get()) is not None:
            self.event({"model": "teller", "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        self.event({"model": "teller", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self.event({"model": "teller", "choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 12}})
        self.chunk(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def event(self, value):
        self.chunk(b"data: " + json.dumps(value).encode() + b"\n\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def answer(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def teller():
    """A model that says what a test hands it, when the test hands it; None ends the answer."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TellerHandler)
    server.daemon_threads = True
    server.pieces = queue.Queue()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.pieces.put(None)
        server.shutdown()
        server.server_close()
        thread.join()


def held(door):
    """A step that ends when the door opens; without a long time of its own it would give up soon."""
    return call("held", "http://%s/x" % door.address, timeout="10m")


class RunTest(UITest):
    def create(self, steps, name="test", person=None, **more):
        reply = (person or self.mira).request("POST", "/api/v1/pipelines", {"version": 1, "name": name, **more, "steps": steps})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def start(self, pipeline, person=None, wait=None, inputs=None):
        headers = {} if wait is None else {"Prefer": "wait=%d" % wait}
        reply = (person or self.mira).request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": inputs or {}}, **headers)
        self.assertEqual(reply.status, 202, str(reply))
        return reply.json

    def admit(self, address, name):
        """Lets steps reach an address of this machine."""
        reply = self.mira.request("POST", "/api/v1/providers", {
            "name": name, "kind": "openai", "base_url": "http://%s/v1" % address, "for_all": True, "admit": True})
        self.assertEqual(reply.status, 201, str(reply))

    def open_run(self, run, viewport=None, query="", person=None, **more):
        window = self.window(person or self.mira, viewport, **more)
        page = window.open("/runs/%s%s" % (run["id"], query))
        expect(page.get_by_role("heading", name="Run %d" % run["number"], exact=True)).to_be_visible()
        return window, page

    def status(self, page, word):
        expect(page.locator(".rhead .st")).to_contain_text(word)

    def panel(self, page, name):
        page.get_by_role("group", name="Panel").get_by_role("button", name=name).click()

    def step(self, page, path):
        return page.locator(".trow", has=page.get_by_text(path, exact=True))


class Watching(RunTest):
    def test_shows_an_answer_as_it_is_written(self):
        with teller() as model:
            self.admit("127.0.0.1:%d" % model.server_address[1], "teller")
            run = self.start(self.create([
                {"id": "answer", "type": "prompt", "with": {"model": "teller/teller", "prompt": "Tell."}}], name="told"))
            window, page = self.open_run(run)
            self.status(page, "Running")
            model.pieces.put("## A plan\n\nFirst **the bold")
            answer = page.get_by_role("tabpanel")
            expect(answer.get_by_role("heading", name="A plan")).to_be_visible()
            model.pieces.put(" part** and `code`.\n\n" + HOSTILE)
            expect(answer.locator("strong")).to_have_text("the bold part")
            expect(answer.locator("code.ic")).to_have_text("code")
            expect(answer).to_contain_text("onerror=")
            expect(answer.locator("cf-markdown")).to_have_attribute("aria-live", "off")
            self.expect_accessible(window)
            model.pieces.put(None)
            self.status(page, "Succeeded")
            expect(answer.locator("strong")).to_have_text("the bold part")
            expect(page.locator(".mets")).to_contain_text("12")
            page.get_by_role("tab", name="Prompt").click()
            expect(page.get_by_role("tabpanel")).to_contain_text("Tell.")
            page.get_by_role("tab", name="Cost").click()
            expect(page.get_by_role("tabpanel")).to_contain_text("teller/teller")
            self.assertIsNone(page.evaluate("window.wasHit ?? null"))

    def test_pauses_and_resumes(self):
        with gate() as door:
            self.admit(door.address, "pause-door")
            run = self.start(self.create([held(door), {"id": "after", "type": "transform"}], name="paused"))
            door.await_arrivals(1)
            _, page = self.open_run(run)
            page.get_by_role("button", name="Pause").click()
            self.status(page, "Paused")
            door.open.set()
            expect(self.step(page, "held")).to_contain_text("Succeeded")
            expect(self.step(page, "after")).to_contain_text("the run is paused")
            page.get_by_role("button", name="Resume").click()
            self.status(page, "Succeeded")
            expect(page.get_by_role("log", name="Log of the run")).to_contain_text("run resumed")

    def test_cancels_after_a_question(self):
        with gate() as door:
            self.admit(door.address, "cancel-door")
            run = self.start(self.create([held(door)], name="cancelled"))
            door.await_arrivals(1)
            _, page = self.open_run(run)
            cancel = page.get_by_role("button", name="Cancel run")
            cancel.click()
            dialog = page.get_by_role("dialog", name="Cancel this run?")
            expect(dialog).to_contain_text("held stops at once")
            expect(dialog.get_by_role("button", name="Keep running")).to_be_focused()
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
            expect(cancel).to_be_focused()
            cancel.click()
            dialog.get_by_role("button", name="Cancel run").click()
            self.status(page, "Cancelled")
            expect(page.get_by_role("button", name="Go on")).to_be_visible()

    def test_goes_on_after_the_server_was_away(self):
        with gate() as door:
            self.admit(door.address, "restart-door")
            run = self.start(self.create([held(door), {"id": "after", "type": "transform"}], name="restarted"))
            door.await_arrivals(1)
            window, page = self.open_run(run)
            self.status(page, "Running")
            port = self.service.port
            self.service.close()
            expect(page.get_by_text("The server does not answer")).to_be_visible()
            type(self).service = Service(self.place, "--listen", "127.0.0.1:%d" % port)
            self.addClassCleanup(self.service.close)
            self.mira.service = self.service
            door.await_arrivals(1)
            door.open.set()
            self.status(page, "Succeeded")
            page.get_by_role("tab", name="Tries").click()
            self.step(page, "held").click()
            expect(page.get_by_role("tabpanel")).to_contain_text("The server stopped while it ran")
            # The proxy and the browser say so of requests that found no server.
            window.faults[:] = [fault for fault in window.faults if "50" not in fault]

    def test_keeps_the_end_of_a_log_in_view_until_the_reader_scrolls_up(self):
        with gate() as door:
            self.admit(door.address, "log-door")
            run = self.start(self.create([
                {"id": "talk", "type": "code", "with": {"language": "python", "code": "for i in range(2000): print('line', i)\nresult = [{'n': 1, 'word': 'one'}, {'n': 2, 'word': 'two'}]"}},
                {**held(door), "needs": ["talk"]}], name="chatty"))
            door.await_arrivals(1)
            _, page = self.open_run(run)
            log = page.get_by_role("log", name="Log of the run")
            follow = page.get_by_label("Follow")
            expect(log).to_contain_text("held")
            expect(follow).to_be_checked()
            self.assertLess(page.locator(".rlog .ll").count(), 100)
            log.hover()
            page.mouse.wheel(0, -900)
            expect(follow).not_to_be_checked()
            expect(log).to_contain_text("line 19")
            page.get_by_label("Find in the log").fill("line 1234")
            expect(page.locator(".rlog .ll")).to_have_count(1)
            page.get_by_label("Find in the log").fill("")
            door.open.set()
            self.status(page, "Succeeded")
            page.reload()
            expect(log).to_contain_text("run started")
            page.get_by_role("button", name="End", exact=True).click()
            expect(log).to_contain_text("run succeeded")
            self.step(page, "talk").click()
            expect(page.get_by_role("tabpanel").get_by_role("table")).to_contain_text("two")


class Results(RunTest):
    def written(self, name, files, changes="review"):
        return self.start(self.create([
            {"id": "write%d" % place, "type": "file", "with": {"operation": "write", "path": path, "content": content}}
            for place, (path, content) in enumerate(files)], name=name, changes=changes), wait=20)

    def content(self, path):
        return self.mira.request("GET", "/api/v1/files?path=" + path)

    def test_are_applied_after_a_look_at_each_file(self):
        run = self.written("applied", [("plan.md", "# Plan\n\n- one\n"), ("data.csv", "a,b\n1,2\n")])
        window, page = self.open_run(run)
        page.get_by_role("button", name="Review changes").click()
        diff = page.get_by_role("region", name="Changes of plan.md")
        expect(diff).to_contain_text("# Plan")
        self.expect_accessible(window)
        self.assertEqual(self.content("plan.md").status, 404)
        page.get_by_role("button", name="Apply 2 files").click()
        expect(page.get_by_role("region", name="File changes")).to_contain_text("2 files were written")
        self.assertEqual(self.content("plan.md").body, b"# Plan\n\n- one\n")

        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("2 new files are deleted")
        page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_role("region", name="File changes")).to_contain_text("were taken back")
        self.assertEqual(self.content("plan.md").status, 404)

    def test_are_discarded_after_a_question(self):
        run = self.written("discarded", [("gone.md", "# Gone\n")])
        _, page = self.open_run(run, query="?panel=changes")
        page.get_by_role("button", name="Discard").click()
        page.get_by_role("dialog").get_by_role("button", name="Discard").click()
        expect(page.get_by_role("region", name="File changes")).to_contain_text("were discarded")
        self.assertEqual(self.content("gone.md").status, 404)

    def test_that_no_longer_fit_say_so_and_write_nothing(self):
        self.mira.request("PUT", "/api/v1/files?path=both.txt", "old\n", **{"Content-Type": "application/octet-stream"})
        run = self.written("conflicting", [("both.txt", "from the run\n")])
        _, page = self.open_run(run, query="?panel=changes")
        self.mira.request("PUT", "/api/v1/files?path=both.txt", "from somebody\n", **{"Content-Type": "application/octet-stream"})
        page.get_by_role("button", name="Apply 1 file").click()
        expect(page.get_by_role("region", name="File changes")).to_contain_text("both.txt")
        expect(page.get_by_role("alert").first).to_contain_text("changed")
        self.assertEqual(self.content("both.txt").body, b"from somebody\n")

    def test_are_files_to_look_at_and_to_take_along(self):
        run = self.written("kept", [("notes/plan.md", "# Plan\n\n**bold** [bad](javascript:alert(1))\n"), ("figures.csv", "a,b\n1,2\n"), ("value.json", "{\"list\": [1, 2]}")], changes="apply")
        window, page = self.open_run(run, query="?panel=files")
        page.get_by_label("Files of the run").get_by_text("notes/plan.md").click()
        expect(page.locator("cf-file-view strong")).to_have_text("bold")
        self.assertEqual(page.locator("cf-file-view a[href^=javascript]").count(), 0)
        page.get_by_label("Files of the run").get_by_text("figures.csv").click()
        expect(page.locator("cf-file-view table")).to_contain_text("2")
        page.get_by_label("Files of the run").get_by_text("value.json").click()
        expect(page.locator("cf-file-view").get_by_role("tree")).to_contain_text("list")
        self.expect_accessible(window)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download value.json").click()
        self.assertEqual(download.value.suggested_filename, "value.json")
        with page.expect_download() as archive:
            page.get_by_role("link", name="as a zip").click()
        self.assertTrue(archive.value.suggested_filename.endswith(".zip"), archive.value.suggested_filename)

    def test_show_what_came_from_elsewhere_as_text(self):
        name = "<img src=x onerror=window.wasHit=1>.md"
        run = self.start(self.create([
            {"id": "print", "type": "code", "with": {"language": "python", "inputs": {"text": HOSTILE}, "code": "import sys\nprint(inputs['text'])\nprint('\\x1b[31m' + inputs['text'], file=sys.stderr)\nresult = {inputs['text']: [inputs['text']]}"}},
            {"id": "write", "type": "file", "with": {"operation": "write", "path": name, "content": HOSTILE}},
            {"id": "broken", "type": "code", "on_error": "continue", "with": {"language": "python", "inputs": {"text": HOSTILE}, "code": "raise ValueError(inputs['text'])"}}],
            name="hostile", changes="review"), wait=30)
        _, page = self.open_run(run)
        self.status(page, "Succeeded")
        expect(page.get_by_role("log", name="Log of the run")).to_contain_text("<script>")
        self.step(page, "broken").click()
        expect(page.get_by_role("tabpanel")).to_contain_text("on_error took this failure")
        expect(page.get_by_role("tabpanel")).to_contain_text("onerror=")
        self.step(page, "print").click()
        expect(page.get_by_role("tabpanel").get_by_role("tree")).to_contain_text("onerror=")
        for tab in ("Input", "Code", "Tries", "Log"):
            page.get_by_role("tab", name=tab).click()
            expect(page.get_by_role("tabpanel")).to_be_visible()
        self.panel(page, "Files")
        expect(page.locator("cf-file-view")).to_contain_text(name)
        self.panel(page, "Changes")
        expect(page.get_by_role("region", name="File changes")).to_contain_text(name)
        self.assertIsNone(page.evaluate("window.wasHit ?? null"))
        self.assertEqual(page.locator("main img, main script").count(), 0)

    def test_of_somebody_else_are_theirs(self):
        owner, runner = member(self.service, "petra"), member(self.service, "otto")
        pipeline = self.create(
            [{"id": "only", "type": "transform", "with": {"ops": [{"expression": "inputs.word"}]}}], name="shared", person=owner,
            inputs={"word": {"type": "string"}})
        owner.request("PUT", "/api/v1/pipelines/%s/shares/otto" % pipeline, {"role": "runner"})
        run = self.start(pipeline, runner, wait=20, inputs={"word": "private words"})
        window, page = self.open_run(run, person=owner)
        expect(page.get_by_text("Somebody else started this run")).to_be_visible()
        expect(page.get_by_role("main")).not_to_contain_text("private words")
        self.assertEqual(page.get_by_role("button", name="Run again").count(), 0)
        self.expect_accessible(window)


class Moving(RunTest):
    """By keyboard, on a phone, and through the other views."""

    def finished(self):
        cls = type(self)
        if not hasattr(cls, "run_"):
            cls.run_ = self.start(self.create([
                {"id": "first", "type": "transform", "with": {"ops": [{"expression": '{"deep": {"list": [1, 2, 3]}, "name": "x"}'}]}},
                {"id": "choose", "type": "condition", "with": {"if": "true", "then": ["yes"], "else": ["no"]}},
                {"id": "yes", "type": "transform", "with": {"ops": [{"expression": "[1, 2]"}]}},
                {"id": "no", "type": "transform"}], name="moving"), wait=20)
        return cls.run_

    def test_goes_from_step_to_step_with_arrows(self):
        window, page = self.open_run(self.finished())
        self.step(page, "first").focus()
        page.keyboard.press("ArrowDown")
        expect(self.step(page, "choose")).to_be_focused()
        expect(page.get_by_role("heading", name="choose")).to_be_visible()
        page.keyboard.press("End")
        expect(self.step(page, "no")).to_be_focused()
        expect(page.get_by_role("tabpanel")).to_contain_text("Skipped")
        page.get_by_role("tab", name="Output").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name="Input")).to_be_focused()

    def test_opens_and_closes_a_value_with_arrows(self):
        _, page = self.open_run(self.finished(), query="?step=first")
        page.get_by_role("button", name="Everything").click()
        tree = page.get_by_role("tree", name="Everything")
        tree.get_by_role("treeitem").first.focus()
        page.keyboard.press("ArrowLeft")
        expect(tree.get_by_role("treeitem")).to_have_count(1)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".json-path code").first).to_have_text("steps.first.output.result")

    def test_shows_the_graph(self):
        window, page = self.open_run(self.finished(), query="?view=graph")
        canvas = page.get_by_role("application")
        expect(canvas).to_contain_text("choose")
        expect(page.get_by_role("button", name="Graph")).to_have_attribute("aria-pressed", "true")
        self.expect_accessible(window)

    def test_tells_what_is_chosen_in_forced_colours(self):
        """Grounds and shadows are gone there; what is pressed, shown or has the focus is told without them, on any ground."""
        for scheme in ("dark", "light"):
            with self.subTest(scheme=scheme):
                window, page = self.open_run(self.finished(), forced_colors="active", color_scheme=scheme)

                def look(what):
                    return what.evaluate("""(one) => { const look = getComputedStyle(one);
                      return Object.fromEntries(["backgroundColor", "color", "borderTopWidth", "borderBottomWidth", "borderBottomColor",
                        "outlineStyle", "outlineColor"].map((name) => [name, look[name]])); }""")

                pressed, other = page.get_by_role("button", name="Timeline"), page.get_by_role("button", name="Graph")
                self.assertNotEqual(look(pressed)["backgroundColor"], look(other)["backgroundColor"])
                self.assertNotEqual(look(pressed)["color"], look(pressed)["backgroundColor"])
                pressed.focus()
                page.keyboard.press("Shift")
                self.assertEqual(look(pressed)["outlineStyle"], "solid")
                self.assertNotEqual(look(pressed)["outlineColor"], look(page.locator("body"))["backgroundColor"])
                self.assertEqual(look(other)["outlineStyle"], "none")
                shown, hidden = page.get_by_role("tab", selected=True), page.get_by_role("tab", selected=False).first
                self.assertNotEqual(look(shown)["borderBottomWidth"], look(hidden)["borderBottomWidth"])
                self.assertEqual(look(hidden)["borderBottomColor"], look(page.locator("body"))["backgroundColor"])
                self.assertEqual([look(page.locator(".trow" + which).first)["outlineStyle"] for which in ("[aria-current]", ":not([aria-current])")], ["solid", "none"])
                self.assertNotEqual(look(page.get_by_role("button", name="Run again"))["borderTopWidth"], "0px")
                self.assertEqual([], page.evaluate("""() => {
                  const light = (colour) => colour.match(/\\d+/g).slice(0, 3).map((one) => { const part = one / 255; return part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4; })
                    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
                  const ground = light(getComputedStyle(document.body).backgroundColor);
                  return [...document.querySelectorAll("svg")].filter((one) => one.checkVisibility() && !one.closest(".glyph, .brand, .btn.primary, [aria-pressed=true], [aria-current]"))
                    .filter((one) => { const [less, more] = [light(getComputedStyle(one).color), ground].sort((a, b) => a - b); return (more + .05) / (less + .05) < 3; })
                    .map((one) => one.parentElement.outerHTML.slice(0, 120));
                }"""), "signs that the ground swallows")
                # The colours are those of the reader; what the tool computes are ours.
                self.expect_accessible(window, without=["color-contrast"])

    def test_fits_a_phone(self):
        for viewport in (PHONE, NARROWEST):
            for query in ("", "?view=graph", "?panel=results&step=first"):
                with self.subTest(width=viewport["width"], query=query):
                    window, page = self.open_run(self.finished(), viewport, query)
                    if "panel" in query:
                        expect(page.get_by_role("group", name="Panel")).to_be_in_viewport()
                    self.expect_no_sideways_scroll(page)
                    self.expect_accessible(window)
                    self.expect_still(page)

    def test_says_when_there_is_no_such_run(self):
        window = self.window(self.mira)
        page = window.open("/runs/run_00000000000000000000000000")
        expect(page.get_by_role("alert")).to_contain_text("Not found")
        self.expect_accessible(window)


class TheList(RunTest):
    def test_is_empty_at_first_and_fills_as_runs_start(self):
        window = self.window(self.mira)
        page = window.open("/runs")
        expect(page.get_by_role("heading", name="No runs yet")).to_be_visible()
        self.expect_accessible(window)
        good = self.create([{"id": "only", "type": "transform"}], name="good")
        bad = self.create([{"id": "only", "type": "transform", "with": {"ops": [{"expression": "1 / 0"}]}}], name="bad")
        self.start(good, wait=20)
        expect(page.get_by_role("row", name="good").first).to_contain_text("Succeeded")
        self.start(bad, wait=20)
        expect(page.get_by_role("row", name="bad").first).to_contain_text("Failed")
        self.expect_accessible(window)
        page.get_by_role("button", name="Failed").click()
        expect(page).to_have_url(self.url + "/runs?status=failed")
        expect(page.get_by_role("row", name="good")).to_have_count(0)
        page.get_by_label("Pipeline").fill("good")
        expect(page.get_by_role("heading", name="No run fits these filters")).to_be_visible()
        page.get_by_role("button", name="Clear filters").click()
        expect(page).to_have_url(self.url + "/runs")
        page.go_back()
        expect(page.get_by_role("heading", name="No run fits these filters")).to_be_visible()
        page.get_by_role("button", name="Clear filters").click()
        page.get_by_role("link", name="bad").first.click()
        self.status(page, "Failed at only")
        for viewport in (PHONE, NARROWEST):
            small = self.window(self.mira, viewport)
            page = small.open("/runs")
            expect(page.get_by_role("link", name="bad")).to_be_visible()
            self.expect_no_sideways_scroll(page)
            self.expect_accessible(small)


if __name__ == "__main__":
    unittest.main()
