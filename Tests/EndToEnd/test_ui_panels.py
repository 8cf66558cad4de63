"""The builder's panels: settings, starting a run, versions, comments, and how all of it fits a phone."""

import re
import unittest

from people import member
from test_ui_inspector import REVIEW, BuilderTest, Field
from ui_support import NARROWEST, PHONE, expect


class Settings(BuilderTest):
    def test_edit_the_inputs_and_all_else_of_the_document(self):
        pipeline = self.pipeline(REVIEW.replace("inputs.dept", "inputs.repo") % "settings")
        window = self.window(self.mira)
        page = window.open("/pipelines/%s?panel=settings" % pipeline)
        panel = page.locator("cf-pipeline-settings")
        Field(page, "title").text("Review of changes")
        Field(page, "description").text("Reads a change.")
        Field(page, "tags").press("Add tag")
        Field(page, "tags").text("review")
        panel.get_by_role("button", name=re.compile("^repo")).click()
        panel.get_by_label("Name", exact=True).last.fill("source")
        panel.get_by_label("Name", exact=True).last.blur()
        expect(panel.get_by_role("button", name=re.compile("^source"))).to_be_visible()
        panel.get_by_role("button", name="Add input").click()
        panel.get_by_label("Name", exact=True).last.fill("count")
        panel.get_by_label("Kind").select_option("integer")
        panel.get_by_label("Title", exact=True).last.fill("How many")
        panel.get_by_label("At least").fill("1")
        panel.get_by_role("button", name="A default").click()
        panel.get_by_label("Default", exact=True).fill("5")
        self.expect_accessible(window)
        panel.get_by_label("Move count up").click()
        expect(panel.get_by_label("Move count up")).to_be_focused()
        expect(panel.get_by_label("Move depth up")).to_be_enabled()
        panel.get_by_role("button", name="Remove input depth").click()
        Field(page, "outputs").press("Add")
        Field(page, "outputs.name").text("steps.ask.output.result")
        Field(page, "changes").press("review")
        Field(page, "defaults.timeout").text("5m")
        self.saved(page)
        document = self.document(pipeline)
        self.assertEqual(list(document["inputs"].items()), [
            ("source", {"type": "string", "title": "Repository", "default": "platform/webhooks"}),
            ("count", {"type": "integer", "title": "How many", "minimum": 1, "default": 5})])
        self.assertEqual(document["steps"][1]["with"]["ops"], [{"template": "Depth: {{ inputs.source }}"}])
        self.assertEqual({name: document.get(name) for name in ("title", "description", "tags", "outputs", "changes", "defaults")}, {
            "title": "Review of changes", "description": "Reads a change.", "tags": ["review"],
            "outputs": {"name": "steps.ask.output.result"}, "changes": "review", "defaults": {"timeout": "5m"}})


RUNNABLE = """version: 1
name: %s
inputs:
  number: {type: integer, title: Pull request number, examples: [4182]}
  guide: {type: string, format: file, title: Guidelines file, optional: true}
  depth: {type: string, enum: [quick, deep], default: quick}
steps:
  - id: say
    type: transform
    with: {input: "{{ inputs.guide }} {{ inputs.number }} {{ inputs.depth }}"}
outputs: {said: steps.say.output.result}
"""


