"""Triggers from outside: schedules, and calls of other systems."""

import hashlib
import hmac
import json
import time
import unittest

from serving import ServingTest

STEPS = [{"id": "say", "type": "transform", "with": {"ops": [{"expression": "trigger"}]}}]
INPUTS = {"title": {"type": "string"}}


class Schedules(ServingTest):
    def test_says_when_a_schedule_would_fire_or_where_it_is_wrong(self):
        service = self.serve()
        reply = service.request("POST", "/api/v1/schedules/validate", {"cron": "0 0 29 2 *", "timezone": "UTC"})
        self.assertEqual(reply.status, 200, str(reply))
        self.assertEqual(len(reply.json["next"]), 5)
        self.assertTrue(all(moment.endswith("-02-29T00:00:00.000Z") for moment in reply.json["next"]))
        wrong = service.request("POST", "/api/v1/schedules/validate", {"cron": "0 24 * * *"})
        self.refused(wrong, 422, "invalid_trigger")
        self.assertEqual((wrong.json["errors"][0]["path"], wrong.json["errors"][0]["column"]), ("cron", 3))

    def test_keeps_a_schedule_over_a_restart_and_says_when_it_is_due(self):
        service = self.serve()
        pipeline = self.create(service, STEPS, inputs=INPUTS)
        path = "/api/v1/pipelines/%s/triggers" % pipeline
        self.refused(service.request("POST", path, {"kind": "schedule", "cron": "@daily"}), 422, "invalid_trigger")
        made = service.request(
            "POST", path, {"kind": "schedule", "cron": "0 4 * * *", "timezone": "Asia/Tokyo",
                           "inputs": {"title": "Rain"}, "catch_up": "last"})
        self.assertEqual(made.status, 201, str(made))
        self.assertTrue(made.json["next_fire_at"].endswith("T19:00:00.000Z"), made.json)
        service.stop()
        service = self.serve()
        self.assertEqual(service.request("GET", path).json["items"], [made.json])
        own = path + "/" + made.json["id"]
        self.refused(service.request("PATCH", own, {"cron": "x"}, **{"If-Match": made.tag}), 422, "invalid_trigger")
        changed = service.request("PATCH", own, {"enabled": False}, **{"If-Match": made.tag})
        self.assertEqual((changed.status, changed.json["next_fire_at"]), (200, None))
        self.refused(service.request("PATCH", own, {"name": "x"}, **{"If-Match": made.tag}), 412, "precondition_failed")
        self.assertEqual(service.request("DELETE", own).status, 204)
        self.refused(service.request("GET", own), 404, "not_found")


class Webhooks(ServingTest):
    def hook(self, service, **more):
        pipeline = self.create(service, STEPS, inputs=INPUTS)
        reply = service.request(
            "POST", "/api/v1/pipelines/%s/triggers" % pipeline,
            {"kind": "webhook", "inputs": {"title": "trigger.body.title"}, **more})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json

    def call(self, service, hook, body, moment=None, key=None, kind="application/json"):
        moment = str(int(time.time()) if moment is None else moment)
        signature = hmac.new((key or hook["secret"]).encode(), (moment + "." + body).encode(), hashlib.sha256)
        return service.request(
            "POST", hook["path"], body.encode(), key=False,
            **{"Content-Type": kind, "X-Factory-Timestamp": moment,
               "X-Factory-Signature": "sha256=" + signature.hexdigest()})

    def test_takes_as_many_calls_as_the_operator_lets_it(self):
        service = self.serve(CODE_FACTORY_LIMIT_CALLS_PER_MINUTE="2")
        hook, now = self.hook(service), int(time.time())
        statuses = [self.call(service, hook, json.dumps({"title": str(n)}), now).status for n in range(3)]
        self.assertEqual(statuses, [202, 202, 429])

    def test_starts_a_run_for_a_signed_call_and_one_alone_for_the_same_call(self):
        service = self.serve()
        hook = self.hook(service)
        self.assertRegex(hook["path"], r"^/hooks/[0-9a-f]{32}$")
        body, now = json.dumps({"title": "Rain"}), int(time.time())
        first = self.call(service, hook, body, now, kind="text/plain")
        self.assertEqual((first.status, list(first.json)), (202, ["delivery"]), str(first))
        self.assertEqual(self.call(service, hook, body, now).json, first.json)
        deliveries = service.request("GET", hook["links"]["deliveries"]).json["items"]
        self.assertEqual([each["status"] for each in deliveries], ["started"])
        run = service.ended(deliveries[0]["run"])
        self.assertEqual((run["status"], run["trigger"], run["inputs"]), ("succeeded", "webhook", {"title": "Rain"}))
        self.assertEqual(run["outputs"]["say"]["result"]["body"], {"title": "Rain"})
        self.assertNotIn("x-factory-signature", deliveries[0]["headers"])
        whole = hook["links"]["deliveries"] + "/" + first.json["delivery"]
        self.assertEqual(service.request("GET", whole).json["body"], body)
        again = service.request("POST", whole + "/redeliver")
        self.assertEqual((again.status, again.json["status"]), (202, "started"), str(again))
        self.assertNotEqual(again.json["run"], deliveries[0]["run"])

    def test_refuses_calls_that_prove_nothing(self):
        service = self.serve()
        hook = self.hook(service)
        body = json.dumps({"title": "Rain"})
        self.refused(self.call(service, hook, body, key="another key of some length"), 403, "signature_refused")
        self.refused(self.call(service, hook, body, int(time.time()) - 400), 403, "signature_refused")
        self.refused(service.request("POST", hook["path"], b"{}", key=False, **{"Content-Type": "application/json"}),
                     403, "signature_refused")
        self.refused(self.call(service, {**hook, "path": "/hooks/" + "0" * 32}, body), 404, "not_found")
        self.refused(self.call(service, hook, "x" * ((1 << 20) + 1)), 413, "body_too_large")
        deliveries = service.request("GET", hook["links"]["deliveries"]).json["items"]
        self.assertEqual([each["status"] for each in deliveries], ["refused"] * 3)
        self.assertEqual(service.request("GET", "/api/v1/runs").json["items"], [])

    def test_shows_address_and_key_once_and_keeps_neither(self):
        service = self.serve()
        hook = self.hook(service)
        shown = service.request("GET", hook["links"]["self"]).json
        self.assertFalse({"path", "secret"} & set(shown))
        service.stop()
        token = hook["path"].rsplit("/", 1)[1]
        for file in self.place.data.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                self.assertNotIn(token.encode(), content, file)
                self.assertNotIn(hook["secret"].encode(), content, file)


if __name__ == "__main__":
    unittest.main()
