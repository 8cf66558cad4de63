"""The web UI under test: a server, one browser for the whole process, and a fresh window for each test.

Whatever a page says on its console, every error nobody caught, and every breach of the content policy fails the test that
made it.
"""

import atexit
import json
import re
import subprocess
import sys
import tempfile
import time
import unittest

from people import member, set_up, sign_in
from serving import Service
from support import ROOT, Place

CHROMIUM = "/usr/bin/chromium"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
PATIENCE_MS = 60_000

# What a browser says by itself of an answer that the page deals with.
ANSWER_NOISE = re.compile(r"Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_)")
WATCH_POLICY = """
window.policyBreaches = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyBreaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
"""


def environment():
    """Where the tools of these tests are; installed by the first who asks."""
    return subprocess.run(
        [str(ROOT / "scripts" / "browser-tests-environment")], check=True, capture_output=True, text=True).stdout.strip()


def tools():
    folder = environment() + "/lib/python%d.%d/site-packages" % sys.version_info[:2]
    if folder not in sys.path:
        sys.path.append(folder)


tools()
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402

expect.set_options(timeout=PATIENCE_MS)


class Browser:
    """The browsers of a process: one Chromium for all its tests, and one Firefox where a test asks for it."""

    playwright = None
    running = {}

    @classmethod
    def shared(cls, name="chromium"):
        if cls.playwright is None:
            cls.playwright = sync_playwright().start()
            atexit.register(cls.close)
        if name not in cls.running:
            cls.running[name] = {"chromium": cls.chromium, "firefox": cls.firefox}[name]()
        return cls.running[name]

    @classmethod
    def chromium(cls):
        return cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    @classmethod
    def firefox(cls):
        """Debian's own, spoken to by the standard protocol (WebDriver BiDi): this channel is the one that does so."""
        return cls.playwright.firefox.launch(
            channel="moz-firefox", executable_path=ROOT / "Tests" / "EndToEnd" / "ui_firefox.py")

    @classmethod
    def close(cls):
        for browser in cls.running.values():
            browser.close()
        cls.playwright.stop()


def front(service):
    """Where a browser finds the pages of a server."""
    return service.url


def until(page, expression):
    """Waits, frame by frame, until an expression holds. Playwright's own `wait_for_function` evaluates text in the page,
    which the policy of the page refuses."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise AssertionError("never: " + expression)
        page.evaluate("new Promise(requestAnimationFrame)")


class Window:
    """A window with its own cookies, and what went wrong in it."""

    def __init__(self, url, person=None, viewport=None, browser="chromium", **more):
        self.url, self.faults = url, []
        self.context = Browser.shared(browser).new_context(
            viewport=viewport or DESKTOP, locale="en-GB", timezone_id="UTC", **more)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(WATCH_POLICY)
        if person is not None:
            name, _, value = person.cookie.partition("=")
            self.context.add_cookies([{"name": name, "value": value, "url": url}])
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.faults.append("error: %s" % error))

    def hear(self, message):
        if message.type not in ("error", "warning"):
            return
        is_file = "/ui/" in (message.location or {}).get("url", "")
        if is_file or not ANSWER_NOISE.search(message.text):
            self.faults.append("%s: %s (%s)" % (message.type, message.text, message.location))

    def open(self, path):
        self.page.goto(self.url + path)
        expect(self.page.locator("h1").first).to_be_visible()
        return self.page

    def policy_breaches(self):
        return self.page.evaluate("window.policyBreaches.splice(0)")

    def close(self):
        self.context.close()


class UITest(unittest.TestCase):
    """Tests of pages. Each class has a server with the account `mira`, an admin; each test a window."""

    maxDiff = None
    arguments = ()
    has_account = True

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="factory-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.place = Place(folder.name)
        cls.service = Service(cls.place, *cls.arguments)
        cls.addClassCleanup(cls.service.close)
        cls.url = front(cls.service)
        cls.mira = set_up(cls.service, "mira") if cls.has_account else None

    def window(self, person=None, viewport=None, **more):
        """A window of somebody who is signed in already, or of nobody; what goes wrong in it fails the test."""
        window = Window(self.url, person, viewport, **more)
        self.addCleanup(window.close)
        self.addCleanup(self.expect_no_faults, window)
        return window

    def expect_no_faults(self, window):
        self.assertEqual(window.policy_breaches(), [], "the content policy")
        self.assertEqual(window.faults, [])

    def expect_accessible(self, window, within=None, without=()):
        """No finding of axe, by the rules of WCAG 2.2 A and AA and its best practice, but for the rules that are named."""
        self.assertEqual(window.policy_breaches(), [])
        window.page.evaluate("Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => {})))")
        found = Axe().run(window.page, context=within, options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            "rules": {rule: {"enabled": False} for rule in without}}).response["violations"]
        # The tool itself tries what the policy of a page forbids.
        window.policy_breaches()
        self.assertEqual([], [
            "%s: %s\n%s" % (one["id"], one["help"], "\n".join(
                "  %s\n  %s" % (node["html"][:300], node["failureSummary"]) for node in one["nodes"]))
            for one in found])

    def expect_no_sideways_scroll(self, page):
        width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        wide = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))""") if width > inner else []
        self.assertLessEqual(width, inner, wide)

    def expect_still(self, page):
        """Nothing moves without end."""
        self.assertEqual([], page.evaluate("""() => document.getAnimations()
          .filter((one) => one.playState === "running" && one.effect.getComputedTiming().iterations === Infinity && one.effect.getComputedTiming().duration > 1)
          .map((one) => one.animationName)"""))


__all__ = [
    "DESKTOP", "NARROWEST", "PHONE", "Browser", "UITest", "Window", "environment", "expect", "front", "json", "member", "set_up",
    "sign_in", "until",
]
