"""Every route of the server, asked by everybody about everything: who is let in follows from the route's rule alone.

The routes come from the program, so a new one is asked too. Each request carries a query parameter that no route knows:
who is let in is told so (400) and nothing happens, so that this can be asked of every route.
"""

import re
import sqlite3
import tempfile
import unittest

from people import Connection, member, rule_of, set_up
from serving import Service, ServingTest
from support import Place, value

ROLES = ["viewer", "runner", "editor", "owner"]
SCOPES = ["read", "run", "edit", "admin"]


def made(reply, *statuses):
    assert reply.status in (statuses or (201,)), str(reply)
    return reply.json["id"]


class Matrix(ServingTest):
    """All tests ask one server: nothing that they ask changes anything, and passwords cost what they are meant to."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="factory-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.place = Place(folder.name)
        cls.service = Service(cls.place)
        cls.addClassCleanup(cls.service.close)
        cls.routes = cls.place.factory("schema", "--routes").json
        root = set_up(cls.service)
        cls.people = {name: member(cls.service, name) for name in ("owner", "editor", "runner", "viewer", "stranger")}
        cls.people["admin"] = root
        cls.prepare_objects()
        cls.prepare_keys()

    def setUp(self):
        """There is a place already."""

    @classmethod
    def store(cls, *statements):
        with sqlite3.connect(cls.place.data / "factory.sqlite", timeout=30) as store:
            for sql, values in statements:
                store.execute(sql, values)
        store.close()

    @classmethod
    def prepare_objects(cls):
        owner, stranger, runner = (cls.people[name] for name in ("owner", "stranger", "runner"))

        def pipeline(person, name):
            return made(person.request(
                "POST", "/api/v1/pipelines", {"version": 1, "name": name, "steps": [value("a", "1")]}))

        def run(person, of):
            return made(person.request("POST", "/api/v1/pipelines/%s/runs" % of, {}, Prefer="wait=30"), 202)

        def key(person):
            return made(person.request("POST", "/api/v1/access-keys", {"name": "k", "scopes": ["read"]}))

        shared, foreign = pipeline(owner, "shared"), pipeline(stranger, "foreign")
        cls.store(*[
            ("INSERT INTO pipeline_share (pipeline_id, account, role, created_ms) VALUES (?, ?, ?, 0)",
             (shared, cls.people[role].account, role)) for role in ("viewer", "runner", "editor")])
        started, others = run(owner, shared), run(runner, shared)
        roles = {"owner": "owner", "editor": "editor", "runner": "runner", "viewer": "viewer", "admin": "owner"}
        cls.objects = {
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
        cls.objects["artifact"] = [
            ("art_" + identity.removeprefix("run_") + "0" * 16, may) for identity, may in cls.objects["run"][:3]]

    @classmethod
    def prepare_keys(cls):
        def key(scopes, *more):
            answer = cls.place.factory(
                "key", "create", "--data", cls.place.data, "--owner", "owner", "--scopes", ",".join(scopes), *more,
                "-o", "json").json
            return answer["id"], answer["key"]

        without = {scope: key([s for s in SCOPES[:3] if s != scope])[1] for scope in SCOPES}
        expired, text = key(SCOPES[:3])
        _, other = key(SCOPES[:3], "--pipeline", "pl_other")
        cls.store(("UPDATE access_key SET expires_ms = 1 WHERE id = ?", (expired,)))
        disabled = member(cls.service, "disabled")
        made(cls.service.request("PATCH", "/api/v1/users/" + disabled.account, {"disabled": True}), 200)
        cls.without, cls.expired, cls.restricted, cls.disabled = without, text, other, disabled

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

    @staticmethod
    def asked(person, path):
        """What somebody is answered once they are let on: credentials have so many requests a second."""
        while True:
            reply = person.request("GET", path, X_Request_ID="same")
            if reply.status != 429:
                return reply

    def test_tells_nobody_whether_what_they_may_not_see_is_there(self):
        stranger = self.people["stranger"]
        for kind, prefix, path in (
                ("pipeline", "pl_", "/api/v1/pipelines/%s"), ("run", "run_", "/api/v1/runs/%s"),
                ("account", "usr_", "/api/v1/users/%s")):
            foreign = self.objects[kind][0][0]
            there = self.asked(stranger, path % foreign)
            missing = self.asked(stranger, path % (prefix + "0" * 26))
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
            reply = self.asked(stranger, route["path"])
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
