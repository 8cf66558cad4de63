"""Holds the rules of the tests themselves."""

import unittest

from support import ROOT

# Written in two parts, or this file would break its own rule.
SLEEPS = ["Task" + ".sleep", "Thread" + ".sleep", "time" + ".sleep", "usleep" + "(", "nanosleep" + "("]


class Tests(unittest.TestCase):
    def test_never_sleep(self):
        found, read = [], 0
        for path in sorted((ROOT / "Tests").rglob("*")):
            if path.suffix not in (".swift", ".py"):
                continue
            read += 1
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if any(name in line for name in SLEEPS):
                    found.append("%s:%d: %s" % (path.relative_to(ROOT), number, line.strip()))
        self.assertGreater(read, 5)
        self.assertEqual(found, [])