class TheRunForm(BuilderTest):
    def test_uploads_a_file_and_starts_the_run(self):
        pipeline = self.pipeline(RUNNABLE % "run-form")
        window = self.window(self.mira)
        page = window.open("/pipelines/%s?panel=run" % pipeline)
        form = page.locator("cf-run-form")
        form.get_by_role("button", name="Run", exact=True).click()
        expect(form).to_contain_text("Enter a number, for example 4182")
        expect(form.get_by_label("Pull request number")).to_be_focused()
        self.expect_accessible(window)
        form.get_by_label("Pull request number").fill("7")
        form.locator("input[type=file]").set_input_files({"name": "how to.md", "mimeType": "text/markdown", "buffer": b"# Be kind"})
        expect(form.get_by_placeholder("Or a path in the workspace")).to_have_value("inputs/how to.md")
        large, lost = b"0123456789abcdef" * 600_000, []
        page.route(re.compile("/api/v1/uploads/"), lambda route: route.continue_() if lost else lost.append(route.request.method) or route.abort())
        form.locator("input[type=file]").set_input_files({"name": "large.bin", "mimeType": "application/octet-stream", "buffer": large})
        expect(form.get_by_role("button", name="Cancel")).to_be_visible()
        expect(form.get_by_placeholder("Or a path in the workspace")).to_have_value("inputs/large.bin")
        self.assertEqual(lost, ["PATCH"])
        self.assertEqual(self.mira.request("GET", "/api/v1/files?path=inputs/large.bin").body, large)
        form.get_by_placeholder("Or a path in the workspace").fill("inputs/how to.md")
        form.get_by_label("depth", exact=False).last.select_option("deep")
        page.keyboard.press("Control+Enter")
        expect(page).to_have_url(re.compile("/runs/run_"))
        run = self.mira.request("GET", "/api/v1/runs/" + page.url.split("/runs/")[1].split("?")[0]).json
        self.assertEqual(run["inputs"], {"number": 7, "guide": "inputs/how to.md", "depth": "deep"})
        self.assertEqual(self.mira.request("GET", "/api/v1/files?path=inputs/how%20to.md").body, b"# Be kind")

    def test_keeps_presets_and_the_last_input(self):
        pipeline = self.pipeline(RUNNABLE % "presets")
        window = self.window(self.mira)
        page = window.open("/pipelines/%s?panel=run" % pipeline)
        form = page.locator("cf-run-form")
        number = form.get_by_label("Pull request number")
        number.fill("12")
        form.get_by_role("button", name="More on the inputs").click()
        page.get_by_role("menuitem", name="Keep these inputs as a preset").click()
        page.get_by_label("Name", exact=True).last.fill("Twelve")
        page.get_by_role("button", name="Keep", exact=True).click()
        number.fill("13")
        form.get_by_role("button", name="Run", exact=True).click()
        expect(page).to_have_url(re.compile("/runs/run_"))
        page = window.open("/pipelines/%s?panel=run" % pipeline)
        form.get_by_role("button", name="Last input").click()
        expect(number).to_have_value("13")
        form.get_by_role("button", name="Twelve", exact=True).click()
        expect(number).to_have_value("12")
        form.get_by_label("Remove the preset Twelve").click()
        expect(form.get_by_role("button", name="Twelve", exact=True)).to_have_count(0)

    def test_offers_recorded_answers_where_the_pipeline_comes_from_such_a_template(self):
        reply = self.mira.request("POST", "/api/v1/pipelines", {"template": "python-function", "name": "recorded"})
        self.assertEqual(reply.status, 201, str(reply))
        window = self.window(self.mira)
        page = window.open("/pipelines/%s?panel=run" % reply.json["id"])
        expect(page.get_by_role("switch", name="Recorded answers")).to_be_visible()
        expect(page.locator("cf-run-form")).to_contain_text("No model is asked")

    def test_says_what_stands_in_the_way(self):
        pipeline = self.pipeline(REVIEW % "not-runnable")
        window = self.window(self.mira)
        page = window.open("/pipelines/%s?panel=run" % pipeline)
        expect(page.locator("cf-run-form")).to_contain_text("The draft has an error.")
        expect(page.locator("cf-run-form").get_by_role("button", name="Run", exact=True)).to_be_disabled()


