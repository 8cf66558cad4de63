"""Holds every command to the answers and exit codes that docs/operations.md lists."""

import json
import os
import re
import signal

from support import FactoryTest, code, value, waiting


class Version(FactoryTest):
    def test_is_one_line_of_data(self):
        answer = self.expect(self.place.factory("version"), 0)
        self.assertRegex(answer.stdout, r"\Afactory \d+\.\d+\.\d+.*\n\Z")
        self.assertEqual(answer.stderr, "")


class Usage(FactoryTest):
    def test_exits_2_for_what_the_command_line_does_not_know(self):
        document = self.place.document([value("one", "1")])
        for arguments in (["frobnicate"], ["run"], ["run", document, "--nonsense"], ["run", "no-such.yaml"],
                          ["runs", "list", "--limit", "0"], ["run", document, "--input", "no-equals-sign"],
                          ["run", document, "-o", "xml"]):
            with self.subTest(arguments=arguments):
                answer = self.expect(self.place.factory(*arguments), 2)
                self.assertEqual(answer.stdout, "")
                self.assertNotEqual(answer.stderr, "")

    def test_help_is_no_error(self):
        for arguments in (["--help"], ["run", "--help"], ["runs", "--help"], ["validate", "--help"]):
            self.assertIn("USAGE", self.expect(self.place.factory(*arguments), 0).stdout.upper())


class Validate(FactoryTest):
    LINE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (error|warning): .+ \([a-z_]+\)( — .+)?$")

    def problems(self, text, code=3, name="bad.yaml"):
        answer = self.expect(self.place.factory("validate", self.place.write(name, text)), code)
        lines = answer.stdout.splitlines()
        for line in lines:
            self.assertRegex(line, self.LINE)
        return lines

    def test_says_nothing_but_success_for_a_good_document(self):
        self.expect(self.place.factory("validate", self.place.document([value("one", "1")])), 0)

    def test_reports_every_problem_at_once_with_its_place(self):
        lines = self.problems(
            "version: 1\nname: bad\nsteps:\n"
            "  - id: one\n    type: transform\n    wiht: {}\n"
            "  - id: one\n    type: condition\n    with: {if: 1 +, then: [nowhere]}\n")
        self.assertGreaterEqual(len(lines), 3, lines)
        text = "\n".join(lines)
        self.assertIn("did you mean", text)
        self.assertIn("duplicate", text)
        self.assertIn("unknown", text)
        places = {line.split(":")[1] for line in lines}
        self.assertIn("6", places)

    def test_warns_of_models_only_where_providers_are_configured(self):
        document = self.place.document([
            {"id": "a", "type": "prompt", "with": {"prompt": "x", "model": "local/any"}},
            {"id": "b", "type": "prompt", "with": {"prompt": "x", "model": "gone/any"}},
            {"id": "c", "type": "prompt", "with": {"prompt": "x"}}])
        self.assertEqual(self.expect(self.place.factory("validate", document), 0).stdout, "")
        config = self.place.write("config.yaml", "providers: [{name: local, base_url: 'http://127.0.0.1:1/v1'}]\n")
        lines = self.expect(self.place.factory("validate", document, "--config", config), 0).stdout.splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("warning: no model `gone/any` is configured here (unknown_model)", lines[0])
        self.expect(self.place.factory("validate", document, "--config", "/nowhere"), 2)

    def test_names_a_cycle(self):
        text = "\n".join(self.problems(
            "version: 1\nname: round\nsteps:\n"
            "  - {id: a, type: transform, needs: [b], with: {ops: [{expression: '1'}]}}\n"
            "  - {id: b, type: transform, needs: [a], with: {ops: [{expression: '2'}]}}\n"))
        self.assertIn("cycle", text)

    def test_refuses_what_this_build_does_not_have(self):
        for step in ("{id: a, type: loop, with: {}}",
                     "{id: a, type: approval, with: {message: hi}}",
                     "{id: a, type: code, with: {language: shell, code: ls}}",
                     "{id: a, type: transform, for_each: '[1]', with: {ops: [{expression: item}]}}"):
            with self.subTest(step=step):
                text = "\n".join(self.problems("version: 1\nname: later\nsteps:\n  - %s\n" % step))
                self.assertIn("not in this build", text)

    def test_checks_several_files_and_names_each(self):
        good = self.place.document([value("one", "1")])
        bad = self.place.write("bad.yaml", "version: 1\nname: x\nstepz: []\n")
        worse = self.place.write("worse.yaml", "version: [\n")
        answer = self.expect(self.place.factory("validate", good, bad, worse), 3)
        named = {line.split(":")[0] for line in answer.stdout.splitlines()}
        self.assertEqual({os.path.basename(name) for name in named}, {"bad.yaml", "worse.yaml"})


