"""Accounts: the first start, signing in, sessions, keys, links, and what is written down of all that."""

import hashlib
import hmac
import re
import sqlite3
import time
import unittest

from people import PASSWORD, Person, member, set_up, setup_token, sign_in
from serving import ServingTest
from support import recorder, value


class FirstStart(ServingTest):
    def test_has_no_account_and_prints_a_token_that_makes_the_first_one_once(self):
        service = self.serve()
        token = setup_token(service)
        body = {"token": token, "name": "Ada", "email": "Ada@Example.com", "password": PASSWORD}

        def setup(**more):
            return service.request("POST", "/api/v1/setup", {**body, **more}, key=False)

        self.refused(setup(token="0" * 64), 422, "one_time_token_invalid")
        self.refused(setup(password="too short"), 400, "invalid_field_value")
        self.refused(setup(name="a b"), 400, "invalid_field_value")
        reply = setup()
        self.assertEqual(reply.status, 201, str(reply))
        self.assertEqual(reply.json["account"]["name"], "ada")
        self.assertEqual(reply.json["account"]["email"], "ada@example.com")
        self.assertEqual(reply.json["account"]["role"], "admin")
        self.refused(setup(name="eve"), 409, "state_conflict")
        self.assertEqual(service.stop(), 0)
        again = self.serve()
        self.assertEqual(again.words().count("/setup#"), 1, "none is printed once there is an account")
        self.assertNotIn(token, (self.place.data / "factory.sqlite").read_bytes().decode("latin-1"))

    def test_replaces_the_token_of_an_earlier_start(self):
        service = self.serve()
        first = setup_token(service)
        service.stop()
        service = self.serve()
        second = re.findall(r"/setup#([0-9a-f]{64})", service.words())[-1]
        self.assertNotEqual(first, second)
        body = {"name": "ada", "password": PASSWORD}
        self.refused(
            service.request("POST", "/api/v1/setup", {**body, "token": first}, key=False), 422,
            "one_time_token_invalid")
        self.assertEqual(service.request("POST", "/api/v1/setup", {**body, "token": second}, key=False).status, 201)

    def test_gives_the_first_account_what_was_there_and_leaves_the_operator_the_key(self):
        service = self.serve()
        pipeline = self.create(service, [value("a", "1")])
        run = self.start(service, pipeline, Prefer="wait=30")["id"]
        self.assertIn(service.request("PUT", "/api/v1/files?path=a.txt", b"hello", Content_Type="application/octet-stream").status, (200, 201))
        ada = set_up(service, "ada")
        self.assertEqual([p["id"] for p in ada.request("GET", "/api/v1/pipelines").json["items"]], [pipeline])
        self.assertEqual([r["id"] for r in ada.request("GET", "/api/v1/runs").json["items"]], [run])
        self.assertEqual(ada.request("GET", "/api/v1/files?path=a.txt").body, b"hello")
        bob = member(service, "bob")
        self.assertEqual(bob.request("GET", "/api/v1/pipelines").json["items"], [])
        self.assertEqual(bob.request("GET", "/api/v1/files").json["items"], [])
        who = service.request("GET", "/api/v1/session").json
        self.assertEqual((who["account"]["id"], who["account"]["role"]), ("local", "admin"))
        self.assertEqual(service.request("GET", "/api/v1/pipelines/" + pipeline).status, 200)


