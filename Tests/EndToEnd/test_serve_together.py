"""The server from outside: what people do with pipelines together."""

import http.client
import json
import threading

from serving import ServingTest, call, gate
from support import PATIENCE_SECONDS, value

DOCUMENT = """\
# What greets people.
version: 1
name: greeting   # stays
title: Greeting
tags: [demo, "two words"]
inputs:
  city: {type: string, default: Oslo}
steps:
  # Says it.
  - id: greet
    type: transform
    title: Warm welcome
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

YAML = {"Content_Type": "application/yaml"}


class Live:
    """A stream of what happens with pipelines."""

    def __init__(self, service, path, last=None):
        headers = {"Authorization": "Bearer " + service.key}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_SECONDS)
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        assert self.answer.readline() == b"retry: 1000\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def next(self, *kinds):
        """The next event of one of these kinds; nothing at the end of the stream."""
        fields = {}
        while line := self.answer.readline():
            name, _, text = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = text
            elif "data" in fields:
                event = json.loads(fields["data"])
                assert event["type"] == fields["event"], fields
                assert fields.get("id") == (str(event["id"]) if "id" in event else None), fields
                if not kinds or event["type"] in kinds:
                    return event
                fields = {}
            else:
                fields = {}
        return None


class TogetherTest(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.ask = self.service.request

    def made(self, text=DOCUMENT):
        reply = self.ask("POST", "/api/v1/pipelines", text, **YAML)
        self.assertEqual(reply.status, 201, str(reply))
        return reply.headers["location"]

    def text(self, path):
        reply = self.ask("GET", path, Accept="application/yaml")
        self.assertEqual(reply.status, 200, str(reply))
        return reply.body.decode()

    def saved(self, path, text, tag='*', **headers):
        return self.ask("PUT", path, text, If_Match=tag, **YAML, **headers)

    def names(self, query):
        reply = self.ask("GET", "/api/v1/pipelines?" + query)
        self.assertEqual(reply.status, 200, str(reply))
        return [item["name"] for item in reply.json["items"]]


class Lists(TogetherTest):
    def test_find_by_words_and_filters(self):
        self.made()
        self.create(self.service, [value("a", "1")], name="soup", title="Hot soup", tags=["food"])
        self.create(self.service, [value("greet-soup", "1")], name="other", description="a bowl", tags=["food", "demo"])
        self.assertEqual(self.names("q=warm%20welc"), ["greeting"])
        self.assertEqual(self.names("q=soup"), ["soup", "other"], "the name weighs more than a step")
        self.assertEqual(self.names("q=soup&sort=name"), ["other", "soup"])
        self.assertEqual(self.names("q=" + '%22%29%20OR%20%2A'), [], "nothing means anything but itself")
        self.assertEqual(self.names("q=%22soup%22%2A%20-%28"), ["soup", "other"])
        self.assertEqual(self.names("tag=two%20words"), ["greeting"])
        self.assertEqual(self.names("tag=food&sort=name"), ["other", "soup"])
        self.assertEqual(self.names("owner=me&visibility=private&sort=name"), ["greeting", "other", "soup"])
        self.assertEqual(self.names("owner=usr_nobody"), [])
        self.assertEqual(self.names("visibility=public"), [])
        tags = self.ask("GET", "/api/v1/tags").json["items"]
        self.assertEqual([(tag["tag"], tag["count"]) for tag in tags], [("demo", 2), ("food", 2), ("two words", 1)])
        first = self.ask("GET", "/api/v1/pipelines?q=soup&limit=1").json
        second = self.ask("GET", "/api/v1/pipelines?q=soup&limit=1&cursor=" + first["next_cursor"]).json
        self.assertEqual([first["items"][0]["name"], second["items"][0]["name"], second["next_cursor"]],
                         ["soup", "other", None])
        self.refused(self.ask("GET", "/api/v1/pipelines?sort=relevance"), 400, "invalid_field_value")

    def test_a_changed_document_is_found_by_its_new_words_alone(self):
        path = self.made()
        self.assertEqual(self.saved(path, DOCUMENT.replace("Warm welcome", "Cold farewell").replace("demo", "sea")).status, 200)
        self.assertEqual([self.names("q=welcome"), self.names("q=farewell")], [[], ["greeting"]])
        self.assertEqual([self.names("tag=demo"), self.names("tag=sea")], [[], ["greeting"]])

    def test_favourites_are_kept(self):
        path = self.made()
        self.create(self.service, [value("a", "1")], name="other")
        self.assertEqual(self.ask("PUT", path + "/favourite").status, 204)
        self.assertEqual([self.names("favourite=true"), self.names("favourite=false")], [["greeting"], ["other"]])
        self.assertTrue(self.ask("GET", path).json["favourite"])
        self.assertEqual(self.ask("DELETE", path + "/favourite").status, 204)
        self.assertEqual(self.names("favourite=true"), [])

    def test_tell_how_runs_went(self):
        good = self.create(self.service, [value("a", "1")], name="good")
        mixed = self.create(self.service, [value("a", "10 / inputs.n")], name="mixed", inputs={"n": {"type": "integer"}})
        for n in (1, 0, 2):
            self.start(self.service, mixed, {"n": n}, Prefer="wait=30")
        items = {item["name"]: item for item in self.ask("GET", "/api/v1/pipelines?sort=-last_run").json["items"]}
        self.assertEqual(list(items), ["mixed", "good"])
        found = items["mixed"]
        self.assertEqual([run["status"] for run in found["sparkline"]], ["succeeded", "failed", "succeeded"])
        self.assertTrue(all(run["duration_ms"] >= 0 for run in found["sparkline"]))
        self.assertEqual((found["last_run"]["number"], found["last_run"]["status"]), (3, "succeeded"))
        self.assertAlmostEqual(found["success_rate"], 2 / 3)
        self.assertEqual((items["good"]["sparkline"], items["good"]["role"]), ([], "owner"))
        # The same list again, once something that it shows is otherwise.
        self.start(self.service, good, Prefer="wait=30")
        self.assertEqual(self.names("sort=-last_run"), ["good", "mixed"])


class Versions(TogetherTest):
    def test_are_numbered_and_never_change(self):
        path = self.made()
        first = self.ask("POST", path + "/versions", {"message": "The first"})
        self.assertEqual((first.status, first.json["number"], first.json["message"]), (201, 1, "The first"), str(first))
        self.assertEqual(first.json["by"], {"id": "local", "name": "local"})
        again = self.ask("POST", path + "/versions", {"message": "Nothing new"})
        self.assertEqual((again.status, again.json["number"], again.json["message"]), (200, 1, "The first"))
        self.saved(path, DOCUMENT.replace("hi ", "hello "))
        second = self.ask("POST", path + "/versions", {}, If_Match='"2"')
        self.assertEqual((second.status, second.json["number"]), (201, 2))
        self.assertEqual(self.text(path + "/versions/1"), DOCUMENT)
        listed = self.ask("GET", path + "/versions?limit=1").json
        self.assertEqual([version["number"] for version in listed["items"]], [2])
        rest = self.ask("GET", path + "/versions?cursor=" + listed["next_cursor"]).json
        self.assertEqual(([version["number"] for version in rest["items"]], rest["next_cursor"]), ([1], None))
        self.assertEqual(self.ask("GET", path).json["latest_version"], 2)
        self.refused(self.ask("GET", path + "/versions/3"), 404, "not_found")
        self.refused(self.ask("POST", path + "/versions", {}, If_Match='"1"'), 412, "precondition_failed")

    def test_of_what_is_not_valid_are_refused(self):
        path = self.made()
        wrong = DOCUMENT.replace("needs: [greet]", "needs: [nobody]")
        self.ask("PUT", path + "?draft=true", wrong, If_Match="*", **YAML)
        self.refused(self.ask("POST", path + "/versions", {}), 422, "invalid_document")
        self.assertEqual(self.ask("GET", path + "/versions").json["items"], [])

    def test_are_compared_by_meaning(self):
        path = self.made()
        self.ask("POST", path + "/versions", {})
        self.saved(path, DOCUMENT.replace("hi ", "hello ").replace("id: shout", "id: cry").replace("# Says it.\n", "\n"))
        difference = self.ask("GET", path + "/versions/1/diff").json
        self.assertEqual((difference["from"], difference["to"], difference["equal"]), (1, "draft", False))
        self.assertEqual(difference["steps"]["renamed"], [{"before": "shout", "after": "cry"}])
        self.assertEqual([(field["step"], field["path"]) for field in difference["fields"]],
                         [("greet", "with.ops[0].expression")])
        self.assertIn("~ step greet: with.ops[0].expression", difference["text"])
        self.ask("POST", path + "/versions", {})
        back = self.ask("GET", path + "/versions/2/diff?to=1").json
        self.assertEqual(back["steps"]["renamed"], [{"before": "cry", "after": "shout"}])
        self.assertTrue(self.ask("GET", path + "/versions/2/diff?to=draft").json["equal"])

    def test_come_back_as_new_ones(self):
        path = self.made()
        self.ask("POST", path + "/versions", {})
        self.saved(path, DOCUMENT.replace("hi ", "hello "))
        self.ask("POST", path + "/versions", {})
        restored = self.ask("POST", path + "/versions/1/restore", {})
        self.assertEqual((restored.status, restored.json["number"]), (201, 3), str(restored))
        self.assertEqual(self.text(path), DOCUMENT)
        self.assertEqual(self.text(path + "/versions/3"), DOCUMENT)

    def test_are_what_runs_name(self):
        path = self.made()
        self.ask("POST", path + "/versions", {})
        self.saved(path, DOCUMENT.replace('"hi "', '"hello "'))
        def ran(**body):
            reply = self.ask("POST", path + "/runs", {"inputs": {}, **body}, Prefer="wait=30")
            self.assertEqual(reply.status, 202, str(reply))
            step = reply.json["steps"][0]
            return reply.json["version"], step["output"]["result"]
        self.assertEqual(ran(), (None, "hello Oslo"), "those who edit run the draft")
        self.assertEqual(ran(version=1), (1, "hi Oslo"))
        self.assertEqual(ran(version="latest"), (1, "hi Oslo"))
        self.assertEqual(ran(version="draft"), (None, "hello Oslo"))
        self.refused(self.ask("POST", path + "/runs", {"version": 2}), 404, "not_found")
        self.refused(self.ask("POST", path + "/runs", {"version": "new"}), 400, "invalid_field_value")
        self.assertEqual([run["version"] for run in self.ask("GET", "/api/v1/runs").json["items"]], [None, 1, 1, None])


class Merging(TogetherTest):
    """Two editors save the same draft."""

    def test_changes_to_different_steps_come_together_and_nothing_is_lost(self):
        path = self.made()
        theirs = DOCUMENT.replace('"hi "', '"hello "')
        mine = DOCUMENT.replace('"!"', '"?"').replace("# Says it loud.", "# Asks it.")
        self.assertEqual(self.saved(path, theirs, '"1"').tag, '"2"')
        problem = self.refused(self.saved(path, mine, '"1"'), 412, "precondition_failed")
        self.assertEqual(problem["base"]["revision"], 1)
        self.assertEqual(problem["base"]["document"]["steps"][0]["id"], "greet")
        self.assertEqual(problem["current"]["revision"], 2)
        self.assertEqual((problem["merge"]["clean"], problem["merge"]["conflicts"]), (True, []))
        merged = self.ask("PUT", path, problem["merge"]["document"], If_Match=problem["etag"])
        self.assertEqual((merged.status, merged.tag), (200, '"3"'), str(merged))
        expected = theirs.replace('"!"', '"?"')
        self.assertEqual(self.text(path), expected)

    def test_the_server_saves_the_merge_when_asked(self):
        path = self.made()
        self.saved(path, DOCUMENT.replace('"hi "', '"hello "'), '"1"')
        mine = DOCUMENT.replace('"!"', '"?"').replace("# Says it loud.", "# Asks it.")
        reply = self.saved(path, mine, '"1"', Prefer="merge")
        self.assertEqual((reply.status, reply.tag, reply.headers["preference-applied"]), (200, '"3"', "merge"), str(reply))
        self.assertEqual(reply.json["merged"], {"base": 1, "with": 2})
        text = self.text(path)
        for comment in ("# What greets people.", "# stays", "# Says it.", "# plain CEL", "# Asks it."):
            self.assertIn(comment, text)
        steps = reply.json["document"]["steps"]
        self.assertEqual([step["with"]["ops"][0]["expression"] for step in steps],
                         ['"hello " + inputs.city', 'steps.greet.output.result + "?"'])
        patched = self.ask("PATCH", path + "?merge=true", {"title": "Hello"}, If_Match='"1"')
        self.assertEqual((patched.status, patched.json["title"]), (200, "Hello"), str(patched))
        step = self.ask("GET", path + "/steps/shout").json
        step["title"] = "Loud"
        put = self.ask("PUT", path + "/steps/shout?merge=true", step, If_Match='"3"')
        self.assertEqual((put.status, put.json["title"]), (200, "Loud"), str(put))
        self.assertEqual(self.ask("GET", path).json["title"], "Hello")

    def test_the_same_field_conflicts_by_name(self):
        path = self.made()
        self.saved(path, DOCUMENT.replace('"hi "', '"hello "'), '"1"')
        mine = DOCUMENT.replace('"hi "', '"good day "').replace("title: Greeting", "title: Hello")
        problem = self.refused(self.saved(path, mine, '"1"', Prefer="merge"), 412, "precondition_failed")
        self.assertFalse(problem["merge"]["clean"])
        conflict, = problem["merge"]["conflicts"]
        self.assertEqual(
            (conflict["kind"], conflict["step"], conflict["path"]), ("changed", "greet", "with.ops"))
        self.assertEqual(
            [conflict[side][0]["expression"] for side in ("base", "mine", "theirs")],
            ['"%s " + inputs.city' % word for word in ("hi", "good day", "hello")])
        self.assertEqual(problem["merge"]["document"]["title"], "Hello")
        self.assertIn('"hello "', self.text(path), "what was saved first stands")

    def test_a_merge_that_is_not_valid_is_not_saved(self):
        path = self.made()
        theirs = DOCUMENT[:DOCUMENT.index("  # Says it loud.")]
        self.assertEqual(self.saved(path, theirs, '"1"').status, 200)
        mine = DOCUMENT + "  - {id: last, type: transform, needs: [shout], with: {ops: [{expression: '1'}]}}\n"
        problem = self.refused(self.saved(path, mine, '"1"', Prefer="merge"), 412, "precondition_failed")
        self.assertTrue(problem["merge"]["clean"])
        self.assertEqual(self.text(path), theirs)

    def test_a_draft_too_old_to_be_known_is_told_without_a_merge(self):
        path = self.made()
        for number in range(60):
            self.assertEqual(self.saved(path, DOCUMENT.replace("hi ", "hi %d " % number)).status, 200)
        problem = self.refused(self.saved(path, DOCUMENT, '"1"'), 412, "precondition_failed")
        self.assertEqual((problem["base"], problem["merge"]), (None, None))
        self.assertIsNotNone(self.refused(self.saved(path, DOCUMENT, '"30"'), 412, "precondition_failed")["merge"])

    def test_the_same_text_once_more_is_no_change(self):
        path = self.made()
        self.assertEqual(self.saved(path, DOCUMENT, '"1"').tag, '"1"')

    def test_many_editors_at_once_lose_nothing(self):
        steps = [value("s%d" % number, "0") for number in range(8)]
        path = "/api/v1/pipelines/" + self.create(self.service, steps)
        replies = []
        def save(number):
            document = {"version": 1, "name": "test", "steps": [dict(step) for step in steps]}
            document["steps"][number] = value("s%d" % number, str(number + 1))
            replies.append(self.ask("PUT", path + "?merge=true", document, If_Match='"1"').status)
        threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # Who meets others at every attempt is refused, and loses nothing by that.
        self.assertLessEqual(set(replies), {200, 412})
        found = [step["with"]["ops"][0]["expression"] for step in self.ask("GET", path).json["document"]["steps"]]
        self.assertEqual(sum(expression != "0" for expression in found), replies.count(200))
        self.assertGreaterEqual(replies.count(200), 5)


class Copies(TogetherTest):
    def test_keep_comments_and_where_they_come_from(self):
        path = self.made()
        copy = self.ask("POST", "/api/v1/pipelines", {"copy_of": path.split("/")[-1]})
        self.assertEqual((copy.status, copy.json["name"], copy.json["forked_from"]),
                         (201, "greeting-copy", path.split("/")[-1]), str(copy))
        self.assertEqual(self.text(copy.headers["location"]), DOCUMENT.replace("name: greeting ", "name: greeting-copy "))
        named = self.ask("POST", "/api/v1/pipelines", {"copy_of": path.split("/")[-1], "name": "mine", "title": "Mine"})
        self.assertEqual((named.json["name"], named.json["title"]), ("mine", "Mine"))
        self.ask("POST", path + "/versions", {})
        self.saved(path, DOCUMENT.replace("hi ", "hello "))
        old = self.ask("POST", "/api/v1/pipelines", {"copy_of": path.split("/")[-1], "name": "old", "version": 1})
        self.assertIn("hi ", self.text(old.headers["location"]))
        self.refused(self.ask("POST", "/api/v1/pipelines", {"copy_of": "pl_nobody"}), 404, "not_found")

    def test_come_and_go_all_together(self):
        other = DOCUMENT.replace("name: greeting ", "name: other ")
        made = self.ask("POST", "/api/v1/pipelines/import", DOCUMENT + "---\n" + other, **YAML)
        self.assertEqual([item["status"] for item in made.json["items"]], ["created", "created"], str(made))
        texts = self.ask("GET", "/api/v1/pipelines/export", Accept="application/yaml").body.decode()
        self.assertEqual(texts, DOCUMENT + "---\n" + other)
        items = self.ask("GET", "/api/v1/pipelines/export").json["items"]
        self.assertEqual([(item["name"], item["text"]) for item in items], [("greeting", DOCUMENT), ("other", other)])
        third = DOCUMENT.replace("name: greeting ", "name: third ")
        taken = self.refused(
            self.ask("POST", "/api/v1/pipelines/import", third + "---\n" + texts + "---\n" + third, **YAML), 409,
            "name_taken")
        self.assertEqual([error["path"] for error in taken["errors"]],
                         ["documents[1].name", "documents[2].name", "documents[3].name"])
        def again(rule, text):
            reply = self.ask("POST", "/api/v1/pipelines/import?existing=" + rule, text, **YAML)
            return [(item["name"], item["status"]) for item in reply.json["items"]]
        self.assertEqual(again("replace", DOCUMENT.replace("hi ", "hello ") + "---\n" + other),
                         [("greeting", "replaced"), ("other", "unchanged")])
        self.assertEqual(again("skip", texts), [("greeting", "skipped"), ("other", "skipped")])
        self.assertEqual(again("rename", other), [("other-copy", "created")])
        wrong = self.ask("POST", "/api/v1/pipelines/import", {
            "documents": [DOCUMENT.replace("greeting", "third"), {"version": 1, "name": "bad", "steps": [{"id": "a"}]}]})
        problem = self.refused(wrong, 422, "invalid_document")
        self.assertTrue(problem["errors"][0]["path"].startswith("documents[1].steps[0]"))
        self.assertEqual(self.names("q=third"), [], "all or none")


class Trash(TogetherTest):
    def test_gives_back_or_removes_for_good(self):
        path = self.made()
        self.ask("POST", path + "/versions", {})
        self.ask("POST", path + "/comments", {"text": "Nice"})
        run = self.start(self.service, path.split("/")[-1], Prefer="wait=30")["id"]
        self.refused(self.ask("DELETE", path + "?purge=true"), 409, "state_conflict")
        self.assertEqual(self.ask("DELETE", path, If_Match="*").status, 204)
        self.assertEqual(self.names("trashed=true"), ["greeting"])
        self.assertEqual(self.ask("POST", path + "/restore", {}).status, 200)
        self.assertEqual(self.ask("GET", path + "/versions").json["items"][0]["number"], 1)
        self.ask("DELETE", path, If_Match="*")
        self.assertEqual(self.ask("DELETE", path + "?purge=true").status, 204)
        self.refused(self.ask("POST", path + "/restore", {}), 404, "not_found")
        self.refused(self.ask("GET", "/api/v1/runs/" + run), 404, "not_found")
        self.assertEqual((self.names("trashed=true"), self.names("q=greeting")), ([], []))

    def test_keeps_what_still_runs(self):
        with gate() as door:
            service = self.service
            service.close()
            self.service = service = self.serve("--allow-host", door.address)
            self.ask = service.request
            pipeline = self.create(service, [call("wait", "http://%s/wait" % door.address)])
            path = "/api/v1/pipelines/" + pipeline
            run = self.start(service, pipeline)["id"]
            door.await_arrivals(1)
            self.ask("DELETE", path, If_Match="*")
            self.refused(self.ask("DELETE", path + "?purge=true"), 409, "state_conflict")
            door.open.set()
            service.ended(run)
            self.assertEqual(self.ask("DELETE", path + "?purge=true").status, 204)


class Canvas(TogetherTest):
    def test_places_follow_their_steps(self):
        path = self.made()
        places = {"greet": {"x": 10, "y": -20.5}, "shout": {"x": 1, "y": 2}, "nobody": {"x": 0, "y": 0}}
        put = self.ask("PUT", path + "/layout", {"steps": places, "viewport": {"x": 0, "y": 0, "zoom": 1.5}})
        self.assertEqual(put.status, 200, str(put))
        self.assertEqual(sorted(put.json["steps"]), ["greet", "shout"])
        self.ask("POST", path + "/comments", {"text": "Here", "step": "greet"})
        step = self.ask("GET", path + "/steps/greet").json
        step["id"] = "welcome"
        step["title"] = "Otherwise"
        self.assertEqual(self.ask("PUT", path + "/steps/greet", step, If_Match="*").status, 200)
        self.assertEqual(self.ask("GET", path + "/layout").json["steps"]["welcome"], {"x": 10, "y": -20.5})
        self.saved(path, self.text(path).replace("id: shout", "id: cry"))
        self.assertEqual(self.ask("GET", path + "/layout").json["steps"]["cry"], {"x": 1, "y": 2})
        self.assertEqual(self.ask("GET", path + "/comments").json["items"][0]["step"], "welcome")
        for wrong in ({"steps": {"a": {"x": "1", "y": 2}}}, {"steps": {"a": {"x": 1}}}, {"steps": []},
                      {"steps": {"a": {"x": 1e9, "y": 2}}}):
            self.refused(self.ask("PUT", path + "/layout", wrong), 400, "invalid_field_value")


class Talk(TogetherTest):
    def test_is_about_a_pipeline_or_a_step(self):
        path = self.made()
        first = self.ask("POST", path + "/comments", {"text": "Why so loud, @local?", "step": "shout"})
        self.assertEqual((first.status, first.json["step"], [one["id"] for one in first.json["mentions"]]),
                         (201, "shout", ["local"]), str(first))
        self.ask("POST", path + "/comments", {"text": "Mail a@b.c or @nobody."})
        listed = self.ask("GET", path + "/comments?limit=1").json
        self.assertEqual(listed["items"][0]["text"], "Why so loud, @local?")
        rest = self.ask("GET", path + "/comments?cursor=" + listed["next_cursor"]).json["items"]
        self.assertEqual([(one["step"], one["mentions"]) for one in rest], [(None, [])])
        here = first.headers["location"]
        changed = self.ask("PATCH", here, {"text": "Why?", "resolved": True}).json
        self.assertEqual((changed["text"], changed["resolved_by"]["id"], changed["mentions"]), ("Why?", "local", []))
        self.assertIsNotNone(changed["edited_at"])
        self.assertEqual(len(self.ask("GET", path + "/comments?resolved=false").json["items"]), 1)
        self.assertEqual(len(self.ask("GET", path + "/comments?step=shout").json["items"]), 1)
        self.assertEqual(self.ask("DELETE", here).status, 204)
        self.refused(self.ask("DELETE", here), 404, "not_found")
        self.refused(self.ask("POST", path + "/comments", {"text": "x", "step": "nobody"}), 400, "invalid_field_value")
        self.refused(self.ask("POST", path + "/comments", {"text": ""}), 400, "invalid_field_value")

    def test_activity_tells_what_was_done(self):
        path = self.made()
        for number in range(3):
            self.saved(path, DOCUMENT.replace("hi ", "hi %d " % number))
        self.ask("POST", path + "/versions", {"message": "One"})
        self.ask("POST", path + "/comments", {"text": "Nice"})
        self.start(self.service, path.split("/")[-1], Prefer="wait=30")
        seen, cursor = [], ""
        while cursor is not None:
            page = self.ask("GET", path + "/activity?limit=2" + (cursor and "&cursor=" + cursor)).json
            seen += page["items"]
            cursor = page["next_cursor"]
        kinds = [entry["type"] for entry in seen]
        self.assertEqual(sorted(kinds), sorted(
            ["run.created", "comment.added", "version.published", "draft.saved", "pipeline.created"]))
        save = next(entry for entry in seen if entry["type"] == "draft.saved")
        self.assertEqual(save["data"], {"revision": 4, "from": 1}, "saves in a row are one entry")


class Following(TogetherTest):
    def test_a_pipeline_tells_what_happens_with_it(self):
        path = self.made()
        with Live(self.service, path + "/events?presence=editing") as live:
            there = live.next("presence")
            self.assertEqual([(one["id"], one["mode"]) for one in there["people"]], [("local", "editing")])
            self.saved(path, DOCUMENT.replace("hi ", "hello "))
            saved = live.next("draft.saved")
            self.assertEqual((saved["data"]["revision"], saved["by"]["id"]), (2, "local"))
            self.ask("POST", path + "/versions", {"message": "One"})
            self.assertEqual(live.next("version.published")["data"], {"number": 1, "message": "One"})
            self.ask("POST", path + "/comments", {"text": "Nice"})
            said = live.next("comment.added")
            self.start(self.service, path.split("/")[-1], Prefer="wait=30")
            self.assertEqual(live.next("run.created")["run"]["number"], 1)
            self.assertEqual(live.next("run.finished")["run"]["status"], "succeeded")
            with Live(self.service, path + "/events?presence=viewing"):
                self.assertEqual(len(live.next("presence")["people"]), 1, "one person, however many windows")
            self.assertEqual(live.next("presence")["people"][0]["mode"], "editing")
        with Live(self.service, path + "/events", last=saved["id"]) as live:
            self.assertEqual([live.next("version.published")["type"], live.next("comment.added")["id"]],
                             ["version.published", said["id"]])

    def test_a_dashboard_hears_of_all_and_ends_with_the_server(self):
        with Live(self.service, "/api/v1/events") as live:
            self.refused(self.ask("GET", "/api/v1/events", Last_Event_ID="x"), 400, "bad_request")
            path = self.made()
            self.assertEqual(live.next("pipeline.created")["pipeline"]["name"], "greeting")
            self.ask("DELETE", path, If_Match="*")
            self.assertEqual(live.next("pipeline.trashed")["pipeline"]["id"], path.split("/")[-1])
            self.assertEqual(self.service.stop(), 0)
            self.assertIsNone(live.next("nothing"))

    def test_who_missed_much_is_told_to_read_anew(self):
        path = self.made()
        for number in range(510):
            self.ask("POST", path + "/comments", {"text": str(number)})
        with Live(self.service, path + "/events", last=0) as live:
            self.assertEqual(live.next()["type"], "reset")
