"""Secrets, variables and environments of a server: kept sealed, given to runs, and found nowhere else."""

import base64
import html
import json
import os
import random
import re
import subprocess
import unittest
import urllib.parse

from serving import ServingTest, call, gate
from support import FACTORY, PATIENCE_SECONDS, code, recorder, value

TOKEN = "pl4nted/S3cret+value?x=1&y=%41~"
NOTE = 'a "quoted" line\\with Ünïcödé 😀\nand a second lïne\tof <it>'
PIN = "4815162342"


def spellings(text):
    """Every way to write a secret that nothing kept or shown may hold."""
    raw = text.encode()
    yield text
    yield json.dumps(text)[1:-1]
    yield json.dumps(json.dumps(text))[3:-3]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield repr(text)[1:-1]
    yield html.escape(text)
    for safe in ("", "/", "~", "/~:?&="):
        yield urllib.parse.quote(text, safe=safe)
        yield re.sub("%..", lambda found: found.group().lower(), urllib.parse.quote(text, safe=safe))
    yield urllib.parse.quote_plus(text)
    yield raw.hex()
    yield raw.hex().upper()
    yield raw.hex(":")
    for alignment in range(3):
        # The digits that do not depend on what stands around it.
        digits = base64.b64encode(b"\0" * alignment + raw).decode()
        core = digits[(alignment * 8 + 5) // 6:(alignment + len(raw)) * 8 // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")


class APlantedSecret(ServingTest):
    """Used in every way, printed in every spelling, and searched for in everything that is kept, shown or said."""

    STEPS = [
        code("prints", """
import base64, html, json, sys, urllib.parse
for name, text in inputs["secrets"].items():
    raw = text.encode()
    print("plain", text, "end")
    for before in (b"", b"u", b"us", b"user:"):
        for after in (b"", b"!", b"??"):
            print(base64.b64encode(before + raw + after).decode())
            print(base64.urlsafe_b64encode(before + raw + after).decode())
    print(base64.encodebytes(raw * 3).decode())
    print(raw.hex(), raw.hex().upper(), raw.hex(":"), raw.hex(" "))
    print(urllib.parse.quote(text), urllib.parse.quote(text, safe=""), urllib.parse.quote_plus(text))
    print(json.dumps(text), json.dumps(json.dumps(text)), json.dumps(text, ensure_ascii=False), repr(text))
    print(html.escape(text))
    for cut in range(1, len(text)):
        sys.stderr.write(text[:cut])
        sys.stderr.flush()
        sys.stderr.write(text[cut:] + "|")
    sys.stderr.flush()
    progress(1, 2, "now with " + text)
result = "printed"
""", with_={"secrets": ["TOKEN", "NOTE", "PIN"]}),
        code("returns", """
import base64
s = inputs["secrets"]
result = {"plain": s["TOKEN"], s["NOTE"]: [s["NOTE"], {"deep": s["TOKEN"] * 2}], "number": int(s["PIN"]),
          "base64": base64.b64encode(s["NOTE"].encode()).decode(), "within": "x" + s["PIN"] + "y"}
""", with_={"secrets": ["TOKEN", "NOTE", "PIN"]}),
        code("returns_much", "result = [inputs['secrets']['TOKEN'] + ' and more'] * 4000",
             with_={"secrets": ["TOKEN"]}),
        code("fails", "raise ValueError('no: ' + inputs['secrets']['TOKEN'] + inputs['secrets']['NOTE'])",
             with_={"secrets": ["TOKEN", "NOTE"]}, on_error="continue"),
        code("runs_out_of_time", """
import select
print(inputs["secrets"]["TOKEN"], flush=True)
select.select([], [], [], 600)
""", with_={"secrets": ["TOKEN"]}, timeout="1s", on_error="continue"),
        code("names_a_file", "open(inputs['secrets']['PIN'] + '.txt', 'w').write('x')\nresult = 1",
             with_={"secrets": ["PIN"], "files": "write"}, on_error="continue"),
        {"id": "sends", "type": "api", "with": {
            "method": "POST", "url": "{{ inputs.url }}?fixed=1", "headers": {"X-Token": "key {{ secrets.TOKEN }}"},
            "query": {"q": "{{ secrets.NOTE }}", "pin": ["{{ secrets.PIN }}"]},
            "json": {"note": "{{ secrets.NOTE }}", "pin": "{{ secrets.PIN }}"},
            "auth": {"basic": {"username": "u", "password": "{{ secrets.TOKEN }}"}}}},
        {"id": "is_refused", "type": "api", "on_error": "continue", "with": {
            "method": "PUT", "url": "{{ inputs.url }}", "text": "{{ secrets.NOTE }}", "expect": 404}},
        {"id": "form", "type": "api", "with": {
            "method": "POST", "url": "{{ inputs.url }}", "form": {"a": "{{ secrets.NOTE }}"},
            "auth": {"bearer": "{{ secrets.TOKEN }}"}}},
        {"id": "does_not_connect", "type": "api", "on_error": "continue", "with": {
            "url": "http://{{ inputs.closed }}/", "query": {"q": "{{ secrets.TOKEN }}"}}},
        value("passes_on", "[steps.sends.output, steps.returns.output, json(steps.form.output)]"),
        value("fails_with_what_it_got", "int(json(steps.returns.output))", on_error="continue"),
    ]

    def test_is_nowhere_to_be_found(self):
        with recorder() as server, gate() as closed:
            service = self.serve(
                "--allow-host", server.address, "--log-level", "trace", OPENAI_BASE_URL="http://127.0.0.1:9/v1")
            shown = []

            def ask(method, path, body=None, **headers):
                reply = service.request(method, path, body, **headers)
                shown.append((method + " " + path, str(reply)))
                return reply

            for name, secret in (("TOKEN", TOKEN), ("NOTE", NOTE), ("PIN", PIN)):
                reply = ask("PUT", "/api/v1/secrets/" + name, {"value": secret, "description": "planted"})
                self.assertEqual(reply.status, 201, str(reply))
            # The control: what is no secret is found in what is searched.
            ask("PUT", "/api/v1/variables/CONTROL", {"value": "control-7f3a"})
            pipeline = self.create(service, [*self.STEPS, value("control", "vars.CONTROL")], inputs={
                "url": {"type": "string"}, "closed": {"type": "string"}, "told": {"type": "string"}})
            inputs = {"url": "http://%s/echo" % server.address, "closed": closed.address,
                      "told": "a person pasted %s here" % TOKEN}
            run = ask("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": inputs}).json["id"]
            with service.events(run) as events:
                shown.append(("events", "\n".join(json.dumps(event, ensure_ascii=False) for _, event in events)))
            ended = ask("GET", "/api/v1/runs/" + run).json
            self.assertEqual(ended["status"], "succeeded", json.dumps(ended)[:4000])
            statuses = {step["id"]: step["status"] for step in ended["steps"]}
            failed = {"fails", "runs_out_of_time", "names_a_file", "is_refused", "does_not_connect",
                      "fails_with_what_it_got"}
            self.assertEqual({step for step, status in statuses.items() if status == "failed"}, failed, statuses)
            self.assertEqual(self.step(ended, "names_a_file")["error"]["code"], "secret_in_path")
            # What is left says whose place it was.
            returned = self.step(ended, "returns")["output"]["result"]
            self.assertEqual(
                (returned["plain"], returned["[secret NOTE]"], returned["number"], returned["base64"]),
                ("[secret TOKEN]", ["[secret NOTE]", {"deep": "[secret TOKEN][secret TOKEN]"}], "[secret PIN]",
                 "[secret NOTE]"))
            logs = service.request("GET", "/api/v1/runs/%s/steps/prints/logs?limit=200" % run).json["items"]
            printed = "".join(chunk["text"] for chunk in logs)
            self.assertGreater(printed.count("[secret TOKEN]"), 60, printed[:2000])
            self.assertEqual(ended["inputs"]["told"], "a person pasted [secret TOKEN] here")
            # It did what it was meant to: the other side got the values.
            sent = server.requests[0]
            self.assertEqual(sent["headers"]["X-Token"], "key " + TOKEN)
            self.assertEqual(json.loads(sent["body"]), {"note": NOTE, "pin": PIN})
            self.assertEqual(
                base64.b64decode(sent["headers"]["Authorization"].split()[1]).decode(), "u:" + TOKEN)

            for step in [step["id"] for step in ended["steps"]]:
                ask("GET", "/api/v1/runs/%s/steps/%s" % (run, step))
                ask("GET", "/api/v1/runs/%s/steps/%s/logs?limit=200" % (run, step))
            for path in ("/api/v1/runs/%s/logs?limit=200" % run, "/api/v1/runs/%s/changes" % run,
                         "/api/v1/runs/%s/artifacts" % run, "/api/v1/runs", "/api/v1/pipelines", "/metrics",
                         "/api/v1/secrets", "/api/v1/secrets/TOKEN", "/api/v1/doctor"):
                ask("GET", path)
            evaluate = "/api/v1/pipelines/%s/evaluate" % pipeline
            for expression in ("steps", "steps.sends.output", "json(steps.returns.output)"):
                ask("POST", evaluate, {"expression": expression, "run": run})
            ask("POST", "/api/v1/runs/%s/retry" % run, {"step": "returns"})
            service.ended(run)
            ask("GET", "/api/v1/runs/" + run)
            self.refuse_all(ask, pipeline)

            for arguments in (["runs", "show", "-o", "json"], ["runs", "logs"], ["secret", "list", "-o", "json"]):
                answer = self.place.factory(*arguments, "--data", self.place.data)
                shown.append((" ".join(arguments), str(answer)))
            backup = self.place.folder / "backup"
            self.expect(self.place.factory("backup", backup, "--data", self.place.data), 0)
            self.search(shown, service)
            self.assertEqual(service.stop(), 0)
            self.search(shown, service)

    def refuse_all(self, ask, pipeline):
        """Bad requests that hold the value: no answer repeats it."""
        for body in ('{"value": "%s' % TOKEN, {"value": [TOKEN]}, {"value": TOKEN, "hosts": ["a b"]},
                     {"value": TOKEN, "hosts": TOKEN}, {"value": TOKEN, "environment": "nowhere"},
                     {"value": TOKEN, "description": 7}, {"value": TOKEN + "\0"}, {"value": TOKEN * 5000}):
            for path in ("/api/v1/secrets/TOKEN", "/api/v1/variables/TOKEN"):
                if path.endswith("variables/TOKEN") and isinstance(body, dict) and "hosts" not in body:
                    continue
                reply = ask("PUT", path, body)
                self.assertGreaterEqual(reply.status, 400, str(reply))
                self.assertLess(reply.status, 500, str(reply))
        ask("PUT", "/api/v1/secrets/TOKEN", TOKEN)
        ask("PUT", "/api/v1/secrets/TOKEN", {"value": TOKEN}, If_Match='"77"')
        ask("POST", "/api/v1/pipelines/%s/runs" % pipeline, {"inputs": {"url": "x"}, "environment": "nowhere"})

    def search(self, shown, service):
        found, control = [], 0
        texts = [(name, text) for name, text in shown] + [("standard error of the server", service.words())]
        for folder, _, names in os.walk(self.place.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    texts.append((os.path.relpath(path, self.place.folder), file.read().decode("latin-1")))
        for name, text in texts:
            # Files are bytes; a spelling outside ASCII is looked for as they are.
            control += "control-7f3a" in text
            for secret in (TOKEN, NOTE, *NOTE.split("\n"), PIN):
                for form in spellings(secret):
                    if form in text or form.encode().decode("latin-1") in text:
                        found.append((name, form))
        self.assertEqual(found, [])
        self.assertGreaterEqual(control, 3, "the search finds what is there")


class Secrets(ServingTest):
    def put(self, service, name, value, status=None, **more):
        reply = service.request("PUT", "/api/v1/secrets/" + name, {"value": value, **more})
        self.assertIn(reply.status, (status,) if status else (200, 201), str(reply))
        return reply

    def test_go_in_and_do_not_come_out(self):
        service = self.serve()
        made = self.put(service, "KEY", "first-value", 201, hosts=["API.example.com"], description="for the API")
        self.assertEqual(made.tag, '"1"')
        self.assertEqual(
            (self.place.data / "master.key").stat().st_mode & 0o777, 0o600)
        got = service.request("GET", "/api/v1/secrets/KEY").json
        self.assertEqual(
            {name: got[name] for name in ("name", "environment", "hosts", "description", "version", "last_used_at")},
            {"name": "KEY", "environment": None, "hosts": ["api.example.com"], "description": "for the API",
             "version": 1, "last_used_at": None})
        self.assertNotIn("value", got)
        self.assertEqual(self.put(service, "KEY", "second-value", 200).json["version"], 2)
        self.assertEqual(service.request("GET", "/api/v1/secrets").json["total"], 1)
        path = "/api/v1/secrets/KEY"
        self.refused(service.request("PUT", path, {"value": "x" * 9}, If_Match='"1"'), 412, "precondition_failed")
        self.refused(service.request("PUT", path, {"value": "x" * 9}, If_None_Match="*"), 412, "precondition_failed")
        self.assertEqual(service.request("PUT", path, {"value": "x" * 9}, If_Match='"2"').tag, '"3"')
        self.refused(service.request("DELETE", path, If_Match='"2"'), 412, "precondition_failed")
        self.assertEqual(service.request("DELETE", path, If_Match='"3"').status, 204)
        self.refused(service.request("DELETE", path), 404, "not_found")
        self.refused(service.request("GET", path), 404, "not_found")

    def test_are_refused_with_place_and_hint(self):
        service = self.serve()
        for name, body, place in (
                ("1KEY", {"value": "x"}, "name"), ("KEY", {}, "value"), ("KEY", {"value": ""}, "value"),
                ("KEY", {"value": 7}, "value"), ("KEY", {"value": "x", "hosts": ["ok.example", "https://x"]}, "hosts[1]"),
                ("KEY", {"value": "x", "hosts": ["*.com"]}, "hosts[0]"), ("KEY", {"value": "x", "hosts": "x"}, "hosts"),
                ("KEY", {"value": "x", "environment": "prod"}, "environment"),
                ("KEY", {"value": "x", "environment": "No Name"}, "environment"),
                ("KEY", {"value": "x" * 65537}, "value"), ("KEY", {"value": "x", "description": "x" * 501}, "description")):
            problem = self.refused(
                service.request("PUT", "/api/v1/secrets/" + name, body), 400, "invalid_field_value")
            self.assertEqual([error["path"] for error in problem["errors"]], [place], problem)
        self.refused(service.request("PUT", "/api/v1/secrets/KEY", {"value": "x", "valu": 1}), 400, "unknown_field")
        self.refused(service.request("GET", "/api/v1/secrets", key=False), 401, "unauthorized")
        self.assertEqual(service.request("GET", "/api/v1/secrets").json["items"], [])

    def test_are_listed_in_pages_and_by_environment(self):
        service = self.serve()
        self.assertEqual(service.request("PUT", "/api/v1/environments/prod", {}).status, 201)
        for name in ("A", "B", "C"):
            self.put(service, name, "value-of-" + name)
        self.put(service, "B", "another", environment="prod")
        found, cursor = [], ""
        while cursor is not None:
            reply = service.request("GET", "/api/v1/secrets?limit=1" + (cursor and "&cursor=" + cursor)).json
            found += [(item["name"], item["environment"]) for item in reply["items"]]
            cursor = reply["next_cursor"]
        self.assertEqual(found, [("A", None), ("B", None), ("B", "prod"), ("C", None)])
        listed = service.request("GET", "/api/v1/secrets?environment=prod").json["items"]
        self.assertEqual([item["name"] for item in listed], ["B"])
        listed = service.request("GET", "/api/v1/secrets?environment=").json["items"]
        self.assertEqual([item["name"] for item in listed], ["A", "B", "C"])
        self.refused(service.request("GET", "/api/v1/secrets?cursor=x"), 400, "invalid_field_value")

    def test_bound_to_hosts_go_nowhere_else(self):
        with recorder() as server, recorder() as other:
            service = self.serve("--allow-host", server.address, "--allow-host", other.address)
            self.put(service, "BOUND", "bound-value", hosts=[server.address, "*.example.com"])
            url = {"url": {"type": "string"}}
            asks = self.create(service, [{"id": "a", "type": "api", "with": {
                "method": "POST", "url": "{{ inputs.url }}", "json": {"deep": [{"key": "x {{ secrets.BOUND }}"}]}}}],
                name="asks", inputs=url)
            good = self.start(service, asks, {"url": "http://%s/" % server.address}, Prefer="wait=30")
            self.assertEqual(good["status"], "succeeded", good)
            self.assertIn("bound-value", server.requests[0]["body"])
            bad = self.start(service, asks, {"url": "http://%s/" % other.address}, Prefer="wait=30")
            self.assertEqual(bad["error"]["code"], "secret_host_denied", bad)
            self.assertIn(other.address, bad["error"]["message"])
            self.assertIn(server.address, bad["error"]["hint"])
            self.assertEqual(other.requests, [])
            runs = self.create(
                service, [code("a", "result = len(inputs['secrets'])", with_={"secrets": ["BOUND"]})], name="runs")
            refused = self.start(service, runs, Prefer="wait=30")
            self.assertEqual(refused["error"]["code"], "secret_host_denied", refused)
            used = service.request("GET", "/api/v1/secrets/BOUND").json["last_used_at"]
            self.assertIsNotNone(used)

    def test_come_from_the_environment_of_the_run_also_after_a_crash(self):
        with recorder() as server, gate() as door:
            options = ["--allow-host", server.address, "--allow-host", door.address,
                       "--secret", "SHARED=@" + self.place.write("shared", "shared-value")]
            service = self.serve(*options)
            service.request("PUT", "/api/v1/environments/prod", {"description": "what people use"})
            self.put(service, "KEY", "default-value")
            self.put(service, "KEY", "prod-value", environment="prod")
            service.request("PUT", "/api/v1/variables/NAME", {"value": "default-name"})
            service.request("PUT", "/api/v1/variables/NAME", {"value": "prod-name", "environment": "prod"})
            service.request("PUT", "/api/v1/variables/OTHER", {"value": "other"})
            pipeline = self.create(service, [
                call("waits", "http://%s/" % door.address),
                {"id": "sends", "type": "api", "needs": ["waits"], "with": {
                    "url": "http://%s/" % server.address, "method": "POST",
                    "json": {"key": "{{ secrets.KEY }}", "shared": "{{ secrets.SHARED }}", "name": "{{ vars.NAME }}",
                             "other": "{{ vars.OTHER }}"}}}])
            path = "/api/v1/pipelines/%s/runs" % pipeline
            run = service.request("POST", path, {"environment": "prod"}).json
            self.assertEqual((run["environment"], run["variables"]), ("prod", {"NAME": "prod-name", "OTHER": "other"}))
            door.await_arrivals(1)
            service.process.kill()
            service.process.wait()
            service = self.serve(*options)
            # The run keeps the variables it began with, and is given the secrets as they are now.
            service.request("PUT", "/api/v1/variables/NAME", {"value": "changed", "environment": "prod"})
            door.open.set()
            ended = service.ended(run["id"])
            self.assertEqual(ended["status"], "succeeded", ended)
            self.assertEqual(json.loads(server.requests[0]["body"]), {
                "key": "prod-value", "shared": "shared-value", "name": "prod-name", "other": "other"})
            self.put(service, "SHARED", "own-value")
            service.request("POST", "/api/v1/runs/%s/retry" % run["id"], {"step": "sends"})
            service.ended(run["id"])
            self.assertEqual(json.loads(server.requests[1]["body"])["key"], "prod-value")
            self.assertEqual(json.loads(server.requests[1]["body"])["shared"], "own-value")
            plain = self.start(service, pipeline, Prefer="wait=30")
            self.assertEqual((plain["status"], plain["environment"]), ("succeeded", None), plain)
            self.assertEqual(json.loads(server.requests[2]["body"])["key"], "default-value")
            self.refused(service.request("POST", path, {"environment": "nowhere"}), 400, "invalid_field_value")

    def test_do_not_open_with_another_key_and_nothing_is_overwritten(self):
        service = self.serve()
        self.put(service, "KEY", "value-of-key")
        pipeline = self.create(service, [code("a", "result = 1", with_={"secrets": ["KEY"]})])
        key = self.place.data / "master.key"
        away = key.rename(self.place.folder / "away")
        for other in (None, "0b" * 32 + "\n"):
            if other:
                key.write_text(other)
                key.chmod(0o600)
            for reply in (service.request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {}),
                          service.request("PUT", "/api/v1/secrets/KEY", {"value": "another-value"})):
                problem = self.refused(reply, 503, "master_key_unavailable")
                self.assertRegex(problem["detail"], "the master key [0-9a-f]{16}, ")
            self.assertEqual(key.exists(), other is not None)
        answer = self.expect(self.place.factory("doctor", "--data", self.place.data), 0)
        self.assertRegex(answer.stdout, "limited.*master key.*is not there")
        away.rename(key)
        key.chmod(0o644)
        problem = self.refused(
            service.request("PUT", "/api/v1/secrets/KEY", {"value": "another-value"}), 503, "master_key_unavailable")
        self.assertNotIn("master.key", problem["detail"])
        answer = self.place.factory("secret", "set", "OTHER", "@" + self.place.write("v", "xxxxxx"), "--data",
                                    self.place.data)
        self.assertIn("can be reached by others (mode 644): chmod 600 it", self.expect(answer, 5).stderr)
        key.chmod(0o600)
        self.assertEqual(self.start(service, pipeline, Prefer="wait=30")["status"], "succeeded")

    def test_of_the_command_line(self):
        place, data = self.place, ["--data", self.place.data]
        self.expect(place.factory("secret", "set", "KEY", "@" + place.write("v", "value-one\n"), *data), 0)
        process = subprocess.run(
            [FACTORY, "secret", "set", "PIPED", "--host", "api.example.com", "--environment", "prod", *data, "-o", "json"],
            input="value-two\n", capture_output=True, text=True, env=place.environment, timeout=PATIENCE_SECONDS)
        self.assertEqual(process.returncode, 0, process.stderr)
        self.assertEqual(json.loads(process.stdout)["hosts"], ["api.example.com"])
        self.assertIn("made the environment prod", process.stderr)
        refused = self.expect(place.factory("secret", "set", "KEY", "value-three", *data), 2)
        self.assertNotIn("value-three", refused.stderr)
        self.assertIn("visible to other users", refused.stderr)
        # With a server beside it.
        service = self.serve()
        self.expect(place.factory("secret", "set", "BESIDE", "@" + place.write("v", "value-four"), *data), 0)
        listed = self.expect(place.factory("secret", "list", "-o", "json", *data), 0).json["items"]
        self.assertEqual([(item["name"], item["environment"]) for item in listed],
                         [("BESIDE", None), ("KEY", None), ("PIPED", "prod")])
        self.assertEqual(len(service.request("GET", "/api/v1/secrets").json["items"]), 3)
        self.expect(place.factory("secret", "remove", "BESIDE", *data), 0)
        self.expect(place.factory("secret", "remove", "BESIDE", *data), 2)
        service.stop()
        document = place.document(
            [code("a", "result = [inputs['secrets'], inputs['v']]", with_={
                "secrets": ["KEY"], "inputs": {"v": "{{ vars.PLACE }}"}})])
        ran = self.expect(place.run(document, "--var", "PLACE=here"), 0)
        self.assertEqual(ran.json["outputs"]["a"]["result"], [{"KEY": "[secret KEY]"}, "here"])
        self.assertNotIn("value-one", str(ran))
        self.expect(place.run(document, "--environment", "nowhere", "--var", "PLACE=here"), 2)
        self.expect(place.run(document, "--var", "1=x"), 2)

    def test_survive_a_new_master_key_and_a_kill_on_the_way(self):
        service = self.serve()
        for number in range(150):
            self.put(service, "S%d" % number, "value-of-%d" % number)
        pipeline = self.create(service, [
            code("a", "result = all(v == 'value-of-' + k[1:] for k, v in inputs['secrets'].items())",
                 with_={"secrets": ["S%d" % number for number in range(0, 150, 5)]})])

        def check():
            run = self.start(service, pipeline, Prefer="wait=60")
            self.assertEqual((run["status"], run["outputs"]["a"]["result"]), ("succeeded", True), run)

        rotate = ("secret", "rotate-key", "--data", self.place.data, "-o", "json")
        first = self.expect(self.place.factory(*rotate), 0).json
        self.assertEqual((first["rewrapped"], first["was_interrupted"]), (150, False))
        check()
        chance = random.Random(11)
        for _ in range(6):
            process = self.place.spawn(*rotate)
            try:
                process.communicate(timeout=chance.uniform(0.01, 0.25))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            check()
            self.put(service, "S3", "value-of-3")
        last = self.expect(self.place.factory(*rotate), 0).json
        self.assertFalse((self.place.data / "master.key.next").exists())
        self.assertNotEqual(first["to"], last["to"])
        check()
        service.stop()
        service = self.serve()
        check()


