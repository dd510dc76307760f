"""The public site in a real browser: for everyone, at every width, light and dark, without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from config.tests.browser import Site, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PREPARE = """
from stories.press.models import PressClient, PressPerson
from stories.website.demo import seed
seed.run(limit=1, size=(600, 400))
paper = PressClient.objects.create(name="bao", organisation="Báo Phú Thọ")
reporter = PressPerson(client=paper, name="Trần Thị Lan", email="lan@bao.example", is_admin=True)
reporter.set_unusable_password()
reporter.save()
"""
INVITED = """
from stories.press.models import PressPerson
from stories.press.room import links
print(links.path(PressPerson.objects.get()), end="")
"""
WITHDRAWN = """
from stories.releases.models import Item
print(Item.objects.filter(type="story", kind="canceled").values_list("path", flat=True)[0], end="")
"""
TROUBLE = """
import json
from django.template.loader import render_to_string
names = ("403_csrf.html", "404.html", "413.html", "500.html", "503.html", "maintenance.html")
print(json.dumps({name: render_to_string(name, {"words": "Tối nay nâng cấp."}) for name in names}))
"""
WIDTHS = (320, 360, 768, 1280)  # 320: 1280 at a zoom of 400 %
AXE = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("public"), PREPARE) as running:
        yield running


def addresses(page: Page, gone: str = "") -> dict[str, str]:
    """One address for each template that the public can see."""

    def first(path: str, pattern: str) -> str:
        page.goto(path)
        return re.search(pattern, page.content())[1]

    return {
        "home": "/",
        "column": "/phu-nu-dat-to/",
        "edition": first("/phu-nu-dat-to/", r'href="(/phu-nu-dat-to/so/[\d-]+/)"'),
        "story": first("/phu-nu-dat-to/", r'href="(/phu-nu-dat-to/(?!so/)[\w-]+/)"'),
        "exemplars": "/dien-hinh/",
        "exemplar": first("/dien-hinh/", r'href="(/dien-hinh/[\w-]+/)"'),
        "units": "/don-vi/",
        "unit": "/don-vi/xa-lam-thao/",
        "unit without stories": "/don-vi/xa-pa-co/",
        "subjects": "/chu-de/",
        "subject": first("/chu-de/", r'href="(/chu-de/noi-dung/[\w-]+/)"'),
        "archive": "/luu-tru/",
        "results": "/luu-tru/?q=xa",
        "filtered": "/luu-tru/?q=xa&kind=individual&sort=oldest",
        "no results": "/luu-tru/?q=zzzzqqqq",
        "bad question": "/luu-tru/?year=x",
        "press room": "/bao-chi/",
        "guide": "/bao-chi/huong-dan/",
        "sign in": "/bao-chi/dang-nhap/",
        "about": "/gioi-thieu/",
        "style guide": "/phong-cach/",
        "withdrawn": gone,
    }


def opened(browser: Browser, site: Site, **options) -> Page:
    page = browser.new_context(locale="vi-VN", base_url=site.base, **options).new_page()
    page.set_default_timeout(20_000)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everyone_fits_and_asks_nobody_else(browser, site, scheme) -> None:
    page = opened(browser, site, color_scheme=scheme, reduced_motion="reduce")
    elsewhere, refused = set(), []
    page.on("request", lambda request: elsewhere.add(urlsplit(request.url).netloc))
    page.on("console", lambda said: "Policy" in said.text and refused.append(said.text))
    found, wide = {}, []
    for name, path in addresses(page, site.manage("shell", "-v0", "-c", WITHDRAWN)).items():
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
            if width == 1280 or (width, scheme) == (360, "light"):
                answer = Axe().run(page, options=AXE).response["violations"]
                found |= {
                    (name, width, one["id"]): [node["html"][:200] for node in one["nodes"]]
                    for one in answer
                }
    page.context.close()

    assert found == {}
    assert wide == []
    assert refused == []
    assert elsewhere == {urlsplit(site.base).netloc}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_trouble_are_for_everyone_too(browser, site, scheme) -> None:
    """With DEBUG on Django shows its own instead, so they are put into the page."""
    page = opened(browser, site, color_scheme=scheme, viewport={"width": 360, "height": 740})
    found = {}
    for name, html in json.loads(site.manage("shell", "-v0", "-c", TROUBLE)).items():
        page.goto("/gioi-thieu/")
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        answer = Axe().run(page, options=AXE).response["violations"]
        found |= {
            (name, one["id"]): [node["html"][:200] for node in one["nodes"]] for one in answer
        }
    page.context.close()

    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_press_room_is_for_everyone_too(browser, site, scheme) -> None:
    page = opened(browser, site, color_scheme=scheme, viewport={"width": 360, "height": 740})
    page.goto(site.manage("shell", "-v0", "-c", INVITED))
    password = f"cua-lan-{scheme}-2026"
    page.get_by_label("Mật khẩu mới", exact=True).fill(password)
    page.get_by_label("Gõ lại mật khẩu mới").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/bao-chi/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/bao-chi/dang-nhap/")
    page.get_by_label("Thư điện tử").fill("lan@bao.example")
    page.get_by_label("Mật khẩu").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/bao-chi/")
    menu = [a.get_attribute("href") for a in page.locator(".room-menu a").all()]
    page.locator(".hits h2 a").first.click()
    item = urlsplit(page.url).path
    found, wide = {}, []
    for path in (*menu, item, f"{item}chep/"):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
        answer = Axe().run(page, options=AXE).response["violations"]
        found |= {
            (path, one["id"]): [node["html"][:200] for node in one["nodes"]] for one in answer
        }
    page.context.close()

    assert len(menu) >= 6
    assert found == {}
    assert wide == []


def test_a_reader_goes_by_keyboard_alone(browser, site) -> None:
    page = opened(browser, site, viewport={"width": 1280, "height": 900})
    page.goto("/don-vi/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    # The map's first tile: what is focused is seen, has a name, and leads on.
    tile = page.locator(".tiles a").first
    expect(tile).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement.firstElementChild).stroke") != (
        page.evaluate(
            "getComputedStyle(document.querySelector('.tiles a:last-of-type rect')).stroke"
        )
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi/huyen-*/")
    page.goto("/")
    unseen = []
    for _stop in range(60):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one);
              if (one === document.body) return "";  // past the last link
              const box = one.getBoundingClientRect();
              const seen = box.width > 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
              const ringed = style.outlineStyle !== "none" || one.closest(".tiles");
              return seen && ringed ? "" : one.outerHTML.slice(0, 160);
            }"""
        )
        unseen += [box] if box else []
    page.context.close()

    assert unseen == []


