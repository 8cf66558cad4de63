"""What a browser is answered in place of what the server would say: nothing, or that it failed."""

import json
import re

# What pages show. Who is signed in and what happens live stays as it is.
READS = re.compile(r"/api/v1/(?!session$)(?!events)(?!.*/events)")
REFUSAL = {"title": "Internal Server Error", "status": 500, "code": "internal_error", "detail": "the store is busy"}
NOISE_OF_IT = "the server responded with a status of 500"


class Answers:
    """What becomes of what a page asks for: kept back, cut off, refused, or let through."""

    def __init__(self, page):
        self.kept, self.reads, self.do = [], ".", None
        page.route(READS, self.take)

    def take(self, route):
        if not re.search(self.reads, route.request.url) or self.do is None:
            route.continue_()
        else:
            self.do(route)

    def turn(self, do):
        """From now on, and for what was kept."""
        self.do = do
        while do != self.kept.append and self.kept:
            self.take(self.kept.pop())

    def keep(self):
        self.turn(self.kept.append)

    def cut(self):
        self.turn(lambda route: route.abort())

    def refuse(self):
        self.turn(lambda route: route.fulfill(
            status=500, content_type="application/problem+json", headers={"X-Request-ID": "req_1"}, body=json.dumps(REFUSAL)))

    def let(self):
        self.turn(None)
