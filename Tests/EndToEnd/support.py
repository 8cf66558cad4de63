"""What the end-to-end tests share: the program under test, places of their own, and ways to wait without sleeping."""

import atexit
import contextlib
import http.server
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FACTORY = Path(os.environ.get("FACTORY") or ROOT / ".build" / "debug" / "factory")
JAIL = FACTORY.parent / "factory-jail"
PATIENCE_SECONDS = 120


class Answer:
    """What one command said."""

    def __init__(self, arguments, code, stdout, stderr):
        self.arguments, self.code, self.stdout, self.stderr = arguments, code, stdout, stderr

    @property
    def json(self):
        try:
            return json.loads(self.stdout)
        except ValueError as error:
            raise AssertionError("not one JSON document: %s\n%s" % (error, self)) from None

    def __str__(self):
        return "factory %s\nexit code %s\n--- standard output\n%s\n--- standard error\n%s" % (
            " ".join(self.arguments), self.code, self.stdout, self.stderr)


class Place:
    """A data folder, a workspace and an environment of one test."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.data, self.files, self.home = (self.folder / name for name in ("data", "files", "home"))
        self.files.mkdir()
        self.home.mkdir()
        self.environment = {
            "PATH": "%s:/usr/local/bin:/usr/bin:/bin" % FACTORY.parent, "HOME": str(self.home), "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder),
            # What a test asks the server to install comes from nowhere, unless the test says from where.
            "PIP_NO_INDEX": "1",
        }
        self.documents = 0

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return str(path)

    def document(self, steps, **more):
        """Writes a pipeline (JSON is a form of the format) and gives its path."""
        self.documents += 1
        pipeline = {"version": 1, "name": "test-%d" % self.documents, **more, "steps": steps}
        return self.write("pipeline-%d.json" % self.documents, json.dumps(pipeline, indent=2))

    def spawn(self, *arguments, **more):
        return subprocess.Popen(
            [str(FACTORY), *map(str, arguments)], stdin=subprocess.DEVNULL, cwd=self.files, env=self.environment,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more})

    def factory(self, *arguments):
        process = self.spawn(*arguments)
        try:
            stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            stdout, stderr = process.communicate()
            raise AssertionError("did not end: %s" % Answer(list(map(str, arguments)), None, stdout, stderr)) from None
        return Answer(list(map(str, arguments)), process.returncode, stdout, stderr)

    def run(self, document, *arguments):
        """`factory run`, the run printed as JSON."""
        return self.factory(
            "run", document, "--data", self.data, "--files", self.files, "-o", "json", *arguments)


class Watched:
    """A run in the background, followed by the events it prints on standard error."""

    def __init__(self, process):
        self.process = process
        self.events = []
        self.words = []
        self.buffer = b""
        os.set_blocking(process.stderr.fileno(), False)

    def next(self, seconds=PATIENCE_SECONDS):
        """The next event; None when there will be none, or none came in so many seconds."""
        while True:
            while b"\n" not in self.buffer:
                ready = select.poll()
                ready.register(self.process.stderr, select.POLLIN | select.POLLHUP)
                if not ready.poll(seconds * 1000):
                    return None
                piece = os.read(self.process.stderr.fileno(), 65536)
                if not piece:
                    return None
                self.buffer += piece
            line, self.buffer = self.buffer.split(b"\n", 1)
            if line.startswith(b"{"):
                self.events.append(json.loads(line))
                return self.events[-1]
            self.words.append(line.decode())

    def until(self, kind, step=None):
        while event := self.next():
            if event["type"] == kind and step in (None, event.get("step")):
                return event
        raise AssertionError("no event %s %s in %s" % (kind, step or "", self.events))

    def drain(self):
        while self.next(0):
            pass

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.drain()
        self.close()

    def finish(self):
        """Reads to the end; gives the answer."""
        stdout = []
        reader = threading.Thread(target=lambda: stdout.append(self.process.stdout.read()))
        reader.start()
        while self.next():
            pass
        code = self.process.wait(PATIENCE_SECONDS)
        reader.join()
        self.close()
        stderr = "\n".join([*map(json.dumps, self.events), *self.words])
        return Answer(self.process.args[1:], code, stdout[0].decode(), stderr)

    def close(self):
        self.process.stdout.close()
        self.process.stderr.close()


class FactoryTest(unittest.TestCase):
    """A test with a place of its own, gone afterwards."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="factory-test-")
        self.addCleanup(folder.cleanup)
        self.place = Place(folder.name)

    def expect(self, answer, code):
        self.assertEqual(answer.code, code, str(answer))
        return answer

    def watch(self, *arguments):
        """Starts a command that prints its events, and follows it."""
        watched = Watched(self.place.spawn(*arguments, "--events", text=False))
        self.addCleanup(self.end, watched.process)
        return watched

    def watch_run(self, document, *arguments):
        return self.watch(
            "run", document, "--data", self.place.data, "--files", self.place.files, "-o", "json", *arguments)

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe and not pipe.closed:
                pipe.close()

    def step(self, run, identifier):
        return next(step for step in run["steps"] if step["id"] == identifier)


