"""A run: nothing twice, nothing lost, nothing public without the approval of exactly that text."""

from __future__ import annotations

import gzip
import itertools
import json

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from stories import factories
from stories.moderation import services as moderation
from stories.moderation.models import Approval
from stories.pages.models import StoryPage, Withdrawal
from stories.pages.models.moderated import NotApproved
from stories.pages.services import bulk
from stories.releases import ledger, selectors
from stories.releases.importing import run as running
from stories.releases.importing.lines import clean
from stories.releases.models import Item, Release
from stories.releases.signals import released as woken
from stories.releases.tests.archive import line, load, released
from stories.units.models import Unit

pytestmark = pytest.mark.django_db

RICH = {
    "title": "Tổ đan nón  Lâm Thao",
    "lead": "Hai mươi chị em, một nghề.",
    "body": "<p>Một.</p><h2>Hai</h2><blockquote>Ba.</blockquote><script>x()</script>",
    "unit": "Xã Lâm Thao",
    "date": "20/10/2025",
    "byline": "Thu Hà",
    "tags": ["nón lá", "làng nghề"],
    "group": "nong-dan",
    "contents": ["lao-dong-sang-tao"],
    "kind": "collective",
}


def many(count: int, **changes) -> list[dict]:
    return [line(f"bai-{number}", **changes) for number in range(count)]


def tables() -> dict[str, int]:
    models = (StoryPage, Page, Revision, Approval, Item, Release, PageLogEntry, ReferenceIndex)
    return {model.__name__: model.objects.count() for model in models}


# What an imported story is


def test_a_line_becomes_an_approved_released_story(people) -> None:
    summary, bad = load(people["board"], line(**RICH))
    assert (summary.new, summary.cleaned, bad) == (1, 1, [])
    data = released()
    assert data["title"] == "Tổ đan nón Lâm Thao"
    assert data["text"] == "Một.\nHai\nBa."
    assert [block["type"] for block in data["body"]] == ["paragraph", "heading", "quote"]
    assert (data["unit"]["code"], data["date"], data["byline"]) == ("08494", "2025-10-20", "Thu Hà")
    assert data["tags"] == ["làng nghề", "nón lá"]
    assert data["group"]["code"] == "nong-dan"
    assert [term["code"] for term in data["contents"]] == ["lao-dong-sang-tao"]
    assert data["movement"]["code"] == "phu-nu-tich-cuc-hoc-tap"
    assert data["exemplar_kind"]["code"] == "collective"
    assert (data["is_news"], data["source_id"], data["kind"]) == (False, "bai-1", "usable")
    approval = Item.objects.get().current.approval
    assert (approval.route, approval.approved_by) == (Approval.Route.IMPORT, people["board"])
    assert approval.revision_id == StoryPage.objects.get().live_revision_id


def test_an_imported_story_is_a_page_like_any_other(people, client) -> None:
    load(people["board"], line(**RICH), line("bai-2"))
    page = StoryPage.objects.get(source_id="bai-1")
    assert page.live and not page.has_unpublished_changes
    assert page.latest_revision_id == page.live_revision_id is not None
    assert page.get_parent().specific.unit == page.unit == Unit.objects.get(code="08494")
    assert page.url_path == f"{page.get_parent().url_path}to-dan-non-lam-thao/"
    assert Page.find_problems() == ([], [], [], [], [])
    assert page.content_sha256() == Item.objects.get(source_id="bai-1").current.sha256
    assert page.latest_revision.as_object().content_sha256() == page.content_sha256()
    assert list(StoryPage.objects.search("đan nón")) == [page]
    client.force_login(people["editor"])
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_wagtails_reference_index_has_nothing_to_add(people) -> None:
    load(people["board"], line(**RICH))
    before = set(ReferenceIndex.objects.values_list("pk", "model_path", "to_object_id"))
    ReferenceIndex.create_or_update_for_object(StoryPage.objects.get())
    assert before == set(ReferenceIndex.objects.values_list("pk", "model_path", "to_object_id"))


