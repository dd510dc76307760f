"""The example front end, served from an origin of its own, against a real site."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from config.tests.browser import ROOT
from config.tests.test_archive_in_a_browser import findings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EXAMPLE = ROOT / "site/docs/headless"
MAKE_LINK = """
from stories.pages.models import StoryPage
from stories.website.headless import previews
page = StoryPage.objects.get(pk={pk})
print(previews.address(previews.make(page=page, user=page.owner)))
"""


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, format, *args) -> None:
        pass


@pytest.fixture(scope="module")
def front(sampled, tmp_path_factory) -> str:
    """Where the example is served, told to read the sampled site."""
    folder = tmp_path_factory.mktemp("front")
    for name in ("index.html", "app.js", "app.css"):
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        api = text.replace("http://127.0.0.1:8000/", f"{sampled.site.base}/")
        (folder / name).write_text(api, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.fixture(params=[360, 1280])
def reader(browser, front, request) -> Page:
    context = browser.new_context(
        viewport={"width": request.param, "height": 740}, locale="vi-VN", base_url=front
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def is_fit(page: Page) -> None:
    """As wide as the screen, and without findings of axe-core."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert findings(page) == []


def test_the_example_does_all_that_a_front_end_does(reader, front, sampled) -> None:
    reader.goto(front)
    heading(reader, "Mới đăng")
    expect(reader.get_by_role("navigation", name="Chuyên mục").get_by_role("link")).to_have_count(7)
    expect(reader.get_by_role("link", name="Trang chủ")).to_have_attribute("aria-current", "page")
    is_fit(reader)

    reader.get_by_role("link", name="Chị Thơm dạy hát xoan").click()
    heading(reader, "Chị Thơm dạy hát xoan")
    expect(reader.get_by_role("heading", level=1)).to_be_focused()
    shot = reader.locator("article img").first
    shot.evaluate("image => image.decode()")
    assert shot.get_attribute("alt")
    expect(reader.get_by_role("heading", name="Mời đọc tiếp")).to_be_visible()
    expect(reader).to_have_title("Chị Thơm dạy hát xoan · Gương sáng Đất Tổ")
    is_fit(reader)
    path = reader.evaluate("location.hash")
    reader.locator(".cards a").first.click()
    expect(reader.get_by_role("heading", level=1)).not_to_have_text("Chị Thơm dạy hát xoan")
    reader.go_back()
    heading(reader, "Chị Thơm dạy hát xoan")

    reader.goto(f"{front}{path.upper()}")
    reader.wait_for_function("path => location.hash === path", arg=path)
    heading(reader, "Chị Thơm dạy hát xoan")

    reader.get_by_role("searchbox").press_sequentially("tho hat xoan")
    heading(reader, "Kho lưu trữ")
    expect(reader.get_by_role("searchbox")).to_be_focused()
    expect(reader.get_by_role("link", name="Chị Thơm dạy hát xoan")).to_be_visible()
    reader.get_by_role("searchbox").fill("chi")
    if reader.viewport_size["width"] == 360:
        reader.get_by_text("Lọc kết quả").click()
        reader.get_by_text("Năm", exact=True).click()
    reader.get_by_role("checkbox", name="2026").check()
    expect(reader.get_by_role("checkbox", name="2026")).to_be_focused()
    assert "year=2026" in reader.evaluate("location.hash")
    is_fit(reader)

    reader.goto(f"{front}#/phu-nu-dat-to/khong-co/")
    heading(reader, "Không tìm thấy trang")
    is_fit(reader)
    reader.goto(f"{front}#/phu-nu-dat-to/chi-cuc-lam-manh/")
    heading(reader, "Nội dung đã được thu hồi")
    for name, title in (("Phụ nữ Đất Tổ", "Phụ nữ Đất Tổ"), ("Điển hình", "Điển hình")):
        reader.get_by_label("Chuyên mục").get_by_role("link", name=name).click()
        heading(reader, title)

    assert {one.split("/")[2] for one in reader.asked} == {
        front.split("/")[2],
        sampled.site.base.split("/")[2],
    }
    assert reader.errors == []


def test_the_example_shows_a_preview_and_takes_its_key_out_of_the_address(
    reader, front, sampled
) -> None:
    site = replace(sampled.site, env=sampled.site.env | {"HEADLESS_PREVIEW_URL": front})
    command = MAKE_LINK.format(pk=sampled.made["draft"])
    address = site.manage("shell", "--verbosity", "0", "--command", command).strip()
    assert address.startswith(f"{front}?token=")
    for _time in ("opened", "reloaded"):
        reader.goto(address) if _time == "opened" else reader.reload()
        heading(reader, "Chị Hoa giữ vườn chè")
        expect(reader.get_by_text("chưa được duyệt và đăng")).to_be_visible()
        assert "token" not in reader.url
        reader.locator("article img").first.evaluate("image => image.decode()")
    robots = reader.locator("meta[name=robots]").get_attribute("content")
    assert robots.startswith("noindex")
    is_fit(reader)
    reader.goto("about:blank")
    reader.goto(f"{front}?token=sai")
    heading(reader, "Không xem trước được")
    assert reader.errors == []
