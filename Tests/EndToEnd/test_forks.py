"""A run that goes on from a step of another, with what was done there until then."""

import json
import unittest

from people import member, set_up
from serving import ServingTest, call, gate
from support import value

STEPS = [
    value("plan", "{'city': inputs.city, 'long': inputs.long}"),
    {"id": "note", "type": "file", "with": {
        "operation": "write", "path": "plan.txt", "content": "{{ steps.plan.output.result.city }}"}},
    value("check", "steps.plan.output.result.city.size() / 0", needs=["note"]),
    {"id": "keep", "type": "file", "needs": ["check"], "with": {
        "operation": "write", "path": "out.txt", "content": "{{ steps.check.output.result }}"}},
]
INPUTS = {"city": {"type": "string"}, "long": {"type": "string", "default": ""}}
FIXED = value("check", "steps.plan.output.result.city + '!'", needs=["note"])


class Fork(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.pipeline = self.create(self.service, STEPS, inputs=INPUTS, changes="apply")
        self.base = "/api/v1/pipelines/" + self.pipeline
        self.failed = self.start(self.service, self.pipeline, {"city": "Bern", "long": "x" * 50_000}, Prefer="wait=30")
        self.assertEqual((self.failed["status"], self.failed["forked_from"]), ("failed", None))

    def ask(self, body, who=None, run=None, **headers):
        path = "/api/v1/runs/%s/fork" % (run or self.failed["id"])
        return (who or self.service).request("POST", path, body, **{"Prefer": "wait=30", **headers})

    def forked(self, body, status="succeeded", **more):
        reply = self.ask(body, **more)
        self.assertEqual(reply.status, 202, str(reply))
        self.assertEqual(reply.json["status"], status, str(reply))
        return reply.json

    def mend(self):
        reply = self.service.request("PUT", self.base + "/steps/check", FIXED, If_Match="*")
        self.assertEqual(reply.status, 200, str(reply))

    def file(self, path):
        return self.service.request("GET", "/api/v1/files?path=" + path)

    def test_goes_on_with_the_mended_draft_and_what_was_done(self):
        self.mend()
        self.assertEqual(self.file("plan.txt").status, 404, "a failed run applies nothing")
        run = self.forked({"from": "check", "version": "draft"})
        self.assertEqual((run["forked_from"], run["inputs"]), (self.failed["id"], self.failed["inputs"]))
        plan, note, check, keep = run["steps"]
        self.assertEqual([step["cached"] for step in run["steps"]], [True, True, False, False])
        self.assertEqual(plan["output"]["blob"], self.failed["steps"][0]["output"]["blob"], "a large output by reference")
        self.assertEqual([len(step["attempts"]) for step in run["steps"]], [0, 0, 1, 1])
        self.assertEqual(check["output"]["result"], "Bern!")
        # What a kept step wrote comes along, and is applied with the rest.
        self.assertEqual((self.file("plan.txt").body, self.file("out.txt").body), (b"Bern", b"Bern!"))
        past = self.service.request("GET", "/api/v1/runs/" + self.failed["id"]).json
        self.assertEqual((past["status"], past["steps"]), ("failed", self.failed["steps"]), "the past run stays as it is")
        # A step that was taken over did not run, and counts nowhere.
        usage = self.service.request("GET", "/api/v1/usage").json
        self.assertEqual({step["step"]: step["runs"] for step in usage["steps"]["slowest"]}, {"plan": 1, "note": 1, "check": 2, "keep": 1})

    def test_goes_on_with_changes_of_its_own(self):
        merged = {"with": {"ops": [{"expression": "'by hand'"}]}}
        run = self.forked({"from": "check", "changes": {"check": merged}})
        self.assertEqual((run["steps"][2]["output"]["result"], run["version"]), ("by hand", None))
        draft = self.service.request("GET", self.base).json["document"]
        self.assertEqual(draft["steps"], STEPS, "the draft stays as it is")
        # A value in the place of what a step gave; what failed needs not run again.
        run = self.forked({"from": "keep", "changes": {"check": {"output": {"result": "given"}}}})
        self.assertEqual([step["cached"] for step in run["steps"]], [True, True, True, False])
        self.assertEqual((run["steps"][2]["error"], self.file("out.txt").body), (None, b"given"))
        # What the change does not leave as it was runs anew, with all behind it.
        run = self.forked({"from": "check", "changes": {
            "plan": {"with": {"ops": [{"expression": "{'city': 'Rome', 'long': ''}"}]}}, "check": merged}})
        self.assertEqual([step["cached"] for step in run["steps"]], [False] * 4)
        self.assertEqual(self.file("plan.txt").body, b"Rome")

    def test_fails_again_where_nothing_is_otherwise(self):
        run = self.forked({"from": "check"}, "failed")
        self.assertEqual([step["cached"] for step in run["steps"]], [True, True, False, False])
        # And can be retried and forked as any other.
        retry = self.service.request("POST", "/api/v1/runs/%s/retry" % run["id"], {"step": "note"})
        self.assertEqual(retry.status, 202, str(retry))
        again = self.service.ended(run["id"])
        self.assertEqual([step["cached"] for step in again["steps"]], [True, False, False, False])
        self.mend()
        last = self.forked({"from": "check", "version": "draft"}, run=run["id"])
        self.assertEqual(last["forked_from"], run["id"])

    def test_is_refused_with_the_place_and_the_next_step(self):
        for body in [{}, {"from": None}, {"from": ""}, {"from": "x" * 65}, {"from": 1},
                     {"from": "check", "changes": []}, {"from": "check", "changes": {"check": {}}},
                     {"from": "check", "changes": {"check": 1}}, {"from": "check", "mode": "dry"},
                     {"from": "check", "changes": {"plan": {"output": 1, "with": {}}}},
                     {"from": "check", "changes": {"check": {"output": 1}}},
                     {"from": "check", "changes": {"check": {"id": "other"}}},
                     {"from": "check", "changes": {"nobody": {"title": "x"}}},
                     {"from": "check", "version": 1.5}]:
            self.refused(self.ask(body), 400, "invalid_field_value")
        problem = self.refused(self.ask({"from": "chekc"}), 400, "invalid_field_value")
        self.assertIn("check", problem["hint"])
        self.refused(self.ask({"from": "check", "more": 1}), 400, "unknown_field")
        self.refused(self.ask({"from": "check", "version": "latest"}), 409, "state_conflict")
        problem = self.refused(
            self.ask({"from": "check", "changes": {"check": {"with": {"ops": "none"}}}}), 422, "invalid_document")
        self.assertIn("steps[2]", problem["errors"][0]["path"])
        self.refused(self.ask({"from": "check", "mode": "replay"}), 409, "not_recorded")
        alone = self.service.request("POST", self.base + "/runs", {"only": {"step": "plan"}}, Prefer="wait=30").json
        self.refused(self.ask({"from": "check"}, run=alone["id"]), 409, "state_conflict")
        self.refused(self.ask({"from": "check"}, run="run_0000000000000000000000000"), 404, "not_found")
        self.assertEqual(self.service.request("DELETE", self.base, If_Match="*").status, 204)
        self.refused(self.ask({"from": "check"}), 404, "not_found")

    def test_is_started_once_under_a_key(self):
        ids = {self.ask({"from": "check"}, Idempotency_Key="k").json["id"] for _ in range(3)}
        self.assertEqual(len(ids), 1)

    def test_is_for_who_may_see_all_of_the_run_and_edit_what_it_changes(self):
        set_up(self.service)
        ada, bob = member(self.service, "ada"), member(self.service, "bob")
        base = "/api/v1/pipelines/" + ada.request("POST", "/api/v1/pipelines", {
            "version": 1, "name": "shared", "inputs": INPUTS, "steps": STEPS}).json["id"]
        self.assertEqual(ada.request("POST", base + "/versions", {}).status, 201)
        self.assertEqual(ada.request("PUT", base + "/shares/bob", {"role": "runner"}).status, 200)
        hers = ada.request("POST", base + "/runs", {"inputs": {"city": "Bern"}}, Prefer="wait=30").json
        his = bob.request("POST", base + "/runs", {"inputs": {"city": "Rome"}}, Prefer="wait=30").json
        self.refused(self.ask({"from": "check"}, bob, hers["id"]), 404, "not_found")
        self.refused(self.ask({"from": "check"}, ada, his["id"]), 403, "forbidden")
        run = self.forked({"from": "check"}, "failed", who=bob, run=his["id"])
        self.assertEqual((run["version"], run["owner"]), (1, his["owner"]))
        for body in [{"version": "draft"}, {"changes": {"check": {"title": "x"}}}, {"changes": {"plan": {"output": 1}}}]:
            self.refused(self.ask({"from": "check", **body}, bob, his["id"]), 403, "forbidden")
        seen = ada.request("GET", "/api/v1/runs/" + run["id"]).json
        self.assertEqual(seen["forked_from"], his["id"])
        self.assertNotIn("steps", seen)
        self.assertEqual(ada.request("DELETE", base + "/shares/bob").status, 204)
        self.refused(self.ask({"from": "check"}, bob, his["id"]), 404, "not_found")

    def test_is_started_from_the_command_line(self):
        self.mend()
        self.place.environment.update(CODE_FACTORY_KEY=self.service.key)
        at = ["--from", "check", "--server", self.service.url]
        ran = self.expect(self.place.factory("runs", "fork", "1", "--version", "draft", "--watch", "-o", "json", *at), 0)
        self.assertEqual((ran.json["forked_from"], ran.json["outputs"]["keep"]["path"]), (self.failed["id"], "out.txt"))
        self.assertEqual(self.expect(self.place.factory("runs", "fork", *at), 0).stdout, "3\n")
        self.expect(self.place.factory("runs", "fork", "9", *at), 2)


class ForkOverAKill(ServingTest):
    def test_runs_nothing_that_it_took_over(self):
        with gate() as door:
            door.open.set()
            url = "http://%s/" % door.address
            service = self.serve("--allow-host", door.address)
            pipeline = self.create(service, [call("a", url + "a"), call("b", url + "{{ steps.a.output.status }}")])
            first = self.start(service, pipeline, Prefer="wait=30")
            door.open.clear()
            reply = service.request("POST", "/api/v1/runs/%s/fork" % first["id"], {"from": "b"})
            self.assertEqual(reply.status, 202, str(reply))
            door.await_arrivals(3)
            again = service.request("POST", "/api/v1/runs/%s/fork" % reply.json["id"], {"from": "b"})
            self.refused(again, 409, "state_conflict")
            service.process.kill()
            service.process.wait()
            door.open.set()
            service = self.serve("--allow-host", door.address)
            run = service.ended(reply.json["id"])
        self.assertEqual((run["status"], run["forked_from"]), ("succeeded", first["id"]), json.dumps(run))
        self.assertEqual(
            [[attempt["status"] for attempt in step["attempts"]] for step in run["steps"]], [[], ["lost", "succeeded"]])
        self.assertEqual(door.came, ["/a", "/200", "/200", "/200"])


if __name__ == "__main__":
    unittest.main()
