"""The edge of the server: what never becomes a request, what is too much at once, compression, and tags."""

import gzip
import io
import json
import re
import socket
import threading
import time
import unittest
import zipfile

from serving import ServingTest
from support import value


class Heads(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()

    def answer(self, text):
        """The status, the headers and the problem of what the server says to these bytes before it closes."""
        head, _, body = self.service.raw(text).partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        return int(lines[0].split()[1]), headers, json.loads(body)

    def test_answers_what_is_no_request_with_a_problem_and_closes(self):
        host = "Host: 127.0.0.1:%d\r\n" % self.service.port
        line = "GET /healthz HTTP/1.1\r\n" + host
        post = "POST /api/v1/validate HTTP/1.%d\r\n" + host
        for text, status, code in (
                (line + "X: %s\r\n\r\n" % ("x" * 40_000), 431, "head_too_large"),
                (line + "".join("X%d: y\r\n" % n for n in range(200)) + "\r\n", 431, "head_too_large"),
                ("GET /%s HTTP/1.1\r\n%s\r\n" % ("x" * 40_000, host), 431, "head_too_large"),
                ("NONSENSE\r\n\r\n", 400, "bad_request"),
                ("HOVER / HTTP/1.1\r\n%s\r\n" % host, 400, "bad_request"),
                ("GET / HTTP/9.9\r\n%s\r\n" % host, 400, "bad_request"),
                (line + "X : y\r\n\r\n", 400, "bad_request"),
                (post % 1 + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, "bad_request"),
                (post % 1 + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "bad_request"),
                (post % 1 + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400, "bad_request"),
                (post % 1 + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400, "bad_request"),
                (post % 0 + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "bad_request")):
            found, headers, problem = self.answer(text)
            self.assertEqual((found, problem["code"], problem["status"]), (status, code, status), text[:200])
            self.assertEqual(headers["content-type"], "application/problem+json")
            self.assertEqual(headers["x-request-id"], problem["request_id"])
            self.assertEqual(headers["connection"], "close")
            self.assertEqual(headers["cache-control"], "no-store")

    def test_answers_the_request_before_the_one_that_is_none(self):
        text = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\nNONSENSE\r\n\r\n" % self.service.port
        answer = self.service.raw(text).decode()
        self.assertEqual(re.findall(r"HTTP/1.1 (\d+)", answer), ["200", "400"])
        self.assertTrue(answer.index('"ok"') < answer.index("bad_request"))

    def test_refuses_targets_that_are_too_long_or_no_path(self):
        host = "Host: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % self.service.port
        for target, status, code in (
                ("/healthz?" + "x" * 9_000, 414, "target_too_long"), ("http://127.0.0.1/healthz", 400, "bad_request"),
                ("*", 400, "bad_request")):
            found, _, problem = self.answer("GET %s HTTP/1.1\r\n%s" % (target, host))
            self.assertEqual((found, problem["code"]), (status, code), target[:40])

    def test_takes_no_compressed_bodies(self):
        reply = self.service.request(
            "POST", "/api/v1/validate", gzip.compress(b"{}"), Content_Encoding="gzip", Content_Type="application/json")
        self.refused(reply, 415, "unsupported_media_type")
        self.assertEqual(reply.headers["accept-encoding"], "identity")

    def test_tells_the_time(self):
        date = self.service.request("GET", "/healthz").headers["date"]
        parsed = time.strptime(date, "%a, %d %b %Y %H:%M:%S GMT")
        self.assertLess(abs(time.mktime(parsed) - time.mktime(time.gmtime())), 60)


class Loads(ServingTest):
    def test_holds_the_bodies_of_all_requests_to_one_limit(self):
        service = self.serve()
        kept, body = [], b"\0" * (15 << 20)
        head = ("PUT /api/v1/files?path=big%%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
                % (service.port, service.key, len(body)))
        for number in range(4):
            connection = socket.create_connection(("127.0.0.1", service.port), timeout=60)
            self.addCleanup(connection.close)
            connection.sendall((head % number).encode() + body[:1 << 20])
            kept.append(connection)
        # Their heads may be on their way still: a fifth is refused as soon as they are there.
        until = time.monotonic() + 60
        while time.monotonic() < until:
            reply = service.request(
                "PUT", "/api/v1/files?path=last", b"", Content_Length=str(10 << 20),
                Content_Type="application/octet-stream")
            if reply.status == 503:
                break
        self.refused(reply, 503, "overloaded")
        self.assertEqual(reply.headers["retry-after"], "1")
        # Small ones find room, and the large ones come to their end.
        self.assertEqual(
            service.request("PUT", "/api/v1/files?path=small", b"x", Content_Type="application/octet-stream").status, 201)
        for connection in kept:
            connection.sendall(body[1 << 20:])
            self.assertIn(b" 201 ", connection.recv(4096)[:20])

    def test_a_burst_of_expensive_requests_holds_up_nobody(self):
        service = self.serve()
        document = "version: 1\nname: large\ntags: [%s]\nsteps: []\n" % ", ".join("t%d" % n for n in range(60_000))
        replies, going = [], threading.Semaphore(0)

        def ask():
            going.release()
            replies.append(service.request("POST", "/api/v1/validate", document, Content_Type="application/yaml"))

        threads = [threading.Thread(target=ask) for _ in range(24)]
        for thread in threads:
            thread.start()
        for _ in threads:
            going.acquire()
        slowest = 0.0
        for path in ("/healthz", "/api/v1/pipelines", "/healthz", "/api/v1/runs") * 5:
            start = time.monotonic()
            self.assertEqual(service.request("GET", path).status, 200)
            slowest = max(slowest, time.monotonic() - start)
        for thread in threads:
            thread.join()
        codes = {reply.json.get("code", "answer") for reply in replies}
        self.assertIn("too_many_evaluations", codes)
        self.assertLessEqual(codes, {"answer", "too_many_evaluations", "evaluation_timeout"})
        self.assertLess(slowest, 2, "others had to wait")


class Answers(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ask = self.service.request

    def test_compresses_what_is_long_enough_for_who_takes_it(self):
        path = "/api/v1/openapi.json"
        plain, packed = self.ask("GET", path), self.ask("GET", path, Accept_Encoding="br, gzip;q=0.5")
        self.assertNotIn("content-encoding", plain.headers)
        self.assertEqual(packed.headers["content-encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertLess(len(packed.body) * 4, len(plain.body))
        for reply in plain, packed:
            self.assertIn("Accept-Encoding", reply.headers["vary"])
        head = self.ask("HEAD", path, Accept_Encoding="gzip")
        self.assertEqual(head.headers["content-length"], str(len(packed.body)))
        self.assertEqual(head.headers["content-encoding"], "gzip")
        for taken in ("gzip;q=0", "br", "identity", "*;q=0"):
            self.assertNotIn("content-encoding", self.ask("GET", path, Accept_Encoding=taken).headers, taken)
        self.assertNotIn("content-encoding", self.ask("GET", "/healthz", Accept_Encoding="gzip").headers)
        reply = self.ask("POST", "/api/v1/validate", {"version": 1, "name": "x" * 2000, "steps": []}, Accept_Encoding="gzip")
        self.assertNotIn("content-encoding", reply.headers)

    def test_sends_nothing_to_who_has_it(self):
        for path in ("/api/v1/openapi.json", "/api/v1/schema"):
            for coding in ("identity", "gzip"):
                tag = self.ask("GET", path, Accept_Encoding=coding).tag
                for condition in (tag, "W/" + tag, '"other", ' + tag, "*"):
                    reply = self.ask("GET", path, If_None_Match=condition)
                    self.assertEqual((reply.status, reply.body), (304, b""), condition)
                self.assertEqual(self.ask("GET", path, If_None_Match='"other"').status, 200)

    def test_takes_the_tag_of_a_compressed_answer_for_a_change(self):
        pipeline = self.create(self.service, [value("a", "1")], description="long " * 400)
        path = "/api/v1/pipelines/" + pipeline
        read = self.ask("GET", path, Accept_Encoding="gzip")
        self.assertEqual(read.tag, '"1-gzip"')
        changed = self.ask("PATCH", path, {"title": "New"}, If_Match=read.tag)
        self.assertEqual((changed.status, changed.tag), (200, '"2"'))
        self.refused(self.ask("PATCH", path, {"title": "Newer"}, If_Match=read.tag), 412, "precondition_failed")

    def test_a_key_stands_for_query_and_kind_too(self):
        document = '{"version": 1, "name": "once", "steps": [{"id": "a", "type": "transform", "with": {"ops": [{"expression": "1"}]}}]}'
        first = self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="k")
        self.assertEqual(first.status, 201, str(first))
        again = self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="k")
        self.assertEqual((again.status, again.json["id"]), (201, first.json["id"]))
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.refused(
            self.ask("POST", "/api/v1/pipelines?draft=true", document, Idempotency_Key="k"), 422, "idempotency_key_reused")
        self.refused(
            self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="k", Content_Type="application/yaml"),
            422, "idempotency_key_reused")
        self.refused(self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="a b"), 400, "bad_request")

    def test_of_two_who_change_the_same_file_one_is_refused(self):
        put = lambda content, **headers: self.ask(
            "PUT", "/api/v1/files?path=a.txt", content, Content_Type="application/octet-stream", **headers)
        tag = put("0").tag
        for round in range(10):
            replies = []
            threads = [
                threading.Thread(target=lambda n=n: replies.append(put("%d %d" % (round, n), If_Match=tag))) for n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            statuses = sorted(reply.status for reply in replies)
            self.assertEqual(statuses, [200] + [412] * 7)
            tag = next(reply.tag for reply in replies if reply.status == 200)
            self.assertEqual(self.ask("GET", "/api/v1/files?path=a.txt").tag, tag)
        self.refused(self.ask("DELETE", "/api/v1/files?path=a.txt", If_Match='"x"'), 412, "precondition_failed")
        self.assertEqual(self.ask("DELETE", "/api/v1/files?path=a.txt", If_Match=tag).status, 204)

    def test_gives_what_a_run_wrote_as_one_archive(self):
        files = {"out/a.txt": "x" * 10_000, "b.txt": "short", "\u00e9t\u00e9.txt": "\u00fcml\u00e4ut"}
        pipeline = self.create(self.service, [
            {"id": "w%d" % number, "type": "file", "with": {"operation": "write", "path": path, "content": content}}
            for number, (path, content) in enumerate(files.items())])
        run = self.start(self.service, pipeline, Prefer="wait=30")
        self.assertEqual(run["status"], "succeeded", run)
        reply = self.ask("GET", "/api/v1/runs/%s/archive" % run["id"])
        self.assertEqual((reply.status, reply.headers["content-type"]), (200, "application/zip"))
        self.assertEqual(reply.headers["content-disposition"], 'attachment; filename="run-%d.zip"' % run["number"])
        with zipfile.ZipFile(io.BytesIO(reply.body)) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual({name: archive.read(name).decode() for name in archive.namelist()}, files)
        self.assertLess(len(reply.body), 2_000)
        nothing = self.start(self.service, self.create(self.service, [value("a", "1")], name="nothing"), Prefer="wait=30")
        with zipfile.ZipFile(io.BytesIO(self.ask("GET", "/api/v1/runs/%s/archive" % nothing["id"]).body)) as archive:
            self.assertEqual(archive.namelist(), [])

    def test_refuses_a_data_folder_that_everybody_may_write_into(self):
        folder = self.place.folder / "open"
        folder.mkdir()
        folder.chmod(0o777)
        answer = self.place.factory("serve", "--data", folder, "--listen", "127.0.0.1:0")
        self.assertEqual(answer.code, 5, str(answer))
        self.assertIn("chmod 700", answer.stderr)

    def test_lists_a_folder_in_pages_and_hard_links_as_what_they_are(self):
        for number in range(7):
            self.ask("PUT", "/api/v1/files?path=many/%d.txt" % number, "x", Content_Type="application/octet-stream")
        folder = self.place.data / "workspaces" / "local" / "many"
        (folder / "twin").hardlink_to(folder / "6.txt")
        names, refused, cursor = [], [], ""
        for _ in range(10):
            page = self.ask("GET", "/api/v1/files?path=many&limit=4" + cursor).json
            names += [item["path"] for item in page["items"]]
            refused += [item["name"] for item in page["refused"]]
            if page["next_cursor"] is None:
                break
            cursor = "&cursor=" + page["next_cursor"]
        self.assertEqual(names, ["many/%d.txt" % number for number in range(6)])
        self.assertEqual(sorted(refused), ['"many/6.txt"', '"many/twin"'])
        self.refused(self.ask("GET", "/api/v1/files?path=many/twin"), 403, "forbidden")
        self.refused(self.ask("GET", "/api/v1/files?path=many&cursor=00"), 400, "invalid_field_value")


if __name__ == "__main__":
    unittest.main()
