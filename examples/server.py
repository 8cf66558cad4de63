#!/usr/bin/env python3
"""A small HTTP service on this machine for the examples that call an API. Nothing leaves the machine.

    python3 examples/server.py              listens on 127.0.0.1:8099 until Ctrl-C
    python3 examples/server.py --port 0     takes a free port; the first line on standard output is the URL

GET  /stock?item=tea      how many are there; answers after 400 ms, so that parallel calls show
GET  /price?item=tea      what one costs; answers after 400 ms
GET  /supplier?item=tea   who delivers it; answers after 400 ms
GET  /flaky?key=k&times=2 503 for the first two requests with this key, 200 from the third
POST /orders              201 with the order; the same Idempotency-Key gives the same order again
     /echo                what came in: method, body, content type, Idempotency-Key, and how the sender proved who it is
"""

import argparse
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ITEMS = {
    "tea": {"stock": 41, "price": 3.5, "supplier": "Highland Leaf"},
    "coffee": {"stock": 7, "price": 8.25, "supplier": "Old Harbour"},
}
DELAY_SECONDS = 0.4


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    never = threading.Event()
    lock = threading.Lock()
    seen = {}
    orders = {}

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/echo":
            return self.echo()
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        name = parts.path.strip("/")
        if name == "flaky":
            return self.flaky(query)
        item = ITEMS.get(query.get("item", ""))
        if name not in ("stock", "price", "supplier") or item is None:
            return self.answer(404, {"error": "no such item or resource"})
        self.never.wait(DELAY_SECONDS)
        self.answer(200, {"item": query["item"], name: item[name]})

    def do_POST(self):
        if urlsplit(self.path).path == "/echo":
            return self.echo()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if urlsplit(self.path).path != "/orders":
            return self.answer(404, {"error": "no such resource"})
        try:
            order = json.loads(body)
        except ValueError:
            return self.answer(400, {"error": "the body is not JSON"})
        with self.lock:
            key = self.headers.get("Idempotency-Key") or "order-%d" % len(self.orders)
            stored = self.orders.setdefault(key, {"number": len(self.orders) + 1, "order": order})
        self.answer(201, stored)

    def do_PUT(self):
        self.echo()

    def echo(self):
        scheme = self.headers.get("Authorization", "").split(" ")[0].lower()
        self.answer(200, {
            "method": self.command, "authorization": scheme or ("key" if self.headers.get("X-Api-Key") else "none"),
            "body": self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(),
            "content_type": self.headers.get("Content-Type"), "idempotency_key": self.headers.get("Idempotency-Key")})

    def flaky(self, query):
        with self.lock:
            count = self.seen[query.get("key", "")] = self.seen.get(query.get("key", ""), 0) + 1
        if count <= int(query.get("times", "2")):
            return self.answer(503, {"error": "try again", "request": count}, {"Retry-After": "0"})
        self.answer(200, {"request": count})

    def answer(self, status, value, headers=None):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8099)
    server = ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Handler)
    print("http://127.0.0.1:%d" % server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
