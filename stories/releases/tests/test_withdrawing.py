"""Each withdrawal has a type: in the ledger, in what the press gets, in the audit trail."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.audit.services import verify
from stories import factories
from stories.pages.models import StoryPage, Withdrawal
from stories.releases.ledger import append
from stories.releases.models import Item, Release

pytestmark = pytest.mark.django_db

KINDS = {
    "error": "canceled",
    "consent": "canceled",
    "suspension": "withheld",
    "end": "canceled",
}


def last() -> Release:
    return Release.objects.filter(item__type="story").last()


@pytest.fixture
def page(people):
    story = factories.story(people["editor"], lead_picture=factories.picture())
    return factories.publish(story, people)


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_each_type_is_in_the_ledger_and_in_the_payload(client, people, page, code, kind) -> None:
    client.force_login(people["board2"])
    url = reverse("withdraw_page", args=[page.pk])
    answer = client.post(url, {"reason_code": code, "reason": "Lời gửi báo chí."})
    assert answer.status_code == 302
    release = last()
    assert (release.reason, release.kind, release.note) == (code, kind, "Lời gửi báo chí.")
    assert release.data["reason"] == code
    picture = Release.objects.filter(item__type="picture").last()
    assert (picture.reason, picture.kind) == (code, kind)
    entry = AuditEntry.objects.filter(action="withdrawn", target=f"story:{page.uuid}").get()
    assert (entry.actor, entry.details["reason"]) == ("tuyengiao2", code)


def test_consent_is_one_step_by_one_person(client, people, page) -> None:
    client.force_login(people["board"])
    client.post(reverse("withdraw_page", args=[page.pk]), {"reason_code": "consent"})
    assert not Item.objects.public().exists()
    assert last().note == "Nhân vật rút lại sự đồng ý."


@pytest.mark.parametrize("code", ["error", "suspension", "end", "", "khác"])
def test_every_other_type_needs_words_and_every_withdrawal_a_type(
    client, people, page, code
) -> None:
    client.force_login(people["board"])
    url = reverse("withdraw_page", args=[page.pk])
    assert client.post(url, {"reason_code": code}).status_code == 200
    assert Item.objects.public().stories().exists()


def test_ceasing_without_a_word_is_an_ordinary_end(people, page) -> None:
    page.unpublish()
    assert (last().reason, last().kind) == ("end", "canceled")


def test_deleting_is_an_ordinary_end(people, page) -> None:
    page.delete()
    assert last().reason == "end"


def test_a_picture_that_a_correction_drops_has_come_to_its_end_there(people, page) -> None:
    page.lead_picture, page.correction_note = None, "Bỏ ảnh."
    page.save_revision(user=people["editor"])
    factories.publish(StoryPage.objects.get(pk=page.pk), people)
    gone = Release.objects.filter(item__type="picture").last()
    assert (gone.kind, gone.reason) == ("withheld", "end")


@pytest.mark.parametrize(
    ("kind", "code"),
    [("withheld", "error"), ("canceled", "suspension"), ("usable", "end")],
)
def test_a_type_that_contradicts_the_kind_is_refused(kind, code) -> None:
    with pytest.raises(ValueError, match="reason"):
        Withdrawal(kind, "Lý do.", code)


def test_the_ledger_refuses_a_withdrawal_without_its_type(people, page) -> None:
    item = Item.objects.stories().get()
    with pytest.raises(PermissionDenied, match="nói rõ loại"), transaction.atomic():
        append(
            item=item,
            kind="canceled",
            body=None,
            sha256=item.current.sha256,
            approval=None,
            note="",
        )


def test_what_is_public_has_no_type(people, page) -> None:
    assert {release.reason for release in Release.objects.all()} == {""}
    assert "reason" not in last().data


def test_the_website_shows_no_reason(client, people, page) -> None:
    page.withdraw(Withdrawal.typed("consent", "Chuyện riêng của nhân vật."), people["board"])
    answer = client.get(Item.objects.stories().get().path)
    assert answer.status_code == 410
    assert "Chuyện riêng" not in answer.text


def test_the_whole_way_is_in_the_audit_trail(people) -> None:
    before = verify().count
    page = factories.publish(factories.story(people["editor"]), people)
    page.withdraw(Withdrawal.typed("error", "Sai."), people["board2"])
    found = AuditEntry.objects.filter(seq__gt=before).values_list("actor", "action")
    assert list(found) == [
        ("bientap.lamthao", "submitted"),
        ("duyet.lamthao", "step_approved"),
        ("tuyengiao", "approved"),
        ("tuyengiao", "released"),
        ("tuyengiao", "step_approved"),
        ("tuyengiao2", "withdrawn"),
    ]
    assert verify().broken is None


def test_a_return_an_edit_and_a_way_back_are_in_the_audit_trail(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    before = verify().count
    page = factories.act(page, people["reviewer"])
    page.lead = "Sửa."
    page.save_revision(user=people["editor"])
    page = factories.act(page, people["reviewer"], "reject", reason="facts", comment="Năm nào?")
    page = factories.resubmit(page, people["editor"])
    page.current_workflow_state.cancel(user=people["editor"])
    found = AuditEntry.objects.filter(seq__gt=before)
    assert list(found.values_list("actor", "action")) == [
        ("duyet.lamthao", "step_approved"),
        ("bientap.lamthao", "approvals_voided"),
        ("duyet.lamthao", "step_returned"),
        ("bientap.lamthao", "submitted"),
        ("bientap.lamthao", "review_canceled"),
    ]
    assert found[2].details["reason"] == "facts"
