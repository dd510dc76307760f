"""Our screens for everyone: by axe's rules (WCAG 2.2 AA), and on a phone of 360 pixels."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from config.tests.browser import log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE, DESK = 360, 1280
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SCREENS = {
    "": ["/login/", "/password_reset/"],
    "bientap.lamthao": [
        "/",
        "/pages/{section}/",
        "/pages/{returned}/edit/",
        "/pages/add/pages/exemplarpage/{section}/",
        "/tu-word/{section}/",
        "/huong-dan/",
    ],
    "duyet.lamthao": [
        "/",
        "/duyet/{waiting}/",
        "/uy-quyen/",
        "/khan-cap/bai/{waiting}/",
        "/huong-dan/",
    ],
    "tuyengiao": [
        "/",
        "/hang-cho/",
        "/hang-cho/ chosen",
        "/duyet/{at the board}/",
        "/thu-hoi/{live}/",
        "/khan-cap/{emergency}/",
        "/reports/khan-cap/",
        "/reports/nhat-ky/",
        "/huong-dan/ban-tuyen-giao/",
    ],
    "vanphong": ["/"],
    "quantri": ["/", "/uy-quyen/"],
}
# Wagtail's explorer and editor have small targets of their own, with room around them (axe agrees).
OURS = ".help a, .help-here, .desk a, .desk button, .desk input, .desk select, .desk summary, .review button, .review a"
SMALL = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.type !== "hidden" && one.checkVisibility())
  .map(one => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => Math.min(box.width, box.height) < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)"""


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def width(request) -> int:
    return request.param


@pytest.fixture(params=SCREENS, ids=lambda username: username or "anonymous")
def username(request) -> str:
    return request.param


def visit(page: Page, sampled, path: str) -> None:
    if path.endswith(" chosen"):  # the second screen of a bulk approval
        page.goto(sampled.address(path.removesuffix(" chosen")))
        for tick in page.locator("input[name=state]").all():
            tick.check()
        page.get_by_role("button", name="Xem và duyệt các bài đã chọn").click()
    else:
        page.goto(sampled.address(path))
    page.wait_for_timeout(400)
    # What a bar that stays in sight covers at this moment can be scrolled into view.
    page.add_style_tag(content=".footer, .desk-bar { position: static !important; }")


def findings(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
    return [
        f"{rule['id']}: {node['html'][:100]}"
        for rule in found.response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(
    sampled, browser, username, width
) -> None:
    if username:
        page = log_in(browser, sampled.site, username, width, policy=True)
    else:
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    refused: list[str] = []
    page.on("console", lambda said: "Policy" in said.text and refused.append(said.text))
    wrong = {}
    for path in SCREENS[username]:
        visit(page, sampled, path)
        said = findings(page)
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            said.append("wider than the screen")
        if said := said + page.evaluate(SMALL, OURS):
            wrong[path] = said
    page.context.close()
    assert wrong == {}
    assert refused == []  # the admin's own policy lets everything of ours through
