"""What the pages have to show while they are measured: made through the API, but for thousands of ended runs, which
scripts/bench-serve writes into the store as the engine would have."""

import contextlib
import importlib.machinery
import importlib.util
import random

from people import set_up
from serving import Service
from support import ROOT, Place
from ui_support import front

STEPS, RUNS = 1000, 10_000
PRINTING_SECONDS = 20
PRINTING = """
import time
begin = time.monotonic()
for second in range(%d):
    for number in range(1000):
        print("line %%06d of a program that says what it does, a thousand times a second" %% (second * 1000 + number), flush=True)
        left = begin + second + number / 1000 - time.monotonic()
        if left > 0.002:
            time.sleep(left)
result = 1
""" % PRINTING_SECONDS
# What is kept of one text is 1 MiB: each of these steps fills both of its streams.
LOG_STEPS = 50
FILLING = """
import sys
line = "%07d the quick brown fox jumps over the lazy dog, and says so in a long log\\n"
def fill(stream, size):
    number = 0
    while size > 0:
        text = line % number
        stream.write(text)
        size -= len(text)
        number += 1
fill(sys.stdout, 1048000)
fill(sys.stderr, 1048000)
sys.stdout.write(LAST)
result = 1
"""


def store_filler():
    """`fill` of scripts/bench-serve."""
    loader = importlib.machinery.SourceFileLoader("bench_serve", str(ROOT / "scripts" / "bench-serve"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module.fill


def large():
    """A pipeline of 1,000 steps as people might draw it: branches that spread, texts that name others, joins."""
    luck = random.Random(7)
    kinds = ("transform", "code", "api")
    steps = []
    for number in range(STEPS):
        kind = luck.choice(kinds)
        near = range(max(0, number - 14), number)
        needs = sorted({luck.choice(near) for _ in range(1 if luck.random() < 0.6 else 2)}) if number else []
        named = luck.choice(near) if number and luck.random() < 0.3 else None
        text = "steps.s%d.output" % named if named is not None else "1"
        fields = {"transform": {"ops": [{"expression": text}]}, "code": {"language": "python", "code": "result = %d" % number},
                  "api": {"method": "GET", "url": "https://example.org/%d" % number}}[kind]
        steps.append({"id": "s%d" % number, "type": kind, "needs": ["s%d" % one for one in needs], "with": fields})
    return {"version": 1, "name": "large", "steps": steps}


def printing():
    """Two steps at once: what they print comes in more than a thousand events a second."""
    return {"version": 1, "name": "printing", "steps": [
        {"id": name, "type": "code", "needs": [], "timeout": "5m", "with": {
            "language": "python", "code": PRINTING, "limits": {"wall": "2m", "output": "16MiB"}}} for name in ("talk", "tell")]}


def long_log():
    """About 100 MB of log: 50 steps in a row, each as long as its texts are kept."""
    return {"version": 1, "name": "long-log", "steps": [
        {"id": "part%02d" % number, "type": "code", "timeout": "5m", "with": {
            "language": "python", "code": FILLING.replace("LAST", '"the last words of part %02d\\n"' % number),
            "limits": {"wall": "2m", "cpu": "1m", "output": "4MiB"}}}
        for number in range(LOG_STEPS)]}


def small(name):
    return {"version": 1, "name": name, "steps": [
        {"id": "first", "type": "transform", "with": {"ops": [{"expression": "1"}]}},
        {"id": "second", "type": "transform", "with": {"ops": [{"expression": "steps.first.output"}]}}]}


class Data:
    """Pipelines and runs of one person, and where they are."""

    def __init__(self, service, person):
        self.service, self.person = service, person
        self.large_document, self.long_log_steps = large(), long_log()["steps"]
        self.large, self.printing, self.long_log, self.small, self.many = (
            self.pipeline(document) for document in (self.large_document, printing(), long_log(), small("small"), small("many")))
        for number in range(11):
            self.pipeline(small("small-%d" % number))
        self.run = self.ended(self.start(self.small))

    @property
    def url(self):
        return front(self.service)

    def ask(self, method, path, body=None, **headers):
        reply = self.person.request(method, "/api/v1" + path, body, **headers)
        assert reply.status < 300, "%s %s: %s" % (method, path, reply)
        return reply.json if reply.body else None

    def pipeline(self, document):
        return self.ask("POST", "/pipelines", document)["id"]

    def start(self, pipeline):
        return self.ask("POST", "/pipelines/%s/runs" % pipeline, {"inputs": {}})["id"]

    def ended(self, run):
        outcome = self.service.ended(run)
        assert outcome["status"] == "succeeded", outcome
        return run


@contextlib.contextmanager
def prepared(folder):
    """A server with all of it; the store is filled while none is running."""
    place = Place(folder)
    service = Service(place)
    try:
        data = Data(service, set_up(service, "mira"))
        service.stop()
        store_filler()(str(place.data), data.many, RUNS, RUNS)
        data.service = data.person.service = service = Service(place)
        yield data
    finally:
        service.close()
