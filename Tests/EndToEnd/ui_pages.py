"""The pages of the web UI with something to show on them: one list, for the pictures of the documentation and for the tests
that look at every page. Everything shown is real: templates on their recorded answers, and runs that have run.
"""

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

    ask("PUT", "/secrets/DEPLOY_TOKEN", {"value": "not shown again", "hosts": ["api.example.com"], "description": "For the release hook"})
    ask("PUT", "/files?path=notes/rules.md", "# Rules\n\nOne change a commit.\n", Content_Type="application/octet-stream")
    return made


def end(person, made):
    """Ends what was left running."""
    person.request("POST", "/api/v1/runs/%s/cancel" % made["live_run"], {})


PAGES = [
    Page("signin", "/signin", "form", is_public=True),
    Page("pipelines", "/pipelines", "main article, main .tile"),
    Page("trash", "/pipelines/trash"),
    Page("builder", "/pipelines/{review-diff}"),
    Page("builder-list", "/pipelines/{review-diff}?view=list"),
    Page("builder-yaml", "/pipelines/{review-diff}?view=yaml"),
    Page("compare", "/pipelines/{review-diff}/versions/1/diff/2"),
    Page("templates", "/templates", "main article, main .tile"),
    Page("template", "/templates/review-diff"),
    Page("runs", "/runs", "main table"),
    Page("run", "/runs/{run}"),
    Page("run-failed", "/runs/{failed_run}"),
    Page("run-live", "/runs/{live_run}"),
    Page("monitor", "/monitor"),
    Page("files", "/files", "main table, main [role=grid], main [role=tree]"),
    Page("models", "/models"),
    Page("secrets", "/models?tab=secrets"),
    Page("notifications", "/notifications", "main table"),
    Page("settings", "/settings/profile"),
    Page("settings-keys", "/settings/keys"),
    Page("settings-alerts", "/settings/alerts", "main table"),
    Page("settings-people", "/settings/people"),
    Page("settings-appearance", "/settings/appearance"),
    Page("notfound", "/no/such/page"),
]


def path_of(page, made):
    path = page.path
    for name, identity in made.items():
        path = path.replace("{%s}" % name, identity)
    return path
