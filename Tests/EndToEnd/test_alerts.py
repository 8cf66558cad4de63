"""Alerts from outside: one message for what goes on, live, in the list and by webhook."""

import http.client
import json

from serving import ServingTest


class Alerts(ServingTest):
    def test_a_failure_is_said_once_live_and_in_the_list_until_it_is_over(self):
        service = self.serve()
        pipeline = self.create(service, [{"id": "stop", "type": "transform",
                                          "with": {"ops": [{"expression": "1 / inputs.by"}]}}],
                               inputs={"by": {"type": "integer"}})
        made = service.request("POST", "/api/v1/alerts", {"kind": "failure", "pipeline": pipeline})
        self.assertEqual((201, 1), (made.status, made.json["failures"]))
        live = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        live.request("GET", "/api/v1/events", headers={"Authorization": "Bearer " + service.key})
        feed = live.getresponse()

        def run(by):
            path = "/api/v1/pipelines/%s/runs" % pipeline
            return service.request("POST", path, {"inputs": {"by": by}}, Prefer="wait=30").json["status"]

        def heard(kind):
            while (line := feed.readline().decode()) != "event: %s\n" % kind:
                self.assertTrue(line, "the feed ended")
            return json.loads(feed.readline().decode().removeprefix("data: "))["notification"]

        self.assertEqual("failed", run(0))
        opened = heard("alert.opened")
        self.assertEqual((pipeline, "failure", None), (opened["pipeline"], opened["kind"], opened["closed_at"]))
        self.assertEqual("failed", run(0))
        self.assertEqual("succeeded", run(1))
        closed = heard("alert.closed")
        self.assertEqual((opened["id"], 2), (closed["id"], closed["count"]))
        live.close()

        listed = service.request("GET", "/api/v1/notifications?unread=true").json
        self.assertEqual(([opened["id"]], 1), ([item["id"] for item in listed["items"]], listed["unread"]))
        self.assertEqual(204, service.request("POST", "/api/v1/notifications/read", {"all": True}).status)
        self.assertEqual(0, service.request("GET", "/api/v1/notifications").json["unread"])
        self.assertEqual([], service.request("GET", "/api/v1/notifications?unread=true").json["items"])

    def test_an_alert_is_changed_and_removed_by_its_revision(self):
        service = self.serve()
        made = service.request("POST", "/api/v1/alerts", {"kind": "duration", "duration_ms": 5})
        path = "/api/v1/alerts/" + made.json["id"]
        changed = service.request("PATCH", path, {"kind": "cost", "cost_usd": 0.25}, If_Match=made.tag)
        self.assertEqual((200, 0.25), (changed.status, changed.json["cost_usd"]))
        self.refused(service.request("DELETE", path, If_Match=made.tag), 412, "precondition_failed")
        self.refused(service.request("PATCH", path, {"silence_ms": 5}), 422, "invalid_trigger")
        self.assertEqual(204, service.request("DELETE", path, If_Match=changed.tag).status)
        self.refused(service.request("GET", path), 404, "not_found")