def test_an_imported_story_is_corrected_by_the_workflow_as_any_other(people) -> None:
    load(people["board"], line(**RICH))
    page = StoryPage.objects.get()
    page.lead, page.owner = "Ba mươi chị em.", people["editor"]
    page.correction_note, page.names_nobody = "Sửa số người.", True
    page.save_revision(user=people["editor"])
    factories.publish(page, people)
    assert (released()["version"], released()["kind"]) == (2, "correction")
    assert (released()["is_news"], released()["tags"]) == (False, ["làng nghề", "nón lá"])


def test_stories_of_one_title_get_an_address_each(people) -> None:
    lines = [
        line(f"bai-{n}", title="Gương sáng", unit=unit) for n, unit in enumerate(2 * ["25", "237"])
    ]
    load(people["board"], *lines)
    load(people["board"], line("bai-9", title="Gương sáng"))
    paths = Item.objects.order_by("current").values_list("path", flat=True)
    assert list(paths) == [
        "/phu-nu-dat-to/guong-sang/",
        "/phu-nu-dat-to/guong-sang-2/",
        "/phu-nu-dat-to/guong-sang-2-2/",
        "/phu-nu-dat-to/guong-sang-2-3/",
        "/phu-nu-dat-to/guong-sang-3/",
    ]
    for section in Page.objects.filter(pk__in=[p.get_parent().pk for p in StoryPage.objects.all()]):
        slugs = list(section.get_children().values_list("slug", flat=True))
        assert len(slugs) == len(set(slugs)) == section.numchild


def test_text_is_kept_in_nfc_without_what_xml_forbids(people) -> None:
    load(people["board"], line(title="Chi\u0323 Lan\x00", body="Nghê\u0300\x0b nón"))
    assert (released()["title"], released()["text"]) == ("Chị Lan", "Nghề nón")


# Again, changed, withdrawn


def test_running_again_changes_nothing(people) -> None:
    lines = [line(**RICH), line("co-ngay", date="2020-01-02"), line("khong-ngay")]
    load(people["board"], *lines)
    before = tables() | {"head": selectors.head()}
    summary, bad = load(people["board2"], *lines)
    assert (summary.new, summary.corrected, summary.unchanged, bad) == (0, 0, 3, [])
    assert before == tables() | {"head": selectors.head()}


def test_a_story_without_a_date_keeps_the_day_of_its_first_import(people, monkeypatch) -> None:
    load(people["board"], line())
    day = released()["date"]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: factories.date(2030, 1, 1))
    summary, _bad = load(people["board"], line())
    assert summary.unchanged == 1
    load(people["board"], line(lead="Thêm sa-pô."))
    assert (released()["date"], released()["version"]) == (day, 2)


def test_a_changed_line_is_a_correction_with_an_approval_of_its_own(people) -> None:
    load(people["board"], line(**RICH))
    changed = line(**RICH | {"byline": "Thu Hằng", "tags": ["nón lá"], "contents": []})
    summary, bad = load(people["board2"], changed)
    assert (summary.corrected, bad) == (1, [])
    data = released()
    assert (data["kind"], data["version"]) == ("correction", 2)
    assert data["note"] == "Cập nhật từ kho nhập"
    assert (data["byline"], data["tags"], data["contents"]) == ("Thu Hằng", ["nón lá"], [])
    assert Item.objects.get().current.approval.approved_by == people["board2"]
    assert load(people["board"], changed)[0].unchanged == 1
    assert load(people["board"], line(**RICH))[0].corrected == 1
    assert (released()["version"], released()["byline"]) == (3, "Thu Hà")


def test_a_story_whose_unit_changes_moves_to_the_other_section(people) -> None:
    load(people["board"], line(unit="08494"))
    summary, bad = load(people["board"], line(unit="07900"))
    assert (summary.corrected, bad) == (1, [])
    page = StoryPage.objects.get()
    assert page.get_parent().specific.unit == page.unit == Unit.objects.get(code="07900")
    assert released()["unit"]["code"] == "07900"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(("kind", "why"), [("canceled", "thu hồi"), ("withheld", "tạm gỡ")])
