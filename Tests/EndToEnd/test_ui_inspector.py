"""The builder's forms: every field of a step, the text editor, problems, settings, starting a run, versions, comments."""

import base64
import re
import unittest

from people import member
from ui_support import UITest, expect

REVIEW = """version: 1
name: %s
title: Review
inputs:
  repo: {type: string, title: Repository, default: platform/webhooks}
  depth: {type: string, enum: [quick, normal, deep], default: normal}
steps:
  - id: split
    type: transform
    with:
      input: {files: [a.py, b.py], lines: 612}
      ops: []
  - id: ask
    type: transform
    with:
      ops:
        - template: "Depth: {{ inputs.dept }}"
"""

# Letters of every width, lines that wrap, tabs, emoji, and both directions of writing.
HARD_TEXT = (
    "You are a reviewer of {{ inputs.repo }} with a line that is long enough to wrap around the end.\n\n"
    "\tTabs\tstand\there and aveeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeery long word {{ inputs.dept }}\n"
    "emoji 👩‍👩‍👧 🎉 in {{ inputs.depth }} and after\n"
    "שלום עולם {{ inputs.repo }} مرحبا بالعالم abc (wrapped) around 123 the end   \n"
    "{% if inputs.repo == \"a\" %}yes{% endif %} {# remark #}\n")


class BuilderTest(UITest):
    def pipeline(self, text, person=None):
        reply = (person or self.mira).request(
            "POST", "/api/v1/pipelines?draft=true", text, **{"Content-Type": "application/yaml"})
        self.assertEqual(reply.status, 201, str(reply))
        return reply.json["id"]

    def document(self, pipeline):
        return self.mira.request("GET", "/api/v1/pipelines/" + pipeline).json["document"]

    def step(self, pipeline, number=0):
        return self.document(pipeline)["steps"][number]

    def saved(self, page):
        """The draft is on the server."""
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(page.get_by_text("Saving")).to_have_count(0)

    def inspector(self, pipeline, step, person=None, **more):
        window = self.window(person or self.mira, **more)
        page = window.open("/pipelines/%s?step=%s" % (pipeline, step))
        expect(page.get_by_label("Id of the step")).to_have_value(step)
        return window, page


class Field:
    """One field of a form, whatever its control is."""

    def __init__(self, page, path):
        self.page = page
        self.box = page.locator('[data-field="%s"]' % path).first

    def text(self, value, nth=0):
        control = self.box.locator("textarea, input:not([type=range]):not([type=checkbox])").nth(nth)
        control.fill(value)
        control.blur()

    def choose(self, value, nth=0):
        self.box.locator("select").nth(nth).select_option(value)

    def press(self, name, nth=0):
        self.box.get_by_role("button", name=name, exact=True).nth(nth).click()


