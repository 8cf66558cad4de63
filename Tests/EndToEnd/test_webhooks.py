"""Messages to other systems, from outside."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import unittest

from serving import ServingTest

STEPS = [{"id": "say", "type": "transform", "with": {"ops": [{"expression": "1"}]}}]


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.told = []
        self.arrived = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()
        self.server.arrived.set()

    def log_message(self, *_):
        pass


class Messages(ServingTest):
    def test_tells_of_a_run_where_the_operator_allows_it(self):
        receiver = Receiver()
        thread = threading.Thread(target=receiver.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        port = receiver.server_address[1]
        service = self.serve("--allow-host", "127.0.0.1:%d" % port)
        made = service.request(
            "POST", "/api/v1/webhooks", {"url": "http://127.0.0.1:%d/x" % port, "events": ["run.succeeded"]})
        self.assertEqual(made.status, 201, str(made))
        denied = service.request(
            "POST", "/api/v1/webhooks", {"url": "http://127.0.0.1:1/x", "events": ["run.succeeded"]}).json
        run = self.start(service, self.create(service, STEPS))
        self.assertTrue(receiver.arrived.wait(30))
        headers, body = receiver.told[0]
        signed = ("%s.%s." % (headers["webhook-id"], headers["webhook-timestamp"])).encode() + body
        key = base64.b64decode(made.json["secret"].removeprefix("whsec_"))
        signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], "v1," + signature)
        self.assertEqual(json.loads(body)["data"]["id"], run["id"])
        messages = service.request("GET", denied["links"]["messages"]).json["items"]
        self.assertEqual(len(messages), 1)
        shown = service.request("GET", made.json["links"]["self"]).json
        self.assertNotIn("secret", shown)
        self.assertEqual(service.request("DELETE", made.json["links"]["self"]).status, 204)
        self.refused(service.request("GET", made.json["links"]["self"]), 404, "not_found")
        self.refused(service.request("POST", "/api/v1/webhooks", {"url": "file:///etc/passwd"}), 422, "invalid_trigger")


if __name__ == "__main__":
    unittest.main()
