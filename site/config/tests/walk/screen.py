"""What a browser shows at this moment: the visible text, labels, tooltips, placeholders."""

from __future__ import annotations

from playwright.sync_api import Error, Page

from config.tests.walk import english
from config.tests.walk.texts import SPOKEN

VISIBLE = """(spoken) => {
  const said = [];
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest("script, style, svg, code, kbd, iframe") || !one.checkVisibility()) continue;
    for (const node of one.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) said.push(node.data);
    for (const name of spoken) if (one.getAttribute(name)) said.push(one.getAttribute(name));
    if (one.matches("input[type=submit], input[type=button]")) said.push(one.value);
  }
  return [document.title, ...said];
}"""
CLOSED = "button[aria-expanded=false]:visible, [aria-haspopup][aria-expanded=false]:visible"
PAUSE = 120  # ms: what a click opens is drawn by a script


class Screen:
    """Reads a page again and again while its menus are opened; gathers what is English."""

    def __init__(self, page: Page, names: set[str]) -> None:
        self.page, self.names = page, names
        self.leftovers: dict[str, str] = {}

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_timeout(3 * PAUSE)
        self.read(address)

    def read(self, where: str) -> None:
        for text in self.page.evaluate(VISIBLE, sorted(SPOKEN)):
            words = [word for word in english.leftovers(text) if word not in self.names]
            if words:
                self.leftovers.setdefault(f"{' '.join(text.split())[:120]} {words}", where)

    def press(self, what, where: str) -> None:
        what.click()
        self.page.wait_for_timeout(PAUSE)
        self.read(where)

    def open_all(self, where: str, most: int = 25) -> int:
        """Open whatever can be opened, one after the other; how many."""
        opened = 0
        for handle in self.page.locator(CLOSED).element_handles()[:most]:
            try:
                handle.click(timeout=600)
            except Error:  # under something that was opened before
                self.page.keyboard.press("Escape")
                continue
            opened += 1
            self.page.wait_for_timeout(PAUSE)
            self.read(f"{where}, opened: {opened}")
        self.page.keyboard.press("Escape")
        return opened
