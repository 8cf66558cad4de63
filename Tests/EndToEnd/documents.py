"""The fenced blocks of the documents, and what runs each kind of them. The word behind the language says how:

    sh test         as it stands
    sh model        as it stands, with the local model
    sh make         with `make` naming verbs that exist, but not doing them
    sh settings     each line alone; the settings it makes are accepted
    sh server       as it stands, signed in to a server that has no pipelines yet
    sh backup       as it stands, on a data folder with a run in it, which every copy has to have too
    yaml run        a pipeline that is valid without a warning, and succeeds; secrets are made up
    yaml run api    the same beside examples/server.py, whose address is the input `api`
    yaml run model  the same with a vendor that answers at once
    yaml config     a configuration file that is accepted
    yaml ci         settings of a CI service: the commands of `factory` in it, in order, signed in to such a server
    json outputs    what the pipeline before it gave

All blocks of one document run in order in the same folder, in which the examples are. Blocks without a language,
`text` and diagrams are prose. What stands in CLAIMED is run by the Swift tests. For any other block there is no runner."""

import contextlib
import http.server
import json
import os
import re
import shutil
import subprocess
import threading

from serving import Service
from support import FACTORY, ROOT, example_server, model_url

FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1 *$", re.MULTILINE | re.DOTALL)
PROSE = {"", "text", "mermaid"}
CLAIMED = {("docs/expressions.md", language): "DocumentationTests" for language in ("cel", "template", "json")}
HAS_NODE = any(os.path.exists(folder + "/node") for folder in ("/usr/bin", "/usr/local/bin"))


def documents():
    """Every Markdown file of the repository."""
    return sorted(path for path in ROOT.rglob("*.md")
                  if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))


def blocks(document):
    """Kind and text of each fenced block that is no prose and that no Swift test runs."""
    name = str(document.relative_to(ROOT))
    for _, kind, text in FENCE.findall(document.read_text()):
        kind = kind.strip()
        if kind not in PROSE and (name, kind) not in CLAIMED:
            yield kind, text


