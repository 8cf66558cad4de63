"""HTTP/2: what holds for HTTP/1.1 holds for its streams, and what only it can do wrong is bounded."""

import json
import shutil
import signal
import socket
import ssl
import subprocess
import unittest

import http2
from http2 import (
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, ENHANCE_YOUR_CALM, GOAWAY, HEADERS, PING, RST_STREAM, block, frame)
from support import PATIENCE_SECONDS
from tls import TLSTest


class HTTP2Test(TLSTest):
    def setUp(self):
        super().setUp()
        self.process, self.port = self.start_server()
        self.key_text = (self.place.data / "token").read_text().strip()
        self.authorised = ("authorization", "Bearer " + self.key_text)

    def connect(self, **settings):
        connection = http2.Connection(self.port, self.certificate, **settings)
        self.addCleanup(connection.close)
        return connection

    def lives(self):
        """The server answers others."""
        other = self.connect()
        self.assertEqual(other.answer(other.ask(other.fields())), (200, b'{"status":"ok"}'))
        other.close()


@unittest.skipUnless(shutil.which("curl"), "curl is the client")
class Curl(HTTP2Test):
    def curl(self, path, *arguments):
        """The version, the status, the headers and the body."""
        answer = subprocess.run(
            ["curl", "--silent", "--show-error", "--cacert", str(self.certificate), "--dump-header", "-", "--max-time",
             str(PATIENCE_SECONDS), *arguments, "https://127.0.0.1:%d%s" % (self.port, path)],
            capture_output=True, check=True).stdout
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        version, status = first.split()[:2]
        return version, int(status), dict(line.split(": ", 1) for line in lines), body

    def credential(self):
        return ["--header", "Authorization: Bearer " + self.key_text]

    def test_is_spoken_with_who_knows_it(self):
        for argument, version in (("--http2", "HTTP/2"), ("--http1.1", "HTTP/1.1"), ("--no-alpn", "HTTP/1.1")):
            found = self.curl("/healthz", argument)
            self.assertEqual((found[0], found[1], found[3]), (version, 200, b'{"status":"ok"}'), argument)
        _, _, headers, _ = self.curl("/healthz", "--http2", "--header", "X-Request-ID: mine")
        self.assertEqual(headers["x-request-id"], "mine")
        self.assertEqual(headers["strict-transport-security"], "max-age=31536000")
        self.assertEqual([name for name in headers if name != name.lower()], [])
        for name in ("connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection"):
            self.assertNotIn(name, headers)

    def test_serves_pages_files_and_parts_of_them(self):
        version, status, headers, body = self.curl("/", "--http2", "--compressed")
        self.assertEqual((version, status, headers["content-type"]), ("HTTP/2", 200, "text/html; charset=utf-8"))
        self.assertIn(b"<html", body)
        file = self.place.folder / "big"
        file.write_bytes(bytes(range(256)) * 8192)
        put = self.curl(
            "/api/v1/files?path=big", "--http2", "--upload-file", str(file), "--header",
            "Content-Type: application/octet-stream", *self.credential())
        self.assertIn(put[1], (201, 204), put)
        whole = self.curl("/api/v1/files?path=big", "--http2", *self.credential())
        self.assertEqual((whole[1], whole[3]), (200, file.read_bytes()))
        part = self.curl("/api/v1/files?path=big", "--http2", "--range", "255-256", *self.credential())
        self.assertEqual((part[1], part[3]), (206, b"\xff\x00"))
        self.assertEqual(part[2]["content-range"], "bytes 255-256/2097152")