class EveryFieldOfAStep(BuilderTest):
    """Each control of a step type writes what it shows into the document."""

    def unfold(self, page):
        """Opens what rare fields are folded into."""
        folded = page.locator("cf-inspector details.acc:not([open]) > summary:visible")
        while folded.count():
            folded.first.click()

    def edit(self, type, beginning, act, tab="Configure"):
        """Gives what stands under `with` once `act` has used the form."""
        name = "fields-" + re.sub(r"[^a-z]", "-", self.id().rsplit("_", 1)[-1].lower()) + "-" + type
        pipeline = self.pipeline("version: 1\nname: %s\nsteps:\n  - id: first\n    type: transform\n  - id: it\n    type: %s\n%s"
                                 "  - id: after\n    type: transform\n" % (name, type, beginning))
        window, page = self.inspector(pipeline, "it")
        if tab != "Configure":
            page.get_by_role("tab", name=tab).click()
        self.unfold(page)
        act(page, lambda path: Field(page, path))
        self.saved(page)
        self.expect_accessible(window, "cf-inspector")
        return self.step(pipeline, 1)

    def test_prompt(self):
        def act(page, field):
            field("with.system").text("Be brief.")
            field("with.prompt").text("Hello")
            field("with.temperature").text("0.5")
            field("with.top_p").text("0.9")
            field("with.max_tokens").text("100")
            field("with.seed").text("7")
            field("with.reasoning").press("low")
            field("with.stop").press("Add stop")
            field("with.stop").text("END")
            field("with.stream").box.get_by_role("switch").click()
            field("with.schema").press("Add a schema")
            field("with.schema").press("Add field")
            field("with.schema").text("risk")
            page.get_by_role("button", name="Model: default").click()
            page.get_by_label("Find a model, or type a name").fill("box/small")
            page.keyboard.press("Enter")
        self.assertEqual(self.edit("prompt", "    with: {prompt: Hi}\n", act)["with"], {
            "model": "box/small", "system": "Be brief.", "prompt": "Hello", "temperature": 0.5, "top_p": 0.9, "max_tokens": 100,
            "seed": 7, "reasoning": "low", "stop": "END", "stream": False,
            "schema": {"type": "object", "properties": {"risk": {"type": "string"}}, "required": ["risk"]}})

    def test_prompt_messages(self):
        def act(page, field):
            page.get_by_role("button", name="Messages", exact=True).click()
            field("with.messages").press("Add message")
            expect(page.locator('[data-field="with.messages.1.content"]')).to_be_visible()
            field("with.messages.1.content").text("And you?")
            field("with.messages.1.role").press("user")
            page.get_by_label("Move Messages 2 up").click()
        self.assertEqual(self.edit("prompt", "    with: {prompt: Hi}\n", act)["with"], {
            "messages": [{"role": "user", "content": "And you?"}, {"role": "system", "content": "Hi"}]})

    def test_code(self):
        def act(page, field):
            field("with.language").press("javascript")
            field("with.code").text("function main() { return 1 }")
            field("with.inputs").press("Add")
            page.get_by_label("Name 1 of Inputs").fill("text")
            field("with.inputs.text").text("{{ steps.first.output.result }}")
            field("with.secrets").text("TOKEN")
            field("with.files").press("read")
            field("with.limits.cpu").text("5")
            field("with.limits.wall").text("20s")
            field("with.limits.memory").text("64")
            field("with.limits.processes").text("8")
            field("with.limits.output").text("64KiB")
            field("with.check").box.get_by_role("switch").click()
        self.assertEqual(self.edit("code", "    with: {language: python, code: x = 1}\n", act)["with"], {
            "language": "javascript", "code": "function main() { return 1 }", "inputs": {"text": "{{ steps.first.output.result }}"},
            "secrets": ["TOKEN"], "files": "read", "check": False,
            "limits": {"cpu": "5s", "wall": "20s", "memory": "64MiB", "processes": 8, "output": "64KiB"}})

    def test_file(self):
        def act(page, field):
            field("with.operation").choose("write")
            field("with.path").text("out/{{ run.id }}.json")
            field("with.content").press("JSON")
            field("with.content").text('{"a": [1]}')
            self.unfold(page)
            field("with.if_exists").press("fail")
            field("with.format").choose("yaml")
        self.assertEqual(self.edit("file", "    with: {operation: read, path: a}\n", act)["with"], {
            "operation": "write", "path": "out/{{ run.id }}.json", "content": {"a": [1]}, "if_exists": "fail", "format": "yaml"})

    def test_file_edits(self):
        def act(page, field):
            field("with.edits").text("one")
            field("with.edits.0.replace").text("two")
            field("with.missing_ok").box.get_by_role("switch").click()
        self.assertEqual(self.edit("file", "    with: {operation: edit, path: a, edits: [{search: x, replace: y}]}\n", act)["with"], {
            "operation": "edit", "path": "a", "edits": [{"search": "one", "replace": "two"}], "missing_ok": True})

    def test_api(self):
        def act(page, field):
            field("with.method").choose("POST")
            field("with.url").text("https://example.com/x")
            field("with.query").press("Add")
            page.get_by_label("Name 1 of Query").fill("q")
            field("with.query.q").text("tea")
            field("with.headers").press("Add")
            page.get_by_label("Name 1 of Headers").fill("X-Id")
            field("with.headers.X-Id").text("1")
            page.get_by_role("group", name="Body").get_by_role("button", name="Form").click()
            field("with.form").press("Add")
            page.get_by_label("Name 1 of Form").fill("who")
            field("with.form.who").text("Ada")
            field("with.auth").choose("api_key")
            field("with.auth.api_key.value").text("{{ secrets.TOKEN }}")
            field("with.auth.api_key.header").text("X-Key")
            field("with.expect").press("Add expect")
            field("with.expect").text("404")
            field("with.parse").choose("json")
            field("with.max_bytes").text("2")
            field("with.follow_redirects").box.get_by_role("switch").click()
            field("with.idempotency_key").text("once")
        self.assertEqual(self.edit("api", "    with: {url: 'https://example.com'}\n", act)["with"], {
            "method": "POST", "url": "https://example.com/x", "query": {"q": "tea"}, "headers": {"X-Id": "1"}, "form": {"who": "Ada"},
            "auth": {"api_key": {"value": "{{ secrets.TOKEN }}", "header": "X-Key"}}, "expect": "404", "parse": "json",
            "max_bytes": "2MiB", "follow_redirects": True, "idempotency_key": "once"})

    def test_condition(self):
        def act(page, field):
            field("with.if").text("steps.first.output.result == null")
            field("with.then").choose("after")
            field("with.else").choose("fail")
            field("with.message").text("It is {{ steps.first.output.result }}")
        self.assertEqual(self.edit("condition", "    with: {if: 'true', then: end}\n", act)["with"], {
            "if": "steps.first.output.result == null", "then": ["after"], "else": "fail",
            "message": "It is {{ steps.first.output.result }}"})

    def test_condition_cases(self):
        def act(page, field):
            page.get_by_role("button", name="Cases", exact=True).click()
            field("with.cases.0.when").text("inputs.size() == 0")
            field("with.cases.0.then").choose("end")
            field("with.cases").press("Add case")
            field("with.cases.1.when").text("true")
            field("with.cases.1.then").choose("after")
        self.assertEqual(self.edit("condition", "    with: {if: 'true', then: end}\n", act)["with"], {
            "cases": [{"when": "inputs.size() == 0", "then": "end"}, {"when": "true", "then": ["after"]}]})

    def test_transform(self):
        def act(page, field):
            field("with.input").text("{{ steps.first.output.result }}")
            field("with.ops").press("Add operation")
            field("with.ops.0").choose("sort")
            field("with.ops.0.sort.by").text("item.age")
            field("with.ops.0.sort.order").press("desc")
            field("with.ops").press("Add operation")
            field("with.ops.1").choose("pick")
            field("with.ops.1.pick").press("Add pick")
            field("with.ops.1.pick").text("name")
            field("with.ops").press("Add operation")
            field("with.ops.2").choose("aggregate")
            field("with.ops.2.aggregate").press("Add")
            field("with.ops.2.aggregate.name").text("input.size()")
            field("with.ops").press("Add operation")
            field("with.ops.3").choose("trim")
            page.get_by_label("Move Operations 4 up").click()
            expect(page.get_by_label("Move Operations 3 up")).to_be_focused()
        self.assertEqual(self.edit("transform", "    with: {}\n", act)["with"], {
            "input": "{{ steps.first.output.result }}",
            "ops": [{"sort": {"by": "item.age", "order": "desc"}}, {"pick": ["name"]}, {"trim": True}, {"aggregate": {"name": "input.size()"}}]})

    def test_reliability(self):
        def act(page, field):
            field("timeout").text("90")
            field("timeout").choose("s")
            field("retry.max_attempts").text("3")
            field("retry.delay").text("500ms")
            field("retry.max_delay").text("1m")
            field("retry.backoff").press("fixed")
            field("retry.jitter").box.get_by_role("switch").click()
            field("retry.on").press("invalid_output")
            field("on_error").choose("value")
            field("on_error.value").text('{"a": 1}')
            field("if").text("inputs.size() > 0")
            field("needs").press("Choose the steps")
            page.get_by_label("Remove first from Runs after").click()
        step = self.edit("transform", "    with: {}\n", act, "Reliability")
        self.assertEqual({name: step.get(name) for name in ("timeout", "retry", "on_error", "if", "needs")}, {
            "timeout": "90s", "on_error": {"value": {"a": 1}}, "if": "inputs.size() > 0", "needs": [],
            "retry": {"max_attempts": 3, "delay": "500ms", "max_delay": "1m", "backoff": "fixed", "jitter": False,
                      "on": ["rate_limit", "timeout", "server_error", "network", "invalid_output"]}})

    def test_outputs_and_what_people_read(self):
        def act(page, field):
            field("outputs").press("Add")
            page.get_by_label("Name 1 of Own outputs").fill("total")
            field("outputs.total").text("result.result")
            page.get_by_role("tab", name="Configure").click()
            field("title").text("The sum")
            field("description").text("Adds.")
            page.get_by_role("switch", name="Enabled").click()
        step = self.edit("transform", "    with: {}\n", act, "Input and output")
        self.assertEqual({name: step.get(name) for name in ("outputs", "title", "description", "enabled")}, {
            "outputs": {"total": "result.result"}, "title": "The sum", "description": "Adds.", "enabled": False})

    def test_what_cannot_be_is_said_at_the_field_and_stays_out_of_the_document(self):
        def act(page, field):
            field("with.temperature").text("3")
            expect(field("with.temperature").box).to_contain_text("It goes from 0 to 2")
            field("with.max_tokens").text("12")
        self.assertEqual(self.edit("prompt", "    with: {prompt: Hi}\n", act)["with"], {"prompt": "Hi", "max_tokens": 12})


