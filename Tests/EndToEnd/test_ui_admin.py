"""Models, secrets, settings and the monitor as one finds them in the web UI."""

import json
import re
import subprocess
import unittest

from people import PASSWORD, member, sign_in
from support import model_url, value
from ui_support import NARROWEST, PHONE, UITest, expect

# Working on passwords and asking a model take long on a machine that has other things to do.
SLOW_MS = 90_000
HOSTILE = "<img src=x onerror=alert(1)>\"'{{ 7 * 7 }}"


class AdminTest(UITest):
    def setUp(self):
        name = re.sub(r"\W+", "-", self.id().rsplit(".", 1)[1])[-40:].strip("-_")
        self.person = member(self.service, name)

    def ask(self, person, method, path, body=None, **headers):
        reply = person.request(method, "/api/v1" + path, body, **headers)
        self.assertLess(reply.status, 300, str(reply))
        return reply.json if reply.body else None

    def make(self, person, name, **more):
        document = {"version": 1, "name": name, "steps": [value("first", "1")], **more}
        return self.ask(person, "POST", "/pipelines", {"document": document})["id"]

    def dialog(self, page):
        return page.get_by_role("dialog").last

    def press(self, page, name):
        self.dialog(page).get_by_role("button", name=name, exact=True).click()

    def row(self, page, table, text):
        return page.get_by_role("table", name=table, exact=True).get_by_role("row").filter(has_text=text)

    def expect_text_only(self, page):
        """What people wrote is text: no element was made of it."""
        self.assertEqual(page.locator("img[src=x]").count(), 0)


