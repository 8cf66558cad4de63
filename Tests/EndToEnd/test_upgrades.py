"""Data folders of earlier builds, kept by scripts/keep-store: everything in them goes on working in this one."""

import hashlib
import hmac
import json
import sqlite3
import tarfile
import time

from people import set_up, sign_in
from serving import ServingTest
from support import ROOT, recorder

FIXTURES = ROOT / "Tests" / "Fixtures"
YAML = {"Content_Type": "application/yaml"}


class KeptTest(ServingTest):
    """A test with a kept data folder."""

    def unpack(self, number):
        self.place.data.mkdir(mode=0o700)
        with tarfile.open(FIXTURES / ("data-format-%d.tar.gz" % number)) as archive:
            archive.extractall(self.place.data, filter="fully_trusted")
        self.place.data.chmod(0o700)
        self.note = json.loads((self.place.data / "note.json").read_text())
        self.assertEqual(self.note["store_format"], number)
        self.known = self.expect(self.place.factory("version", "-o", "json"), 0).json["store_format"]
        if number > 5:
            # Keys and links have not run out, however long ago the folder was kept.
            self.sql("UPDATE access_key SET expires_ms = created_ms + 4e12",
                     "UPDATE pipeline_share_link SET expires_ms = created_ms + 4e12")
        runs = self.sql("SELECT id, number, pipeline, status FROM run ORDER BY number")
        self.assertEqual([run[2] for run in runs], ["kept", "interrupted"])

    def sql(self, *statements, path="factory.sqlite"):
        database = sqlite3.connect(self.place.data / path)
        try:
            rows = [database.execute(statement).fetchall() for statement in statements][-1]
            database.commit()
            return rows
        finally:
            database.close()

    def migrated(self, number):
        """The store as it was stands beside that of this build."""
        self.assertEqual(self.sql("PRAGMA user_version"), [(self.known,)])
        self.assertEqual(self.sql("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.sql("PRAGMA foreign_key_check"), [])
        copy = self.place.data / ("factory.sqlite.before-%d" % (number + 1))
        self.assertEqual(copy.exists(), number < self.known)
        if copy.exists():
            self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
            self.assertEqual(self.sql("PRAGMA user_version", path=copy.name), [(number,)])
            self.assertEqual(self.sql("PRAGMA integrity_check", path=copy.name), [("ok",)])
            self.assertEqual(self.sql("SELECT pipeline FROM run ORDER BY number", path=copy.name),
                             [("kept",), ("interrupted",)])

    def works(self, service, ask):
        """What every build could do: the draft, the run, its file and its logs, the run that was cut off."""
        note, path = self.note, self.note["pipeline"]
        draft = note.get("draft", note["document"])
        kept = ask("GET", path)
        self.assertEqual((kept.status, kept.json["name"], kept.json["tags"]), (200, "kept", ["one", "two"]), str(kept))
        self.assertEqual(ask("GET", path, Accept="application/yaml").body.decode(), draft)
        self.assertEqual([found["name"] for found in ask("GET", "/api/v1/pipelines?q=earlier").json["items"]], ["kept"])
        self.assertEqual(kept.json["step_types"], [step["type"] for step in kept.json["document"]["steps"]])

        run = ask("GET", "/api/v1/runs/" + note["run"]).json
        self.assertEqual((run["status"], run["number"], run["pipeline"]["name"]), ("succeeded", 1, "kept"))
        self.assertEqual(self.step(run, "writes")["output"]["result"], 42)
        self.assertEqual(self.step(run, "large")["output"]["size"], note["bytes"])
        self.assertEqual(run["changes"]["status"], "applied")
        logs = ask("GET", run["links"]["logs"]).json["items"]
        self.assertEqual("".join(chunk["text"] for chunk in logs), "said by a run\n")
        changes = ask("GET", "/api/v1/runs/%s/changes" % note["run"])
        self.assertIn("result.txt", changes.body.decode())
        kinds = [event["type"] for _, event in service.events(note["run"])]
        self.assertEqual((kinds[0], kinds[-1]), ("run.created", "run.finished"))

        other = service.ended(note["interrupted"])
        self.assertEqual(other["status"], "succeeded", other)
        self.assertEqual([attempt["status"] for attempt in self.step(other, "slow")["attempts"]], ["lost", "succeeded"])
        self.assertEqual([attempt["status"] for attempt in self.step(other, "before")["attempts"]], ["succeeded"])

        file = ask("GET", "/api/v1/files?path=notes/%C3%A4.txt")
        self.assertEqual(hashlib.sha256(file.body).hexdigest(), note["file"])
        self.assertEqual(ask("GET", "/api/v1/files?path=result.txt").body, b"written by a run")

        saved = ask("PUT", path, draft.replace("Kept from", "Saved after"), If_Match=kept.tag, **YAML)
        self.assertEqual((saved.status, saved.json["title"]), (200, "Saved after an earlier build"), str(saved))
        stale = ask("PUT", path, draft.replace("Kept from", "Late after"), If_Match='"99"', **YAML)
        self.assertEqual(stale.status, 412, str(stale))
        again = ask("POST", path + "/runs", {"inputs": {}})
        self.assertEqual(service.ended(again.json["id"])["status"], "succeeded")


class FormatFive(KeptTest):
    """Of the build before there were accounts."""

    def test_goes_on_with_its_key_and_then_belongs_to_the_first_account(self):
        self.unpack(5)
        key = (self.place.data / "token").read_text().strip()
        service = self.serve()
        self.assertEqual(service.key, key)
        self.works(service, service.request)
        self.migrated(5)
        versions = service.request("POST", self.note["pipeline"] + "/versions", {"message": "The first"})
        self.assertEqual((versions.status, versions.json["number"]), (201, 1), str(versions))
        ada = set_up(service, "ada")
        self.assertEqual(
            sorted(item["name"] for item in ada.request("GET", "/api/v1/pipelines").json["items"]),
            ["interrupted", "kept"])
        self.assertEqual(ada.request("GET", "/api/v1/files?path=result.txt").body, b"written by a run")
        self.assertEqual(ada.request("GET", "/api/v1/runs/" + self.note["run"]).json["status"], "succeeded")


class FormatEleven(KeptTest):
    """Of the first build with accounts, versions, shares, keys and secrets."""

    NUMBER = 11

    def setUp(self):
        super().setUp()
        self.unpack(self.NUMBER)

    def asking(self, service, name):
        return lambda *given, **more: service.request(
            *given, **{"Authorization": "Bearer " + self.note["keys"][name], **more})

    def test_keeps_what_it_held(self):
        with recorder() as outside:
            service = self.serve("--allow-host", outside.address)
            ada, bob, carl = (self.asking(service, name) for name in ("ada", "bob", "carl"))
            self.works(service, ada)
            self.migrated(self.NUMBER)
            path = self.note["pipeline"]

            version = ada("GET", path + "/versions/1", Accept="application/yaml")
            self.assertEqual(version.body.decode(), self.note["document"])
            of_version = ada("POST", path + "/runs", {"inputs": {}, "version": 1}).json
            self.assertEqual(service.ended(of_version["id"])["version"], 1)
            comments = ada("GET", path + "/comments").json["items"]
            self.assertEqual([(one["text"], one["step"], [who["name"] for who in one["mentions"]]) for one in comments],
                             [("Is this right, @bob?", "large", ["bob"])])
            self.assertTrue(ada("GET", path).json["favourite"])

            # The share admits bob, to look; the link admits carl, to run; nothing admits either to more.
            self.assertEqual(bob("GET", path).status, 200)
            self.refused(bob("PUT", path, self.note["document"], If_Match="*", **YAML), 403, "forbidden")
            self.refused(bob("GET", self.note["sends"]), 404, "not_found")
            self.refused(carl("GET", path), 404, "not_found")
            taken = carl("POST", "/api/v1/share-links/accept", {"token": self.note["link"]})
            self.assertEqual(taken.status, 200, str(taken))
            self.assertEqual(carl("POST", path + "/runs", {"inputs": {}}).status, 202)

            # The sealed secret opens with the key that is kept beside it.
            sends = ada("POST", self.note["sends"] + "/runs", {"inputs": {"url": "http://%s/" % outside.address}})
            self.assertEqual(service.ended(sends.json["id"])["status"], "succeeded")
            self.assertEqual(
                [(seen["headers"]["X-Secret"], seen["headers"]["X-Name"]) for seen in outside.requests],
                [(self.note["secret"], "a name")])
            self.expect(self.place.factory("audit", "--verify", "--data", self.place.data), 0)

            self.assertEqual(sign_in(service, "ada").request("GET", path).status, 200)
            self.refused(service.request("GET", path, Authorization="Bearer cf_nobody"), 401, "unauthorized")

    def test_is_not_written_by_who_only_looks(self):
        if self.known == self.NUMBER:
            self.skipTest("it is of this build's own format")
        before = self.sql("PRAGMA user_version")
        self.expect(self.place.factory("runs", "list", "--data", self.place.data), 5)
        self.assertEqual(self.sql("PRAGMA user_version"), before)


class FormatFourteen(FormatEleven):
    """Of the first build with triggers and alerts."""

    NUMBER = 14

    def test_fires_and_tells_as_it_was_told(self):
        service = self.serve()
        ada, path = self.asking(service, "ada"), self.note["triggered"]
        items = {item["kind"]: item for item in ada("GET", path + "/triggers").json["items"]}
        for kind, kept in (("schedule", self.note["schedule"]), ("webhook", self.note["hook"])):
            for name in ("id", "cron", "timezone", "catch_up", "inputs", "enabled"):
                self.assertEqual(items[kind].get(name), kept.get(name), name)
        alerts = ada("GET", "/api/v1/alerts").json["items"]
        self.assertEqual([alert["id"] for alert in alerts], [self.note["alert"]["id"]])

        # The sealed key of the hook is still the one that calls are signed with.
        hook, body, moment = self.note["hook"], json.dumps({"title": "Snow"}), str(int(time.time()))
        signature = hmac.new(hook["secret"].encode(), (moment + "." + body).encode(), hashlib.sha256).hexdigest()
        called = service.request(
            "POST", hook["path"], body.encode(), key=False,
            **{"Content-Type": "application/json", "X-Factory-Timestamp": moment,
               "X-Factory-Signature": "sha256=" + signature})
        self.assertEqual(called.status, 202, str(called))
        delivery = ada("GET", hook["links"]["deliveries"]).json["items"][0]
        run = service.ended(delivery["run"])
        self.assertEqual((run["status"], run["trigger"], run["inputs"]), ("succeeded", "webhook", {"title": "Snow"}))
