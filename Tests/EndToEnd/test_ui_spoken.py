"""What the pages are to those who do not see them: the tree of roles, names and states, where the keyboard is, what is said."""

import re
import unittest

from people import member
from test_ui_builder import BuilderTest
from test_ui_home import document, failing
from ui_support import PHONE, expect

LANDMARK = """() => document.activeElement.closest("[aria-label]:is(aside, section, nav, [role=toolbar], [role=application], .bact), header")?.getAttribute("aria-label") ?? "" """


class SpokenTest(BuilderTest):
    def expect_tree(self, place, tree):
        expect(place).to_match_aria_snapshot(tree)

    def make(self, body, person=None):
        reply = (person or self.mira).request("POST", "/api/v1/pipelines", {"document": body})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def run_once(self, pipeline, person=None, **inputs):
        reply = (person or self.mira).request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": inputs}, Prefer="wait=30")
        self.assertEqual(reply.status, 202, str(reply))
        return reply.json["id"]

    def expect_within(self, page, place, keys):
        for key in [None, *keys]:
            if key:
                page.keyboard.press(key)
            self.assertTrue(page.evaluate("(place) => document.activeElement.closest(place) !== null", place), key)


class TheTree(SpokenTest):
    """Roles, names and states, as a screen reader goes through them."""

    def test_of_the_frame_the_list_and_what_opens_over_it(self):
        reader = member(self.service, "reader")
        health = self.make(failing("health", title="Health", description="Looks after it.", tags=["ops"]), reader)
        self.make(document("quiet", title="Quiet"), reader)
        for n in (1, 7):
            self.run_once(health, reader, n=n)
        page = self.window(reader).open("/pipelines?sort=name")
        expect(page.get_by_role("region", name="Right now")).to_be_visible()
        self.expect_tree(page.locator("body"), """
          - link "Skip to content"
          - navigation "Main":
            - link "Code Factory home"
            - button "Search and commands"
            - link "Pipelines"
            - link "Runs"
            - link "Monitor"
            - link "Templates"
            - link "Files"
            - link "Models and secrets"
            - link "Notifications"
            - link "Settings"
            - button "Keyboard shortcuts"
            - 'button "Account: reader"'
          - banner:
            - heading "Pipelines" [level=1]
            - link "Trash"
            - button "Import"
            - button "New pipeline"
          - main:
            - region "Right now":
              - link "0 running"
              - link "2 runs today"
            - search:
              - searchbox "Search pipelines"
              - group "Whose":
                - button "All" [pressed]
                - button "Mine"
                - button "Shared"
              - button "Favourites"
              - group "Tags":
                - button "ops"
              - combobox "Sort"
            - status: 2 pipelines
            - list "Pipelines":
              - listitem:
                - link "Health, 2 steps"
                - button "Favourite Health"
                - heading "Health" [level=2]
                - paragraph: Looks after it.
                - text: /50 % success/
                - 'img "Last 2 runs of Health: 1 succeeded, 1 failed"'
                - link /Failed/
                - button "More for Health"
                - link "Run Health"
              - listitem:
                - link "Quiet, 1 step"
                - button "Favourite Quiet"
                - heading "Quiet" [level=2]
                - text: Not run yet
                - img "No runs of Quiet yet"
                - button "More for Quiet"
                - link "Run Quiet"
        """)
        page.get_by_role("button", name="More for Health").press("Enter")
        self.expect_tree(page.get_by_role("menu"), """
          - menu "More for Health":
            - /children: equal
            - menuitem "Run"
            - menuitem "Edit"
            - menuitem "Versions"
            - menuitem "Runs"
            - menuitem "Activity"
            - separator
            - menuitem "Share"
            - menuitem "Duplicate"
            - menuitem "Export as YAML"
            - menuitem "Publish as template"
            - separator
            - menuitem "Delete"
        """)
        page.get_by_role("menuitem", name="Share").press("Enter")
        self.expect_tree(page.get_by_role("dialog"), """
          - dialog "Share Health":
            - heading "Share Health" [level=2]
            - button "Close"
            - textbox "Name or e-mail address"
            - combobox "Role"
            - button "Share"
            - list "People":
              - listitem: reader Owner
            - group "Who else can open it":
              - radio "Only people named above" [checked]
              - radio "Everyone on this server can view"
            - status: Nobody else can see it, apart from admins of this server.
            - group "Links":
              - combobox "Role of the link"
              - combobox "How long the link is good"
              - button "Make a link"
            - button "Copy address"
            - button "Done"
        """)
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("heal")
        self.expect_tree(page.get_by_role("dialog"), """
          - dialog "Search and commands":
            - combobox "Search pipelines, runs and commands" [expanded]: heal
            - listbox "Results":
              - group "Pipelines":
                - option "Health" [selected]
              - group "Runs":
                - 'option /health #\\d+ Failed/'
                - 'option /health #\\d+ Succeeded/'
        """)

    def test_of_the_builder(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline, "?view=canvas&step=second")
        expect(page.get_by_text("No problems")).to_be_visible()
        self.expect_tree(page.locator("cf-builder"), """
          - banner:
            - navigation "Breadcrumb":
              - link "Pipelines"
              - heading /test-of-the-builder/ [level=1]
              - 'button "Versions: never published, draft"'
            - group "View":
              - button "Canvas" [pressed]
              - button "List"
              - button "YAML"
            - text: Saved
            - button "Share"
            - button "Publish"
            - button "Run"
            - button "Run options"
            - button "More"
          - main:
            - complementary "Steps to add":
              - searchbox "Find a step"
              - list:
                - listitem:
                  - button "Add Prompt step"
            - region "Pipeline":
              - application /Pipeline graph, 3 steps. Arrow keys move between steps/:
                - 'group "Run inputs: who"'
                - group "transform step first, starts at once"
                - group "transform step second, runs after first, selected"
                - group "transform step third, runs after second"
              - toolbar "Canvas":
                - button "Undo" [disabled]
                - button "Redo" [disabled]
                - button "Tidy"
                - button "Zoom out"
                - button /Zoom \\d+ %. Show at 100 %/
                - button "Zoom in"
                - button "Show all"
              - region "Problems":
                - button "No problems" [disabled]
            - complementary "Step settings":
              - textbox "Id of the step": second
              - switch "Enabled" [checked]
              - button "Run this step"
              - button "More"
              - tablist "Settings of second":
                - tab "Configure" [selected]
                - tab "Input and output"
                - tab "Reliability"
                - tab "Comments"
              - tabpanel "Configure":
                - button "About Input"
                - group "How Input is written":
                  - button "Text" [pressed]
                  - button "JSON"
                - textbox "Input"
                - group "Operations":
                  - list:
                    - listitem:
                      - button "Remove Operations 1"
                      - group "Operations 1":
                        - combobox "Kind of Operations 1"
                        - textbox "Expression": steps.first.output.result
                  - button "Add operation"
        """)
        page.get_by_role("button", name="Publish", exact=True).press("Enter")
        self.expect_tree(page.get_by_role("dialog"), """
          - dialog "Publish version 1":
            - heading "Publish version 1" [level=2]
            - button "Close"
            - textbox "What changed"
            - button "Cancel"
            - button "Publish"
        """)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Run", exact=True).press("Enter")
        self.expect_tree(page.get_by_role("complementary", name="Run"), """
          - complementary "Run":
            - heading "Run" [level=2]
            - button "Close"
            - paragraph: The draft. How long it takes is not known yet.
            - textbox "Who": Ada
            - button "Run"
        """)
        page.get_by_role("button", name="List", exact=True).press("Enter")
        self.expect_tree(page.get_by_role("region", name="Pipeline"), """
          - region "Pipeline":
            - toolbar "Steps":
              - button "Add step"
            - table "Steps in their order":
              - rowgroup:
                - row /Order Step Type/:
                  - columnheader "Order"
                  - columnheader "Step"
                  - columnheader "Type"
                  - columnheader "Runs after"
                  - columnheader "Problems"
                  - columnheader "Change"
              - rowgroup:
                - row /1 first transform/:
                  - cell "first":
                    - button "first"
                  - cell:
                    - button "Runs after run inputs. Change"
                  - cell:
                    - button "More for first"
                - row /2 second transform/:
                  - cell:
                    - button "Runs after first. Change"
                - row /3 third transform/:
                  - cell:
                    - button "Runs after second. Change"
        """)

    def test_of_a_run(self):
        pipeline = self.make(failing("fails", title="Fails"))
        window = self.window(self.mira)
        page = window.open("/runs/" + self.run_once(pipeline, n=7))
        self.expect_tree(page.locator("cf-run"), """
          - banner:
            - navigation "Breadcrumb":
              - link "Runs"
              - link "Fails"
              - heading "Run 1" [level=1]
            - button "Run again"
            - button "Retry what failed"
          - main:
            - text: Failed at check
            - progressbar "Steps done"
            - text: 0 of 2 steps
            - term: Elapsed
            - definition
            - alert:
              - text: /check stopped.*division by zero/
              - button "Retry from check"
            - region "Steps and log":
              - group "View":
                - button "Timeline" [pressed]
                - button "Graph"
              - list "Steps":
                - listitem:
                  - button /^Failed check .*division by zero/
                - listitem:
                  - button "Skipped last check failed"
              - region "Log and results":
                - group "Panel":
                  - button "Log" [pressed]
                  - button "In and out"
                - searchbox "Find in the log"
                - log "Log of the run":
                  - text: /run started/
            - complementary "Step detail":
              - heading "check" [level=2]
              - text: /transform Failed/
              - tablist "Step detail":
                - tab "Output" [selected]
                - tab "Input"
                - tab "Tries"
                - tab "Log"
              - tabpanel "Output":
                - button "Retry from here"
                - link "Open in builder"
        """)
        page.get_by_role("button", name="Graph").press("Enter")
        self.expect_tree(page.get_by_role("application"), """
          - application /Graph of the run, 2 steps/:
            - 'group "Run inputs: n"'
            - group /transform step check, Failed .*, starts at once, selected/
            - group "transform step last, Skipped, runs after check"
        """)


