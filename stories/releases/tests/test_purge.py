"""After its time the content of what was withdrawn for good is gone; the proof stays."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Comment, PageLogEntry, Revision, WorkflowState

from accounts.audit.models import AuditEntry
from accounts.audit.services import verify
from accounts.notices.models import Notice
from media.models import Picture
from stories import factories
from stories.moderation.models import Approval
from stories.pages.models import StoryPage, TextSketch, Withdrawal
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
        "note",
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
    purged()
    assert client.get(path).status_code == 410
    assert client.get(f"/api/v1/stories/{page.uuid}/").status_code == 410


# The database itself allows this one change and no other


def test_the_notice_is_the_one_that_the_database_allows() -> None:
    migration = import_module("stories.releases.migrations.0005_purge")
    assert migration.PURGED == payloads.PURGED


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
