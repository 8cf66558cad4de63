"""What the owner of a pipeline lets those use it is shared with: their secrets and models work, and come out nowhere."""

import base64
import json
import unittest

from people import member, set_up
from serving import ServingTest, gate
from support import code, recorder, value

SECRET = "correct-horse-battery-staple"
PRINTED = """
import base64
key = inputs["secrets"]["KEY"]
print(key)
print(base64.b64encode(key.encode()).decode(), key.encode().hex())
result = {"plain": key, "encoded": base64.b64encode(("x" + key).encode()).decode(), "length": len(key)}
"""


def spellings(text):
    raw = text.encode()
    return [text, raw.hex(), *(base64.b64encode(b"x" * pad + raw).decode()[pad + 3:-6] for pad in range(3))]


class Lent(ServingTest):
    """Ada owns a pipeline that needs her secret; bob may run it, eve may edit it."""

    def setUp(self):
        super().setUp()
        door = gate()
        self.door = door.__enter__()
        self.addCleanup(door.__exit__, None, None, None)
        self.door.open.set()
        self.service = self.serve("--allow-host", self.door.address)
        self.root = set_up(self.service)
        self.ada, self.bob, self.eve = (member(self.service, name) for name in ("ada", "bob", "eve"))
        self.ok(self.ada.request("PUT", "/api/v1/secrets/KEY", {"value": SECRET}), 201)
        self.ok(self.ada.request("PUT", "/api/v1/variables/PLACE", {"value": "hers"}), 201)
        self.path = self.made("lent", [code("use", PRINTED, with_={"secrets": ["KEY"]})])
        self.published(self.ada)
        self.share(self.bob, "runner", "secrets")

    def ok(self, reply, status=200):
        self.assertEqual(reply.status, status, str(reply))
        return reply.json if reply.body else None

    def made(self, name, steps, who=None, **more):
        body = {"version": 1, "name": name, "steps": steps, **more}
        return "/api/v1/pipelines/" + self.ok((who or self.ada).request("POST", "/api/v1/pipelines", body), 201)["id"]

    def published(self, who, message="one"):
        reply = who.request("POST", self.path + "/versions", {"message": message})
        self.assertIn(reply.status, (200, 201), str(reply))
        return reply

    def share(self, who, role, *allows, by=None):
        body = {"role": role, "allows": list(allows)}
        return self.ok((by or self.ada).request("PUT", "%s/shares/%s" % (self.path, who.account), body))

    def start(self, who, **body):
        return who.request("POST", self.path + "/runs", body, Prefer="wait=30")

    def ran(self, who, **body):
        run = self.ok(self.start(who, **body), 202)
        self.assertEqual(run["status"], "succeeded", json.dumps(run))
        return run

    def refuse(self, who, **body):
        self.refused(self.start(who, **body), 422, "secret_missing")

    def assert_hidden(self, *texts):
        for text in texts:
            for spelling in spellings(SECRET):
                self.assertNotIn(spelling, text)

    def test_work_and_come_out_nowhere(self):
        run = self.ran(self.bob)
        self.assertEqual((run["lender"], run["version"]), (self.ada.account, 1))
        self.assertEqual(run["steps"][0]["output"]["result"]["length"], len(SECRET))
        logs = self.bob.request("GET", "/api/v1/runs/%s/logs" % run["id"]).body.decode()
        self.assertIn("stdout", logs)
        shown = [json.dumps(run), logs]
        for path in ("/api/v1/secrets", "/api/v1/secrets/KEY", "/api/v1/variables/PLACE", self.path, self.path + "/shares",
                     self.path + "/activity", "/api/v1/runs/%s/archive" % run["id"],
                     "/api/v1/runs/%s/steps/use" % run["id"]):
            shown.append(self.bob.request("GET", path).body.decode("latin-1"))
        shown.append("".join(str(event) for event in self.followed(run["id"])))
        self.assert_hidden(*shown)
        self.assertEqual(self.bob.request("GET", "/api/v1/secrets").json["items"], [])
        self.assertEqual(self.bob.request("GET", "/api/v1/secrets/KEY").status, 404)
        # The store holds it sealed, and nowhere else.
        for file in self.place.data.rglob("*"):
            if file.is_file():
                self.assertNotIn(SECRET.encode(), file.read_bytes(), file)

    def followed(self, run):
        reply = self.bob.request("GET", "/api/v1/runs/%s/events" % run)
        return [reply.body.decode()]

    def test_are_there_as_long_as_the_owner_allows_it(self):
        run = self.ran(self.bob)
        self.share(self.bob, "runner")
        self.refuse(self.bob)
        # A retry has it no more either.
        self.assertEqual(
            self.bob.request("POST", "/api/v1/runs/%s/retry" % run["id"], {"step": "use"}).status, 202)
        with self.service.events(run["id"]) as events:
            for _ in events:
                pass
        again = self.bob.request("GET", "/api/v1/runs/" + run["id"]).json
        self.assertEqual(
            (again["status"], again["error"]["code"]), ("failed", "secret_missing"), json.dumps(again["error"]))
        self.share(self.bob, "runner", "secrets")
        self.ran(self.bob)
        # A role without runs takes it along.
        self.assertEqual(self.share(self.bob, "viewer")["people"][0]["allows"], [])
        self.assertEqual(self.start(self.bob).status, 403)
        self.ok(self.ada.request("DELETE", self.path + "/shares/" + self.bob.account), 204)
        self.assertEqual(self.start(self.bob).status, 404)
        entries = self.service.request("GET", "/api/v1/audit?limit=200").json["items"]
        told = [entry["detail"].get("allows") for entry in entries if entry["action"] == "pipeline.shared"]
        self.assertEqual(told, [[], ["secrets"], [], ["secrets"]])
        lent = [entry for entry in entries if entry["action"] == "run.started" and entry["detail"].get("lender")]
        self.assertEqual({entry["account"] for entry in lent}, {self.bob.account})

    def test_are_not_for_what_somebody_else_wrote(self):
        self.share(self.eve, "editor", "secrets")
        self.assertEqual(self.ran(self.eve, version=1)["lender"], self.ada.account)
        self.refuse(self.eve)
        stolen = code("use", "result = inputs['secrets']['KEY'][::-1]", with_={"secrets": ["KEY"]})
        self.ok(self.eve.request("PUT", self.path + "/steps/use", stolen, If_Match="*"))
        self.refuse(self.eve, version="draft")
        self.assertEqual(self.published(self.eve).json["number"], 2)
        for who in (self.eve, self.bob):
            self.refuse(who, version=2)
        # An earlier version that somebody else restores is theirs as well.
        self.ok(self.eve.request("POST", self.path + "/versions/1/restore"), 201)
        self.refuse(self.bob)
        # It is the owner's once the owner publishes it, the same text too.
        published = self.published(self.ada)
        self.assertEqual((published.status, published.json["number"]), (201, 4))
        self.assertEqual(self.published(self.ada).status, 200)
        self.ran(self.bob)

    def test_are_not_for_other_pipelines(self):
        text = [code("use", PRINTED, with_={"secrets": ["KEY"]})]
        own = self.made("mine", text, self.bob)
        copy = "/api/v1/pipelines/" + self.ok(
            self.bob.request("POST", "/api/v1/pipelines", {"copy_of": self.path.rsplit("/", 1)[1]}), 201)["id"]
        for self.path in (own, copy):
            self.published(self.bob)
            self.refuse(self.bob)

    def test_are_not_mixed_with_ones_own(self):
        """A variable of the runner's must not lead the owner's secret to the runner."""
        url = "http://%s/{{ vars.PLACE }}" % self.door.address
        self.path = self.made("send", [
            {"id": "send", "type": "api", "with": {"url": url, "headers": {"X-Key": "{{ secrets.KEY }}"}}}])
        self.published(self.ada)
        self.share(self.bob, "runner", "secrets")
        self.ok(self.bob.request("PUT", "/api/v1/variables/PLACE", {"value": "his"}), 201)
        self.assertEqual(self.ran(self.bob)["variables"], {"PLACE": "hers"})
        # With a secret of his own he runs it with all that is his.
        self.ok(self.bob.request("PUT", "/api/v1/secrets/KEY", {"value": "bobs-own-secret"}), 201)
        run = self.ran(self.bob)
        self.assertEqual((run["lender"], run["variables"]), (None, {"PLACE": "his"}))
        # And a run that began with his values goes on with his, whatever he takes away meanwhile.
        self.ok(self.bob.request("DELETE", "/api/v1/secrets/KEY", If_Match="*"), 204)
        self.assertEqual(
            self.bob.request("POST", "/api/v1/runs/%s/retry" % run["id"], {"step": "send"}).status, 202)
        with self.service.events(run["id"]) as events:
            for _ in events:
                pass
        self.assertEqual(self.bob.request("GET", "/api/v1/runs/" + run["id"]).json["status"], "failed")
        self.assertEqual(self.door.came, ["/hers", "/his"])

    def test_of_one_step_alone_are_not_led_astray(self):
        """A step that is run alone does not send the owner's secret where an edited step before it says."""
        steps = [value("where", "'good'"), {"id": "send", "type": "api", "with": {
            "url": "http://%s/{{ steps.where.output.result }}" % self.door.address,
            "headers": {"X-Key": "{{ secrets.KEY }}"}}}]
        self.path = self.made("two", steps)
        self.published(self.ada)
        self.share(self.eve, "editor", "secrets")
        whole = self.ran(self.eve, version=1)
        alone = self.ran(self.eve, version=1, only={"step": "send", "from_run": whole["id"]})
        self.assertEqual(alone["lender"], self.ada.account)
        self.ok(self.eve.request("PUT", self.path + "/steps/where", value("where", "'evil'"), If_Match="*"))
        evil = self.ran(self.eve, version="draft", only={"step": "where"})
        self.refuse(self.eve, version=1, only={"step": "send", "from_run": evil["id"]})
        # Nor by way of a run of the version that took over what the draft gave.
        again = self.ran(self.eve, version=1, only={"step": "where", "from_run": evil["id"]})
        self.refuse(self.eve, version=1, only={"step": "send", "from_run": again["id"]})
        self.assertEqual(self.door.came, ["/good", "/good"])

    def test_hold_to_their_hosts(self):
        self.ok(self.ada.request("PUT", "/api/v1/secrets/KEY", {"value": SECRET, "hosts": ["api.example.com"]}, If_Match="*"))
        run = self.ok(self.start(self.bob), 202)
        self.assertEqual((run["status"], run["error"]["code"]), ("failed", "secret_host_denied"), json.dumps(run["error"]))

    def test_are_given_by_the_owner_alone(self):
        shares = self.ok(self.ada.request("GET", self.path + "/shares"))
        self.assertEqual([person["allows"] for person in shares["people"]], [["secrets"]])
        for allows in (None, "secrets", ["keys"], [None], ["secrets", "secrets"], ["secrets", "models", "secrets"], {}):
            for path, body in ((self.path + "/shares/" + self.eve.account, {"role": "runner", "allows": allows}),
                               (self.path + "/share-links", {"role": "runner", "allows": allows})):
                method = "PUT" if "/shares/" in path else "POST"
                self.refused(self.ada.request(method, path, body), 400, "invalid_field_value")
        viewer = {"role": "viewer", "allows": ["secrets"]}
        self.refused(
            self.ada.request("PUT", self.path + "/shares/" + self.eve.account, viewer), 400, "invalid_field_value")
        # An admin may share it and take it back, and not lend what is another's.
        path = self.path + "/shares/" + self.eve.account
        self.refused(self.root.request("PUT", path, {"role": "runner", "allows": ["secrets"]}), 403, "forbidden")
        self.refused(
            self.root.request("POST", self.path + "/share-links", {"role": "runner", "allows": ["models"]}), 403,
            "forbidden")
        kept = [{"account": "bob", "role": "editor", "allows": ["secrets"]}, {"account": "eve", "role": "runner"}]
        people = self.ok(self.root.request("PUT", self.path + "/shares", {"people": kept}))["people"]
        self.assertEqual(
            {person["account"]["name"]: person["allows"] for person in people}, {"bob": ["secrets"], "eve": []})
        self.refuse(self.eve)
        self.ok(self.root.request("PUT", self.path + "/shares", {"people": []}))
        self.assertEqual(self.start(self.bob).status, 404)

    def test_go_along_with_a_link(self):
        made = self.ok(self.ada.request("POST", self.path + "/share-links", {
            "role": "runner", "allows": ["secrets", "models"]}), 201)
        self.assertEqual(made["allows"], ["secrets", "models"])
        self.ok(self.eve.request("POST", "/api/v1/share-links/accept", {"token": made["token"]}))
        self.ran(self.eve)
        # Who has a share already is allowed more by it, and loses nothing.
        self.ok(self.bob.request("POST", "/api/v1/share-links/accept", {"token": made["token"]}))
        people = self.ok(self.ada.request("GET", self.path + "/shares"))["people"]
        self.assertEqual({person["account"]["name"]: sorted(person["allows"]) for person in people},
                         {"bob": ["models", "secrets"], "eve": ["models", "secrets"]})


