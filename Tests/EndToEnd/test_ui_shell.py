"""The frame of the web UI: getting in and out, finding one's way, and what it does when things go wrong."""

import re
import unittest

from people import PASSWORD, member, setup_token, sign_in
from ui_support import NARROWEST, PHONE, UITest, expect, until

SIGN_IN = re.compile(r"/signin")
# Files of modules that are asked for later, by the server's own names for them or by those of the sources.
OTHER_PAGES = re.compile(r"/(together/(?!0\.)\d+|pages/monitor/monitor)\.js$")


class AServerWithoutAccounts(UITest):
    has_account = False

    def test_lets_the_first_account_be_made_by_the_link_it_prints(self):
        window = self.window()
        page = window.open("/setup#" + setup_token(self.service))
        self.assertNotIn("#", page.url)
        self.expect_accessible(window)
        page.get_by_label("Name").fill("mira")
        page.get_by_label("Password", exact=True).fill("short")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("alert")).to_contain_text("12 characters")
        self.expect_accessible(window)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
        self.assertEqual(page.url, self.url + "/pipelines")
        again = self.window().open("/setup")
        expect(again.get_by_role("main")).to_contain_text("needs the link")


class SigningIn(UITest):
    def test_leads_to_where_one_wanted_to_go(self):
        window = self.window()
        page = window.open("/runs?status=failed")
        expect(page).to_have_url(re.compile(r"/signin\?next="))
        expect(page.get_by_label("Name or e-mail")).to_be_focused()
        self.expect_accessible(window)
        page.keyboard.type("mira")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.url + "/runs?status=failed")

    def test_keeps_the_name_after_a_wrong_password(self):
        member(self.service, "forgetful")
        window = self.window()
        page = window.open("/signin")
        page.get_by_label("Name or e-mail").fill("forgetful")
        page.get_by_label("Password").fill("not my password")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_have_text("That name and password do not match.")
        expect(page.get_by_label("Name or e-mail")).to_have_value("forgetful")
        expect(page.get_by_label("Password")).to_be_focused()
        self.expect_accessible(window)
        page.get_by_label("Password").fill(PASSWORD)
        expect(page.get_by_role("alert")).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.url + "/pipelines")

    def test_goes_nowhere_else_by_a_link_of_somebody_elses(self):
        page = self.window(sign_in(self.service, "mira")).open("/signin?next=//elsewhere.example/")
        expect(page).to_have_url(self.url + "/pipelines")

    def test_ends_for_good(self):
        member(self.service, "leaving")
        window = self.window(sign_in(self.service, "leaving"))
        page = window.open("/runs")
        page.get_by_role("button", name="Account: leaving").click()
        page.get_by_role("menuitem", name="Sign out").click()
        expect(page).to_have_url(SIGN_IN)
        page.go_back()
        expect(page).to_have_url(SIGN_IN)
        page.goto(self.url + "/pipelines")
        expect(page).to_have_url(SIGN_IN)

    def test_is_asked_for_again_when_the_session_was_ended_elsewhere(self):
        person = member(self.service, "elsewhere")
        page = self.window(person).open("/runs?status=succeeded")
        person.request("DELETE", "/api/v1/session")
        # The page may have noticed by itself already, and have no such link any more.
        page.evaluate("document.querySelector('a[href=\"/monitor\"]')?.click()")
        expect(page).to_have_url(SIGN_IN)
        page.get_by_label("Name or e-mail").fill("elsewhere")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/(monitor|runs)"))


class Links(UITest):
    def invitation(self, **body):
        reply = self.service.request("POST", "/api/v1/invitations", body)
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["url"].split("/", 3)[3]

    def test_make_an_account(self):
        window = self.window()
        page = window.open("/" + self.invitation(kind="invite"))
        page.get_by_label("Name").fill("ada")
        self.expect_accessible(window)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("button", name="Account: ada")).to_be_visible()

    def test_set_a_new_password(self):
        person = member(self.service, "grace")
        page = self.window().open("/" + self.invitation(kind="reset", account=person.account))
        expect(page.get_by_label("Name")).to_have_count(0)
        page.get_by_label("Password", exact=True).fill("another password")
        page.get_by_role("button", name="Set the password").click()
        expect(page.get_by_role("button", name="Account: grace")).to_be_visible()
        sign_in(self.service, "grace", "another password")

    def test_that_are_not_good_say_so(self):
        window = self.window()
        page = window.open("/join#" + "0" * 64)
        expect(page.get_by_role("main")).to_contain_text("This link does not work")
        self.expect_accessible(window)


