"""After its time the content of what was withdrawn for good is gone; the proof stays."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, PageLogEntry, Revision, WorkflowState

from accounts.audit.models import AuditEntry
from accounts.audit.services import verify
from accounts.canonical import canonical
from accounts.notices.models import Notice
from media.models import Picture
from media.people import services
from search.engines import get_engine
from search.reader import rebuild
from stories import factories
from stories.moderation.models import Approval, Bundle, BundleItem
from stories.pages.models import ExemplarPage, StoryPage, TextSketch, Withdrawal
from stories.press import catalogue
from stories.press import services as press
from stories.press.models import CatalogueEntry, PressClient
from stories.releases import payload as payloads
from stories.releases.models import Item, Release
from stories.releases.takedown import purge

pytestmark = pytest.mark.django_db
LATER = timedelta(days=91)


@pytest.fixture
def page(people):
    body = [("paragraph", "<p>Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón.</p>" * 8)]
    draft = factories.story(people["editor"], lead_picture=factories.picture(), body=body)
    page = factories.publish(draft, people)
    page.lead, page.correction_note = "Sa-pô đã sửa.", "Sửa sa-pô."
    page.save_revision(user=people["editor"])
    return factories.publish(StoryPage.objects.get(pk=page.pk), people)


def withdraw(page, people, code: str = "error") -> None:
    page.withdraw(Withdrawal.typed(code, "Sai sự thật."), people["board"])


def purged(days: int = 90, **options) -> list[purge.Report]:
    now = options.pop("now", timezone.now() + LATER)
    return list(purge.purge_due(days=days, now=now, **options))


def proof() -> list[tuple]:
    columns = [
        "seq",
        "item",
        "version",
        "kind",
        "released_at",
        "sha256",
        "approval",
        "reason",
    ]
    return list(Release.objects.values_list(*columns))


def test_content_goes_and_the_proof_stays(people, place, page) -> None:
    picture = page.lead_picture
    files = [picture.file.name, *(one.file.name for one in picture.renditions.all())]
    assert all(map(default_storage.exists, files))
    withdraw(page, people)
    before, approvals = proof(), Approval.objects.count()
    reports = purged()
    assert [(report.item.type, report.why) for report in reports] == [
        ("story", ""),
        ("picture", ""),
    ]
    assert proof() == before
    assert Approval.objects.count() == approvals
    assert not StoryPage.objects.filter(uuid=page.uuid).exists()
    assert not Revision.objects.filter(object_id=str(page.pk)).exists()
    assert not WorkflowState.objects.filter(object_id=str(page.pk)).exists()
    assert not Comment.objects.filter(page=page.pk).exists()
    assert not PageLogEntry.objects.filter(page_id=page.pk).exists()
    assert not Picture.objects.exists()
    assert place.names() == []
    assert not TextSketch.objects.exists()
    assert not Notice.objects.filter(text__contains=page.title).exists()
    told = {release.payload for release in Release.objects.exclude(kind="canceled")}
    assert told == {payloads.PURGED}
    assert "Lan" not in "".join(Release.objects.values_list("payload", flat=True))
    assert set(Release.objects.values_list("note", flat=True)) == {""}
    acts = AuditEntry.objects.filter(action="content_purged")
    assert [one.target for one in acts] == [f"story:{page.uuid}", f"picture:{picture.uuid}"]
    assert verify().broken is None


def test_a_second_run_finds_nothing(people, page) -> None:
    withdraw(page, people)
    assert len(purged()) == 2
    assert purged() == []


@pytest.mark.parametrize(("code", "count"), [("error", 2), ("consent", 2), ("end", 0)])
def test_only_consent_and_error_are_purged(people, page, code, count) -> None:
    withdraw(page, people, code)
    assert len(purged()) == count


def test_what_is_public_or_withheld_is_never_purged(people, page) -> None:
    assert purged() == []
    page.withdraw(Withdrawal.typed("suspension", "Xem lại."), people["board"])
    assert purged() == []
    assert StoryPage.objects.filter(pk=page.pk).exists()


def test_nothing_is_purged_before_its_time(people, page) -> None:
    withdraw(page, people)
    assert purged(now=timezone.now() + timedelta(days=89)) == []


def test_while_the_storage_is_down_the_rows_stay_and_the_next_run_does_it(
    people, place, page
) -> None:
    withdraw(page, people)
    with place.down():
        story, picture = purged()
    assert story.why == ""
    assert picture.why.startswith("StorageDown: ")
    assert page.lead_picture.file.name in place.names()
    assert Picture.objects.filter(uuid=page.lead_picture.uuid).exists()
    (again,) = purged()
    assert again.why == ""
    assert not Picture.objects.exists()
    assert place.names() == []


def test_a_picture_in_another_draft_goes_too_and_the_draft_stays(people, page) -> None:
    body = [("picture", {"picture": page.lead_picture, "caption": "", "credit": ""})]
    draft = factories.story(
        people["editor"], lead_picture=page.lead_picture, body=body, slug="nhap"
    )
    withdraw(page, people)
    purged()
    draft = StoryPage.objects.get(pk=draft.pk)
    assert draft.lead_picture is None
    assert draft.get_latest_revision_as_object().publication_problems()


def run(*options: str) -> str:
    out = StringIO()
    call_command("purge_withdrawn", *options, stdout=out)
    return out.getvalue()


def test_the_command_says_per_item_what_it_did(people, page, monkeypatch) -> None:
    withdraw(page, people)
    soon = timezone.now() + timedelta(minutes=1)  # the ledger's seconds run ahead of a test's
    monkeypatch.setattr(purge.timezone, "now", lambda: soon)
    assert run() == ""
    said = run("--days", "0", "--dry-run")
    assert f"story {page.uuid}: sẽ xóa 1 trang" in said
    assert StoryPage.objects.filter(pk=page.pk).exists()
    said = run("--days", "0")
    assert f"story {page.uuid}: đã xóa 1 trang" in said
    assert "2 bản trong sổ phát hành" in said
    assert run("--days", "0") == ""
    with pytest.raises(CommandError):
        run("--days", "-1")


def test_what_was_purged_answers_as_before(client, people, page) -> None:
    path = Item.objects.get(pk=page.uuid).path
    withdraw(page, people)
    shot = f"/anh/{page.lead_picture.uuid}/"
    urls = (path, shot, f"/id/{page.uuid}/", f"/api/v1/stories/{page.uuid}/")
    assert {client.get(url).status_code for url in urls} == {410}
    purged()
    assert {client.get(url).status_code for url in urls} == {410}
    for url in urls:
        assert "chi-lan" not in client.get(url).text


def test_a_purged_address_is_kept_as_a_hash_and_never_given_again(people, page) -> None:
    path = Item.objects.get(pk=page.uuid).path
    withdraw(page, people)
    purged()
    assert "lan" not in Item.objects.get(pk=page.uuid).path
    assert Item.objects.at(path).get().pk == page.uuid
    again = factories.publish(factories.story(people["editor"]), people)
    assert Item.objects.get(pk=again.uuid).path == path.removesuffix("/") + "-2/"


def test_the_press_still_hears_of_it_without_address_or_reason(client, people, page) -> None:
    key = press.create_key(client=PressClient.objects.create(name="bao", organisation="Báo"))[1]
    page.withdraw(Withdrawal.typed("error", "Chị Lan không làm nón."), people["board"])
    before = feed(client, key)
    assert "Chị Lan không làm nón." in str(before)
    purged()
    after = feed(client, key)
    assert "Lan" not in str(after)
    assert "chi-lan" not in str(after)
    words = ("href", "note", "lead", "text")
    for old, new in zip(before, after, strict=True):
        changed = {name for name in old if old[name] != new[name]}
        assert changed <= set(words)
        assert new["pubstatus"] == "canceled"


def feed(client, key: str) -> list[dict]:
    answer = client.get("/api/v1/press/feed/", headers={"X-API-Key": key})
    assert answer.status_code == 200
    return answer.json()["items"]


def test_the_audit_trail_holds_no_address(people, page) -> None:
    withdraw(page, people)
    assert "chi-lan" not in "".join(AuditEntry.objects.values_list("data", flat=True))


def test_what_other_rows_say_of_it_is_forgotten(people, page) -> None:
    draft = factories.submit(factories.story(people["editor"], slug="khac"), people["editor"])
    draft.title = "Tin khác hẳn"
    alone = Bundle.objects.create(title="Riêng chị", note="Về chị ấy", created_by=people["board"])
    mixed = Bundle.objects.create(
        title="Chùm 8/3", note=f"Có “{page.title}”", why=page.title, created_by=people["board"]
    )
    for bundle in (alone, mixed):
        line = {"item": page.uuid, "title": page.title, "why": page.title, "is_open": False}
        BundleItem.objects.create(bundle=bundle, page=page, **line)
    BundleItem.objects.create(bundle=mixed, page=draft, item=draft.uuid, title=draft.title)
    told = {"user": people["board"], "kind": "reminder", "text": f"- {page.title}"}
    Notice.objects.create(subject="2 bài quá hạn", link="/quan-tri/", **told)
    Notice.objects.create(
        subject="Chùm bài", link=reverse("desk_bundle", args=[mixed.pk]), **told | {"text": "Dừng"}
    )
    kept = Notice.objects.create(subject="Khác", link="/quan-tri/", **told | {"text": "Khác"})
    withdraw(page, people)
    purged()
    texts = list(Bundle.objects.order_by("pk").values_list("title", "note", "why"))
    assert texts == [("—", "—", ""), ("Chùm 8/3", "—", "—")]
    lines = BundleItem.objects.values_list("item", "title", "why")
    assert set(lines) == {(page.uuid, "—", ""), (draft.uuid, "Tin khác hẳn", "")}
    assert not Notice.objects.filter(text__contains=page.title).exists()
    assert not Notice.objects.filter(link__contains="/chum").exists()
    assert Notice.objects.filter(pk=kept.pk).exists()


# Earlier versions of what isn't canceled


@pytest.fixture
def woman(people):
    person = factories.person("Hoàng Thị Diễm")
    factories.consent(person, people["editor"])
    return person


def take_back(person, people) -> None:
    for consent in person.consents.filter(withdrawn_on=None):
        services.withdraw_consent(consent=consent, user=people["editor"], how="phone")


def told_of(people, woman) -> StoryPage:
    draft = factories.story(
        people["editor"],
        title="Hoàng Thị Diễm giữ nghề",
        named=[woman],
        lead_picture=factories.picture(people=[woman], caption="Chị Diễm."),
    )
    return factories.publish(draft, people)


def mended(page, people) -> StoryPage:
    draft = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title, draft.named_people, draft.names_nobody = "Giữ nghề", [], True
    draft.lead_picture, draft.correction_note = None, "Bỏ tên."
    draft.save_revision(user=people["editor"])
    return factories.publish(StoryPage.objects.get(pk=page.pk), people)


def ledger() -> str:
    return "".join(Release.objects.values_list("payload", flat=True))


def test_what_a_mended_text_said_before_goes(client, people, woman) -> None:
    page = told_of(people, woman)
    take_back(woman, people)
    page = mended(page, people)
    before = proof()
    assert "Diễm" in ledger()
    assert {report.why for report in purged(dry_run=True)} == {""}
    assert "Diễm" in ledger()
    reports = {report.item.pk: report for report in purged()}
    assert reports[page.uuid].counts["revisions"] >= 1
    assert proof() == before
    assert "Diễm" not in ledger()
    item = Item.objects.get(pk=page.uuid)
    assert item.current.data["title"] == "Giữ nghề"
    assert client.get(item.path).status_code == 200
    said = "".join(map(str, Revision.objects.values_list("content", flat=True)))
    assert "Diễm" not in said
    assert "Diễm" not in "".join(PageLogEntry.objects.values_list("label", flat=True))
    page = StoryPage.objects.get(pk=page.pk)
    page.save()  # nothing changed: nothing is asked, nothing released
    assert proof() == before
    assert purged() == []
    assert verify().broken is None


def test_clients_that_start_over_get_no_purged_version(client, people, woman) -> None:
    key = press.create_key(client=PressClient.objects.create(name="bao", organisation="Báo"))[1]
    page = mended_after_no(people, woman)
    purged()
    items = feed(client, key)
    assert all({"uuid", "version", "kind"} <= one.keys() for one in items)
    assert [one["version"] for one in items if one["uuid"] == str(page.uuid)] == [2, 3]
    old = f"/api/v1/press/items/{page.uuid}/?version=1"
    assert client.get(old, headers={"X-API-Key": key}).status_code == 410


def mended_after_no(people, woman) -> StoryPage:
    page = told_of(people, woman)
    take_back(woman, people)
    return mended(page, people)


def test_readers_that_start_over_pass_the_purged_versions(people, woman, monkeypatch) -> None:
    page = mended_after_no(people, woman)
    purged()
    monkeypatch.setattr(catalogue, "BATCH", 1)
    catalogue.rebuild()
    assert CatalogueEntry.objects.get().item_id == page.uuid
    rebuild(get_engine())
    assert set(get_engine().entries()) == {str(page.uuid)}


def test_a_text_still_withheld_keeps_its_draft_to_mend(people, woman) -> None:
    page = told_of(people, woman)
    take_back(woman, people)
    purged()
    assert "Diễm" not in "".join(
        Release.objects.filter(item=page.uuid, kind="usable").values_list("payload", flat=True)
    )
    page = mended(page, people)
    assert Item.objects.get(pk=page.uuid).kind == "usable"


@pytest.mark.parametrize("code", ["suspension"])
def test_a_text_withheld_for_another_reason_keeps_its_versions(people, page, code) -> None:
    page.withdraw(Withdrawal.typed(code, "Xem lại."), people["board"])
    assert purged() == []


def test_earlier_versions_wait_for_their_time_too(people, woman) -> None:
    mended_after_no(people, woman)
    assert purged(now=timezone.now() + timedelta(days=89)) == []


def test_what_a_text_told_of_a_purged_profile_goes(people) -> None:
    profile = factories.publish(factories.exemplar(people["editor"], title="Vi Thị Mơ"), people)
    story = factories.publish(factories.story(people["editor"], exemplars=[profile]), people)
    ExemplarPage.objects.get(pk=profile.pk).withdraw(
        Withdrawal.typed("error", "Sai."), people["board"]
    )
    assert Item.objects.get(pk=story.uuid).version == 2
    purged()
    assert "Vi Thị Mơ" not in ledger()
    assert Item.objects.get(pk=story.uuid).current.data["title"] == story.title


# The database itself allows this one change and no other


def test_the_notices_are_those_that_the_database_allows() -> None:
    migration = import_module("stories.releases.migrations.0007_purge_the_rest")
    assert migration.PURGED == payloads.PURGED
    assert migration.WITHOUT_REASON == payloads.WITHOUT_REASON


def sql(statement: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


SET = "UPDATE releases_release SET {} WHERE seq = %s"
OTHERS = [
    "payload = '{}'",
    "payload = payload",
    "note = 'khác'",
    "sha256 = 'khác'",
    "version = 9",
    "kind = 'withheld'",
    "reason = 'end'",
    "approval_id = NULL",
    "released_at = '2020-01-01 00:00:00'",
    "seq = 99",
]


@pytest.mark.parametrize("change", [*OTHERS, *(f"payload = %s, {one}" for one in OTHERS[2:])])
def test_any_other_update_of_a_canceled_item_fails(people, page, change) -> None:
    withdraw(page, people)
    first = Release.objects.filter(item=page.uuid).first()
    params = [payloads.PURGED] if "%s" in change else []
    with pytest.raises(DatabaseError):
        sql(SET.format(change), *params, first.pk)


def test_of_a_cancelation_only_address_and_reason_go(people, page) -> None:
    withdraw(page, people)
    last = Release.objects.filter(item=page.uuid).last()
    change = SET.format("payload = %s")
    allowed = payloads.bare_notice(last.data)
    for wrong in (
        allowed | {"title": "khác"},
        allowed | {"href": "/khac/"},
        allowed | {"lead": "khác"},
        allowed | {"more": 1},
        {key: value for key, value in allowed.items() if key != "uri"},
    ):
        with pytest.raises(DatabaseError):
            sql(change, canonical(wrong), last.pk)
    sql(change, canonical(allowed), last.pk)
    sql(SET.format("note = ''"), last.pk)
    with pytest.raises(DatabaseError):
        sql(SET.format("note = 'khác'"), last.pk)


def test_the_newest_release_of_what_is_public_never_changes(people, woman) -> None:
    page = mended_after_no(people, woman)
    versions = list(Release.objects.filter(item=page.uuid).order_by("seq"))
    for one in versions[1:]:
        with pytest.raises(DatabaseError):
            sql(SET.format("payload = %s"), payloads.PURGED, one.pk)
    sql(SET.format("payload = %s, note = ''"), payloads.PURGED, versions[0].pk)


def test_a_release_that_tells_of_nothing_canceled_never_changes(people, page) -> None:
    other = factories.publish(factories.exemplar(people["editor"]), people)
    ExemplarPage.objects.get(pk=other.pk).withdraw(
        Withdrawal.typed("error", "Sai."), people["board"]
    )
    for one in Release.objects.filter(item=page.uuid):
        with pytest.raises(DatabaseError):
            sql(SET.format("payload = %s"), payloads.PURGED, one.pk)


@pytest.mark.parametrize("state", ["public", "withheld", "canceled"])
def test_the_notice_is_written_to_earlier_releases_of_a_canceled_item_alone(
    people, page, state
) -> None:
    if state == "withheld":
        page.withdraw(Withdrawal.typed("suspension", "Xem lại."), people["board"])
    if state == "canceled":
        withdraw(page, people)
    first = Release.objects.filter(item=page.uuid).first()
    last = Release.objects.filter(item=page.uuid).last()
    change = SET.format("payload = %s")
    with pytest.raises(DatabaseError):
        sql(change, payloads.PURGED, last.pk)
    if state == "canceled":
        sql(change, payloads.PURGED, first.pk)
    else:
        with pytest.raises(DatabaseError):
            sql(change, payloads.PURGED, first.pk)
