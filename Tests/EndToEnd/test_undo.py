"""What a run changed, decided about file by file, and taken back."""

from serving import ServingTest


def write(identifier, path, content):
    return {"id": identifier, "type": "file", "needs": [],
            "with": {"operation": "write", "path": path, "content": content}}


class AChangeSet(ServingTest):
    def run_writing(self, service, policy):
        root = self.place.data / "workspaces" / "local"
        root.joinpath("old").write_text("before")
        pipeline = self.create(
            service, [write("a", "new/deep", "made"), write("b", "old", "after"), write("c", "third", "3")],
            changes=policy)
        run = service.ended(self.start(service, pipeline)["id"])
        self.assertEqual(run["status"], "succeeded", run)
        return run["id"], root

    def decide(self, service, run, what, *files):
        reply = service.request(
            "POST", "/api/v1/runs/%s/changes/%s" % (run, what), {"files": list(files)} if files else {})
        self.assertEqual(reply.status, 200, str(reply))
        return reply.json["status"], {file["path"]: file["state"] for file in reply.json["files"]}

    def test_is_taken_back_where_nobody_changed_it_since(self):
        service = self.serve()
        run, root = self.run_writing(service, "apply")
        self.assertEqual((root / "old").read_text(), "after")
        (root / "third").write_text("by hand")
        status, states = self.decide(service, run, "undo")
        self.assertEqual((status, states), ("applied", {"new/deep": "undone", "old": "undone", "third": "conflict"}))
        self.assertEqual((root / "old").read_text(), "before")
        self.assertEqual((root / "third").read_text(), "by hand")
        self.assertFalse((root / "new").exists())
        (root / "third").write_text("3")
        self.assertEqual(self.decide(service, run, "undo", "third")[0], "undone")
        self.assertFalse((root / "third").exists())
        self.assertEqual(service.request("GET", "/api/v1/runs/" + run).json["changes"]["status"], "undone")
        self.refused(service.request("POST", "/api/v1/runs/%s/changes/undo" % run, {}), 409, "state_conflict")

    def test_is_decided_about_file_by_file(self):
        service = self.serve()
        run, root = self.run_writing(service, "review")
        status, states = self.decide(service, run, "apply", "third")
        self.assertEqual((status, states), ("pending", {"new/deep": "pending", "old": "pending", "third": "applied"}))
        self.assertEqual((root / "third").read_text(), "3")
        status, states = self.decide(service, run, "discard", "old")
        self.assertEqual((status, states["old"], states["new/deep"]), ("pending", "discarded", "pending"))
        for files in ([], ["other"], [3], "old", None, {}):
            self.refused(
                service.request("POST", "/api/v1/runs/%s/changes/apply" % run, {"files": files}), 400,
                "invalid_field_value")
        self.assertEqual(self.decide(service, run, "apply")[0], "applied")
        self.assertEqual((root / "old").read_text(), "before")

    def test_is_carried_out_only_where_it_fits(self):
        service = self.serve(CODE_FACTORY_WORKSPACE_QUOTA="10")
        run, root = self.run_writing(service, "review")
        path = "/api/v1/runs/%s/changes/" % run
        (root / "big").write_text("12")
        self.refused(service.request("POST", path + "apply", {}), 413, "quota_exceeded")
        self.assertEqual((root / "old").read_text(), "before")
        # Nothing was decided by that: it still waits, and what fits can be applied.
        self.assertEqual(self.decide(service, run, "apply", "third")[1]["old"], "pending")
        (root / "big").unlink()
        self.assertEqual(self.decide(service, run, "discard")[0], "applied")
        pipeline = self.create(service, [write("a", "x", "y" * 10)], name="large", changes="apply")
        failed = service.ended(self.start(service, pipeline)["id"])
        self.assertEqual((failed["status"], failed["error"]["code"]), ("failed", "quota_exceeded"), failed)
        self.assertFalse((root / "x").exists())

    def test_is_taken_back_from_the_command_line(self):
        service = self.serve()
        self.place.environment.update(CODE_FACTORY_SERVER=service.url, CODE_FACTORY_KEY=service.key)
        run, root = self.run_writing(service, "apply")
        answer = self.expect(self.place.factory("runs", "undo", run, "--file", "old"), 0)
        self.assertIn("undone old", answer.stdout)
        self.assertEqual((root / "old").read_text(), "before")
        (root / "third").write_text("by hand")
        answer = self.expect(self.place.factory("runs", "undo", run), 1)
        self.assertIn("conflict third", answer.stdout)
        self.assertFalse((root / "new").exists())