class OnePerson(UITest):
    arguments = ("--single-user",)
    has_account = False

    def test_is_signed_in_by_the_link_that_is_printed(self):
        link = re.search(r"(/sign-in#\w+)", self.service.words()).group(1)
        page = self.window().open(link)
        expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
        self.assertNotIn("#", page.url)


class TheShell(UITest):
    def test_says_what_page_it_shows(self):
        window = self.window(self.mira)
        page = window.open("/runs")
        page.get_by_role("link", name="Monitor").first.click()
        expect(page).to_have_title(re.compile(r"^Monitor · Code Factory$"))
        expect(page.locator("#main")).to_be_focused()
        expect(page.get_by_role("link", name="Monitor").first).to_have_attribute("aria-current", "page")
        expect(page.locator("[role=status][aria-live=polite]").first).to_contain_text("Monitor")
        page.go_back()
        expect(page).to_have_title(re.compile(r"^Runs"))

    def test_comes_back_to_where_it_was_scrolled(self):
        page = self.window(self.mira, {"width": 800, "height": 400}).open("/templates")
        expect(page.get_by_role("link", name="Triage of a log").first).to_be_visible()
        page.mouse.move(400, 300)
        page.mouse.wheel(0, 300)
        until(page, "scrollY === 300 && history.state?.top === 300")
        page.get_by_role("link", name="Triage of a log").first.press("Enter")
        expect(page).to_have_url(self.url + "/templates/triage-logs")
        until(page, "scrollY === 0")
        page.go_back()
        expect(page).to_have_url(self.url + "/templates")
        until(page, "scrollY > 0")
        until(page, "scrollY === history.state.top")

    def test_has_a_page_for_addresses_that_lead_nowhere(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        expect(page.get_by_role("main")).to_contain_text("/no/such/page")
        self.expect_accessible(window)
        page.get_by_role("link", name="Open runs").click()
        expect(page).to_have_url(self.url + "/runs")

    def test_lets_the_keyboard_skip_to_the_content(self):
        page = self.window(self.mira).open("/no/such/page")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

    def test_goes_by_keys(self):
        page = self.window(self.mira).open("/no/such/page")
        page.keyboard.press("g")
        page.keyboard.press("t")
        expect(page).to_have_url(self.url + "/templates")
        page.keyboard.press("g")
        page.keyboard.press("r")
        expect(page).to_have_url(self.url + "/runs")

    def test_leaves_letters_alone_when_they_are_turned_off(self):
        page = self.window(self.mira).open("/no/such/page")
        page.evaluate("localStorage.setItem('cf.letter-keys', 'false')")
        page.reload()
        expect(page.locator("h1").first).to_be_visible()
        page.keyboard.press("g")
        page.keyboard.press("t")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_have_count(0)
        self.assertEqual(page.url, self.url + "/no/such/page")
        page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog", name="Search and commands")).to_be_visible()

    def test_lists_its_keys(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(sheet.get_by_role("button", name="Close")).to_be_focused()
        expect(sheet).to_contain_text("Search and commands")
        self.expect_accessible(window)
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)

    def test_searches_by_keyboard(self):
        document = {"version": 1, "name": "nightly-digest", "title": "Nightly digest", "steps": [
            {"id": "a", "type": "transform", "with": {"ops": [{"expression": "1"}]}}]}
        reply = self.mira.request("POST", "/api/v1/pipelines", document)
        self.assertEqual(reply.status, 201, str(reply))
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox")
        expect(box).to_be_focused()
        self.expect_accessible(window)
        page.keyboard.type("nightly dig")
        option = page.get_by_role("option", name="Nightly digest")
        expect(option).to_be_visible()
        expect(option).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
        self.expect_accessible(window)
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.url + "/pipelines/" + reply.json["id"])

    def test_searches_for_pages_and_finds_nothing_politely(self):
        page = self.window(self.mira).open("/no/such/page")
        page.get_by_role("button", name="Search and commands").click()
        page.keyboard.type("zzzz-nothing")
        expect(page.get_by_role("dialog")).to_contain_text("Nothing matches “zzzz-nothing”")
        page.get_by_role("combobox").fill("monit")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page).to_have_url(self.url + "/monitor")

    def test_begins_a_pipeline_from_the_search(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.keyboard.press("Control+k")
        page.keyboard.type("> new pip")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="New pipeline")).to_be_visible()
        self.expect_accessible(window)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_has_a_menu_that_keys_move_in(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        button = page.get_by_role("button", name="Account: mira")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "true")
        self.expect_accessible(window)
        page.keyboard.press("ArrowUp")
        expect(page.get_by_role("menuitem", name="Sign out")).to_be_focused()
        page.keyboard.press("Home")
        page.keyboard.press("h")
        expect(page.get_by_role("menuitemcheckbox", name="High contrast")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("menu")).to_have_count(0)
        expect(button).to_be_focused()

    def test_keeps_high_contrast(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.get_by_role("button", name="Account: mira").click()
        page.get_by_role("menuitemcheckbox", name="High contrast").click()
        page.reload()
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        self.expect_accessible(window)

    def test_says_that_the_server_is_away_and_comes_back_by_itself(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        window.context.set_offline(True)
        notice = page.get_by_text("The server does not answer. What is shown may be old")
        expect(notice).to_be_visible()
        self.expect_accessible(window)
        window.context.set_offline(False)
        expect(notice).to_have_count(0)
        expect(page.get_by_text("The server answers again.")).to_be_visible()

    def test_says_that_a_page_did_not_arrive(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.route(OTHER_PAGES, lambda route: route.abort())
        page.get_by_role("link", name="Monitor").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This page did not load")
        self.expect_accessible(window)
        window.faults.clear()
        page.unroute_all()
        page.get_by_role("button", name="Load anew").click()
        expect(page).to_have_title(re.compile(r"^Monitor"))

    def test_tells_of_a_new_version_of_the_server(self):
        window = self.window(self.mira)
        page = window.open("/no/such/page")
        page.route(self.url + "/", lambda route: route.fulfill(
            content_type="text/html", body='<script type="module" src="/ui/0000/Web/app/main.js"></script>'))
        page.route(OTHER_PAGES, lambda route: route.fulfill(status=404))
        page.get_by_role("link", name="Monitor").first.click()
        expect(page.get_by_text("A new version of the server is there.")).to_be_visible()
        self.expect_accessible(window)
        window.faults.clear()
        page.unroute_all()
        page.get_by_role("button", name="Reload").click()
        expect(page).to_have_title(re.compile(r"^Monitor"))

    def test_fits_a_narrow_window(self):
        window = self.window(self.mira, NARROWEST)
        page = window.open("/no/such/page")
        self.expect_no_sideways_scroll(page)
        page.get_by_role("button", name="More").click()
        expect(page.get_by_role("menuitem", name="Files")).to_be_visible()
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)
        page.get_by_role("menuitem", name="Search and commands").click()
        expect(page.get_by_role("combobox")).to_be_focused()
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)
        narrow = self.window(None, NARROWEST)
        self.expect_no_sideways_scroll(narrow.open("/signin"))

    def test_has_targets_that_a_finger_meets(self):
        page = self.window(self.mira, PHONE, has_touch=True).open("/no/such/page")
        small = page.evaluate("""() => [...document.querySelectorAll("a[href], button")].filter((one) => one.checkVisibility() && !one.matches(".skip"))
          .map((one) => [one.textContent.trim(), one.getBoundingClientRect()]).filter(([, box]) => box.height < 40 || box.width < 40).map(([text]) => text)""")
        self.assertEqual(small, [])

    def test_keeps_still_for_those_who_ask(self):
        window = self.window(None, reduced_motion="reduce")
        self.expect_still(window.open("/signin"))
        self.expect_accessible(window)


if __name__ == "__main__":
    unittest.main()
