"""Pictures sent from a phone's browser over a line that breaks."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from config.tests.browser import chromium, log_in, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

expect.set_options(timeout=20_000)
PREPARE = "from stories import factories; factories.people()"
TITLES = """
from media.models import Picture, Upload
print(sorted(Picture.objects.values_list("title", "caption", "credit")), Upload.objects.count())
"""


def photograph(seed: int, side: int = 700) -> bytes:
    """A JPEG that compresses badly: side 700 is about 0.6 MB, three parts."""
    noise = random.Random(seed).randbytes(side * side * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("site"), PREPARE) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(site, browser) -> Iterator[Page]:
    page = log_in(browser, site, "bientap.lamthao", width=360)
    page.goto(f"{site.base}/quan-tri/tai-anh/")
    yield page
    page.context.close()


def stored(site) -> str:
    return site.manage("shell", "--verbosity", "0", "--command", TITLES)


def save(page: Page) -> None:
    """An unsaved picture comes again on the next page that its sender opens."""
    page.locator(".sent-form").get_by_role("button", name="Lưu").click()
    expect(rows(page, "ended")).to_have_count(1)


def choose(page: Page, *paths: Path) -> None:
    page.locator("input[data-choose]").first.set_input_files(list(paths))


def rows(page: Page, state: str):
    return page.locator(f".sending-row[data-state={state}]")


def test_the_line_is_cut_in_the_middle_and_sending_goes_on_by_itself(site, page, tmp_path) -> None:
    photo = tmp_path / "Chị Lan.jpg"
    photo.write_bytes(photograph(1))
    parts: list[int] = []

    def cut(route) -> None:
        parts.append(int(route.request.headers["upload-offset"]))
        if len(parts) == 2:  # the second part: the line goes
            page.context.set_offline(True)
        route.continue_()

    page.route(
        "**/tai-anh/tep/*/",
        lambda route: cut(route) if route.request.method == "PATCH" else route.continue_(),
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    choose(page, photo)
    expect(rows(page, "offline")).to_contain_text("Mất mạng, sẽ tự gửi tiếp")
    assert len(parts) == 2
    page.context.set_offline(False)
    expect(rows(page, "done")).to_have_count(1)
    assert parts[0] == 0 and 0 not in parts[1:]
    form = page.locator(".sent-form")
    form.get_by_label("chú thích", exact=False).first.fill("Chị Lan khâu nón.")
    form.get_by_label("tác giả ảnh", exact=False).fill("Ảnh: Thu Hà")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    form.get_by_role("button", name="Lưu").click()
    expect(rows(page, "ended")).to_contain_text("Đã lưu.")
    assert "('Chị Lan', 'Chị Lan khâu nón.', 'Ảnh: Thu Hà')" in stored(site)


def test_after_a_reload_the_file_is_chosen_again_and_the_rest_is_sent(site, page, tmp_path) -> None:
    photo = tmp_path / "tải lại.jpg"
    photo.write_bytes(photograph(2))
    first = {"done": False}

    def once(route) -> None:
        if route.request.method == "PATCH" and first["done"]:
            route.abort()
        else:
            first["done"] |= route.request.method == "PATCH"
            route.continue_()

    page.route("**/tai-anh/tep/*/", once)
    choose(page, photo)
    expect(rows(page, "offline")).to_have_count(1)
    page.unroute("**/tai-anh/tep/*/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(rows(page, "left")).to_contain_text("chọn lại đúng ảnh này")
    offsets: list[str] = []
    page.on(
        "request",
        lambda one: offsets.append(one.headers["upload-offset"]) if one.method == "PATCH" else None,
    )
    choose(page, photo)
    expect(rows(page, "done")).to_have_count(1)
    assert offsets[0] == str(256 * 1024)
    assert page.locator(".sending-row").count() == 1
    page.reload()  # the texts are not saved yet: the picture and its form are still here
    expect(rows(page, "done")).to_have_count(1)
    save(page)
    assert "tải lại" in stored(site)


def test_ten_pictures_at_once_are_sent_and_their_texts_saved_together(site, page, tmp_path) -> None:
    photos = []
    for number in range(10):
        photo = tmp_path / f"mười {number}.jpg"
        photo.write_bytes(photograph(10 + number, side=200))
        photos.append(photo)
    choose(page, *photos)
    expect(rows(page, "done")).to_have_count(10)
    expect(page.locator("p[data-whole]")).to_have_text("Đã gửi xong 10 ảnh.")
    page.get_by_role("button", name="Lưu tất cả").click()
    expect(rows(page, "ended")).to_have_count(10)
    kept = stored(site)
    assert all(f"mười {number}" in kept for number in range(10))


def test_a_hostile_file_and_a_film_are_refused_beside_good_pictures(site, page, tmp_path) -> None:
    bad, film, good = tmp_path / "xấu.jpg", tmp_path / "phim.mp4", tmp_path / "tốt.jpg"
    bad.write_bytes(photograph(3, side=100) + b"<script>alert(1)</script>")
    film.write_bytes(b"\0" * 100)
    good.write_bytes(photograph(4, side=100))
    choose(page, bad, film, good)
    expect(rows(page, "refused")).to_have_count(2)
    expect(rows(page, "refused").first).to_contain_text("lẫn nội dung của loại tệp khác")
    expect(rows(page, "refused").last).to_contain_text("Hãy chọn ảnh loại")
    expect(rows(page, "done").filter(has_text="tốt.jpg")).to_have_count(1)
    save(page)
    assert "xấu" not in stored(site)


def test_a_session_that_is_over_is_said_and_taken_up_again(site, browser, page, tmp_path) -> None:
    photo = tmp_path / "phiên.jpg"
    photo.write_bytes(photograph(5))
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    choose(page, photo)
    expect(rows(page, "stopped")).to_contain_text("đăng nhập lại")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Gửi tiếp").click()
    expect(rows(page, "done")).to_have_count(1)
    save(page)


def test_the_same_picture_in_two_tabs_is_one_picture(site, browser, page, tmp_path) -> None:
    photo = tmp_path / "hai trang.jpg"
    photo.write_bytes(photograph(6))
    expect(page.locator(".sending-row")).to_have_count(0)
    other = page.context.new_page()
    page.route("**/xong/", lambda route: route.abort())  # sent as a whole, not finished
    choose(page, photo)
    expect(rows(page, "offline")).to_have_count(1)
    other.goto(f"{site.base}/quan-tri/tai-anh/")
    expect(rows(other, "done")).to_have_count(1)  # what is whole needs no file
    page.unroute("**/xong/")
    expect(rows(page, "done")).to_have_count(1)
    assert stored(site).count("hai trang") == 1
