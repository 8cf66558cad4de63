"""The data folder is for one person alone: what others could reach is taken from them, and told."""

import json
import os
import subprocess
import unittest

from serving import ServingTest
from support import FACTORY, value


class ADataFolder(ServingTest):
    OPEN = {"": 0o755, "factory.sqlite": 0o644, "config.yaml": 0o664, "blobs": 0o775, "lock": 0o644}

    def setUp(self):
        super().setUp()
        self.document = self.place.document([value("large", "lists.range(12000)")])
        self.expect(self.place.run(self.document), 0)
        (self.place.data / "config.yaml").write_text("widths: {llm: 2}\n")
        for name, mode in self.OPEN.items():
            (self.place.data / name).chmod(mode)

    def modes(self):
        return {name: (self.place.data / name).stat().st_mode & 0o777 for name in self.OPEN}

    def finding(self):
        found = json.loads(self.place.factory("doctor", "--data", self.place.data, "-o", "json").stdout)["items"]
        return next(one for one in found if one["name"] == "file modes")

    def test_that_others_could_reach_is_theirs_no_longer_once_somebody_works_on_it(self):
        told = self.finding()
        self.assertEqual(told["state"], "limited", told)
        self.assertIn("chmod 600 %s/factory.sqlite" % self.place.data, told["fix"])
        self.assertEqual(self.modes(), self.OPEN, "the doctor changes nothing")
        answer = self.expect(self.place.run(self.document), 0)
        for words in ("read %s (mode 755)" % self.place.data, "read and write %s/config.yaml (mode 664)" % self.place.data):
            self.assertIn("others on this machine could " + words, answer.stderr)
        self.assertEqual(self.modes(), {
            "": 0o700, "factory.sqlite": 0o600, "config.yaml": 0o600, "blobs": 0o700, "lock": 0o600})
        self.assertNotIn("others on this machine", self.expect(self.place.run(self.document), 0).stderr)
        self.assertEqual(self.finding()["state"], "works")

    def test_of_a_server_is_told_of_in_its_log(self):
        service = self.serve()
        warnings = [json.loads(line) for line in service.words().splitlines() if "on this machine could" in line]
        self.assertEqual([line["level"] for line in warnings], ["warning"] * len(self.OPEN), warnings)
        self.assertEqual(self.modes()["factory.sqlite"], 0o600)

    @unittest.skipUnless(os.getuid() == 0, "only root gives files to others")
    def test_in_which_files_belong_to_somebody_else_is_refused(self):
        for path in [self.place.folder, *self.place.folder.rglob("*")]:
            os.chown(path, 65_534, 65_534)
        os.chown(self.place.data / "factory.sqlite", 12_345, 12_345)
        answer = subprocess.run(
            [FACTORY, "run", self.document, "--data", self.place.data, "--files", self.place.files],
            user=65_534, group=65_534, extra_groups=[], cwd=self.place.files, env=self.place.environment,
            capture_output=True, text=True)
        self.assertEqual(answer.returncode, 5, answer)
        self.assertIn("factory.sqlite belongs to another user (12345): chown it", answer.stderr)