class VersionsAndComments(BuilderTest):
    def test_versions_are_published_and_restored(self):
        pipeline = self.pipeline(REVIEW.replace("inputs.dept", "inputs.depth") % "versions")
        window = self.window(self.mira)
        page = window.open("/pipelines/%s" % pipeline)
        expect(page.locator(".node").first).to_be_visible()
        window.context.set_offline(True)
        page.get_by_role("button", name="Versions: never published").click()
        expect(page.get_by_role("complementary", name="Versions")).to_contain_text("did not arrive")
        window.context.set_offline(False)
        panel = page.locator("cf-versions")
        expect(panel).to_contain_text("Nothing is published yet")
        window.faults.clear()
        panel.get_by_label("What changed").fill("The first")
        panel.get_by_role("button", name="Publish version 1").click()
        expect(panel.get_by_role("list", name="Versions")).to_contain_text("The first")
        self.mira.request("PATCH", "/api/v1/pipelines/%s?merge=true" % pipeline, {"title": "Other"}, **{"If-Match": '"1"'})
        expect(page.get_by_role("heading", name="Other")).to_be_visible()
        panel.get_by_role("button", name="Publish version 2").click()
        expect(panel).to_contain_text("Version 2")
        self.expect_accessible(window)
        panel.get_by_role("button", name="More on version 2").click()
        expect(page.get_by_role("menuitem", name="Compare 1 with 2")).to_have_attribute("href", "/pipelines/%s/versions/1/diff/2" % pipeline)
        page.keyboard.press("Escape")
        panel.get_by_role("button", name="More on version 1").click()
        page.get_by_role("menuitem", name="Restore version 1").click()
        page.get_by_role("button", name="Restore", exact=True).click()
        expect(panel).to_contain_text("Version 3")
        expect(page.get_by_role("heading", name="Review")).to_be_visible()
        self.assertEqual(self.document(pipeline)["title"], "Review")

    def test_comments_call_people_are_edited_resolved_and_deleted_and_come_live(self):
        ada = member(self.service, "ada")
        pipeline = self.pipeline(REVIEW % "comments")
        self.mira.request("PUT", "/api/v1/pipelines/%s/shares/ada" % pipeline, {"role": "editor"})
        window, page = self.inspector(pipeline, "ask")
        page.get_by_role("tab", name="Comments").click()
        panel = page.locator("cf-comments")
        panel.get_by_label("Comment on ask").click()
        page.keyboard.type("Look, @a")
        expect(page.get_by_role("option", name="ada")).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.type("here")
        panel.get_by_role("button", name="Comment", exact=True).click()
        expect(panel.locator(".mention")).to_have_text("@ada")
        expect(page.get_by_role("tab", name="Comments 1")).to_be_visible()
        self.expect_accessible(window)
        ada.request("POST", "/api/v1/pipelines/%s/comments" % pipeline, {"text": "I see it", "step": "ask"})
        expect(panel).to_contain_text("I see it")
        panel.get_by_role("button", name="More on this comment").click()
        page.get_by_role("menuitem", name="Edit").click()
        panel.get_by_label("Edit the comment").fill("Look there, @ada")
        panel.get_by_role("button", name="Save", exact=True).click()
        expect(panel).to_contain_text("edited")
        panel.get_by_role("button", name="Resolve", exact=True).first.click()
        expect(panel).not_to_contain_text("Look there")
        panel.get_by_role("button", name="Show 1 resolved").click()
        panel.get_by_role("button", name="More on this comment").click()
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(panel).not_to_contain_text("Look there")
        said = self.mira.request("GET", "/api/v1/pipelines/%s/comments" % pipeline).json["items"]
        self.assertEqual([comment["text"] for comment in said], ["I see it"])


class OnAPhone(BuilderTest):
    def test_a_step_and_the_panels_fit(self):
        pipeline = self.pipeline(REVIEW % "phone")
        for viewport in (PHONE, NARROWEST):
            window = self.window(self.mira, viewport)
            for query in ("step=ask", "panel=settings", "panel=run", "panel=versions", "panel=comments"):
                page = window.open("/pipelines/%s?%s" % (pipeline, query))
                expect(page.get_by_role("dialog").first).to_be_visible()
                self.expect_no_sideways_scroll(page)
                self.expect_accessible(window)


if __name__ == "__main__":
    unittest.main()
