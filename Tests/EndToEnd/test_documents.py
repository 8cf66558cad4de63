"""Every fenced block of every document is run (documents.py says how), and what documents link to is there."""

import re
import shutil

from documents import blocks, documents, schema, Runner
from support import ROOT, FactoryTest, Place


class TheDocuments(FactoryTest):
    def test_show_nothing_that_does_not_work(self):
        ran = 0
        for document in documents():
            runner = None
            for number, (kind, text) in enumerate(blocks(document), 1):
                with self.subTest(document=str(document.relative_to(ROOT)), block=number, kind=kind, text=text):
                    runner = runner or Runner(self.fresh(document))
                    runner.run(kind, text)
                    ran += 1
        self.assertGreater(ran, 40)

    def fresh(self, document):
        folder = self.place.folder / "-".join(document.relative_to(ROOT).parts)
        folder.mkdir()
        return Place(folder)

    def test_have_an_example_of_every_use_of_a_step(self):
        def page(name):
            return "".join(text for kind, text in blocks(ROOT / "docs" / "steps" / (name + ".md"))
                           if kind.startswith("yaml run"))

        fields = {branch["then"]["properties"]["with"]["title"]: branch["then"]["properties"]["with"]["properties"]
                  for branch in schema()["$defs"]["step"]["allOf"]}
        ops = fields["transform"]["ops"]["items"]["properties"]
        wanted = {
            "prompt": ["%s:" % name for name in ("system", "prompt", "messages", "schema", "temperature", "stop")],
            "code": ["language: " + word for word in fields["code"]["language"]["enum"]]
            + ["files: write", "files: read", "secrets:", "check: false", "limits:"],
            "file": ["operation: " + word for word in fields["file"]["operation"]["enum"]]
            + ["parse: " + word for word in fields["file"]["parse"]["enum"] if word not in ("text", "base64")]
            + ["format: " + word for word in ("whole", "search_replace", "unified")] + ["encoding: base64"],
            "api": ["auth: {%s:" % word for word in fields["api"]["auth"]["properties"]]
            + ["%s:" % word for word in ("query", "headers", "json", "form", "text", "file", "expect", "retry")],
            "condition": ["if:", "cases:", "then: end", "else: [fail]"],
            "transform": ["%s:" % name for name in ops]
            + ["%s: %s" % (way, word) for way in ("from", "to") for word in ops["convert"]["properties"][way]["enum"]
               if word not in ("value", "lines")]
            + ["what: " + word for word in ops["extract"]["properties"]["what"]["enum"]]
            + ["by: " + word for word in ops["split"]["properties"]["by"]["enum"]],
        }
        self.assertEqual(set(wanted), set(fields))
        for name, uses in wanted.items():
            missing = [use for use in uses if use not in page(name)]
            self.assertEqual(missing, [], "docs/steps/%s.md has no example" % name)

    def test_have_tables_that_the_program_writes(self):
        folder = self.place.folder / "steps"
        shutil.copytree(ROOT / "docs" / "steps", folder)
        page = folder / "code.md"
        written = page.read_text()
        page.write_text(written.replace("| `language` |", "| `tongue` |"))
        self.expect(self.place.factory("schema", "--reference", folder), 0)
        for original in (ROOT / "docs" / "steps").glob("*.md"):
            self.assertEqual((folder / original.name).read_text(), original.read_text())
        page.write_text(written.replace("<!-- /fields -->", ""))
        self.expect(self.place.factory("schema", "--reference", folder), 3)

    def test_link_only_to_what_exists(self):
        checked = 0
        for document in documents():
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
                with self.subTest(document=document.name, target=target):
                    self.assertTrue((document.parent / target).exists())
                    checked += 1
        self.assertGreater(checked, 20)

    def test_explain_every_code_a_problem_or_failure_can_have(self):
        pages = (ROOT / "docs" / "problems" / "README.md").read_text()
        explained = re.findall(r"^## `([a-z_]+)`$", pages, re.MULTILINE)
        self.assertEqual(sorted(set(explained)), sorted(explained), "explained twice")
        codes = set()
        for enum in ("FactoryDefinition/Document/ProblemCode.swift", "FactoryLLM/Messages/ModelError.swift",
                     "FactoryNetwork/Request/EgressError.swift"):
            text = (ROOT / "Sources" / enum).read_text()
            cases = re.findall(r'^ +case ([a-z]\w*)(?: = "([a-z_]+)")?$', text, re.MULTILINE)
            codes |= {raw or name for name, raw in cases}
        self.assertGreater(len(codes), 40)
        for source in (ROOT / "Sources").rglob("*.swift"):
            codes |= set(re.findall(r'\bcode: "([a-z_]+)"', source.read_text()))
        self.assertEqual(codes - set(explained), set(), "not explained in docs/problems")
