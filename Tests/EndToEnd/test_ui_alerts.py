"""Alerts in the web UI: asking for them by keyboard alone, and hearing what they say."""

import re
import unittest

from people import member
from support import value
from ui_support import NARROWEST, PHONE, UITest, expect


class AlertsTest(UITest):
    def setUp(self):
        name = re.sub(r"\W+", "-", self.id().rsplit(".", 1)[1])[-40:].strip("-_")
        self.person = member(self.service, name)

    def ask(self, method, path, body=None, **headers):
        reply = self.person.request(method, "/api/v1" + path, body, **headers)
        self.assertLess(reply.status, 300, str(reply))
        return reply.json if reply.body else None

    def flaky(self, title="Flaky"):
        """A pipeline that fails with 0."""
        return self.ask("POST", "/pipelines", {"document": {
            "version": 1, "name": "flaky", "title": title, "inputs": {"n": {"type": "integer", "default": 0}},
            "steps": [value("divide", "10 / inputs.n")]}})["id"]

    def run_with(self, pipeline, n):
        return self.ask("POST", "/pipelines/%s/runs" % pipeline, {"inputs": {"n": n}}, Prefer="wait=30")["status"]

    def row(self, page, table, text):
        return page.get_by_role("table", name=table, exact=True).get_by_role("row").filter(has_text=text)

    def bell(self, page):
        return page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Notifications")


class Notifications(AlertsTest):
    def test_show_live_what_fails_until_it_is_over(self):
        pipeline = self.flaky()
        self.ask("POST", "/alerts", {"kind": "failure", "failures": 2, "pipeline": pipeline})
        window = self.window(self.person)
        page = window.open("/notifications")
        expect(page.get_by_role("heading", name="Nothing was said yet")).to_be_visible()
        self.expect_accessible(window)
        self.run_with(pipeline, 0)
        self.assertEqual("failed", self.run_with(pipeline, 0))
        # Nobody loads the page anew: it hears of it, and says so.
        said = page.get_by_role("table", name="Notifications").get_by_role("row").nth(1)
        expect(said).to_contain_text("Ongoing")
        expect(self.bell(page)).to_contain_text("1 unread")
        expect(page.locator("[aria-live=polite]").filter(has_text="Alert: ")).to_have_count(1)
        self.run_with(pipeline, 0)
        expect(said).to_contain_text("2 times")
        self.expect_accessible(window)

        page.get_by_role("button", name="Mark all as read").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
        expect(self.bell(page)).not_to_contain_text("unread")
        expect(page.get_by_role("group", name="Notifications")).to_be_focused()
        page.get_by_role("link", name="Unread", exact=True).click()
        expect(page.get_by_role("heading", name="All is read")).to_be_visible()
        page.go_back()
        expect(said).to_be_visible()
        self.assertEqual("succeeded", self.run_with(pipeline, 1))
        expect(said).to_contain_text("Over")
        self.expect_accessible(window)
        said.get_by_role("link", name=re.compile("^Run")).click()
        expect(page).to_have_url(re.compile(r"/runs/run_"))

    def test_are_counted_on_every_page_and_marked_one_by_one(self):
        pipeline = self.flaky()
        self.ask("POST", "/alerts", {"kind": "failure", "pipeline": pipeline})
        page = self.window(self.person).open("/settings/appearance")
        expect(self.bell(page)).to_be_visible()
        for n in (0, 1, 0):
            self.run_with(pipeline, n)
        expect(self.bell(page)).to_contain_text("2 unread")
        self.bell(page).click()
        rows = page.get_by_role("table", name="Notifications").get_by_role("row")
        expect(rows.nth(1)).to_contain_text("Ongoing")
        expect(rows.nth(2)).to_contain_text("Over")
        rows.nth(1).get_by_role("button", name=re.compile("Mark as read")).click()
        expect(self.bell(page)).to_contain_text("1 unread")
        expect(rows.nth(2).get_by_role("button")).to_have_count(1)

    def test_come_page_by_page(self):
        pipeline = self.flaky()
        for number in range(51):
            self.ask("POST", "/alerts", {"kind": "failure", "name": "Alert %d" % number, "pipeline": pipeline})
        self.run_with(pipeline, 0)
        page = self.window(self.person).open("/notifications")
        rows = page.locator("main tbody tr")
        expect(rows).to_have_count(50)
        page.get_by_role("button", name="Show more").click()
        expect(rows).to_have_count(51)
        expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        expect(rows.filter(has_text="Ongoing")).to_have_count(51)
        self.run_with(pipeline, 1)
        # What one has come to stays when more is said.
        expect(rows.filter(has_text="Over")).to_have_count(51)

    def test_are_under_more_on_a_phone(self):
        pipeline = self.flaky(title="F" * 80)
        self.ask("POST", "/alerts", {"kind": "failure", "name": "N" * 80, "pipeline": pipeline})
        self.run_with(pipeline, 0)
        window = self.window(self.person, PHONE, has_touch=True, is_mobile=True)
        page = window.open("/pipelines")
        more = page.get_by_role("button", name=re.compile(r"^More\s*, 1 unread"))
        expect(more).to_be_visible()
        more.click()
        self.expect_accessible(window)
        page.get_by_role("menuitem", name=re.compile("Notifications.*1 unread")).click()
        expect(page).to_have_url(self.url + "/notifications")
        for path, table in (("/notifications", "Notifications"), ("/settings/alerts", "Alerts")):
            with self.subTest(path=path):
                page = window.open(path)
                expect(page.get_by_role("table", name=table)).to_be_visible()
                self.expect_no_sideways_scroll(page)
                self.expect_accessible(window)
                page.set_viewport_size(NARROWEST)
                self.expect_no_sideways_scroll(page)
                page.set_viewport_size(PHONE)


