"""The way of a story from draft to ledger, and the walls beside it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from stories import factories
from stories.moderation.models import Approval
from stories.pages.models import StoryPage, Withdrawal
from stories.releases import selectors
from stories.releases.models import Item, Release

pytestmark = pytest.mark.django_db


def test_an_approved_draft_is_public_with_its_picture(people) -> None:
    picture = factories.picture()
    page = factories.story(people["editor"], lead_picture=picture, tags=["làng nghề"])
    page = factories.publish(page, people)
    assert page.live
    item = Item.objects.public().stories().get()
    data = item.current.data
    assert data["title"] == "Chị Lan giữ nghề nón lá"
    assert data["tags"] == ["làng nghề"]
    assert data["pictures"][0]["credit"] == "Ảnh: Thu Hà"
    assert {r["name"] for r in data["pictures"][0]["renditions"]} == {
        "thumb",
        "w360",
        "w720",
        "w1200",
        "jpeg720",
        "press",
    }
    approval = Approval.objects.get()
    assert (item.current.approval, item.current.sha256) == (approval, approval.sha256)
    assert approval.approved_by == people["board"]
    assert [r.seq for r in selectors.after(0, 10)] == [1, 2]


def test_unit_approval_alone_publishes_nothing(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"])
    assert not page.live
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"
    assert selectors.head() == 0


@pytest.mark.parametrize("who", ["editor", "other_editor", "other_reviewer", "board", "admin"])
def test_only_the_units_reviewer_acts_on_the_units_step(people, who) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    with pytest.raises(PermissionDenied):
        factories.act(page, people[who])


@pytest.mark.parametrize("who", ["editor", "reviewer", "province_reviewer", "admin"])
def test_only_the_board_approves_for_publication(people, who) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"])
    with pytest.raises(PermissionDenied):
        factories.act(page, people[who])
    assert not Approval.objects.exists()


def test_a_board_member_who_wrote_it_cannot_approve_it(people) -> None:
    page = factories.story(people["editor"])
    page.lead = "Sửa."
    page.save_revision(user=people["board"])
    page = factories.submit(page, people["editor"])
    page = factories.act(page, people["reviewer"])
    with pytest.raises(PermissionDenied):
        factories.act(page, people["board"])
    assert factories.act(page, people["board2"]).live


def test_a_reviewer_of_the_unit_above_may_review(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["province_reviewer"])
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"


def test_an_edit_in_review_voids_the_approvals_before_it(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"])
    page.lead = "Đã sửa sau khi đơn vị duyệt."
    page.save_revision(user=people["editor"])
    page = StoryPage.objects.get(pk=page.pk)
    assert page.current_workflow_task.name == "Đơn vị duyệt"
    page = factories.act(page, people["reviewer"])
    page = factories.act(page, people["board"])
    assert Item.objects.public().get().current.data["lead"] == "Đã sửa sau khi đơn vị duyệt."


def test_a_returned_draft_goes_the_whole_way_again(people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"])
    with pytest.raises(PermissionDenied):
        factories.act(page, people["board"], "reject", comment="Thiếu lý do")
    page = factories.act(page, people["board"], "reject", reason="facts", comment="Năm nào?")
    assert page.current_workflow_state.status == "needs_changes"
    page.lead = "Năm 2026."
    page.save_revision(user=people["editor"])
    page = factories.resubmit(page, people["editor"])
    assert page.current_workflow_task.name == "Đơn vị duyệt"
    page = factories.act(page, people["reviewer"])
    assert factories.act(page, people["board"]).live


@pytest.mark.parametrize("route", ["publish", "save", "create", "copy", "alias"])
def test_no_route_makes_an_unapproved_text_public(people, route) -> None:
    page = factories.story(people["editor"])
    with pytest.raises((PermissionDenied, ValidationError)), transaction.atomic():
        match route:
            case "publish":
                page.get_latest_revision().publish(user=people["admin"])
            case "save":
                page.live = True
                page.save()
            case "create":
                page.get_parent().add_child(instance=StoryPage(title="Mới", live=True))
            case "copy":
                factories.publish(page, people)
                StoryPage.objects.get(pk=page.pk).copy(
                    update_attrs={"slug": "ban-sao"}, keep_live=True, user=people["admin"]
                )
            case "alias":
                factories.publish(page, people)
                StoryPage.objects.get(pk=page.pk).create_alias(update_slug="bi-danh")
    assert Item.objects.public().stories().count() <= 1


def test_a_correction_is_a_new_version_with_its_note(people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.lead, page.correction_note = "Hai mươi năm.", "Sửa số năm làm nghề."
    page.save_revision(user=people["editor"])
    assert Item.objects.public().get().current.data["lead"].startswith("Ba mươi")
    page = factories.publish(StoryPage.objects.get(pk=page.pk), people)
    current = Item.objects.public().get().current
    assert (current.kind, current.version, current.note) == (
        "correction",
        2,
        "Sửa số năm làm nghề.",
    )


def test_a_withdrawal_carries_nothing_of_the_text_and_is_for_good(people) -> None:
    page = factories.publish(
        factories.story(people["editor"], lead_picture=factories.picture()), people
    )
    page.withdraw(Withdrawal("canceled", "Sai sự thật."), people["board"])
    assert not Item.objects.public().exists()
    last = Release.objects.filter(item__type="story").last()
    assert last.kind == "canceled"
    assert "Lan" not in last.payload
    with pytest.raises(PermissionDenied, match="thu hồi"):
        page.get_latest_revision().publish(skip_permission_checks=True)


def test_an_old_text_needs_a_new_approval_to_come_back(people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    first = page.live_revision
    page.lead, page.correction_note = "Bản thứ hai.", "Viết lại sa-pô."
    page.save_revision(user=people["editor"])
    page = factories.publish(StoryPage.objects.get(pk=page.pk), people)
    with pytest.raises(PermissionDenied, match="gửi duyệt lại"), transaction.atomic():
        first.publish(skip_permission_checks=True)
    page.withdraw(Withdrawal("withheld", "Đang xem xét."), people["board"])
    with pytest.raises(PermissionDenied, match="gửi duyệt lại"), transaction.atomic():
        page.get_latest_revision().publish(skip_permission_checks=True)
    page = factories.publish(StoryPage.objects.get(pk=page.pk), people)
    assert Item.objects.public().get().version == 4


def test_deleting_a_public_page_withdraws_it(people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.delete()
    assert Item.objects.get(type="story").kind == "canceled"


def test_the_ledger_cannot_be_rewritten(people) -> None:
    factories.publish(factories.story(people["editor"]), people)
    with pytest.raises(PermissionDenied):
        Release.objects.update(note="khác")
    with pytest.raises(PermissionDenied):
        Release.objects.get().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET note = 'khác'")
