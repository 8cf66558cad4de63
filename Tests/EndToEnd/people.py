"""People with accounts at a server under test: each with a session as a browser has it."""

import http.client
import json
import re

from serving import Reply
from support import PATIENCE_SECONDS

PASSWORD = "a long enough password"


class Person:
    """Somebody who signed in, or nobody: what a browser of this server's own page would send."""

    def __init__(self, service, reply=None):
        self.service, self.cookie, self.token, self.account = service, None, None, None
        if reply is not None:
            self.take(reply)

    def take(self, reply):
        assert reply.status == 201, str(reply)
        self.cookie = reply.headers["set-cookie"].split(";")[0]
        self.token = reply.json["csrf_token"]
        self.account = reply.json["account"]["id"]
        self.session = reply.json["session"]["id"]

    def request(self, method, path, body=None, **headers):
        headers = {"Origin": self.service.url, **headers}
        if self.cookie:
            headers.setdefault("Cookie", self.cookie)
            headers.setdefault("X-CSRF-Token", self.token)
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.service.request(method, path, body, key=False, **headers)


class Connection:
    """Many requests on one connection."""

    def __init__(self, service):
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_SECONDS)

    def request(self, method, path, headers):
        while True:
            self.connection.request(method, path, headers=headers)
            answer = self.connection.getresponse()
            reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
            # Who asks as fast as this test does is held back; it is asked again until it is let on.
            if reply.status != 429:
                return reply

    def close(self):
        self.connection.close()


def setup_token(service):
    return re.search(r"/setup#([0-9a-f]{64})", service.words()).group(1)


def set_up(service, name="root"):
    """The first admin, by the token that was printed."""
    return Person(service, service.request(
        "POST", "/api/v1/setup", {"token": setup_token(service), "name": name, "password": PASSWORD}, key=False))


def member(service, name, role="member", password=PASSWORD):
    """A new account and somebody who signed in to it."""
    reply = service.request("POST", "/api/v1/users", {"name": name, "role": role, "password": password})
    assert reply.status == 201, str(reply)
    return sign_in(service, name, password)


def sign_in(service, name, password=PASSWORD, **headers):
    return Person(service, service.request(
        "POST", "/api/v1/session", {"name": name, "password": password}, key=False, **headers))


def rule_of(route):
    """The rule of a route as `factory schema --routes` prints it: its kind, and its words."""
    kind, _, words = route["rule"].partition("(")
    return kind, [word.split(".")[-1].strip(" )") for word in words.split(",") if word]


def dump(value):
    return json.dumps(value, sort_keys=True)
