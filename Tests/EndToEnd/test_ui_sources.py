"""The sources of the web UI: their types, their habits, and the tests of the modules that need no browser."""

import re
import shutil
import subprocess
import unittest

from support import ROOT
from ui_support import environment

WEB = ROOT / "Web"
MODULES = sorted(path for path in WEB.rglob("*.js") if not any(part.startswith(".") for part in path.parts))
SHIPPED = [path for path in MODULES if "tests" not in path.relative_to(WEB).parts]

# Ways for a text to become HTML or code. One place turns the fixed strings of templates into nodes.
FORBIDDEN = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|DOMParser|parseFromString)\b"
    r"|\bdocument\.write|\beval\s*\(|\bnew Function\b|\bsetAttribute\(\s*[\"']style[\"']|\bcssText\b")
ALLOWED = {"dom/parse.js": ["template.innerHTML = policy.createHTML("]}
IMPORT = re.compile(r"(?:^import\s[^\"']*|^export\s[^\"']*\sfrom\s*|\bimport\(\s*)[\"']([^\"']+)[\"']", re.MULTILINE)
STATIC_IMPORT = re.compile(r"^(?:import|export)\s(?:[^\"';]*?\sfrom\s*)?[\"']([^\"']+)[\"']", re.MULTILINE)


class Sources(unittest.TestCase):
    maxDiff = None

    def run_tool(self, *command):
        outcome = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, env={
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(ROOT / ".build"), "NO_COLOR": "1"})
        self.assertEqual(outcome.returncode, 0, outcome.stdout[-8000:] + outcome.stderr[-8000:])

    def test_have_the_types_they_claim(self):
        self.run_tool(environment() + "/bin/deno", "check", "--config", WEB / "deno.json", *SHIPPED)

    def test_are_clean_to_the_linter(self):
        self.run_tool(environment() + "/bin/oxlint", "--deny-warnings", "--config", WEB / ".oxlintrc.json", WEB)

    def test_pass_their_own_tests(self):
        self.assertIsNotNone(shutil.which("node"), "node runs the tests of the modules")
        self.run_tool("node", "--test", "--test-reporter=spec", *sorted((WEB / "tests").rglob("*.test.js")))

    def test_turn_no_text_into_html_or_code(self):
        found = []
        for path in SHIPPED:
            name = str(path.relative_to(WEB))
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if FORBIDDEN.search(line) and not any(text in line for text in ALLOWED.get(name, [])):
                    found.append("%s:%d: %s" % (name, number, line.strip()))
        self.assertEqual(found, [])

    def test_import_what_is_there_and_nothing_from_elsewhere(self):
        found = []
        for path in SHIPPED:
            for given in IMPORT.findall(path.read_text()):
                if not given.startswith(".") or not (path.parent / given).resolve().is_file():
                    found.append("%s: %s" % (path.relative_to(WEB), given))
        self.assertEqual(found, [])

    def test_keep_the_modules_without_pages_free_of_the_document(self):
        found = [str(path.relative_to(WEB)) for path in (WEB / "model").rglob("*.js")
                 if re.search(r"\bdocument\.(querySelector|createElement|getElementById|body)|\bwindow\.", path.read_text())]
        self.assertEqual(found, [])

    def test_of_the_page_name_files_that_are_there_and_hold_no_script_or_style(self):
        page = (WEB / "index.html").read_text()
        named = re.findall(r'"/ui/dev/([^"]+)"', page)
        self.assertGreater(len(named), 5)
        self.assertEqual([name for name in named if not (ROOT / name).is_file()], [])
        self.assertEqual(len(named), len(set(named)))
        self.assertNotRegex(page, r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)")
        sheets = {str(path.relative_to(ROOT)) for path in (WEB / "css").rglob("*.css")}
        self.assertEqual(sheets - set(named), set(), "style sheets that no page has")

    def test_fetch_nothing_from_elsewhere(self):
        found = []
        for path in [*SHIPPED, *WEB.rglob("*.css"), WEB / "index.html"]:
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if re.search(r"url\(\s*[\"']?(https?:)?//|@import|(src|href)=[\"']?https?://", line):
                    found.append("%s:%d: %s" % (path.relative_to(WEB), number, line.strip()))
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
