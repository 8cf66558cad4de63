"""The long way through the web UI, in parts: what is told, and what somebody with a mouse does in each."""

import json
import re

from people import PASSWORD, setup_token
from test_ui_builder import BuilderTest
from test_ui_inspector import Field
from ui_support import UITest, expect

DIFF = """--- a/shop/parcels.py
+++ b/shop/parcels.py
@@ -1,2 +1,4 @@
 def cost(weight):
+    if weight <= 0:
+        raise ValueError("a parcel has a weight")
     return 490
"""
ANSWER = {"kind": "fix", "subject": "Refuse parcels without weight", "body": "", "files": ["shop/parcels.py"],
          "changelog": "Parcels without weight are refused."}
RULES = "One change a commit.\n"
NEEDS_A_RULE = "steps.done.output.result.subject + steps.file.output.content"
AS_IT_IS = "steps.done.output.result + steps.file.output.content"


def answer(model):
    """The model says it all at once."""
    model.pieces.put(json.dumps(ANSWER))
    model.pieces.put(None)


class Journey(UITest):
    """A way through many pages. Its parts are named, so that a failure tells how far it came."""

    card = BuilderTest.card
    saved = BuilderTest.saved
    announced = BuilderTest.announced

    def go(self, *parts):
        for part in parts:
            try:
                part()
            except Exception as error:
                error.add_note("in the part: " + part.__name__.replace("_", " "))
                raise

    def api(self, path, method="GET", body=None, **headers):
        """What the server knows, asked with its own key."""
        return self.service.request(method, "/api/v1" + path, body, **headers)

    def runs(self):
        return self.api("/runs").json["items"]

    def document(self):
        return self.api("/pipelines/" + self.pipeline).json["document"]

    def status(self, page, word):
        expect(page.locator(".rhead .st")).to_contain_text(word)