class Models(AdminTest):
    def add(self, page, name, url):
        page.get_by_role("button", name="Add provider").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Name", exact=True).fill(name)
        dialog.get_by_label("Base URL").fill(url)
        self.press(page, "Add")

    def test_begin_with_the_first_provider(self):
        window = self.window(self.person)
        page = window.open("/models")
        expect(page.get_by_role("heading", name="No model provider yet")).to_be_visible()
        expect(page.get_by_text("Found on this machine")).to_have_count(0)
        self.expect_accessible(window)
        page.get_by_role("button", name="Add provider").click()
        dialog = self.dialog(page)
        expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        dialog.get_by_label("Base URL").fill("http://10.0.0.9:1234/v1")
        expect(dialog).to_contain_text("once an admin has opened it")
        self.press(page, "Add")
        expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
        expect(dialog.get_by_text("A name is needed.")).to_be_visible()
        self.expect_accessible(window)
        dialog.get_by_label("Name", exact=True).fill("mine")
        self.press(page, "Add")
        expect(dialog.get_by_role("alert")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Add provider")).to_be_focused()

    def test_of_a_small_kind_are_installed_by_the_server(self):
        """The answers are made up: a real installation is a download."""
        admin = member(self.service, "installer", role="admin")
        states = [{"status": "absent"}]
        rest = {"step": None, "bytes_done": None, "bytes_total": None, "message": None, "url": None, "size_bytes": 130_000_000}
        installing = {"status": "installing", "step": "download", "bytes_done": 65_000_000, "bytes_total": 130_000_000, "message": "Downloading"}

        def answer(route):
            if route.request.method == "POST":
                states[:] = [installing]
            elif route.request.method == "DELETE":
                states[:] = [{"status": "absent"}]
                return route.fulfill(status=204)
            return route.fulfill(status=202 if route.request.method == "POST" else 200, json={**rest, **states[0]})

        window = self.window(admin)
        window.page.route("**/api/v1/providers/install-local", answer)
        page = window.open("/models")
        page.get_by_role("button", name="Install a small model").click()
        expect(self.dialog(page)).to_contain_text(re.compile("Apache-2.0.*130.MB", re.S))
        self.press(page, "Install")
        expect(page.get_by_role("progressbar", name="Download")).to_have_attribute("aria-valuenow", "50")
        self.expect_accessible(window)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("button", name="Install a small model")).to_be_visible()
        page.get_by_role("button", name="Install a small model").click()
        self.press(page, "Install")
        expect(page.get_by_role("progressbar", name="Download")).to_be_visible()
        states[:] = [{"status": "failed", "message": "A file does not have the SHA-256 it must have."}]
        expect(page.get_by_role("alert")).to_contain_text("was not installed")
        page.get_by_role("button", name="Retry").click()
        expect(page.get_by_role("progressbar", name="Download")).to_be_visible()
        states[:] = [{"status": "installed", "url": "http://127.0.0.1:8091/v1"}]
        expect(page.get_by_text("SmolLM2-135M-Instruct is installed")).to_be_visible()
        self.expect_accessible(window)

    def test_are_tested_by_a_real_call_and_get_names(self):
        admin = member(self.service, "operator", role="admin")
        window = self.window(admin)
        page = window.open("/models")
        self.add(page, "tiny", model_url())
        page.get_by_role("button", name="Test tiny").click()
        card = page.locator(".prov").filter(has_text="tiny")
        expect(card.get_by_text(re.compile(r"Answered in"))).to_be_visible(timeout=SLOW_MS)
        expect(card.locator(".st")).to_have_text("Answers")
        row = self.row(page, "Models", "tiny/")
        expect(row).to_contain_text("unknown")

        page.get_by_role("button", name="Edit tiny/").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Input, $ per M tokens", exact=True).fill("0.15")
        self.press(page, "Save")
        expect(dialog.get_by_label("Output, $ per M tokens")).to_be_focused()
        dialog.get_by_label("Output, $ per M tokens").fill("0.6")
        dialog.get_by_label("Price as of").fill("2026-11-01")
        self.press(page, "Save")
        expect(row).to_contain_text("$0.15 / $0.60")
        expect(row).to_contain_text("as of 2026-11-01")

        page.get_by_role("button", name="Set default").click()
        self.press(page, "Save")
        expect(self.row(page, "Names for models", "default")).to_contain_text("tiny/")
        expect(row).to_contain_text("also default")
        aliases = self.ask(admin, "GET", "/models")["aliases"]
        self.assertEqual([one["name"] for one in aliases if one["scope"] == "own"], ["default"])
        self.expect_accessible(window)
        page.get_by_role("button", name="Remove default").click()
        self.press(page, "Remove")
        expect(self.row(page, "Names for models", "default")).to_contain_text("not set")
        page.get_by_role("button", name="Remove tiny").click()
        self.press(page, "Remove")
        expect(page.get_by_role("heading", name="tiny")).to_have_count(0)

    def test_that_do_not_answer_say_why(self):
        admin = member(self.service, "operator-two", role="admin")
        window = self.window(admin)
        page = window.open("/models")
        self.add(page, "away", "http://127.0.0.1:9/v1")
        page.get_by_role("button", name="Test away").click()
        card = page.locator(".prov").filter(has_text="away")
        expect(card.locator(".banner.bad")).to_contain_text("127.0.0.1:9")
        page.get_by_role("button", name="Ask providers again").click()
        expect(page.get_by_text("away did not answer.")).to_be_visible()
        self.expect_accessible(window)


class Secrets(AdminTest):
    def test_are_never_shown_again(self):
        window = self.window(self.person)
        page = window.open("/models?tab=secrets")
        page.get_by_role("button", name="Add secret").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Name", exact=True).fill("DEPLOY_TOKEN")
        dialog.get_by_label("Value").fill("made-up-5f1c9a77")
        dialog.get_by_label("Only to these hosts").fill("api.example.com")
        dialog.get_by_label("Description").fill(HOSTILE)
        answers = []
        page.on("response", lambda one: answers.append(one))
        self.press(page, "Add")
        row = self.row(page, "Secrets", "DEPLOY_TOKEN")
        expect(row).to_contain_text("api.example.com")
        expect(row).to_contain_text(HOSTILE)
        self.expect_text_only(page)
        self.assertNotIn("made-up-5f1c9a77", page.content())
        for answer in answers:
            if "/api/" in answer.url and answer.status == 200:
                self.assertNotIn("made-up-5f1c9a77", answer.text())
        page.get_by_role("button", name="Replace DEPLOY_TOKEN").click()
        expect(self.dialog(page).get_by_label("Value")).to_have_value("")
        self.expect_accessible(window)
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Add secret").click()
        self.dialog(page).get_by_label("Name", exact=True).fill("DEPLOY_TOKEN")
        self.dialog(page).get_by_label("Value").fill("another")
        self.press(page, "Add")
        expect(self.dialog(page).get_by_role("alert")).to_contain_text("there already")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Remove DEPLOY_TOKEN").click()
        self.press(page, "Remove")
        expect(page.get_by_text("No secret here yet.")).to_be_visible()

    def test_have_values_of_their_own_in_environments(self):
        window = self.window(self.person)
        page = window.open("/models?tab=secrets")
        page.get_by_role("button", name="Add environment").click()
        self.dialog(page).get_by_label("Name", exact=True).fill("prod")
        self.press(page, "Add")
        expect(self.row(page, "Environments", "prod")).to_be_visible()
        for environment, region in (("", "south"), ("prod", "north")):
            page.get_by_role("button", name="Add variable").click()
            dialog = self.dialog(page)
            dialog.get_by_label("Name", exact=True).fill("REGION")
            dialog.get_by_label("Environment").select_option(environment)
            dialog.get_by_label("Value").fill(region)
            self.press(page, "Add")
            expect(self.row(page, "Variables", region)).to_be_visible()
        page.get_by_role("navigation", name="Environment").get_by_role("link", name="prod").click()
        expect(page).to_have_url(re.compile("env=prod"))
        expect(self.row(page, "Variables", "north")).to_be_visible()
        expect(self.row(page, "Variables", "south")).to_have_count(0)
        self.expect_accessible(window)