class TheKeyboard(SpokenTest):
    def test_stays_in_a_dialog_and_comes_back_to_where_it_was(self):
        pipeline = self.pipeline()
        window = self.window(self.mira)
        page = window.open("/pipelines")
        for button, dialog in (("Search and commands", "Search and commands"), ("Keyboard shortcuts", "Keyboard shortcuts"),
                               ("Import", "Import pipelines"), ("New pipeline", "New pipeline")):
            self.opens_and_closes(page, button, dialog)
        page.goto("%s/pipelines/%s?view=canvas" % (self.url, pipeline))
        expect(self.card(page, "first")).to_be_visible()
        for button, dialog in (("Share", re.compile("^Share ")), ("Publish", "Publish version 1")):
            self.opens_and_closes(page, button, dialog)

    def opens_and_closes(self, page, name, title):
        button = page.get_by_role("button", name=name, exact=True).first
        button.press("Enter")
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        self.expect_within(page, "dialog", [])
        # The browser itself keeps the keyboard in what is modal; past the last control it would go to its own bars.
        expect(page.locator("dialog:modal")).to_have_count(1)
        controls = dialog.locator("a[href], button, input, select, textarea")
        controls.first.focus()
        self.expect_within(page, "dialog", ["Tab"] * min(controls.count() - 1, 3))
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()

    def test_stays_in_the_settings_of_a_step_that_lie_over_everything(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline, "?view=list", viewport=PHONE, has_touch=True)
        page.locator("[data-step=second] .step-link").press("Enter")
        expect(page.get_by_role("dialog", name="Step settings")).to_be_visible()
        controls = page.get_by_role("dialog").locator("a[href], button, input, select, textarea").count()
        self.expect_within(page, "[role=dialog]", ["Tab"] * (controls + 2) + ["Shift+Tab"] * (controls + 2))
        page.keyboard.press("Escape")
        expect(page.locator("[data-step=second] .step-link")).to_be_focused()

    def test_goes_through_the_builder_part_by_part(self):
        pipeline = self.pipeline()
        _, page = self.builder(pipeline, "?view=canvas&step=second")
        expect(page.get_by_role("complementary", name="Step settings").get_by_role("tab").first).to_be_visible()
        page.locator("#main").focus()
        parts = []
        for _ in range(40):
            page.keyboard.press("Tab")
            part = page.evaluate(LANDMARK).split(",")[0]
            if parts[-1:] != [part]:
                parts.append(part)
        self.assertEqual(parts[:4], ["Steps to add", "Pipeline graph", "Canvas", "Step settings"])