class Heads(HTTP2Test):
    def test_answers_what_it_cannot_take_with_a_problem_and_goes_on(self):
        connection = self.connect()
        fields, ask = connection.fields, connection.ask
        many = [("x-%d" % number, "y") for number in range(200)]
        for head, status, code in (
                (fields("GET", "/healthz", *many), 431, "head_too_large"),
                (fields("GET", "/healthz", ("x", "y" * 40_000)), 431, "head_too_large"),
                (fields(scheme="http"), 400, "bad_request"),
                (fields("OPTIONS", "*"), 400, "bad_request"),
                (fields("GET", "/healthz", ("host", "example.com")), 400, "bad_request"),
                (fields("GET", "/healthz", ("host", "a"), ("host", "b")), 400, "bad_request"),
                (fields(authority="example.com"), 421, "host_not_allowed"),
                (fields(authority=None), 421, "host_not_allowed"),
                (fields("GET", "/api/v1/runs"), 401, "unauthorized"),
                (fields("GET", "/api/v1/runs", ("origin", "https://example.com")), 403, "origin_not_allowed"),
                (fields("GET", "/api/v1/runs", ("sec-fetch-site", "cross-site")), 403, "origin_not_allowed"),
                (fields("GET", "/api/v1/nothing", self.authorised), 404, "not_found")):
            self.assertEqual(connection.problem(ask(head)), (status, code), head[:6])
        for head in (fields("GET", "/healthz", ("host", connection.authority)),
                     fields("GET", "/healthz", ("host", connection.authority), authority=None)):
            self.assertEqual(connection.answer(ask(head))[0], 200, head)
        self.assertEqual(connection.answer(ask(fields("HEAD"))), (200, b""))
        reply = connection.answer(ask(fields("GET", "/api/v1/runs", self.authorised)))
        self.assertEqual((reply[0], json.loads(reply[1])["items"]), (200, []))

    def test_resets_streams_whose_heads_the_protocol_forbids(self):
        connection = self.connect()
        for head in (connection.fields("GET", "/healthz", ("connection", "close")),
                     connection.fields("GET", "/healthz", ("transfer-encoding", "chunked")),
                     connection.fields("GET", "/healthz", ("Upper", "x")),
                     connection.fields(path=None),
                     [*connection.fields(), (":path", "/readyz")]):
            self.assertEqual(connection.answer(connection.ask(head))[0], "reset", head)
        self.assertEqual(connection.answer(connection.ask(connection.fields()))[0], 200)

    def test_reads_heads_of_any_size_no_further_than_it_must(self):
        connection = self.connect()
        connection.ask(connection.fields("GET", "/healthz", *[("x-%d" % n, "y" * 8_000) for n in range(10)]))
        self.assertIsNotNone(connection.farewell())
        self.assertIsNone(connection.until(lambda *_: False))
        self.lives()


class Bodies(HTTP2Test):
    document = b'{"version": 1, "name": "a", "steps": [{"id": "a", "type": "transform"}]}'

    def post(self, connection, *more):
        return connection.ask(connection.fields(
            "POST", "/api/v1/validate", self.authorised, ("content-type", "application/json"), *more), ends=False)

    def test_are_taken_with_and_without_a_length(self):
        connection = self.connect()
        for more in ([], [("content-length", str(len(self.document)))]):
            stream = self.post(connection, *more)
            connection.send(frame(DATA, 0, stream, self.document[:10]) + frame(DATA, END_STREAM, stream, self.document[10:]))
            status, body = connection.answer(stream)
            self.assertEqual((status, json.loads(body)["valid"]), (200, True))
        stream = self.post(connection, ("content-length", "5"))
        connection.send(frame(DATA, END_STREAM, stream, self.document))
        self.assertEqual(connection.answer(stream)[0], "reset")

    def test_are_refused_where_they_are_too_large_before_and_while_they_come(self):
        connection = self.connect()
        stream = self.post(connection, ("content-length", str(1 << 30)))
        self.assertEqual(connection.problem(stream), (413, "body_too_large"))
        self.assertEqual(connection.until(lambda kind, _, of, __: (kind, of) == (RST_STREAM, stream))[0], RST_STREAM)
        self.assertEqual(connection.answer(connection.ask(connection.fields()))[0], 200)

    def test_that_do_not_come_end_their_stream_alone(self):
        connection = self.connect()
        stream = self.post(connection)
        connection.send(frame(DATA, 0, stream, b"{"))
        other = connection.ask(connection.fields())
        self.assertEqual(connection.answer(other)[0], 200)
        found = connection.until(lambda kind, _, of, __: kind == RST_STREAM)
        self.assertEqual(found[2], stream)
        self.assertEqual(connection.answer(connection.ask(connection.fields()))[0], 200)