class Variables(ServingTest):
    def test_are_kept_and_read(self):
        service = self.serve()
        path = "/api/v1/variables/REGION"
        self.assertEqual(service.request("PUT", path, {"value": "eu", "description": "where"}).status, 201)
        self.assertEqual(service.request("GET", path).json["value"], "eu")
        self.assertEqual(service.request("PUT", path, {"value": ""}).tag, '"2"')
        self.refused(service.request("PUT", path, {"value": "x" * 4097}), 400, "invalid_field_value")
        self.refused(service.request("PUT", path, {"value": "x"}, If_Match='"1"'), 412, "precondition_failed")
        self.assertEqual(service.request("GET", "/api/v1/variables").json["items"][0]["description"], None)
        self.assertEqual(service.request("DELETE", path).status, 204)
        self.refused(service.request("GET", path), 404, "not_found")

    def test_that_are_not_there_are_warned_of(self):
        service = self.serve()
        service.request("PUT", "/api/v1/variables/REGION", {"value": "eu"})
        service.request("PUT", "/api/v1/secrets/TOKEN", {"value": "value-of-token"})
        document = {"version": 1, "name": "test", "steps": [
            value("a", "vars.REGION + vars.REGOIN + (has(vars.MAYBE) ? vars.MAYBE : '')"),
            code("b", "result = 1", with_={"secrets": ["TOKEN", "TOKNE"]}),
            {"id": "c", "type": "api", "with": {
                "url": "https://example.com", "headers": {"X": "{{ secrets.TOKENS }}"}}}]}
        checked = service.request("POST", "/api/v1/validate", document).json
        self.assertTrue(checked["valid"], checked)
        warned = [(problem["path"], problem["code"]) for problem in checked["warnings"]]
        self.assertIn(("steps[0].with.ops[0].expression", "unknown_variable"), warned)
        self.assertIn(("steps[1].with.secrets[1]", "unknown_secret"), warned)
        self.assertIn(("steps[2].with.headers.X", "unknown_secret"), warned)
        hints = [problem["hint"] for problem in checked["warnings"]]
        self.assertTrue(any("REGION" in hint for hint in hints), hints)

    def test_mean_something_in_a_preview(self):
        service = self.serve()
        service.request("PUT", "/api/v1/variables/REGION", {"value": "eu"})
        pipeline = self.create(service, [value("a", "1")])
        reply = service.request("POST", "/api/v1/pipelines/%s/evaluate" % pipeline, {"expression": "vars.REGION"})
        self.assertEqual(reply.json["value"], "eu")
        reply = service.request(
            "POST", "/api/v1/pipelines/%s/evaluate" % pipeline, {"expression": "1", "environment": "nowhere"})
        self.refused(reply, 400, "invalid_field_value")


