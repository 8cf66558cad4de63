"""Every example is valid, says how to run it, and runs; those with a model are run in test_model.py."""

import csv
import json
import os
import shutil
import unittest

from support import ROOT, FactoryTest, example_server

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


class Examples(FactoryTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(ROOT / "examples" / "data", self.place.files / "examples" / "data")

    def example(self, name, *arguments):
        return self.place.run(ROOT / "examples" / (name + ".yaml"), *arguments)

    def test_are_at_least_eight_and_all_valid(self):
        self.assertGreaterEqual(len(EXAMPLES), 8)
        answer = self.expect(self.place.factory("validate", *EXAMPLES), 0)
        self.assertNotIn("error", answer.stdout)

    def test_say_what_they_show_and_how_to_run_them(self):
        for path in EXAMPLES:
            with self.subTest(example=path.name):
                header = [line for line in path.read_text().split("version:")[0].splitlines() if line.startswith("#")]
                self.assertTrue(any(line.startswith("# Shows: ") for line in header))
                self.assertTrue(any(line.startswith("# Needs: ") for line in header))
                self.assertTrue(any(line.startswith("#   factory run examples/" + path.name) for line in header))

    def test_csv_report(self):
        run = self.expect(self.example("csv-report"), 0).json
        self.assertEqual(run["outputs"]["orders"], 5)
        self.assertEqual(run["outputs"]["total"], 2165.0)
        self.assertEqual(run["outputs"]["largest"], "Brook, Ltd.")
        page = (self.place.files / "factory-demo" / "reports" / "orders.md").read_text()
        self.assertIn("# 5 open orders", page)
        self.assertEqual(page.count("\n| 1"), 5)
        self.assertTrue(page.endswith("| south | 1455.0 |\n| west | 420.0 |\n| north | 290.0 |\n"), page)
        with open(self.place.files / "factory-demo" / "reports" / "orders.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["number"] for row in rows], ["1002", "1008", "1006", "1003", "1005"])
        self.assertEqual(float(rows[0]["value"]), 720.0)

    def test_code_with_tests(self):
        run = self.expect(self.example("code-with-tests"), 0).json
        self.assertEqual(run["outputs"]["tests"], 3)
        scope = {}
        exec((self.place.files / "factory-demo" / "slug.py").read_text(), scope)
        self.assertEqual(scope["slug"]("Hello, world!"), "hello-world")

    def test_code_with_red_tests(self):
        run = self.expect(self.example("code-with-tests", "--input", "separator=xx"), 1).json
        self.assertIn("FAILED", run["error"]["message"])
        self.assertFalse((self.place.files / "factory-demo").exists())

    def test_branches_and_joins(self):
        for amount, country, offer in (
                (20, "DE", {"price": 20.0, "approved_by": "nobody", "form": "none"}),
                (250, "DE", {"price": 237.5, "approved_by": "the team lead", "form": "none"}),
                (5000, "NO", {"price": 4500.0, "approved_by": "the head of sales and finance", "form": "export-no"})):
            with self.subTest(amount=amount):
                run = self.expect(self.example(
                    "branches-and-joins", "--input", "amount=%d" % amount, "--input", "country=" + country), 0).json
                self.assertEqual(run["outputs"]["offer"], offer)
                skipped = {step["id"]: step["skipped_because"]["code"] for step in run["steps"]
                           if step["status"] == "skipped"}
                self.assertEqual(skipped.get("customs"), "if" if country == "DE" else None)
                self.assertEqual(sum(1 for why in skipped.values() if why == "branch"), 2 if amount > 999 else 3)

    def test_parallel_api(self):
        with example_server() as address:
            arguments = ["--input", "api=http://" + address, "--allow-host", address]
            run = self.expect(self.example("parallel-api", *arguments), 0).json
            self.assertEqual(
                run["outputs"]["plan"], {"item": "tea", "missing": 9, "cost": 31.5, "from": "Highland Leaf"})
            self.assertIsInstance(run["outputs"]["order"], int)
            calls = [self.step(run, name) for name in ("stock", "price", "supplier")]
            together = sum(step["duration_ms"] for step in calls)
            self.assertGreaterEqual(together, 1200)
            self.assertLess(self.step(run, "plan")["started_at"], self.after(run["started_at"], together))
            enough = self.expect(self.example("parallel-api", *arguments, "--input", "wanted=1"), 0).json
            self.assertIsNone(enough["outputs"]["order"])
            self.assertEqual(self.step(enough, "order")["skipped_because"]["code"], "if")

    @staticmethod
    def after(moment, milliseconds):
        from datetime import datetime, timedelta
        start = datetime.fromisoformat(moment.replace("Z", "+00:00"))
        return (start + timedelta(milliseconds=milliseconds)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def test_retry_and_fallback(self):
        with example_server() as address:
            run = self.expect(self.example(
                "retry-and-fallback", "--input", "api=http://" + address, "--allow-host", address), 0).json
        self.assertEqual(run["outputs"]["report"], {"requests": 3, "rate": 1.0, "why": "http_status"})
        flaky = self.step(run, "flaky")
        self.assertEqual([attempt["status"] for attempt in flaky["attempts"]], ["failed", "failed", "succeeded"])
        rates = self.step(run, "rates")
        self.assertEqual((rates["status"], rates["handled"]), ("failed", True))

    @unittest.skipUnless(os.path.exists("/usr/bin/node") or os.path.exists("/usr/local/bin/node"), "no node here")
    def test_javascript_words(self):
        run = self.expect(self.example("javascript-words", "--input", "top=1"), 0).json
        self.assertEqual(run["outputs"]["words"], [{"word": "the", "count": 6}])
        written = json.loads((self.place.files / "factory-demo" / "words.json").read_text())
        self.assertEqual(written, run["outputs"]["words"])
