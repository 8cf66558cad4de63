"""One step run alone, with what it got in a past run: over HTTP and from the command line."""

import json
import unittest

from people import member, set_up
from serving import ServingTest, call, gate
from support import FactoryTest, value

STEPS = [
    value("plan", "{'city': inputs.city, 'long': inputs.long}"),
    value("write", "steps.plan.output.result.city + '!'"),
    {"id": "keep", "type": "file", "with": {
        "operation": "write", "path": "out.txt", "content": "{{ steps.write.output.result }}"}},
]
INPUTS = {"city": {"type": "string"}, "long": {"type": "string", "default": ""}}


class LoneStep(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.pipeline = self.create(self.service, STEPS, inputs=INPUTS)
        self.path = "/api/v1/pipelines/%s/runs" % self.pipeline

    def alone(self, step, who=None, **more):
        only = {"step": step, **({"from_run": more.pop("from_run")} if "from_run" in more else {})}
        return (who or self.service).request("POST", self.path, {"only": only, **more}, Prefer="wait=30")

    def ran(self, *arguments, **more):
        reply = self.alone(*arguments, **more)
        self.assertEqual(reply.status, 202, str(reply))
        self.assertEqual(reply.json["status"], "succeeded", str(reply))
        return reply.json

    def whole(self, **inputs):
        return self.start(self.service, self.pipeline, {"city": "Bern", **inputs}, Prefer="wait=30")

    def test_gets_what_it_got_in_a_past_run(self):
        first = self.whole(long="x" * 50_000)
        self.assertEqual(first["only"], None)
        run = self.ran("write", from_run=first["id"])
        self.assertEqual(run["only"], {"step": "write", "from_run": first["id"]})
        plan, write, keep = run["steps"]
        self.assertEqual(plan["output"]["blob"], first["steps"][0]["output"]["blob"], "a large output by reference")
        self.assertEqual((plan["status"], plan["cached"], plan["attempts"]), ("succeeded", True, []))
        self.assertEqual((write["output"]["result"], write["cached"], len(write["attempts"])), ("Bern!", False, 1))
        self.assertEqual(
            (keep["status"], keep["skipped_because"]),
            ("skipped", {"code": "not_asked_for", "text": "`write` was run alone"}))
        self.assertEqual((run["outputs"], run["inputs"]), ({"write": write["output"]}, first["inputs"]))
        listed = self.service.request("GET", "/api/v1/runs").json["items"]
        self.assertEqual([item["only"] and item["only"]["step"] for item in listed], ["write", None])
        # A run of one step tells nothing of how the pipeline goes.
        shown = self.service.request("GET", "/api/v1/pipelines/" + self.pipeline).json
        self.assertEqual(shown["last_run"]["id"], run["id"])
        usage = self.service.request("GET", "/api/v1/usage").json
        self.assertEqual(usage["runs"]["succeeded"], 1, usage)

    def test_runs_what_the_draft_says_now(self):
        first = self.whole()
        reply = self.service.request(
            "PUT", "/api/v1/pipelines/%s/steps/write" % self.pipeline,
            value("write", "'To ' + steps.plan.output.result.city"), If_Match="*")
        self.assertEqual(reply.status, 200, str(reply))
        self.assertEqual(self.ran("write", from_run=first["id"])["outputs"]["write"]["result"], "To Bern")
        self.assertEqual(self.ran("plan", from_run=first["id"], inputs={"city": "Rome"})["outputs"]["plan"]["result"]["city"], "Rome")
        again = self.service.request("POST", "/api/v1/runs/%s/retry" % first["id"], {"step": "write"})
        self.assertEqual(again.status, 202, str(again))

    def test_takes_the_latest_run_that_has_what_it_reads(self):
        self.assertEqual(self.ran("plan", inputs={"city": "Oslo"})["only"], {"step": "plan", "from_run": None})
        problem = self.refused(self.alone("keep"), 422, "output_missing")
        self.assertEqual([error["path"] for error in problem["errors"]], ["steps.write.output"])
        first = self.whole()
        self.assertEqual(self.ran("write")["only"]["from_run"], first["id"])
        self.assertEqual(self.ran("plan")["inputs"]["city"], "Bern")
        # Chained: the next step gets what the one before gave when it ran alone.
        self.whole(city="Bonn")
        lone = self.ran("write", inputs={"city": "Riga"})
        self.assertEqual(lone["outputs"]["write"]["result"], "Bonn!", "it reads what the step above gave, not the input")
        kept = self.ran("keep")
        self.assertEqual(kept["only"]["from_run"], lone["id"])
        # The file is there already, so the change waits for a person, as in any run.
        self.assertEqual(kept["changes"]["status"], "pending")
        applied = self.service.request("POST", "/api/v1/runs/%s/changes/apply" % kept["id"])
        self.assertEqual(applied.status, 200, str(applied))
        file = self.service.request("GET", "/api/v1/files?path=out.txt")
        self.assertEqual(file.body, b"Bonn!")

    def test_is_refused_with_the_place_and_the_next_step(self):
        first = self.whole()
        for only in [None, [], "plan", {}, {"step": None}, {"step": 1}, {"step": ""}, {"step": "x" * 65},
                     {"step": "plan", "from_run": None}, {"step": "plan", "from_run": "run_"},
                     {"step": "plan", "from_run": "1"}]:
            self.refused(self.service.request("POST", self.path, {"only": only}), 400, "invalid_field_value")
        self.refused(self.service.request("POST", self.path, {"only": {"step": "plan", "more": 1}}), 400, "unknown_field")
        problem = self.refused(self.alone("wirte", from_run=first["id"]), 400, "invalid_field_value")
        self.assertIn("write", problem["hint"])
        self.refused(self.alone("write", from_run="run_0000000000000000000000000"), 404, "not_found")
        other = self.create(self.service, STEPS, name="other", inputs=INPUTS)
        foreign = self.start(self.service, other, {"city": "Bern"}, Prefer="wait=30")
        problem = self.refused(self.alone("write", from_run=foreign["id"]), 400, "invalid_field_value")
        self.assertEqual(problem["errors"][0]["path"], "only.from_run")
        self.service.request(
            "PUT", "/api/v1/pipelines/%s/steps/write" % self.pipeline,
            value("write", "1", enabled=False), If_Match="*")
        self.refused(self.alone("write", from_run=first["id"]), 409, "state_conflict")
        self.refused(self.alone("plan", inputs={"town": 1}), 422, "invalid_inputs")

    def test_needs_only_its_own_secrets_and_is_not_retried_elsewhere(self):
        steps = [*STEPS, {"id": "send", "type": "api", "with": {
            "url": "http://127.0.0.1:1/", "headers": {"X-Key": "{{ secrets.KEY }}"}}}]
        self.path = "/api/v1/pipelines/%s/runs" % self.create(self.service, steps, name="keyed", inputs=INPUTS)
        run = self.ran("plan", inputs={"city": "Bern"})
        self.refused(self.alone("send", inputs={"city": "Bern"}), 422, "secret_missing")
        retry = "/api/v1/runs/%s/retry" % run["id"]
        self.refused(self.service.request("POST", retry, {"step": "write"}), 400, "invalid_field_value")
        self.assertEqual(self.service.request("POST", retry, {"step": "plan"}).status, 202)
        run = self.service.ended(run["id"])
        self.assertEqual([len(step["attempts"]) for step in run["steps"]], [2, 0, 0, 0])

    def test_is_started_once_under_a_key(self):
        self.whole()
        body = {"only": {"step": "write"}}
        ids = {self.service.request("POST", self.path, body, Idempotency_Key="k").json["id"] for _ in range(3)}
        self.assertEqual(len(ids), 1)

    def test_does_not_show_what_another_person_ran(self):
        set_up(self.service)
        ada, bob = member(self.service, "ada"), member(self.service, "bob")
        made = ada.request("POST", "/api/v1/pipelines", {
            "version": 1, "name": "shared", "inputs": INPUTS, "steps": STEPS})
        base = "/api/v1/pipelines/" + made.json["id"]
        self.path = base + "/runs"
        self.assertEqual(ada.request("PUT", base + "/shares/bob", {"role": "runner"}).status, 200)
        hers = ada.request("POST", self.path, {"inputs": {"city": "Bern"}}, Prefer="wait=30").json
        self.refused(self.alone("write", bob, from_run=hers["id"]), 404, "not_found")
        self.refused(self.alone("write", bob), 422, "output_missing")
        his = bob.request("POST", self.path, {"inputs": {"city": "Rome"}}, Prefer="wait=30").json
        # She owns the pipeline and knows that it ran, not what it holds.
        self.refused(self.alone("write", ada, from_run=his["id"]), 403, "forbidden")
        self.assertEqual(self.ran("write", ada)["only"]["from_run"], hers["id"])
        seen = ada.request("GET", "/api/v1/runs/" + self.ran("write", bob)["id"]).json
        self.assertEqual((seen["only"]["from_run"], seen["paused"]), (his["id"], False))
        self.assertNotIn("steps", seen)


class LoneStepOverAKill(ServingTest):
    def test_goes_on_and_waits_until_it_has_ended(self):
        with gate() as door:
            door.open.set()
            url = "http://%s/" % door.address
            service = self.serve("--allow-host", door.address)
            pipeline = self.create(service, [call("a", url + "a"), call("b", url + "{{ steps.a.output.status }}")])
            path = "/api/v1/pipelines/%s/runs" % pipeline
            self.start(service, pipeline, Prefer="wait=30")
            door.open.clear()
            reply = service.request("POST", path, {"only": {"step": "b"}})
            self.assertEqual(reply.status, 202, str(reply))
            door.await_arrivals(3)
            again = service.request("POST", path, {"only": {"step": "b", "from_run": reply.json["id"]}})
            self.refused(again, 409, "state_conflict")
            service.process.kill()
            service.process.wait()
            door.open.set()
            service = self.serve("--allow-host", door.address)
            run = service.ended(reply.json["id"])
        self.assertEqual(run["status"], "succeeded", json.dumps(run))
        self.assertEqual(
            [[attempt["status"] for attempt in step["attempts"]] for step in run["steps"]], [[], ["lost", "succeeded"]])
        self.assertEqual(door.came, ["/a", "/200", "/200", "/200"])


class LoneStepOfAFile(FactoryTest):
    def test_is_run_with_what_the_latest_run_or_a_named_one_had(self):
        document = self.place.document(STEPS, inputs=INPUTS)
        alone = self.expect(self.place.run(document, "--only", "plan", "--input", "city=Oslo"), 0).json
        self.assertEqual((alone["only"], alone["steps"][1]["status"]), ({"step": "plan", "from_run": None}, "skipped"))
        refused = self.expect(self.place.run(document, "--only", "keep"), 3)
        self.assertIn("`write`", refused.stderr)
        first = self.expect(self.place.run(document, "--input", "city=Bern"), 0).json
        self.expect(self.place.run(document, "--input", "city=Rome", "--yes"), 0)
        self.assertEqual(
            self.expect(self.place.run(document, "--only", "write"), 0).json["outputs"]["write"]["result"], "Rome!")
        for name in (first["id"], first["number"]):
            run = self.expect(self.place.run(document, "--only", "write", "--from-run", name), 0).json
            self.assertEqual((run["outputs"]["write"]["result"], run["only"]["from_run"]), ("Bern!", first["id"]))
        self.expect(self.place.run(document, "--from-run", first["id"]), 2)
        self.assertIn("did you mean `write`", self.expect(self.place.run(document, "--only", "wirte"), 2).stderr)
        self.expect(self.place.run(document, "--only", "write", "--from-run", "999"), 2)


if __name__ == "__main__":
    unittest.main()