def test_without_scripts_everything_can_be_read_and_searched(browser, site) -> None:
    page = opened(browser, site, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto("/")
    page.locator(".card-hero .card-title a").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.get_by_role("link", name="Zalo")).to_be_visible()
    page.get_by_role("searchbox").fill("xa")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_text("Lọc kết quả").click()
    page.locator(".filters a").first.click()
    expect(page.get_by_role("group", name="Đang lọc")).to_be_visible()
    page.get_by_text("Xem theo năm và theo nơi").click()
    expect(page.locator(".tiles a").first).to_be_visible()
    page.context.close()


def test_the_archive_answers_as_one_types(browser, site) -> None:
    page = opened(browser, site, viewport={"width": 1280, "height": 900})
    page.goto("/luu-tru/?sort=oldest")
    page.evaluate("window.stayed = true")
    page.locator("#tim").press_sequentially("zzzzqqqq")
    page.get_by_role("heading", name="Chưa tìm thấy bài nào").wait_for()
    page.wait_for_url("**/luu-tru/?q=zzzzqqqq&sort=oldest")
    assert page.evaluate("window.stayed")
    assert page.title().startswith("Tìm “zzzzqqqq”")
    page.locator("#tim").fill("")
    page.locator(".hits .hit").first.wait_for()
    page.wait_for_url("**/luu-tru/?sort=oldest")
    page.context.close()


def test_what_the_browser_can_do_is_offered_beside_a_story(browser, site) -> None:
    """Chromium under test has no voice and shares nothing: both are put in its place."""
    page = opened(browser, site, viewport={"width": 360, "height": 740})
    page.add_init_script(
        """
        window.said = [];
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => [{ lang: "en-US" }, { lang: "vi-VN", name: "Giọng Việt" }],
          speak: (one) => window.said.push([one.lang, one.text]),
          cancel: () => {}, addEventListener: () => {},
        } });
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        navigator.share = async (what) => { window.shared = what; };
        window.print = () => { window.printed = true; };
        """
    )
    page.goto(addresses(page)["story"])
    page.get_by_role("button", name="Nghe bài này").click()
    expect(page.get_by_role("button", name="Dừng đọc")).to_have_attribute("aria-pressed", "true")
    heading = page.locator("h1").inner_text()
    assert page.evaluate("window.said[0]") == ["vi-VN", heading]
    page.get_by_role("button", name="Dừng đọc").click()
    page.get_by_role("button", name="Gửi cho người thân").click()
    page.get_by_role("button", name="In bài").click()
    shared = page.evaluate("[window.shared.title, window.shared.url, window.printed]")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    page.context.close()

    assert shared == [heading, canonical, True]
