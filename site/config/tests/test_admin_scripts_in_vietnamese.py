"""What the admin's scripts draw is Vietnamese too: menus, choosers, comments, side panels."""

from __future__ import annotations

import re

import pytest

from config.tests.browser import chromium, log_in, serve
from config.tests.walk.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PREPARE = """
from config.tests.walk.samples import World
from stories import factories
world = World(factories.people())
"""
FIND = """
from stories.pages.models import StoryPage
draft = StoryPage.objects.get(title="Chị Hoa giữ vườn chè")
print(draft.pk, draft.get_parent().pk)
"""
NAMES = {"tuyengiao", "vanphong", "quantri", "duyetthay"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("vietnamese"), PREPARE) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(site) -> tuple[str, str]:
    """Addresses of a draft and of the section that it lies in."""
    draft, section = site.manage("shell", "--verbosity", "0", "--command", FIND).split()
    admin = f"{site.base}/quan-tri/pages"
    return f"{admin}/{draft}/edit/", f"{admin}/{section}/"


@pytest.fixture
def screen(site, browser, request) -> Screen:
    return Screen(log_in(browser, site, request.param), NAMES)


def as_role(username: str):
    return pytest.mark.parametrize("screen", [username], indirect=True)


@as_role("bientap.lamthao")
def test_writing_a_story(screen, pages) -> None:
    page, draft = screen.page, pages[0]
    screen.go(draft)
    assert screen.open_all(draft) > 8
    page.reload()
    page.locator(".public-DraftEditor-content").first.click()
    screen.read("toolbar of the text")
    page.keyboard.type("/")
    page.wait_for_timeout(300)
    screen.read("commands of the text")
    page.keyboard.press("Backspace")
    page.locator("[name=date]").click()
    page.wait_for_timeout(300)
    screen.read("calendar")
    page.keyboard.press("Escape")
    page.locator("[name=title]").fill("")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    screen.read("saved without a title")
    assert screen.leftovers == {}


@as_role("bientap.lamthao")
def test_choosing_a_picture_a_page_and_a_link(screen, pages) -> None:
    page, draft = screen.page, pages[0]
    screen.go(draft)
    page.get_by_role("button", name="Thao tác khác").first.click()
    page.get_by_role("button", name=re.compile("ảnh", re.IGNORECASE)).first.click()
    page.locator(".modal-body").wait_for()
    screen.read("picture chooser")
    screen.press(page.locator(".modal-body").get_by_role("tab", name="Tải lên"), "upload")
    page.locator(".modal-body").get_by_role("button", name="Tải lên").click()
    page.wait_for_timeout(700)
    screen.read("upload of nothing")
    assert screen.leftovers == {}
