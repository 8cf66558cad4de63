"""Pipelines as one finds them in the web UI: the list, the trash, templates, sharing, and comparing versions."""

import json
import re
import unittest

from people import member
from ui_support import NARROWEST, PHONE, UITest, expect

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{ 7 * 7 }}"


def document(name, *, steps=None, **more):
    return {"version": 1, "name": name, "steps": steps or [step("first")], **more}


def step(id, expression="1", **more):
    return {"id": id, "type": "transform", "with": {"ops": [{"expression": expression}]}, **more}


def failing(name, **more):
    """It fails where its input is 7."""
    return document(name, inputs={"n": {"type": "integer", "default": 1}}, steps=[
        step("check", "inputs.n == 7 ? 1 / 0 : inputs.n"), step("last")], **more)


class HomeTest(UITest):
    def make(self, person, body):
        reply = person.request("POST", "/api/v1/pipelines", {"document": body})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def run_once(self, person, pipeline, **inputs):
        reply = person.request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": inputs}, Prefer="wait=30")
        self.assertEqual(reply.status, 202, str(reply))
        return reply.json

    def publish(self, person, pipeline, message):
        revision = person.request("GET", "/api/v1/pipelines/" + pipeline).tag
        reply = person.request("POST", "/api/v1/pipelines/%s/versions" % pipeline, {"message": message}, If_Match=revision)
        self.assertEqual(reply.status, 201, str(reply))

    def change(self, person, pipeline, body):
        revision = person.request("GET", "/api/v1/pipelines/" + pipeline).tag
        reply = person.request("PUT", "/api/v1/pipelines/" + pipeline, {"document": body}, If_Match=revision)
        self.assertEqual(reply.status, 200, str(reply))

    def tile(self, page, title):
        return page.locator(".tile").filter(has=page.get_by_role("heading", name=title, exact=True))

    def choose(self, page, title, action):
        page.get_by_role("button", name="More for " + title, exact=True).click()
        page.get_by_role("menuitem", name=action).click()


