"""A server under test, a client for it, and a door that keeps steps waiting until a test opens it."""

import contextlib
import http.client
import http.server
import json
import re
import select
import signal
import socket
import threading

from support import PATIENCE_SECONDS, FactoryTest


class Reply:
    """What the server answered."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def tag(self):
        return self.headers["etag"]

    def __str__(self):
        return "%s %s\n%s" % (self.status, self.headers, self.body.decode(errors="replace"))


class Service:
    """`factory serve` in the background, with its URL and its key."""

    def __init__(self, place, *arguments, **environment):
        self.place = place
        place.environment.update(environment)
        self.log = open(place.folder / "serve.log", "ab+")
        self.process = place.spawn(
            "serve", "--data", place.data, "--listen", "127.0.0.1:0", *arguments, stderr=self.log, text=False)
        ready = select.poll()
        ready.register(self.process.stdout, select.POLLIN | select.POLLHUP)
        if not ready.poll(PATIENCE_SECONDS * 1000):
            raise AssertionError("the server did not come up")
        self.url = self.process.stdout.readline().decode().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)", self.url)
        if not found:
            raise AssertionError("no URL, but %r\n%s" % (self.url, self.words()))
        self.port = int(found.group(1))
        self.key = (place.data / "token").read_text().strip()

    def words(self):
        """What stands on standard error."""
        self.log.seek(0)
        return self.log.read().decode()

    def request(self, method, path, body=None, *, key=True, **headers):
        """One request on a connection of its own; a body that is no text goes as JSON."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            headers.setdefault("Authorization", "Bearer " + self.key)
        if body is not None:
            if not isinstance(body, (str, bytes)):
                body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
            body = body.encode() if isinstance(body, str) else body
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def raw(self, text, seconds=PATIENCE_SECONDS):
        """Sends bytes and gives everything that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(text.encode() if isinstance(text, str) else text)
            pieces = []
            while piece := connection.recv(65536):
                pieces.append(piece)
            return b"".join(pieces)

    def events(self, run, last=None):
        return Events(self, run, last)

    def ended(self, run):
        """The run, once it has ended."""
        with self.events(run) as events:
            for _ in events:
                pass
        return self.request("GET", "/api/v1/runs/" + run).json

    def stop(self, number=signal.SIGTERM):
        """Sends a signal, and gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Events:
    """The events of a run, as they come: pairs of id and event."""

    def __init__(self, service, run, last=None):
        headers = {"Authorization": "Bearer " + service.key, "Accept": "text/event-stream"}
        if last:
            headers["Last-Event-ID"] = last
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_SECONDS)
        self.connection.request("GET", "/api/v1/runs/%s/events" % run, headers=headers)
        self.answer = self.connection.getresponse()
        if self.answer.status != 200:
            raise AssertionError("no events: %s %s" % (self.answer.status, self.answer.read()))
        self.comments, self.retry, self.last = [], None, last

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def __iter__(self):
        fields = {}
        while line := self.answer.readline():
            line = line.decode().rstrip("\n")
            if line.startswith(":"):
                self.comments.append(line[1:].strip())
            elif line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "retry" in fields:
                self.retry, fields = int(fields["retry"]), {}
            elif fields:
                self.last = fields["id"]
                event = json.loads(fields["data"])
                assert event["type"] == fields["event"], fields
                yield fields["id"], event
                fields = {}

    def until(self, kind, step=None):
        for identity, event in self:
            if event["type"] == kind and step in (None, event.get("step")):
                return identity, event
        raise AssertionError("no event %s %s" % (kind, step or ""))


class Gate(http.server.ThreadingHTTPServer):
    """Answers requests once it is open, and remembers whose they were. `waiting` is released with each that comes."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        self.came = []
        self.arrived = threading.Semaphore(0)
        self.open = threading.Event()
        super().__init__(("127.0.0.1", 0), GateHandler)
        self.address = "127.0.0.1:%d" % self.server_address[1]

    def await_arrivals(self, count):
        for _ in range(count):
            if not self.arrived.acquire(timeout=PATIENCE_SECONDS):
                raise AssertionError("%d requests came, not %d" % (len(self.came), count))

    def handle_error(self, *_):
        pass


class GateHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.came.append(self.path)
        self.server.arrived.release()
        if not self.path.startswith("/free"):
            self.server.open.wait(PATIENCE_SECONDS)
        data = b"{}"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def gate():
    server = Gate()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.open.set()
        server.shutdown()
        server.server_close()
        thread.join()


class ServingTest(FactoryTest):
    """A test with servers of its own."""

    def serve(self, *arguments, **environment):
        service = Service(self.place, *arguments, **environment)
        self.addCleanup(service.close)
        return service

    def create(self, service, steps, name="test", **more):
        reply = service.request("POST", "/api/v1/pipelines", {"version": 1, "name": name, **more, "steps": steps})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def start(self, service, pipeline, inputs=None, **headers):
        reply = service.request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": inputs or {}}, **headers)
        self.assertEqual(reply.status, 202, str(reply))
        self.assertEqual(reply.headers["location"], "/api/v1/runs/" + reply.json["id"])
        return reply.json

    def refused(self, reply, status, code):
        self.assertEqual(reply.status, status, str(reply))
        self.assertEqual(reply.headers["content-type"], "application/problem+json")
        problem = reply.json
        self.assertEqual((problem["status"], problem["code"]), (status, code), str(reply))
        self.assertEqual(problem["type"], "/problems/" + code)
        self.assertEqual(problem["request_id"], reply.headers["x-request-id"])
        self.assertNotIn(str(self.place.folder), reply.body.decode())
        return problem


def call(identifier, url, **more):
    return {"id": identifier, "type": "api", **more, "with": {"url": url}}
