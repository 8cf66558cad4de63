"""Every page of the web UI with something on it, with nothing yet, while it waits and when it fails: judged by axe on a desk and
on a phone, and in a narrow window."""

import unittest

import ui_pages
from people import member
from ui_answers import NOISE_OF_IT, Answers
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
        for one in ui_pages.PAGES + ui_pages.STATES:
            with self.subTest(page=one.name):
                window = windows[one.is_public]
                window.open(ui_pages.path_of(one, self.made))
                expect(window.page.locator(one.ready).first).to_be_visible()
                expect(window.page.get_by_role("heading", name="This page did not load")).to_have_count(0)
                one.prepare(window.page)
                look(window, one)
                self.expect_no_faults(window)
            window.faults.clear()

    def test_is_accessible_on_a_desk(self):
        def look(window, one):
            page = window.page
            self.assertEqual(page.locator("h1").count(), 1)
            self.assertRegex(page.title(), r"^\S.* · Code Factory$")
            self.expect_accessible(window)
            if one.is_state:
                return
            page.emulate_media(contrast="more")
            self.expect_accessible(window)
            page.emulate_media(contrast="no-preference", reduced_motion="reduce")
            self.expect_still(page)
            page.emulate_media(reduced_motion="no-preference")
        self.each(None, look)

    def test_is_accessible_on_a_phone_and_fits_the_narrowest(self):
        def look(window, _):
            self.expect_accessible(window)
            self.expect_no_sideways_scroll(window.page)
            window.page.set_viewport_size(NARROWEST)
            self.expect_no_sideways_scroll(window.page)
            window.page.set_viewport_size(PHONE)
        self.each(PHONE, look, has_touch=True, is_mobile=True)

    def test_says_that_it_waits_what_went_wrong_and_goes_on(self):
        """The server says nothing, then it is away, then it fails, then it answers: at each a page says how things are, and in
        the end it shows what it would have shown. When it then fails again, what was there stays and is marked as old."""
        windows = {False: self.window(self.mira), True: self.window()}
        answers = {is_public: Answers(window.page) for is_public, window in windows.items()}
        for one in ui_pages.PAGES + ui_pages.STATES:
            if not one.reads:
                continue
            window, given = windows[one.is_public], answers[one.is_public]
            with self.subTest(page=one.name):
                given.reads = one.reads
                self.waits_and_fails(window, given, one)
                window.faults[:] = [fault for fault in window.faults if NOISE_OF_IT not in fault]
                self.expect_no_faults(window)
            given.let()
            window.faults.clear()

    def waits_and_fails(self, window, answers, one):
        page = window.page
        waiting = page.locator("[aria-busy=true]:not(button)")
        alerts = page.get_by_role("alert")
        retry = page.get_by_role("button", name="Retry", exact=True)
        answers.keep()
        page.goto(self.url + ui_pages.path_of(one, self.made))
        if one.is_state and one.ready.startswith("main "):
            expect(page.locator(one.ready).first).to_be_visible()
        one.prepare(page)
        expect(waiting.first).to_be_attached()
        expect(page.get_by_role("status").filter(has_text="Loading").first).to_be_attached()
        expect(page.locator("h1")).to_have_count(1)
        self.expect_accessible(window)

        answers.cut()
        expect(alerts.first).to_contain_text("The server does not answer")
        expect(waiting).to_have_count(0)

        answers.refuse()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(alerts.first).to_contain_text("The store is busy")
        expect(alerts.first).to_contain_text("req_1")
        self.expect_accessible(window)
        self.expect_no_sideways_scroll(page)

        # Who goes on by keyboard is not thrown back to the beginning.
        count = retry.count()
        retry.first.focus()
        page.keyboard.press("Enter")
        expect(retry).to_have_count(count)
        self.assertTrue(page.evaluate("document.activeElement !== document.body"), "the keyboard is lost")
        answers.let()
        for left in range(count - 1, -1, -1):
            retry.first.click()
            expect(retry).to_have_count(left)
        expect(page.locator(one.ready).first).to_be_visible()
        expect(waiting).to_have_count(0)
        if one.again:
            self.keeps_what_it_had(window, answers, one, retry)

    def keeps_what_it_had(self, window, answers, one, retry):
        page = window.page
        former = page.get_by_text("Below: as it was at")
        answers.refuse()
        one.again(page)
        expect(former).to_be_visible()
        expect(page.get_by_role("alert").first).to_contain_text("The store is busy")
        expect(page.locator(one.ready).first).to_be_visible()
        self.expect_accessible(window)
        answers.let()
        retry.click()
        expect(former).to_have_count(0)
        expect(page.locator(one.ready).first).to_be_visible()

    def test_has_something_to_say_where_there_is_nothing_yet(self):
        window = self.window(member(self.service, "newcomer"))
        for path, words in (
                ("/pipelines", "No pipelines yet"), ("/pipelines/trash", "The trash is empty"), ("/runs", "No runs yet"), ("/monitor", "Nothing ran in these days"),
                ("/files", "No files yet"), ("/models", "No model provider yet"), ("/models?tab=secrets", "No secret here yet"), ("/notifications", "Nothing was said yet"),
                ("/settings/keys", "No access key yet"), ("/settings/triggers", "No trigger yet"), ("/settings/alerts", "No alert yet"),
                ("/settings/people", "For admins"), ("/settings/audit", "For admins")):
            with self.subTest(path=path):
                page = window.open(path)
                expect(page.get_by_role("main")).to_contain_text(words)
                expect(page.locator("main").get_by_role("alert")).to_have_count(0)
                self.expect_accessible(window)
                self.expect_no_faults(window)
            window.faults.clear()

    def test_is_there_soon(self):
        """The first load takes little, and goes to nobody but this server."""
        window = self.window(self.mira)
        answers = []
        window.page.on("response", lambda response: answers.append(response))
        window.open("/pipelines")
        self.assertEqual([one.url for one in answers if not one.url.startswith(self.url)], [])


if __name__ == "__main__":
    unittest.main()
