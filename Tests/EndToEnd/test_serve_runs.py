"""Runs over HTTP: live events, control, crashes, draining, files."""

import hashlib
import unittest

from serving import ServingTest, call, gate, signal
from support import code, value

WRITER = "open('report.txt', 'w').write('0123456789' * 10)\nresult = 1\n"


class Runs(ServingTest):
    def test_shows_a_run_while_it_happens(self):
        service = self.serve()
        pipeline = self.create(service, [
            value("a", "1"), code("b", "print('one')\nprint('two')\nresult = inputs[\"x\"] + 1\n", with_={"inputs": {
                "x": "{{ steps.a.output.result }}"}})])
        run = self.start(service, pipeline)
        with service.events(run["id"]) as events:
            seen = list(events)
        self.assertEqual(events.answer.getheader("content-type"), "text/event-stream")
        self.assertEqual(events.retry, 1000)
        kinds = [event["type"] for _, event in seen]
        self.assertEqual((kinds[0], kinds[-1]), ("run.created", "run.finished"))
        self.assertEqual([event["step"] for _, event in seen if event["type"] == "step.succeeded"], ["a", "b"])
        text = "".join(event["data"]["text"] for _, event in seen if event["type"] == "log")
        self.assertEqual(text, "one\ntwo\n")
        identities = [identity for identity, _ in seen]
        self.assertEqual(len(set(identities)), len(identities))
        ended = service.request("GET", "/api/v1/runs/" + run["id"]).json
        self.assertEqual((ended["status"], ended["outputs"]["b"]["result"]), ("succeeded", 2), ended)
        self.assertEqual(ended["pipeline"], {"id": pipeline, "name": "test"})
        self.assertEqual(ended["document"]["steps"][0]["id"], "a")
        logs = service.request("GET", ended["links"]["logs"]).json["items"]
        self.assertEqual("".join(chunk["text"] for chunk in logs), "one\ntwo\n")
        self.assertEqual(service.request("GET", "/api/v1/runs/%s/steps/b/logs" % run["id"]).json["items"], logs)
        newest = service.request("GET", ended["links"]["logs"] + "?order=newest&limit=1").json
        self.assertEqual(newest["items"], logs[-1:])
        for query in ("order=sideways", "cursor=" + b'{"before":2}'.hex(), "order=newest&cursor=" + b'{"after":2}'.hex()):
            refused = service.request("GET", ended["links"]["logs"] + "?" + query)
            self.assertEqual((refused.status, refused.json["code"]), (400, "invalid_field_value"), refused.json)
        step = service.request("GET", "/api/v1/runs/%s/steps/b" % run["id"]).json
        self.assertEqual((step["inputs"]["inputs"], step["status"]), ({"x": 1}, "succeeded"))

    def test_goes_on_from_the_last_event(self):
        service = self.serve()
        run = self.start(service, self.create(service, [value("s%d" % n, "1") for n in range(20)]))
        whole = [identity for identity, _ in service.events(run["id"])]
        for cut in range(0, len(whole) - 1, 7):
            with service.events(run["id"], whole[cut]) as events:
                self.assertEqual([identity for identity, _ in events], whole[cut + 1:])
        with service.events(run["id"], whole[-1]) as events:
            self.assertEqual(list(events), [])

    def test_goes_on_from_the_last_event_while_it_happens(self):
        with gate() as door:
            service = self.serve("--allow-host", door.address)
            run = self.start(service, self.create(service, [
                value("a", "1"), call("b", "http://%s/" % door.address, needs=["a"]), value("c", "1", needs=["b"])]))
            with service.events(run["id"]) as events:
                last, _ = events.until("attempt.started", "b")
            with service.events(run["id"], last) as events:
                door.open.set()
                rest = [event["type"] for _, event in events]
        self.assertEqual(rest, ["step.succeeded", "attempt.started", "step.succeeded", "run.finished"])

    def test_refuses_a_last_event_that_is_none(self):
        service = self.serve()
        run = self.start(service, self.create(service, [value("a", "1")]))
        for last in ("x", "-1", "1 "):
            reply = service.request("GET", "/api/v1/runs/%s/events" % run["id"], Last_Event_ID=last)
            if last.strip() == "1":
                continue
            self.refused(reply, 400, "bad_request")

    def test_waits_for_the_end_as_long_as_preferred(self):
        with gate() as door:
            service = self.serve("--allow-host", door.address)
            quick = self.create(service, [value("a", "6 * 7")], name="quick")
            slow = self.create(service, [call("a", "http://%s/" % door.address)], name="slow")
            run = self.start(service, quick, Prefer="wait=30")
            self.assertEqual((run["status"], run["outputs"]["a"]["result"]), ("succeeded", 42))
            self.assertEqual(self.start(service, slow, Prefer="wait=1")["status"], "running")
            self.assertEqual(self.start(service, slow, Prefer="wait=0")["status"], "running")

    def test_checks_inputs_all_at_once(self):
        service = self.serve()
        pipeline = self.create(
            service, [value("a", "inputs.n")], inputs={"n": {"type": "integer"}, "m": {"type": "string"}})
        path = "/api/v1/pipelines/%s/runs" % pipeline
        problem = self.refused(service.request("POST", path, {"inputs": {"n": "x", "k": 1}}), 422, "invalid_inputs")
        self.assertEqual({error["path"] for error in problem["errors"]}, {"inputs.n", "inputs.m", "inputs.k"})
        self.assertEqual(service.request("GET", "/api/v1/runs").json["items"], [])

    def test_wants_the_secrets_of_the_document(self):
        with gate() as door:
            door.open.set()
            steps = [{"id": "a", "type": "api", "with": {
                "url": "http://%s/" % door.address, "headers": {"X-Key": "{{ secrets.KEY }}"}}}]
            service = self.serve("--allow-host", door.address)
            path = "/api/v1/pipelines/%s/runs" % self.create(service, steps)
            self.refused(service.request("POST", path), 422, "secret_missing")
            service.stop()
            file = self.place.write("key", "hush-hush-hush\n")
            service = self.serve("--allow-host", door.address, "--secret", "KEY=@" + file)
            reply = service.request("POST", path, Prefer="wait=30")
            self.assertEqual(reply.json["status"], "succeeded", str(reply))
            self.assertNotIn(b"hush-hush-hush", reply.body)

    def test_starts_once_under_the_same_key(self):
        service = self.serve()
        path = "/api/v1/pipelines/%s/runs" % self.create(service, [value("a", "1")])
        first = service.request("POST", path, {}, Idempotency_Key="k")
        again = service.request("POST", path, {}, Idempotency_Key="k")
        self.assertEqual((first.status, again.status, again.body), (202, 202, first.body))
        self.refused(
            service.request("POST", path, {"inputs": {}}, Idempotency_Key="k"), 422, "idempotency_key_reused")
        self.assertEqual(len(service.request("GET", "/api/v1/runs").json["items"]), 1)
        # What was refused may be corrected under the same key.
        self.refused(service.request("POST", path, {"inputs": {"x": 1}}, Idempotency_Key="j"), 422, "invalid_inputs")
        self.assertEqual(service.request("POST", path, {}, Idempotency_Key="j").status, 202)

    def test_lists_runs_by_what_is_looked_for(self):
        service = self.serve()
        good = self.create(service, [value("a", "1")], name="good")
        bad = self.create(service, [value("a", "1 / 0")], name="bad")
        runs = [self.start(service, pipeline, Prefer="wait=30") for pipeline in (good, bad, good, good)]
        def numbers(query):
            found, cursor = [], ""
            while cursor is not None:
                reply = service.request("GET", "/api/v1/runs?limit=2&%s%s" % (query, cursor and "&cursor=" + cursor))
                found += [run["number"] for run in reply.json["items"]]
                cursor = reply.json["next_cursor"]
            return found
        self.assertEqual(numbers(""), [4, 3, 2, 1])
        self.assertEqual(numbers("pipeline=" + good), [4, 3, 1])
        self.assertEqual(numbers("pipeline=bad"), [2])
        self.assertEqual(numbers("status=failed"), [2])
        self.assertEqual(numbers("status=failed,cancelled&pipeline=" + good), [])
        self.assertEqual(numbers("trigger=manual&since=%s" % runs[2]["created_at"]), [4, 3])
        self.assertEqual(numbers("until=%s" % runs[1]["created_at"]), [1])
        self.assertEqual(numbers("trigger=schedule"), [])
        for query in ("status=done", "since=yesterday", "cursor=zz", "limit=0"):
            self.refused(service.request("GET", "/api/v1/runs?" + query), 400, "invalid_field_value")


