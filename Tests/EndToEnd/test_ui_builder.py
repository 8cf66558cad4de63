"""The builder: one draft as canvas, list and YAML, by mouse, by keys alone, and by two people at once."""

import re
import threading
import unittest

from people import member
from ui_support import NARROWEST, PHONE, UITest, expect, until

LINE = """# A straight line
version: 1
name: NAME
inputs:
  who: {type: string, default: Ada}
steps:
  - id: first   # begins
    type: transform
    with: {ops: [{expression: '"Hello, " + inputs.who'}]}
  - id: second
    type: transform
    with: {ops: [{expression: steps.first.output.result}]}
  - id: third
    type: transform
    with: {ops: [{expression: '"done"'}]}
"""


class BuilderTest(UITest):
    def pipeline(self, text=LINE, person=None):
        """A pipeline of its own for a test, and its id."""
        name = re.sub(r"[^a-z0-9]+", "-", self.id().split(".")[-1].lower())[-60:].strip("-")
        reply = (person or self.mira).request(
            "POST", "/api/v1/pipelines?draft=true", text.replace("NAME", name), **{"Content-Type": "application/yaml"})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def draft(self, pipeline, person=None):
        return (person or self.mira).request("GET", "/api/v1/pipelines/" + pipeline).json["document"]

    def text(self, pipeline):
        return self.mira.request("GET", "/api/v1/pipelines/" + pipeline, Accept="application/yaml").body.decode()

    def builder(self, pipeline, query="?view=canvas", person=None, viewport=None, **more):
        window = self.window(person or self.mira, viewport, **more)
        page = window.open("/pipelines/%s%s" % (pipeline, query))
        shown = {"?view=list": ".steplist", "?view=yaml": "cf-editor textarea"}.get(query, ".node" if "canvas" in query else ".steplist")
        expect(page.locator(shown).first).to_be_visible()
        return window, page

    def saved(self, page):
        expect(page.locator(".saved")).to_have_text(re.compile("Saved|^$"))
        until(page, "document.querySelector('cf-builder .saved')?.textContent.includes('Saved') && !document.querySelector('cf-builder .saved .spin')")

    def card(self, page, step):
        return page.locator(".node[data-id=%s]" % step)

    def announced(self, page, text):
        expect(page.locator("body > [aria-live=polite]")).to_contain_text(text)

    def connect(self, page, source, target):
        self.card(page, source).hover()
        port = self.card(page, source).locator("[data-port]").bounding_box()
        place = self.card(page, target).bounding_box()
        page.mouse.move(port["x"] + 5, port["y"] + 5)
        page.mouse.down()
        page.mouse.move(place["x"] + 60, place["y"] + 30, steps=6)
        page.mouse.up()

    def needs(self, pipeline):
        return {step["id"]: step.get("needs") for step in self.draft(pipeline)["steps"]}


