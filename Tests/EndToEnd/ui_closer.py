"""What the pictures of the web UI show besides the pages and states that every test looks at: forms and dialogs that have
tests of their own, and places that need something on the server first.
"""

import re

from people import sign_in
from support import value
from ui_pages import Page, dialog, in_turn, key, menu, press, state


def fill(service, person, made):
    """Puts there what these places show."""
    def ask(method, path, body, **headers):
        reply = person.request(method, "/api/v1" + path, body, **headers)
        assert reply.status < 300, "%s %s: %s" % (method, path, reply)
        return reply.json

    made["invitation"] = ask("POST", "/invitations", {"kind": "invite", "email": "anna@example.com"})["token"]
    begun = ask("POST", "/uploads", {"path": "data/march.csv", "size": 20_000_000})["id"]
    ask("PATCH", "/uploads/" + begun, b"." * 7_000_000, Upload_Offset="0", Content_Type="application/octet-stream")
    made["with_file"] = ask("POST", "/pipelines", {
        "version": 1, "name": "check-rules", "description": "Reads rules and a change.",
        "inputs": {"rules": {"type": "string", "format": "file", "title": "Rules"}, "number": {"type": "integer", "title": "Pull request"}},
        "steps": [value("first", "inputs.rules")]})["id"]

    for browser in ("Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"):
        sign_in(service, "mira", User_Agent="Mozilla/5.0 (" + browser)
    hook = ask("POST", "/pipelines/%s/triggers" % made["triage-logs"], {
        "kind": "webhook", "name": "alerts", "signed": False, "if": "trigger.body.level == 'error'", "inputs": {"log": "trigger.body.log"}})
    for body in ({"level": "error", "log": "12:00 ERROR disk full"}, {"level": "info", "log": "-"}, {"log": "-"}):
        service.request("POST", hook["path"], body, key=False)
    # The run fails, and the address that is to hear of it is reached by nobody from here.
    service.ended(ask("POST", "/pipelines/%s/runs" % made["commit-message"], {"inputs": {"diff": "--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-a\n+b\n"}, "mode": "replay"})["id"])


def lend(page):
    """Lends one's secrets to a person, and makes a link that lends models."""
    menu("More for Code review of a diff", "Share")(page)
    page.get_by_role("switch", name="My secrets").first.check()
    page.get_by_label("Role of the link").select_option("runner")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_label("Links").get_by_role("listitem").first.wait_for()


def run_alone(page):
    page.get_by_role("button", name="Run this step").click()
    page.locator(".trial .st.ok").wait_for()


CLOSER = [
    state("join-invited", "/join#{invitation}", "main form", is_public=True),
    state("pipelines-lend", "/pipelines?q=review", "main .tile", lend),
    state("builder-trial", "/pipelines/{slow}?step=plan", "cf-inspector", run_alone),
    state("builder-run-file", "/pipelines/{with_file}?panel=run", "cf-run-form form"),
    state("models-provider", "/models", "main h2", dialog("Add provider")),
    state("models-install", "/models", "main h2", dialog("Install a small model")),
    state("secrets-new", "/models?tab=secrets", "main table", dialog("Add secret")),
    state("alerts-new", "/settings/alerts", "main table", dialog("New alert")),
    state("people-invite", "/settings/people", "main table", dialog("Invite")),
    state("triggers-webhook", "/settings/triggers", "main table", dialog("New webhook")),
    state("triggers-address", "/settings/triggers", "main table", dialog("New address")),
    state("sessions-others", "/settings/sessions", "main table"),
    state("triggers-delivered", "/settings/triggers", "main table", menu("Actions for alerts", "Deliveries")),
    state("triggers-delivery", "/settings/triggers", "main table",
          in_turn(menu("Actions for alerts", "Deliveries"), lambda page: page.get_by_role("dialog").get_by_role("button", name=re.compile("B$")).first.click())),
    state("triggers-sent", "/settings/triggers", "main table", menu(re.compile("^Actions for https"), "Messages")),
    state("shortcuts-builder", "/pipelines/{review-diff}", ".node, .steplist", key("?", "dialog")),
    state("builder-file", "/pipelines/{with_file}?panel=run", "cf-run-form form",
          in_turn(press("Browse"), lambda page: page.get_by_role("dialog").get_by_text("rules.md").or_(page.get_by_role("dialog").get_by_text("notes")).first.wait_for())),
]

# What is shown to who has nothing yet.
EMPTY = [
    Page("pipelines-empty", "/pipelines", "main .empty"),
    Page("trash-empty", "/pipelines/trash", "main .empty"),
    Page("runs-empty", "/runs", "main .empty"),
    Page("monitor-empty", "/monitor", "main .empty"),
    Page("files-empty", "/files", "main .empty"),
    Page("models-empty", "/models"),
    Page("secrets-empty", "/models?tab=secrets"),
    Page("notifications-empty", "/notifications", "main .empty"),
    Page("keys-empty", "/settings/keys"),
    Page("triggers-empty", "/settings/triggers"),
]

# Pages that are looked at while the server says nothing, and after it failed.
UNANSWERED = ["pipelines", "builder", "compare", "template", "runs", "run", "monitor", "files", "models", "settings-triggers", "builder-versions", "run-changes"]
