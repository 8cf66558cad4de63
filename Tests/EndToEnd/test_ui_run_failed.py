"""A run that failed, in a browser: why, and the ways on: retry, mend and go on from there."""

import re
import unittest

from test_ui_run import RunTest
from ui_support import PHONE, expect


class Failing(RunTest):
    def fail(self, name):
        return self.start(self.create([
            {"id": "before", "type": "transform", "with": {"ops": [{"expression": "1 + 1"}]}},
            {"id": "read", "type": "file", "with": {"operation": "read", "path": "%s.txt" % name}},
            {"id": "after", "type": "transform", "with": {"ops": [{"expression": "steps.read.output.content"}]}}], name=name), wait=20)

    def test_leads_from_the_cause_to_a_retry_from_there(self):
        run = self.fail("missing")
        self.assertEqual(run["status"], "failed")
        window, page = self.open_run(run)
        self.status(page, "Failed at read")
        alert = page.get_by_role("alert").first
        expect(alert).to_contain_text("read stopped")
        expect(alert).to_contain_text("does not run again")
        expect(page.get_by_role("tabpanel")).to_contain_text("file_not_found")
        expect(self.step(page, "after")).to_contain_text("Skipped")
        builder = page.get_by_role("link", name="Open in builder")
        expect(builder).to_have_attribute("href", "/pipelines/%s?step=read" % run["pipeline"]["id"])
        self.expect_accessible(window)
        builder.click()
        expect(page.locator(".insp")).to_be_focused()
        page.go_back()
        # Where there is no room beside it, the message is there once.
        expect(self.open_run(run, PHONE)[1].locator(".banner b:visible")).to_have_count(1)
        self.mira.request("PUT", "/api/v1/files?path=missing.txt", "here it is", **{"Content-Type": "application/octet-stream"})
        page.get_by_role("button", name="Retry from read").click()
        self.status(page, "Succeeded")
        expect(self.step(page, "read")).to_contain_text("2 tries")
        self.step(page, "after").click()
        expect(page.get_by_role("tabpanel")).to_contain_text("here it is")

    def test_goes_on_with_the_draft_once_that_was_mended(self):
        run = self.fail("mended")
        _, page = self.open_run(run)
        self.status(page, "Failed at read")
        expect(page.get_by_role("tabpanel")).to_contain_text("after a change in the builder, go on with the draft")
        expect(page.get_by_role("button", name=re.compile("with the draft"))).to_have_count(0)
        path = "/api/v1/pipelines/" + run["pipeline"]["id"]
        self.mira.request("PUT", "/api/v1/files?path=there.txt", "here it is", **{"Content-Type": "application/octet-stream"})
        step = {"id": "read", "type": "file", "with": {"operation": "read", "path": "there.txt"}}
        self.assertEqual(self.mira.request("PUT", path + "/steps/read", step, If_Match="*").status, 200)
        page.reload()
        page.get_by_role("button", name="Go on from read with the draft").click()
        expect(page).not_to_have_url(re.compile(run["id"]))
        self.status(page, "Succeeded")
        expect(page.get_by_role("link", name="an earlier run")).to_have_attribute("href", "/runs/" + run["id"])
        expect(self.step(page, "before")).to_contain_text("Cached")
        self.step(page, "after").click()
        expect(page.get_by_role("tabpanel")).to_contain_text("here it is")
        page.get_by_role("link", name="mended", exact=True).click()
        page.get_by_role("button", name="List", exact=True).click()
        page.get_by_role("button", name="More for after").click()
        page.get_by_role("menuitem", name="Run from here").click()
        self.status(page, "Succeeded")
        expect(self.step(page, "read")).to_contain_text("Cached")
        self.assertEqual([len(each["attempts"]) for each in self.mira.request("GET", "/api/v1/runs/" + page.url.rsplit("/", 1)[1]).json["steps"]], [0, 0, 1])

    def test_asks_before_models_take_the_place_of_recorded_answers(self):
        made = self.mira.request("POST", "/api/v1/pipelines", {"template": "commit-message", "name": "recorded"}).json
        path = "/api/v1/pipelines/" + made["id"]
        field = next(name for name, schema in made["document"]["inputs"].items() if schema["type"] == "string")
        run = self.mira.request("POST", path + "/runs", {"mode": "replay", "inputs": {field: "something else"}}, Prefer="wait=30").json
        self.assertEqual(run["status"], "failed", str(run))
        failed = next(step for step in run["steps"] if step["status"] == "failed")
        step = next(each for each in made["document"]["steps"] if each["type"] == "prompt")
        step["with"]["temperature"] = 0.7
        self.assertEqual(self.mira.request("PUT", path + "/steps/" + step["id"], step, If_Match="*").status, 200)
        _, page = self.open_run(run)
        go_on = page.get_by_role("button", name="Go on from %s with the draft" % failed["id"])
        go_on.click()
        dialog = page.get_by_role("dialog", name="Ask models?")
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_have_count(0)
        expect(go_on).to_be_focused()
        go_on.click()
        dialog.get_by_role("button", name="Ask models").click()
        expect(page).not_to_have_url(re.compile(run["id"]))
        fork = self.mira.request("GET", "/api/v1/runs/" + page.url.rsplit("/", 1)[1]).json
        self.assertEqual((fork["mode"], fork["forked_from"]), ("normal", run["id"]))

    def test_is_seen_by_a_second_window_too(self):
        run = self.fail("watched")
        _, first = self.open_run(run)
        _, second = self.open_run(run)
        self.mira.request("PUT", "/api/v1/files?path=watched.txt", "now", **{"Content-Type": "application/octet-stream"})
        first.get_by_role("button", name="Retry what failed").click()
        self.status(first, "Succeeded")
        self.status(second, "Succeeded")


if __name__ == "__main__":
    unittest.main()
