"""Files that come in pieces: over broken connections, deaths of the server, and everything that goes wrong on the way."""

import hashlib
import json
import os
import random
import signal
import socket

from people import member, set_up
from serving import ServingTest
from support import PATIENCE_SECONDS

UPLOADS = "/api/v1/uploads"


def content(size, seed=1):
    return random.Random(seed).randbytes(size)


class AnUpload(ServingTest):
    def begin(self, service, path, size, person=None, **more):
        reply = (person or service).request("POST", UPLOADS, {"path": path, "size": size, **more})
        self.assertEqual(reply.status, 201, str(reply))
        self.assertEqual(reply.headers["location"], "%s/%s" % (UPLOADS, reply.json["id"]))
        return reply.json

    def piece(self, service, upload, offset, data, person=None):
        return (person or service).request(
            "PATCH", "%s/%s" % (UPLOADS, upload["id"]), data,
            **{"Content-Type": "application/octet-stream", "Upload-Offset": str(offset)})

    def standing(self, service, upload):
        return service.request("GET", "%s/%s" % (UPLOADS, upload["id"])).json

    def file(self, path):
        return self.place.data / "workspaces" / "local" / path

    def test_comes_in_pieces_and_stands_there_whole(self):
        service = self.serve()
        data = content(20 << 20)
        upload = self.begin(service, "a/b.bin", len(data))
        self.assertEqual((upload["status"], upload["received"], upload["file"]), ("open", 0, None))
        half = 17 << 20
        first = self.piece(service, upload, 0, data[:half])
        self.assertEqual((first.status, first.json["received"], first.json["status"]), (200, half, "open"), str(first))
        self.assertFalse(self.file("a/b.bin").exists())
        self.assertEqual(service.request("GET", "/api/v1/files").json["items"], [], "no list shows the part")
        self.assertEqual([u["id"] for u in service.request("GET", UPLOADS).json["items"]], [upload["id"]])
        last = self.piece(service, upload, half, data[half:]).json
        self.assertEqual((last["status"], last["received"]), ("complete", len(data)))
        entry = service.request("GET", "/api/v1/files?path=a").json["items"][0]
        self.assertEqual(last["file"], entry)
        self.assertEqual(self.file("a/b.bin").read_bytes(), data)
        self.assertEqual(self.file("a/b.bin").stat().st_mode & 0o777, 0o600)
        self.assertEqual(service.request("GET", UPLOADS).json["items"], [])
        # A client that lost the last answer learns it.
        self.assertEqual(self.standing(service, upload)["file"], entry)
        self.assertEqual(self.piece(service, upload, len(data), b"").status, 200)
        self.download(service, data)

    def download(self, service, data):
        whole = service.request("GET", "/api/v1/files?path=a/b.bin")
        self.assertEqual(hashlib.sha256(whole.body).digest(), hashlib.sha256(data).digest())
        self.assertEqual(whole.headers["content-type"], "application/octet-stream")
        part = service.request("GET", "/api/v1/files?path=a/b.bin", Range="bytes=1000000-1000009")
        self.assertEqual((part.status, part.body), (206, data[1000000:1000010]))
        same = service.request("GET", "/api/v1/files?path=a/b.bin", If_None_Match=whole.tag)
        self.assertEqual(same.status, 304)
        self.refused(
            service.request("DELETE", "/api/v1/files?path=a/b.bin", If_Match='"other"'), 412, "precondition_failed")
        gone = service.request("DELETE", "/api/v1/files?path=a/b.bin", If_Match=whole.tag)
        self.assertEqual(gone.status, 204, str(gone))

    def test_keeps_what_came_before_the_connection_broke(self):
        service = self.serve()
        data = content(3 << 20)
        upload = self.begin(service, "x", len(data))
        with self.sending(service, upload, 0, len(data)) as connection:
            connection.sendall(data[: 1 << 20])
            self.await_part(upload, 1 << 20)
            # Nobody has told the server that this client is gone: the next goes on all the same.
            received = self.standing(service, upload)["received"]
            reply = self.piece(service, upload, received, data[received:])
        self.assertEqual((reply.status, reply.json["status"]), (200, "complete"), str(reply))
        self.assertEqual(self.file("x").read_bytes(), data)

    def test_goes_on_after_the_server_was_killed(self):
        service = self.serve()
        data = content(9 << 20)
        upload = self.begin(service, "deep/er/x", len(data))
        self.assertEqual(self.piece(service, upload, 0, data[: 2 << 20]).status, 200)
        with self.sending(service, upload, 2 << 20, len(data) - (2 << 20)) as connection:
            connection.sendall(data[2 << 20 : 5 << 20])
            self.await_part(upload, (2 << 20) + 65536)
            service.stop(signal.SIGKILL)
        service = self.serve()
        standing = self.standing(service, upload)
        self.assertEqual(standing["status"], "open")
        self.assertGreaterEqual(standing["received"], (2 << 20) + 65536)
        reply = self.piece(service, upload, standing["received"], data[standing["received"] :])
        self.assertEqual(reply.json["status"], "complete", str(reply))
        self.assertEqual(self.file("deep/er/x").read_bytes(), data)

    def sending(self, service, upload, offset, size):
        """A connection on which a piece was announced."""
        connection = socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE_SECONDS)
        connection.sendall((
            "PATCH %s/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nUpload-Offset: %d\r\n"
            "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
            % (UPLOADS, upload["id"], service.port, service.key, offset, size)).encode())
        return connection

    def await_part(self, upload, size):
        part = self.file(".factory-part-upl" + upload["id"].removeprefix("upl_"))
        while not part.exists() or part.stat().st_size < size:
            os.sched_yield()

    def test_refuses_what_does_not_belong_there(self):
        service = self.serve()
        upload = self.begin(service, "x", 10)
        problem = self.refused(self.piece(service, upload, 3, b"abc"), 409, "upload_offset")
        self.assertEqual(problem["received"], 0)
        self.refused(self.piece(service, upload, 0, b"a" * 11), 413, "body_too_large")
        self.assertEqual(self.piece(service, upload, 0, b"abc").json["received"], 3)
        self.assertEqual(self.refused(self.piece(service, upload, 0, b"abc"), 409, "upload_offset")["received"], 3)
        for offset in ("-1", "", "3.0", "9" * 30):
            self.refused(self.piece(service, upload, offset, b"d"), 400, "invalid_field_value")
        for path in ("../x", "/etc/x", "a/../../x", "a//b", ".factory-part-x", "a\u0000b", "C:x", "", 3, None, "x" * 2000):
            self.refused(
                service.request("POST", UPLOADS, {"path": path, "size": 1}), 400, "invalid_field_value")
        for size in (-1, 1.5, "1", None, 2 ** 60):
            self.refused(
                service.request("POST", UPLOADS, {"path": "y", "size": size}), 400, "invalid_field_value")
        self.refused(service.request("POST", UPLOADS, {"path": "y", "size": 1, "replace": None}), 400,
                     "invalid_field_value")
        dropped = service.request("DELETE", "%s/%s" % (UPLOADS, upload["id"]))
        self.assertEqual(dropped.status, 204)
        self.refused(self.piece(service, upload, 3, b"d"), 404, "not_found")
        self.assertEqual(list(self.file(".").iterdir()), [])

    def test_replaces_nothing_unasked_and_follows_no_link(self):
        service = self.serve()
        root = self.file(".")
        root.joinpath("there").write_text("old")
        outside = self.place.folder / "outside"
        outside.mkdir()
        root.joinpath("link").symlink_to(outside)
        self.refused(service.request("POST", UPLOADS, {"path": "there", "size": 3}), 412, "precondition_failed")
        upload = self.begin(service, "there", 3, replace=True)
        self.assertEqual(self.piece(service, upload, 0, b"new").json["status"], "complete")
        self.assertEqual(root.joinpath("there").read_text(), "new")
        self.refused(service.request("POST", UPLOADS, {"path": "link/x", "size": 1}), 403, "forbidden")
        # What came in between is not replaced either; the upload stays open and can be put there when that is gone.
        upload = self.begin(service, "late", 3)
        root.joinpath("late").write_text("somebody's")
        self.refused(self.piece(service, upload, 0, b"new"), 412, "precondition_failed")
        self.assertEqual(root.joinpath("late").read_text(), "somebody's")
        self.assertEqual(self.standing(service, upload)["status"], "open")
        root.joinpath("late").unlink()
        self.assertEqual(self.piece(service, upload, 3, b"").json["status"], "complete")
        self.assertEqual(root.joinpath("late").read_text(), "new")
        upload = self.begin(service, "late-link/x", 1)
        root.joinpath("late-link").symlink_to(outside)
        self.refused(self.piece(service, upload, 0, b"x"), 403, "forbidden")
        self.assertEqual(list(outside.iterdir()), [])
        self.assertEqual(self.begin(service, "empty", 0)["status"], "complete")
        self.assertEqual(root.joinpath("empty").read_bytes(), b"")

    def test_counts_against_the_quota(self):
        service = self.serve(CODE_FACTORY_WORKSPACE_QUOTA="1000")
        bytes_type = {"Content-Type": "application/octet-stream"}
        put = lambda path, size: service.request("PUT", "/api/v1/files?path=" + path, b"x" * size, **bytes_type)
        self.assertEqual(put("a", 300).status, 201)
        upload = self.begin(service, "b", 500)
        listing = service.request("GET", "/api/v1/files").json
        self.assertEqual((listing["used"], listing["quota"]), (800, 1000))
        problem = self.refused(service.request("POST", UPLOADS, {"path": "c", "size": 201}), 413, "quota_exceeded")
        self.assertEqual((problem["used"], problem["quota"]), (800, 1000))
        self.refused(put("c", 201), 413, "quota_exceeded")
        self.assertEqual(put("a", 299).status, 200, "what shrinks is always taken")
        self.assertEqual(put("c", 201).status, 201)
        service.request("DELETE", "%s/%s" % (UPLOADS, upload["id"]))
        self.assertEqual(service.request("GET", "/api/v1/files").json["used"], 500)
        self.assertEqual(self.begin(service, "d", 500)["received"], 0)

    def test_is_its_owners_alone(self):
        service = self.serve()
        set_up(service)
        ada, bob = member(service, "ada"), member(service, "bob")
        upload = self.begin(service, "x", 3, ada)
        path = "%s/%s" % (UPLOADS, upload["id"])
        self.assertEqual(bob.request("GET", UPLOADS).json["items"], [])
        self.refused(bob.request("GET", path), 404, "not_found")
        self.refused(bob.request("DELETE", path), 404, "not_found")
        self.refused(self.piece(service, upload, 0, b"abc", bob), 404, "not_found")
        self.assertEqual(self.piece(service, upload, 0, b"abc", ada).json["status"], "complete")
        self.assertEqual(ada.request("GET", "/api/v1/files?path=x").body, b"abc")

    def test_is_begun_once_under_one_key(self):
        service = self.serve()
        ask = {"path": "x", "size": 5}
        first = service.request("POST", UPLOADS, ask, Idempotency_Key="k")
        again = service.request("POST", UPLOADS, ask, Idempotency_Key="k")
        self.assertEqual(first.json["id"], again.json["id"])
        self.assertEqual(len(service.request("GET", UPLOADS).json["items"]), 1)


