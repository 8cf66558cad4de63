"""The JavaScript client: made from the contract, served by the server, and used against it."""

import json
import re
import subprocess
import sys
import unittest

from documents import HAS_NODE
from serving import ServingTest
from support import PATIENCE_SECONDS, ROOT, value

SCRIPT = """
import {Factory, FactoryError, each} from %(module)s;
const factory = new Factory({server: %(server)s, key: %(key)s});
const {data: pipeline, etag} = await factory.createPipeline({body: %(document)s});
const said = {etag, events: [], names: []};
const {data: run} = await factory.startRun({id: pipeline.id, body: {inputs: {}}, idempotencyKey: "one"});
for await (const event of factory.followRun({id: run.id})) said.events.push(event.type);
const first = await factory.getRun({id: run.id});
said.status = first.data.status;
for await (const item of each((page) => factory.listPipelines(page), {limit: 1})) said.names.push(item.name);
said.yaml = (await factory.getPipeline({id: pipeline.id, accept: "application/yaml"})).data;
try {
  await factory.replacePipeline({id: pipeline.id, ifMatch: '"9"', body: %(document)s});
} catch (error) {
  said.refused = [error instanceof FactoryError, error.status, error.code];
}
said.written = (await factory.putFile({path: "a.txt", body: new TextEncoder().encode("größe")})).status;
said.read = new TextDecoder().decode((await factory.getFile({path: "a.txt"})).data);
console.log(JSON.stringify(said));
"""


class TheClient(ServingTest):
    def test_is_what_the_contract_makes(self):
        contract = self.place.folder / "openapi.json"
        contract.write_bytes(self.serve().request("GET", "/api/v1/openapi.json", key=False).body)
        subprocess.run([sys.executable, ROOT / "scripts/client", contract, self.place.folder], check=True)
        for name in ("client.js", "client.d.ts"):
            self.assertEqual((self.place.folder / name).read_text(), (ROOT / "Client" / name).read_text(),
                             "run scripts/client with the contract of this program")

    def test_has_a_method_for_every_operation(self):
        contract = self.serve().request("GET", "/api/v1/openapi.json", key=False).json
        operations = [operation["operationId"] for item in contract["paths"].values()
                      for operation in item.values() if isinstance(operation, dict) and "operationId" in operation]
        script = (ROOT / "Client/client.js").read_text()
        methods = re.findall(r"^  (?:async \*)?(\w+)\(given\)", script, re.MULTILINE)
        self.assertEqual(len(methods), len(operations))
        self.assertEqual(sorted(name.replace("_", "").lower() for name in operations),
                         sorted(name.lower() for name in methods))

    @unittest.skipUnless(HAS_NODE, "no node")
    def test_is_served_and_does_what_it_says(self):
        service = self.serve()
        module = self.place.folder / "client.mjs"
        module.write_bytes(service.request("GET", "/api/v1/client.js", key=False).body)
        document = {"version": 1, "name": "one", "steps": [value("a", "1")]}
        script = self.place.write("use.mjs", SCRIPT % {
            "module": json.dumps(str(module)), "server": json.dumps(service.url), "key": json.dumps(service.key),
            "document": json.dumps(document)})
        done = subprocess.run(["node", script], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual(done.returncode, 0, done.stderr)
        said = json.loads(done.stdout)
        self.assertEqual(said["etag"], '"1"')
        self.assertEqual((said["events"][0], said["events"][-1]), ("run.created", "run.finished"))
        self.assertEqual((said["status"], said["names"]), ("succeeded", ["one"]))
        self.assertIn("name: one", said["yaml"])
        self.assertEqual(said["refused"], [True, 412, "precondition_failed"])
        self.assertEqual((said["written"], said["read"]), (201, "größe"))


if __name__ == "__main__":
    unittest.main()