class Settings(AdminTest):
    def test_a_key_is_shown_once_with_a_command_that_works(self):
        pipeline = self.make(self.person, "greeting", title=HOSTILE)
        window = self.window(self.person)
        page = window.open("/settings/keys")
        page.get_by_role("button", name="New key").click()
        dialog = self.dialog(page)
        dialog.get_by_label("Name", exact=True).fill(HOSTILE)
        dialog.get_by_label(HOSTILE).check()
        self.expect_accessible(window)
        self.press(page, "Make key")
        key, command = dialog.locator("code").all_inner_texts()
        self.assertRegex(key, r"^cf_[0-9a-z]+_[0-9a-f]+$")
        self.expect_accessible(window)
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertEqual(json.loads(done.stdout)["pipeline"]["id"], pipeline)
        self.press(page, "Done")
        row = self.row(page, "Access keys", HOSTILE)
        expect(row).to_contain_text("run")
        self.expect_text_only(page)
        self.assertNotIn(key, page.content())
        row.get_by_role("button", name=re.compile("Revoke")).click()
        self.press(page, "Revoke")
        expect(page.get_by_role("heading", name="No access key yet")).to_be_visible()
        self.assertNotEqual(subprocess.run(["sh", "-c", command], capture_output=True).returncode, 0)

    def test_somebody_joins_by_a_link_that_is_good_once(self):
        window = self.window(self.mira)
        page = window.open("/settings/people")
        page.get_by_role("button", name="Invite").click()
        self.dialog(page).get_by_label("E-mail address").fill("grace@example.org")
        self.press(page, "Make link")
        link = self.dialog(page).locator("code").inner_text()
        self.press(page, "Done")
        other = self.window()
        path = re.sub(r"^https?://[^/]+", "", link)
        joining = other.open(path)
        joining.get_by_label("Name").fill("grace")
        for field in joining.locator("input[type=password]").all():
            field.fill(PASSWORD)
        joining.locator("form button.primary").click()
        expect(joining).to_have_url(re.compile("/pipelines"), timeout=SLOW_MS)
        page.reload()
        expect(self.row(page, "People", "grace@example.org")).to_contain_text("Member")
        self.expect_accessible(window)

    def test_an_account_that_owns_something_goes_to_another(self):
        owner = member(self.service, "leaving-one")
        pipeline = self.make(owner, "left-behind")
        page = self.window(self.mira).open("/settings/people")
        page.get_by_role("button", name="Actions for leaving-one").click()
        page.get_by_role("menuitem", name="Delete").click()
        self.press(page, "Delete")
        expect(self.dialog(page).get_by_role("alert")).to_contain_text(re.compile("pipeline"))
        self.dialog(page).get_by_label("Pipelines and runs go to").select_option(label="mira")
        self.press(page, "Delete")
        expect(self.row(page, "People", "leaving-one")).to_have_count(0)
        self.assertEqual(self.ask(self.mira, "GET", "/pipelines/" + pipeline)["owner"], self.mira.account)

    def test_a_disabled_account_is_shut_out_and_let_in_again(self):
        other = member(self.service, "resting")
        page = self.window(self.mira).open("/settings/people")
        page.get_by_role("button", name="Actions for resting").click()
        page.get_by_role("menuitem", name="Disable").click()
        self.press(page, "Disable")
        expect(self.row(page, "People", "resting")).to_contain_text("Disabled")
        self.assertEqual(other.request("GET", "/api/v1/pipelines").status, 401)
        page.get_by_role("button", name="Actions for resting").click()
        page.get_by_role("menuitem", name="Enable").click()
        expect(self.row(page, "People", "resting")).to_contain_text("Active")

    def test_other_sessions_are_ended(self):
        name = self.ask(self.person, "GET", "/session")["account"]["name"]
        others = [sign_in(self.service, name) for _ in range(2)]
        page = self.window(self.person).open("/settings/sessions")
        table = page.get_by_role("table", name="Sessions")
        expect(table.get_by_role("row")).to_have_count(4)
        table.get_by_role("button", name=re.compile("^End the session")).first.click()
        expect(table.get_by_role("row")).to_have_count(3)
        self.assertEqual(sorted(one.request("GET", "/api/v1/session").status for one in others), [200, 401])

        page.goto(self.url + "/settings/profile")
        page.get_by_label("Present password").fill(PASSWORD)
        page.get_by_label("New password", exact=True).fill("another long password")
        page.get_by_label("New password, again").fill("another long passwort")
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_text("This is not the same.")).to_be_visible()
        page.get_by_label("New password, again").fill("another long password")
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_text("All other sessions have ended.")).to_be_visible(timeout=SLOW_MS)
        self.assertEqual([one.request("GET", "/api/v1/session").status for one in others], [401, 401])
        # This session goes on, with another token.
        page.get_by_label("E-mail address").fill("somebody@example.org")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Profile saved")).to_be_visible()

    def test_members_see_nothing_of_admins(self):
        window = self.window(self.person)
        page = window.open("/settings")
        sections = page.get_by_role("navigation", name="Settings")
        expect(sections.get_by_role("link", name="Profile")).to_have_attribute("aria-current", "page")
        expect(sections.get_by_role("link", name="People")).to_have_count(0)
        for path in ("people", "audit"):
            page.goto(self.url + "/settings/" + path)
            expect(page.get_by_role("heading", name="For admins")).to_be_visible()
            self.expect_accessible(window)
        page.goto(self.url + "/settings/nothing")
        expect(page.get_by_role("heading", name="No such settings")).to_be_visible()

    def test_the_audit_log_is_filtered_and_whole(self):
        window = self.window(self.mira)
        page = window.open("/settings/audit")
        page.get_by_label("Did what").select_option("account.created")
        page.get_by_role("button", name="Filter").click()
        expect(page).to_have_url(re.compile(r"action=account\.created"))
        table = page.get_by_role("table", name="Audit log")
        expect(table.get_by_role("row").nth(1)).to_contain_text("account.created")
        expect(table.get_by_text("session.started")).to_have_count(0)
        page.get_by_role("button", name="Verify the chain").click()
        expect(page.get_by_text("The chain is whole")).to_be_visible()
        newest = self.ask(self.mira, "GET", "/audit/verification")["newest_digest"]
        expect(page.locator(".banner code")).to_have_text(newest)
        self.expect_accessible(window)

    def test_appearance_acts_at_once_and_stays(self):
        page = self.window(self.person).open("/settings/appearance")
        page.get_by_role("group", name="Contrast").get_by_role("button", name="More").click()
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        page.get_by_role("switch", name="Single-letter keys").uncheck()
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        expect(page.get_by_role("switch", name="Single-letter keys")).not_to_be_checked()


