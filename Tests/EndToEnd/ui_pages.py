"""The pages of the web UI with something to show on them: one list, for the pictures of the documentation and for the tests
that look at every page. Everything shown is real: templates on their recorded answers, and runs that have run.
"""

import re
from dataclasses import dataclass
from typing import Callable

from people import member
from support import code, value, waiting

TEMPLATES = ["review-diff", "csv-to-json", "commit-message", "triage-logs", "verified-regex", "python-function"]


@dataclass
class Page:
    """Where it is, what shows that it is there, and what to do before looking."""

    name: str
    path: str
    ready: str = "h1"
    prepare: Callable = lambda page: None
    is_public: bool = False
    # Another state of a page that is in the list.
    is_state: bool = False
    # Which answers of the server it waits for and can miss; nothing where another page shows the same wait.
    reads: str = "."
    # What has a page that is there ask once more.
    again: Callable = None


def fill(service, person):
    """Fills the account of a person; gives what the paths of the pages name."""
    made, started = {}, []

    def ask(method, path, body=None, **headers):
        reply = person.request(method, "/api/v1" + path, body, **headers)
        assert reply.status < 300, "%s %s: %s" % (method, path, reply)
        return reply.json if reply.body else None

    def start(pipeline, inputs, **more):
        run = ask("POST", "/pipelines/%s/runs" % pipeline, {"inputs": inputs, **more})["id"]
        started.append(run)
        return run

    for name in TEMPLATES:
        template = ask("GET", "/templates/" + name)
        pipeline = made[name] = ask("POST", "/pipelines", {"template": name})["id"]
        sample = {one["name"]: one["sample"] for one in template["parameters"] if one["sample"] is not None}
        for _ in range(4 if name == "review-diff" else 1):
            start(pipeline, sample, mode="replay")
        made.setdefault("run", started[-1])
        if name == "csv-to-json":
            made["writing_run"] = started[-1]
    ask("POST", "/alerts", {"kind": "failure"})
    # Another input than the one the answers were recorded for: the step with the model fails.
    made["failed_run"] = start(made["review-diff"], {"diff": "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a\n+b\n"}, mode="replay")
    for run in list(started):
        assert service.ended(run)["status"] in ("succeeded", "failed"), run

    ask("POST", "/pipelines/%s/versions" % made["review-diff"], {"message": "First version"})
    draft = ask("GET", "/pipelines/%s" % made["review-diff"], Accept="application/json")
    document = draft["document"]
    document["description"] = "Reviews a diff for risk and style, and keeps the findings."
    ask("PUT", "/pipelines/%s" % made["review-diff"], document, If_Match='"%d"' % draft["revision"])
    ask("POST", "/pipelines/%s/versions" % made["review-diff"], {"message": "Says what it does"})
    ask("POST", "/pipelines/%s/comments" % made["review-diff"], {"text": "Keep the threshold at high until July."})
    ask("PUT", "/pipelines/%s/favourite" % made["review-diff"], {})
    colleague = member(service, "jonas")
    ask("PUT", "/pipelines/%s/shares/%s" % (made["review-diff"], colleague.account), {"role": "editor"})

    document = {"version": 1, "name": "nightly-digest", "description": "Waits for the night's figures and sums them up.",
                "tags": ["ops"], "steps": [value("plan", '"ready"'), code("collect", waiting(600), timeout="20m"), value("sum", "steps.collect.output")]}
    made["slow"] = ask("POST", "/pipelines", document)["id"]
    made["live_run"] = ask("POST", "/pipelines/%s/runs" % made["slow"], {"inputs": {}})["id"]
    started.append(made["live_run"])
    with service.events(made["live_run"]) as events:
        events.until("attempt.started", "collect")

    gone = ask("POST", "/pipelines", {"version": 1, "name": "old-digest", "steps": [value("sum", "1")]})["id"]
    ask("DELETE", "/pipelines/" + gone, If_Match='"1"')
    for trigger in ({"kind": "schedule", "cron": "30 8 * * MON", "timezone": "Europe/Berlin"}, {"kind": "webhook"}):
        ask("POST", "/pipelines/%s/triggers" % made["slow"], trigger)
    ask("POST", "/webhooks", {"url": "https://example.com/hook", "events": ["run.failed"]})
    ask("PUT", "/secrets/DEPLOY_TOKEN", {"value": "not shown again", "hosts": ["api.example.com"], "description": "For the release hook"})
    ask("PUT", "/files?path=notes/rules.md", "# Rules\n\nOne change a commit.\n", Content_Type="application/octet-stream")
    return made


def end(person, made):
    """Ends what was left running."""
    person.request("POST", "/api/v1/runs/%s/cancel" % made["live_run"], {})


def key(name, shown):
    """Presses a key, and waits for what it opens."""
    def press(page):
        page.keyboard.press(name)
        page.locator(shown).first.wait_for()
    return press


def menu(of, item):
    """Chooses from a menu what opens a dialog."""
    def choose(page):
        page.get_by_role("button", name=of).first.click()
        page.get_by_role("menuitem", name=item, exact=True).click()
        page.get_by_role("dialog").last.wait_for()
    return choose


def dialog(button):
    def press(page):
        page.get_by_role("button", name=button).first.click()
        page.get_by_role("dialog").last.wait_for()
    return press


def press(button):
    return lambda page: page.get_by_role("button", name=button).click()


def follow(link):
    return lambda page: page.get_by_role("link", name=link, exact=True).click()


def in_turn(*acts):
    def do(page):
        for act in acts:
            act(page)
    return do


def command(words):
    """Begins something from the search, which is there on a phone too."""
    def choose(page):
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Search pipelines, runs and commands").fill("> " + words)
        page.get_by_role("option", name=words).click()
        page.get_by_role("dialog", name=words).wait_for()
    return choose