class AStep(BuilderTest):
    def test_is_renamed_wherever_it_is_named(self):
        pipeline = self.pipeline(REVIEW.replace("inputs.dept", "steps.split.output.result") % "rename")
        window, page = self.inspector(pipeline, "split")
        name = page.get_by_label("Id of the step")
        name.fill("Two words")
        expect(page.locator("cf-inspector")).to_contain_text("An id has lower-case letters")
        name.fill("parts")
        name.press("Enter")
        self.saved(page)
        steps = self.document(pipeline)["steps"]
        self.assertEqual([steps[0]["id"], steps[1]["with"]["ops"][0]["template"]], ["parts", "Depth: {{ steps.parts.output.result }}"])
        expect(page.get_by_label("Id of the step")).to_have_value("parts")

    def test_is_duplicated_and_deleted_from_its_menu(self):
        pipeline = self.pipeline(REVIEW % "menu")
        window, page = self.inspector(pipeline, "split")
        page.get_by_role("button", name="More", exact=True).last.click()
        page.get_by_role("menuitem", name="Duplicate").click()
        expect(page.get_by_label("Id of the step")).to_have_value("split_2")
        page.locator("cf-inspector").get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name="Delete").click()
        self.saved(page)
        self.assertEqual([step["id"] for step in self.document(pipeline)["steps"]], ["split", "ask"])

    def test_shows_where_its_values_come_from_and_what_it_gave_last(self):
        pipeline = self.pipeline(REVIEW.replace("inputs.dept", "steps.split.output.result.lines") % "flow")
        run = self.mira.request("POST", "/api/v1/pipelines/%s/runs" % pipeline, {}, Prefer="wait=30").json
        self.assertEqual(run["status"], "succeeded")
        window, page = self.inspector(pipeline, "ask")
        expect(page.locator("cf-live-value").last).to_contain_text("Depth: 612")
        page.get_by_role("tab", name="Input and output").click()
        uses = page.get_by_role("list", name="Values it uses")
        expect(uses).to_contain_text("integer · 612")
        expect(page.get_by_role("tree", name="Output of ask")).to_contain_text("Depth: 612")
        self.expect_accessible(window)
        uses.get_by_role("button").click()
        expect(page.locator("cf-inspector cf-editor textarea").nth(1)).to_be_focused()

    def test_is_shown_and_not_changed_by_who_may_only_see_it(self):
        eve = member(self.service, "viewer")
        pipeline = self.pipeline(REVIEW % "seen")
        self.mira.request("PUT", "/api/v1/pipelines/%s/shares/viewer" % pipeline, {"role": "viewer"})
        window, page = self.inspector(pipeline, "ask", eve)
        expect(page.locator("cf-inspector")).to_contain_text("You may view this pipeline")
        expect(page.locator("cf-inspector cf-editor textarea").first).not_to_be_editable()
        for control in page.locator("cf-inspector .insp-b select, cf-inspector .seg.full button, cf-inspector [role=switch]").all():
            expect(control).to_be_disabled()
        self.expect_accessible(window)