class Monitor(AdminTest):
    def test_shows_the_numbers_of_the_api(self):
        pipeline = self.make(self.person, "sometimes", title=HOSTILE, inputs={"n": {"type": "integer", "default": 1}},
                             steps=[value("divide", "10 / inputs.n")])
        for n in (1, 2, 5, 0):
            self.ask(self.person, "POST", "/pipelines/%s/runs" % pipeline, {"inputs": {"n": n}}, Prefer="wait=30")
        window = self.window(self.person)
        page = window.open("/monitor?range=7d")
        usage = self.ask(self.person, "GET", "/usage")
        self.assertEqual((usage["runs"]["ended"], usage["runs"]["failed"]), (4, 1))
        figures = page.locator(".kpis > div")
        expect(figures.filter(has_text="Success rate")).to_contain_text("75")
        expect(figures.filter(has_text="Runs ended").locator(".figure")).to_have_text("4")
        expect(figures.filter(has_text="Runs ended")).to_contain_text("1 failed")
        expect(page.get_by_role("img", name=re.compile("Runs by result. 4 runs ended"))).to_be_visible()
        row = self.row(page, "By pipeline", "sometimes")
        expect(row.get_by_role("cell").nth(1)).to_have_text("4")
        failing = page.get_by_role("region", name="Steps that fail most").get_by_role("listitem")
        expect(failing).to_contain_text(re.compile("divide.*1 of 4 runs", re.S))
        self.expect_text_only(page)
        self.expect_accessible(window)

        page.get_by_role("button", name="Show Runs by result as a table").click()
        today = page.get_by_role("table", name="Runs by result").get_by_role("row").last
        self.assertEqual(today.get_by_role("cell").all_inner_texts(), ["3", "1", "0"])
        self.expect_accessible(window)

    def test_keeps_its_days_in_the_address(self):
        window = self.window(self.person)
        page = window.open("/monitor")
        expect(page.get_by_role("heading", name="Nothing ran in these days")).to_be_visible()
        page.get_by_role("navigation", name="Days").get_by_role("link", name="7 d").click()
        expect(page).to_have_url(self.url + "/monitor?range=7d")
        page.get_by_label("First day").fill("2026-01-02")
        expect(page).to_have_url(re.compile("from=2026-01-02"))
        page.go_back()
        expect(page.get_by_role("link", name="7 d")).to_have_attribute("aria-current", "true")
        expect(page.get_by_role("link", name="Everybody's")).to_have_count(0)
        self.expect_accessible(window)