class Runner:
    """Runs the blocks of one document in a place of its own. Raises AssertionError for one that does not do what it
    should, and for one that nothing runs."""

    def __init__(self, place):
        self.place = place
        self.outputs = None
        shutil.copytree(ROOT / "examples", place.files / "examples")

    def run(self, kind, text):
        kinds = {
            "sh test": self.shell, "sh model": lambda text: self.shell(text, OPENAI_BASE_URL=model_url()),
            "sh server": self.server, "yaml ci": self.ci, "sh make": self.make, "sh settings": self.settings, "sh backup": self.backup,
            "yaml run": self.pipeline, "yaml run api": self.api, "yaml run model": self.model,
            "yaml config": self.configuration, "json outputs": self.compare,
        }
        if kind not in kinds:
            raise AssertionError("nothing runs blocks of the kind `%s`; there are: %s" % (kind, ", ".join(kinds)))
        kinds[kind](text)

    # ---- shell

    def shell(self, script, **more):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=self.place.files,
            env={**self.place.environment, **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    def server(self, script):
        service = Service(self.place)
        try:
            self.shell(script, CODE_FACTORY_SERVER=service.url, CODE_FACTORY_KEY=service.key)
        finally:
            service.close()

    def ci(self, settings):
        commands = re.findall(r"^ *(?:- )?(?:run: )?(factory .*)$", settings, re.MULTILINE)
        assert commands, "no command of factory"
        self.server("\n".join(commands))

    def make(self, script):
        self.shell("make() { command make --no-print-directory -C %s -n \"$@\"; }\n%s" % (ROOT, script))

    def settings(self, script):
        stand_in = self.place.files / "scripts" / "local-model"
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text("#!/bin/sh\necho http://127.0.0.1:8091/v1\n")
        stand_in.chmod(0o755)
        document = self.place.document([{"id": "a", "type": "transform"}])
        for line in filter(None, map(str.strip, script.splitlines())):
            self.shell("%s\nfactory run %s --data %s" % (line, document, self.place.data))

    def backup(self, script):
        copy = self.place.folder / "backup"
        copy.mkdir()
        document = self.place.document([{"id": "a", "type": "transform"}])
        self.shell("factory run %s --data %s" % (document, self.place.data))
        environment = {"CODE_FACTORY_DATA": str(self.place.data), "BACKUP": str(copy)}
        self.shell(script, **environment)
        original, *copies = [
            self.place.factory("runs", "list", "--data", data, "-o", "json")
            for data in (self.place.data, *(found.parent for found in copy.rglob("factory.sqlite")))]
        assert copies and original.json["items"], str(original)
        for answer in copies:
            assert answer.code == 0 and answer.json == original.json, str(answer)

    # ---- documents

    def pipeline(self, text, *arguments, **environment):
        if "language: javascript" in text and not HAS_NODE:
            self.outputs = None
            return
        name = re.search(r"^name: (.+)$", text, re.MULTILINE).group(1)
        (self.place.files / (name + ".yaml")).write_text(text)
        before, self.outputs = dict(self.place.environment), None
        self.place.environment.update(environment)
        try:
            checked = self.place.factory("validate", name + ".yaml", "-o", "json")
            assert checked.code == 0 and checked.json["items"][0]["problems"] == [], str(checked)
            self.outputs = self.succeed(name + ".yaml", *arguments, *self.secrets(text))
        finally:
            self.place.environment.clear()
            self.place.environment.update(before)

    def succeed(self, document, *arguments):
        run = self.place.run(document, *arguments)
        assert run.code == 0 and run.json["status"] == "succeeded", str(run)
        warnings = [step["warnings"] for step in run.json["steps"] if step.get("warnings")]
        assert not warnings, warnings
        return run.json["outputs"]

    def secrets(self, text):
        names = set(re.findall(r"secrets\.([A-Z_]+)", text))
        for listed in re.findall(r"secrets: \[([^]]+)\]", text):
            names |= {name.strip() for name in listed.split(",")}
        for name in sorted(names):
            yield "--secret"
            yield "%s=@%s" % (name, self.place.write("secrets/" + name, "made-up-%s-5f1c9a" % name.lower()))

    def api(self, text):
        with example_server() as address:
            self.pipeline(text, "--input", "api=http://" + address, "--allow-host", address)

    def model(self, text):
        with vendor() as address:
            self.pipeline(text, OPENAI_BASE_URL="http://%s/v1" % address, CODE_FACTORY_MODEL="openai/quick")

    def configuration(self, text):
        path = self.place.write("config.yaml", text)
        document = self.place.document([{"id": "a", "type": "transform"}])
        self.shell(
            "factory run %s --data %s --config %s" % (document, self.place.data, path), VENDOR_KEY="made-up-5f1c9a")

    def compare(self, text):
        if self.outputs is None and not HAS_NODE:
            return
        wanted, found = (json.dumps(value, indent=1, sort_keys=True) for value in (json.loads(text), self.outputs))
        assert wanted == found, "the document says:\n%s\nthe run gave:\n%s" % (wanted, found)


# ---- a vendor that answers at once

class VendorHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        form = asked.get("response_format", {}).get("json_schema", {}).get("schema")
        text = "Swift Leaf" if form is None else json.dumps(smallest(form))
        usage = {"prompt_tokens": 9, "completion_tokens": 2}
        if not asked.get("stream"):
            message = {"role": "assistant", "content": text}
            return self.answer("application/json", json.dumps({
                "model": asked["model"], "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": usage}))
        events = [
            {"model": asked["model"], "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]},
            {"model": asked["model"], "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
            {"model": asked["model"], "choices": [], "usage": usage},
        ]
        self.answer(
            "text/event-stream", "".join("data: %s\n\n" % json.dumps(event) for event in events) + "data: [DONE]\n\n")

    def answer(self, kind, text):
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def smallest(schema):
    """A value that fits a schema of the kind that documents show."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: smallest(member) for name, member in schema.get("properties", {}).items()}
    return {"array": [], "string": "a", "integer": 1, "number": 1.5, "boolean": True}.get(kind)


@contextlib.contextmanager
def vendor():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), VendorHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield "127.0.0.1:%d" % server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def schema():
    """The schema of the format, as the program prints it."""
    return json.loads(subprocess.run([str(FACTORY), "schema"], capture_output=True, text=True, check=True).stdout)