# ---- documents

def code(identifier, text, language="python", **more):
    fields = more.pop("with_", {})
    return {"id": identifier, "type": "code", **more, "with": {"language": language, "code": text, **fields}}


def value(identifier, expression, **more):
    return {"id": identifier, "type": "transform", **more, "with": {"ops": [{"expression": expression}]}}


# `select` waits in the sandboxed programs; it needs no thread and no descriptor.
def waiting(seconds, then="result = 1"):
    return "import select\nselect.select([], [], [], %r)\n%s\n" % (seconds, then)


# ---- processes

def started_at(pid):
    """The start of a process in clock ticks since boot: with the pid, its identity."""
    return int(Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()[19])


def now_ticks():
    return int(float(Path("/proc/uptime").read_text().split()[0]) * os.sysconf("SC_CLK_TCK"))


def jailed(since):
    """Processes of our jail that started since then, by id: the launcher itself, and whatever lives in a process
    namespace of its own, but for what another program's jail holds."""
    found = {}
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            known = status(pid)
            ours = os.getuid() in (0, int(known["Uid"].split()[0]))
            if not ours or known["State"].startswith("Z"):  # a dead one, not yet collected by its parent
                continue
            launched = program(pid) == str(JAIL.resolve())
            nested = len(known["NSpid"].split()) > 1
            if started_at(pid) >= since and (launched or nested and not in_another_jail(pid)):
                found[pid] = program(pid)
        except (OSError, IndexError):
            continue
    return found


def status(pid):
    lines = Path("/proc/%d/status" % pid).read_text().splitlines()
    return {name: text.strip() for name, text in (line.split(":", 1) for line in lines)}


def program(pid):
    """The path of its program; its bare name where only that may be seen."""
    try:
        return os.readlink("/proc/%d/exe" % pid).removesuffix(" (deleted)")
    except PermissionError:
        return status(pid)["Name"]


def in_another_jail(pid):
    while pid > 1:
        path = program(pid)
        if os.path.basename(path) == "factory-jail" and "/" in path:
            return path != str(JAIL.resolve())
        pid = int(status(pid)["PPid"])
    return False


def survivors(since, seconds=2):
    """The processes of a jail that are still there when they had so long to go."""
    for pid in jailed(since):
        with contextlib.suppress(ProcessLookupError):
            process = os.pidfd_open(pid)
            waiting = select.poll()
            waiting.register(process, select.POLLIN)
            waiting.poll(seconds * 1000)
            os.close(process)
    return jailed(since)


# ---- servers on loopback

class Recorder(http.server.ThreadingHTTPServer):
    """Answers every request with what it got, and remembers it."""

    daemon_threads = True

    def __init__(self):
        self.requests = []
        super().__init__(("127.0.0.1", 0), RecorderHandler)
        self.address = "127.0.0.1:%d" % self.server_address[1]

    def handle_error(self, *_):
        pass


class RecorderHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        seen = {"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body}
        self.server.requests.append(seen)
        data = json.dumps(seen).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = reply

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def recorder():
    server = Recorder()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def example_server():
    """`examples/server.py` on a free port; gives host:port."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "examples" / "server.py"), "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip().removeprefix("http://")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


# ---- the model

_model = {}


def model_url():
    """The base URL of the local model; started when nobody did, and then stopped with the tests."""
    given = os.environ.get("FACTORY_TEST_MODEL")
    if given:
        return given
    if "url" not in _model:
        script = str(ROOT / "scripts" / "local-model")
        known = subprocess.run([script, "status"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if known.returncode == 0:
            _model["url"] = known.stdout.strip()
        else:
            made = subprocess.run([script, "start"], stdout=subprocess.PIPE, text=True)
            if made.returncode:
                raise AssertionError("the local model could not be started: see above")
            _model["url"] = made.stdout.strip()
            atexit.register(subprocess.run, [script, "stop"])
    return _model["url"]