class Everything(AdminTest):
    PATHS = ("/models", "/models?tab=secrets", "/monitor", "/files", "/settings/profile", "/settings/sessions", "/settings/keys",
             "/settings/triggers", "/settings/alerts", "/settings/appearance", "/settings/people", "/settings/audit")

    def test_fits_a_phone_and_the_narrowest_window(self):
        pipeline = self.make(self.mira, "on-a-phone", title="A" * 80)
        self.ask(self.mira, "POST", "/pipelines/%s/runs" % pipeline, {"inputs": {}}, Prefer="wait=30")
        self.ask(self.mira, "PUT", "/secrets/A_RATHER_LONG_NAME_OF_A_SECRET_THAT_DOES_NOT_END",
                 {"value": "made up", "hosts": ["a.rather.long.name.of.a.host.example.com:8443"]})
        self.ask(self.mira, "PUT", "/files?path=" + "n" * 120 + ".txt", "text", Content_Type="application/octet-stream")
        window = self.window(self.mira, PHONE, has_touch=True, is_mobile=True)
        for path in self.PATHS:
            with self.subTest(path=path):
                page = window.open(path)
                expect(page.locator("main table" if path == "/files" else "main h2").first).to_be_visible()
                self.expect_no_sideways_scroll(page)
                self.expect_accessible(window)
                page.set_viewport_size(NARROWEST)
                self.expect_no_sideways_scroll(page)
                page.set_viewport_size(PHONE)

    def test_is_done_by_keyboard_alone(self):
        page = self.window(self.person).open("/models?tab=secrets")
        expect(page.get_by_role("button", name="Add secret")).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement?.textContent.trim()") == "Add secret":
                break
        page.keyboard.press("Enter")
        expect(self.dialog(page).get_by_label("Name", exact=True)).to_be_focused()
        page.keyboard.type("BY_KEYS")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(self.dialog(page).get_by_label("Value")).to_be_focused()
        page.keyboard.type("made up")
        page.keyboard.press("Enter")
        expect(self.row(page, "Secrets", "BY_KEYS")).to_be_visible()
        expect(page.get_by_role("button", name="Add secret")).to_be_focused()


if __name__ == "__main__":
    unittest.main()