class TheListOfPipelines(HomeTest):
    def setUp(self):
        name = re.sub(r"\W+", "-", self.id().rsplit(".", 1)[1])[-40:]
        self.person = member(self.service, name)

    def test_begins_with_what_to_do(self):
        window = self.window(self.person)
        page = window.open("/pipelines")
        expect(page.get_by_role("heading", name="No pipelines yet")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_disabled()
        self.expect_accessible(window)
        page.get_by_role("link", name="Browse templates").click()
        expect(page).to_have_url(self.url + "/templates")

    def test_says_how_each_goes(self):
        pipeline = self.make(self.person, failing("health", title="Health of a service", description="Looks after it.", tags=["ops"]))
        for n in (1, 7, 2, 3):
            self.run_once(self.person, pipeline, n=n)
        window = self.window(self.person)
        page = window.open("/pipelines")
        tile = self.tile(page, "Health of a service")
        expect(tile).to_contain_text("75")
        expect(tile).to_contain_text("p50")
        expect(tile.get_by_role("img", name=re.compile("Last 4 runs of Health of a service: 3 succeeded, 1 failed"))).to_be_visible()
        expect(tile.locator(".chain .glyph")).to_have_count(2)
        expect(tile).to_contain_text("just now")
        expect(page.get_by_role("region", name="Right now")).to_contain_text("4 runs today")
        self.expect_accessible(window)
        tile.get_by_role("link", name="Health of a service, 2 steps").click()
        expect(page).to_have_url(self.url + "/pipelines/" + pipeline)

    def test_follows_what_happens(self):
        pipeline = self.make(self.person, failing("live", title="Watched"))
        page = self.window(self.person).open("/pipelines")
        tile = self.tile(page, "Watched")
        expect(tile).to_contain_text("Not run yet")
        expect(page.get_by_role("region", name="Right now")).to_be_visible()
        self.run_once(self.person, pipeline, n=7)
        expect(tile.get_by_role("img", name=re.compile("1 failed"))).to_be_visible()
        self.change(self.person, pipeline, failing("live", title="Watched well"))
        expect(self.tile(page, "Watched well")).to_be_visible()
        self.make(self.person, document("another", title="Another one"))
        page.get_by_role("button", name="Show 1 new").click()
        expect(self.tile(page, "Another one")).to_be_visible()

    def test_is_searched_filtered_and_sorted_by_its_address(self):
        for name, tags in (("alpha", ["red"]), ("beta", ["red", "blue"]), ("gamma", ["blue"])):
            self.make(self.person, document(name, title=name.capitalize(), tags=tags))
        page = self.window(self.person).open("/pipelines")
        tiles = page.locator(".tile h2")
        expect(tiles).to_have_count(3)
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("gam")
        expect(tiles).to_have_text(["Gamma"])
        expect(page).to_have_url(self.url + "/pipelines?q=gam")
        expect(page.get_by_role("combobox", name="Sort")).to_have_value("relevance")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.get_by_role("searchbox").fill("")
        expect(tiles).to_have_count(3)
        page.get_by_role("button", name="red", exact=True).click()
        expect(tiles).to_have_count(2)
        page.get_by_role("combobox", name="Sort").select_option("name")
        expect(tiles).to_have_text(["Alpha", "Beta"])
        expect(page).to_have_url(self.url + "/pipelines?tag=red&sort=name")
        page.reload()
        expect(tiles).to_have_text(["Alpha", "Beta"])
        page.go_back()
        expect(page).to_have_url(self.url + "/pipelines?tag=red")
        self.tile(page, "Beta").hover()
        page.get_by_role("button", name="Favourite Beta").click()
        page.get_by_role("button", name="Favourites").click()
        expect(tiles).to_have_text(["Beta"])
        page.get_by_role("searchbox").fill("nothing like it")
        expect(page.get_by_role("heading", name="No match")).to_be_visible()
        page.get_by_role("button", name="Clear filters").click()
        expect(tiles).to_have_count(3)
        self.assertEqual(page.url, self.url + "/pipelines")

    def test_shows_what_others_share_with_what_one_may_do(self):
        owner = member(self.service, "owner-of-it")
        theirs = self.make(owner, document("theirs", title="Theirs"))
        owner.request("PUT", "/api/v1/pipelines/%s/shares/%s" % (theirs, self.person.account), {"role": "viewer"})
        self.make(self.person, document("mine", title="Mine"))
        page = self.window(self.person).open("/pipelines")
        expect(self.tile(page, "Theirs")).to_contain_text("viewer")
        page.get_by_role("button", name="More for Theirs").click()
        expect(page.get_by_role("menuitem", name="Open")).to_be_visible()
        for action in ("Run", "Edit", "Share", "Delete", "Publish as template"):
            expect(page.get_by_role("menuitem", name=action, exact=True)).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Run Theirs")).to_have_count(0)
        page.get_by_role("button", name="Shared", exact=True).click()
        expect(page.locator(".tile h2")).to_have_text(["Theirs"])
        page.get_by_role("button", name="Mine", exact=True).click()
        expect(page.locator(".tile h2")).to_have_text(["Mine"])

    def test_duplicates_exports_deletes_and_takes_back(self):
        pipeline = self.make(self.person, document("made", title="Made once"))
        window = self.window(self.person)
        page = window.open("/pipelines")
        page.get_by_role("button", name="More for Made once").click()
        expect(page.get_by_role("menuitem").first).to_be_focused()
        self.expect_accessible(window)
        page.get_by_role("menuitem", name="Duplicate").click()
        expect(page.get_by_text("Duplicated as")).to_be_visible()
        expect(page.locator(".tile")).to_have_count(2)
        cover = page.locator('.tile:has(a.cover[href="/pipelines/%s"])' % pipeline)
        with page.expect_download() as download:
            cover.get_by_role("button", name="More for Made once").click()
            page.get_by_role("menuitem", name="Export").click()
        self.assertEqual(download.value.suggested_filename, "made.yaml")
        cover.get_by_role("button", name="More for Made once").click()
        page.get_by_role("menuitem", name="Delete").click()
        expect(cover).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(cover).to_be_visible()
        self.assertIsNone(self.person.request("GET", "/api/v1/pipelines/" + pipeline).json["trashed_at"])

    def test_shows_hostile_names_as_text(self):
        pipeline = self.make(self.person, document("hostile", title=HOSTILE, description=HOSTILE, tags=["<b>tag</b>"]))
        self.person.request("PUT", "/api/v1/pipelines/%s/favourite" % pipeline)
        window = self.window(self.person)
        page = window.open("/pipelines?q=" + "hostile")
        expect(page.locator(".tile h2")).to_have_text([HOSTILE])
        expect(page.locator(".tile .tag").first).to_have_text("<b>tag</b>")
        self.choose(page, HOSTILE, "Share")
        expect(page.get_by_role("dialog")).to_contain_text(HOSTILE)
        page.keyboard.press("Escape")
        self.choose(page, HOSTILE, "Activity")
        expect(page.get_by_role("dialog")).to_contain_text("made it")
        page.keyboard.press("Escape")
        self.choose(page, HOSTILE, "Delete")
        page.goto(self.url + "/pipelines/trash")
        expect(page.get_by_role("heading", name=HOSTILE)).to_be_visible()
        page.get_by_role("button", name="Delete %s for good" % HOSTILE).click()
        expect(page.get_by_role("dialog")).to_contain_text(HOSTILE)

    def test_says_that_it_waits_and_that_it_failed(self):
        self.make(self.person, document("kept", title="Kept"))
        window = self.window(self.person)
        page = window.page
        held = []
        page.route(re.compile(r"/api/v1/pipelines\?"), lambda route: held.append(route))
        page.goto(self.url + "/pipelines")
        expect(page.get_by_text("Loading pipelines")).to_be_attached()
        self.expect_accessible(window)
        held[0].fulfill(status=503, content_type="application/problem+json", body=json.dumps({
            "title": "Unavailable", "status": 503, "code": "unavailable", "detail": "the store is busy", "request_id": "req_1"}))
        page.unroute_all()
        expect(page.get_by_role("alert")).to_contain_text("The store is busy")
        self.expect_accessible(window)
        window.faults.clear()
        page.get_by_role("button", name="Retry").click()
        expect(self.tile(page, "Kept")).to_be_visible()
        page.route(re.compile(r"/api/v1/pipelines\?"), lambda route: route.abort())
        page.get_by_role("combobox", name="Sort").select_option("name")
        expect(page.get_by_text("Below: as it was at")).to_be_visible()
        expect(self.tile(page, "Kept")).to_be_visible()

    def test_is_walked_with_the_keyboard(self):
        self.make(self.person, document("walked", title="Walked"))
        page = self.window(self.person).open("/pipelines")
        cover = page.get_by_role("link", name="Walked, 1 step")
        cover.focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Favourite Walked")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Favourite Walked")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_role("button", name="Favourite Walked")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="More for Walked")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("a")
        expect(page.get_by_role("menuitem", name="Activity")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Activity of Walked")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="More for Walked")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/pipelines/pl_\w+\?panel=run"))

    def test_holds_many_and_keeps_few_in_the_page(self):
        many = [document("many-%03d" % number, title="Many %03d" % number) for number in range(200)]
        reply = self.person.request("POST", "/api/v1/pipelines/import", {"documents": many})
        self.assertEqual(reply.status, 201, str(reply))
        page = self.window(self.person).open("/pipelines?sort=name")
        expect(self.tile(page, "Many 000")).to_be_visible()
        stretches = page.locator("[data-stretch]")
        for number in range(1, 5):
            expect(stretches).to_have_count(number)
            page.get_by_role("button", name="Show more").scroll_into_view_if_needed()
            expect(stretches.nth(number)).to_be_attached()
        expect(page.get_by_role("button", name="Show more")).to_have_count(0)
        self.tile(page, "Many 199").scroll_into_view_if_needed()
        expect(stretches.first).to_have_class(re.compile("away"))
        expect(self.tile(page, "Many 000")).to_have_count(0)
        stretches.first.scroll_into_view_if_needed()
        expect(self.tile(page, "Many 000")).to_be_visible()

    def test_fits_a_phone(self):
        pipeline = self.make(self.person, failing("phone", title="In the hand", tags=["one", "two", "three", "four", "five", "six"]))
        self.run_once(self.person, pipeline)
        window = self.window(self.person, PHONE, has_touch=True)
        page = window.open("/pipelines")
        expect(page.get_by_role("link", name="Run In the hand")).to_be_visible()
        expect(page.get_by_role("region", name="Right now")).to_be_visible()
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)
        narrow = self.window(self.person, NARROWEST).open("/pipelines")
        expect(self.tile(narrow, "In the hand")).to_be_visible()
        self.expect_no_sideways_scroll(narrow)


