"""The web UI in Firefox, Debian's own: every page and its states."""

import unittest

import ui_pages
from ui_support import UITest, expect


class InFirefox(UITest):
    def window(self, person=None, **more):
        return super().window(person, browser="firefox", **more)


class EveryPage(InFirefox):
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


if __name__ == "__main__":
    unittest.main()