@pytest.mark.parametrize("changes", [{}, {"lead": "Đã đổi."}])
def test_a_withdrawn_story_never_comes_back(people, kind, why, changes) -> None:
    load(people["board"], line())
    StoryPage.objects.get().withdraw(Withdrawal(kind, "Nhân vật rút đồng ý."), people["board"])
    head = selectors.head()
    summary, bad = load(people["board"], line(**changes), line("bai-2"))
    assert (summary.new, bad[0].number, bad[0].source_id) == (1, 1, "bai-1")
    assert why in bad[0].why
    assert not Item.objects.public().filter(source_id="bai-1").exists()
    assert selectors.head() == head + 1


def test_a_deleted_story_never_comes_back(people) -> None:
    load(people["board"], line())
    StoryPage.objects.get().delete()
    assert "thu hồi" in load(people["board"], line())[1][0].why


def test_what_was_corrected_here_is_not_overwritten(people) -> None:
    load(people["board"], line(**RICH))
    page = StoryPage.objects.get()
    page.lead, page.owner = "Sửa tại đây.", people["editor"]
    page.correction_note, page.names_nobody = "Viết lại sa-pô.", True
    page.save_revision(user=people["editor"])
    draft = load(people["board"], line(**RICH | {"byline": "Khác"}))[1]
    assert "bản sửa chưa đăng" in draft[0].why
    factories.publish(page, people)
    assert load(people["board"], line(**RICH))[0].unchanged == 1
    summary, bad = load(people["board"], line(**RICH | {"byline": "Khác"}))
    assert (summary.corrected, released()["lead"]) == (0, "Sửa tại đây.")
    assert "không ghi đè" in bad[0].why


# Who approves


@pytest.mark.parametrize("who", ["editor", "reviewer", "province_reviewer", "admin"])
def test_only_the_board_imports(people, who) -> None:
    with pytest.raises(PermissionDenied):
        load(people[who], line())
    assert not StoryPage.objects.exists() and not Approval.objects.exists()


def test_a_board_member_whose_account_is_closed_imports_nothing(people) -> None:
    people["board"].is_active = False
    with pytest.raises(PermissionDenied):
        load(people["board"], line())


def drafts(count: int = 2) -> list[StoryPage]:
    province = Unit.objects.get(code="25")
    pages = [
        StoryPage(
            title=f"Bài {n}",
            body=[("paragraph", "<p>x</p>")],
            unit=province,
            contents=[],
            campaigns=[],
        )
        for n in range(count)
    ]
    bulk.add_drafts(pages)
    return pages


def test_the_bulk_path_publishes_nothing_without_an_approval(people) -> None:
    pages = drafts()
    with pytest.raises(NotApproved):
        bulk.publish(pages, people["board"])
    assert not StoryPage.objects.filter(live=True).exists()
    assert selectors.head() == 0


def test_the_bulk_path_publishes_nothing_that_changed_after_its_approval(people) -> None:
    pages = drafts()
    moderation.approve_all(pages=pages, user=people["board"], route=Approval.Route.IMPORT)
    pages[1].lead = "Thêm sau khi duyệt."
    with pytest.raises(NotApproved):
        bulk.publish(pages, people["board"])
    assert not StoryPage.objects.filter(live=True).exists()
    assert selectors.head() == 0


@pytest.mark.parametrize("how", ["owner", "revision"])
def test_nobody_approves_many_drafts_when_one_is_their_own(people, how) -> None:
    pages = drafts()
    if how == "owner":
        pages[1].owner = people["board"]
    else:
        pages[1].save_revision(user=people["board"])
    with pytest.raises(PermissionDenied):
        moderation.approve_all(pages=pages, user=people["board"], route=Approval.Route.IMPORT)
    assert not Approval.objects.exists()


def test_the_ledger_refuses_many_when_one_has_no_approval_of_its_text(people) -> None:
    pages = drafts()
    approvals = moderation.approve_all(
        pages=pages, user=people["board"], route=Approval.Route.IMPORT
    )
    items = [
        Item(uuid=page.uuid, type="story", path=f"/x/{page.pk}/", date=page.date) for page in pages
    ]
    with pytest.raises(ledger.Refused):
        ledger.append_all(
            [
                ledger.Entry(item, "usable", {}, sha256, approval, "")
                for item, approval, sha256 in zip(
                    items, approvals, [approvals[0].sha256, "0" * 64], strict=True
                )
            ]
        )
    assert not Item.objects.exists() and not Release.objects.exists()