class TheSchema(FactoryTest):
    def test_of_the_format_is_a_json_schema_that_names_every_step_type_and_kind_of_field(self):
        schema = self.expect(self.place.factory("schema"), 0).json
        self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        text = json.dumps(schema)
        for kind in ("prompt", "code", "file", "api", "condition", "transform"):
            self.assertIn('"%s"' % kind, text)
        for kind in ("static", "expression", "template"):
            self.assertIn('"x-kind": "%s"' % kind, text)


class AnExpression(FactoryTest):
    def test_prints_its_value_as_json(self):
        self.assertEqual(self.expect(self.place.factory("expression", "1 + 2"), 0).json, 3)
        self.assertEqual(self.expect(self.place.factory("expression", "'a' + 'é'"), 0).json, "aé")

    def test_sees_bindings_from_text_or_file(self):
        bindings = {"inputs": {"x": [1, 2, 3]}}
        path = self.place.write("bindings.json", json.dumps(bindings))
        for given in (json.dumps(bindings), "@" + path):
            answer = self.place.factory("expression", "inputs.x.filter(i, i > 1)", "--bindings", given)
            self.assertEqual(self.expect(answer, 0).json, [2, 3])

    def test_exits_3_and_points_at_the_place_of_an_error(self):
        answer = self.expect(self.place.factory("expression", "1 + * 2"), 3)
        self.assertEqual(answer.stdout, "")
        self.assertIn("^", answer.stderr)