class BeginningAPipeline(HomeTest):
    def setUp(self):
        self.person = member(self.service, "begins-%d" % len(self.service.request("GET", "/api/v1/users?limit=200").json["items"]))

    def test_takes_a_title_and_says_when_the_name_is_taken(self):
        self.make(self.person, document("review-changes"))
        window = self.window(self.person)
        page = window.open("/pipelines")
        page.get_by_role("button", name="New pipeline").click()
        dialog = page.get_by_role("dialog", name="New pipeline")
        expect(dialog.get_by_label("Title")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("A title or a name is needed")
        self.expect_accessible(window)
        page.keyboard.type("Review changes")
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("That name is taken. review-changes-2 may be free")
        dialog.get_by_label("Name").fill("review-changes-2")
        dialog.get_by_role("button", name="Create").click()
        expect(page).to_have_url(re.compile(r"/pipelines/pl_\w+$"))
        made = self.person.request("GET", "/api/v1/pipelines?q=review-changes-2").json["items"][0]
        self.assertEqual((made["name"], made["title"], made["step_count"]), ("review-changes-2", "Review changes", 0))

    def test_imports_files_and_text_or_says_what_is_wrong_and_where(self):
        window = self.window(self.person)
        page = window.open("/pipelines")
        page.get_by_role("button", name="Import").click()
        dialog = page.get_by_role("dialog", name="Import pipelines")
        expect(dialog.get_by_role("button", name="Import", exact=True)).to_be_disabled()
        good = "version: 1\nname: from-file\nsteps:\n  - {id: a, type: transform, with: {ops: [{expression: '1'}]}}\n"
        dialog.locator("input[type=file]").set_input_files([
            {"name": "good.yaml", "mimeType": "application/yaml", "buffer": good.encode()},
            {"name": "<b>bad</b>.yaml", "mimeType": "application/yaml", "buffer": b"# a comment\nversion: 1\nname: Not A Name\nsteps: []\n"}])
        dialog.get_by_label("Or paste documents").fill("version: 1\nname: from-text\nsteps: 3\n")
        dialog.get_by_role("button", name="Import 3").click()
        errors = dialog.get_by_role("list", name="Errors")
        expect(errors).to_contain_text("<b>bad</b>.yaml")
        expect(errors).to_contain_text("line 3, column 7")
        expect(errors).to_contain_text("Pasted text")
        self.expect_accessible(window)
        self.assertEqual(self.person.request("GET", "/api/v1/pipelines").json["items"], [])
        dialog.get_by_role("button", name="Take out <b>bad</b>.yaml").click()
        dialog.get_by_label("Or paste documents").fill(good.replace("from-file", "from-text"))
        dialog.get_by_role("button", name="Import 2").click()
        expect(page.get_by_role("dialog", name="Imported")).to_contain_text("from-text")
        page.get_by_role("button", name="Done").click()
        expect(page.locator(".tile")).to_have_count(2)
        page.get_by_role("button", name="Import").click()
        dialog.get_by_label("Or paste documents").fill(good)
        dialog.get_by_role("button", name="Import", exact=True).click()
        expect(errors).to_contain_text("another pipeline is named from-file")
        dialog.get_by_label("Where the name is taken").select_option("rename")
        dialog.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_role("dialog", name="Imported")).to_contain_text("from-file-copy")

    def test_makes_one_of_a_template(self):
        window = self.window(self.person)
        page = window.open("/templates")
        self.expect_accessible(window)
        page.get_by_role("button", name="Review", exact=True).click()
        expect(page).to_have_url(self.url + "/templates?category=review")
        expect(page.locator(".tile .tag").first).to_have_text("Review")
        page.get_by_role("button", name="All", exact=True).click()
        page.get_by_role("searchbox").fill("csv")
        expect(page.locator(".tile")).to_have_count(1)
        expect(page.locator(".tile")).to_contain_text("Recorded sample")
        page.get_by_role("link", name=re.compile("CSV to typed JSON")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("CSV to typed JSON")
        expect(page.get_by_role("img", name="CSV to typed JSON: 6 steps")).to_be_visible()
        expect(page.get_by_text("Recorded, not run now")).to_be_visible()
        self.expect_accessible(window)
        page.get_by_role("button", name="List", exact=True).click()
        expect(page.locator(".tpl-steps li")).to_have_count(6)
        page.get_by_label("Name").fill("my-table")
        page.get_by_role("button", name="Create pipeline").click()
        expect(page).to_have_url(re.compile(r"/pipelines/pl_\w+$"))
        page.go_back()
        page.get_by_label("Name").fill("my-table")
        page.get_by_role("button", name="Create pipeline").click()
        expect(page.get_by_text("That name is taken")).to_be_visible()
        page.get_by_role("button", name="Create and run the sample").click()
        expect(page).to_have_url(re.compile(r"/runs/run_\w+$"))
        run = self.person.request("GET", "/api/v1/runs/" + page.url.rsplit("/", 1)[1]).json
        self.assertEqual((run["mode"], run["pipeline"]["name"]), ("replay", "my-table-2"))

    def test_says_when_no_template_matches_or_none_is_read(self):
        window = self.window(self.person)
        page = window.open("/templates?q=nothing-like-it")
        expect(page.get_by_role("heading", name="No match")).to_be_visible()
        self.expect_accessible(window)
        missing = self.window(self.person)
        missing.open("/templates/no-such-template")
        expect(missing.page.get_by_role("alert")).to_contain_text("Not found")
        self.expect_accessible(missing)

    def test_publishes_ones_own_as_a_template_and_takes_it_back(self):
        self.make(self.person, document("own", title="My own", inputs={"n": {"type": "integer", "title": "How many"}}))
        window = self.window(self.person)
        page = window.open("/pipelines")
        self.choose(page, "My own", "Publish as template")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill("everybodys")
        dialog.get_by_label("Description").fill("About **it** " + HOSTILE)
        dialog.get_by_label("Sample inputs").fill("[1]")
        dialog.get_by_role("button", name="Publish").click()
        expect(dialog).to_contain_text("A JSON object is needed")
        dialog.get_by_label("Sample inputs").fill('{"n": 3}')
        self.expect_accessible(window)
        dialog.get_by_role("button", name="Publish").click()
        page.locator(".toasts").get_by_role("button", name="Open").click()
        expect(page).to_have_url(self.url + "/templates/everybodys")
        expect(page.get_by_text("How many")).to_be_visible()
        expect(page.get_by_role("region", name="About").locator("strong")).to_have_text("it")
        expect(page.get_by_role("region", name="About").locator("img, script")).to_have_count(0)
        other = self.window(self.mira).open("/templates?q=everybodys")
        expect(other.locator(".tile")).to_contain_text("Published here")
        page.get_by_role("button", name="Take back this template").click()
        page.get_by_role("dialog").get_by_role("button", name="Take back", exact=True).click()
        expect(page).to_have_url(self.url + "/templates")
        expect(page.get_by_role("link", name=re.compile("My own"))).to_have_count(0)

    def test_fits_a_narrow_window(self):
        window = self.window(self.person, NARROWEST)
        for path in ("/templates", "/templates/csv-to-json", "/pipelines/trash"):
            page = window.open(path)
            expect(page.locator("#main .card").first).to_be_visible()
            self.expect_no_sideways_scroll(page)
        page = window.open("/pipelines")
        page.get_by_role("button", name="New", exact=True).click()
        page.get_by_role("button", name=re.compile("^Import")).click()
        expect(page.get_by_role("dialog", name="Import pipelines")).to_be_visible()
        self.expect_no_sideways_scroll(page)
        self.expect_accessible(window)


class TheTrash(HomeTest):
    def test_gives_back_and_removes_for_good(self):
        person = member(self.service, "tidy")
        for name in ("first-out", "second-out"):
            made = self.make(person, document(name, title=name))
            person.request("DELETE", "/api/v1/pipelines/" + made, If_Match='"1"')
        window = self.window(person)
        page = window.open("/pipelines/trash")
        expect(page.get_by_role("list", name="Deleted pipelines").get_by_role("listitem")).to_have_count(2)
        self.expect_accessible(window)
        page.get_by_role("button", name="Restore first-out").click()
        expect(page.get_by_role("heading", name="first-out")).to_have_count(0)
        expect(page.get_by_role("button", name="Restore second-out")).to_be_focused()
        page.get_by_role("button", name="Delete second-out for good").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
        self.expect_accessible(window)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Delete second-out for good")).to_be_focused()
        page.keyboard.press("Enter")
        dialog.get_by_role("button", name="Delete for good").click()
        expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
        self.assertEqual([one["name"] for one in person.request("GET", "/api/v1/pipelines").json["items"]], ["first-out"])

    def test_keeps_what_has_a_run_that_goes_on(self):
        person = member(self.service, "busy")
        made = self.make(person, document("nap", title="A long nap", steps=[
            {"id": "nap", "type": "code", "timeout": "15m", "with": {"language": "python", "code": "import threading\nthreading.Event().wait(600)"}}]))
        run = person.request("POST", "/api/v1/pipelines/%s/runs" % made, {}).json["id"]
        self.addCleanup(person.request, "POST", "/api/v1/runs/%s/cancel" % run, {})
        person.request("DELETE", "/api/v1/pipelines/" + made, If_Match='"1"')
        page = self.window(person).open("/pipelines/trash")
        page.get_by_role("button", name="Delete A long nap for good").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
        expect(page.get_by_role("alert")).to_contain_text("has not ended")
        expect(page.get_by_role("heading", name="A long nap")).to_be_visible()


if __name__ == "__main__":
    unittest.main()
