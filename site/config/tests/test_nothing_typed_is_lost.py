"""An editor's words in a real browser: saved by themselves, kept through a lost connection, an
ended session and a closed page; two at one draft know of each other; comments are met in place."""

from __future__ import annotations

import json

import pytest

from config.tests.browser import PASSWORD, ROOT, chromium, keep_screenshots, log_in, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EDITOR, COLLEAGUE, REVIEWER = "bientap.lamthao", "cungviet.lamthao", "duyet.lamthao"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('guong-sang-draft:')).length"
PREPARE = """
from stories import factories
from stories.units.models import Unit
people = factories.people()
unit = Unit.objects.get(code=factories.LAM_THAO)
factories.user("cungviet.lamthao", unit.editors, first_name="Hạnh")
for name in ("tu-luu", "mat-mang", "dong-trang", "het-phien", "dang-xuat", "hai-nguoi", "duong-cham"):
    factories.story(people["editor"], title=name, slug=name)
page = factories.story(people["editor"], title="dang-duyet", slug="dang-duyet")
factories.act(factories.submit(page, people["editor"]), people["reviewer"])
for name in ("gop-y", "vua-duyet"):
    page = factories.story(people["editor"], title=name, slug=name)
    factories.submit(page, people["editor"])
"""
LOOK = """
import json
from stories.pages.models import StoryPage, UnitSectionPage
pages = {page.slug: page.pk for page in StoryPage.objects.all()}
print(json.dumps(pages | {"section": UnitSectionPage.objects.get(unit__code="08494").pk}))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("site"), PREPARE) as running:
        yield running


@pytest.fixture(scope="module")
def pages(site) -> dict[str, int]:
    """Ids of the drafts by name, and of the section they are in."""
    return json.loads(site.manage("shell", "--verbosity", "0", "--command", LOOK).splitlines()[-1])


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def screenshots(browser, request):
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        keep_screenshots(browser, ROOT / "var" / "browser")
    for context in browser.contexts:
        context.close()


def edit(tab, site, page_id: int) -> None:
    tab.goto(f"{site.base}/quan-tri/pages/{page_id}/edit/")
    settle(tab)


def settle(tab) -> None:
    """Wagtail begins to look for changes two seconds after a page is there."""
    tab.locator("textarea[name=lead]").wait_for()
    tab.wait_for_timeout(2600)


def note(tab, name: str):
    return tab.locator(f"[data-note={name}]")


def write(tab, text: str) -> None:
    tab.fill("textarea[name=lead]", text)


def saved(tab) -> None:
    """The browser keeps a copy half a second after the last key, and until the server has it."""
    tab.wait_for_timeout(700)
    tab.wait_for_function(f"{KEPT} === 0")
    tab.locator(".w-autosave-indicator__state--saved").wait_for()


def lead(tab) -> str:
    return tab.input_value("textarea[name=lead]")


def versions(site, page_id: int) -> list[str]:
    """The leads of all revisions of a page, oldest first."""
    code = (
        "import json; from wagtail.models import Page; "
        f"found = Page.objects.get(pk={page_id}).revisions.order_by('created_at'); "
        "print(json.dumps([one.content['lead'] for one in found]))"
    )
    return json.loads(site.manage("shell", "--verbosity", "0", "--command", code).splitlines()[-1])


def test_a_draft_saves_itself(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    edit(tab, site, pages["tu-luu"])
    write(tab, "Chữ vừa gõ.")
    saved(tab)
    tab.locator(".public-DraftEditor-content").first.click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type(" Và thêm một câu nữa.")
    tab.wait_for_function(
        "document.querySelector('[name=body-0-value]').value.includes('một câu nữa')"
    )
    saved(tab)
    edit(tab, site, pages["tu-luu"])
    assert lead(tab) == "Chữ vừa gõ."
    assert "Và thêm một câu nữa." in tab.locator(".public-DraftEditor-content").first.inner_text()
    assert note(tab, "restore").is_hidden()


SLOW = """
const quick = window.fetch;
window.saves = 0;
window.fetch = async (url, options) => {
  if (options?.headers?.Accept !== "application/json") return quick(url, options);
  window.saves += 1;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return quick(url, options);
};
"""


def test_on_a_slow_line_saving_comes_to_rest_with_the_last_word(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    tab.add_init_script(SLOW)
    edit(tab, site, pages["duong-cham"])
    field = tab.locator("textarea[name=lead]")
    for _word in range(4):
        field.press_sequentially("thêm ", delay=60)
        tab.wait_for_timeout(1500)
    saved(tab)
    tab.wait_for_timeout(4000)
    rest = tab.evaluate("saves")
    tab.wait_for_timeout(6000)
    assert tab.evaluate("saves") == rest
    edit(tab, site, pages["duong-cham"])
    assert lead(tab).count("thêm") == 4


def test_a_new_page_saves_itself_from_its_first_words(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    tab.goto(f"{site.base}/quan-tri/pages/add/pages/storypage/{pages['section']}/")
    settle(tab)
    tab.fill("input[name=title]", "Bài viết từ đầu")
    write(tab, "Câu đầu tiên.")
    tab.wait_for_url("**/edit/")
    write(tab, "Câu đầu tiên, rồi câu thứ hai.")
    saved(tab)
    tab.reload()
    settle(tab)
    assert lead(tab) == "Câu đầu tiên, rồi câu thứ hai."


def test_a_lost_connection_loses_nothing(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR, width=360)
    edit(tab, site, pages["mat-mang"])
    tab.context.set_offline(True)
    note(tab, "offline").wait_for()
    assert "Mất kết nối" in note(tab, "offline").inner_text()
    write(tab, "Gõ lúc không có mạng.")
    tab.wait_for_function(f"{KEPT} === 1")
    tab.get_by_role("button", name="Lưu bản nháp").click()
    assert lead(tab) == "Gõ lúc không có mạng."
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.context.set_offline(False)
    note(tab, "offline").wait_for(state="hidden")
    saved(tab)
    edit(tab, site, pages["mat-mang"])
    assert lead(tab) == "Gõ lúc không có mạng."


def test_a_page_closed_without_a_connection_gives_its_words_back(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    tab.on("dialog", lambda dialog: dialog.accept())
    edit(tab, site, pages["dong-trang"])
    tab.context.set_offline(True)
    write(tab, "Gõ rồi đóng máy.\nDòng hai.")
    tab.wait_for_function(f"{KEPT} === 1")
    other = tab.context.new_page()
    tab.close(run_before_unload=False)
    other.context.set_offline(False)
    edit(other, site, pages["dong-trang"])
    assert lead(other).startswith("Ba mươi năm")
    note(other, "restore").wait_for()
    other.locator("[data-restore]").click()
    other.wait_for_url("**/edit/")
    settle(other)
    assert lead(other) == "Gõ rồi đóng máy.\nDòng hai."
    assert other.evaluate(KEPT) == 0
    assert versions(site, pages["dong-trang"])[-1].startswith("Gõ rồi đóng máy.")


def test_a_new_page_closed_without_a_connection_gives_its_words_back(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    address = f"{site.base}/quan-tri/pages/add/pages/storypage/{pages['section']}/"
    tab.goto(address)
    settle(tab)
    tab.context.set_offline(True)
    tab.fill("input[name=title]", "Bài chưa kịp lưu")
    tab.wait_for_function(f"{KEPT} === 1")
    other = tab.context.new_page()
    tab.close(run_before_unload=False)
    other.context.set_offline(False)
    other.goto(address)
    settle(other)
    other.locator("[data-restore]").click()
    other.wait_for_url("**/edit/")
    settle(other)
    assert other.input_value("input[name=title]") == "Bài chưa kịp lưu"
    assert other.evaluate(KEPT) == 0


def test_an_ended_session_loses_nothing(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    edit(tab, site, pages["het-phien"])
    tab.context.clear_cookies(name="sessionid")
    write(tab, "Gõ sau khi hết phiên.")
    note(tab, "signedout").wait_for()
    with tab.context.expect_page() as opened:
        tab.get_by_role("link", name="Đăng nhập lại").click()
    login = opened.value
    _fill_in(login, EDITOR)
    login.get_by_text("Bạn đã đăng nhập lại.").wait_for()
    login.close()
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    note(tab, "signedout").wait_for(state="hidden")
    saved(tab)
    assert versions(site, pages["het-phien"])[-1] == "Gõ sau khi hết phiên."


def test_a_save_by_hand_that_meets_the_login_page_loses_nothing(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    edit(tab, site, pages["het-phien"])
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.route("**/edit/", lambda route: route.abort() if _by_itself(route) else route.continue_())
    write(tab, "Bấm lưu sau khi hết phiên.")
    tab.context.clear_cookies(name="sessionid")
    tab.get_by_role("button", name="Lưu bản nháp").click()
    if tab.get_by_role("button", name="Tiếp tục").is_visible():
        tab.get_by_role("button", name="Tiếp tục").click()
    _fill_in(tab, EDITOR)
    settle(tab)
    tab.unroute("**/edit/")
    tab.locator("[data-restore]").click()
    tab.wait_for_function(f"{KEPT} === 0")
    assert lead(tab) == "Bấm lưu sau khi hết phiên."
    assert versions(site, pages["het-phien"])[-1] == "Bấm lưu sau khi hết phiên."


def _by_itself(route) -> bool:
    return route.request.headers.get("accept") == "application/json"


def test_the_next_person_at_the_machine_is_offered_nothing_and_signing_out_clears(
    site, browser, pages
) -> None:
    tab = log_in(browser, site, EDITOR)
    tab.on("dialog", lambda dialog: dialog.accept())
    edit(tab, site, pages["dang-xuat"])
    tab.context.set_offline(True)
    write(tab, "Chuyện riêng.")
    tab.wait_for_function(f"{KEPT} === 1")
    tab.goto("about:blank")
    tab.context.set_offline(False)
    tab.context.clear_cookies(name="sessionid")
    _sign_in(tab, site, COLLEAGUE)
    edit(tab, site, pages["dang-xuat"])
    assert note(tab, "restore").is_hidden()
    _sign_out(tab, site)
    _sign_in(tab, site, EDITOR)
    assert tab.evaluate(KEPT) == 1
    _sign_out(tab, site)
    assert tab.evaluate(KEPT) == 0


def _sign_in(tab, site, name: str) -> None:
    tab.goto(f"{site.base}/quan-tri/login/")
    _fill_in(tab, name)
    tab.wait_for_url(f"{site.base}/quan-tri/")


def _fill_in(tab, name: str) -> None:
    tab.fill("input[name=username]", name)
    tab.fill("input[name=password]", PASSWORD)
    tab.click("button[type=submit]")


def _sign_out(tab, site) -> None:
    tab.goto(f"{site.base}/quan-tri/")
    tab.locator(".sidebar-footer__account").click()
    tab.get_by_role("button", name="Đăng xuất").click()
    tab.locator("input[name=password]").wait_for()


def test_in_review_nothing_saves_itself_and_the_editor_reads_why(site, browser, pages) -> None:
    tab = log_in(browser, site, EDITOR)
    tab.on("dialog", lambda dialog: dialog.accept())
    before = versions(site, pages["dang-duyet"])
    edit(tab, site, pages["dang-duyet"])
    write(tab, "Sửa khi đang duyệt.")
    note(tab, "review").wait_for()
    assert "mất hiệu lực" in note(tab, "review").inner_text()
    tab.wait_for_timeout(1500)
    assert versions(site, pages["dang-duyet"]) == before
    assert tab.evaluate(KEPT) == 1
    tab.get_by_role("button", name="Lưu bản nháp").click()
    tab.locator(".messages .success").wait_for()
    settle(tab)
    assert tab.evaluate(KEPT) == 0
    assert versions(site, pages["dang-duyet"])[-1] == "Sửa khi đang duyệt."


def test_two_at_one_draft_see_each_others_names_and_both_texts_are_kept(
    site, browser, pages
) -> None:
    mine, theirs = log_in(browser, site, EDITOR), log_in(browser, site, COLLEAGUE)
    for tab in (mine, theirs):
        edit(tab, site, pages["hai-nguoi"])
    mine.reload()
    settle(mine)
    note(mine, "others").wait_for()
    assert "Hạnh" in note(mine, "others").inner_text()
    note(theirs, "others").wait_for(timeout=15_000)
    assert EDITOR in note(theirs, "others").inner_text()
    note(mine, "others").get_by_role("button", name="Đã rõ").click()
    write(theirs, "Bản của chị Hạnh.")
    saved(theirs)
    write(mine, "Bản của tôi.")
    mine.get_by_text("một phiên bản mới hơn vừa được lưu").first.wait_for()
    mine.get_by_role("button", name="Lưu bản nháp").click()
    dialog = mine.locator("#w-save-confirmation-dialog")
    dialog.get_by_text("bản của Hạnh vẫn được giữ").wait_for()
    dialog.get_by_role("button", name="Lưu bản nháp").click()
    mine.get_by_text("bản của Hạnh vẫn được giữ nguyên").wait_for()
    assert versions(site, pages["hai-nguoi"])[-2:] == ["Bản của chị Hạnh.", "Bản của tôi."]


def test_a_reviewers_comment_is_met_by_the_editor_in_its_place(site, browser, pages) -> None:
    bare = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    reviewer = bare.new_page()
    reviewer.set_default_timeout(20_000)
    _sign_in(reviewer, site, REVIEWER)
    reviewer.goto(f"{site.base}/quan-tri/duyet/{pages['gop-y']}/")
    part = reviewer.locator("details.remark").nth(2)
    part.locator("summary").click()
    part.locator("textarea").fill("Từ năm nào, chị nhé?")
    part.get_by_role("button", name="Gửi góp ý").click()
    reviewer.get_by_text("Đã ghi góp ý.").wait_for()
    assert reviewer.get_by_role("button", name="Duyệt, gửi Ban Tuyên giáo").is_disabled()

    editor = log_in(browser, site, EDITOR)
    problems: list[str] = []
    editor.on("console", lambda said: said.type == "error" and problems.append(said.text))
    editor.on("pageerror", lambda error: problems.append(str(error)))
    edit(editor, site, pages["gop-y"])
    editor.locator('[data-side-panel-toggle="comments"]').click()
    shown = editor.locator("#comments .comment")
    shown.get_by_text("Từ năm nào, chị nhé?").wait_for()
    paragraph = editor.locator(".public-DraftEditor-content").first.bounding_box()
    assert abs(shown.first.bounding_box()["y"] - paragraph["y"]) < 200
    assert problems == []

    reviewer.get_by_role("button", name="Đã xong").click()
    reviewer.get_by_text("Mọi góp ý đã xong.").wait_for()
    reviewer.get_by_role("button", name="Duyệt, gửi Ban Tuyên giáo").click()
    reviewer.get_by_text("Đã duyệt").wait_for()


APPROVE = """
from stories import factories
from stories.pages.models import StoryPage
factories.act(StoryPage.objects.get(slug="vua-duyet"), factories.cast()["reviewer"])
"""


def test_words_given_back_void_no_approval_that_the_editor_was_not_told_of(
    site, browser, pages
) -> None:
    tab = log_in(browser, site, EDITOR)
    edit(tab, site, pages["vua-duyet"])
    tab.context.set_offline(True)
    write(tab, "Gõ trước khi bài được duyệt.")
    tab.wait_for_function(f"{KEPT} === 1")
    other = tab.context.new_page()
    tab.close(run_before_unload=False)
    site.manage("shell", "--verbosity", "0", "--command", APPROVE)
    other.context.set_offline(False)
    edit(other, site, pages["vua-duyet"])
    other.locator("[data-restore]").click()
    other.get_by_text("Chưa lưu: trong lúc bạn sửa, bài đã được duyệt bởi").first.wait_for()
    assert lead(other) == "Gõ trước khi bài được duyệt."
    assert len(versions(site, pages["vua-duyet"])) == 1
    assert other.evaluate(KEPT) == 1