class Environments(ServingTest):
    def test_take_their_values_with_them(self):
        service = self.serve()
        path = "/api/v1/environments/stage"
        self.assertEqual(service.request("PUT", path, {"description": "before people see it"}).status, 201)
        for kind in ("secrets", "variables"):
            for environment in (None, "stage"):
                reply = service.request(
                    "PUT", "/api/v1/%s/KEY" % kind, {"value": "some-value", "environment": environment})
                self.assertEqual(reply.status, 201, str(reply))
        got = service.request("GET", path).json
        self.assertEqual((got["secret_count"], got["variable_count"]), (1, 1))
        self.refused(service.request("PUT", path, {}, If_None_Match="*"), 412, "precondition_failed")
        self.assertEqual(service.request("DELETE", path).status, 204)
        self.refused(service.request("GET", path), 404, "not_found")
        for kind in ("secrets", "variables"):
            items = service.request("GET", "/api/v1/" + kind).json["items"]
            self.assertEqual([item["environment"] for item in items], [None])
        self.refused(service.request("PUT", "/api/v1/environments/No", {}), 400, "invalid_field_value")
        for number in range(50):
            self.assertEqual(service.request("PUT", "/api/v1/environments/e%d" % number, {}).status, 201)
        self.refused(service.request("PUT", "/api/v1/environments/more", {}), 409, "state_conflict")


if __name__ == "__main__":
    unittest.main()
