"""Schedules and webhooks in the settings of the web UI."""

import json
import re
import unittest
import urllib.request

from test_ui_admin import HOSTILE, AdminTest
from ui_support import expect


class Triggers(AdminTest):
    def test_a_schedule_says_when_it_fires_next(self):
        self.make(self.person, "nightly", title="Nightly")
        window = self.window(self.person)
        page = window.open("/settings/triggers")
        page.get_by_role("button", name="New schedule").click()
        dialog = self.dialog(page)
        dialog.get_by_label("When").fill("61 * * * *")
        expect(dialog.get_by_role("status")).to_contain_text("61")
        dialog.get_by_label("When").fill("30 8 * * MON")
        dialog.get_by_label("On the clock of").fill("Europe/Berlin")
        expect(dialog.get_by_role("status")).to_contain_text(re.compile("Next: Mon.*08:30"))
        dialog.get_by_label("Inputs of the run").fill("[1]")
        self.press(page, "Make")
        expect(dialog.get_by_text("Inputs are a JSON object.")).to_be_visible()
        dialog.get_by_label("Inputs of the run").fill("")
        self.expect_accessible(window)
        self.press(page, "Make")
        expect(self.row(page, "Triggers", "Nightly")).to_contain_text(re.compile("Mon.*08:30"))
        page.get_by_role("switch").first.uncheck()
        expect(self.row(page, "Triggers", "Nightly")).to_contain_text("–")
        self.expect_accessible(window)

    def test_a_webhook_is_called_and_done_again(self):
        self.make(self.person, "greet", title="Greet", inputs={"who": {"type": "string", "default": "you"}})
        page = self.window(self.person).open("/settings/triggers")
        page.get_by_role("button", name="New webhook").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Inputs of the run").fill("who = trigger.body.who")
        dialog.get_by_label("Calls are signed").uncheck()
        self.press(page, "Make")
        address = dialog.locator("code").inner_text()
        self.press(page, "Done")
        expect(page.get_by_text(address)).to_have_count(0)
        self.assertNotIn(address, page.content())
        body = json.dumps({"who": HOSTILE}).encode()
        call = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(call) as answer:
            self.assertEqual(answer.status, 202)
        page.get_by_role("button", name="Actions for webhook").click()
        page.get_by_role("menuitem", name="Deliveries").click()
        deliveries = self.dialog(page).get_by_role("table", name="Deliveries")
        expect(deliveries.get_by_role("row")).to_have_count(2)
        deliveries.get_by_role("button", name=re.compile("B$")).click()
        expect(self.dialog(page)).to_contain_text(json.dumps({"who": HOSTILE}))
        self.expect_text_only(page)
        deliveries.get_by_role("button", name="Again").click()
        expect(deliveries.get_by_role("row")).to_have_count(3)
        expect(deliveries.get_by_role("link", name="Run")).to_have_count(2)

    def test_messages_go_to_an_address_with_a_key_shown_once(self):
        window = self.window(self.person)
        page = window.open("/settings/triggers")
        page.get_by_role("button", name="New address").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Address").fill("https://example.com/hook")
        self.press(page, "Add")
        expect(dialog.locator("code")).to_contain_text("whsec_")
        self.press(page, "Done")
        expect(self.row(page, "Messages to other systems", "https://example.com/hook")).to_contain_text("run.failed")
        self.expect_accessible(window)


if __name__ == "__main__":
    unittest.main()
