"""Backups made beside a server that works, and put in place elsewhere."""

import hashlib
import json
import shutil
import sqlite3
import threading

from people import set_up
from serving import ServingTest, call, gate
from support import code, recorder, value

SECRET = "a secret of the backup's own"


def tables(data):
    """Everything that a store holds, by table. Left out are where runs have their files, for it moves with them, and the
    record that it was restored, which belongs to the new place alone."""
    with sqlite3.connect("file:%s/factory.sqlite?mode=ro" % data, uri=True) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        found = {
            name: [{key: row[key] for key in row.keys() if key != "workspace"}
                   for row in database.execute('SELECT * FROM "%s"' % name)]
            for name in names}
    database.close()
    found["audit"] = [row for row in found["audit"] if row["action"] != "installation.restored"]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def tree(folder):
    """Every file below a folder with what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sign(backup):
    """Makes the list of a backup's files, and what it says of itself, fit to what is in it."""
    sums = backup / "SHA256SUMS"
    paths = [line[66:] for line in sums.read_text().splitlines()]
    sums.write_text("".join(
        "%s  %s\n" % (hashlib.sha256((backup / path).read_bytes()).hexdigest(), path)
        for path in paths if (backup / path).exists()))
    note = json.loads((backup / "backup.json").read_text())
    note["sums"] = hashlib.sha256(sums.read_bytes()).hexdigest()
    (backup / "backup.json").write_text(json.dumps(note))


