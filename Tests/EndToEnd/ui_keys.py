"""Somebody with a keyboard and nothing else: what is not reached by keys is not used."""

from ui_support import expect

COUNT_POINTERS = """
window.pointed = 0;
for (const name of ["pointerdown", "mousedown", "touchstart", "wheel"]) addEventListener(name, () => { window.pointed += 1; }, true);
"""
FOCUSED = """(() => {
  const one = document.activeElement;
  const words = one.ariaLabel || one.labels?.[0]?.textContent || one.textContent || "";
  return `${one.getAttribute("role") ?? one.localName} ${words.replace(/\\s+/g, " ").trim().slice(0, 40)}`;
})()"""


class Keys:
    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def to(self, role, name, within, key="Tab", exact=False):
        """Along the order of Tab to what has this role and name: in so many presses at most, and there it is seen."""
        focused = self.page.get_by_role(role, name=name, exact=exact).and_(self.page.locator(":focus"))
        passed = []
        for _ in range(within):
            self.press(key)
            if focused.count():
                expect(focused).to_be_in_viewport()
                return
            passed.append(self.page.evaluate(FOCUSED))
        raise AssertionError("%s does not come to %s %s, but to\n  %s" % (key, role, name, "\n  ".join(passed)))

    def back_to(self, role, name, within, exact=False):
        self.to(role, name, within, "Shift+Tab", exact)
