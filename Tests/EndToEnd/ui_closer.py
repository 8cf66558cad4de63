"""What the pictures of the web UI show besides the pages and states that every test looks at: forms and dialogs that have
tests of their own, and places that need something on the server first.
"""

from support import value
from ui_pages import dialog, in_turn, menu, press, state


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
    state("builder-file", "/pipelines/{with_file}?panel=run", "cf-run-form form",
          in_turn(press("Browse"), lambda page: page.get_by_role("dialog").get_by_text("rules.md").or_(page.get_by_role("dialog").get_by_text("notes")).first.wait_for())),
]
