"""The long way through the web UI without a mouse: nothing here presses, fills or focuses but the keyboard."""

import json
import re
import unittest

from people import PASSWORD
from test_ui_run import teller
from ui_journey import ANSWER, AS_IT_IS, DIFF, NEEDS_A_RULE, RULES, Journey, answer
from ui_keys import COUNT_POINTERS, Keys
from ui_support import expect, until

SAID = "document.querySelector('body > [aria-live=polite]').textContent"


class FromSigningInToAResult(Journey):
    def test_is_one_way_by_keyboard_alone(self):
        own = self.window()
        own.context.add_init_script(COUNT_POINTERS)
        with teller() as model:
            self.model = model
            self.a_model_is_there("http://127.0.0.1:%d/v1" % model.server_address[1])
            # The browser is told from the beginning that no window for files opens, since it may take that in late.
            own.page.on("filechooser", lambda _: None)
            self.page = own.open("/pipelines")
            self.keys = Keys(self.page)
            self.go(
                self.somebody_signs_in, self.a_template_becomes_a_pipeline, self.steps_are_added_from_the_palette,
                self.they_are_connected_on_the_canvas, self.fields_are_filled_from_the_list, self.a_run_starts_from_the_form,
                self.the_failed_step_says_what_is_missing, self.the_missing_file_is_uploaded, self.a_retry_goes_on_from_there,
                self.the_next_failure_is_mended_and_run_again, self.the_result_is_a_file_to_look_at, self.a_version_is_published)
        self.assertEqual(self.page.evaluate("window.pointed"), 0)

    def a_model_is_there(self, url):
        for method, path, body in (
                ("POST", "/providers", {"name": "teller", "kind": "openai", "admit": True, "base_url": url}),
                ("PUT", "/models/aliases/default", {"model": "teller/teller"})):
            reply = self.mira.request(method, "/api/v1" + path, body)
            self.assertLess(reply.status, 300, str(reply))

    def somebody_signs_in(self):
        expect(self.page.get_by_label("Name or e-mail")).to_be_focused()
        self.keys.type("mira")
        self.keys.to("textbox", "Password", within=1)
        self.keys.type(PASSWORD)
        self.keys.press("Enter")
        expect(self.page.get_by_role("heading", name="No pipelines yet")).to_be_visible()

    def a_template_becomes_a_pipeline(self):
        page, keys = self.page, self.keys
        keys.back_to("link", "Templates", within=12)
        keys.press("Enter")
        expect(page.get_by_role("searchbox", name="Search templates")).to_be_visible()
        keys.press("/")
        keys.type("commit")
        expect(page.locator(".tile")).to_have_count(1)
        keys.to("link", re.compile("Commit message"), within=12)
        keys.press("Enter")
        expect(page.get_by_role("button", name="Create pipeline")).to_be_visible()
        keys.to("textbox", "Name", within=20, exact=True)
        keys.press("Control+A")
        keys.type("message")
        keys.press("Enter")
        expect(self.card(page, "done")).to_be_visible()
        self.pipeline = re.search(r"pl_\w+", page.url).group()

    def steps_are_added_from_the_palette(self):
        page, keys = self.page, self.keys
        keys.to("searchbox", "Find a step", within=1)
        # Each comes behind the one before.
        for kind, step in (("file", "file"), ("transform", "transform"), ("file", "file_2")):
            keys.press("Control+A")
            keys.type(kind)
            keys.press("Enter")
            expect(self.card(page, step)).to_be_visible()

    def they_are_connected_on_the_canvas(self):
        page, keys = self.page, self.keys
        keys.to("application", re.compile("Pipeline graph"), within=12)
        keys.press("Home")
        self.announced(page, "Run inputs")
        self.walk("code step check")
        keys.press("c")
        self.announced(page, "Connect from check")
        self.walk("To file")
        keys.press("Enter")
        self.announced(page, "Connected check to file")

    def fields_are_filled_from_the_list(self):
        page, keys = self.page, self.keys
        keys.press("l")
        expect(page.get_by_role("table", name="Steps in their order")).to_be_visible()
        # What was selected is where the keyboard is, and where it comes back to.
        expect(page.get_by_role("button", name="file", exact=True)).to_be_focused()
        keys.press("Enter")
        self.has_open("file")
        keys.to("textbox", "Path", within=12)
        keys.type("rules.md")
        keys.press("Escape")
        expect(page.get_by_role("button", name="file", exact=True)).to_be_focused()
        self.open_step("transform")
        keys.to("button", "Add operation", within=16)
        keys.press("Enter")
        self.write_expression(NEEDS_A_RULE, within=6)
        keys.press("Escape")
        self.open_step("file_2")
        keys.to("combobox", "Operation", within=10)
        keys.type("write")
        keys.to("textbox", "Path", within=6)
        keys.type("out/message.md")
        keys.to("textbox", "Content", within=6)
        keys.type("{{ steps.transform.output.result }}")
        self.saved(page)
        self.assertEqual(
            [(step["id"], step.get("needs"), step["with"]) for step in self.document()["steps"][-3:]], [
                ("file", ["check", "done"], {"operation": "read", "path": "rules.md"}),
                ("transform", None, {"ops": [{"expression": NEEDS_A_RULE}]}),
                ("file_2", None, {"operation": "write", "path": "out/message.md", "content": "{{ steps.transform.output.result }}"})])
        expect(page.get_by_text("No problems")).to_be_visible()

    def a_run_starts_from_the_form(self):
        page, keys = self.page, self.keys
        keys.press("Control+Enter")
        expect(page.get_by_label("Unified diff")).to_be_visible()
        keys.to("textbox", "Unified diff", within=8)
        keys.type(DIFF)
        keys.to("button", "Run", within=8, exact=True)
        keys.press("Enter")
        expect(page).to_have_url(re.compile("/runs/run_"))
        text = json.dumps(ANSWER)
        self.model.pieces.put(text[:40])
        expect(page.get_by_role("tabpanel")).to_contain_text("Refuse")
        self.model.pieces.put(text[40:])
        self.model.pieces.put(None)

    def the_failed_step_says_what_is_missing(self):
        self.status(self.page, "Failed at file")
        expect(self.page.get_by_role("tabpanel")).to_contain_text("file_not_found")

    def the_missing_file_is_uploaded(self):
        page, keys = self.page, self.keys
        keys.press("g", "f")
        expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
        keys.to("button", "Upload", within=4)
        with page.expect_file_chooser() as asked:
            keys.press("Enter")
        asked.value.set_files({"name": "rules.md", "mimeType": "text/markdown", "buffer": RULES.encode()})
        expect(page.get_by_role("link", name="rules.md", exact=True)).to_be_visible()

    def a_retry_goes_on_from_there(self):
        page, keys = self.page, self.keys
        keys.press("g", "r")
        expect(page.get_by_role("link", name=re.compile("Commit message"))).to_be_visible()
        keys.to("link", re.compile("Commit message"), within=12)
        keys.press("Enter")
        self.status(page, "Failed at file")
        keys.to("button", "Retry from file", within=8)
        keys.press("Enter")
        self.status(page, "Failed at transform")
        self.assertEqual(self.runs()[0]["usage"]["calls"], 1, "what had succeeded was kept")

    def the_next_failure_is_mended_and_run_again(self):
        page, keys = self.page, self.keys
        expect(page.get_by_role("alert").first).to_contain_text("transform stopped")
        keys.to("link", "Open in builder", within=30)
        keys.press("Enter")
        # The step that was asked for has the keyboard, in the list, which was chosen last.
        expect(page.get_by_role("table", name="Steps in their order")).to_be_visible()
        expect(page.get_by_role("complementary", name="Step settings")).to_be_focused()
        expect(page.get_by_label("Id of the step")).to_have_value("transform")
        self.write_expression(AS_IT_IS, within=20)
        self.saved(page)
        keys.press("Control+Enter")
        expect(page.get_by_role("heading", name="Run 2")).to_be_visible()
        answer(self.model)
        self.status(page, "Succeeded")

    def the_result_is_a_file_to_look_at(self):
        page, keys = self.page, self.keys
        keys.to("button", re.compile("^Files"), within=30)
        keys.press("Enter")
        expect(page.get_by_role("list", name="Files of the run")).to_be_visible()
        keys.to("button", re.compile("^out.message.md"), within=1)
        keys.press("Enter")
        expect(page.locator("cf-file-view")).to_contain_text("One change a commit.")
        expect(page.locator("cf-file-view")).to_contain_text("Refuse parcels without weight")

    def a_version_is_published(self):
        page, keys = self.page, self.keys
        keys.press("Control+k")
        keys.type("commit message")
        expect(page.get_by_role("option", name=re.compile("Commit message")).first).to_be_visible()
        keys.press("Enter")
        expect(page.locator("cf-builder .bmain .build")).to_be_visible()
        keys.press("Control+s")
        expect(page.get_by_label("What changed")).to_be_focused()
        keys.type("By keys")
        keys.to("button", "Publish", within=3, exact=True)
        keys.press("Enter")
        expect(page.locator(".toast")).to_contain_text("Published version 1")
        self.assertEqual(self.api("/pipelines/%s/versions" % self.pipeline).json["items"][0]["message"], "By keys")

    # What the parts do more than once.

    def walk(self, words):
        """Down the canvas until the words are heard."""
        for _ in range(12):
            said = self.page.evaluate(SAID)
            if words in said:
                return
            self.keys.press("ArrowDown")
            until(self.page, "%s !== %s" % (SAID, json.dumps(said)))
        self.fail("nobody says " + words)

    def open_step(self, step):
        self.keys.to("button", step, within=6, exact=True)
        self.keys.press("Enter")
        self.has_open(step)

    def has_open(self, step):
        expect(self.page.get_by_label("Id of the step")).to_be_focused()
        expect(self.page.get_by_label("Id of the step")).to_have_value(step)

    def write_expression(self, text, within):
        self.keys.to("textbox", "Expression", within)
        self.keys.press("Control+A")
        self.keys.type(text)
        # What is suggested is put away first.
        suggestions = self.page.get_by_role("listbox", name="Suggestions")
        expect(suggestions).to_be_visible()
        self.keys.press("Escape")
        expect(suggestions).to_have_count(0)


if __name__ == "__main__":
    unittest.main()
