"""What the admin's scripts draw is Vietnamese too: menus, choosers, comments, side panels."""

from __future__ import annotations

import re

import pytest

from config.tests.browser import log_in
from config.tests.walk.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"tuyengiao", "vanphong", "quantri", "duyetthay"}


@pytest.fixture
def screen(sampled, browser, request) -> Screen:
    page = log_in(browser, sampled.site, request.param)
    yield Screen(page, NAMES)
    page.context.close()


def as_role(username: str):
    return pytest.mark.parametrize("screen", [username], indirect=True)


@as_role("bientap.lamthao")
def test_writing_a_story(screen, sampled) -> None:
    page = screen.page
    screen.go(sampled.address("/pages/{draft}/edit/"))
    assert screen.open_all("editor") > 8
    page.reload()
    page.locator(".public-DraftEditor-content").first.click()
    screen.read("the text's toolbar")
    page.keyboard.type("/")
    page.wait_for_timeout(300)
    screen.read("the text's commands")
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
def test_choosing_pictures_exemplars_and_links(screen, sampled) -> None:
    page, modal = screen.page, screen.page.locator(".modal-body")
    screen.go(sampled.address("/pages/add/pages/storypage/{section}/"))
    page.get_by_role("button", name="Chọn ảnh").click()
    modal.wait_for()
    screen.read("picture chooser")
    screen.press(modal.get_by_role("tab", name="Tải lên"), "picture chooser, upload")
    modal.get_by_role("button", name="Tải lên").click()
    page.wait_for_timeout(500)
    screen.read("picture chooser, upload of nothing")
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Thêm Điển hình").click()
    page.get_by_role("button", name=re.compile("^Chọn.*điển hình", re.IGNORECASE)).last.click()
    modal.wait_for()
    screen.read("page chooser")
    page.keyboard.press("Escape")
    assert screen.leftovers == {}


@as_role("bientap.lamthao")
def test_the_keyboard_and_what_it_opens(screen, sampled) -> None:
    screen.go(sampled.admin + "/")
    screen.open_all("home")
    screen.page.keyboard.press("?")
    screen.page.get_by_role("dialog").first.wait_for()
    screen.read("keyboard shortcuts")
    screen.go(sampled.address("/pages/{section}/"))
    screen.open_all("explorer")
    assert screen.leftovers == {}


@as_role("tuyengiao")
def test_the_boards_screens(screen, sampled) -> None:
    for path in ("/hang-cho/", "/duyet/{at the board}/", "/reports/nhat-ky/", "/press_clients/"):
        screen.go(sampled.address(path))
        screen.open_all(path, most=8)
    assert screen.leftovers == {}


@as_role("quantri")
def test_the_administrators_screens(screen, sampled) -> None:
    for path in ("/users/", "/groups/1/", "/images/", "/workflows/list/", "/sites/", "/units/"):
        screen.go(sampled.address(path))
        screen.open_all(path, most=8)
    page = screen.page
    page.goto(sampled.admin + "/users/")
    page.locator("tbody input[type=checkbox]").first.check()
    page.wait_for_timeout(300)
    screen.read("bulk actions")
    assert screen.leftovers == {}


@as_role("bientap.lamthao")
def test_english_that_a_script_draws_is_noticed(screen) -> None:
    screen.page.set_content(
        "<p hidden>Hidden</p><button title='Save draft'>Lưu</button><p>Chữ tiếng Việt</p>"
    )
    screen.read("a page")
    assert list(screen.leftovers) == ["Save draft ['Save', 'draft']"]
