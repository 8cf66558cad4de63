"""Runs prompts against a real, small model on this machine. Nothing here depends on how clever it is, but for one
function of one line at temperature 0."""

import json

from support import ROOT, FactoryTest, model_url


class TheModel(FactoryTest):
    def setUp(self):
        super().setUp()
        self.place.environment["OPENAI_BASE_URL"] = model_url()

    def example(self, name, *arguments):
        return self.place.run(ROOT / "examples" / name, *arguments)


class WriteFunction(TheModel):
    def test_streams_tokens_and_writes_the_tested_file(self):
        answer = self.expect(self.example(
            "write-function.yaml", "--input", "requirements=add two numbers a and b", "--events"), 0)
        run = answer.json
        tokens = [json.loads(line) for line in answer.stderr.splitlines() if '"token"' in line]
        tokens = [event for event in tokens if event["type"] == "token"]
        self.assertGreater(len(tokens), 5, "the answer did not come piece by piece")
        step = self.step(run, "write")
        self.assertGreater(step["output"]["usage"]["output_tokens"], 5)
        self.assertEqual(run["usage"]["calls"], 1)
        self.assertGreater(run["usage"]["input_tokens"], 10)
        self.assertEqual(run["usage"]["output_tokens"], step["output"]["usage"]["output_tokens"])
        self.assertIsNone(run["usage"]["cost_usd"], "the price of a local model is unknown, not zero")
        scope = {}
        exec((self.place.files / "add.py").read_text(), scope)
        self.assertEqual(scope["add"](2, 3), 5)

    def test_writes_nothing_when_a_test_is_red(self):
        answer = self.expect(self.example(
            "write-function.yaml", "--input", "requirements=add two numbers a and b",
            "--input", "tests=assert add(2, 3) == 6"), 1)
        run = answer.json
        self.assertIn("assert add(2, 3) == 6", run["error"]["message"])
        self.assertFalse((self.place.files / "add.py").exists())
        self.assertEqual(self.step(run, "save")["status"], "skipped")


class OtherExamples(TheModel):
    def test_answers_in_the_shape_of_a_schema(self):
        answer = self.place.run(ROOT / "examples" / "json-with-schema.yaml")
        output = self.expect(answer, 0).json["outputs"]
        self.assertEqual(set(output["sorted"]), {"topic", "urgent", "summary"})
        self.assertIsInstance(output["sorted"]["urgent"], bool)
        self.assertIn(output["sorted"]["topic"], ("account", "payment", "delivery", "other"))
        self.assertTrue(output["action"].endswith(output["sorted"]["topic"]))

    def test_summarises_two_files_into_one_page(self):
        notes = self.place.files / "examples" / "data" / "notes"
        notes.mkdir(parents=True)
        for source in (ROOT / "examples" / "data" / "notes").iterdir():
            (notes / source.name).write_text(source.read_text())
        run = self.expect(self.place.run(ROOT / "examples" / "summarise-files.yaml"), 0).json
        self.assertEqual(run["usage"]["calls"], 2)
        page = (self.place.files / "factory-demo" / "summary.md").read_text()
        self.assertIn("monday.txt", page)
        self.assertIn("friday.txt", page)


class NoModel(FactoryTest):
    def test_is_an_error_that_says_what_to_set(self):
        document = self.place.document([{"id": "ask", "type": "prompt", "with": {"prompt": "hello"}}])
        answer = self.place.factory("run", document, "--data", self.place.data, "--files", self.place.files)
        self.assertNotEqual(answer.code, 0)
        self.assertIn("OPENAI_", answer.stdout + answer.stderr)