class TheTextEditor(BuilderTest):
    def editor(self, name, text=""):
        pipeline = self.pipeline("version: 1\nname: %s\ninputs: {repo: {type: string, default: a}, depth: {type: string, default: b}}\n"
                                 "steps:\n  - id: ask\n    type: prompt\n    with: {prompt: ''}\n" % name)
        window, page = self.inspector(pipeline, "ask")
        field = page.get_by_role("textbox", name="Prompt", exact=True)
        if text:
            field.fill(text)
        return window, page, field, pipeline

    def coloured(self, page, name):
        """The pieces of text that have a colour."""
        return page.evaluate("""(name) => [...CSS.highlights.get(name) ?? []]
          .map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset))""", name)

    def test_offers_names_and_takes_one_by_keyboard(self):
        window, page, field, pipeline = self.editor("completion")
        field.click()
        page.keyboard.type("Review {{ in")
        options = page.get_by_role("option")
        expect(options.first).to_have_text(re.compile("inputs.repo"))
        self.assertEqual(field.get_attribute("aria-activedescendant"), options.first.get_attribute("id"))
        self.expect_accessible(window)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        expect(field).to_have_value("Review {{ inputs.depth }}")
        expect(options).to_have_count(0)
        page.keyboard.type("{{in")
        expect(options.first).to_be_visible()
        page.keyboard.press("Enter")
        expect(field).to_have_value("Review {{ inputs.depth }}{{ inputs.repo }}")
        page.keyboard.press("Control+z")
        expect(field).to_have_value("Review {{ inputs.depth }}{{in")

    def test_lets_the_keyboard_go(self):
        window, page, field, _ = self.editor("keyboard")
        field.click()
        page.keyboard.press("Tab")
        expect(field).not_to_be_focused()
        field.click()
        page.keyboard.type("{{ in")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("option")).to_have_count(0)
        expect(field).to_be_focused()
        page.keyboard.press("Tab")
        expect(field).not_to_be_focused()
        expect(field).to_have_value("{{ in")

    def test_explains_an_unknown_name_and_mends_it_by_one_press(self):
        window, page, field, pipeline = self.editor("unknown", "Depth: {{ inputs.dept }}\n")
        expect(page.locator("cf-inspector .ed-problems:visible")).to_contain_text("Line 1: inputs.dept is not defined.")
        expect(field).to_have_attribute("aria-invalid", "true")
        self.assertEqual(self.coloured(page, "ed-error"), ["dept"])
        self.assertIn("{{ inputs.dept }}", self.coloured(page, "ed-v"))
        self.expect_accessible(window)
        page.get_by_role("button", name="Change to depth").first.click()
        expect(field).to_have_value("Depth: {{ inputs.depth }}\n")
        expect(page.locator("cf-inspector .ed-problems:visible")).to_have_count(0)
        self.assertEqual(self.coloured(page, "ed-error"), [])
        self.saved(page)
        self.assertEqual(self.step(pipeline)["with"]["prompt"], "Depth: {{ inputs.depth }}\n")
        expect(page.get_by_role("region", name="Problems")).to_contain_text("No problems")

    def test_says_where_an_expression_cannot_be_read(self):
        window, page, field, _ = self.editor("broken", "one\n{{ inputs.repo + }}")
        expect(page.locator("cf-inspector .ed-problems:visible")).to_contain_text("Line 2:")
        self.assertEqual(len(self.coloured(page, "ed-error")), 1)

    def test_shows_each_letter_where_the_textarea_has_it(self):
        """The coloured letters stand on the transparent ones, to the pixel."""
        window, page, field, _ = self.editor("positions", HARD_TEXT)
        frame = page.locator('[data-field="with.prompt"] .ed-frame')
        expect(page.locator("cf-inspector .ed-problems:visible")).to_contain_text("inputs.dept")
        page.evaluate("""() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`
            .only-native .ed-layer { visibility: hidden } .only-native textarea { color: rgb(205, 217, 236) !important }
            .only-shown textarea { visibility: hidden } .only-shown .ed-line::before { content: none !important }`);
          document.adoptedStyleSheets = [sheet];
          CSS.highlights.clear();
          document.activeElement.blur();
        }""")
        for width in (376, 250, 640):
            frame.evaluate("(frame, width) => { frame.style.width = `${width}px`; frame.style.maxHeight = 'none'; }", width)
            self.assertEqual(frame.evaluate("(frame) => frame.querySelector('textarea').scrollHeight - frame.querySelector('.ed-layer').offsetHeight"), 0)
            pictures = []
            for only in ("only-native", "only-shown"):
                frame.evaluate("(frame, name) => { frame.classList.remove('only-native', 'only-shown'); frame.classList.add(name); }", only)
                pictures.append(frame.screenshot(animations="disabled", caret="hide"))
            different = page.evaluate("""async (pictures) => {
              const [one, other] = await Promise.all(pictures.map(async (bytes) => {
                const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))]));
                const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
                canvas.drawImage(image, 0, 0);
                return canvas.getImageData(0, 0, image.width, image.height).data;
              }));
              let count = 0;
              for (let at = 0; at < one.length; at += 4) if (Math.abs(one[at] - other[at]) > 32) count += 1;
              return count;
            }""", [base64.b64encode(picture).decode() for picture in pictures])
            self.assertEqual(different, 0, "pixels that differ at %d px" % width)

    def test_leaves_out_the_colours_of_a_huge_text(self):
        window, page, field, _ = self.editor("huge", "short")
        field.evaluate("(field) => { field.value = 'line {{ inputs.repo }}\\n'.repeat(2500); field.dispatchEvent(new Event('input', {bubbles: true})); }")
        expect(page.locator("cf-inspector .ed-frame.plain")).to_have_count(1)
        expect(page.locator("cf-inspector .ed-frame.plain .ed-line")).to_have_count(0)
        self.assertEqual(page.locator(".ed-frame.plain textarea").evaluate("(field) => getComputedStyle(field).color === 'rgba(0, 0, 0, 0)'"), False)


class Problems(BuilderTest):
    def test_lead_to_the_field_and_are_mended_by_one_press(self):
        pipeline = self.pipeline(REVIEW % "problems")
        window = self.window(self.mira)
        page = window.open("/pipelines/" + pipeline)
        bar = page.get_by_role("region", name="Problems")
        expect(bar).to_contain_text("Fix the error before you publish")
        bar.get_by_role("button", name=re.compile("Problems")).click()
        self.expect_accessible(window)
        bar.get_by_role("button", name=re.compile("Unknown input dept")).click()
        expect(page.get_by_label("Id of the step")).to_have_value("ask")
        expect(page.get_by_role("textbox", name="Template", exact=True)).to_be_focused()
        bar.get_by_role("button", name="Change to depth").click()
        expect(bar).to_contain_text("No problems")
        self.saved(page)
        self.assertEqual(self.step(pipeline, 1)["with"]["ops"], [{"template": "Depth: {{ inputs.depth }}"}])


if __name__ == "__main__":
    unittest.main()
