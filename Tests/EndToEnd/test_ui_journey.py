"""One long way through the web UI, as somebody goes it who has just set up a server."""

import re
import unittest

from people import PASSWORD, member
from test_ui_inspector import Field
from test_ui_run import teller
from ui_journey import DIFF, ByMouse, answer
from ui_support import expect


class FromSetUpToAResultThatIsShared(ByMouse):
    def test_is_one_way(self):
        self.own = self.window()
        self.page = self.own.page
        with teller() as model:
            self.model = model
            self.go(
                self.the_first_account_is_made, self.a_model_is_connected, self.a_template_becomes_a_pipeline,
                self.steps_are_added_on_the_canvas_by_mouse, self.fields_are_filled, self.a_run_starts_from_the_form,
                self.tokens_are_seen_as_they_come, self.the_failed_step_says_what_is_missing, self.a_retry_goes_on_from_there,
                self.the_next_failure_leads_to_the_builder, self.the_mended_draft_goes_on_from_there, self.the_result_is_a_file_to_look_at,
                self.versions_are_published_and_compared, self.it_is_shared_with_somebody_who_may_run_it,
                self.they_run_it_and_cannot_change_it)

    def it_is_shared_with_somebody_who_may_run_it(self):
        page = self.page
        self.ada = member(self.service, "ada")
        page.goto(self.url + "/pipelines/" + self.pipeline)
        page.get_by_role("button", name="Share", exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name or e-mail address").fill("ada")
        dialog.get_by_label("Role", exact=True).select_option("runner")
        dialog.get_by_role("button", name="Share", exact=True).click()
        expect(dialog.get_by_label("Role of ada")).to_have_value("runner")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()

    def they_run_it_and_cannot_change_it(self):
        window = self.window()
        page = window.open("/pipelines/" + self.pipeline)
        page.get_by_label("Name or e-mail").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("note").first).to_contain_text("You may run this pipeline")
        for name in ("Publish", "Share", "Tidy"):
            expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        expect(page.get_by_role("complementary", name="Steps to add")).to_have_count(0)
        self.card(page, "file_2").click()
        expect(page.get_by_label("Id of the step")).to_have_attribute("readonly", "")
        expect(Field(page, "with.path").box.locator("textarea, input").first).not_to_be_editable()
        page.keyboard.press("Delete")
        expect(self.card(page, "file_2")).to_be_visible()
        revision = self.ada.request("GET", "/api/v1/pipelines/" + self.pipeline).tag
        for method, path, body in (("PUT", "", {**self.document(), "title": "Mine now"}), ("POST", "/versions", {"message": "mine"}),
                                   ("PUT", "/shares/ada", {"role": "editor"}), ("DELETE", "", None)):
            refused = self.ada.request(method, "/api/v1/pipelines/%s%s" % (self.pipeline, path), body, If_Match=revision)
            self.assertEqual(refused.status, 403, "%s %s: %s" % (method, path, refused))
        self.ada.request("PUT", "/api/v1/files?path=rules.md", "Be kind.\n", Content_Type="application/octet-stream")
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_label("Unified diff").fill(DIFF)
        page.locator("cf-run-form").get_by_role("button", name="Run", exact=True).click()
        expect(page).to_have_url(re.compile("/runs/run_"))
        answer(self.model)
        self.status(page, "Succeeded")
        page.get_by_role("link", name="Files").first.click()
        expect(page.get_by_role("link", name="out", exact=True)).to_be_visible()
        kept = self.ada.request("GET", "/api/v1/files?path=out/message.md")
        self.assertIn(b"Be kind.", kept.body)


if __name__ == "__main__":
    unittest.main()
