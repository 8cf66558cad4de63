"""Shows what code in the sandbox cannot see. The same code outside sees all of it: that is the control."""

import json
import os
import subprocess
import sys
from pathlib import Path

from support import FactoryTest, code, recorder

PROBE = """
import os, socket

def attempt(action):
    try:
        return action()
    except OSError as error:
        return "refused: " + type(error).__name__

def connect(address):
    host, port = address.split(":")
    socket.create_connection((host, int(port)), timeout=5).close()
    return "connected"

def main(inputs):
    return {
        "environment": os.environ.get("FACTORY_CANARY", "absent"),
        "data": attempt(lambda: "listed " + " ".join(sorted(os.listdir(inputs["data"])))),
        "passwd": attempt(lambda: open("/etc/passwd").read()),
        "network": attempt(lambda: connect(inputs["address"])),
        "file": attempt(lambda: open(inputs["file"]).read()),
        "processes": len([name for name in attempt(lambda: os.listdir("/proc")) if name.isdigit()]),
    }
"""

JAVASCRIPT = """
const fs = require("fs");
const net = require("net");

function attempt(action) {
  try { return action(); } catch (error) { return "refused: " + error.code; }
}

async function main(inputs) {
  const [host, port] = inputs.address.split(":");
  const network = await new Promise((resolve) => {
    try {
      const socket = net.connect(Number(port), host, () => { socket.destroy(); resolve("connected"); });
      socket.on("error", (error) => resolve("refused: " + error.code));
    } catch (error) { resolve("refused: " + error.code); }
  });
  return {
    environment: process.env.FACTORY_CANARY ?? "absent",
    data: attempt(() => "listed " + fs.readdirSync(inputs.data).join(" ")),
    passwd: attempt(() => fs.readFileSync("/etc/passwd", "utf8")),
    network,
    file: attempt(() => fs.readFileSync(inputs.file, "utf8")),
  };
}
"""


class TheSandbox(FactoryTest):
    def setUp(self):
        super().setUp()
        self.place.environment["FACTORY_CANARY"] = "seen"
        self.secret = self.place.write("secret.txt", "seen")
        os.chmod(self.place.folder, 0o755)
        # A first run makes the data folder, so that there is something to see.
        self.expect(self.place.run(self.place.document([code("nothing", "result = 1")])), 0)
        self.host_passwd = Path("/etc/passwd").read_text()

    def inputs(self, server):
        return {"data": str(self.place.data), "address": server.address, "file": self.secret}

    def probe(self, language, text, server):
        document = self.place.document([code("probe", text, language, with_={"inputs": self.inputs(server)})])
        run = self.expect(self.place.run(document), 0).json
        self.assertEqual(run["isolation"], "full")
        return self.step(run, "probe")["output"]["result"]

    def assert_blind(self, seen):
        self.assertEqual(seen["environment"], "absent")
        self.assertTrue(seen["data"].startswith("refused"), seen)
        self.assertTrue(seen["file"].startswith("refused"), seen)
        self.assertTrue(seen["network"].startswith("refused"), seen)
        self.assertNotEqual(seen["passwd"], self.host_passwd)
        for line in self.host_passwd.splitlines()[1:]:
            self.assertNotIn(line, seen["passwd"].splitlines()[1:])

    def assert_all_seen(self, seen):
        self.assertEqual(seen["environment"], "seen")
        self.assertTrue(seen["data"].startswith("listed "), seen)
        self.assertEqual(seen["file"], "seen")
        self.assertEqual(seen["network"], "connected")
        self.assertEqual(seen["passwd"], self.host_passwd)

    def outside(self, command, server):
        done = subprocess.run(
            command + [json.dumps(self.inputs(server))], env=self.place.environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_hides_the_host_from_python(self):
        with recorder() as server:
            seen = self.probe("python", PROBE, server)
            self.assert_blind(seen)
            self.assertLess(seen["processes"], 5)
            control = PROBE + "\nimport json, sys\nprint(json.dumps(main(json.loads(sys.argv[1]))))"
            seen = self.outside([sys.executable, "-c", control], server)
            self.assert_all_seen(seen)
            self.assertGreaterEqual(seen["processes"], 2)

    def test_hides_the_host_from_javascript(self):
        node = next((path for path in ("/usr/bin/node", "/usr/local/bin/node") if os.path.exists(path)), None)
        if node is None:
            self.skipTest("no node in /usr/bin or /usr/local/bin")
        with recorder() as server:
            self.assert_blind(self.probe("javascript", JAVASCRIPT, server))
            control = JAVASCRIPT + "\nmain(JSON.parse(process.argv[1])).then((v) => console.log(JSON.stringify(v)));"
            self.assert_all_seen(self.outside([node, "-e", control], server))
