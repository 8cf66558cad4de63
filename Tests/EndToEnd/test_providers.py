"""Model providers of a server: added, tested, asked by runs in each wire format, and counted."""

import json
import os
import socket
import subprocess
import unittest

from serving import Service, ServingTest
from support import ROOT, FactoryTest, model_url


def free_port():
    """A port that nobody listens on, nor on the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue


def ollama_url():
    """The local model speaks Ollama's format one port further."""
    base = model_url().removesuffix("/v1")
    host, port = base.rsplit(":", 1)
    return "%s:%d" % (host, int(port) + 1)


class Providers(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        key = self.place.write("key", self.service.key + "\n")
        self.assertEqual(self.place.factory("login", self.service.url, "--key", "@" + key).code, 0)

    def factory(self, *arguments, code=0):
        answer = self.place.factory(*arguments)
        self.assertEqual(answer.code, code, answer)
        return answer

    def ask(self, method, path, body=None, status=200, **headers):
        reply = self.service.request(method, "/api/v1" + path, body, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.json if reply.body else None

    def run_prompt(self, model):
        name = "ask-" + model.split("/")[0]
        document = {"version": 1, "name": name, "steps": [
            {"id": "say", "type": "prompt", "with": {"model": model, "prompt": "Say hello.", "max_tokens": 8,
                                                     "temperature": 0}}]}
        made = self.ask("GET", "/pipelines?q=" + name)["items"]
        pipeline = made[0]["id"] if made else self.ask("POST", "/pipelines", document, 201)["id"]
        started = self.ask("POST", "/pipelines/%s/runs" % pipeline, {}, 202)
        return self.service.ended(started["id"])

    def test_runs_ask_what_was_added_in_each_format(self):
        for kind, url in (("openai", model_url()), ("anthropic", model_url()), ("ollama", ollama_url())):
            added = self.factory("provider", "add", "my-" + kind, url, "--kind", kind).stdout.strip()
            self.assertTrue(added.startswith("prv_"), added)
            tested = self.factory("provider", "test", "my-" + kind, "-o", "json").json
            self.assertTrue(tested["ok"], tested)
            self.assertGreater(tested["usage"]["output_tokens"], 0)
            run = self.run_prompt("my-%s/smollm2-135m" % kind)
            self.assertEqual(run["status"], "succeeded", run)
            self.assertIsNone(run["usage"]["cost_usd"])
        listed = {model["name"]: model for model in self.ask("GET", "/models")["items"]}
        self.assertEqual(listed["my-ollama/smollm2-135m:latest"]["context"], 4096)
        self.assertIsNone(listed["my-openai/smollm2-135m"]["price"])
        self.assertEqual(listed["my-openai/smollm2-135m"]["health"]["calls"], 2)
        self.assertGreater(listed["my-openai/smollm2-135m"]["health"]["total_ms"], 0)

        usage = self.ask("GET", "/usage")
        self.assertEqual(usage["total"]["calls"], 3)
        self.assertEqual(usage["total"]["calls_without_price"], 3)
        self.assertIsNone(usage["total"]["cost_usd"])
        self.assertEqual(usage["runs"]["succeeded"], 3)
        self.assertIsNone(usage["by_pipeline"][0]["runs"]["estimate_ms"])

        price = {"input": 1, "output": 1, "as_of": "2026-11-22"}
        self.ask("PATCH", "/models/" + listed["my-openai/smollm2-135m"]["id"], {"price": price})
        run = self.run_prompt("my-openai/smollm2-135m")
        tokens = run["usage"]["input_tokens"] + run["usage"]["output_tokens"]
        self.assertAlmostEqual(run["usage"]["cost_usd"], tokens / 1e6)
        usage = self.ask("GET", "/usage")
        self.assertAlmostEqual(usage["total"]["cost_usd"], tokens / 1e6)
        self.assertEqual(usage["total"]["calls_without_price"], 3)

    def test_names_stand_for_models_and_documents_are_checked_against_them(self):
        self.factory("provider", "add", "mine", model_url(), "--for-all")
        document = {"version": 1, "name": "named", "steps": [
            {"id": "say", "type": "prompt", "with": {"model": "quick", "prompt": "Hi", "max_tokens": 4}}]}
        made = self.ask("POST", "/pipelines", document, 201)
        self.assertIn("quick", json.dumps(made["problems"]))
        self.ask("PUT", "/models/aliases/quick", {"model": "mine/smollm2-135m", "for_all": True})
        self.assertEqual(self.ask("POST", "/pipelines/%s/validate" % made["id"], {})["problems"], [])
        self.assertEqual(self.factory("models", "list", "-o", "name").stdout.split(), ["mine/smollm2-135m"])
        self.factory("provider", "remove", "mine")
        self.assertEqual(self.ask("GET", "/models")["items"], [])

    def test_says_what_is_wrong(self):
        dead = "http://127.0.0.1:%d/v1" % free_port()
        added = self.factory("provider", "add", "dead", dead)
        self.assertIn("lists no models", added.stderr)
        failed = self.factory("provider", "test", "dead", "-o", "json", code=1).json
        self.assertEqual(failed["error"]["class"], "network")
        self.assertIn("another provider is named dead", self.factory("provider", "add", "dead", dead, code=2).stderr)
        self.factory("provider", "add", "Dead", dead, code=2)
        self.factory("provider", "add", "file", "file:///etc/passwd", code=2)
        self.factory("provider", "test", "gone", code=2)
        self.ask("GET", "/usage?since=yesterday", status=400)
        self.assertEqual(self.ask("GET", "/usage")["runs"]["success_rate"], None)


class ASilentProvider(FactoryTest):
    def test_does_not_delay_the_start(self):
        """Something listens on the port and never says a word."""
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            service = Service(self.place, OPENAI_BASE_URL="http://127.0.0.1:%d/v1" % silent.getsockname()[1])
            self.addCleanup(service.close)
            self.assertEqual(service.request("GET", "/healthz").status, 200)
            silent.setblocking(False)
            with self.assertRaises(BlockingIOError):
                silent.accept()


class TheLocalModel(FactoryTest):
    def test_is_installed_started_and_stopped(self):
        model_url()  # fills the cache of this machine, once
        self.place.environment["XDG_CACHE_HOME"] = os.environ.get(
            "XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        port = str(free_port())
        plan = self.place.factory("models", "install-local", "--port", port, "--dry")
        self.assertIn("130 MB", plan.stdout)
        self.assertIn("Apache-2.0", plan.stdout)
        started = self.place.factory("models", "install-local", "--port", port)
        self.assertEqual(started.code, 0, started)
        self.assertEqual(started.stdout.strip(), "http://127.0.0.1:%s/v1" % port)
        self.place.environment["OPENAI_BASE_URL"] = started.stdout.strip()
        self.place.environment["CODE_FACTORY_MODEL"] = "openai/smollm2-135m"
        document = self.place.document([
            {"id": "say", "type": "prompt", "with": {"prompt": "Hi", "max_tokens": 4}}])
        self.assertEqual(self.place.run(document).code, 0)
        stopped = self.place.factory("models", "install-local", "--port", port, "--stop")
        self.assertEqual(stopped.code, 0, stopped)
        self.assertEqual(subprocess.run(
            [ROOT / "scripts" / "local-model", "status", "--port", port], capture_output=True).returncode, 3)


if __name__ == "__main__":
    unittest.main()
