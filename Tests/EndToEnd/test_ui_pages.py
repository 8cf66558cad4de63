"""Every page of the web UI with something on it: judged by axe on a desk and on a phone, and in a narrow window."""

import unittest

import ui_pages
from ui_support import NARROWEST, PHONE, UITest, expect


class EveryPage(UITest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = ui_pages.fill(cls.service, cls.mira)

    @classmethod
    def tearDownClass(cls):
        ui_pages.end(cls.mira, cls.made)
        super().tearDownClass()

    def each(self, viewport, look, **more):
        """A window for all pages of one size: each is loaded anew, and what is wrong with one hides no other."""
        windows = {False: self.window(self.mira, viewport, **more), True: self.window(None, viewport, **more)}
        for one in ui_pages.PAGES:
            with self.subTest(page=one.name):
                window = windows[one.is_public]
                window.open(ui_pages.path_of(one, self.made))
                expect(window.page.locator(one.ready).first).to_be_visible()
                expect(window.page.get_by_role("heading", name="This page did not load")).to_have_count(0)
                one.prepare(window.page)
                look(window)
                self.expect_no_faults(window)
            window.faults.clear()

    def test_is_accessible_on_a_desk(self):
        def look(window):
            page = window.page
            self.assertEqual(page.locator("h1").count(), 1)
            self.assertRegex(page.title(), r"^\S.* · Code Factory$")
            self.expect_accessible(window)
            page.emulate_media(contrast="more")
            self.expect_accessible(window)
            page.emulate_media(contrast="no-preference", reduced_motion="reduce")
            self.expect_still(page)
            page.emulate_media(reduced_motion="no-preference")
        self.each(None, look)

    def test_is_accessible_on_a_phone(self):
        self.each(PHONE, self.expect_accessible, has_touch=True, is_mobile=True)

    def test_fits_a_narrow_window(self):
        self.each(NARROWEST, lambda window: self.expect_no_sideways_scroll(window.page))

    def test_is_there_soon(self):
        """The first load takes little, and goes to nobody but this server."""
        window = self.window(self.mira)
        answers = []
        window.page.on("response", lambda response: answers.append(response))
        window.open("/pipelines")
        self.assertEqual([one.url for one in answers if not one.url.startswith(self.url)], [])


if __name__ == "__main__":
    unittest.main()
