"""Runs the commands that the documents show. A block that opens with ```sh test runs as it stands, one with
```sh model runs with the local model; each in a fresh copy of what a reader has: the examples and the program on PATH.
All blocks of one document run in order in the same folder."""

import re
import shutil
import subprocess

from support import ROOT, FactoryTest, model_url

BLOCK = re.compile(r"^```sh (test|model)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


class TheDocuments(FactoryTest):
    def test_show_commands_that_work(self):
        shutil.copytree(ROOT / "examples", self.place.files / "examples")
        ran = 0
        for document in DOCUMENTS:
            for kind, script in BLOCK.findall(document.read_text()):
                with self.subTest(document=document.name, script=script):
                    environment = dict(self.place.environment)
                    if kind == "model":
                        environment["OPENAI_BASE_URL"] = model_url()
                    done = subprocess.run(
                        ["bash", "-euo", "pipefail", "-c", script], cwd=self.place.files, env=environment,
                        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                    ran += 1
        self.assertGreater(ran, 5)

    def test_link_only_to_what_exists(self):
        checked = 0
        for document in sorted({*DOCUMENTS, *ROOT.glob("*.md")}):
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