class Load:
    """Drafts, files and runs, written until it is stopped. `began` is released with each round of each writer."""

    def __init__(self, service, pipeline):
        self.service, self.pipeline = service, pipeline
        self.began = threading.Semaphore(0)
        self.over = threading.Event()
        self.failures, self.rounds = [], {}
        self.threads = [
            threading.Thread(target=self.repeat, args=(work,))
            for work in (self.draft, self.file, self.growing, self.run)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        for _ in range(3 * len(self.threads)):
            self.began.acquire(timeout=60)
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def repeat(self, work):
        number = 0
        while not self.over.is_set():
            try:
                reply = work(number)
                if reply.status == 429:
                    continue
                if reply.status >= 300:
                    raise AssertionError(str(reply))
            except Exception as error:
                self.failures.append("%s: %s" % (work.__name__, error))
                return
            number += 1
            self.rounds[work.__name__] = number
            self.began.release()

    def draft(self, number):
        path = "/api/v1/pipelines/" + self.pipeline
        now = self.service.request("GET", path)
        if now.status == 429:
            return now
        return self.service.request("PUT", path, {
            "version": 1, "name": "busy", "description": "draft %d" % number,
            "steps": [value("large", "lists.range(12000).map(n, n + %d)" % number)]}, If_Match=now.tag)

    def file(self, number):
        """The same few files anew and anew, each of one letter."""
        return self.put("letters/%d.txt" % (number % 3), chr(ord("a") + number % 26) * 200_000)

    def growing(self, number):
        return self.put("many/%d/file.txt" % number, "number %d" % number)

    def put(self, path, content):
        return self.service.request(
            "PUT", "/api/v1/files?path=" + path, content.encode(), Content_Type="application/octet-stream")

    def run(self, number):
        return self.service.request("POST", "/api/v1/pipelines/%s/runs" % self.pipeline, {"inputs": {}})


class ABackupOfAWorkingServer(ServingTest):
    def restore(self, backup, name="elsewhere", *arguments):
        target = self.place.folder / name
        report = self.expect(self.place.factory("restore", backup, "--data", target, "-o", "json", *arguments), 0)
        return target, report

    def test_is_put_in_place_elsewhere_equal_and_goes_on_there(self):
        with recorder() as outside, gate() as door:
            service = self.serve("--allow-host", outside.address, "--allow-host", door.address)
            set_up(service)
            self.assertEqual(service.request("PUT", "/api/v1/secrets/TOKEN", {"value": SECRET}).status, 201)
            for name in ("kept.txt", "kept/deep/%C3%A4.txt"):
                self.assertEqual(service.request(
                    "PUT", "/api/v1/files?path=" + name, b"kept", Content_Type="application/octet-stream").status, 201)
            slow = self.create(service, [
                value("before", "lists.range(12000)"),
                call("waits", "http://%s/" % door.address, needs=["before"]),
                {"id": "tells", "type": "api", "needs": ["waits"], "with": {
                    "url": "http://%s/" % outside.address, "headers": {"X-Secret": "{{ secrets.TOKEN }}"}}},
                code("writes", "open('result.txt', 'w').write('done')\nresult = 1\n", needs=["tells"],
                     with_={"files": "write"})], name="slow", changes="apply")
            busy = self.create(service, [value("large", "lists.range(12000)")], name="busy")
            waiting = self.start(service, slow)
            door.await_arrivals(1)
            backup = self.place.folder / "backup"
            with Load(service, busy) as load:
                before = dict(load.rounds)
                report = self.expect(
                    self.place.factory("backup", backup, "--data", self.place.data, "-o", "json"), 0).json
                during = {name: load.rounds[name] - before[name] for name in before}
            self.assertEqual(load.failures, [])
            self.assertTrue(all(during.values()), during)
            self.assertEqual(report["left_out"], [])
            self.assertEqual(service.stop(9), -9)

            target, answer = self.restore(backup)
            restored = answer.json
            self.same(backup, target, restored, report)
            self.stretch_of(self.place.data, target)
            self.files(target)

            # Without the key the secrets stay closed, and that is said.
            self.assertEqual(restored["missing_keys"], report["sealing_keys"])
            self.assertIn("stay closed", answer.stderr)
            self.checks(target, key=False)
            shutil.copy(self.place.data / "master.key", target / "master.key")
            self.checks(target, key=True)

            # The run that waited goes on there, in the files that are there; what it had done it does not do again.
            old = tree(self.place.data / "workspaces")
            self.assertEqual(len(door.came), 1)
            door.open.set()
            self.place.data = target
            there = self.serve("--allow-host", outside.address, "--allow-host", door.address)
            run = there.ended(waiting["id"])
            self.assertEqual(run["status"], "succeeded", run)
            attempts = {step["id"]: [attempt["status"] for attempt in step["attempts"]] for step in run["steps"]}
            self.assertEqual(attempts, {
                "before": ["succeeded"], "waits": ["lost", "succeeded"], "tells": ["succeeded"],
                "writes": ["succeeded"]})
            self.assertEqual(len(door.came), 2)
            self.assertEqual([seen["headers"]["X-Secret"] for seen in outside.requests], [SECRET])
            self.assertEqual((target / "workspaces" / "local" / "result.txt").read_text(), "done")
            self.assertEqual(tree(self.place.folder / "data" / "workspaces"), old)
            for item in there.request("GET", "/api/v1/runs?limit=200").json["items"]:
                self.assertEqual(there.ended(item["id"])["status"], "succeeded")
            self.assertEqual(there.stop(), 0)

    def same(self, backup, target, restored, report):
        """The restored folder holds what the backup held."""
        self.assertEqual(tables(target), tables(backup))
        self.assertEqual(tree(target / "blobs"), tree(backup / "blobs"))
        self.assertEqual(tree(target / "workspaces"), tree(backup / "workspaces"))
        for name in ("runs", "blobs", "files", "made_at"):
            self.assertEqual(restored[name], report[name], name)
        for path in [target, *target.rglob("*")]:
            if not path.is_symlink():
                self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        self.assertFalse((target / "token").exists())
        self.assertFalse((target / "master.key").exists())

    def stretch_of(self, original, target):
        """What the store of the backup holds is what the original held at one moment."""
        then, now = tables(target), tables(original)
        numbers = sorted(run["number"] for run in then["run"])
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertLess(len(numbers), len(now["run"]))
        for name in ("event", "audit", "pipeline_event", "secret", "account"):
            kept = set(map(repr, now[name]))
            # Of many savings in a row one event is kept, which grows.
            gone = [row for row in then[name] if repr(row) not in kept and row.get("kind") != "draft.saved"]
            self.assertEqual(gone, [], name)
        drafts = {(row["pipeline_id"], row["revision"]): row["text"] for row in now["pipeline_draft"]}
        for row in then["pipeline_draft"]:
            self.assertEqual(drafts.get((row["pipeline_id"], row["revision"]), row["text"]), row["text"])
        for run in then["run"]:
            steps = [row for row in then["step_run"] if row["run_id"] == run["id"]]
            if run["finished_ms"] is not None:
                self.assertEqual({row["status"] for row in steps}, {"succeeded"})

    def files(self, target):
        """What was there before is there; what was written meanwhile is there as a whole."""
        found = tree(target / "workspaces" / "local")
        self.assertEqual((found["kept.txt"], found["kept/deep/ä.txt"]), (b"kept", b"kept"))
        for path, content in found.items():
            if path.startswith("letters/"):
                self.assertEqual((len(content), len(set(content))), (200_000, 1), path)
            elif path.startswith("many/"):
                self.assertEqual(content.decode(), "number " + path.split("/")[1])
        account = tables(target)["account"][0]["id"]
        self.assertEqual((target / "workspaces" / account).resolve(), (target / "workspaces" / "local").resolve())

    def checks(self, target, key):
        self.expect(self.place.factory("audit", "--verify", "--data", target), 0)
        newest = self.expect(self.place.factory("audit", "--data", target, "-o", "json"), 0).json["items"][0]
        self.assertEqual((newest["action"], newest["via"]), ("installation.restored", "command line"))
        self.assertIs(newest["detail"]["includes_keys"], False)
        findings = {
            finding["name"]: finding["state"]
            for finding in json.loads(self.place.factory("doctor", "--data", target, "-o", "json").stdout)["items"]}
        self.assertEqual(findings["data folder"], "works")
        self.assertEqual(findings["master key"], "works" if key else "limited")

    def test_holds_the_keys_where_that_is_asked_for(self):
        service = self.serve()
        service.request("PUT", "/api/v1/secrets/TOKEN", {"value": SECRET})
        backup = self.place.folder / "backup"
        answer = self.expect(
            self.place.factory("backup", backup, "--data", self.place.data, "--include-keys"), 0)
        self.assertIn("whoever has this folder", answer.stderr)
        target, answer = self.restore(backup)
        self.assertEqual(answer.json["missing_keys"], [])
        for name in ("master.key", "token"):
            self.assertEqual((target / name).read_bytes(), (self.place.data / name).read_bytes())
            self.assertEqual((target / name).stat().st_mode & 0o777, 0o600)
        self.place.data = target
        self.assertEqual(self.serve().key, service.key)


class ARestore(ServingTest):
    def setUp(self):
        super().setUp()
        self.expect(self.place.run(self.place.document([value("large", "lists.range(12000)")])), 0)
        (self.place.data / "workspaces" / "local" / "empty").mkdir(parents=True)
        (self.place.data / "workspaces" / "local" / "a.txt").write_text("a")
        (self.place.data / "config.yaml").write_text("widths: {llm: 2}\n")
        self.backup = self.place.folder / "backup"
        self.expect(self.place.factory("backup", self.backup, "--data", self.place.data), 0)
        self.target = self.place.folder / "target"

    def restore(self, code=0, *arguments):
        answer = self.expect(
            self.place.factory("restore", self.backup, "--data", self.target, *arguments), code)
        self.assertFalse((self.place.folder / "target.partial").exists())
        return answer

    def test_brings_everything_that_a_backup_holds(self):
        self.assertIn("whole", self.restore(0, "--dry-run").stdout)
        self.assertFalse(self.target.exists())
        # A backup that was looked at is still what it was.
        for arguments in (("runs", "list"), ("doctor",), ("audit",)):
            self.place.factory(*arguments, "--data", self.backup)
        self.assertIn("checked", self.restore().stdout)
        self.assertTrue((self.target / "workspaces" / "local" / "empty").is_dir())
        self.assertEqual((self.target / "config.yaml").read_text(), "widths: {llm: 2}\n")
        self.assertEqual(
            sorted(path.name for path in self.target.iterdir()),
            ["blobs", "config.yaml", "factory.sqlite", "workspaces"])
        self.assertEqual(tables(self.target), tables(self.place.data))

    def test_takes_an_empty_folder_and_refuses_any_other(self):
        self.target.mkdir()
        self.restore()
        held = tree(self.target)
        self.assertIn("holds a store", self.restore(5).stderr)
        self.assertEqual(tree(self.target), held)
        self.target = self.place.folder / "other"
        self.place.write("other/mine.txt", "mine")
        self.assertIn("is not empty", self.restore(5).stderr)
        self.assertEqual(tree(self.target), {"mine.txt": b"mine"})

    def test_refuses_the_folder_of_a_server_and_names_it(self):
        service = self.serve()
        self.target = self.place.data
        self.assertIn("process %d" % service.process.pid, self.restore(5).stderr)

    def test_refuses_a_backup_that_is_not_as_it_was_written(self):
        blob = next(path for path in (self.backup / "blobs").rglob("*") if path.is_file())
        cases = [
            (blob, "is another"), (self.backup / "factory.sqlite", "is another"),
            (self.backup / "workspaces/local/a.txt", "is another"), (self.backup / "SHA256SUMS", "missing or another"),
            (self.backup / "backup.json", "cannot be read")]
        for path, words in cases:
            kept = path.read_bytes()
            path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]) if path.suffix != ".json" else kept[:-9])
            self.assertIn(words, self.restore(5).stderr, path)
            path.unlink()
            self.restore(5)
            self.assertFalse(self.target.exists())
            path.write_bytes(kept)
        self.restore()

    def test_refuses_what_does_not_fit_together_although_every_file_is_as_it_was_written(self):
        self.expect(self.place.factory("user", "add", "ada", "--role", "admin", "--data", self.place.data), 0)
        shutil.rmtree(self.backup)
        self.expect(self.place.factory("backup", self.backup, "--data", self.place.data), 0)
        whole = self.place.folder / "whole"
        shutil.copytree(self.backup, whole)

        def change(*statements):
            database = sqlite3.connect(self.backup / "factory.sqlite")
            for statement in ("PRAGMA foreign_keys = OFF", *statements):
                database.execute(statement)
            database.commit()
            database.close()

        blob = next(path for path in (self.backup / "blobs").rglob("*") if path.is_file())
        cases = {
            "missing from the data folder": blob.unlink,
            "refers to one that is not there": lambda: change("DELETE FROM run WHERE number = 1"),
            "audit log": lambda: change("DROP TRIGGER audit_is_not_changed", "UPDATE audit SET name = 'eve'"),
            "holds 1 runs and not 7": lambda: (self.backup / "backup.json").write_text(json.dumps(
                {**json.loads((self.backup / "backup.json").read_text()), "runs": 7})),
            "SHA256SUMS is missing or another": lambda: (self.backup / "SHA256SUMS").write_text(
                (self.backup / "SHA256SUMS").read_text() + "%s  workspaces/../../out\n" % ("a" * 64)),
        }
        for words, spoil in cases.items():
            shutil.rmtree(self.backup)
            shutil.copytree(whole, self.backup)
            spoil()
            if words.startswith("SHA256SUMS"):
                note = json.loads((self.backup / "backup.json").read_text())
                note["sums"] = hashlib.sha256((self.backup / "SHA256SUMS").read_bytes()).hexdigest()
                (self.backup / "backup.json").write_text(json.dumps(note))
            else:
                sign(self.backup)
            self.assertIn(words, self.restore(5).stderr)
            self.assertFalse(self.target.exists())

    def test_refuses_a_backup_of_a_newer_program(self):
        path = self.backup / "backup.json"
        note = json.loads(path.read_text())
        for name, number in (("backup", 2), ("store_format", 1_000)):
            path.write_text(json.dumps({**note, name: number}))
            self.assertIn("newer program", self.restore(5).stderr)

    def test_refuses_what_is_no_backup(self):
        self.backup = self.place.data
        self.assertIn("no finished backup", self.restore(5).stderr)
        self.backup = self.place.folder / "nowhere"
        self.assertIn("No such file", self.restore(5).stderr)

    def test_takes_nothing_that_came_to_the_backup_later(self):
        (self.backup / "workspaces" / "local" / "later.txt").write_text("later")
        (self.backup / "factory.sqlite-wal").write_bytes(b"\0" * 4096)
        self.restore()
        self.assertEqual(tree(self.target / "workspaces"), {"local/a.txt": b"a"})

    def test_clears_away_what_a_restore_left_that_was_killed(self):
        self.place.write("target.partial/lock", "factory restore (process 1)\n")
        self.place.write("target.partial/blobs/half", "half")
        self.restore()
        self.assertFalse((self.target / "blobs" / "half").exists())
        self.place.write("other.partial/mine.txt", "mine")
        self.target = self.place.folder / "other"
        answer = self.expect(self.place.factory("restore", self.backup, "--data", self.target), 5)
        self.assertIn("in the way", answer.stderr)