class Control(ServingTest):
    def setUp(self):
        super().setUp()
        door = gate()
        self.door = door.__enter__()
        self.addCleanup(door.__exit__, None, None, None)
        self.url = "http://%s/" % self.door.address

    def served(self, *arguments, **environment):
        return self.serve("--allow-host", self.door.address, *arguments, **environment)

    def test_cancels_within_a_second(self):
        service = self.served()
        run = self.start(service, self.create(service, [
            call("a", self.url), code("loop", "while True: pass\n"), value("never", "1", needs=["a"])]))
        with service.events(run["id"]) as events:
            self.door.await_arrivals(1)
            reply = service.request("POST", "/api/v1/runs/%s/cancel" % run["id"])
            self.assertEqual(reply.status, 202, str(reply))
            asked = None
            for _, event in events:
                if event["type"] == "run.cancelling":
                    asked = event["at"]
                last = event
        self.assertEqual((last["type"], last["data"]["status"]), ("run.finished", "cancelled"))
        self.assertLess(self.seconds(last["at"]) - self.seconds(asked), 1)
        again = service.request("POST", "/api/v1/runs/%s/cancel" % run["id"])
        self.assertEqual((again.status, again.json["status"]), (202, "cancelled"))

    @staticmethod
    def seconds(text):
        hours, minutes, rest = text[11:-1].split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    def test_pauses_and_goes_on(self):
        service = self.served()
        run = self.start(service, self.create(service, [call("a", self.url), value("b", "1", needs=["a"])]))
        path = "/api/v1/runs/" + run["id"]
        with service.events(run["id"]) as events:
            self.door.await_arrivals(1)
            self.assertEqual(service.request("POST", path + "/pause").status, 202)
            self.door.open.set()
            events.until("run.waiting")
            waiting = service.request("GET", path).json
            self.assertEqual(
                (waiting["status"], self.step(waiting, "a")["status"], self.step(waiting, "b")["status"]),
                ("waiting", "succeeded", "queued"))
            self.assertIn("paused", self.step(waiting, "b")["waiting_for"])
            self.assertEqual((run["paused"], waiting["paused"]), (False, True))
            self.assertTrue(service.request("GET", "/api/v1/runs").json["items"][0]["paused"])
            self.assertEqual(service.stop(), 0)
        # A pause outlasts the server.
        service = self.served()
        self.assertEqual(service.request("GET", path).json["status"], "waiting")
        self.assertTrue(service.request("GET", path).json["paused"])
        resumed = service.request("POST", path + "/resume")
        self.assertEqual((resumed.status, resumed.json["paused"]), (202, False))
        self.assertEqual(service.ended(run["id"])["status"], "succeeded")
        self.refused(service.request("POST", path + "/pause"), 409, "state_conflict")

    def test_retries_from_what_failed_or_from_a_named_step(self):
        service = self.served()
        self.door.open.set()
        pipeline = self.create(service, [
            call("a", self.url + "a"), value("b", "inputs.fail ? 1 / 0 : 1", needs=["a"]),
            value("c", "1", needs=["b"])], inputs={"fail": {"type": "boolean"}})
        run = self.start(service, pipeline, {"fail": True}, Prefer="wait=30")
        path = "/api/v1/runs/" + run["id"]
        self.assertEqual(run["status"], "failed")
        self.assertEqual(service.request("POST", path + "/retry").status, 202)
        run = service.ended(run["id"])
        self.assertEqual([len(step["attempts"]) for step in run["steps"]], [1, 2, 0])
        self.assertEqual(self.door.came, ["/a"], "upstream is reused")
        self.assertEqual(service.request("POST", path + "/retry", {"step": "a"}).status, 202)
        run = service.ended(run["id"])
        self.assertEqual([len(step["attempts"]) for step in run["steps"]], [2, 3, 0])
        self.assertEqual(self.door.came, ["/a", "/a"])
        self.refused(service.request("POST", path + "/retry", {"step": "z"}), 400, "invalid_field_value")

    def test_fifty_running_runs_outlast_a_kill(self):
        widths = {"CODE_FACTORY_WIDTH_API": "64"}
        service = self.served(**widths)
        pipeline = self.create(service, [
            call("once", self.url + "free/{{ run.number }}"), call("held", self.url + "held/{{ run.number }}",
                                                                    needs=["once"]),
            value("after", "1", needs=["held"])])
        runs = [self.start(service, pipeline)["id"] for _ in range(50)]
        self.door.await_arrivals(100)
        service.process.kill()
        service.process.wait()
        self.door.open.set()
        service = self.served(**widths)
        ended = [service.ended(run) for run in runs]
        self.assertEqual({run["status"] for run in ended}, {"succeeded"})
        for run in ended:
            self.assertEqual(
                [[attempt["status"] for attempt in step["attempts"]] for step in run["steps"]],
                [["succeeded"], ["lost", "succeeded"], ["succeeded"]])
        came = sorted(self.door.came)
        self.assertEqual(came, sorted(
            ["/free/%d" % n for n in range(1, 51)] + 2 * ["/held/%d" % n for n in range(1, 51)]))

    def test_drains_what_runs_and_leaves_the_rest_for_later(self):
        service = self.served()
        run = self.start(service, self.create(service, [call("a", self.url), value("b", "1", needs=["a"])]))
        with service.events(run["id"]) as events:
            self.door.await_arrivals(1)
            service.process.send_signal(signal.SIGTERM)
            for _ in events:
                pass
            self.assertEqual(events.comments[-1], "the server stops; come back later")
        self.door.open.set()
        self.assertEqual(service.process.wait(60), 0)
        service = self.served()
        run = service.ended(run["id"])
        self.assertEqual(
            [[attempt["status"] for attempt in step["attempts"]] for step in run["steps"]],
            [["succeeded"], ["succeeded"]], "the attempt that ran when the signal came was let finish")

    def test_gives_up_what_does_not_end_in_time(self):
        service = self.served("--drain-seconds", "1")
        run = self.start(service, self.create(service, [call("a", self.url)]))
        self.door.await_arrivals(1)
        self.assertEqual(service.stop(), 0)
        self.door.open.set()
        service = self.served()
        run = service.ended(run["id"])
        self.assertEqual(
            [attempt["status"] for attempt in self.step(run, "a")["attempts"]], ["lost", "succeeded"])

    def test_a_second_signal_ends_it_at_once(self):
        service = self.served("--drain-seconds", "600")
        self.start(service, self.create(service, [call("a", self.url)]))
        self.door.await_arrivals(1)
        service.process.send_signal(signal.SIGTERM)
        while "stopping" not in service.words():
            service.process.poll()
        service.process.send_signal(signal.SIGTERM)
        self.assertNotEqual(service.process.wait(10), None)


