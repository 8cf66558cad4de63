"""Limits as settings: each is hit with a number of its own, and numbers that cannot be are refused."""

import http.client
import re
import resource
import subprocess
import unittest
from pathlib import Path

import support
from people import set_up
from serving import ServingTest
from support import PATIENCE_SECONDS


class Limits(ServingTest):
    def person(self, **environment):
        service = self.serve(**{"CODE_FACTORY_LIMIT_" + name: str(value) for name, value in environment.items()})
        return service, set_up(service, "ada")

    def test_of_requests(self):
        service, ada = self.person(REQUESTS_PER_SECOND=1)
        one = "GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n%%s\r\n" % (service.port, ada.cookie)
        answers = service.raw(one % "" * 29 + one % "Connection: close\r\n").decode()
        statuses = re.findall(r"HTTP/1.1 (\d+)", answers)
        self.assertEqual((len(statuses), statuses[0], set(statuses)), (30, "200", {"200", "429"}))
        self.assertIn("retry-after: 1\r\n", answers.lower())

    def test_of_starts_of_runs(self):
        service, ada = self.person(RUNS_PER_MINUTE=2)
        made = ada.request(
            "POST", "/api/v1/pipelines", {"version": 1, "name": "a", "steps": [{"id": "a", "type": "transform"}]})
        path = "/api/v1/pipelines/%s/runs" % made.json["id"]
        self.assertEqual(ada.request("POST", path, {}).status, 202)
        self.refused(ada.request("POST", path, {}), 429, "too_many_requests")
        # Whoever has the machine is not counted.
        pipeline = self.create(service, [{"id": "a", "type": "transform"}])
        for _ in range(3):
            self.start(service, pipeline)

    def test_of_event_streams(self):
        service, ada = self.person(EVENT_STREAMS=1)
        follower = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_SECONDS)
        self.addCleanup(follower.close)
        follower.request("GET", "/api/v1/events", headers={"Cookie": ada.cookie})
        # Kept: the connection ends with the answer that nobody holds.
        followed = follower.getresponse()
        self.assertEqual(followed.status, 200)
        reply = ada.request("GET", "/api/v1/events")
        self.refused(reply, 429, "too_many_requests")
        self.assertIn("has 1 streams", reply.json["detail"])

    def test_of_the_memory_of_bodies(self):
        service = self.serve(CODE_FACTORY_LIMIT_BODY_BYTES="32MiB")
        head = {"Authorization": "Bearer " + service.key, "Content-Type": "application/octet-stream",
                "Content-Length": str(16 << 20), "Expect": "100-continue"}
        for number in range(2):
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_SECONDS)
            self.addCleanup(connection.close)
            connection.putrequest("PUT", "/api/v1/files?path=%d" % number)
            for pair in head.items():
                connection.putheader(*pair)
            connection.endheaders()
            # It has its share as soon as it may send.
            self.assertIn(b" 100 ", connection.sock.recv(64))
        reply = service.request("PUT", "/api/v1/files?path=last", b"x", Content_Type="application/octet-stream")
        self.refused(reply, 503, "overloaded")

    def test_of_open_files(self):
        program = [str(support.FACTORY), "serve", "--data", str(self.place.data), "--listen", "127.0.0.1:0"]

        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (256, 2_000))

        asked = subprocess.run(
            [*program, "--max-connections", "1500"], preexec_fn=few, env=self.place.environment, capture_output=True,
            text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual(asked.returncode, 2, asked.stderr)
        self.assertIn("1500 connections need 2524 open files, and this process may have 2000", asked.stderr)
        self.assertIn("at most 1000", asked.stderr)
        server = subprocess.Popen(
            program, preexec_fn=few, env=self.place.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            self.assertTrue(server.stdout.readline().startswith("http://"))
            limits = Path("/proc/%d/limits" % server.pid).read_text()
            self.assertRegex(limits, r"Max open files +2000 +2000 ")
        finally:
            server.terminate()
            _, errors = server.communicate(timeout=PATIENCE_SECONDS)
        self.assertIn("at most 1000 connections are taken at once", errors)

    def test_that_cannot_be_are_refused_with_their_range(self):
        for name, value in (("REQUESTS_PER_SECOND", "0"), ("BODY_BYTES", "1MB"), ("EVENT_STREAMS", "many")):
            self.place.environment["CODE_FACTORY_LIMIT_" + name] = value
            answer = self.place.factory("serve", "--data", self.place.data)
            del self.place.environment["CODE_FACTORY_LIMIT_" + name]
            self.assertEqual(answer.code, 2, answer.stderr)
            self.assertRegex(answer.stderr, name + ': "%s" is not .* from ' % value)


if __name__ == "__main__":
    unittest.main()