def state(name, path, ready="h1", prepare=lambda page: None, reads="", **more):
    return Page(name, path, ready, prepare, is_state=True, reads=reads, **more)


PAGES = [
    Page("signin", "/signin", "form", is_public=True, reads=""),
    Page("setup", "/setup", "main", is_public=True, reads=""),
    Page("join", "/join#" + "0" * 64, "main .banner", is_public=True, reads="/invitations"),
    Page("shared", "/shared", "main", reads=""),
    Page("pipelines", "/pipelines", "main article, main .tile"),
    Page("trash", "/pipelines/trash", "main h2"),
    Page("builder", "/pipelines/{review-diff}", ".node, .steplist"),
    Page("builder-list", "/pipelines/{review-diff}?view=list", ".steplist", reads=""),
    Page("builder-yaml", "/pipelines/{review-diff}?view=yaml", "cf-editor textarea", reads=""),
    Page("compare", "/pipelines/{review-diff}/versions/1/diff/2", "main nav"),
    Page("templates", "/templates", "main article, main .tile"),
    Page("template", "/templates/review-diff", "cf-use-template form"),
    Page("runs", "/runs", "main table", again=press("Failed")),
    Page("run", "/runs/{run}", ".rhead"),
    Page("run-failed", "/runs/{failed_run}", ".rhead", reads=""),
    Page("run-live", "/runs/{live_run}", ".rhead", reads=""),
    Page("monitor", "/monitor", ".kpis", again=follow("7 d")),
    Page("files", "/files", "main table, main [role=grid], main [role=tree]"),
    Page("models", "/models", "main h2"),
    Page("secrets", "/models?tab=secrets", "main table"),
    Page("notifications", "/notifications", "main table", again=follow("Unread")),
    Page("settings", "/settings/profile", "main form"),
    Page("settings-sessions", "/settings/sessions", "main table"),
    Page("settings-keys", "/settings/keys"),
    Page("settings-triggers", "/settings/triggers", "main table"),
    Page("settings-alerts", "/settings/alerts", "main table"),
    Page("settings-people", "/settings/people", "main table"),
    Page("settings-audit", "/settings/audit", "main table"),
    Page("settings-appearance", "/settings/appearance", reads=""),
    Page("notfound", "/no/such/page", reads=""),
]

# What these pages can show besides.
STATES = [
    state("pipelines-new", "/pipelines", "main .tile", dialog(re.compile("^New"))),
    state("pipelines-share", "/pipelines?q=review", "main .tile", menu(re.compile("^More for"), "Share"), reads="/shares$"),
    state("pipelines-activity", "/pipelines?q=review", "main .tile", menu(re.compile("^More for"), "Activity"), reads="/activity"),
    state("pipelines-template", "/pipelines?q=review", "main .tile", menu(re.compile("^More for"), "Publish as template")),
    state("pipelines-import", "/pipelines", "main .tile", command("Import pipelines")),
    state("pipelines-none", "/pipelines?q=nothing+like+it", "main h2"),
    state("builder-step", "/pipelines/{review-diff}?step=review", "cf-inspector"),
    state("builder-settings", "/pipelines/{review-diff}?panel=settings", "cf-pipeline-settings"),
    state("builder-run", "/pipelines/{review-diff}?panel=run", "cf-run-form form"),
    state("builder-versions", "/pipelines/{review-diff}?panel=versions", "cf-versions li", reads="/versions"),
    state("builder-comments", "/pipelines/{review-diff}?panel=comments", "cf-comments li", reads="/comments"),
    state("builder-publish", "/pipelines/{review-diff}", ".node, .steplist", key("Control+s", "dialog")),
    state("builder-needs", "/pipelines/{review-diff}?view=list", ".steplist", menu(re.compile("^More for"), "Change what it runs after")),
    state("builder-paste", "/pipelines/{review-diff}?view=list", ".steplist", menu("Add step", "Paste steps")),
    state("builder-preset", "/pipelines/{review-diff}?panel=run", "cf-run-form form", in_turn(press("Last input"), menu("More on the inputs", "Keep these inputs as a preset"))),
    state("builder-missing", "/pipelines/pl_00000000000000000000000000", "main [role=alert]"),
    state("compare-side", "/pipelines/{review-diff}/versions/1/diff/2?view=side", ".dhalf"),
    state("compare-restore", "/pipelines/{review-diff}/versions/1/diff/2", "main nav", dialog(re.compile("^Restore"))),
    state("run-graph", "/runs/{run}?view=graph", ".node"),
    state("run-files", "/runs/{writing_run}?panel=files", "cf-file-view", reads="/artifacts"),
    state("run-changes", "/runs/{writing_run}?panel=changes", "main [aria-label='File changes']", reads="/changes"),
    state("runs-none", "/runs?status=cancelled", "main h2"),
    state("file", "/files?path=notes/rules.md", "aside"),
    state("files-folder", "/files", "main table", dialog("New folder")),
    state("keys-new", "/settings/keys", prepare=dialog("New key")),
    state("triggers-new", "/settings/triggers", "main table", dialog("New schedule")),
    state("triggers-deliveries", "/settings/triggers", "main table", menu("Actions for webhook", "Deliveries"), reads="/deliveries"),
    state("triggers-messages", "/settings/triggers", "main table", menu(re.compile("^Actions for https"), "Messages"), reads="/messages"),
    state("search", "/settings/appearance", prepare=key("Control+k", "dialog [role=combobox]")),
    state("shortcuts", "/settings/appearance", prepare=key("?", "dialog")),
]


def path_of(page, made):
    path = page.path
    for name, identity in made.items():
        path = path.replace("{%s}" % name, identity)
    return path