class TheCommandLine(ServingTest):
    def test_sends_a_large_file_and_goes_on_with_one(self):
        service = self.serve()
        self.place.environment.update(CODE_FACTORY_SERVER=service.url, CODE_FACTORY_KEY=service.key)
        data = content(20 << 20, 2)
        local = self.place.folder / "big.bin"
        local.write_bytes(data)
        os.utime(local, (1_700_000_000, 1_700_000_000))
        upload = service.request(
            "POST", UPLOADS, {"path": "big", "size": len(data), "replace": True}).json
        service.request(
            "PATCH", "%s/%s" % (UPLOADS, upload["id"]), data[: 3 << 20],
            **{"Content-Type": "application/octet-stream", "Upload-Offset": "0"})
        answer = self.expect(self.place.factory("files", "put", local, "big"), 0)
        self.assertIn("going on with big at %d bytes" % (3 << 20), answer.stderr)
        self.assertIn("100 %", answer.stderr)
        self.assertEqual((self.place.data / "workspaces" / "local" / "big").read_bytes(), data)
        # A file that was changed since is another: nothing of the two is mixed.
        other = content(20 << 20, 3)
        service.request("POST", UPLOADS, {"path": "big", "size": len(other), "replace": True})
        local.write_bytes(other)
        os.utime(local, (4_000_000_000, 4_000_000_000))
        answer = self.expect(self.place.factory("files", "put", local, "big"), 0)
        self.assertNotIn("going on", answer.stderr)
        self.assertEqual((self.place.data / "workspaces" / "local" / "big").read_bytes(), other)