class ByMouse(Journey):
    has_account = False
    connect = BuilderTest.connect

    def the_first_account_is_made(self):
        page = self.own.open("/setup#" + setup_token(self.service))
        page.get_by_label("Name").fill("mira")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("heading", name="No pipelines yet")).to_be_visible()

    def a_model_is_connected(self):
        page = self.page
        page.get_by_role("link", name="Models").first.click()
        page.get_by_role("button", name="Add provider").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill("teller")
        dialog.get_by_label("Base URL").fill("http://127.0.0.1:%d/v1" % self.model.server_address[1])
        dialog.get_by_label("For everybody").check()
        dialog.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("heading", name="teller", exact=True)).to_be_visible()
        page.get_by_role("button", name="Set default").click()
        dialog.get_by_label("For everybody").check()
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_role("table", name="Names for models")).to_contain_text("teller/teller")

    def a_template_becomes_a_pipeline(self):
        page = self.page
        page.get_by_role("link", name="Templates").first.click()
        page.get_by_role("link", name=re.compile("Commit message")).first.click()
        page.get_by_label("Name", exact=True).fill("message")
        page.get_by_role("button", name="Create pipeline").click()
        expect(self.card(page, "done")).to_be_visible()
        self.pipeline = re.search(r"pl_\w+", page.url).group()

    def steps_are_added_on_the_canvas_by_mouse(self):
        page = self.page
        page.get_by_role("button", name="Add File step").drag_to(page.locator(".cv"), target_position={"x": 120, "y": 500})
        expect(self.card(page, "file")).to_be_visible()
        self.connect(page, "done", "file")
        self.announced(page, "Connected done to file")
        # What is let go over a card comes behind its step.
        page.get_by_role("button", name="Add Transform step").drag_to(self.card(page, "file"))
        expect(self.card(page, "transform")).to_be_visible()
        page.get_by_role("button", name="Add File step").drag_to(self.card(page, "transform"))
        expect(self.card(page, "file_2")).to_be_in_viewport()
        self.saved(page)
        # Where nothing is said of needs, a step runs after the one before it.
        self.assertEqual([(step["id"], step.get("needs")) for step in self.document()["steps"][-3:]], [
            ("file", ["done"]), ("transform", None), ("file_2", None)])

    def fields_are_filled(self):
        page = self.page
        self.card(page, "file").click()
        Field(page, "with.path").text("rules.md")
        self.card(page, "transform").click()
        Field(page, "with.ops").press("Add operation")
        self.write_expression(NEEDS_A_RULE)
        page.get_by_role("button", name="Show all").click()
        self.card(page, "file_2").click()
        Field(page, "with.operation").choose("write")
        Field(page, "with.path").text("out/message.md")
        Field(page, "with.content").text("{{ steps.transform.output.result }}")
        self.saved(page)
        self.assertEqual(self.document()["steps"][-1]["with"], {
            "operation": "write", "path": "out/message.md", "content": "{{ steps.transform.output.result }}"})
        expect(page.get_by_text("No problems")).to_be_visible()

    def a_run_starts_from_the_form(self):
        page = self.page
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_label("Unified diff").fill(DIFF)
        page.locator("cf-run-form").get_by_role("button", name="Run", exact=True).click()
        expect(page).to_have_url(re.compile("/runs/run_"))
        self.status(page, "Running")

    def tokens_are_seen_as_they_come(self):
        page, text = self.page, json.dumps(ANSWER)
        panel = page.get_by_role("tabpanel")
        self.model.pieces.put(text[:40])
        expect(panel).to_contain_text("Refuse")
        expect(panel).not_to_contain_text("parcels.py")
        self.model.pieces.put(text[40:])
        expect(panel).to_contain_text("parcels.py")
        self.status(page, "Running")
        self.model.pieces.put(None)

    def the_failed_step_says_what_is_missing(self):
        page = self.page
        self.status(page, "Failed at file")
        expect(page.get_by_role("alert").first).to_contain_text("file stopped")
        expect(page.get_by_role("tabpanel")).to_contain_text("file_not_found")
        self.expect_accessible(self.own)

    def a_retry_goes_on_from_there(self):
        page = self.page
        failed = page.url
        page.get_by_role("link", name="Files").first.click()
        expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
        page.locator("input[type=file]").set_input_files({"name": "rules.md", "mimeType": "text/markdown", "buffer": RULES.encode()})
        expect(page.get_by_role("link", name="rules.md", exact=True)).to_be_visible()
        page.goto(failed)
        page.get_by_role("button", name="Retry from file").click()
        self.status(page, "Failed at transform")
        run = self.runs()[0]
        self.assertEqual(run["usage"]["calls"], 1, "what had succeeded was kept")

    def the_next_failure_leads_to_the_builder(self):
        page = self.page
        self.failed = page.url
        expect(page.get_by_role("alert").first).to_contain_text("transform stopped")
        page.get_by_role("link", name="Open in builder").click()
        expect(page.get_by_label("Id of the step")).to_have_value("transform")
        self.write_expression(AS_IT_IS)
        self.saved(page)

    def the_mended_draft_goes_on_from_there(self):
        page = self.page
        page.goto(self.failed)
        page.get_by_role("button", name="Go on from transform with the draft").click()
        expect(page.get_by_role("heading", name="Run 2")).to_be_visible()
        self.status(page, "Succeeded")
        run = self.runs()[0]
        self.assertEqual(run["usage"]["calls"], 0, "what had succeeded was kept")
        self.assertIn(run["forked_from"], self.failed)

    def the_result_is_a_file_to_look_at(self):
        page = self.page
        page.get_by_role("group", name="Panel").get_by_role("button", name="Files").click()
        page.get_by_label("Files of the run").get_by_text("out/message.md").click()
        expect(page.locator("cf-file-view")).to_contain_text("One change a commit.")
        page.goto(self.url + "/files?path=out/message.md")
        expect(page.get_by_role("complementary")).to_contain_text("Refuse parcels without weight")

    def versions_are_published_and_compared(self):
        page = self.page
        page.goto(self.url + "/pipelines/" + self.pipeline)
        self.publish("What it does")
        self.card(page, "file_2").click()
        Field(page, "title").text("Keep the message")
        self.saved(page)
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.get_by_role("dialog", name="Publish version 2")).to_be_visible()
        page.keyboard.press("Escape")
        self.publish("Says what the last step is for", 2)
        page.get_by_role("button", name=re.compile("^Versions: version 2")).click()
        page.get_by_role("button", name="More on version 2").click()
        page.get_by_role("menuitem", name="Compare 1 with 2").click()
        expect(page).to_have_url(re.compile("/versions/1/diff/2$"))
        expect(page.get_by_role("region", name=re.compile("file_2"))).to_contain_text("Keep the message")

    # What the parts do more than once.

    def write_expression(self, text):
        field = self.page.locator('[data-field="with.ops.0"] textarea').first
        field.fill(text)
        field.blur()

    def publish(self, message, number=1):
        page = self.page
        page.get_by_role("button", name="Publish", exact=True).click()
        dialog = page.get_by_role("dialog", name="Publish version %d" % number)
        dialog.get_by_label("What changed").fill(message)
        dialog.get_by_role("button", name="Publish").click()
        expect(page.locator(".toast").last).to_contain_text("Published version %d" % number)