class WhatWasSealed(ServingTest):
    """Secrets and keys from before there were accounts are bound to nobody in particular; then they are the first one's."""

    STEPS = [{"id": "send", "type": "api", "with": {
        "url": "{{ inputs.url }}", "headers": {"X-Secret": "{{ secrets.TOKEN }}", "X-Name": "{{ vars.NAME }}"}}}]
    INPUTS = {"url": {"type": "string"}}

    def secret(self, value, *more):
        file = self.place.folder / "value"
        file.write_text(value)
        self.expect(self.place.factory("secret", "set", "TOKEN", "@%s" % file, "--data", self.place.data, *more), 0)

    def sent(self, outside, run, count):
        """What the run sent outside, the last of `count`."""
        self.assertEqual(run["status"], "succeeded", run)
        self.assertEqual(len(outside.requests), count)
        headers = outside.requests[-1]["headers"]
        return headers["X-Secret"], headers["X-Name"]

    def test_opens_for_the_first_account_and_no_longer_for_nobody(self):
        self.secret("sealed for nobody")
        self.secret("sealed for nobody, in prod", "--environment", "prod")
        made = self.expect(self.place.run(self.place.document([value("a", "1")])), 0).json
        with recorder() as outside:
            service = self.serve("--allow-host", outside.address)
            ask, url = service.request, "http://%s/" % outside.address
            self.assertEqual(ask("PUT", "/api/v1/variables/NAME", {"value": "a name"}).status, 201)
            provider = ask("POST", "/api/v1/providers", {
                "name": "own", "kind": "openai", "base_url": url + "v1", "key": "key-of-nobody"})
            self.assertEqual(provider.status, 201, str(provider))
            pipeline = self.create(service, self.STEPS, name="sends", inputs=self.INPUTS)
            path = "/api/v1/pipelines/" + pipeline
            self.assertEqual(ask("PUT", path + "/favourite").status, 204)
            hook = ask("POST", path + "/triggers", {"kind": "webhook", "inputs": {"url": "trigger.body.url"}}).json
            alert = ask("POST", "/api/v1/alerts", {"kind": "failure", "pipeline": pipeline}).json
            self.assertEqual(ask("POST", path + "/comments", {"text": "Mine"}).status, 201)

            ada = set_up(service, "ada")
            del outside.requests[:]
            for count, environment in enumerate((None, "prod"), 1):
                run = ada.request("POST", path + "/runs", {"inputs": {"url": url}, "environment": environment}).json
                self.assertEqual(
                    self.sent(outside, service.ended(run["id"]), count),
                    ("sealed for nobody" + (", in prod" if environment else ""), "a name"))
            body, moment = '{"url": "%s"}' % url, str(int(time.time()))
            signature = hmac.new(hook["secret"].encode(), (moment + "." + body).encode(), hashlib.sha256).hexdigest()
            called = service.request(
                "POST", hook["path"], body.encode(), key=False, **{
                    "Content-Type": "application/json", "X-Factory-Timestamp": moment,
                    "X-Factory-Signature": "sha256=" + signature})
            self.assertEqual(called.status, 202, str(called))
            delivery = ada.request("GET", hook["links"]["deliveries"]).json["items"][0]
            run = service.ended(delivery["run"])
            self.assertEqual(self.sent(outside, run, 3), ("sealed for nobody", "a name"))
            ada.request("POST", "/api/v1/providers/%s/test" % provider.json["id"], {"model": "any"})
            self.assertEqual(
                {seen["headers"].get("Authorization") for seen in outside.requests[3:]}, {"Bearer key-of-nobody"})

            self.assertTrue(ada.request("GET", path).json["favourite"])
            self.assertEqual([one["id"] for one in ada.request("GET", "/api/v1/alerts").json["items"]], [alert["id"]])
            comment = ada.request("GET", path + "/comments").json["items"][0]
            self.assertEqual(comment["by"]["name"], "ada")
            self.assertEqual(ada.request("GET", "/api/v1/runs/" + made["id"]).json["status"], "succeeded")
            for kind in ("secrets", "variables", "alerts", "environments"):
                self.assertEqual(service.request("GET", "/api/v1/" + kind).json["items"], [], kind)
            self.assertEqual(
                [one["environment"] for one in ada.request("GET", "/api/v1/secrets").json["items"]], [None, "prod"])

            # It is so in the next process too, and after the master key was replaced.
            self.expect(self.place.factory("secret", "rotate-key", "--data", self.place.data), 0)
            service.stop()
            service = self.serve("--allow-host", outside.address)
            ada, count = sign_in(service, "ada"), len(outside.requests)
            run = ada.request("POST", path + "/runs", {"inputs": {"url": url}}).json
            self.assertEqual(
                self.sent(outside, service.ended(run["id"]), count + 1), ("sealed for nobody", "a name"))

    def test_is_had_by_the_one_person_of_a_server_that_begins_with_one(self):
        self.secret("sealed for nobody")
        with recorder() as outside:
            service = self.serve("--allow-host", outside.address, "--single-user")
            token = re.search(r"/sign-in#([0-9a-f]{64})", service.words()).group(1)
            only = Person(service, service.request("POST", "/api/v1/session", {"token": token}, key=False))
            only.request("PUT", "/api/v1/variables/NAME", {"value": "a name"})
            made = only.request(
                "POST", "/api/v1/pipelines", {"version": 1, "name": "sends", "inputs": self.INPUTS, "steps": self.STEPS})
            run = only.request(
                "POST", made.headers["location"] + "/runs", {"inputs": {"url": "http://%s/" % outside.address}}).json
            self.assertEqual(self.sent(outside, service.ended(run["id"]), 1), ("sealed for nobody", "a name"))

    def test_is_not_given_away_unopened_while_its_key_is_not_there(self):
        self.secret("sealed for nobody")
        key, away = self.place.data / "master.key", self.place.folder / "away"
        key.rename(away)
        service = self.serve()
        body = {"token": setup_token(service), "name": "ada", "password": PASSWORD}
        self.refused(service.request("POST", "/api/v1/setup", body, key=False), 503, "master_key_unavailable")
        self.assertEqual(service.request("GET", "/api/v1/users").json["items"], [])
        away.rename(key)
        ada = Person(service, service.request("POST", "/api/v1/setup", body, key=False))
        self.assertEqual([one["name"] for one in ada.request("GET", "/api/v1/secrets").json["items"]], ["TOKEN"])


