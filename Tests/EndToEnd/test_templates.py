"""Every template is begun with `factory new`, and runs to its expected result on recorded answers, without a model."""

import json
import subprocess
import unittest

from serving import ServingTest
from support import ROOT, FactoryTest, code

FOLDERS = sorted(path.parent for path in (ROOT / "Templates").glob("*/pipeline.yaml"))
NAMES = [folder.name for folder in FOLDERS]


def prompt(identifier, text, **more):
    return {"id": identifier, "type": "prompt", **more, "with": {"prompt": text, "temperature": 0}}


class Library(FactoryTest):
    def test_is_what_stands_in_the_folder(self):
        listed = self.expect(self.place.factory("new", "--list", "-o", "json"), 0).json["items"]
        self.assertEqual([item["name"] for item in listed], NAMES)
        self.assertEqual({item["category"] for item in listed},
                         {"generation", "transformation", "documentation", "review"})
        self.assertGreaterEqual(len(NAMES), 8)
        subprocess.run([ROOT / "scripts" / "embed-templates", "--check"], check=True)

    def test_has_documents_without_a_warning(self):
        answer = self.expect(self.place.factory("validate", *[folder / "pipeline.yaml" for folder in FOLDERS]), 0)
        self.assertEqual(answer.stdout, "", str(answer))

    def test_was_recorded_from_the_answers_beside_it(self):
        for folder in FOLDERS:
            with self.subTest(template=folder.name):
                calls = json.loads((folder / "recording.json").read_text())["calls"]
                answers = sorted((folder / "answers").iterdir())
                self.assertEqual([path.stem.split("-", 1)[1] for path in answers], [call["step"] for call in calls])
                for path, call in zip(answers, calls):
                    self.assertEqual("".join(call["answer"]["pieces"]), path.read_text().rstrip("\n"))


class New(FactoryTest):
    def test_writes_document_and_sample_and_never_replaces_a_file(self):
        name = NAMES[0]
        answer = self.expect(self.place.factory("new", name, "made", "--name", "mine"), 0)
        self.assertEqual(answer.stdout.split(), ["made/mine.yaml", "made/mine.inputs.yaml"])
        self.assertIn("factory run made/mine.yaml --inputs made/mine.inputs.yaml --recorded", answer.stderr)
        text = (self.place.files / "made" / "mine.yaml").read_text()
        template = (FOLDERS[0] / "pipeline.yaml").read_text()
        self.assertEqual(text, template.replace("\nname: %s\n" % name, "\nname: mine\n"))
        (self.place.files / "made" / "mine.yaml").unlink()
        (self.place.files / "made" / "mine.inputs.yaml").write_text("kept")
        again = self.expect(self.place.factory("new", name, "made", "--name", "mine"), 2)
        self.assertIn("made/mine.inputs.yaml is there already", again.stderr)
        self.assertEqual([path.name for path in (self.place.files / "made").iterdir()], ["mine.inputs.yaml"])
        self.assertEqual((self.place.files / "made" / "mine.inputs.yaml").read_text(), "kept")

    def test_names_the_nearest_template(self):
        answer = self.expect(self.place.factory("new", NAMES[0] + "s"), 2)
        self.assertIn(NAMES[0], answer.stderr.splitlines()[1])
        self.expect(self.place.factory("new"), 2)
        self.expect(self.place.factory("new", NAMES[0], "--name", "No Name"), 2)


