"""The command line against a server: signing in, documents as code, runs, files."""

import json
import os
import stat
import unittest

from serving import ServingTest, call, gate

DOCUMENT = """# A greeting.
version: 1
name: greet
title: Greeting
inputs:
  name: {type: string, default: world}  # who
steps:
  - id: hello
    type: transform
    with: {input: 1, ops: [{template: "Hello, {{ inputs.name }}"}]}
outputs:
  text: steps.hello.output.result
"""


class Remote(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()
        key = self.place.write("key", self.service.key + "\n")
        self.assertEqual(self.place.factory("login", self.service.url, "--key", "@" + key).code, 0)

    def factory(self, *arguments, code=0):
        answer = self.place.factory(*arguments)
        self.assertEqual(answer.code, code, answer)
        return answer

    def test_remembers_a_server_for_its_user_alone(self):
        book = self.place.home / ".config/code-factory/servers.json"
        self.assertEqual(stat.S_IMODE(os.stat(book).st_mode), 0o600)
        self.assertEqual(json.loads(book.read_text())["current"], self.service.url)
        os.chmod(book, 0o644)
        self.assertIn("chmod 600", self.factory("pipelines", "list", code=2).stderr)
        os.chmod(book, 0o600)
        self.factory("logout")
        self.assertIn("factory login", self.factory("pipelines", "list", code=2).stderr)
        self.assertNotIn(self.service.key, book.read_text())

    def test_refuses_a_key_that_does_not_open(self):
        wrong = self.place.write("wrong", "cf_local_" + "0" * 64)
        answer = self.factory("login", self.service.url, "--key", "@" + wrong, code=2)
        self.assertIn("access key", answer.stderr)
        self.assertIn("127.0.0.1:1", self.factory("login", "http://127.0.0.1:1", "--key", "@" + wrong, code=5).stderr)
        self.assertIn("path", self.factory("login", self.service.url + "/api", "--key", "@" + wrong, code=2).stderr)
        self.assertIn("@FILE", self.factory("login", self.service.url, "--key", self.service.key, code=2).stderr)

    def test_takes_server_and_key_of_the_environment(self):
        self.factory("logout")
        self.place.environment.update(CODE_FACTORY_SERVER=self.service.url, CODE_FACTORY_KEY=self.service.key)
        self.assertEqual(self.factory("pipelines", "list", "-o", "json").json, {"items": []})

    def test_applies_documents_once(self):
        self.place.write("docs/greet.yaml", DOCUMENT)
        self.place.write("docs/more/other.yml", DOCUMENT.replace("greet", "other"))
        folder = self.place.folder / "docs"
        self.assertEqual(self.factory("pipelines", "apply", folder, "--dry").stdout,
                         "greet would be created\nother would be created\n")
        self.assertEqual(self.factory("pipelines", "apply", folder).stdout, "greet created\nother created\n")
        self.assertEqual(self.factory("pipelines", "apply", folder).stdout, "greet unchanged\nother unchanged\n")
        self.assertEqual(self.factory("pipelines", "get", "greet").stdout, DOCUMENT)
        changed = self.place.write("docs/greet.yaml", DOCUMENT.replace("Hello", "Good day"))
        diff = self.factory("pipelines", "diff", changed, code=1)
        self.assertIn("step hello: with.ops", diff.stdout)
        self.assertEqual(self.factory("pipelines", "apply", changed).stdout, "greet changed\n")
        self.assertEqual(self.factory("pipelines", "diff", changed).stdout, "")
        self.assertEqual(self.factory("pipelines", "list", "-o", "name").stdout.split(), ["greet", "other"])

    def test_deletes_what_a_folder_does_not_name_when_told_to(self):
        one = self.place.write("docs/greet.yaml", DOCUMENT)
        other = self.place.write("other.yaml", DOCUMENT.replace("greet", "other"))
        for path in (one, other):
            self.factory("pipelines", "apply", path)
        folder = self.place.folder / "docs"
        self.assertIn("folder", self.factory("pipelines", "apply", one, "--prune", code=2).stderr)
        self.assertEqual(self.factory("pipelines", "apply", folder, "--prune", "--dry").stdout,
                         "greet unchanged\nother would be deleted\n")
        self.assertEqual(self.factory("pipelines", "apply", folder, "--prune").stdout,
                         "greet unchanged\nother deleted\n")
        self.assertEqual(self.factory("pipelines", "list", "-o", "name").stdout, "greet\n")

    def test_changes_nothing_where_one_document_is_invalid(self):
        self.place.write("docs/a.yaml", DOCUMENT)
        self.place.write("docs/b.yaml", DOCUMENT.replace("greet", "bad").replace("inputs.name }", "inputs.nam }"))
        answer = self.factory("pipelines", "apply", self.place.folder / "docs", code=3)
        self.assertIn("b.yaml:10:", answer.stderr)
        self.place.write("docs/b.yaml", DOCUMENT)
        self.assertIn("both name", self.factory("pipelines", "apply", self.place.folder / "docs", code=3).stderr)
        self.assertEqual(self.factory("pipelines", "list", "-o", "name").stdout, "")

    def test_exports_documents_as_they_were_written(self):
        self.factory("pipelines", "apply", self.place.write("greet.yaml", DOCUMENT))
        out = self.place.folder / "out"
        self.factory("pipelines", "export", "--all", "--to", out)
        self.assertEqual((out / "greet.yaml").read_text(), DOCUMENT)
        self.assertEqual(self.factory("pipelines", "apply", out).stdout, "greet unchanged\n")

    def test_starts_and_watches_runs(self):
        self.factory("pipelines", "apply", self.place.write("greet.yaml", DOCUMENT))
        answer = self.factory("runs", "start", "greet", "--input", "name=Ada", "--watch")
        self.assertEqual(answer.stdout, "text: Hello, Ada\n")
        self.assertIn("hello: succeeded", answer.stderr)
        self.assertEqual(self.factory("runs", "start", "greet").stdout, "2\n")
        self.assertEqual(self.factory("runs", "watch", "2", "-o", "json").json["outputs"], {"text": "Hello, world"})
        self.assertEqual([run["number"] for run in self.factory("runs", "list", "-o", "json").json["items"]], [2, 1])
        self.assertIn("greet", self.factory("runs", "list").stdout)
        self.assertEqual(self.factory("runs", "show", "1", "-o", "json").json["inputs"], {"name": "Ada"})
        self.assertIn("no run 7", self.factory("runs", "show", "7", code=2).stderr)
        self.assertIn("nam", self.factory("runs", "start", "greet", "--input", "nam=x", code=3).stderr)
        self.assertIn("no pipeline", self.factory("runs", "start", "gret", code=2).stderr)
        # The folder of this machine stays in reach.
        self.assertEqual(self.factory("runs", "list", "--data", self.place.folder / "else", "-o", "json").json,
                         {"items": [], "next_cursor": None})

    def test_pauses_cancels_and_resumes_runs(self):
        with gate() as door:
            self.service.stop()
            service = self.serve("--allow-host", door.address)
            self.place.environment.update(CODE_FACTORY_SERVER=service.url, CODE_FACTORY_KEY=service.key)
            document = self.place.document([
                call("a", "http://%s/" % door.address), call("b", "http://%s/free" % door.address, needs=["a"])],
                name="waits")
            self.factory("pipelines", "apply", document)
            self.factory("runs", "start", "waits")
            door.await_arrivals(1)
            self.assertIn("run 1 running", self.factory("runs", "pause").stderr)
            self.assertIn("run 1 running", self.factory("runs", "resume").stderr)
            self.assertIn("run 1", self.factory("runs", "cancel").stderr)
            self.factory("runs", "watch", code=4)
            door.open.set()
            self.factory("runs", "retry")
            self.factory("runs", "watch")

    def test_keeps_files_in_the_workspace(self):
        here = self.place.write("note.txt", "größe\n")
        self.factory("files", "put", here, "docs/note.txt")
        self.assertEqual(self.factory("files", "list", "docs", "-o", "name").stdout, "docs/note.txt\n")
        self.assertEqual(self.factory("files", "get", "docs/note.txt").stdout, "größe\n")
        self.assertIn("folder", self.factory("files", "get", "docs", code=2).stderr)
        self.assertIn("file", self.factory("files", "list", "docs/note.txt", code=2).stderr)
        self.factory("files", "delete", "docs/note.txt")
        self.assertIn("docs/note.txt", self.factory("files", "get", "docs/note.txt", code=2).stderr)


class Values(ServingTest):
    """Variables and environments, by the same commands on a server and in a data folder."""

    def setUp(self):
        super().setUp()
        self.service = self.serve()
        self.elsewhere = self.place.folder / "elsewhere"

    def everywhere(self):
        """What a command is told to work on: a server, the folder beside that server, a folder of nobody else."""
        self.place.environment.update(CODE_FACTORY_KEY=self.service.key)
        yield ("--server", self.service.url)
        yield ("--data", self.place.data)
        yield ("--data", self.elsewhere)

    def factory(self, *arguments, code=0):
        return self.expect(self.place.factory(*arguments), code)

    def test_are_set_listed_and_removed(self):
        file = self.place.write("value", "from a file\n")
        for where in self.everywhere():
            with self.subTest(where=where[0]):
                self.factory("variable", "set", "REGION", "south", "--environment", "prod", *where, code=2)
                made = self.factory("environment", "set", "prod", "--description", "for people", *where)
                self.assertIn("made the environment prod", made.stderr)
                self.factory("variable", "set", "REGION", "north", "--description", "where", *where)
                changed = self.factory("variable", "set", "REGION", "@" + file, "-o", "json", *where).json
                self.assertEqual((changed["value"], changed["version"]), ("from a file", 2))
                self.factory("variable", "set", "REGION", "two\nlines", "--environment", "prod", *where)
                items = self.factory("variable", "list", "-o", "json", *where).json["items"]
                self.assertEqual([(one["environment"], one["value"]) for one in items],
                                 [(None, "from a file"), ("prod", "two\nlines")])
                listed = self.factory("variable", "list", "--environment", "prod", *where).stdout
                self.assertIn("two\\nlines", listed)
                self.assertEqual(len(listed.splitlines()), 2)
                counts = self.factory("environment", "list", "-o", "json", *where).json["items"]
                self.assertEqual([(one["name"], one["variable_count"], one["description"]) for one in counts],
                                 [("prod", 1, "for people")])
                self.factory("variable", "set", "1st", "x", *where, code=2)
                self.factory("variable", "remove", "NOTHING", *where, code=2)
                self.factory("variable", "remove", "REGION", *where)
                self.factory("environment", "remove", "prod", *where)
                for kind in ("variable", "environment"):
                    self.assertEqual(self.factory(kind, "list", "-o", "json", *where).json["items"], [])
        self.factory("variable", "list", "--owner", "usr_x", "--server", self.service.url, code=2)

    def test_of_more_than_a_page_are_all_listed(self):
        for number in range(201):
            reply = self.service.request("PUT", "/api/v1/variables/V%03d" % number, {"value": "v"})
            self.assertEqual(reply.status, 201, str(reply))
        self.place.environment.update(CODE_FACTORY_KEY=self.service.key)
        names = self.factory("variable", "list", "-o", "name", "--server", self.service.url).stdout.split()
        self.assertEqual((len(names), names[-1]), (201, "V200"))


if __name__ == "__main__":
    unittest.main()
