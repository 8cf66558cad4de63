"""Holds the rules of the tests themselves."""

import re
import unittest

from support import ROOT

# A name between quotes is talked about, not called.
SLEEPS = re.compile(r'(Task\.sleep|Thread\.sleep|time\.sleep|\busleep\(|nanosleep\()(?!["|])')


class Tests(unittest.TestCase):
    def test_never_sleep(self):
        found, read = [], 0
        for path in sorted((ROOT / "Tests").rglob("*")):
            if path.suffix not in (".swift", ".py"):
                continue
            read += 1
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if SLEEPS.search(line) and path.name != "test_guard.py":
                    found.append("%s:%d: %s" % (path.relative_to(ROOT), number, line.strip()))
        self.assertGreater(read, 5)
        self.assertEqual(found, [])
