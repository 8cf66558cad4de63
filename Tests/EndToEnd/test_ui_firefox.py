"""The web UI in Firefox, Debian's own: every page and its states, and the way from signing in to a result."""

import unittest

import ui_pages
from people import PASSWORD
from test_ui_run import teller
from ui_journey import ByMouse
from ui_support import UITest, expect


class InFirefox:
    def window(self, person=None, **more):
        return super().window(person, browser="firefox", **more)


class EveryPage(InFirefox, UITest):
    def test_loads(self):
        made = ui_pages.fill(self.service, self.mira)
        self.addCleanup(ui_pages.end, self.mira, made)
        windows = {False: self.window(self.mira), True: self.window()}
        for one in ui_pages.PAGES + ui_pages.STATES:
            with self.subTest(page=one.name):
                window = windows[one.is_public]
                window.open(ui_pages.path_of(one, made))
                expect(window.page.locator(one.ready).first).to_be_visible()
                expect(window.page.get_by_role("heading", name="This page did not load")).to_have_count(0)
                self.assertEqual(window.page.locator("h1").count(), 1)
                one.prepare(window.page)
                self.expect_no_sideways_scroll(window.page)
                self.expect_no_faults(window)
            window.faults.clear()


class TheMainWay(InFirefox, ByMouse):
    has_account = True

    def test_leads_from_signing_in_to_a_result(self):
        self.own = self.window()
        self.page = self.own.page
        with teller() as model:
            self.model = model
            self.go(
                self.somebody_signs_in, self.a_model_is_connected, self.a_template_becomes_a_pipeline,
                self.steps_are_added_on_the_canvas_by_mouse, self.fields_are_filled, self.a_run_starts_from_the_form,
                self.tokens_are_seen_as_they_come, self.the_failed_step_says_what_is_missing, self.a_retry_goes_on_from_there,
                self.the_next_failure_leads_to_the_builder, self.the_mended_draft_goes_on_from_there, self.the_result_is_a_file_to_look_at,
                self.versions_are_published_and_compared)

    def somebody_signs_in(self):
        page = self.own.open("/pipelines")
        expect(page.get_by_label("Name or e-mail")).to_be_focused()
        page.keyboard.type("mira")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="No pipelines yet")).to_be_visible()


if __name__ == "__main__":
    unittest.main()
