"""What is opened, sealed, shared and published is written down, with who did it, and without what is secret."""

import json
import re
import sqlite3
import time

from serving import ServingTest, gate
from support import PATIENCE_SECONDS, value


class TheAuditLog(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ask = self.service.request
        self.seen = 0

    def factory(self, *arguments, code=0):
        return self.expect(self.place.factory(*arguments, "--data", self.place.data), code)

    def told(self):
        """What was written down since the last time: action, object, detail."""
        records = self.ask("GET", "/api/v1/audit?limit=200").json["items"]
        new = [record for record in reversed(records) if record["number"] > self.seen]
        self.seen = max([self.seen, *(record["number"] for record in new)])
        for record in new:
            self.assertEqual((record["account"], record["name"]), ("local", "local"), record)
        self.via = {record["via"] for record in new}
        return [(record["action"], record["object"], record["detail"]) for record in new]

    def made(self, name="shared"):
        return self.create(self.service, [value("a", "1")], name=name)

    def test_tells_of_secrets_and_never_a_value(self):
        path = "/api/v1/secrets/TOKEN"
        self.ask("PUT", path, {"value": "very-secret-1", "hosts": ["api.example.com"]})
        self.ask("PUT", path, {"value": "very-secret-2"}, If_Match="*")
        self.refused(self.ask("PUT", path, {"value": ""}, If_Match="*"), 400, "invalid_field_value")
        self.assertEqual(self.ask("DELETE", path, If_Match="*").status, 204)
        self.refused(self.ask("DELETE", path, If_Match="*"), 404, "not_found")
        self.assertEqual(self.told(), [
            ("secret.set", "TOKEN", {"environment": None, "hosts": ["api.example.com"], "version": 1}),
            ("secret.set", "TOKEN", {"environment": None, "hosts": [], "version": 2}),
            ("secret.removed", "TOKEN", {"environment": None})])
        self.assertEqual(self.via, {"installation"})
        source = self.place.write("value", "very-secret-3")
        self.factory("secret", "set", "OTHER", "@" + source, "--environment", "prod")
        rotated = self.factory("secret", "rotate-key", "-o", "json").json
        self.factory("secret", "remove", "OTHER", "--environment", "prod")
        self.assertEqual(self.told(), [
            ("secret.set", "OTHER", {"owner": "local", "environment": "prod", "hosts": [], "version": 1}),
            ("secret.master_key_rotated", rotated["to"], {"from": rotated["from"], "rewrapped": 1}),
            ("secret.removed", "OTHER", {"owner": "local", "environment": "prod"})])
        self.assertEqual(self.via, {"command line"})
        self.assertNotIn("very-secret", self.ask("GET", "/api/v1/audit?limit=200").body.decode())
        self.factory("audit", "--verify")

    def test_tells_of_sharing_by_whom_with_whom_and_as_what(self):
        pipeline = self.made()
        path = "/api/v1/pipelines/" + pipeline
        self.factory("user", "add", "ada", "--role", "admin")
        ids = {"ada": json.loads(self.factory("user", "list", "-o", "json").stdout)["items"][0]["id"]}
        for name in ("bob", "carl"):
            ids[name] = self.ask("POST", "/api/v1/users", {"name": name, "role": "member"}).json["id"]
        made = self.factory("key", "create", "--owner", "ada", "--scopes", "read,run,edit,admin").stdout
        ada = {"Authorization": "Bearer " + re.search(r"cf_[A-Za-z0-9_]{40,}", made).group()}
        made = self.factory("key", "create", "--owner", "carl", "--scopes", "read,edit").stdout
        carl = {"Authorization": "Bearer " + re.search(r"cf_[A-Za-z0-9_]{40,}", made).group()}
        self.seen = self.ask("GET", "/api/v1/audit?limit=1").json["items"][0]["number"]

        def did(*request, status=200, by=ada, **headers):
            reply = self.ask(*request, **by, **headers)
            self.assertEqual(reply.status, status, str(reply))
            records = [
                record for record in reversed(self.ask("GET", "/api/v1/audit?limit=200").json["items"])
                if record["number"] > self.seen]
            self.seen = max([self.seen, *(record["number"] for record in records)])
            who = "carl" if by is carl else "ada"
            self.assertEqual({(record["account"], record["object"]) for record in records} - {(ids[who], pipeline)}, set())
            return reply, [(record["action"], record["detail"]) for record in records]

        self.assertEqual(did("PUT", path + "/shares/bob", {"role": "viewer"})[1], [
            ("pipeline.shared", {"account": ids["bob"], "role": "viewer"}),
            ("pipeline.visibility_changed", {"from": "private", "to": "shared"})])
        self.assertEqual(did("PUT", path + "/shares/bob", {"role": "viewer"})[1], [])
        self.assertEqual(did("PUT", path + "/shares", {"visibility": "public", "people": [
            {"account": "bob", "role": "editor"}]})[1], [
                ("pipeline.shared", {"account": ids["bob"], "role": "editor"}),
                ("pipeline.visibility_changed", {"from": "shared", "to": "public"})])
        link, told = did("POST", path + "/share-links", {"role": "runner"}, status=201)
        self.assertEqual(told, [("pipeline.link_created", {
            "link": link.json["id"], "role": "runner", "expires_at": link.json["expires_at"]})])
        self.assertEqual(did("POST", "/api/v1/share-links/accept", {"token": link.json["token"]}, by=carl)[1], [
            ("pipeline.shared", {"account": ids["carl"], "role": "runner", "by": "link"})])
        self.assertEqual(did("DELETE", path + "/shares/bob", status=204)[1], [
            ("pipeline.unshared", {"account": ids["bob"]})])
        self.assertEqual(did("DELETE", path + "/shares", status=204)[1], [
            ("pipeline.link_revoked", {"link": link.json["id"]}),
            ("pipeline.unshared", {"account": ids["carl"]}),
            ("pipeline.visibility_changed", {"from": "public", "to": "private"})])
        self.assertNotIn(link.json["token"], self.ask("GET", "/api/v1/audit?limit=200").body.decode())
        self.factory("audit", "--verify")

    def test_tells_of_publishing_importing_and_removing_for_good(self):
        pipeline = self.made("published")
        path = "/api/v1/pipelines/" + pipeline
        for _ in range(2):
            self.ask("POST", path + "/versions", {"message": "The first"})
        self.ask("POST", "/api/v1/templates", {"pipeline": pipeline, "category": "review"})
        several = [{"version": 1, "name": name, "steps": [{"id": "a", "type": "transform"}]} for name in ("one", "two")]
        imported = self.ask("POST", "/api/v1/pipelines/import", {"documents": several}).json["items"]
        again = self.ask("POST", "/api/v1/pipelines/import?existing=skip", {"documents": several})
        self.assertEqual(again.status, 200, str(again))
        self.assertEqual(self.ask("DELETE", "/api/v1/templates/published").status, 204)
        self.ask("DELETE", path, If_Match="*")
        self.assertEqual(self.ask("DELETE", path + "?purge=true", If_Match="*").status, 204)
        self.assertEqual(self.told(), [
            ("pipeline.published", pipeline, {"version": 1}),
            ("template.published", "published", {"pipeline": pipeline}),
            *(("pipeline.imported", item["id"], {"name": item["name"], "status": "created"}) for item in imported),
            ("template.removed", "published", {}),
            ("pipeline.purged", pipeline, {"name": "published"})])

    def test_tells_what_the_server_removed_from_the_trash_by_itself(self):
        old, young = self.made("old"), self.made("young")
        for pipeline in (old, young):
            self.ask("DELETE", "/api/v1/pipelines/" + pipeline, If_Match="*")
        self.told()
        self.service.stop()
        store = sqlite3.connect(self.place.data / "factory.sqlite")
        with store:
            store.execute("UPDATE pipeline SET trashed_ms = trashed_ms - 31 * 86400000 WHERE id = ?", (old,))
        store.close()
        ask, deadline = self.serve().request, time.monotonic() + PATIENCE_SECONDS
        purged = []
        while not purged and time.monotonic() < deadline:
            purged = ask("GET", "/api/v1/audit?action=pipeline.purged").json["items"]
        self.assertEqual(
            [(one["object"], one["account"], one["via"], one["detail"]["name"]) for one in purged],
            [(old, None, "server", "old")])
        self.assertEqual([one["id"] for one in ask("GET", "/api/v1/pipelines?trashed=true").json["items"]], [young])
        self.factory("audit", "--verify")

    def test_tells_which_addresses_were_opened_and_for_what(self):
        with gate() as door:
            url = "http://%s/v1" % door.address
            made = self.ask("POST", "/api/v1/providers", {
                "name": "inside", "kind": "openai", "base_url": url, "key": "sk-very-secret", "for_all": True,
                "admit": True})
            self.assertEqual(made.status, 201, str(made))
            identity = made.json["id"]
            about = {"name": "inside", "kind": "openai", "base_url": url}
            self.assertEqual(self.told(), [
                ("provider.changed", identity, about), ("host.allowed", door.address, {"provider": identity})])
            path = "/api/v1/providers/" + identity
            self.assertEqual(self.ask("PATCH", path, {
                "base_url": "https://api.example.com/v1", "key": "sk-very-secret"}).status, 200)
            self.assertEqual(self.told(), [
                ("provider.changed", identity, {**about, "base_url": "https://api.example.com/v1"}),
                ("host.removed", door.address, {"provider": identity})])
            self.assertEqual(self.ask("DELETE", path).status, 204)
            self.assertEqual([action for action, _, _ in self.told()], ["provider.removed"])
            self.assertNotIn("very-secret", self.ask("GET", "/api/v1/audit?limit=200").body.decode())