class Notes(SpokenTest):
    def test_are_said_and_leave_the_keyboard_where_it_is(self):
        tidy = member(self.service, "tidy")
        for title in ("Gone", "Kept"):
            self.make(document(title.lower(), title=title), tidy)
        window = self.window(tidy)
        window.page.clock.install()
        page = window.open("/pipelines?sort=name")
        page.get_by_role("button", name="More for Gone", exact=True).press("Enter")
        page.get_by_role("menuitem", name="Delete").press("Enter")
        said = page.get_by_role("status").filter(has_text="Gone is in the trash")
        expect(said).to_be_visible()
        # What had the keyboard is gone: what stood beside it has it now, not the note.
        kept = page.get_by_role("link", name="Kept, 1 step")
        expect(kept).to_be_focused()
        self.expect_tree(page.locator(".toasts"), """
          - status:
            - text: Gone is in the trash
            - button "Undo"
            - button "Close"
        """)
        # It waits for who has come to it, and gives the keyboard back when it is closed.
        page.locator(".toast").get_by_role("button", name="Close").focus()
        page.clock.run_for(60_000)
        expect(said).to_be_visible()
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("button", name="Undo")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Gone, 1 step")).to_be_visible()
        expect(page.locator(".toast")).to_have_count(0)
        expect(kept).to_be_focused()
        # Nobody is there: it goes by itself.
        more = page.get_by_role("button", name="More for Kept", exact=True)
        more.press("Enter")
        page.get_by_role("menuitem", name="Duplicate").press("Enter")
        expect(page.get_by_text("Duplicated as")).to_be_visible()
        expect(page.locator(".tile")).to_have_count(3)
        expect(more.first).to_be_focused()
        page.clock.run_for(60_000)
        expect(page.locator(".toast")).to_have_count(0)


if __name__ == "__main__":
    unittest.main()
