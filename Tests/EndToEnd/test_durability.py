"""Shows what becomes of a data folder that grows, runs full, is damaged, backed up and restored."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import unittest

from support import FACTORY, FactoryTest, code, now_ticks, survivors, value, waiting

TABLES = ("step_run", "attempt", "event", "log_chunk", "change", "planned_change")


class DataFolderTest(FactoryTest):
    def database(self, folder=None):
        connection = sqlite3.connect((folder or self.place.data) / "factory.sqlite")
        self.addCleanup(connection.close)
        return connection

    def blobs(self, folder=None):
        return sorted(
            path.parent.name + path.name for path in (folder or self.place.data).glob("blobs/??/*") if path.is_file())

    def disk_bytes(self):
        return sum(path.stat().st_size for path in self.place.data.rglob("*") if path.is_file())

    def list(self, data=None):
        return self.expect(self.place.factory(
            "runs", "list", "--limit", 200, "--data", data or self.place.data, "-o", "json"), 0).json["items"]

    def many_runs(self, count, rows=30):
        """One real run, and copies of it that differ in ids, moments and blobs: what years of work leave."""
        answer = self.expect(self.place.run(self.place.document([
            value("small", "'x'"), value("large", "lists.range(12000)")])), 0)
        connection = self.database()
        run = answer.json["id"]
        [output] = connection.execute("SELECT output FROM step_run WHERE output_is_blob = 1").fetchone()
        original = json.loads(output)["blob"]
        names = {table: [row[1] for row in connection.execute("PRAGMA table_info(%s)" % table)]
                 for table in ("run", *TABLES)}

        def copy(table, number, changes, where):
            columns = ", ".join('"%s"' % name for name in names[table])
            values = ", ".join(changes.get(name, '"%s"' % name) for name in names[table])
            connection.execute("INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s" % (
                table, columns, values, table, where), {"n": "-%d" % number, "number": number, "run": run})

        blob = (self.place.data / "blobs" / original[:2] / original[2:]).read_bytes()
        for number in range(2, count + 1):
            new_id = {"id": "id || :n", "run_id": "run_id || :n", "step_run_id": "step_run_id || :n",
                      "attempt_id": "attempt_id || :n"}
            mine = "%064x" % number
            shelf = self.place.data / "blobs" / mine[:2]
            shelf.mkdir(exist_ok=True)
            (shelf / mine[2:]).write_bytes(blob)
            copy("run", number, {
                "id": "id || :n", "number": ":number", "finished_ms": "finished_ms + :number",
                "outputs": "replace(outputs, '%s', '%s')" % (original, mine)}, "id = :run")
            copy("step_run", number, {
                **new_id, "output": "replace(output, '%s', '%s')" % (original, mine)}, "run_id = :run")
            in_run = {**new_id, "ordinal": "(:number << 32) | (ordinal & 4294967295)"}
            copy("attempt", number, in_run, "run_number = 1")
            copy("event", number, in_run, "run_number = 1")
            connection.executemany(
                "INSERT INTO event (ordinal, at_ms, kind, data) VALUES (?, 0, 'warning', '{}')",
                [(number << 32 | 100 + row,) for row in range(rows)])
        connection.commit()
        connection.close()
        # What all of them name: the outputs as a whole.
        self.shared = [blob for blob in self.blobs() if blob != original and not blob.startswith("0" * 32)]
        return count

    def assert_whole(self, connection, events):
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM event WHERE run_number = run.number) FROM run WHERE number > 1").fetchall()
        self.assertLessEqual({count for [count] in counts}, {events}, "runs in part")


class Pruning(DataFolderTest):
    def test_says_what_would_go_and_then_takes_just_that(self):
        count = self.many_runs(60)
        before = self.disk_bytes()
        dry = self.expect(self.place.factory(
            "runs", "prune", "--keep", 20, "--dry-run", "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual((dry["runs"], dry["dry_run"]), (40, True))
        self.assertEqual(len(self.list()), count)
        done = self.expect(self.place.factory(
            "runs", "prune", "--keep", 20, "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual((done["runs"], done["blobs"]), (40, 40))
        self.assertEqual([run["number"] for run in self.list()], list(range(60, 40, -1)))
        self.assertEqual(self.blobs(), sorted(["%064x" % number for number in range(41, 61)] + self.shared))
        self.assertLess(self.disk_bytes(), before * 0.6)
        self.assertLess(abs(dry["bytes_after"] - done["bytes_after"]), before * 0.1)

    def test_takes_its_limits_from_the_settings_and_from_the_command_line(self):
        self.many_runs(12)
        self.place.write("data/config.yaml", "retention: {runs: 7, age: 30d}\n")
        answer = self.expect(self.place.factory("runs", "prune", "--data", self.place.data), 0)
        self.assertIn("removed 5 runs", answer.stdout)
        self.place.environment["CODE_FACTORY_RETENTION_RUNS"] = "4"
        answer = self.expect(self.place.factory("runs", "prune", "--data", self.place.data), 0)
        self.assertIn("removed 3 runs", answer.stdout)
        answer = self.expect(self.place.factory(
            "runs", "prune", "--max-bytes", "300KB", "--older-than", "52w", "--data", self.place.data), 0)
        self.assertLess(len(self.list()), 4)
        for limit, text in (("--keep", "-1"), ("--older-than", "soon"), ("--max-bytes", "1XB")):
            self.expect(self.place.factory("runs", "prune", limit + "=" + text, "--data", self.place.data), 2)
        self.place.environment["CODE_FACTORY_RETENTION_AGE"] = "soon"
        self.assertIn("CODE_FACTORY_RETENTION_AGE", self.expect(self.place.factory(
            "runs", "prune", "--data", self.place.data), 2).stderr)

    def test_is_done_by_a_run_too_when_the_settings_say_so(self):
        self.many_runs(30)
        self.place.write("data/config.yaml", "retention: {runs: 3}\n")
        self.expect(self.place.run(self.place.document([value("a", "1")])), 0)
        self.assertLessEqual(len(self.list()), 4)

    def test_leaves_whole_runs_wherever_it_is_killed(self):
        count = self.many_runs(400)
        connection = self.database()
        [events] = connection.execute("SELECT count(*) FROM event GROUP BY run_number ORDER BY 1 DESC").fetchone()
        connection.close()
        chance = random.Random(20_261_122)
        kills, left = 0, count
        while left > 60:
            process = self.place.spawn("runs", "prune", "--keep", 5, "--data", self.place.data)
            connection = self.database()
            while process.poll() is None and connection.execute("SELECT count(*) FROM run").fetchone()[0] == left:
                pass
            # It has removed something; now it is anywhere between there and its end.
            try:
                process.communicate(timeout=chance.uniform(0, 0.02))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                kills += 1
            connection.close()
            connection = self.database()
            self.assert_whole(connection, events)
            [left] = connection.execute("SELECT count(*) FROM run").fetchone()
            connection.close()
        self.assertGreater(kills, 2, "it was hardly ever killed: the test proved nothing")
        self.expect(self.place.factory("runs", "prune", "--keep", 5, "--data", self.place.data), 0)
        self.assertEqual(len(self.list()), 5)
        self.assertEqual(self.blobs(), sorted(["%064x" % number for number in range(396, 401)] + self.shared))

    def test_is_refused_while_a_run_works_on_the_data(self):
        since = now_ticks()
        watched = self.watch_run(self.place.document([code("a", waiting(600), timeout="15m")]))
        watched.until("attempt.started", "a")
        answer = self.expect(self.place.factory("runs", "prune", "--data", self.place.data), 5)
        self.assertIn("process %d" % watched.process.pid, answer.stderr)
        watched.kill()
        self.assertEqual(survivors(since), {})

    def test_clears_away_what_a_crash_left_half_written(self):
        self.expect(self.place.run(self.place.document([value("large", "lists.range(12000)")])), 0)
        kept = self.blobs()
        self.place.write("data/blobs/tmp-att_1", "half")
        self.place.write("data/blobs/aa/" + "b" * 62, "nobody's")
        self.expect(self.place.factory("runs", "prune", "--data", self.place.data), 0)
        self.assertEqual(self.blobs(), kept)
        self.assertFalse((self.place.data / "blobs" / "tmp-att_1").exists())


class ABackup(DataFolderTest):
    def test_made_beside_a_run_restores_everything_and_the_run_goes_on_from_it(self):
        for number in range(3):
            self.expect(self.place.run(self.place.document([value("large", "lists.range(1200%d)" % number)])), 0)
        document = self.place.document([
            value("first", "lists.range(12000)"),
            code("slow", waiting(600), timeout="15m", needs=["first"])])
        since = now_ticks()
        watched = self.watch_run(document)
        watched.until("attempt.started", "slow")
        backup = self.place.folder / "backup"
        report = self.expect(self.place.factory(
            "backup", backup, "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual(report["runs"], 4)
        watched.kill()
        self.assertEqual(survivors(since), {})
        self.assertEqual(self.blobs(backup), self.blobs())
        original = self.list()
        shutil.rmtree(self.place.data)
        shutil.move(backup, self.place.data)
        self.assertEqual([run["id"] for run in self.list()], [run["id"] for run in original])
        self.expect(self.place.factory("runs", "cancel", original[0]["id"], "--data", self.place.data), 4)
        shown = self.expect(self.place.factory(
            "runs", "show", original[0]["id"], "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual(self.step(shown, "first")["status"], "succeeded")
        self.assertEqual(oct(self.place.data.stat().st_mode & 0o777), "0o700")

    def test_overwrites_nothing_and_needs_a_store(self):
        target = self.place.folder / "backup"
        self.expect(self.place.factory("backup", target, "--data", self.place.data), 2)
        self.expect(self.place.run(self.place.document([value("a", "1")])), 0)
        target.mkdir()
        self.assertIn("is there already", self.expect(self.place.factory(
            "backup", target, "--data", self.place.data), 5).stderr)
        self.assertEqual(list(target.iterdir()), [])

    def test_says_when_a_blob_is_gone_rather_than_leave_it_out(self):
        self.expect(self.place.run(self.place.document([value("large", "lists.range(12000)")])), 0)
        blob = self.blobs()[0]
        (self.place.data / "blobs" / blob[:2] / blob[2:]).unlink()
        target = self.place.folder / "backup"
        self.assertIn(blob[:12], self.expect(self.place.factory(
            "backup", target, "--data", self.place.data), 5).stderr)
        self.assertFalse(target.exists())


class Damage(DataFolderTest):
    def test_to_a_blob_is_named_and_leaves_every_other_run_readable(self):
        broken = self.expect(self.place.run(self.place.document([
            value("large", "lists.range(12000)"), value("sum", "size(steps.large.output)", enabled=False)])), 0).json
        whole = self.expect(self.place.run(self.place.document([value("a", "1")])), 0).json
        blob = self.blobs()[0]
        (self.place.data / "blobs" / blob[:2] / blob[2:]).unlink()
        self.assertEqual([run["id"] for run in self.list()], [whole["id"], broken["id"]])
        for run in (whole, broken):
            self.expect(self.place.factory("runs", "show", run["id"], "--data", self.place.data), 0)

    def test_to_the_database_is_told_with_what_to_do(self):
        self.expect(self.place.run(self.place.document([value("a", "1")])), 0)
        path = self.place.data / "factory.sqlite"
        path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
        answer = self.expect(self.place.factory("runs", "list", "--data", self.place.data), 5)
        self.assertIn("damaged", answer.stderr)
        self.assertIn("backup", answer.stderr)


def can_mount():
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


@unittest.skipUnless(can_mount(), "this host allows no mounts in user namespaces")
class AFullDisk(DataFolderTest):
    """On a file system of a few hundred kilobytes, mounted for these processes alone."""

    SCRIPT = """
        set -u
        mount -t tmpfs -o size=%(size)s,mode=700 none "$DATA"
        "$FACTORY" run "$DOCUMENT" --data "$DATA" --files "$FILES" -o json >"$OUT/first" 2>"$OUT/first.err"
        echo $? >"$OUT/first.code"
        "$FACTORY" runs list --data "$DATA" -o json >"$OUT/list" 2>"$OUT/list.err"
        mount -o remount,size=64m "$DATA"
        "$FACTORY" runs resume --data "$DATA" -o json >"$OUT/second" 2>"$OUT/second.err"
        echo $? >"$OUT/second.code"
    """

    def fill(self, document, size):
        out = self.place.folder / "out"
        out.mkdir(exist_ok=True)
        self.place.data.mkdir(exist_ok=True)
        subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", self.SCRIPT % {"size": size}],
            cwd=self.place.files, timeout=120, check=False,
            env={**self.place.environment, "DATA": str(self.place.data), "FILES": str(self.place.files),
                 "DOCUMENT": document, "OUT": str(out), "FACTORY": str(FACTORY)})
        return {path.name: path.read_text().strip() for path in out.iterdir()}

    def check(self, found):
        self.assertEqual(found["first.code"], "5", found)
        self.assertIn("disk is full", found["first.err"], found)
        self.assertEqual(found["second.code"], "0", found)
        run = json.loads(found["second"])
        self.assertEqual(run["status"], "succeeded")
        again = 0
        for step in run["steps"]:
            statuses = [attempt["status"] for attempt in step["attempts"]]
            self.assertEqual(statuses[-1], "succeeded")
            self.assertEqual(statuses.count("succeeded"), 1)
            again += len(statuses) - 1
        self.assertLessEqual(again, 1)

    def test_stops_a_run_of_many_rows_which_goes_on_where_it_stood(self):
        steps = [value("s%d" % number, "lists.range(5000)", **({"needs": ["s%d" % (number - 1)]} if number else {}))
                 for number in range(60)]
        self.check(self.fill(self.place.document(steps), "900k"))

    def test_stops_a_run_of_large_values_which_goes_on_where_it_stood(self):
        steps = [value("s%d" % number, "lists.range(%d)" % (20000 + number),
                       **({"needs": ["s%d" % (number - 1)]} if number else {})) for number in range(20)]
        self.check(self.fill(self.place.document(steps), "1600k"))


if __name__ == "__main__":
    unittest.main()