def test_other_drafts_stay_drafts(people) -> None:
    draft = factories.story(people["editor"], title="Bản nháp")
    load(people["board"], *many(3, unit="08494"))
    draft.refresh_from_db()
    assert not draft.live
    assert not Item.objects.filter(pk=draft.uuid).exists()
    assert Item.objects.public().count() == 3


# All or nothing


def test_a_dry_run_reports_everything_and_writes_nothing(people) -> None:
    load(people["board"], line(), line("rut"))
    StoryPage.objects.get(source_id="rut").withdraw(Withdrawal("canceled", "x"), people["board"])
    before = tables() | {"head": selectors.head()}
    summary, bad = load(
        people["board"],
        line(lead="Đổi."),
        line("rut"),
        line("moi", tags=["thẻ mới"]),
        "{",
        dry_run=True,
    )
    assert (summary.new, summary.corrected, summary.unchanged, summary.bad) == (1, 1, 0, 2)
    assert [entry.number for entry in bad] == [4, 2]
    assert before == tables() | {"head": selectors.head()}


def test_a_line_that_the_database_refuses_falls_alone(people, monkeypatch) -> None:
    fill = running._fill

    def spoil(page, entry, tags):
        page = fill(page, entry, tags)
        if entry.source_id == "bai-2":
            page.byline = None
        return page

    monkeypatch.setattr(running, "_fill", spoil)
    summary, bad = load(people["board"], *many(5))
    assert (summary.new, [(b.number, b.source_id) for b in bad]) == (4, [(3, "bai-2")])
    assert Item.objects.public().count() == StoryPage.objects.filter(live=True).count() == 4
    assert Page.find_problems() == ([], [], [], [], [])
    assert [release.seq for release in selectors.after(0, 10)] == [1, 2, 3, 4]


@pytest.mark.parametrize("where", ["add_drafts", "publish", "_index", "_log"])
def test_a_crash_in_the_middle_loses_only_its_chunk_and_a_rerun_completes(
    people, monkeypatch, where
) -> None:
    monkeypatch.setattr(running, "CHUNK", 4)
    calls, real = itertools.count(), getattr(bulk, where)

    def crash(*args):
        real(*args)
        if next(calls) == 1:
            raise OperationalError("disk full")

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(bulk, where, crash)
        load(people["board"], *many(10))
    assert StoryPage.objects.count() == Item.objects.public().count() == selectors.head() == 4
    assert not StoryPage.objects.filter(live=False).exists()
    summary, bad = load(people["board"], *many(10))
    assert (summary.unchanged, summary.new, bad) == (4, 6, [])
    assert Item.objects.public().count() == selectors.head() == 10
    assert Page.find_problems() == ([], [], [], [], [])


def test_readers_are_woken_once_a_chunk(
    people, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(running, "CHUNK", 4)
    heard: list[int] = []

    def hear(sender, seq, **kwargs) -> None:
        heard.append(seq)

    woken.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            load(people["board"], *many(10))
    finally:
        woken.disconnect(hear)
    assert heard == [4, 8, 10]


def test_a_chunk_takes_as_many_queries_as_a_story(people, django_assert_max_num_queries) -> None:
    """But for each story's own row: what Django can't insert in bulk."""
    load(people["board"], line("truoc"))
    with django_assert_max_num_queries(70) as one:  # four: SQLite learns what it has now
        load(people["board"], line("mot"))
    with django_assert_max_num_queries(len(one) + 20) as more:
        load(people["board"], *many(20))
    assert len(more) <= len(one) + 19


def test_real_articles_are_kept_word_for_word(people) -> None:
    archive = settings.BASE_DIR.parent / "shared/data/articles-dev.jsonl.gz"
    if not archive.exists():
        pytest.skip("no archive beside the project")
    with gzip.open(archive) as source:
        raw = list(itertools.islice(source, 200))
    summary, bad = load(people["board"], *(entry.rstrip(b"\n") for entry in raw))
    assert (summary.new, bad, summary.unknown) == (200, [], {"source_url": 200})
    for article in map(json.loads, raw):
        text = clean(article["body"], "body")
        assert released(article["id"])["text"].split() == text.split()