class Files(ServingTest):
    def run_writer(self, service, **more):
        pipeline = self.create(service, [code("write", WRITER, with_={"outputs": ["report.txt"]})], **more)
        return self.start(service, pipeline, Prefer="wait=60")

    def test_gives_what_a_run_wrote_as_a_download(self):
        service = self.serve()
        steps = [{"id": "write", "type": "file", "with": {
            "operation": "write", "path": "out/report.txt", "content": "0123456789" * 10}}]
        run = self.start(service, self.create(service, steps, changes="review"), Prefer="wait=60")
        self.assertEqual((run["status"], run["changes"]["status"]), ("succeeded", "pending"), run)
        artifacts = service.request("GET", run["links"]["artifacts"]).json["items"]
        self.assertEqual([(a["path"], a["size"], a["state"]) for a in artifacts], [("out/report.txt", 100, "pending")])
        path = artifacts[0]["links"]["self"]
        whole = service.request("GET", path)
        self.assertEqual(whole.body, b"0123456789" * 10)
        self.assertEqual(whole.tag, '"%s"' % hashlib.sha256(whole.body).hexdigest())
        self.assertTrue(whole.headers["content-disposition"].startswith('attachment; filename="report.txt"'))
        self.assertEqual(whole.headers["content-security-policy"], "sandbox; default-src 'none'")
        self.assertEqual(whole.headers["x-content-type-options"], "nosniff")
        for asked, status, body, where in (
                ("bytes=0-4", 206, b"01234", "bytes 0-4/100"), ("bytes=95-", 206, b"56789", "bytes 95-99/100"),
                ("bytes=-3", 206, b"789", "bytes 97-99/100"), ("bytes=90-500", 206, b"0123456789", "bytes 90-99/100")):
            part = service.request("GET", path, Range=asked)
            self.assertEqual((part.status, part.body, part.headers["content-range"]), (status, body, where))
        outside = service.request("GET", path, Range="bytes=100-")
        self.refused(outside, 416, "range_not_satisfiable")
        self.assertEqual(outside.headers["content-range"], "bytes */100")
        self.assertEqual(service.request("GET", path, Range="bytes=0-1", If_Range='"old"').status, 200)
        self.assertEqual(service.request("GET", path, If_None_Match=whole.tag).status, 304)
        self.assertEqual(service.request("HEAD", path).headers["content-length"], "100")

    def test_applies_or_discards_changes(self):
        service = self.serve()
        steps = [{"id": "write", "type": "file", "with": {"operation": "write", "path": "a.txt", "content": "new\n"}}]
        pipeline = self.create(service, steps, changes="review")
        file = self.place.data / "workspaces" / "local" / "a.txt"
        dropped = self.start(service, pipeline, Prefer="wait=60")
        changes = service.request("GET", dropped["links"]["changes"]).json
        self.assertEqual((changes["status"], changes["files"][0]["action"]), ("pending", "create"))
        self.assertIn("+new", changes["files"][0]["diff"])
        reply = service.request("POST", dropped["links"]["changes"] + "/discard")
        self.assertEqual((reply.status, reply.json["status"], file.exists()), (200, "discarded", False))
        kept = self.start(service, pipeline, Prefer="wait=60")
        reply = service.request("POST", kept["links"]["changes"] + "/apply")
        self.assertEqual((reply.json["status"], file.read_text()), ("applied", "new\n"))
        self.refused(service.request("POST", kept["links"]["changes"] + "/apply"), 409, "state_conflict")

    def test_reaches_the_workspace_and_nothing_else(self):
        service = self.serve()
        ask = service.request
        put = ask("PUT", "/api/v1/files?path=notes/a%20b.txt", "hello", Content_Type="application/octet-stream")
        self.assertEqual(put.status, 201, str(put))
        got = ask("GET", "/api/v1/files?path=notes/a%20b.txt")
        self.assertEqual((got.body, got.tag), (b"hello", put.tag))
        self.assertEqual(ask("GET", "/api/v1/files?path=notes/a%20b.txt", Range="bytes=1-2").body, b"el")
        listing = ask("GET", "/api/v1/files").json["items"]
        self.assertEqual([(item["path"], item["kind"]) for item in listing], [("notes", "folder")])
        stale = ask("PUT", "/api/v1/files?path=notes/a%20b.txt", "x", Content_Type="application/octet-stream",
                    If_Match='"0"')
        self.refused(stale, 412, "precondition_failed")
        for path in ("../token", "/etc/passwd", "notes/../../token", "a%00b", "~/x", "notes%2f..%2f..%2ftoken"):
            reply = ask("GET", "/api/v1/files?path=" + path)
            self.assertEqual(reply.status, 400, "%s: %s" % (path, reply))
        (self.place.data / "workspaces" / "local" / "link").symlink_to(self.place.data / "token")
        self.refused(ask("GET", "/api/v1/files?path=link"), 403, "forbidden")
        self.assertEqual(ask("DELETE", "/api/v1/files?path=notes/a%20b.txt").status, 204)
        self.refused(ask("GET", "/api/v1/files?path=notes/a%20b.txt"), 404, "not_found")
        self.refused(ask("DELETE", "/api/v1/files?path=notes/a%20b.txt"), 404, "not_found")


if __name__ == "__main__":
    unittest.main()