class Sessions(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ada = set_up(self.service, "ada")

    def test_signs_in_by_name_or_address_and_sets_a_careful_cookie(self):
        self.ada.request("PATCH", "/api/v1/users/" + self.ada.account, {"email": "ada@example.com"})
        for name in ("ada", "ADA", "ada@example.com"):
            reply = self.service.request("POST", "/api/v1/session", {"name": name, "password": PASSWORD}, key=False)
            self.assertEqual(reply.status, 201, str(reply))
            cookie = reply.headers["set-cookie"]
            self.assertRegex(cookie, r"^cf-dev=[0-9a-f]{64}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax$")
        for name, password in (("ada", "another long password"), ("nobody", PASSWORD)):
            reply = self.service.request("POST", "/api/v1/session", {"name": name, "password": password}, key=False)
            self.refused(reply, 403, "wrong_credentials")

    def test_lists_sessions_and_ends_them(self):
        other = sign_in(self.service, "ada", User_Agent="second browser")
        items = self.ada.request("GET", "/api/v1/sessions").json["items"]
        self.assertEqual([item["current"] for item in items], [False, True])
        self.assertEqual(items[0]["client"], "second browser")
        self.assertEqual(self.ada.request("DELETE", "/api/v1/sessions/" + other.session).status, 204)
        self.refused(other.request("GET", "/api/v1/session"), 401, "unauthorized")
        reply = self.ada.request("DELETE", "/api/v1/session")
        self.assertEqual(reply.status, 204)
        self.assertIn("Max-Age=0", reply.headers["set-cookie"])
        self.refused(self.ada.request("GET", "/api/v1/session"), 401, "unauthorized")

    def test_ends_the_other_sessions_when_the_password_changes_and_gives_this_one_another_token(self):
        other = sign_in(self.service, "ada")
        path = "/api/v1/users/%s/password" % self.ada.account
        new = "quite another password"
        self.refused(self.ada.request("POST", path, {"password": new}), 400, "invalid_field_value")
        self.refused(
            self.ada.request("POST", path, {"password": new, "current": "wrong password"}), 400, "invalid_field_value")
        old = self.ada.cookie
        reply = self.ada.request("POST", path, {"password": new, "current": PASSWORD})
        self.assertEqual(reply.status, 200, str(reply))
        self.ada.cookie, self.ada.token = reply.headers["set-cookie"].split(";")[0], reply.json["csrf_token"]
        self.refused(other.request("GET", "/api/v1/session"), 401, "unauthorized")
        self.refused(self.ada.request("GET", "/api/v1/session", Cookie=old), 401, "unauthorized")
        self.assertEqual(self.ada.request("GET", "/api/v1/session").status, 200)
        sign_in(self.service, "ada", new)

    def test_ends_sessions_by_age(self):
        for column, age in (("used_ms", 12 * 3600), ("created_ms", 7 * 86400)):
            person = sign_in(self.service, "ada")
            for seconds, status in ((age - 60, 200), (age + 60, 401)):
                with sqlite3.connect(self.place.data / "factory.sqlite", timeout=30) as store:
                    store.execute(
                        "UPDATE session SET %s = CAST(1000 * unixepoch() AS INTEGER) - ? WHERE id = ?" % column,
                        (seconds * 1000, person.session))
                store.close()
                self.assertEqual(person.request("GET", "/api/v1/session").status, status, (column, seconds))

    def test_changes_nothing_by_a_session_for_pages_of_others(self):
        body = {"version": 1, "name": "a", "steps": [value("a", "1")]}
        ask = lambda **headers: self.ada.request("POST", "/api/v1/pipelines", body, **headers)
        self.refused(ask(X_CSRF_Token=None, **{"X-CSRF-Token": None}), 403, "csrf_token_missing")
        self.refused(ask(**{"X-CSRF-Token": "0" * 64}), 403, "csrf_token_missing")
        self.refused(ask(Origin=None), 403, "origin_not_allowed")
        self.refused(ask(Origin="http://example.com"), 403, "origin_not_allowed")
        # Another name of this server is another origin.
        self.refused(ask(Origin="http://localhost:%d" % self.service.port), 403, "origin_not_allowed")
        self.refused(ask(Origin=None, Sec_Fetch_Site="none"), 403, "origin_not_allowed")
        self.assertEqual(ask(Origin=None, Sec_Fetch_Site="same-origin").status, 201)
        self.assertEqual(self.ada.request("GET", "/api/v1/session").json["csrf_token"], self.ada.token)

    def test_takes_one_credential_at_a_time(self):
        reply = self.ada.request("GET", "/api/v1/runs", Authorization="Bearer " + self.service.key)
        self.refused(reply, 400, "credentials_mixed")

    def test_knows_the_cookie_of_encrypted_connections_by_its_own_name_alone(self):
        name, token = self.ada.cookie.split("=")
        self.refused(self.ada.request("GET", "/api/v1/session", Cookie="__Host-cf=" + token), 401, "unauthorized")

    def test_holds_up_who_guesses_and_shuts_out_nobody_else(self):
        statuses = []
        # Each try takes its time, and on a busy machine another one may come back meanwhile.
        while 429 not in statuses and len(statuses) < 20:
            reply = self.service.request(
                "POST", "/api/v1/session", {"name": "bob", "password": "not the password"}, key=False)
            statuses.append(reply.status)
        self.assertEqual(statuses, [403] * (len(statuses) - 1) + [429])
        self.assertGreater(len(statuses), 5)
        self.assertGreaterEqual(int(reply.headers["retry-after"]), 1)
        sign_in(self.service, "ada")

    def test_bounds_what_one_key_asks_for(self):
        statuses = [self.ada.request("GET", "/api/v1/session").status for _ in range(1000)]
        self.assertIn(429, statuses)
        self.assertGreaterEqual(statuses.index(429), 120)
        self.assertEqual(self.service.request("GET", "/api/v1/runs").status, 200)


class Users(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ada = set_up(self.service, "ada")

    def test_lets_people_change_what_is_theirs_and_admins_the_rest(self):
        bob = member(self.service, "bob")
        path = "/api/v1/users/" + bob.account
        self.assertEqual(bob.request("PATCH", path, {"name": "robert"}).json["name"], "robert")
        self.refused(bob.request("PATCH", path, {"role": "admin"}), 403, "forbidden")
        self.refused(bob.request("PATCH", path, {"name": "ada"}), 409, "name_taken")
        self.refused(bob.request("GET", "/api/v1/users"), 403, "forbidden")
        self.assertEqual(self.ada.request("PATCH", path, {"role": "admin"}).json["role"], "admin")
        self.refused(bob.request("GET", "/api/v1/session"), 401, "unauthorized")
        names = [item["name"] for item in self.ada.request("GET", "/api/v1/users?limit=1").json["items"]]
        self.assertEqual(names, ["ada"])

    def test_keeps_an_admin(self):
        path = "/api/v1/users/" + self.ada.account
        for body in ({"role": "member"}, {"disabled": True}):
            self.refused(self.ada.request("PATCH", path, body), 409, "state_conflict")
        self.refused(self.ada.request("DELETE", path), 409, "state_conflict")

    def test_removes_nobody_whose_things_would_be_lost(self):
        bob = member(self.service, "bob")
        reply = bob.request("POST", "/api/v1/pipelines", {"version": 1, "name": "b", "steps": [value("a", "1")]})
        pipeline, path = reply.json["id"], "/api/v1/users/" + bob.account
        problem = self.refused(self.ada.request("DELETE", path), 409, "state_conflict")
        self.assertEqual(problem["things"], {"pipeline": 1})
        self.assertEqual(self.ada.request("DELETE", path + "?transfer_to=" + self.ada.account).status, 204)
        self.assertEqual(self.ada.request("GET", "/api/v1/pipelines/" + pipeline).json["owner"], self.ada.account)
        self.refused(bob.request("GET", "/api/v1/session"), 401, "unauthorized")

    def test_invites_people_and_lets_them_set_a_new_password_once(self):
        link = self.ada.request("POST", "/api/v1/invitations", {"kind": "invite", "email": "bob@example.com"}).json
        self.assertTrue(link["url"].endswith("#" + link["token"]))
        accept = lambda body: self.service.request("POST", "/api/v1/invitations/accept", body, key=False)
        body = {"token": link["token"], "name": "bob", "password": PASSWORD}
        self.refused(accept({**body, "name": "ada"}), 409, "name_taken")
        bob = Person(self.service, accept(body))
        self.assertEqual(bob.request("GET", "/api/v1/users/" + bob.account).json["email"], "bob@example.com")
        self.refused(accept({**body, "name": "eve"}), 422, "one_time_token_invalid")

        reset = self.ada.request("POST", "/api/v1/invitations", {"kind": "reset", "account": bob.account}).json
        again = Person(self.service, accept({"token": reset["token"], "password": "a new long password"}))
        self.assertEqual(again.account, bob.account)
        self.refused(bob.request("GET", "/api/v1/session"), 401, "unauthorized")
        self.refused(accept({"token": reset["token"], "password": PASSWORD}), 422, "one_time_token_invalid")
        sign_in(self.service, "bob", "a new long password")
        self.refused(bob.request("POST", "/api/v1/invitations", {}), 401, "unauthorized")

    def test_tells_what_a_link_is_for_and_of_others_nothing_and_not_too_often(self):
        look = lambda token: self.service.request("POST", "/api/v1/invitations/look", {"token": token}, key=False)
        bob = member(self.service, "bob")
        invite = self.ada.request("POST", "/api/v1/invitations", {"email": "eve@example.com"}).json
        reset = self.ada.request("POST", "/api/v1/invitations", {"kind": "reset", "account": bob.account}).json
        for _ in range(2):
            self.assertEqual(
                look(invite["token"]).json, {"kind": "invitation", "name": None, "expires_at": invite["expires_at"]})
            self.assertEqual(
                look(reset["token"]).json, {"kind": "reset", "name": "bob", "expires_at": reset["expires_at"]})
        self.ada.request("PATCH", "/api/v1/users/" + bob.account, {"disabled": True})
        answers = [look(token) for token in (reset["token"], "0" * 64, "", setup_token(self.service))]
        for answer in answers:
            self.refused(answer, 422, "one_time_token_invalid")
        self.assertEqual(len({answer.json["detail"] for answer in answers}), 1)
        for _ in range(30):
            answer = look("0" * 64)
            if answer.status == 429:
                break
        self.refused(answer, 429, "too_many_requests")
        # Using a link is not held back by looks.
        accepted = self.service.request("POST", "/api/v1/invitations/accept", {
            "token": invite["token"], "name": "eve", "password": PASSWORD}, key=False)
        self.assertEqual(accepted.status, 201, str(accepted))


class Keys(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ada = set_up(self.service, "ada")

    def test_shows_a_key_once_and_keeps_its_digest(self):
        made = self.ada.request(
            "POST", "/api/v1/access-keys", {"name": "ci", "scopes": ["run", "read"]}).json
        self.assertRegex(made["key"], r"^cf_[0-9a-z]{26}_[0-9a-f]{64}$")
        self.assertEqual(made["scopes"], ["read", "run"])
        ask = lambda method, path: self.service.request(method, path, key=False, Authorization="Bearer " + made["key"])
        self.assertEqual(ask("GET", "/api/v1/pipelines").status, 200)
        self.refused(ask("DELETE", "/api/v1/files?path=x"), 403, "forbidden")
        listed = self.ada.request("GET", "/api/v1/access-keys")
        self.assertNotIn(made["key"], listed.body.decode())
        self.assertIsNotNone(listed.json["items"][0]["used_at"])
        secret = made["key"].split("_")[2]
        for path in self.place.data.glob("factory.sqlite*"):
            self.assertNotIn(secret.encode(), path.read_bytes())
        self.refused(self.service.request("GET", "/api/v1/runs?key=" + made["key"], key=False), 401, "unauthorized")
        self.assertEqual(self.ada.request("DELETE", "/api/v1/access-keys/" + made["id"]).status, 204)
        self.refused(ask("GET", "/api/v1/pipelines"), 401, "unauthorized")

    def test_makes_no_key_that_may_more_than_who_makes_it(self):
        bob = member(self.service, "bob")
        self.refused(
            bob.request("POST", "/api/v1/access-keys", {"name": "x", "scopes": ["admin"]}), 400, "invalid_field_value")
        for body in ({"name": "x"}, {"name": "x", "scopes": []}, {"name": "x", "scopes": ["all"]},
                     {"name": "", "scopes": ["read"]}, {"name": "x", "scopes": ["read"], "expires_in_days": 0},
                     {"name": "x", "scopes": ["read"], "pipelines": ["nothing"]}):
            self.refused(bob.request("POST", "/api/v1/access-keys", body), 400, "invalid_field_value")

    def test_is_worked_from_the_command_line_beside_the_server(self):
        data = ("--data", self.place.data)
        factory = self.place.factory
        self.assertEqual(factory("user", "add", "bob", *data).code, 0)
        key = factory("key", "create", "--owner", "bob", "--scopes", "read,run", *data).stdout.strip()
        reply = self.service.request("GET", "/api/v1/session", key=False, Authorization="Bearer " + key)
        self.assertEqual(reply.json["account"]["name"], "bob")
        self.assertEqual([a["name"] for a in factory("user", "list", *data, "-o", "json").json["items"]], ["ada", "bob"])
        token = factory("invite", "--reset", "bob", *data).stdout.strip()
        reply = self.service.request(
            "POST", "/api/v1/invitations/accept", {"token": token, "password": PASSWORD}, key=False)
        self.assertEqual(reply.status, 201, str(reply))
        self.assertEqual(factory("user", "role", "bob", "admin", *data).code, 0)
        self.assertEqual(factory("user", "disable", "bob", *data).code, 0)
        self.assertEqual(
            self.service.request("GET", "/api/v1/session", key=False, Authorization="Bearer " + key).status, 401)
        identity = factory("key", "list", "--owner", "bob", *data, "-o", "json").json["items"][0]["id"]
        self.assertEqual(factory("key", "revoke", identity, *data).code, 0)
        self.assertEqual(factory("user", "remove", "bob", *data).code, 0)
        self.assertEqual(factory("user", "role", "ada", "member", *data).code, 2)
        self.assertEqual(factory("audit", "--verify", *data).code, 0)
        self.assertIn("account.removed", factory("audit", *data).stdout)


class CommandLine(ServingTest):
    def test_makes_the_first_account_before_there_is_a_server(self):
        data = ("--data", self.place.data)
        self.assertEqual(self.place.factory("user", "add", "bob", *data).code, 2)
        self.assertEqual(self.place.factory("user", "add", "ada", "--role", "admin", *data).code, 0)
        key = self.place.factory("key", "create", "--owner", "ada", "--scopes", "admin,read", *data).stdout.strip()
        service = self.serve()
        self.assertNotIn("/setup#", service.words())
        self.assertEqual(
            service.request("GET", "/api/v1/users", key=False, Authorization="Bearer " + key).status, 200)


class Audit(ServingTest):
    def test_says_who_did_what_and_shows_when_it_was_changed(self):
        service = self.serve()
        ada = set_up(service, "ada")
        bob = member(service, "bob")
        service.request("POST", "/api/v1/session", {"name": "bob", "password": "not the password"}, key=False)
        self.start(service, self.create(service, [value("a", "1")]))
        page = ada.request("GET", "/api/v1/audit?limit=3").json
        actions = [item["action"] for item in page["items"]]
        page = ada.request("GET", "/api/v1/audit?limit=200&cursor=" + page["next_cursor"]).json
        actions += [item["action"] for item in page["items"]]
        self.assertEqual(actions, [
            "run.started", "session.refused", "session.started", "account.created", "session.started",
            "installation.set_up"])
        self.refused(bob.request("GET", "/api/v1/audit"), 403, "forbidden")
        self.assertTrue(ada.request("GET", "/api/v1/audit/verification").json["whole"])
        with sqlite3.connect(self.place.data / "factory.sqlite", timeout=30) as store:
            with self.assertRaises(sqlite3.DatabaseError):
                store.execute("DELETE FROM audit WHERE number = 2")
            store.execute("DROP TRIGGER audit_is_not_removed")
            store.execute("DELETE FROM audit WHERE number = 2")
        store.close()
        verdict = ada.request("GET", "/api/v1/audit/verification").json
        self.assertEqual((verdict["whole"], verdict["broken_at"]), (False, 2))
        answer = self.place.factory("audit", "--verify", "--data", self.place.data)
        self.assertEqual(answer.code, 1, str(answer))
        self.assertIn("record 2", answer.stderr)


class SingleUser(ServingTest):
    def test_signs_one_person_in_by_the_link_that_was_printed(self):
        service = self.serve("--single-user")
        token = re.search(r"/sign-in#([0-9a-f]{64})", service.words()).group(1)
        ask = lambda: service.request("POST", "/api/v1/session", {"token": token}, key=False)
        person = Person(service, ask())
        self.assertEqual(person.request("GET", "/api/v1/session").json["account"]["role"], "admin")
        self.refused(ask(), 422, "one_time_token_invalid")
        service.stop()
        again = self.serve("--single-user")
        self.assertEqual(len(re.findall(r"/sign-in#", again.words())), 2)
        person.service = again
        self.assertEqual(person.request("GET", "/api/v1/session", Origin=again.url).status, 200)

    def test_is_for_this_machine_alone(self):
        for more in (("--listen", "0.0.0.0:0", "--plain-http-for-other-machines"), ("--trusted-proxy", "127.0.0.1")):
            answer = self.place.factory("serve", "--single-user", "--data", self.place.data, *more)
            self.assertEqual(answer.code, 2, str(answer))
            self.assertIn("--single-user", answer.stderr)


class Proxies(ServingTest):
    def test_believes_proxies_that_are_named_and_no_others(self):
        service = self.serve("--trusted-proxy", "127.0.0.1", "--server-name", "factory.example")
        forwarded = {
            "Host": "factory.example", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.9, 198.51.100.7, 127.0.0.1"}
        body = {"token": setup_token(service), "name": "ada", "password": PASSWORD}
        plain = service.request("POST", "/api/v1/setup", body, key=False)
        self.refused(plain, 422, "not_encrypted")
        reply = service.request("POST", "/api/v1/setup", body, key=False, **forwarded)
        self.assertEqual(reply.status, 201, str(reply))
        self.assertRegex(reply.headers["set-cookie"], r"^__Host-cf=[0-9a-f]{64}; .*; Secure$")
        self.assertEqual(reply.json["session"]["address"], "198.51.100.7")
        ada = Person(service, reply)
        headers = {**forwarded, "Origin": "https://factory.example"}
        self.assertEqual(ada.request("POST", "/api/v1/invitations", {}, **headers).status, 201)
        headers["Origin"] = "http://factory.example"
        self.refused(ada.request("POST", "/api/v1/invitations", {}, **headers), 403, "origin_not_allowed")

    def test_believes_nobody_else(self):
        service = self.serve()
        reply = service.request(
            "POST", "/api/v1/setup", {"token": setup_token(service), "name": "ada", "password": PASSWORD}, key=False,
            X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")
        self.assertEqual(reply.json["session"]["address"], "127.0.0.1")
        self.assertTrue(reply.headers["set-cookie"].startswith("cf-dev="))

    def test_refuses_to_be_reached_by_others_without_one(self):
        answer = self.place.factory("serve", "--data", self.place.data, "--listen", "0.0.0.0:0")
        self.assertEqual(answer.code, 2, str(answer))
        self.assertIn("--trusted-proxy", answer.stderr)


if __name__ == "__main__":
    unittest.main()
