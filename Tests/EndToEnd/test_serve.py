"""The server from outside: pipelines and their documents."""

import json
import stat
import unittest

from serving import ServingTest
from support import value

DOCUMENT = """\
# What greets people.
version: 1
name: greeting   # stays
title: Greeting
tags: [demo, "two words"]
inputs:
  city:
    type: string
steps:
  # Says it.
  - id: greet
    type: transform
    with:
      ops:
        - expression: '"hi " + inputs.city'   # plain CEL
  # Says it loud.
  - id: shout
    type: transform
    needs: [greet]
    with:
      ops:
        - expression: steps.greet.output.result + "!"
"""


class Start(ServingTest):
    def test_prints_the_url_alone_and_keeps_the_key_for_its_owner(self):
        service = self.serve()
        token = self.place.data / "token"
        self.assertEqual(stat.S_IMODE(token.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE((self.place.data / "workspaces" / "local").stat().st_mode), 0o700)
        self.assertIn(service.key, service.words())
        self.assertRegex(service.key, r"^cf_[a-z0-9_]*[0-9a-f]{64}$")
        first = service.key
        self.assertEqual(service.stop(), 0)
        self.assertEqual(service.process.stdout.read(), b"")
        again = self.serve()
        self.assertEqual(again.key, first)
        self.assertEqual(again.words().count(first), 1, "the key is shown once")

    def test_refuses_a_key_that_others_can_read(self):
        self.serve().stop()
        (self.place.data / "token").chmod(0o640)
        answer = self.place.factory("serve", "--data", self.place.data, "--listen", "127.0.0.1:0")
        self.assertEqual(answer.code, 5, str(answer))
        self.assertIn("chmod 600", answer.stderr)

    def test_names_the_holder_of_the_data_to_a_second_server(self):
        service = self.serve()
        answer = self.place.factory("serve", "--data", self.place.data, "--listen", "127.0.0.1:0")
        self.assertEqual((answer.code, answer.stdout), (5, ""), str(answer))
        self.assertIn("factory serve (process %d)" % service.process.pid, answer.stderr)

    def test_listens_for_other_machines_only_when_told_so_in_so_many_words(self):
        answer = self.place.factory("serve", "--data", self.place.data, "--listen", "0.0.0.0:0")
        self.assertEqual(answer.code, 2, str(answer))
        self.assertIn("--plain-http-for-other-machines", answer.stderr)
        self.assertFalse((self.place.data / "token").exists())

    def test_says_when_the_port_is_taken(self):
        service = self.serve()
        answer = self.place.factory(
            "serve", "--data", self.place.folder / "other", "--listen", "127.0.0.1:%d" % service.port)
        self.assertEqual(answer.code, 5, str(answer))
        self.assertIn("cannot listen on 127.0.0.1:%d" % service.port, answer.stderr)

    def test_says_how_it_is(self):
        service = self.serve()
        self.assertEqual(service.request("GET", "/healthz", key=False).json, {"status": "ok"})
        ready = service.request("GET", "/readyz", key=False)
        self.assertEqual((ready.status, ready.json["status"]), (200, "ready"), str(ready))
        self.assertEqual([check["name"] for check in ready.json["checks"]], ["store", "sandbox", "disk"])
        self.assertNotIn(str(self.place.folder), ready.body.decode())
        figures = service.request("GET", "/metrics", key=False)
        self.assertTrue(figures.headers["content-type"].startswith("text/plain; version=0.0.4"))
        counted = 'code_factory_http_requests_total{method="GET",route="/readyz",status="200"} 1'
        # An answer is counted when it is sent, by which time who got it may have asked for the next one.
        for _ in range(100):
            if counted in figures.body.decode():
                break
            figures = service.request("GET", "/metrics", key=False)
        self.assertIn(counted, figures.body.decode())
        findings = service.request("GET", "/api/v1/doctor").json["items"]
        self.assertIn("sandbox", [finding["name"] for finding in findings])


class Pipelines(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ask = self.service.request

    def made(self, text=DOCUMENT):
        reply = self.ask("POST", "/api/v1/pipelines", text, Content_Type="application/yaml")
        self.assertEqual(reply.status, 201, str(reply))
        self.assertEqual(reply.headers["location"], "/api/v1/pipelines/" + reply.json["id"])
        return reply.headers["location"], reply

    def text(self, path):
        reply = self.ask("GET", path, Accept="application/yaml")
        self.assertEqual(reply.headers["content-type"], "application/yaml")
        return reply.body.decode()

    def test_keeps_the_text_as_written(self):
        path, reply = self.made()
        self.assertEqual(reply.tag, '"1"')
        self.assertEqual(self.text(path), DOCUMENT)
        pipeline = self.ask("GET", path).json
        self.assertEqual(pipeline["document"]["steps"][1]["needs"], ["greet"])
        self.assertEqual(
            [pipeline[key] for key in ("name", "title", "tags", "step_count", "step_types", "owner", "last_run", "success_rate")],
            ["greeting", "Greeting", ["demo", "two words"], 2, ["transform", "transform"], "local", None, None])

    def test_takes_json_bare_or_wrapped(self):
        document = {"version": 1, "name": "one", "steps": [value("a", "1")]}
        bare = self.ask("POST", "/api/v1/pipelines", document)
        wrapped = self.ask("POST", "/api/v1/pipelines", {"document": {**document, "name": "two"}})
        self.assertEqual((bare.status, wrapped.status), (201, 201), str(wrapped))
        self.assertEqual(bare.json["document"], document)
        self.assertIn("name: two", self.text("/api/v1/pipelines/" + wrapped.json["id"]))

    def test_refuses_a_wrong_document_with_everything_at_once(self):
        wrong = DOCUMENT.replace("inputs.city", "inputs.town").replace("type: transform", "type: transfrom", 1)
        problem = self.refused(
            self.ask("POST", "/api/v1/pipelines", wrong, Content_Type="application/yaml"), 422, "invalid_document")
        found = {error["code"]: error for error in problem["errors"]}
        self.assertEqual((found["unknown_step_type"]["line"], found["unknown_step_type"]["path"]), (12, "steps[0].type"))
        self.assertIn("did you mean", found["unknown_step_type"]["hint"])
        self.assertEqual(self.ask("GET", "/api/v1/pipelines").json["items"], [])

    def test_keeps_a_wrong_document_as_a_draft_when_asked(self):
        wrong = DOCUMENT.replace("needs: [greet]", "needs: [nobody]")
        reply = self.ask("POST", "/api/v1/pipelines?draft=true", wrong, Content_Type="application/yaml")
        self.assertEqual(reply.status, 201, str(reply))
        self.assertEqual(reply.json["problems"][0]["code"], "unknown_step")
        run = self.ask("POST", "/api/v1/pipelines/%s/runs" % reply.json["id"], {"inputs": {"city": "Oslo"}})
        self.refused(run, 422, "invalid_document")

    def test_names_are_unique_until_the_other_is_in_the_trash(self):
        path, reply = self.made()
        self.refused(
            self.ask("POST", "/api/v1/pipelines", DOCUMENT, Content_Type="application/yaml"), 409, "name_taken")
        self.assertEqual(self.ask("DELETE", path, If_Match=reply.tag).status, 204)
        self.refused(self.ask("GET", path), 404, "not_found")
        self.assertEqual(self.ask("GET", "/api/v1/pipelines").json["items"], [])
        self.assertEqual(len(self.ask("GET", "/api/v1/pipelines?trashed=true").json["items"]), 1)
        other, _ = self.made()
        self.refused(self.ask("POST", path + "/restore"), 409, "name_taken")
        self.ask("PATCH", other, {"name": "another"}, If_Match='"1"')
        self.assertEqual(self.ask("POST", path + "/restore").json["trashed_at"], None)
        self.assertEqual(self.text(path), DOCUMENT)

    def test_changes_need_the_tag_that_was_read(self):
        path, reply = self.made()
        for method, body in (("PUT", DOCUMENT), ("DELETE", None)):
            self.refused(
                self.ask(method, path, body, Content_Type="application/yaml"), 428, "precondition_required")
        self.refused(self.ask("PATCH", path, {"title": "x"}), 428, "precondition_required")
        changed = self.ask("PATCH", path, {"title": "Hello"}, If_Match=reply.tag)
        self.assertEqual((changed.status, changed.tag), (200, '"2"'))
        stale = self.ask("PUT", path, DOCUMENT, Content_Type="application/yaml", If_Match=reply.tag)
        problem = self.refused(stale, 412, "precondition_failed")
        self.assertEqual((problem["current"]["title"], problem["etag"], stale.tag), ("Hello", '"2"', '"2"'))
        self.refused(self.ask("DELETE", path, If_Match=reply.tag), 412, "precondition_failed")
        self.assertEqual(self.ask("DELETE", path, If_Match="*").status, 204)

    def test_a_patch_leaves_the_comments(self):
        path, reply = self.made()
        self.ask("PATCH", path, {"title": "Hello", "description": "New", "tags": None}, If_Match=reply.tag)
        expected = DOCUMENT.replace("title: Greeting", "title: Hello").replace('tags: [demo, "two words"]\n', "")
        text = self.text(path)
        self.assertEqual(text.replace("description: New\n", ""), expected)
        self.assertIn("description: New", text)

    def test_a_whole_document_as_json_leaves_the_comments_of_what_stays(self):
        path, reply = self.made()
        document = reply.json["document"]
        document["steps"][1]["with"]["ops"][0]["expression"] = '"loud"'
        document["steps"].insert(0, value("before", "1"))
        self.assertEqual(self.ask("PUT", path, document, If_Match=reply.tag).status, 200)
        text = self.text(path)
        for comment in ("# What greets people.", "# stays", "# Says it.", "# plain CEL", "# Says it loud."):
            self.assertIn(comment, text)
        self.assertEqual(self.ask("GET", path).json["document"], document)

    def test_steps_one_at_a_time_leave_the_rest_as_written(self):
        path, _ = self.made()
        added = self.ask("POST", path + "/steps?at=1", value("middle", "2"))
        self.assertEqual((added.status, added.json["id"], added.tag), (201, "middle", '"2"'), str(added))
        self.assertEqual(added.headers["location"], path + "/steps/middle")
        steps = self.ask("GET", path + "/steps")
        self.assertEqual([step["id"] for step in steps.json["items"]], ["greet", "middle", "shout"])
        step = self.ask("GET", path + "/steps/greet").json
        step["id"] = "welcome"
        renamed = self.ask("PUT", path + "/steps/greet", step, If_Match=steps.tag)
        self.assertEqual((renamed.status, renamed.json["id"]), (200, "welcome"), str(renamed))
        text = self.text(path)
        self.assertIn("needs: [welcome]", text)
        self.assertIn("steps.welcome.output.result", text)
        self.assertIn("# plain CEL", text)
        gone = self.ask("DELETE", path + "/steps/middle", If_Match=renamed.tag)
        self.assertEqual((gone.status, gone.body), (204, b""))
        self.assertEqual(self.text(path), DOCUMENT.replace("greet\n", "welcome\n").replace(
            "[greet]", "[welcome]").replace("steps.greet", "steps.welcome"))

    def test_refuses_to_remove_a_step_that_others_need(self):
        path, reply = self.made()
        self.refused(self.ask("DELETE", path + "/steps/greet", If_Match=reply.tag), 422, "invalid_document")
        self.refused(self.ask("DELETE", path + "/steps/nobody", If_Match=reply.tag), 404, "not_found")
        self.refused(self.ask("POST", path + "/steps", value("greet", "1")), 409, "state_conflict")

    def test_reorders_all_steps_at_once(self):
        path, _ = self.made()
        self.ask("POST", path + "/steps", value("third", "3"))
        wanted = ["greet", "third", "shout"]
        reply = self.ask("POST", path + "/steps/reorder", {"steps": wanted})
        self.assertEqual(reply.status, 200, str(reply))
        self.assertEqual([step["id"] for step in reply.json["document"]["steps"]], wanted)
        self.assertIn("  # Says it loud.\n  - id: shout", self.text(path))
        self.refused(
            self.ask("POST", path + "/steps/reorder", {"steps": wanted[:2]}), 400, "invalid_field_value")

    def test_lists_in_pages_and_finds(self):
        for number in range(5):
            self.create(
                self.service, [value("a", "1")], name="p%d" % number, title="Thing Nr. %d" % number,
                tags=["even" if number % 2 == 0 else "odd"])
        def names(query):
            seen, cursor = [], ""
            while cursor is not None:
                page = self.ask("GET", "/api/v1/pipelines?limit=2&%s%s" % (query, cursor and "&cursor=" + cursor)).json
                self.assertLessEqual(len(page["items"]), 2)
                seen += [item["name"] for item in page["items"]]
                cursor = page["next_cursor"]
            return seen
        self.assertEqual(names("sort=name"), ["p0", "p1", "p2", "p3", "p4"])
        self.assertEqual(names("sort=-created"), ["p4", "p3", "p2", "p1", "p0"])
        self.assertEqual(names("sort=name&tag=odd"), ["p1", "p3"])
        self.assertEqual(names("q=nr.%203"), ["p3"])
        problem = self.refused(self.ask("GET", "/api/v1/pipelines?srot=name"), 400, "unknown_parameter")
        self.assertEqual(problem["hint"], "did you mean `sort`?")
        self.refused(self.ask("GET", "/api/v1/pipelines?limit=201"), 400, "invalid_field_value")
        self.refused(self.ask("GET", "/api/v1/pipelines?cursor=00"), 400, "invalid_field_value")

    def test_a_request_under_the_same_key_is_done_once(self):
        document = {"version": 1, "name": "once", "steps": [value("a", "1")]}
        first = self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="k1")
        again = self.ask("POST", "/api/v1/pipelines", document, Idempotency_Key="k1")
        self.assertEqual((again.status, again.json), (201, first.json))
        self.assertEqual(again.headers["location"], first.headers["location"])
        self.refused(
            self.ask("POST", "/api/v1/pipelines", {**document, "name": "twice"}, Idempotency_Key="k1"), 422,
            "idempotency_key_reused")
        self.assertEqual(len(self.ask("GET", "/api/v1/pipelines").json["items"]), 1)

    def test_validates_without_keeping_anything(self):
        for path in ("/api/v1/validate", self.made()[0] + "/validate"):
            good = self.ask("POST", path, DOCUMENT, Content_Type="application/yaml")
            self.assertEqual((good.status, good.json["valid"]), (200, True), str(good))
            bad = self.ask("POST", path, {"document": {"version": 1, "name": "x", "steps": [{"id": "a"}]}}).json
            self.assertEqual((bad["valid"], bad["errors"][0]["code"]), (False, "missing_key"))
            broken = self.ask("POST", path, "version: 1\n  name: [", Content_Type="application/yaml").json
            self.assertEqual((broken["valid"], broken["errors"][0]["line"]), (False, 2))
        self.assertTrue(self.ask("POST", path).json["valid"])

    def test_evaluates_on_a_past_run(self):
        path, _ = self.made()
        run = self.start(self.service, path.split("/")[-1], {"city": "Oslo"}, Prefer="wait=30")
        self.assertEqual(run["status"], "succeeded")
        def evaluate(**body):
            return self.ask("POST", path + "/evaluate", body)
        past = {"run": run["id"]}
        self.assertEqual(evaluate(expression="steps.greet.output.result", **past).json, {"value": "hi Oslo"})
        self.assertEqual(evaluate(template="<{{ steps.shout.output.result }}>", **past).json, {"value": "<hi Oslo!>"})
        self.assertEqual(
            evaluate(ops=[{"expression": "input + steps.greet.output.result"}], input="> ", **past).json,
            {"value": "> hi Oslo"})
        self.assertEqual(evaluate(expression="inputs.city + '?'", inputs={"city": "Bergen"}).json, {"value": "Bergen?"})
        self.refused(evaluate(expression="1 +"), 422, "evaluation_failed")
        self.refused(evaluate(expression="steps.nobody.output", **past), 422, "evaluation_failed")
        self.refused(evaluate(ops=[{"expresion": "1"}], **past), 422, "invalid_document")
        self.refused(evaluate(expression="1", template="1"), 400, "invalid_field_value")
        self.assertEqual(self.ask("GET", "/api/v1/runs").json["items"][0]["number"], 1, "it runs nothing")

    def test_history_shows_in_lists(self):
        good = self.create(self.service, [value("a", "1")], name="good")
        bad = self.create(self.service, [value("a", "1 / 0")], name="bad")
        for pipeline in (good, bad, good):
            self.start(self.service, pipeline, Prefer="wait=30")
        found = {item["name"]: item for item in self.ask("GET", "/api/v1/pipelines").json["items"]}
        self.assertEqual((found["good"]["success_rate"], found["bad"]["success_rate"]), (1.0, 0.0))
        self.assertEqual((found["good"]["last_run"]["number"], found["bad"]["last_run"]["status"]), (3, "failed"))

    def test_large_documents_are_taken_and_other_large_bodies_are_not(self):
        steps = [value("s%d" % number, json.dumps("x" * 1000)) for number in range(2000)]
        self.assertEqual(len(self.ask("GET", "/api/v1/pipelines/%s/steps" % self.create(self.service, steps)).json[
            "items"]), 2000)
        path, _ = self.made()
        self.refused(self.ask("POST", path + "/runs", {"inputs": {"city": "x" * (1 << 20)}}), 413, "body_too_large")


if __name__ == "__main__":
    unittest.main()