class Floods(HTTP2Test):
    def test_of_requests_taken_back_end_the_connection(self):
        connection = self.connect()
        for _ in range(300):
            stream, connection.next = connection.next, connection.next + 2
            head = frame(HEADERS, END_STREAM | END_HEADERS, stream, block(connection.fields("GET", "/api/v1/runs")))
            if not connection.try_to_send(head + frame(RST_STREAM, 0, stream, b"\0\0\0\x08")):
                break
        self.assertEqual(connection.farewell(), ENHANCE_YOUR_CALM)
        self.assertIsNone(connection.until(lambda *_: False))
        self.lives()

    def test_of_pieces_of_one_head_end_the_connection(self):
        connection = self.connect()
        connection.send(frame(HEADERS, END_STREAM, 1, block(connection.fields())))
        for _ in range(20):
            if not connection.try_to_send(frame(CONTINUATION, 0, 1, block([("x", "y")]))):
                break
        self.assertEqual(connection.farewell(), ENHANCE_YOUR_CALM)
        self.assertIsNone(connection.until(lambda *_: False))
        self.lives()

    def test_of_pings_end_the_connection(self):
        connection = self.connect()
        for _ in range(300):
            if not connection.try_to_send(frame(PING, 0, 0, bytes(8))):
                break
        self.assertEqual(connection.farewell(), ENHANCE_YOUR_CALM)
        self.lives()

    def test_of_requests_at_once_are_bounded(self):
        connection = self.connect()
        for _ in range(100):
            connection.ask(connection.fields(
                "POST", "/api/v1/validate", self.authorised, ("content-type", "application/json")), ends=False)
        connection.ask(connection.fields())
        found = connection.until(lambda kind, *_: kind in (RST_STREAM, GOAWAY))
        self.assertIsNotNone(found)
        self.lives()

    def test_of_nothing_are_closed_in_time(self):
        context = ssl.create_default_context(cafile=self.certificate)
        context.set_alpn_protocols(["h2"])
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as silent:
                while silent.recv(4096):
                    pass


class Streams(HTTP2Test):
    def listen(self, connection):
        stream = connection.ask(connection.fields("GET", "/api/v1/events", self.authorised))
        found = connection.until(lambda kind, _, of, __: (kind, of) == (HEADERS, stream))
        self.assertEqual(http2.read_status(found[3]), 200)
        return stream

    def test_of_events_come_beside_other_answers_and_end_well_when_the_server_stops(self):
        connection = self.connect()
        stream = self.listen(connection)
        made = connection.ask(connection.fields(
            "POST", "/api/v1/pipelines", self.authorised, ("content-type", "application/json")), ends=False)
        connection.send(frame(DATA, END_STREAM, made, Bodies.document))
        told = answered = False
        while not (told and answered):
            kind, flags, of, payload = connection.read()
            told = told or (of == stream and b"pipeline.created" in payload)
            answered = answered or (of == made and bool(flags & END_STREAM))
        self.process.send_signal(signal.SIGTERM)
        codes, ended = [], False
        while found := connection.read():
            kind, flags, of, payload = found
            if kind == GOAWAY:
                codes.append(int.from_bytes(payload[4:8], "big"))
            if kind == PING and not flags & ACK:
                connection.try_to_send(frame(PING, ACK, 0, payload))
            ended = ended or (of == stream and kind == DATA and bool(flags & END_STREAM))
        self.assertTrue(ended)
        self.assertEqual(codes, [0, 0])
        self.assertEqual(self.process.wait(PATIENCE_SECONDS), 0)

    def test_that_are_not_read_hold_up_no_other(self):
        connection = self.connect(window=0)
        self.listen(connection)
        held = connection.ask(connection.fields())
        found = connection.until(lambda kind, _, of, __: (kind, of) == (HEADERS, held))
        self.assertEqual(http2.read_status(found[3]), 200)
        # The body waits until this side has room for it.
        connection.send(frame(http2.WINDOW_UPDATE, 0, held, (1_000).to_bytes(4, "big")))
        found = connection.until(lambda kind, _, of, __: (kind, of) == (DATA, held))
        self.assertEqual(found[3], b'{"status":"ok"}')

    def test_end_with_a_client_that_never_says_it_heard_the_server_stop(self):
        connection = self.connect()
        self.assertEqual(connection.answer(connection.ask(connection.fields()))[0], 200)
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(PATIENCE_SECONDS), 0)


if __name__ == "__main__":
    unittest.main()
