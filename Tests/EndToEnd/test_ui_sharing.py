"""Pipelines shared with others and compared with what they were, in the web UI."""

import re
import unittest

from people import PASSWORD, member
from test_ui_home import HomeTest, document, step
from ui_support import NARROWEST, expect


class Sharing(HomeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = member(cls.service, "shares")
        cls.ada = member(cls.service, "ada")
        cls.grace = member(cls.service, "grace")

    def test_names_people_with_what_they_may_do(self):
        made = self.make(self.owner, document("given", title="Given"))
        window = self.window(self.owner)
        page = window.open("/pipelines?q=given")
        self.choose(page, "Given", "Share")
        dialog = page.get_by_role("dialog", name="Share Given")
        expect(dialog).to_contain_text("Nobody else can see it")
        who = dialog.get_by_label("Name or e-mail address")
        expect(who).to_be_focused()
        page.keyboard.type("nobody")
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert")).to_have_text("No account of this server has that name or address")
        self.expect_accessible(window)
        who.fill("ada")
        dialog.get_by_label("Role", exact=True).select_option("runner")
        page.keyboard.press("Tab")
        dialog.get_by_role("button", name="Share", exact=True).click()
        expect(dialog.get_by_label("Role of ada")).to_have_value("runner")
        expect(dialog).to_contain_text("The owner and 1 other person can see it")
        self.assertEqual(self.ada.request("GET", "/api/v1/pipelines/" + made).json["role"], "runner")
        secrets = dialog.get_by_role("group", name="What runs of ada may use").get_by_label("My secrets")
        secrets.check()
        expect(secrets).to_be_enabled()
        expect(secrets).to_be_checked()
        self.assertEqual(self.owner.request("GET", "/api/v1/pipelines/%s/shares" % made).json["people"][0]["allows"], ["secrets"])
        dialog.get_by_label("Role of ada").select_option("editor")
        expect(dialog.get_by_label("Role of ada")).to_be_enabled()
        self.assertEqual(self.ada.request("GET", "/api/v1/pipelines/" + made).json["role"], "editor")
        dialog.get_by_label("Everyone on this server can view").check()
        expect(dialog).to_contain_text("Everyone with an account on this server can view it.")
        self.assertEqual(self.grace.request("GET", "/api/v1/pipelines/" + made).status, 200)
        dialog.get_by_label("Only people named above").check()
        expect(dialog).to_contain_text("The owner and 1 other person can see it")
        dialog.get_by_role("button", name="Take ada off").click()
        expect(dialog).to_contain_text("Nobody else can see it")
        self.assertEqual(self.ada.request("GET", "/api/v1/pipelines/" + made).status, 404)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="More for Given")).to_be_focused()

    def test_makes_a_link_that_is_shown_once_and_can_be_revoked(self):
        self.make(self.owner, document("linked", title="Linked"))
        window = self.window(self.owner)
        page = window.open("/pipelines?q=linked")
        self.choose(page, "Linked", "Share")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Role of the link").select_option("runner")
        dialog.get_by_label("How long the link is good").select_option("86400")
        dialog.get_by_role("button", name="Make a link").click()
        address = dialog.locator(".once code").inner_text()
        self.expect_accessible(window)
        guest = self.window(self.ada)
        guest.page.goto(address)
        expect(guest.page).to_have_url(re.compile(r"/pipelines/pl_\w+$"))
        page.keyboard.press("Escape")
        self.choose(page, "Linked", "Share")
        expect(dialog.get_by_role("list", name="Links")).to_contain_text("used 1 time")
        expect(dialog).not_to_contain_text(address)
        expect(dialog.get_by_label("Role of ada")).to_have_value("runner")
        dialog.get_by_role("button", name="Revoke").click()
        expect(dialog.get_by_role("list", name="Links")).to_have_count(0)
        late = self.window(self.grace)
        late.page.goto(address)
        expect(late.page.get_by_role("alert")).to_contain_text("revoked or has expired")
        self.expect_accessible(late)
        incomplete = self.window(self.grace)
        expect(incomplete.open("/shared").get_by_role("main")).to_contain_text("The link is not whole")

    def test_keeps_a_link_while_somebody_signs_in(self):
        made = self.make(self.owner, document("later", title="Later"))
        link = self.owner.request("POST", "/api/v1/pipelines/%s/share-links" % made, {"role": "viewer", "expires_in": 3600}).json["token"]
        member(self.service, "comes-later")
        page = self.window().page
        page.goto(self.url + "/shared#" + link)
        expect(page).to_have_url(re.compile(r"/signin\?next="))
        self.assertNotIn(link, page.url)
        page.get_by_label("Name or e-mail").fill("comes-later")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.url + "/pipelines/" + made)
        self.assertIsNone(page.evaluate("sessionStorage.getItem('cf.share-link')"))

    def test_shows_an_editor_who_else_can_see_it(self):
        made = self.make(self.owner, document("edited", title="Edited together"))
        self.owner.request("PUT", "/api/v1/pipelines/%s/shares/%s" % (made, self.ada.account), {"role": "editor"})
        page = self.window(self.ada).open("/pipelines?q=edited")
        self.choose(page, "Edited together", "Share")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("list", name="People")).to_contain_text("shares")
        expect(dialog).to_contain_text("Only its owner shares it.")
        expect(dialog.get_by_role("button", name="Make a link")).to_have_count(0)
        expect(dialog.get_by_label("Everyone on this server can view")).to_be_disabled()


