"""What people, models, programs and other systems write is text in the web UI, on every page that shows it."""

import http.client
import json
import unittest
from urllib.parse import quote, urlsplit

from people import member, sign_in
from support import code, value
from test_ui_run import teller
from ui_support import UITest, expect

HOSTILE = "<img src=x onerror=window.wasHit=1><script>window.wasHit=1</script>"
# A link that Markdown has to leave alone, too.
ANSWER = HOSTILE + "\n\n[here](javascript:window.wasHit=1) ![x](x) <b>bold</b>\n\n| a |\n| - |\n| " + HOSTILE + " |\n"
FILE = "<img src=x onerror=window.wasHit=1>.md"
SHOUT = "import sys\nprint(inputs['n'])\nprint('\\x1b[31m' + inputs['n'], file=sys.stderr)\n"
MADE_OF_IT = """() => [...document.querySelectorAll("img[src=x], script:not([type=module]), a[href^='javascript' i], [onerror]")].map((one) => one.outerHTML)
  .concat(window.wasHit === undefined ? [] : ["it ran"])"""


class WhatOthersWrite(UITest):
    def ask(self, method, path, body=None, **headers):
        reply = self.mira.request(method, "/api/v1" + path, body, **headers)
        self.assertLess(reply.status, 300, "%s %s: %s" % (method, path, reply))
        return reply.json if reply.body else None

    def test_is_text(self):
        with teller() as model:
            model.pieces.put(ANSWER)
            model.pieces.put(None)
            self.fill("http://127.0.0.1:%d/v1" % model.server_address[1])
        window = self.window(self.mira)
        for path in self.paths():
            with self.subTest(path=path):
                page = window.open(path)
                expect(page.locator("#main")).to_contain_text(HOSTILE[:20])
                self.expect_text_alone(window)
            window.faults.clear()
        self.expect_text_in_what_opens(window)

    def expect_text_alone(self, window):
        self.assertEqual(window.page.evaluate(MADE_OF_IT), [])
        self.expect_no_faults(window)

    def fill(self, model):
        document = {
            "version": 1, "name": "hostile", "title": HOSTILE, "description": HOSTILE, "tags": [HOSTILE], "changes": "review",
            "inputs": {"n": {"type": "string", "title": HOSTILE, "description": HOSTILE, "default": HOSTILE}},
            "steps": [
                {**value("say", "inputs.n"), "title": HOSTILE, "description": HOSTILE},
                {"id": "ask", "type": "prompt", "with": {"model": "teller/teller", "system": HOSTILE, "prompt": HOSTILE}},
                {"id": "write", "type": "file", "with": {"operation": "write", "path": FILE, "content": "{{ steps.ask.output.text }}"}},
                code("shout", SHOUT + "raise ValueError(inputs['n'])", with_={"inputs": {"n": "{{ inputs.n }}"}})],
            "outputs": {"said": "steps.say.output.result"}}
        self.ask("POST", "/providers", {"name": "teller", "kind": "openai", "base_url": model, "admit": True})
        self.ask("POST", "/providers", {"name": "odd", "kind": "openai", "base_url": "http://127.0.0.1:9/" + HOSTILE, "admit": True})
        self.ask("PUT", "/models/aliases/odd", {"model": "odd/" + HOSTILE})
        pipeline = self.ask("POST", "/pipelines", {"document": document})["id"]
        self.pipeline = "/pipelines/" + pipeline
        self.ask("POST", self.pipeline + "/versions", {"message": HOSTILE})
        self.ask("POST", self.pipeline + "/comments", {"text": HOSTILE + " @mira", "step": "say"})
        self.ask("POST", "/alerts", {"kind": "failure", "name": HOSTILE, "pipeline": pipeline})
        # A change set that waits is no success: the run that fails at its end keeps everything it wrote.
        self.run_ = self.ask("POST", self.pipeline + "/runs", {"inputs": {}}, Prefer="wait=60")
        self.assertEqual(self.run_["status"], "failed", self.run_)
        document["steps"][0]["description"] = HOSTILE + "!"
        self.ask("PUT", self.pipeline, {"document": document}, If_Match=self.mira.request("GET", "/api/v1" + self.pipeline).tag)
        self.ask("POST", self.pipeline + "/versions", {"message": HOSTILE})
        self.ask("POST", "/templates", {"pipeline": pipeline, "category": "review", "readme": ANSWER, "sample_inputs": {"n": HOSTILE}})
        trash = self.ask("POST", "/pipelines", {"document": {**document, "name": "gone"}})["id"]
        self.ask("DELETE", "/pipelines/" + trash, If_Match='"1"')
        self.ask("POST", "/webhooks", {"url": "https://example.com/" + HOSTILE, "name": HOSTILE, "events": ["run.failed"]})
        hook = self.ask("POST", self.pipeline + "/triggers", {"kind": "webhook", "name": HOSTILE, "signed": False})
        self.call(hook["path"])
        self.ask("POST", "/access-keys", {"name": HOSTILE, "scopes": ["read"]})
        self.ask("PUT", "/secrets/TOKEN", {"value": HOSTILE, "description": HOSTILE, "hosts": ["example.com"]})
        self.ask("PUT", "/variables/PLAIN", {"value": HOSTILE})
        self.ask("PUT", "/files?path=" + quote(FILE), ANSWER, Content_Type="application/octet-stream")
        member(self.service, "guest")
        self.ask("PUT", self.pipeline + "/shares/guest", {"role": "editor"})
        sign_in(self.service, "mira", User_Agent=HOSTILE)

    def call(self, address):
        """Somebody else's system calls."""
        at = urlsplit(address)
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port)
        connection.request("POST", at.path, json.dumps({"text": HOSTILE}), {"Content-Type": "application/json", "User-Agent": HOSTILE})
        self.assertLess(connection.getresponse().status, 500)
        connection.close()

    def paths(self):
        run = "/runs/" + self.run_["id"]
        return [
            "/pipelines", "/pipelines/trash", *(self.pipeline + query for query in (
                "", "?view=yaml", "?step=say", "?step=ask", "?panel=settings", "?panel=run", "?panel=versions", "/versions/1/diff/2",
                "/versions/1/diff/2?view=side")),
            "/templates?q=hostile", "/templates/hostile", "/runs", run, run + "?step=say", run + "?step=ask", run + "?step=shout",
            run + "?panel=results", run + "?panel=files", run + "?panel=changes", "/monitor", "/files", "/files?path=" + quote(FILE),
            "/models", "/models?tab=secrets", "/settings/keys", "/settings/triggers", "/settings/alerts",
            "/settings/sessions", "/settings/audit"]

    def expect_text_in_what_opens(self, window):
        page = window.open("/pipelines")
        for item in ("Share", "Activity", "Publish as template", "Delete"):
            page.get_by_role("button", name="More for").first.click()
            page.get_by_role("menuitem", name=item, exact=True).click()
            if item != "Delete":
                expect(page.get_by_role("dialog")).to_be_visible()
                page.keyboard.press("Escape")
        expect(page.locator(".toast")).to_contain_text(HOSTILE)
        page.get_by_role("button", name="Undo").click()
        page.keyboard.press("Control+k")
        page.get_by_role("dialog").get_by_role("combobox").fill("hostile")
        expect(page.get_by_role("option", name=HOSTILE).first).to_be_visible()
        self.expect_text_alone(window)
        page = window.open("/settings/triggers")
        page.get_by_role("table", name="Triggers").get_by_role("button", name="Actions for").first.click()
        page.get_by_role("menuitem", name="Deliveries").click()
        page.get_by_role("dialog").get_by_role("row").nth(1).get_by_role("button").first.click()
        expect(page.get_by_role("dialog")).to_contain_text(HOSTILE)
        self.expect_text_alone(window)


if __name__ == "__main__":
    unittest.main()