class OnTheCanvas(BuilderTest):
    def test_a_pipeline_is_built_by_mouse(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline)
        expect(page.locator(".node[data-id]")).to_have_count(4)
        self.expect_accessible(window)
        self.card(page, "third").click()
        page.get_by_role("button", name="Add Code step").click()
        expect(self.card(page, "code")).to_be_visible()
        self.announced(page, "Added code step code")
        kind = page.get_by_role("button", name="Add Condition step")
        kind.hover()
        page.mouse.down()
        self.card(page, "second").hover()
        expect(page.locator(".node.target")).to_have_attribute("data-id", "second")
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.locator(".carried, .node.target, .node[data-id=condition]")).to_have_count(0)
        kind.drag_to(page.locator(".cv"), target_position={"x": 120, "y": 500})
        expect(self.card(page, "condition")).to_be_visible()
        self.connect(page, "condition", "code")
        page.get_by_role("menuitem", name="when condition is true").click()
        self.announced(page, "Connected condition to code")
        self.saved(page)
        steps = {step["id"]: step for step in self.draft(pipeline)["steps"]}
        self.assertEqual(steps["condition"]["with"], {"if": "true", "then": ["code"]})
        self.assertEqual(sorted(steps["code"]["needs"]), ["third"])
        self.assertIn("# begins", self.text(pipeline))
        self.expect_accessible(window)

    def test_the_same_is_built_with_the_keyboard_alone(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline)
        canvas = page.get_by_role("application")
        page.locator("#main").focus()
        while not page.evaluate("document.activeElement.type === 'search'"):
            page.keyboard.press("Tab")
        page.keyboard.type("code")
        page.keyboard.press("Enter")
        expect(self.card(page, "code")).to_be_visible()
        page.keyboard.press("Control+A")
        page.keyboard.type("condition")
        page.keyboard.press("Enter")
        expect(self.card(page, "condition")).to_be_visible()
        while not canvas.evaluate("(one) => one === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Home")
        self.announced(page, "Run inputs")
        page.keyboard.press("ArrowDown")
        self.announced(page, "transform step first")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        self.announced(page, "transform step third, runs after second")
        page.keyboard.press("Delete")
        self.announced(page, "Removed step third")
        page.keyboard.press("Control+z")
        self.announced(page, "Undone: Removed step third")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("c")
        self.announced(page, "Connect from first")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        self.announced(page, "To third")
        page.keyboard.press("Enter")
        self.announced(page, "Connected first to third")
        page.keyboard.press("Enter")
        expect(page.get_by_role("complementary", name="Step settings").locator(":focus")).to_have_count(1)
        self.saved(page)
        self.assertEqual(self.needs(pipeline)["third"], ["first", "second"])

    def test_a_loop_is_refused_and_nothing_changes(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline)
        self.connect(page, "third", "first")
        expect(page.locator(".toast")).to_contain_text("That would make a loop: first → second → third → first")
        self.assertEqual(self.needs(pipeline), {"first": None, "second": None, "third": None})

    def test_undo_and_redo_go_through_every_view(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline)
        before = self.card(page, "second").bounding_box()
        page.mouse.move(before["x"] + 80, before["y"] + 30)
        page.mouse.down()
        page.mouse.move(before["x"] + 280, before["y"] + 30, steps=5)
        page.mouse.up()
        self.announced(page, "Moved second")
        page.keyboard.press("Control+d")
        expect(self.card(page, "second_2")).to_be_visible()
        page.get_by_role("button", name="List", exact=True).click()
        row = page.locator("[data-step=second_2]")
        expect(row).to_contain_text("first")
        page.get_by_role("button", name="Undo: Added step second_2").click()
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Redo: Added step second_2").click()
        expect(row).to_have_count(1)
        self.saved(page)
        page.get_by_role("button", name="YAML", exact=True).click()
        expect(page.locator("cf-editor textarea").first).to_have_value(re.compile("id: second_2"))
        page.get_by_role("button", name="Canvas", exact=True).click()
        for _ in range(2):
            page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(self.card(page, "second_2")).to_have_count(0)
        self.saved(page)
        self.assertEqual(self.text(pipeline), LINE.replace("NAME", self.draft(pipeline)["name"]))

    def test_copies_go_into_another_pipeline_by_the_clipboard(self):
        source, target = self.pipeline(), self.pipeline(LINE.replace("NAME", "another").replace("first", "begin"))
        _, page = self.builder(source, permissions=["clipboard-read", "clipboard-write"])
        self.card(page, "first").click()
        self.card(page, "second").click(modifiers=["Shift"])
        page.keyboard.press("Control+c")
        self.announced(page, "Copied 2 steps")
        page.goto(self.url + "/pipelines/" + target + "?view=canvas")
        expect(self.card(page, "begin")).to_be_visible()
        page.get_by_role("application").focus()
        page.keyboard.press("Control+v")
        self.announced(page, "Added 2 steps")
        self.saved(page)
        steps = {step["id"]: step for step in self.draft(target)["steps"]}
        self.assertEqual(list(steps), ["begin", "second", "third", "first", "second_2"])
        self.assertEqual(steps["second_2"]["with"]["ops"], [{"expression": "steps.first.output.result"}])

    def test_steps_written_as_yaml_are_pasted_and_what_is_wrong_is_shown_with_its_place(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, permissions=["clipboard-read", "clipboard-write"])

        def paste(text):
            page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
            page.get_by_role("application").focus()
            page.keyboard.press("Control+v")

        paste("- id: first\n    type: transform\n    with: {ops: []}\n  - id: last\n    type: transform\n"
              "    with: {input: \"{{ steps.first.output.result }}\"}\n")
        self.announced(page, "Added 2 steps")
        page.keyboard.press("Control+z")
        expect(self.card(page, "last")).to_have_count(0)
        paste("- id: first\n  type: transform\n   with: {ops: []}\n")
        dialog = page.get_by_role("dialog", name="Paste steps")
        expect(dialog).to_contain_text("Line 3: This line is indented further than the lines above.")
        self.expect_accessible(window)
        dialog.get_by_role("textbox").fill("id: first\ntype: transform\nwith: {input: \"{{ steps.second.output.result }}\"}\n")
        dialog.get_by_role("button", name="Add").click()
        expect(self.card(page, "first_2")).to_be_visible()
        self.saved(page)
        self.assertEqual(self.draft(pipeline)["steps"][3], {
            "id": "first_2", "type": "transform", "needs": [], "with": {"input": "{{ steps.second.output.result }}"}})
        paste("Nothing of a pipeline")
        expect(page.locator(".toast")).to_contain_text("What was copied is not a step")

    def test_a_thousand_steps_are_dragged_without_stopping(self):
        steps = "".join(
            "  - {id: s%d, type: transform, needs: [%s], with: {ops: [{expression: '1'}]}}\n"
            % (n, "" if n == 0 else "s%d" % ((n - 1) // 3)) for n in range(1000))
        pipeline = self.pipeline("version: 1\nname: NAME\nsteps:\n" + steps)
        _, page = self.builder(pipeline)
        page.evaluate("""() => { window.tasks = []; window.frames = 0;
          new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => Math.round(one.duration)))).observe({type: "longtask"});
          const count = () => { window.frames += 1; requestAnimationFrame(count); }; count(); }""")
        self.assertLess(page.locator(".node[data-id]").count(), 400)
        box = self.card(page, "s0").bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + 10)
        page.mouse.down()
        page.evaluate("window.tasks.length = window.frames = 0")
        for step in range(60):
            page.mouse.move(box["x"] + 60 + 3 * step, box["y"] + 10 + step)
        tasks, frames = page.evaluate("[window.tasks.splice(0), window.frames]")
        page.mouse.up()
        self.announced(page, "Moved s0")
        print("\n  60 moves of a drag among 1,000 steps: %d frames, long tasks %s ms" % (frames, tasks))
        page.mouse.wheel(0, 400)
        page.keyboard.press("Shift+Digit1")
        page.keyboard.press("Control+z")
        self.announced(page, "Undone: Moved s0")

    def test_another_pipeline_takes_the_place_of_this_one(self):
        here, there = self.pipeline(), self.pipeline(LINE.replace("NAME", "the-other").replace("first", "begin"))
        _, page = self.builder(here)
        page.evaluate("(address) => { document.querySelector('cf-builder').app.go(address); }", "/pipelines/%s?view=canvas&step=begin" % there)
        expect(self.card(page, "begin")).to_have_class(re.compile("sel"))
        expect(page.get_by_role("heading", level=1)).to_have_text("the-other")
        page.go_back()
        expect(self.card(page, "first")).to_be_visible()

    def test_two_fingers_zoom_and_one_moves_the_board(self):
        window, page = self.builder(self.pipeline(), viewport=PHONE, has_touch=True)
        devtools = window.context.new_cdp_session(page)

        def touch(kind, *points):
            devtools.send("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]})

        before = self.card(page, "second").bounding_box()
        touch("touchStart", (60, 600))
        for step in range(1, 9):
            touch("touchMove", (60, 600 - 10 * step))
        touch("touchEnd")
        until(page, "document.querySelector('[data-id=second]').getBoundingClientRect().y < %f" % (before["y"] - 60))
        touch("touchStart", (150, 300))
        touch("touchStart", (150, 300), (250, 300))
        for step in range(1, 9):
            touch("touchMove", (150 - 5 * step, 300), (250 + 5 * step, 300))
        touch("touchEnd")
        until(page, "document.querySelector('[data-id=second]').getBoundingClientRect().width > %f" % (before["width"] * 1.5))
        self.assertIsNone(self.needs(page.url.split("/pipelines/")[1].split("?")[0])["second"])

    def test_places_stay_after_a_reload(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline)
        box = self.card(page, "second").bounding_box()
        page.mouse.move(box["x"] + 80, box["y"] + 30)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 60, steps=5)
        with page.expect_response(lambda answer: answer.url.endswith("/layout") and answer.request.method == "PUT"):
            page.mouse.up()
        layout = self.mira.request("GET", "/api/v1/pipelines/%s/layout" % pipeline).json["steps"]
        self.assertEqual(sorted(layout), ["first", "second", "third"])
        self.assertGreater(layout["second"]["x"], layout["first"]["x"])
        page.reload()
        expect(self.card(page, "second")).to_be_visible()
        self.assertGreater(self.card(page, "second").bounding_box()["x"], self.card(page, "first").bounding_box()["x"] + 50)


class InTheList(BuilderTest):
    def test_everything_is_done_by_ordinary_controls(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, "?view=list")
        self.expect_accessible(window)
        page.get_by_role("button", name="Add step").click()
        page.get_by_role("menuitem", name="Prompt").click()
        expect(page.locator("[data-step=prompt]")).to_contain_text("third")
        page.get_by_role("button", name="Runs after third. Change").click()
        dialog = page.get_by_role("dialog")
        self.expect_accessible(window)
        dialog.get_by_role("checkbox", name="first").check()
        dialog.get_by_role("checkbox", name="third").uncheck()
        dialog.get_by_role("button", name="Done").click()
        expect(page.locator("[data-step=prompt]")).to_contain_text("first")
        page.get_by_role("button", name="More for prompt").click()
        page.get_by_role("menuitem", name="Move up").click()
        self.saved(page)
        self.assertEqual([step["id"] for step in self.draft(pipeline)["steps"]], ["first", "second", "prompt", "third"])
        self.assertEqual(self.needs(pipeline)["prompt"], ["first"])
        page.get_by_role("button", name="More for second").click()
        page.get_by_role("menuitem", name="Delete").click()
        expect(page.locator("[data-step=second]")).to_have_count(0)
        expect(page.locator(".step-link:focus")).to_have_count(1)

    def test_a_phone_begins_with_it_and_opens_a_step_over_everything(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, "", viewport=PHONE, has_touch=True)
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)
        page.locator("[data-step=second] .step-link").tap()
        sheet = page.get_by_role("dialog", name="Step settings")
        expect(sheet).to_be_visible()
        self.expect_accessible(window)
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        page.get_by_role("button", name="More", exact=True).first.click()
        page.get_by_role("menuitemradio", name="Canvas").click()
        expect(page.locator(".node").first).to_be_visible()
        self.expect_no_sideways_scroll(page)

    def test_nothing_scrolls_sideways_at_320_pixels(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, "", viewport=NARROWEST, has_touch=True)
        self.expect_no_sideways_scroll(page)
        for view in ("canvas", "yaml"):
            page.goto("%s/pipelines/%s?view=%s" % (self.url, pipeline, view))
            expect(page.locator(".cv, cf-editor").first).to_be_visible()
            self.expect_no_sideways_scroll(page)
            self.expect_accessible(window)


class AsYAML(BuilderTest):
    def test_the_text_is_edited_with_its_comments(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, "?view=yaml")
        field = page.locator("cf-editor textarea").first
        expect(field).to_have_value(re.compile("# A straight line"))
        self.expect_accessible(window)
        field.fill(field.input_value().replace("# begins", "# begins here").replace('"done"', '"over"'))
        self.saved(page)
        self.assertIn("# begins here", self.text(pipeline))
        page.get_by_role("button", name="Canvas", exact=True).click()
        page.get_by_role("button", name="Undo: Edited as YAML").click()
        self.saved(page)
        self.assertEqual(self.text(pipeline), LINE.replace("NAME", self.draft(pipeline)["name"]))

    def test_a_text_that_is_no_pipeline_stays_in_the_tab_and_says_so(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline, "?view=yaml")
        field = page.locator("cf-editor textarea").first
        expect(field).to_have_value(re.compile("third"))
        broken = field.input_value() + "  - id: [\n"
        field.fill(broken)
        expect(page.get_by_role("alert")).to_contain_text("Not saved")
        expect(page.get_by_role("button", name=re.compile("^Line 1[67]"))).to_be_visible()
        expect(page.locator(".saved")).to_contain_text("Not saved")
        self.expect_accessible(window)
        page.get_by_role("button", name="List", exact=True).click()
        page.get_by_role("button", name="Leave it").click()
        expect(page.locator(".steplist")).to_be_visible()
        page.get_by_role("button", name="YAML", exact=True).click()
        expect(page.locator("cf-editor textarea").first).to_have_value(broken)
        page.get_by_role("button", name="Back to what is saved").click()
        expect(page.locator("cf-editor textarea").first).to_have_value(self.text(pipeline))
        self.saved(page)


class Together(BuilderTest):
    def test_two_people_edit_one_draft(self):
        pipeline = self.pipeline()
        other = member(self.service, "noor")
        share = self.mira.request("PUT", "/api/v1/pipelines/%s/shares/%s" % (pipeline, other.account), {"role": "editor"})
        self.assertIn(share.status, (200, 201), str(share))
        window, mine = self.builder(pipeline)
        _, theirs = self.builder(pipeline, person=other)
        expect(mine.get_by_role("img", name="Also here: noor (editing)")).to_be_visible()
        self.expect_accessible(window)
        self.card(theirs, "third").click()
        theirs.keyboard.press("Control+d")
        expect(self.card(mine, "third_2")).to_be_visible()
        self.card(mine, "first").click()
        mine.keyboard.press("Delete")
        expect(self.card(theirs, "first")).to_have_count(0)
        mine.keyboard.press("Control+z")
        expect(self.card(theirs, "first")).to_be_visible()
        self.saved(mine)
        self.saved(theirs)
        self.assertEqual(sorted(self.needs(pipeline)), ["first", "second", "third", "third_2"])

    def test_a_field_changed_by_both_is_decided_by_a_person(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline)
        path = "/api/v1/pipelines/%s" % pipeline
        held = threading.Event()

        def meanwhile(route):
            if route.request.method == "PUT" and not held.is_set():
                held.set()
                document = self.draft(pipeline)
                document["steps"][2]["with"]["ops"] = [{"expression": '"theirs"'}]
                reply = self.mira.request("PUT", path + "?draft=true", document, **{"If-Match": '"1"'})
                self.assertEqual(reply.status, 200, str(reply))
            route.continue_()

        page.route("**" + path + "?*", meanwhile)
        page.evaluate("""async () => {
          const {setStepField} = await import(document.querySelector('script[type=module]').src.replace(/Web[/].*/, 'Web/model/commands.js'));
          document.querySelector('cf-canvas').model.apply(setStepField('third', ['with', 'ops'], [{expression: '"mine"'}]));
        }""")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("One field was changed by two people")
        self.expect_accessible(window)
        expect(page.locator(".saved")).to_contain_text("Conflict")
        dialog.get_by_role("radio", name="Theirs").check()
        dialog.get_by_role("button", name="Save").click()
        self.saved(page)
        self.assertEqual(self.draft(pipeline)["steps"][2]["with"]["ops"], [{"expression": '"theirs"'}])

    def test_what_was_done_without_the_server_is_saved_when_it_is_back(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline)
        page.route("**/api/**", lambda route: route.abort())
        self.card(page, "third").click()
        page.keyboard.press("Delete")
        expect(page.locator(".saved")).to_contain_text("Not saved")
        self.assertIn("third", self.needs(pipeline))
        page.unroute_all(behavior="wait")
        page.locator(".saved").click()
        self.saved(page)
        self.assertNotIn("third", self.needs(pipeline))

    def test_a_viewer_sees_it_and_why_nothing_can_be_changed(self):
        pipeline = self.pipeline()
        viewer = member(self.service, "vera")
        self.mira.request("PUT", "/api/v1/pipelines/%s/shares/%s" % (pipeline, viewer.account), {"role": "viewer"})
        window, page = self.builder(pipeline, person=viewer)
        expect(page.get_by_role("note").first).to_contain_text("You may view this pipeline")
        for name in ("Publish", "Run", "Share", "Tidy"):
            expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        expect(page.get_by_role("complementary", name="Steps to add")).to_have_count(0)
        self.card(page, "third").click()
        page.keyboard.press("Delete")
        expect(self.card(page, "third")).to_be_visible()
        self.expect_accessible(window)

    def test_a_version_is_published_from_the_bar(self):
        pipeline = self.pipeline()
        window, page = self.builder(pipeline)
        page.keyboard.press("Control+s")
        dialog = page.get_by_role("dialog", name="Publish version 1")
        self.expect_accessible(window)
        dialog.get_by_label("What changed").fill("The first")
        dialog.get_by_role("button", name="Publish").click()
        expect(page.locator(".toast")).to_contain_text("Published version 1")
        expect(page.get_by_role("button", name="Versions: version 1, draft")).to_be_visible()
        versions = self.mira.request("GET", "/api/v1/pipelines/%s/versions" % pipeline).json["items"]
        self.assertEqual(versions[0]["message"], "The first")


if __name__ == "__main__":
    unittest.main()