class Templates(ServingTest):
    def test_run_to_their_expected_results(self):
        service = self.serve()
        for name in NAMES:
            with self.subTest(template=name):
                template = service.request("GET", "/api/v1/templates/" + name).json
                made = service.request("POST", "/api/v1/pipelines", {"template": name})
                self.assertEqual((made.status, made.json["template"]), (201, name), str(made))
                run = service.request(
                    "POST", "/api/v1/pipelines/%s/runs" % made.json["id"], {"mode": "replay"}, Prefer="wait=60").json
                self.assertEqual((run["status"], run["mode"]), ("succeeded", "replay"), json.dumps(run, indent=1))
                self.check(template, run, self.place.data / "workspaces" / "local")
                files = self.place.folder / ("files-" + name)
                files.mkdir()
                self.expect(self.place.factory("new", name, files), 0)
                document, inputs = files / (name + ".yaml"), files / (name + ".inputs.yaml")
                answer = self.expect(self.place.factory(
                    "run", document, "--inputs", inputs, "--recorded", "--data", self.place.folder / "other",
                    "--files", files, "-o", "json"), 0)
                self.check(template, answer.json, files)
                self.assertEqual(answer.json["outputs"], run["outputs"])

    def check(self, template, run, files):
        expected = template["expected"]
        self.assertEqual({key: run["outputs"].get(key) for key in expected["outputs"]}, expected["outputs"])
        for path in expected["files"]:
            self.assertTrue((files / path).is_file(), path)
        written = sorted(change["path"] for change in run["changes"]["files"])
        self.assertEqual(written, sorted(expected["files"]))
        self.assertEqual(run["usage"], {"calls": 0, "input_tokens": 0, "output_tokens": 0, "cost_usd": 0.0})
        self.assertEqual([step["warnings"] for step in run["steps"] if step["warnings"]], [])

    def test_are_listed_by_category_and_words_and_pages(self):
        service = self.serve()
        whole = service.request("GET", "/api/v1/templates").json
        self.assertEqual([item["name"] for item in whole["items"]], NAMES)
        for item in whole["items"]:
            self.assertTrue(item["recorded"] and item["parameters"] and item["steps"] and item["description"], item)
        found = []
        for category in whole["categories"]:
            page = service.request("GET", "/api/v1/templates?category=" + category).json
            self.assertEqual({item["category"] for item in page["items"]}, {category})
            found += [item["name"] for item in page["items"]]
        self.assertEqual(sorted(found), NAMES)
        self.refused(service.request("GET", "/api/v1/templates?category=other"), 400, "invalid_field_value")
        some = service.request("GET", "/api/v1/templates?q=DIFF+git").json["items"]
        self.assertEqual([item["name"] for item in some], ["commit-message", "review-diff"])
        self.assertEqual(self.pages(service, 3), NAMES)
        self.refused(service.request("GET", "/api/v1/templates?cursor=abc"), 400, "invalid_field_value")
        self.refused(service.request("GET", "/api/v1/templates/nothing"), 404, "not_found")

    def pages(self, service, limit):
        names, cursor = [], ""
        while cursor is not None:
            page = service.request("GET", "/api/v1/templates?limit=%d%s" % (limit, cursor)).json
            self.assertLessEqual(len(page["items"]), limit)
            names += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"] and "&cursor=" + page["next_cursor"]
        return names

    def test_become_pipelines_with_inputs_as_defaults(self):
        service = self.serve()
        made = service.request("POST", "/api/v1/pipelines", {
            "template": "verified-regex", "name": "dates", "inputs": {"description": "a day, 2026-01-31",
                                                                      "accept": ["2026-01-31"]}})
        self.assertEqual(made.status, 201, str(made))
        self.assertEqual((made.json["name"], made.json["template"]), ("dates", "verified-regex"))
        inputs = made.json["document"]["inputs"]
        self.assertEqual((inputs["description"]["default"], inputs["accept"]["default"]),
                         ("a day, 2026-01-31", ["2026-01-31"]))
        text = service.request("GET", "/api/v1/pipelines/" + made.json["id"], Accept="application/yaml").body.decode()
        self.assertTrue(text.startswith("# Finds a regular expression"), text[:80])
        self.refused(service.request("POST", "/api/v1/pipelines", {
            "template": "verified-regex", "name": "dates"}), 409, "name_taken")
        self.refused(service.request("POST", "/api/v1/pipelines", {
            "template": "verified-regex", "inputs": {"nothing": 1}}), 400, "invalid_field_value")
        self.refused(service.request("POST", "/api/v1/pipelines", {
            "template": "verified-regex", "inputs": {"accept": "no list"}}), 422, "invalid_document")
        self.refused(service.request("POST", "/api/v1/pipelines", {"template": "nothing"}), 404, "not_found")
        self.refused(service.request("POST", "/api/v1/pipelines", {"template": "verified-regex", "tag": 1}), 400,
                     "unknown_field")

    def test_give_recorded_answers_to_the_same_questions_only(self):
        service = self.serve()
        made = service.request("POST", "/api/v1/pipelines", {"template": "commit-message"}).json
        runs = "/api/v1/pipelines/%s/runs" % made["id"]
        self.refused(service.request("POST", runs, {"mode": "record"}), 400, "invalid_field_value")
        # Other inputs lead to a question that was not asked: the step fails, and says where it differs.
        other = service.request("POST", runs, {"mode": "replay", "inputs": {
            "diff": "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"}}, Prefer="wait=60").json
        self.assertEqual((other["status"], other["error"]["code"], other["mode"]), ("failed", "not_recorded", "replay"))
        self.assertIn("differs in line 1 of its user message", other["error"]["message"])
        # What runs again stays a run on recorded answers.
        again = service.request("POST", "/api/v1/runs/%s/retry" % other["id"]).json
        self.assertEqual(again["mode"], "replay")
        with service.events(other["id"]) as events:
            seen = [event for _, event in events]
        labelled = [event["type"] for event in seen if event["data"].get("mode") == "replay"]
        self.assertEqual(labelled, ["run.created", "run.finished", "run.retried", "run.finished"])
        # Another prompt is refused at once.
        place = next(n for n, step in enumerate(made["document"]["steps"]) if step["type"] == "prompt")
        made["document"]["steps"][place]["with"]["prompt"] += "Be brief."
        changed = service.request("PUT", "/api/v1/pipelines/" + made["id"], made["document"], If_Match="*")
        self.assertEqual((changed.status, changed.json["template"]), (200, "commit-message"), str(changed))
        problem = self.refused(service.request("POST", runs, {"mode": "replay"}), 409, "not_recorded")
        self.assertEqual([entry["path"] for entry in problem["errors"]], ["steps.write"])
        plain = self.create(service, [prompt("ask", "Hello")])
        self.refused(service.request("POST", "/api/v1/pipelines/%s/runs" % plain, {"mode": "replay"}), 409,
                     "not_recorded")

    def test_can_be_published_and_removed(self):
        service = self.serve()
        pipeline = self.create(service, [prompt("ask", "Hello {{ inputs.name }}")], name="greeting",
                               inputs={"name": {"type": "string"}}, tags=["hello"])
        wish = {"pipeline": pipeline, "category": "generation", "readme": "# Greeting", "sample_inputs": {"name": "Ada"}}
        made = service.request("POST", "/api/v1/templates", wish)
        self.assertEqual((made.status, made.headers["location"]), (201, "/api/v1/templates/greeting"), str(made))
        self.assertEqual((made.json["source"], made.json["recorded"], made.json["owner"]),
                         ("published", False, "local"))
        self.refused(service.request("POST", "/api/v1/templates", wish), 409, "name_taken")
        self.refused(service.request("POST", "/api/v1/templates", {**wish, "name": NAMES[0]}), 409, "name_taken")
        self.refused(service.request("POST", "/api/v1/templates", {**wish, "name": "b", "category": "x"}), 400,
                     "invalid_field_value")
        self.refused(service.request("POST", "/api/v1/templates", {**wish, "name": "b", "sample_inputs": {"x": 1}}),
                     422, "invalid_inputs")
        self.refused(service.request("POST", "/api/v1/templates", {**wish, "name": "b", "readme": "x" * (65 << 10)}),
                     400, "invalid_field_value")
        listed = service.request("GET", "/api/v1/templates?q=hello").json["items"]
        self.assertEqual([item["name"] for item in listed], ["greeting"])
        copy = service.request("POST", "/api/v1/pipelines", {"template": "greeting", "name": "mine",
                                                              "inputs": {"name": "Alan"}})
        self.assertEqual(copy.json["document"]["inputs"]["name"]["default"], "Alan", str(copy))
        self.refused(service.request("POST", "/api/v1/pipelines/%s/runs" % copy.json["id"], {"mode": "replay"}), 409,
                     "not_recorded")
        for name in ("a-first", "m-middle", "z-last"):
            service.request("POST", "/api/v1/templates", {**wish, "name": name})
        for limit in (1, 2, 5):
            self.assertEqual(self.pages(service, limit), sorted([*NAMES, "greeting", "a-first", "m-middle", "z-last"]))
        self.assertEqual(service.request("DELETE", "/api/v1/templates/greeting").status, 204)
        self.refused(service.request("GET", "/api/v1/templates/greeting"), 404, "not_found")
        self.refused(service.request("DELETE", "/api/v1/templates/" + NAMES[0]), 404, "not_found")


