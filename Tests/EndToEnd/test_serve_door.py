"""Who is let in by a server, and what is not."""

import re
import socket
import time
import unittest
from pathlib import Path

from serving import ServingTest
from support import value


class Door(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ask = self.service.request

    def test_wants_the_key_on_every_route_of_the_api(self):
        for headers in (
                {}, {"Authorization": "Bearer "}, {"Authorization": "Bearer " + self.service.key[:-1] + "x"},
                {"Authorization": "Basic " + self.service.key}, {"Cookie": "token=" + self.service.key}):
            for path in ("/api/v1/pipelines", "/api/v1/runs", "/api/v1/doctor", "/api/v1/files"):
                reply = self.ask("GET", path, key=False, **headers)
                self.refused(reply, 401, "unauthorized")
                self.assertTrue(reply.headers["www-authenticate"].startswith("Bearer"))
        reply = self.ask("GET", "/api/v1/pipelines?access_token=" + self.service.key, key=False)
        self.refused(reply, 401, "unauthorized")

    def test_knows_its_own_names_only(self):
        port = self.service.port
        for host in ("127.0.0.1:%d", "localhost:%d", "LOCALHOST:%d", "[::1]:%d"):
            self.assertEqual(self.ask("GET", "/healthz", Host=host % port).status, 200, host)
        for host in (
                "example.com", "example.com:%d" % port, "127.0.0.1", "127.0.0.1:%d" % (port + 1), "127.1:%d" % port,
                "localhost.:%d" % port, "localhost:%d@example.com" % port, "127.0.0.1.example.com:%d" % port,
                "0.0.0.0:%d" % port, "[::ffff:127.0.0.1]:%d" % port, "127.0.0.1:%d:80" % port, "localhost: %d" % port,
                "127.0.0.1:0%d" % port if port > 9999 else "x", ""):
            self.refused(self.ask("GET", "/healthz", Host=host), 421, "host_not_allowed")
        line = "GET /healthz HTTP/1.1\r\nConnection: close\r\n"
        own = "Host: 127.0.0.1:%d\r\n" % port
        for heads in ("", own + "Host: example.com\r\n", "Host: example.com\r\n" + own):
            self.assertNotIn(b" 200 ", self.service.raw(line + heads + "\r\n").split(b"\r\n")[0], heads)
        self.assertIn(b" 200 ", self.service.raw(line + own + "\r\n").split(b"\r\n")[0])

    def test_takes_the_names_an_operator_gives(self):
        self.service.stop()
        service = self.serve("--server-name", "factory.example", "--server-name", "other.example:443")
        for host, status in (
                ("factory.example", 200), ("factory.example:%d" % service.port, 200), ("other.example:443", 200),
                ("other.example", 421), ("factory.example:1", 421)):
            self.assertEqual(service.request("GET", "/healthz", Host=host).status, status, host)

    def test_answers_no_foreign_pages(self):
        own = "http://127.0.0.1:%d" % self.service.port
        self.assertEqual(self.ask("GET", "/api/v1/runs", Origin=own, Sec_Fetch_Site="same-origin").status, 200)
        for origin in ("null", "http://example.com", own + ".example.com", "https://127.0.0.1", "file://", own[:-1], ""):
            self.refused(self.ask("GET", "/api/v1/runs", Origin=origin), 403, "origin_not_allowed")
        for site in ("cross-site", "same-site", "Same-Origin"):
            self.refused(self.ask("GET", "/api/v1/runs", Sec_Fetch_Site=site), 403, "origin_not_allowed")
        for method in ("OPTIONS", "TRACE", "PROPFIND"):
            reply = self.ask(method, "/api/v1/runs", Access_Control_Request_Method="GET")
            self.refused(reply, 405, "method_not_allowed")
            self.assertEqual(reply.headers["allow"], "GET, HEAD")
            self.assertFalse([name for name in reply.headers if name.startswith("access-control")])

    def test_takes_json_and_yaml_alone(self):
        document = "version: 1"
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/xml",
                     "application/json; charset=utf-16", "json"):
            self.refused(
                self.ask("POST", "/api/v1/pipelines", document, Content_Type=kind), 415, "unsupported_media_type")
        pipeline = self.create(self.service, [value("a", "1")])
        self.refused(
            self.ask("POST", "/api/v1/pipelines/%s/runs" % pipeline, "inputs: {}", Content_Type="application/yaml"),
            415, "unsupported_media_type")
        self.start(self.service, pipeline, Content_Type="application/json; charset=UTF-8")

    def test_reads_json_strictly(self):
        path = "/api/v1/pipelines/%s/runs" % self.create(self.service, [value("a", "1")])
        for body in ('{"inputs": {}, "inputs": {}}', "{", '{"inputs": ' + "[" * 80 + "]" * 80 + "}", "{'a': 1}", '{"a": NaN}'):
            problem = self.refused(self.ask("POST", path, body), 400, "invalid_json")
            self.assertGreaterEqual(problem["errors"][0]["column"], 1)
        self.refused(self.ask("POST", path, "[]"), 400, "invalid_field_value")
        problem = self.refused(self.ask("POST", path, {"input": {}, "colour": "x"}), 400, "unknown_field")
        self.assertEqual([error["path"] for error in problem["errors"]], ["input", "colour"])
        self.assertEqual(problem["errors"][0]["hint"], "did you mean `inputs`?")

    def test_names_requests(self):
        self.assertEqual(self.ask("GET", "/healthz", X_Request_ID="abc-1.2_3").headers["x-request-id"], "abc-1.2_3")
        for name in ("a b", "x" * 129, "<script>", ""):
            self.assertRegex(self.ask("GET", "/healthz", X_Request_ID=name).headers["x-request-id"], r"^req_[a-z0-9]+$")

    def test_sends_the_headers_that_keep_browsers_careful(self):
        for path in ("/healthz", "/api/v1/runs", "/nowhere"):
            headers = self.ask("GET", path).headers
            self.assertEqual(headers["cache-control"], "no-store")
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertIn("default-src 'none'", headers["content-security-policy"])
            self.assertNotIn("server", headers)

    def test_answers_head_as_get_without_a_body(self):
        head, get = self.ask("HEAD", "/api/v1/runs"), self.ask("GET", "/api/v1/runs")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["content-length"], get.headers["content-length"])

    def test_serves_nothing_that_is_not_there(self):
        for path in ("/nonsense", "/api", "/api/v1", "/api/v1/versions", "/api/v1/pipelines/x/y/z",
                     "/api/v1/runs/run_1", "/api/v1/runs/../pipelines", "/api/v1/pipelines/pl_0%2f..%2f",
                     "/api/v1/artifacts/art_1"):
            self.refused(self.ask("GET", path), 404, "not_found")
        for path in ("/api/v1/runs?%", "/api/v1/runs?%zz=1", "/%00", "/%ff"):
            self.refused(self.ask("GET", path), 400, "bad_request")

    def test_bounds_heads(self):
        line = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n" % self.service.port
        for heads in ("X: %s\r\n" % ("x" * 40_000), "".join("X%d: y\r\n" % n for n in range(200))):
            answer = self.service.raw(line + heads + "\r\n")
            self.assertNotIn(b" 200 ", answer[:20])

    def test_closes_connections_that_never_get_to_the_point(self):
        """A head that trickles in is cut off ten seconds after its first byte, while others are served."""
        slow = []
        for text in ("", "GET /healthz HTTP/1.1\r\n", "POST /api/v1/pipelines HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                     "Authorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                     % (self.service.port, self.service.key)):
            connection = socket.create_connection(("127.0.0.1", self.service.port), timeout=30)
            self.addCleanup(connection.close)
            connection.sendall(text.encode())
            slow.append(connection)
        self.assertEqual(self.ask("GET", "/healthz").status, 200)
        for connection in slow:
            # The server ends them: with an answer or without.
            while connection.recv(4096):
                pass

    def test_does_not_listen_on_to_a_body_it_has_refused(self):
        connection = socket.create_connection(("127.0.0.1", self.service.port), timeout=30)
        self.addCleanup(connection.close)
        connection.sendall(
            b"POST /api/v1/validate HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n" % self.service.port)
        self.assertIn(b" 401 ", connection.recv(4096))
        piece, until = b"400\r\n" + b"x" * 1024 + b"\r\n", time.monotonic() + 20
        with self.assertRaises(OSError):
            while time.monotonic() < until:
                connection.sendall(piece)

    def test_serves_on_where_a_refused_body_came_to_its_end(self):
        connection = socket.create_connection(("127.0.0.1", self.service.port), timeout=30)
        self.addCleanup(connection.close)
        connection.sendall(
            b"POST /api/v1/validate HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1\r\n\r\n" % self.service.port)
        self.assertIn(b" 401 ", connection.recv(4096))
        connection.sendall(b"xGET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % self.service.port)
        self.assertIn(b" 200 ", connection.recv(4096))

    def test_bounds_connections(self):
        self.service.stop()
        service = self.serve("--max-connections", "4")
        idle = [socket.create_connection(("127.0.0.1", service.port), timeout=30) for _ in range(4)]
        last = socket.create_connection(("127.0.0.1", service.port), timeout=30)
        last.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % service.port)
        for connection in idle:
            connection.close()
        self.assertIn(b" 200 ", last.recv(4096))
        last.close()

    def test_lets_no_step_reach_the_server_itself(self):
        self.service.stop()
        service = self.serve("--allow-host", "127.0.0.0/8:1024")
        # A range that holds the address does not open the server's own port; the port is known once it listens.
        self.service.close()
        port = service.port
        self.assertEqual(service.stop(), 0)
        service = self.serve("--listen", "127.0.0.1:%d" % port, "--allow-host", "127.0.0.0/8:%d" % port)
        pipeline = self.create(service, [
            {"id": "self", "type": "api", "with": {"url": "http://127.0.0.1:%d/healthz" % port}}])
        run = self.start(service, pipeline, Prefer="wait=30")
        self.assertEqual(self.step(run, "self")["error"]["code"], "egress_denied")


class Problems(ServingTest):
    def test_every_code_has_a_page(self):
        service = self.serve()
        codes = {service.request(method, path, key=key).json["code"] for method, path, key in (
            ("GET", "/nowhere", True), ("GET", "/api/v1/runs", False), ("PUT", "/healthz", True))}
        page = (Path(__file__).resolve().parents[2] / "docs" / "problems" / "README.md").read_text()
        for code in codes:
            self.assertTrue(re.search(r"^## `%s`$" % code, page, re.M), code)


if __name__ == "__main__":
    unittest.main()
