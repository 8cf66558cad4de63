"""What `make` starts, as root and as anybody else."""

import os
import re
import select
import signal
import subprocess
import unittest

from people import Person
from serving import Service
from support import FACTORY, PATIENCE_SECONDS, ROOT, FactoryTest


@unittest.skipUnless(FACTORY == ROOT / ".build" / "debug" / "factory", "make starts what it built itself")
class MakeRun(FactoryTest):
    def run_as(self, user):
        """Starts `make run`, with a toolchain that has built everything already."""
        tools = self.place.folder / "tools"
        tools.mkdir()
        (tools / "swift").write_text("#!/bin/sh\necho Swift version 6.2\n")
        (tools / "swift").chmod(0o755)
        environment = {
            **self.place.environment, "PATH": "%s:%s" % (tools, os.environ["PATH"]),
            "CODE_FACTORY_DATA": str(self.place.data), "CODE_FACTORY_LISTEN": "127.0.0.1:0"}
        if user is not None:
            for path in [self.place.folder, *self.place.folder.rglob("*")]:
                os.chown(path, user, user)
        log = open(self.place.folder / "serve.log", "ab+")
        self.addCleanup(log.close)
        identity = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        process = subprocess.Popen(
            ["make", "--no-print-directory", "-C", ROOT, "run"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=log, env=environment, start_new_session=True, **identity)
        self.addCleanup(self.ended, process)
        ready = select.poll()
        ready.register(process.stdout, select.POLLIN | select.POLLHUP)
        self.assertTrue(ready.poll(PATIENCE_SECONDS * 1000), "nothing was printed")
        url = process.stdout.readline().decode().strip()
        log.seek(0)
        return process, url, log.read().decode()

    @staticmethod
    def ended(process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()

    def signs_in(self, user):
        process, url, words = self.run_as(user)
        self.assertRegex(url, r"^http://127\.0\.0\.1:\d+$", words)
        link = re.search(r"(\S+)/sign-in#([0-9a-f]{64})", words)
        self.assertTrue(link, words)
        self.assertEqual(link.group(1), url)
        service = Service.__new__(Service)
        service.url, service.port = url, int(url.rsplit(":", 1)[1])
        person = Person(service, service.request("POST", "/api/v1/session", {"token": link.group(2)}, key=False))
        self.assertEqual(person.request("GET", "/api/v1/pipelines").status, 200)
        self.assertEqual(self.place.data.stat().st_uid, os.getuid() if user is None else user)
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)

    def test_prints_a_link_that_signs_in(self):
        self.signs_in(None)

    @unittest.skipUnless(os.getuid() == 0, "only root becomes somebody else")
    def test_does_so_for_who_is_not_root(self):
        self.signs_in(65_534)