class LentModels(ServingTest):
    def test_answer_where_the_owner_allows_it(self):
        with recorder() as door:
            service = self.serve("--allow-host", door.address)
            set_up(service)
            ada, bob = member(service, "ada"), member(service, "bob")
            reply = ada.request("POST", "/api/v1/providers", {
                "name": "hers", "kind": "openai", "base_url": "http://%s/v1" % door.address, "key": "sk-hers-0123456789"})
            self.assertEqual(reply.status, 201, str(reply))
            made = ada.request("POST", "/api/v1/pipelines", {"version": 1, "name": "ask", "steps": [
                {"id": "ask", "type": "prompt", "retry": {"max_attempts": 1}, "with": {"model": "hers/m", "prompt": "Hi"}}]})
            path = "/api/v1/pipelines/" + made.json["id"]
            self.assertEqual(ada.request("POST", path + "/versions", {}).status, 201)

            def ask():
                return bob.request("POST", path + "/runs", {}, Prefer="wait=30").json

            for allows, reached in (([], 0), (["secrets"], 0), (["models"], 1), ([], 1)):
                share = ada.request("PUT", path + "/shares/bob", {"role": "runner", "allows": allows})
                self.assertEqual(share.status, 200, str(share))
                run = ask()
                self.assertEqual(run["status"], "failed")
                asked = [request for request in door.requests if request["method"] == "POST"]
                self.assertEqual(len(asked), reached, json.dumps(run["error"]))
                self.assertNotIn("sk-hers-0123456789", json.dumps(run))
            self.assertEqual(bob.request("GET", "/api/v1/providers").json["items"], [])


if __name__ == "__main__":
    unittest.main()