class Rules(AlertsTest):
    def focus(self, page, name):
        """By Tab alone, as far as it takes."""
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent).replace(/\\s+/g, ' ').trim()") == name:
                return
        self.fail("the keyboard does not come to " + name)

    def test_are_made_changed_and_removed_by_keyboard(self):
        self.flaky()
        window = self.window(self.person)
        page = window.open("/settings/alerts")
        expect(page.get_by_role("heading", name="No alert yet")).to_be_visible()
        self.expect_accessible(window)
        self.focus(page, "New alert")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Tell me when")).to_be_focused()
        page.keyboard.type("Runs stop")
        page.keyboard.press("Tab")
        expect(dialog.get_by_label("No run for")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("0.5")
        page.keyboard.press("Enter")
        expect(dialog.locator(".err")).to_be_visible()
        expect(dialog.get_by_label("No run for")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("2")
        page.keyboard.press("Tab")
        page.keyboard.type("hours")
        page.keyboard.press("Tab")
        page.keyboard.type("Flaky")
        self.expect_accessible(window)
        dialog.get_by_label("No run for").focus()
        page.keyboard.press("Enter")
        row = self.row(page, "Alerts", "No run began for 2 h")
        expect(row).to_contain_text("Flaky")
        expect(page.get_by_role("button", name="New alert")).to_be_focused()

        self.focus(page, "No run began for 2 h")
        with page.expect_response(lambda one: one.request.method == "PATCH"):
            page.keyboard.press("Space")
        expect(row.get_by_role("switch")).not_to_be_checked()
        self.assertEqual([False], [one["enabled"] for one in self.ask("GET", "/alerts")["items"]])
        self.focus(page, "Change No run began for 2 h")
        page.keyboard.press("Enter")
        expect(dialog.get_by_label("No run for")).to_have_value("2")
        page.keyboard.type("A run costs")
        page.keyboard.press("Tab")
        expect(dialog.get_by_label("More than, in US dollars")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("0.25")
        page.keyboard.press("Enter")
        expect(self.row(page, "Alerts", "A run cost more than $0.25")).to_contain_text("Flaky")
        self.expect_accessible(window)

        self.focus(page, "Remove A run cost more than $0.25")
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="No alert yet")).to_be_visible()
        expect(page.get_by_role("button", name="New alert")).to_be_focused()
        self.assertEqual([], self.ask("GET", "/alerts")["items"])

    def test_that_somebody_else_changed_are_not_overwritten(self):
        made = self.ask("POST", "/alerts", {"kind": "failure", "name": "Mine"})
        page = self.window(self.person).open("/settings/alerts")
        expect(self.row(page, "Alerts", "Mine")).to_be_visible()
        self.ask("PATCH", "/alerts/" + made["id"], {"name": "Theirs"})
        page.get_by_role("switch", name="Mine").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_role("switch", name="Theirs")).to_be_checked()


if __name__ == "__main__":
    unittest.main()
