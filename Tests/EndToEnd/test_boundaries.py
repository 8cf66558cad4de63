"""Shows the walls around files, network and secrets from outside."""

import os

from support import FactoryTest, recorder, value


class TheNetwork(FactoryTest):
    def call(self, server, **more):
        return self.place.document([{"id": "call", "type": "api", "with": {
            "method": "GET", "url": "http://%s/" % server.address, **more}}])

    def test_denies_this_machine_until_the_person_allows_it(self):
        with recorder() as server:
            run = self.expect(self.place.run(self.call(server)), 1).json
            self.assertEqual(run["error"]["code"], "egress_denied")
            self.assertEqual(server.requests, [])
            self.expect(self.place.run(self.call(server), "--allow-host", server.address), 0)
            self.assertEqual(len(server.requests), 1)

    def test_denies_another_port_than_the_allowed_one(self):
        with recorder() as server, recorder() as other:
            run = self.expect(self.place.run(self.call(other), "--allow-host", server.address), 1).json
            self.assertEqual(run["error"]["code"], "egress_denied")
            self.assertEqual(other.requests, [])

    def test_keeps_the_failed_answer_of_an_api(self):
        with recorder() as server:
            answer = self.place.run(self.call(server, expect=[201]), "--allow-host", server.address)
            run = self.expect(answer, 1).json
            self.assertEqual(run["error"]["code"], "http_status")
            self.assertEqual(self.step(run, "call")["output"]["status"], 200)


class ASecret(FactoryTest):
    VALUE = "correct-horse-battery-staple-7"

    def test_reaches_the_api_and_nothing_else(self):
        secret = self.place.write("token.txt", self.VALUE)
        document = self.place.document([
            {"id": "call", "type": "api", "with": {
                "method": "POST", "url": "{{ inputs.url }}", "headers": {"x-token": "{{ secrets.TOKEN }}"},
                "json": {"token": "{{ secrets.TOKEN }}"}}},
            value("copy", "steps.call.output.body")],
            inputs={"url": {"type": "string"}})
        with recorder() as server:
            answer = self.expect(self.place.run(
                document, "--secret", "TOKEN=@" + secret, "--input", "url=http://%s/" % server.address,
                "--allow-host", server.address, "--events"), 0)
            headers = {name.lower(): text for name, text in server.requests[0]["headers"].items()}
            self.assertEqual(headers["x-token"], self.VALUE)
            self.assertIn(self.VALUE, server.requests[0]["body"])
        self.assertNotIn(self.VALUE, answer.stdout + answer.stderr)
        read = 0
        for folder, _, names in os.walk(self.place.data):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(self.VALUE.encode(), file.read(), name)
                read += 1
        self.assertGreater(read, 0)

    def test_may_not_stand_in_a_prompt(self):
        document = self.place.document([{"id": "ask", "type": "prompt", "with": {"prompt": "{{ secrets.TOKEN }}"}}])
        answer = self.expect(self.place.factory("validate", document), 3)
        self.assertIn("secrets", answer.stdout)


class TheWorkspace(FactoryTest):
    def read(self, path):
        document = self.place.document(
            [{"id": "read", "type": "file", "with": {"operation": "read", "path": "{{ inputs.path }}"}}],
            inputs={"path": {"type": "string"}})
        return self.place.run(document, "--input", "path=%s" % path)

    def test_has_no_way_out(self):
        self.place.write("outside.txt", "seen")
        (self.place.files / "inside.txt").write_text("seen")
        os.symlink(self.place.folder, self.place.files / "link")
        absolute = str(self.place.folder / "outside.txt")
        for path in ("../outside.txt", absolute, "link/outside.txt", "a/../../outside.txt"):
            with self.subTest(path=path):
                run = self.expect(self.read(path), 1).json
                self.assertEqual(run["error"]["code"], "path_denied")
        control = self.expect(self.read("inside.txt"), 0).json
        self.assertEqual(self.step(control, "read")["output"]["content"], "seen")
