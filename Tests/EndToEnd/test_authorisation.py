"""Every route of the server, asked by everybody about everything: who is let in follows from the route's rule alone.

The routes come from the program, so a new one is asked too. Each request carries a query parameter that no route knows:
who is let in is told so (400) and nothing happens, so that this can be asked of every route.
"""

import re
import sqlite3
import unittest

from people import Connection, member, rule_of, set_up
from serving import ServingTest
from support import value

ROLES = ["viewer", "runner", "editor", "owner"]
SCOPES = ["read", "run", "edit", "admin"]


class Matrix(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.routes = self.place.factory("schema", "--routes").json
        root = set_up(self.service)
        self.people = {name: member(self.service, name) for name in ("owner", "editor", "runner", "viewer", "stranger")}
        self.people["admin"] = root
        self.prepare_objects()
        self.prepare_keys()

    def store(self, *statements):
        with sqlite3.connect(self.place.data / "factory.sqlite", timeout=30) as store:
            for sql, values in statements:
                store.execute(sql, values)
        store.close()

    def prepare_objects(self):
        owner, stranger, runner = (self.people[name] for name in ("owner", "stranger", "runner"))

        def pipeline(person, name):
            reply = person.request(
                "POST", "/api/v1/pipelines", {"version": 1, "name": name, "steps": [value("a", "1")]})
            self.assertEqual(reply.status, 201, str(reply))
            return reply.json["id"]

        def run(person, of):
            reply = person.request("POST", "/api/v1/pipelines/%s/runs" % of, {}, Prefer="wait=30")
            self.assertEqual(reply.status, 202, str(reply))
            return reply.json["id"]

        def key(person):
            reply = person.request("POST", "/api/v1/access-keys", {"name": "k", "scopes": ["read"]})
            self.assertEqual(reply.status, 201, str(reply))
            return reply.json["id"]

        shared, foreign = pipeline(owner, "shared"), pipeline(stranger, "foreign")
        self.store(*[
            ("INSERT INTO pipeline_share (pipeline_id, account, role, created_ms) VALUES (?, ?, ?, 0)",
             (shared, self.people[role].account, role)) for role in ("viewer", "runner", "editor")])
        started, others = run(owner, shared), run(runner, shared)
        roles = {"owner": "owner", "editor": "editor", "runner": "runner", "viewer": "viewer", "admin": "owner"}
        self.objects = {
            # Each object with what everybody may do with it; who is not named may not know of it.
            "pipeline": [(shared, roles), (foreign, {"stranger": "owner", "admin": "owner"}), ("pl_none", {}), ("x", {})],
            "run": [
                (started, {"owner": "full", "admin": "full"}),
                (others, {"runner": "full", "owner": "metadata", "admin": "full"}),
                (run(stranger, foreign), {"stranger": "full", "admin": "full"}), ("run_none", {}), ("x", {})],
            "account": [(owner.account, {"owner": "own", "admin": "own"})],
            "session": [(owner.session, {"owner": "own", "admin": "own"}), ("ses_none", {}), ("x", {})],
            "accessKey": [(key(owner), {"owner": "own", "admin": "own"}), ("key_none", {}), ("x", {})],
        }
        self.objects["artifact"] = [
            ("art_" + identity.removeprefix("run_") + "0" * 16, may) for identity, may in self.objects["run"][:3]]

    def prepare_keys(self):
        def key(scopes, *more):
            answer = self.place.factory(
                "key", "create", "--data", self.place.data, "--owner", "owner", "--scopes", ",".join(scopes), *more,
                "-o", "json").json
            return answer["id"], answer["key"]

        without = {scope: key([s for s in SCOPES[:3] if s != scope])[1] for scope in SCOPES}
        expired, text = key(SCOPES[:3])
        _, other = key(SCOPES[:3], "--pipeline", "pl_other")
        self.store(("UPDATE access_key SET expires_ms = 1 WHERE id = ?", (expired,)))
        disabled = member(self.service, "disabled")
        reply = self.service.request("PATCH", "/api/v1/users/" + disabled.account, {"disabled": True})
        self.assertEqual(reply.status, 200, str(reply))
        self.without, self.expired, self.restricted, self.disabled = without, text, other, disabled

    def askers(self, route):
        """Everybody, with what they send and what is left of them: nobody, or a person and the scopes they have."""
        yield "anonymous", {}, None, ()
        yield "expired key", {"Authorization": "Bearer " + self.expired}, None, ()
        yield "somebody disabled", {"Cookie": self.disabled.cookie}, None, ()
        if route["scope"]:
            scopes = [scope for scope in SCOPES[:3] if scope != route["scope"]]
            yield "wrong scope", {"Authorization": "Bearer " + self.without[route["scope"]]}, "owner", scopes
        for name, person in self.people.items():
            headers = {"Cookie": person.cookie, "X-CSRF-Token": person.token, "Origin": self.service.url}
            yield name, headers, name, SCOPES

    def expected(self, route, person, scopes, may):
        """The status of a refusal by the route's rule, or None."""
        kind, words = rule_of(route)
        if kind == "anyone":
            return None
        if person is None:
            return 401
        if route["scope"] not in scopes:
            return 403
        if kind == "signedIn":
            return None
        if kind == "admin":
            return None if person == "admin" else 403
        has = may.get(person)
        if has is None:
            return 404
        if kind == "pipeline":
            return None if ROLES.index(has) >= ROLES.index(words[0]) else 403
        if kind in ("run", "artifact"):
            return None if has == "full" or words[0] == "metadata" else 403
        if kind in ("account", "session", "accessKey"):
            return None
        self.fail("the rule %s is not known here: say whom it lets in" % route["rule"])

    def test_lets_everybody_in_where_the_rule_says_so_and_nowhere_else(self):
        connection = Connection(self.service)
        self.addCleanup(connection.close)
        asked, wrong = 0, []
        for route in self.routes:
            kind, _ = rule_of(route)
            for identity, may in self.objects.get(kind, [("x", {})]):
                path = re.sub(r"\{\w+\}", "x", route["path"].replace("{id}", identity))
                for name, headers, person, scopes in self.askers(route):
                    expected = self.expected(route, person, scopes, may)
                    reply = connection.request(route["method"], path + "?no_such_parameter=1", headers)
                    asked += 1
                    if reply.status != (expected or 400) or (
                            expected is None and reply.json["code"] != "unknown_parameter"):
                        wrong.append("%s %s (%s) by %s: %s instead of %s" % (
                            route["method"], path, route["rule"], name, reply.status, expected or "let in"))
                    if expected and route["method"] == "GET":
                        # A refusal is the same, and says the same, for the request as it is meant.
                        plain = connection.request("GET", path, headers)
                        if plain.status != expected:
                            wrong.append("%s by %s: %s instead of %s" % (path, name, plain.status, expected))
        self.assertEqual(wrong, [])
        self.assertGreater(asked, 20 * len(self.routes) // 2)

    def test_tells_nobody_whether_what_they_may_not_see_is_there(self):
        stranger = self.people["stranger"]
        for kind, prefix, path in (
                ("pipeline", "pl_", "/api/v1/pipelines/%s"), ("run", "run_", "/api/v1/runs/%s"),
                ("account", "usr_", "/api/v1/users/%s")):
            foreign = self.objects[kind][0][0]
            there = stranger.request("GET", path % foreign, X_Request_ID="same")
            missing = stranger.request("GET", path % (prefix + "0" * 26), X_Request_ID="same")
            self.assertEqual(there.status, 404)
            self.assertEqual(
                there.body.decode().replace(foreign, ""), missing.body.decode().replace(prefix + "0" * 26, ""))

    def test_shows_in_lists_what_is_ones_own(self):
        stranger = self.people["stranger"]
        foreign = [item for name in ("owner", "runner") for item in (self.people[name].account,)]
        for route in self.routes:
            if route["method"] != "GET" or rule_of(route)[0] != "signedIn" or "{" in route["path"]:
                continue
            # A stream of events has no end to read to.
            if route["path"].endswith("/events"):
                continue
            reply = stranger.request("GET", route["path"])
            for identity in foreign + [self.objects[kind][0][0] for kind in ("pipeline", "run", "session", "accessKey")]:
                self.assertNotIn(identity, reply.body.decode(errors="replace"), route["path"])

    def test_keeps_a_restricted_key_to_its_pipelines(self):
        headers = {"Authorization": "Bearer " + self.restricted}
        for route in self.routes:
            kind, _ = rule_of(route)
            if kind == "anyone":
                continue
            for identity, _ in self.objects.get(kind, [("x", {})]):
                path = re.sub(r"\{\w+\}", "x", route["path"].replace("{id}", identity))
                # A credential has sixty requests a second: one refused for that is made again.
                status = 429
                while status == 429:
                    status = self.service.request(
                        route["method"], path + "?no_such_parameter=1", key=False, **headers).status
                self.assertIn(status, (403, 404), "%s %s" % (route["method"], path))


if __name__ == "__main__":
    unittest.main()