class ARun(FactoryTest):
    def test_prints_the_run_whole(self):
        answer = self.place.run(
            self.place.document(
                [value("double", "inputs.x * 2")], inputs={"x": {"type": "integer"}},
                outputs={"twice": "steps.double.output.result"}),
            "--input", "x=21")
        run = self.expect(answer, 0).json
        self.assertEqual(run["status"], "succeeded")
        self.assertEqual(run["outputs"], {"twice": 42})
        self.assertEqual(run["inputs"], {"x": 21})
        self.assertRegex(run["id"], r"^run_[0-9a-z]+$")
        self.assertEqual(run["number"], 1)
        self.assertEqual(run["trigger"], "manual")
        self.assertIsNone(run["error"])
        self.assertEqual(run["pipeline"]["name"], "test-1")
        self.assertEqual(run["changes"]["status"], "none")
        self.assertLessEqual(
            {"version", "handled_errors", "created_at", "started_at", "finished_at", "duration_ms", "usage",
             "isolation", "parent", "forked_from", "links", "steps"}, set(run))
        self.assertEqual(set(run["usage"]), {"calls", "input_tokens", "output_tokens", "cost_usd"})
        step = self.step(run, "double")
        self.assertLessEqual(
            {"id", "path", "type", "status", "handled", "output", "error", "attempts", "cached", "skipped_because",
             "waiting_for", "started_at", "duration_ms", "usage"}, set(step))
        self.assertEqual(len(step["attempts"]), 1)
        self.assertLessEqual({"number", "status", "started_at", "duration_ms", "error"}, set(step["attempts"][0]))

    def test_speaks_yaml_and_plain_text_too(self):
        document = self.place.document([value("one", "1")], outputs={"one": "steps.one.output.result"})
        places = ["--data", self.place.data, "--files", self.place.files]
        yaml = self.expect(self.place.factory("run", document, *places, "-o", "yaml"), 0)
        self.assertRegex(yaml.stdout, r"(?m)^status: succeeded$")
        text = self.expect(self.place.factory("run", document, *places), 0)
        self.assertIn("succeeded", text.stdout + text.stderr)
        self.assertNotIn("\x1b", text.stdout + text.stderr)

    def test_takes_inputs_from_text_file_and_document(self):
        document = self.place.document(
            [value("all", "inputs")], outputs={"all": "steps.all.output.result"},
            inputs={"text": {"type": "string"}, "list": {"type": "array"}, "number": {"type": "number", "default": 1.5},
                    "gone": {"type": "string", "optional": True}})
        text = self.place.write("text.txt", "several\nlines\n")
        more = self.place.write("inputs.yaml", "list: [1, two]\ntext: replaced by the flag\n")
        answer = self.place.run(document, "--inputs", more, "--input", "text=@" + text)
        self.assertEqual(
            self.expect(answer, 0).json["outputs"]["all"],
            {"text": "several\nlines\n", "list": [1, "two"], "number": 1.5, "gone": None})

    def test_exits_3_for_bad_inputs_and_starts_nothing(self):
        document = self.place.document([value("one", "inputs.n")], inputs={"n": {"type": "integer", "minimum": 1}})
        for arguments in ([], ["--input", "n=zero"], ["--input", "n=0"], ["--input", "n=1", "--input", "m=1"]):
            with self.subTest(arguments=arguments):
                problem = self.expect(self.place.run(document, *arguments), 3).json
                self.assertIn("code", problem)
                self.assertGreaterEqual(len(problem["errors"]), 1)
        listed = self.expect(self.place.factory("runs", "list", "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual(listed["items"], [])

    def test_exits_3_for_an_invalid_document_with_problem_json(self):
        problem = self.expect(self.place.run(self.place.write("bad.yaml", "version: 1\nname: b\nstepz: []\n")), 3).json
        self.assertLessEqual({"type", "title", "status", "code", "errors"}, set(problem))
        self.assertTrue(all({"path", "code", "message"} <= set(error) for error in problem["errors"]), problem)

    def test_exits_1_when_the_run_failed_and_still_prints_it(self):
        answer = self.expect(self.place.run(self.place.document(
            [code("red", "import sys\nprint('before')\nsys.exit(7)"), value("after", "1")])), 1)
        run = answer.json
        self.assertEqual(run["status"], "failed")
        self.assertEqual(run["error"]["code"], "exit_nonzero")
        self.assertEqual(self.step(run, "red")["error"]["code"], "exit_nonzero")
        self.assertEqual(self.step(run, "after")["status"], "skipped")
        self.assertEqual(self.step(run, "after")["skipped_because"]["code"], "upstream_failed")

    def test_exits_4_when_it_is_interrupted(self):
        watched = self.watch_run(self.place.document([code("long", waiting(600), timeout="15m")]))
        watched.until("attempt.started", "long")
        watched.process.send_signal(signal.SIGINT)
        run = self.expect(watched.finish(), 4).json
        self.assertEqual(run["status"], "cancelled")
        self.assertEqual(self.step(run, "long")["status"], "cancelled")

    def test_exits_5_and_names_the_holder_while_another_works_on_the_same_data(self):
        watched = self.watch_run(self.place.document([code("long", waiting(600), timeout="15m")]))
        watched.until("attempt.started", "long")
        refused = self.expect(self.place.run(self.place.document([value("one", "1")])), 5)
        self.assertIn(str(watched.process.pid), refused.stderr + refused.stdout)
        listed = self.expect(self.place.factory("runs", "list", "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual([run["status"] for run in listed["items"]], ["running"])
        watched.process.send_signal(signal.SIGINT)
        self.expect(watched.finish(), 4)
        self.expect(self.place.run(self.place.document([value("one", "1")])), 0)

    def test_exits_6_when_a_change_waits_for_a_person(self):
        (self.place.files / "kept.txt").write_text("old")
        document = self.place.document([
            {"id": "change", "type": "file", "with": {"operation": "write", "path": "kept.txt", "content": "new"}},
            {"id": "add", "type": "file", "with": {"operation": "write", "path": "added.txt", "content": "new"}}])
        run = self.expect(self.place.run(document), 6).json
        self.assertEqual(run["status"], "succeeded")
        self.assertEqual(run["changes"]["status"], "pending")
        self.assertEqual((self.place.files / "kept.txt").read_text(), "old")
        self.assertEqual((self.place.files / "added.txt").read_text(), "new")

    def test_applies_a_change_when_told_yes(self):
        (self.place.files / "kept.txt").write_text("old")
        document = self.place.document([
            {"id": "change", "type": "file", "with": {"operation": "write", "path": "kept.txt", "content": "new"}}])
        self.assertEqual(self.expect(self.place.run(document, "--yes"), 0).json["changes"]["status"], "applied")
        self.assertEqual((self.place.files / "kept.txt").read_text(), "new")

    def test_writes_no_file_when_it_fails(self):
        document = self.place.document([
            {"id": "write", "type": "file", "with": {"operation": "write", "path": "new.txt", "content": "x"}},
            code("red", "raise ValueError('no')")])
        self.expect(self.place.run(document), 1)
        self.assertEqual(os.listdir(self.place.files), [])

    def test_prints_events_on_standard_error_and_one_document_on_standard_output(self):
        answer = self.expect(self.place.run(self.place.document([value("one", "1")]), "--events"), 0)
        self.assertEqual(answer.json["status"], "succeeded")
        events = [json.loads(line) for line in answer.stderr.splitlines()]
        kinds = [event["type"] for event in events]
        self.assertEqual(kinds[0], "run.created")
        self.assertEqual(kinds[-1], "run.finished")
        self.assertIn("step.succeeded", kinds)
        numbers = [event["id"] for event in events if "id" in event]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))


class Runs(FactoryTest):
    def runs(self, *arguments):
        return self.place.factory("runs", *arguments, "--data", self.place.data)

    def test_of_an_absent_store_are_an_empty_list(self):
        self.assertEqual(self.expect(self.runs("list", "-o", "json"), 0).json, {"items": [], "next_cursor": None})
        self.assertFalse(self.place.data.exists(), "a reading command made a data folder")

    def test_are_listed_newest_first(self):
        document = self.place.document([value("one", "1")])
        made = [self.expect(self.place.run(document), 0).json["id"] for _ in range(3)]
        listed = self.expect(self.runs("list", "-o", "json"), 0).json
        self.assertEqual([run["id"] for run in listed["items"]], made[::-1])
        numbers = re.findall(r"(?m)^(\d+) ", self.expect(self.runs("list"), 0).stdout)
        self.assertEqual(numbers, ["3", "2", "1"])

    def test_are_shown_as_they_were_printed(self):
        run = self.expect(self.place.run(self.place.document([value("one", "[1, 'two']")])), 0).json
        self.assertEqual(self.expect(self.runs("show", run["id"], "-o", "json"), 0).json, run)
        self.assertIn("succeeded", self.expect(self.runs("show", run["id"]), 0).stdout)

    def test_go_by_number_and_without_one_mean_the_latest(self):
        document = self.place.document([value("one", "1")])
        made = [self.expect(self.place.run(document), 0).json["id"] for _ in range(2)]
        self.assertEqual(self.expect(self.runs("show", "1", "-o", "json"), 0).json["id"], made[0])
        self.assertEqual(self.expect(self.runs("show", "-o", "json"), 0).json["id"], made[1])

    def test_of_another_store_are_not_found(self):
        self.expect(self.place.run(self.place.document([value("one", "1")])), 0)
        answer = self.runs("show", "run_0000000000000000000000000")
        self.expect(answer, 2)
        self.assertEqual(answer.stdout, "")
        self.assertIn("run_0000000000000000000000000", answer.stderr)

    def test_keep_what_code_printed(self):
        run = self.expect(self.place.run(self.place.document(
            [code("talk", "import sys\nprint('to one')\nprint('to two', file=sys.stderr)\nresult = 1")])), 0).json
        logs = self.expect(self.runs("logs", run["id"]), 0).stdout
        self.assertIn("to one", logs)
        self.assertIn("to two", logs)

    def test_print_the_last_lines_of_a_log_alone(self):
        run = self.expect(self.place.run(self.place.document(
            [code("talk", "for n in range(20000): print('line', n)\nresult = 1")])), 0).json
        last = self.expect(self.runs("logs", run["id"], "--tail", "3"), 0).stdout
        self.assertEqual(last, "".join("talk stdout| line %d\n" % n for n in (19997, 19998, 19999)))
        self.assertEqual(self.expect(self.runs("logs", run["id"]), 0).stdout.count("\n"), 20000)
        self.expect(self.runs("logs", run["id"], "--tail", "0"), 2)

    def test_go_on_where_a_killed_program_left_them(self):
        document = self.place.document([value("first", "1"), code("second", waiting(0.5, "result = 2"))])
        watched = self.watch_run(document)
        watched.until("attempt.started", "second")
        watched.kill()
        run = self.expect(self.runs("list", "-o", "json"), 0).json["items"][0]["id"]
        again = self.expect(self.runs("resume", run, "-o", "json"), 0).json
        self.assertEqual(again["status"], "succeeded")
        self.assertEqual([attempt["status"] for attempt in self.step(again, "first")["attempts"]], ["succeeded"])
        self.assertEqual(
            [attempt["status"] for attempt in self.step(again, "second")["attempts"]], ["lost", "succeeded"])

    def test_that_succeeded_are_only_printed_by_resume(self):
        run = self.expect(self.place.run(self.place.document([value("one", "1")])), 0).json
        self.assertEqual(self.expect(self.runs("resume", run["id"], "-o", "json"), 0).json, run)

    def test_are_retried_from_what_failed_with_the_rest_kept(self):
        document = self.place.document([
            value("first", "1"),
            {"id": "second", "type": "file", "with": {"operation": "read", "path": "late.txt"}},
            value("third", "steps.second.output.content")])
        run = self.expect(self.place.run(document), 1).json
        self.place.files.joinpath("late.txt").write_text("here")
        again = self.expect(self.runs("retry", run["id"], "-o", "json"), 0).json
        self.assertEqual(again["id"], run["id"])
        self.assertEqual(again["status"], "succeeded")
        self.assertIsNone(again["error"])
        self.assertEqual([len(step["attempts"]) for step in again["steps"]], [1, 2, 1])
        self.assertEqual(again["outputs"]["third"]["result"], "here")

    def test_are_retried_from_a_named_step_on(self):
        run = self.expect(self.place.run(self.place.document([value("a", "1"), value("b", "2"), value("c", "3")])), 0).json
        watched = self.watch("runs", "retry", run["id"], "--from", "b", "--data", self.place.data, "-o", "json")
        again = self.expect(watched.finish(), 0).json
        self.assertEqual([len(step["attempts"]) for step in again["steps"]], [1, 2, 2])
        told = [event["data"] for event in watched.events if event["type"] == "run.retried"]
        self.assertEqual(told, [{"from": "b"}])

    def test_are_not_retried_without_a_reason(self):
        run = self.expect(self.place.run(self.place.document([value("one", "1")])), 0).json
        self.assertIn("name the step", self.expect(self.runs("retry", run["id"]), 2).stderr)
        self.assertIn("has no step two", self.expect(self.runs("retry", run["id"], "--from", "two"), 2).stderr)
        self.assertEqual(self.expect(self.runs("show", run["id"], "-o", "json"), 0).json, run)

    def test_that_a_crash_left_can_be_cancelled(self):
        watched = self.watch_run(self.place.document([code("long", waiting(600), timeout="15m")]))
        watched.until("attempt.started", "long")
        watched.kill()
        run = self.expect(self.runs("list", "-o", "json"), 0).json["items"][0]["id"]
        self.expect(self.runs("cancel", run), 4)
        self.assertEqual(self.expect(self.runs("show", run, "-o", "json"), 0).json["status"], "cancelled")


class Doctor(FactoryTest):
    def test_says_what_works_on_this_host(self):
        answer = self.expect(self.place.factory("doctor"), 0)
        for word in ("sandbox", "python", "disk"):
            self.assertIn(word, answer.stdout.lower())
