"""The running server against its contract: every answer is documented and has the form that the document gives it."""

import json
import os
import re
import subprocess
import unittest
from pathlib import Path

from serving import ServingTest
from support import value

HERE = Path(__file__).resolve().parent
SECONDS = int(os.environ.get("FACTORY_TEST_CONTRACT_SECONDS", "90"))


class Contract(ServingTest):
    def test_is_one_document_with_an_end_for_every_reference(self):
        service = self.serve()
        document = service.request("GET", "/api/v1/openapi.json", key=False).json
        self.assertTrue(document["openapi"].startswith("3.1."))
        for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
            place = document
            for part in reference.split("/"):
                place = place[part]

    def test_holds_for_whatever_is_asked(self):
        """Schemathesis makes requests from the document, good ones and bad ones, and judges the answers."""
        program = subprocess.run(
            [str(HERE.parents[1] / "scripts" / "schemathesis")], check=True, capture_output=True, text=True).stdout.strip()
        service = self.serve()
        pipeline = self.create(service, [
            value("hello", '"a"'),
            {"id": "keep", "type": "file", "with": {"operation": "write", "path": "out.txt", "content": "kept"}},
        ], name="seed")
        self.start(service, pipeline, Prefer="wait=30")
        service.request("PUT", "/api/v1/files?path=notes/today.txt", "x", Content_Type="application/octet-stream")
        outcome = subprocess.run(
            [program, "--config-file", str(HERE / "schemathesis.toml"), "run", service.url + "/api/v1/openapi.json",
             "--header", "Authorization: Bearer " + service.key, "--phases", "examples,coverage,fuzzing",
             "--max-examples", "15", "--max-time", str(SECONDS), "--request-timeout", "30", "--seed", "1", "--no-color",
             "--generation-database", "none"],
            cwd=self.place.folder, capture_output=True, text=True, timeout=SECONDS + 120)
        self.assertEqual(outcome.returncode, 0, outcome.stdout[-20_000:] + outcome.stderr[-2_000:])
        self.assertRegex(outcome.stdout, r"Tested: \d+")
        self.assertEqual(service.request("GET", "/readyz", key=False).status, 200)


if __name__ == "__main__":
    unittest.main()
