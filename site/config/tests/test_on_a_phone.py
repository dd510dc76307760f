"""An editor with nothing but a phone: signs in, writes, photographs, submits."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from config.tests.browser import PASSWORD, ROOT, keep_screenshots
from stories.factories import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "Chị Ngà mở quán sách ở chợ"
BUTTONS = ["Lưu bản nháp", "Gửi duyệt"]


@pytest.fixture
def phone(browser: Browser, request):
    context = browser.new_context(
        bypass_csp=True,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        locale="vi-VN",
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    failed = request.session.testsfailed
    yield page
    if request.session.testsfailed > failed:
        keep_screenshots(browser, ROOT / "var" / "browser")
    context.close()


def fits(page: Page) -> bool:
    """Nothing is wider than the screen, nor pushed aside by what is focused."""
    root = "document.documentElement"
    wide = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    return not wide and page.evaluate("document.querySelector('main')?.scrollLeft ?? 0") == 0


def sign_in(page: Page, sampled) -> None:
    page.goto(f"{sampled.admin}/login/")
    assert fits(page)
    page.locator("input[name=username]").fill("bientap.lamthao")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").tap()
    page.get_by_role("heading", name="Chào Nguyễn Thị Hà").wait_for()


def photograph(page: Page, picture: Path) -> None:
    page.get_by_role("button", name="Chọn ảnh").tap()
    page.get_by_role("tab", name="Tải lên").tap()
    chosen = page.locator("input[name=image-chooser-upload-file]")
    # Any picture and no `capture`: the phone then offers its camera and its gallery both.
    assert chosen.get_attribute("accept").startswith("image/*")
    assert chosen.get_attribute("capture") is None
    chosen.set_input_files(picture)
    for name, text in {
        "title": "Quán sách ở chợ",
        "caption": "Chị Ngà bên quán sách, chợ Cao Mại.",
        "credit": "Ảnh: Thu Hà",
        "alt_text": "Người phụ nữ xếp sách lên giá gỗ",
    }.items():
        page.locator(f"[name=image-chooser-upload-{name}]").fill(text)
    assert fits(page)
    page.locator(".modal-body").get_by_role("button", name="Tải lên").tap()
    # The sample pictures look like it: the phone shows both, and both choices.
    new = page.locator(".use-new-image")
    new.scroll_into_view_if_needed()
    for choice in (new, page.locator(".use-existing-image")):
        box = choice.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    new.tap()
    page.locator(".modal-body").wait_for(state="detached")


def write(page: Page) -> None:
    page.locator("input[name=title]").fill(TITLE)
    page.locator("textarea[name=lead]").fill("Mỗi phiên chợ, trẻ con ngồi đọc quanh quán.")
    page.locator(".c-sf-add-button").first.tap()
    page.get_by_role("option", name="Đoạn văn").tap()
    page.locator(".public-DraftEditor-content").first.tap()
    page.keyboard.type("Chị Ngà bắt đầu với ba mươi cuốn sách cũ.")
    page.wait_for_function(
        "document.querySelector('[name=body-0-value]').value.includes('ba mươi cuốn')"
    )
    assert fits(page)


def test_an_editor_writes_photographs_and_submits(sampled, phone, tmp_path) -> None:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(jpeg(1600, 1200))
    sign_in(phone, sampled)
    assert fits(phone)
    phone.goto(sampled.address("/pages/{section}/"))
    assert fits(phone)
    phone.goto(f"{sampled.admin}/")
    phone.get_by_role("link", name="Viết bài mới").tap()
    photograph(phone, picture)
    write(phone)
    for label in BUTTONS:  # both in sight, wherever she has scrolled to
        box = phone.get_by_role("button", name=label, exact=True).bounding_box()
        assert box["y"] + box["height"] <= 740
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        assert min(box["width"], box["height"]) >= 40
    phone.get_by_text("Đang lưu").first.wait_for(state="hidden")
    phone.get_by_role("button", name="Gửi duyệt", exact=True).tap()
    phone.get_by_text(f"gửi duyệt “{TITLE}”").wait_for()
    phone.goto(f"{sampled.admin}/")
    phone.get_by_role("heading", name="Bài đã gửi, đang được duyệt").wait_for()
    phone.get_by_role("link", name=TITLE).wait_for()
    assert fits(phone)


def test_no_message_is_hidden_under_the_menus_button(sampled, phone) -> None:
    sign_in(phone, sampled)
    phone.goto(sampled.address("/pages/{returned}/edit/"))
    message = phone.get_by_text("Bài được trả lại.").first.bounding_box()
    button = phone.get_by_role("button", name="Mở hoặc thu cột bên").bounding_box()
    apart = message["x"] >= button["x"] + button["width"]
    assert apart or message["y"] >= button["y"] + button["height"]