class Comparing(HomeTest):
    def setUp(self):
        self.pipeline = self.make(self.mira, document("compared-%s" % self.id()[-12:].replace("_", "-").strip("-"), title="Compared", steps=[
            step("read", "1"), step("gone", "2"), step("keep", "[1, 2]", description="one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n")]))
        self.publish(self.mira, self.pipeline, "The first")
        name = self.mira.request("GET", "/api/v1/pipelines/" + self.pipeline).json["name"]
        self.change(self.mira, self.pipeline, document(name, title="Compared <b>", steps=[
            step("fetch", "1"), step("keep", "[1, 3]", description="one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"), step("fresh", "'<i>'")]))
        self.path = "/pipelines/%s/versions/1/diff/draft" % self.pipeline

    def test_says_by_meaning_what_changed(self):
        window = self.window(self.mira)
        page = window.open(self.path)
        changes = page.get_by_role("navigation", name="Changes")
        for words in ("Pipeline 1 change", "fetch Renamed from read", "gone Removed", "keep 1 change", "fresh Added"):
            expect(changes.get_by_role("button", name=re.compile(words.replace(" ", r"\s*")))).to_be_visible()
        keep = page.get_by_role("region", name=re.compile("keep"))
        expect(keep.locator("del")).to_have_text(["2"])
        expect(keep.locator("ins")).to_have_text(["3"])
        keep.get_by_role("button", name=re.compile("lines that did not change")).first.click()
        expect(keep).to_contain_text("seven")
        self.expect_accessible(window)
        changes.get_by_role("button", name=re.compile("fresh")).click()
        expect(page.get_by_role("region", name="fresh: Added")).to_be_focused()
        page.get_by_role("button", name="Side by side").click()
        expect(page).to_have_url(re.compile(r"\?view=side"))
        expect(page.locator(".dhalf").first).to_be_visible()
        self.expect_accessible(window)
        page.get_by_role("button", name="Graph").click()
        graph = page.get_by_role("img", name=re.compile("Both versions as one graph"))
        expect(graph.locator(".n.removed")).to_have_count(1)
        expect(graph.locator(".n.added")).to_have_count(1)
        self.expect_accessible(window)

    def test_publishes_the_draft_and_restores_a_version_with_a_message(self):
        window = self.window(self.mira)
        page = window.open(self.path)
        page.get_by_role("button", name="Publish").click()
        page.get_by_role("dialog").get_by_label("What changed").fill("The second")
        self.expect_accessible(window)
        page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(page).to_have_url(re.compile("/versions/1/diff/2$"))
        expect(page.get_by_role("combobox", name="After")).to_have_value("2")
        page.get_by_role("button", name="Swap").click()
        expect(page).to_have_url(re.compile("/versions/2/diff/1$"))
        page.get_by_role("combobox", name="Before").select_option("1")
        expect(page).to_have_url(re.compile("/versions/1/diff/1$"))
        page.get_by_role("combobox", name="After").select_option("draft")
        expect(page).to_have_url(re.compile("/versions/1/diff/draft$"))
        page.get_by_role("button", name=re.compile("Restore version 1")).click()
        page.get_by_role("dialog").get_by_label("Message").fill("As it was")
        page.get_by_role("dialog").get_by_role("button", name="Restore").click()
        expect(page.get_by_role("heading", name="No difference")).to_be_visible()
        self.expect_accessible(window)
        versions = self.mira.request("GET", "/api/v1/pipelines/%s/versions" % self.pipeline).json["items"]
        self.assertEqual([(one["number"], one["message"]) for one in versions], [(3, "As it was"), (2, "The second"), (1, "The first")])

    def test_offers_who_only_looks_nothing_to_change(self):
        viewer = member(self.service, "looks-%s" % self.pipeline[-6:])
        self.mira.request("PUT", "/api/v1/pipelines/%s/shares/%s" % (self.pipeline, viewer.account), {"role": "viewer"})
        page = self.window(viewer).open(self.path)
        expect(page.get_by_role("navigation", name="Changes")).to_be_visible()
        for name in ("Publish", "Restore"):
            expect(page.get_by_role("button", name=re.compile(name))).to_have_count(0)

    def test_says_when_there_is_no_such_version(self):
        window = self.window(self.mira)
        page = window.open("/pipelines/%s/versions/9/diff/draft" % self.pipeline)
        expect(page.get_by_role("alert")).to_contain_text("Not found")
        self.expect_accessible(window)

    def test_fits_a_narrow_window(self):
        window = self.window(self.mira, NARROWEST)
        page = window.open(self.path)
        expect(page.get_by_role("navigation", name="Changes")).to_be_visible()
        self.expect_no_sideways_scroll(page)
        page.get_by_role("button", name="Side by side").click()
        expect(page.locator(".dhalf").first).to_be_visible()
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)


if __name__ == "__main__":
    unittest.main()