class Recordings(FactoryTest):
    """`--record` and `--replay` on documents of one's own; `scripts/record-templates` records through the same."""

    def setUp(self):
        super().setUp()
        self.recording = FOLDERS[NAMES.index("verified-regex")] / "recording.json"
        self.document = FOLDERS[NAMES.index("verified-regex")] / "pipeline.yaml"

    def test_are_named_in_the_run_its_list_and_its_outcome(self):
        answer = self.expect(self.place.factory(
            "run", self.document, "--recorded", "--data", self.place.data, "--files", self.place.files), 0)
        self.assertIn(", answered from a recording", answer.stderr)
        self.assertIn(", on recorded answers", answer.stderr.splitlines()[-1])
        listed = self.expect(self.place.factory("runs", "list", "--data", self.place.data), 0)
        self.assertIn("verified-regex (recorded)", listed.stdout)
        run = self.expect(self.place.factory("runs", "show", "1", "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual(run["mode"], "replay")

    def test_answer_a_run_that_is_resumed(self):
        inputs = self.place.write("inputs.json", json.dumps({"description": "something else", "accept": ["x"]}))
        first = self.place.run(self.document, "--inputs", inputs, "--replay", self.recording)
        self.assertEqual(self.expect(first, 1).json["error"]["code"], "not_recorded")
        again = self.expect(self.place.factory("runs", "resume", "1", "--data", self.place.data, "-o", "json"), 1).json
        self.assertEqual((again["mode"], again["error"]["code"]), ("replay", "not_recorded"))

    def test_are_not_taken_for_another_document(self):
        document = self.place.document([code("a", "result = 1")])
        answer = self.expect(self.place.run(document, "--recorded"), 3)
        self.assertIn("its prompts are not those of a template", answer.stderr)
        answer = self.expect(self.place.run(self.document, "--replay", self.document), 3)
        self.assertIn("not JSON", answer.stderr)
        self.expect(self.place.run(self.document, "--recorded", "--record", "x.json"), 2)

    def test_never_replace_another_file(self):
        document = self.place.document([code("a", "result = 1")])
        before = self.place.folder / "precious.yaml"
        before.write_text("version: 1\n")
        self.expect(self.place.run(document, "--record", before), 3)
        self.assertEqual(before.read_text(), "version: 1\n")
        tape = self.place.folder / "tape.json"
        for _ in range(2):
            self.assertIn("recorded 0 model calls", self.expect(self.place.run(document, "--record", tape), 0).stderr)
        self.assertEqual(json.loads(tape.read_text()), {"cassette": 1, "models": {}, "calls": []})


if __name__ == "__main__":
    unittest.main()
