"""The archive's search box in a real browser, by keyboard alone, and its screens for everyone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from config.tests.browser import log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ARCHIVE = "/luu-tru/"


@pytest.fixture
def reader(browser, sampled):
    """A reader's page, and the addresses it asked the API for."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="vi-VN", base_url=sampled.site.base
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.asked = []
    page.on(
        "request", lambda request: "/complete/" in request.url and page.asked.append(request.url)
    )
    yield page
    context.close()


def findings(page: Page, inside: str = "html") -> list[str]:
    found = Axe().run(page, context=inside).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def begin(page: Page, text: str):
    """Tab to the box, type; the options once they are there."""
    page.keyboard.press("Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(text)
    options = page.get_by_role("option")
    options.first.wait_for()
    return options


def active(page: Page) -> str:
    """What a screen reader is pointed to."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        "?.querySelector('.offer-label').textContent ?? ''"
    )


def test_a_reader_completes_by_keyboard_alone(reader) -> None:
    reader.goto(ARCHIVE)
    options = begin(reader, "lam th")
    box = reader.get_by_role("combobox")

    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert active(reader) == ""
    names = [text.split(" Đơn vị")[0].strip() for text in options.all_inner_texts()]
    reader.keyboard.press("ArrowDown")
    first = active(reader)
    assert names[0].startswith(first)
    reader.keyboard.press("ArrowUp")
    assert active(reader) == ""
    reader.keyboard.press("ArrowUp")
    assert options.last.inner_text().startswith(active(reader))
    assert findings(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") == 360

    reader.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("lam th")
    reader.keyboard.press("ArrowDown")
    options.first.wait_for()
    reader.keyboard.press("ArrowDown")
    chosen = active(reader)
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/luu-tru/?unit=*")
    expect(reader.get_by_role("group", name="Đang lọc")).to_contain_text(chosen)


def test_enter_without_a_choice_asks_what_was_typed(reader) -> None:
    reader.goto(ARCHIVE)
    begin(reader, "non")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/luu-tru/?q=non")


def test_a_title_leads_to_its_story_from_the_top_of_any_page(reader) -> None:
    reader.goto("/")
    begin(reader, "chi thom")
    reader.keyboard.press("ArrowDown")
    assert active(reader) == "Chị Thơm dạy hát xoan"
    assert findings(reader) == []
    reader.keyboard.press("Enter")
    reader.get_by_role("heading", level=1, name="Chị Thơm dạy hát xoan").wait_for()


def test_one_request_for_what_is_typed_quickly_and_none_while_a_word_is_composed(reader) -> None:
    reader.goto(ARCHIVE)
    begin(reader, "lam thao")
    assert len(reader.asked) == 1
    # As an input method does: keys that are not a word yet.
    reader.evaluate(
        """() => {
          const box = document.activeElement;
          box.dispatchEvent(new CompositionEvent("compositionstart"));
          box.value = "hat xo";
          box.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    reader.wait_for_timeout(500)
    assert len(reader.asked) == 1
    reader.evaluate("document.activeElement.dispatchEvent(new CompositionEvent('compositionend'))")
    reader.get_by_role("option", name="Chị Thơm dạy hát xoan").wait_for()
    assert len(reader.asked) == 2


def test_without_scripts_the_box_works_as_before(browser, sampled) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=sampled.site.base)
    page = context.new_page()
    page.goto(ARCHIVE)
    page.get_by_role("searchbox").fill("hat xoan")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Chị Thơm dạy hát xoan").first.wait_for()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_staffs_archive_fits_and_is_read_by_everyone(browser, sampled, width) -> None:
    page = log_in(browser, sampled.site, "bientap.lamthao", width)
    page.goto(f"{sampled.admin}/luu-tru/?q=non")
    page.get_by_role("link", name="Tải danh sách (Excel)").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert findings(page, ".archive-desk") == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải danh sách (CSV)").click()
    assert taken.value.suggested_filename.endswith(".csv")
    page.context.close()
