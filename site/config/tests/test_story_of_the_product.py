"""The story of the product, in a real browser, from an editor's draft to a journalist's desk."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from config.tests.browser import ROOT, keep_screenshots, log_in, serve
from stories.factories import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "Chị Hà dạy chữ cho chị em khu 7"
WOMAN = "Phạm Thị Hà"
PREPARE = "from stories import factories; factories.people()"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("site"), PREPARE) as running:
        yield running


@pytest.fixture(autouse=True)
def screenshots(browser, request):
    """A failed test leaves pictures of its pages in `var/browser/`."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        keep_screenshots(browser, ROOT / "var" / "browser")


def write_and_submit(page, picture: Path) -> None:
    page.get_by_role("button", name="Trang", exact=True).click()
    page.get_by_role("link", name="Hội LHPN xã Lâm Thao").first.click()
    page.get_by_role("link", name="Thêm trang con").first.click()
    page.get_by_role("link", name="Bài viết").first.click()
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=lead]", "Mỗi tối thứ bảy, nhà văn hóa khu 7 lại sáng đèn.")
    page.get_by_role("button", name="Chọn ảnh").click()
    page.get_by_role("tab", name="Tải lên").click()
    page.set_input_files("input[name=image-chooser-upload-file]", picture)
    page.fill("[name=image-chooser-upload-title]", "Lớp học buổi tối")
    page.fill("[name=image-chooser-upload-caption]", "Lớp xóa mù chữ ở khu 7.")
    page.fill("[name=image-chooser-upload-credit]", "Ảnh: Thu Hà")
    page.fill("[name=image-chooser-upload-alt_text]", "Các chị ngồi học trong nhà văn hóa")
    page.check("[name=image-chooser-upload-no_recognisable_person]")
    page.locator(".modal-body").get_by_role("button", name="Tải lên").click()
    page.locator(".modal-body").wait_for(state="detached")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Đoạn văn").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Chị Hà bắt đầu dạy từ năm 2019, đến nay 43 người đã biết đọc.")
    # The editor hands over what was typed after a moment, and may save it by itself meanwhile.
    page.wait_for_function(
        "document.querySelector('[name=body-0-value]').value.includes('43 người')"
    )
    name_someone(page)
    page.get_by_text("Đang lưu").first.wait_for(state="hidden")
    send(page)


def name_someone(page) -> None:
    """Say whom the story tells of: someone who isn't on record yet."""
    page.locator("#id_named_people-ADD").click()
    page.locator("#id_named_people-0-person-chooser button:visible").first.click()
    page.get_by_role("tab", name="Ghi tên mới").click()
    page.fill(".modal-body input[name=name]", WOMAN)
    page.locator(".modal-body").get_by_role("button", name="Ghi tên mới").click()
    page.locator(".modal-body").wait_for(state="detached")
    page.get_by_text(WOMAN).first.wait_for()


def record_consent(page, site, form: Path) -> None:
    """Find her, and keep the photograph of the form that she signed."""
    page.goto(f"{site.base}/quan-tri/con-nguoi/?q=ha")
    page.get_by_role("link", name=WOMAN).click()
    page.get_by_role("link", name="Ghi nhận đồng ý").click()
    page.set_input_files("input[name=form]", form)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Ghi nhận").click()
    page.get_by_text("Còn hiệu lực").wait_for()


def send(page) -> None:
    """“Gửi duyệt” lies open beside “Lưu bản nháp”."""
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text(f"gửi duyệt “{TITLE}”").wait_for()


def open_waiting(page) -> None:
    page.get_by_role("heading", name="Đang chờ bạn duyệt").wait_for()
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("heading", name=TITLE).wait_for()


def approve(page, button: str) -> None:
    open_waiting(page)
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_role("button", name=button).click()
    page.get_by_text(f"Đã duyệt “{TITLE}”").wait_for()


def get(url: str, key: str = "") -> dict:
    request = urllib.request.Request(url, headers={"X-API-Key": key} if key else {})
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def test_a_draft_becomes_a_story_that_the_public_finds_and_the_press_pulls_once(
    site, browser, tmp_path
) -> None:
    picture = tmp_path / "lop-hoc.jpg"
    picture.write_bytes(jpeg(1600, 1067))

    editor = log_in(browser, site, "bientap.lamthao")
    write_and_submit(editor, picture)

    reviewer = log_in(browser, site, "duyet.lamthao")
    approve(reviewer, "Duyệt, gửi Ban Tuyên giáo")

    board = log_in(browser, site, "tuyengiao")
    open_waiting(board)
    board.get_by_text(f"{WOMAN} (được nêu trong bài) chưa có sự đồng ý").wait_for()
    assert board.get_by_role("button", name="Phê duyệt và đăng").is_disabled()
    board.get_by_text("Trả lại, kèm lý do").click()
    board.select_option("select[name=reason]", "facts")
    board.fill("textarea[name=comment]", "Xin ghi rõ lớp mở từ tháng nào.")
    board.get_by_role("button", name="Trả lại cho người viết").click()
    board.get_by_text("Đã trả lại bài").wait_for()
    assert get(f"{site.base}/api/v1/stories/")["count"] == 0

    record_consent(editor, site, picture)
    editor.goto(f"{site.base}/quan-tri/")
    editor.get_by_role("link", name=TITLE).first.click()
    editor.get_by_text("Xin ghi rõ lớp mở từ tháng nào.").first.wait_for()
    editor.fill(
        "textarea[name=lead]", "Từ tháng 9/2019, nhà văn hóa khu 7 sáng đèn mỗi tối thứ bảy."
    )
    editor.get_by_role("button", name="Gửi duyệt lại").click()
    editor.get_by_text(f"gửi duyệt “{TITLE}”").wait_for()

    reviewer.goto(f"{site.base}/quan-tri/")
    approve(reviewer, "Duyệt, gửi Ban Tuyên giáo")
    board.goto(f"{site.base}/quan-tri/")
    approve(board, "Phê duyệt và đăng")

    public = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN").new_page()
    public.goto(f"{site.base}/")
    public.get_by_role("combobox").first.fill("chi ha day chu")
    public.get_by_role("combobox").first.press("Enter")
    public.get_by_role("link", name=TITLE).first.click()
    public.get_by_role("heading", name=TITLE).wait_for()
    assert "Từ tháng 9/2019" in public.content()
    shown = public.locator("figure img").first
    shown.wait_for()
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")
    assert public.evaluate("document.documentElement.scrollWidth") <= 360

    key = site.manage("press_key", "bao-phu-tho", "--create").strip().splitlines()[-1]
    first = get(f"{site.base}/api/v1/press/feed/", key)
    stories = [item for item in first["items"] if item["type"] == "story"]
    assert [item["title"] for item in stories] == [TITLE]
    second = get(f"{site.base}/api/v1/press/feed/?after={first['next']}", key)
    assert second["items"] == []
    assert second["next"] == first["next"]
