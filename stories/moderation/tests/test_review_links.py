"""Someone without an account answers one text in the office of who invited them, and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.db import connection
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from accounts.roles import BOARD
from stories import factories
from stories.moderation import claims, guest_mail, review_links, services
from stories.moderation.models import Approval, Deputy, ReviewLink, ReviewState
from stories.moderation.review_links import Closed, Why
from stories.moderation.tests.guests import approve, invite, invited, page_of, send_back
from stories.moderation.tests.reviews import waiting
from stories.units.models import Unit

pytestmark = pytest.mark.django_db

MAY_INVITE = {
    "unit": {"reviewer", "province_reviewer"},
    "board": {"board", "board2"},
}


@pytest.mark.parametrize("who", factories.CAST)
@pytest.mark.parametrize("step", MAY_INVITE)
def test_who_could_act_now_may_invite_and_nobody_else(people, step, who) -> None:
    state = waiting(people, board=step == "board")
    if who in MAY_INVITE[step]:
        assert invite(state, people[who]).invited_by == people[who]
        return
    with pytest.raises(PermissionDenied):
        invite(state, people[who])
    assert not ReviewLink.objects.exists()


@pytest.mark.parametrize("part", ["writer", "submitter"])
def test_an_author_of_the_board_may_not_invite(people, part) -> None:
    colleague = factories.user("tuyengiao.viet", BOARD)
    page = factories.story(people["editor"])
    if part == "writer":
        page.lead = "Sửa một chữ."
        page.save_revision(user=colleague)
    page = factories.submit(page, colleague if part == "submitter" else people["editor"])
    state = factories.act(page, people["reviewer"]).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        invite(state, colleague)
    assert invite(state, people["board"])


def test_a_deputy_invites_and_the_approval_says_for_whom(people) -> None:
    today = timezone.localdate()
    Deputy.objects.create(
        holder=people["board"], person=people["other_editor"], starts=today, ends=today
    )
    approve(invited(people, by="other_editor"))
    approval = Approval.objects.get()
    assert (approval.approved_by, approval.acting_for) == (people["other_editor"], people["board"])


@pytest.mark.parametrize("email", ["bientap.lamthao@example.vn", "TuyenGiao2@Example.VN"])
def test_who_has_an_account_is_no_guest(people, email) -> None:
    with pytest.raises(ValidationError, match="hãy dùng Ủy quyền"):
        invited(people, link={"email": email})
    assert not ReviewLink.objects.exists()


def test_a_closed_account_is_no_hindrance(people) -> None:
    people["other_editor"].is_active = False
    people["other_editor"].save()
    assert invited(people, link={"email": people["other_editor"].email})


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("post", ""), ("email", "hanh"), ("days", 0), ("days", 15)],
)
def test_what_a_guest_needs(people, field, value) -> None:
    with pytest.raises(ValidationError) as refusal:
        invited(people, link={field: value})
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("days", [1, 3, 14])
def test_a_link_runs_out_after_the_days_chosen(people, days) -> None:
    link = invited(people, link={"days": days})
    assert link.expires_at - link.created_at == timedelta(days=days)


def test_only_the_text_that_was_shown_is_sent_to_a_guest(people) -> None:
    with pytest.raises(services.NotWhatWasRead):
        invited(people, link={"sha256": "0" * 64})


def test_a_guest_has_one_open_link_to_a_text(people) -> None:
    first = invited(people)
    with pytest.raises(ValidationError, match="đã có liên kết đang mở"):
        invite(first.state, people["board2"], email=first.email.upper())
    review_links.revoke(link=first, user=people["board"])
    assert invite(first.state, people["board2"]).is_open


def test_a_guest_of_the_unit_step_sends_the_text_on_to_the_board(people) -> None:
    link = invited(people, board=False)
    approve(link)
    page = page_of(link)
    assert not page.live
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"
    done = ReviewState.objects.get(pk=link.state_id)
    assert (done.status, done.finished_by) == (TaskState.STATUS_APPROVED, people["reviewer"])
    assert done.comment == "Qua liên kết: Nguyễn Thị Hạnh, Phó Chủ tịch UBND xã Lâm Thao"
    assert not Approval.objects.exists()


def test_a_guest_of_the_board_step_releases_and_the_approval_names_them(people) -> None:
    link = invited(people)
    approve(link)
    assert page_of(link).live
    approval = Approval.objects.get()
    assert (approval.route, approval.approved_by) == (Approval.Route.LINK, people["board"])
    assert approval.note == "Qua liên kết: Nguyễn Thị Hạnh, Phó Chủ tịch UBND xã Lâm Thao"
    assert approval.sha256 == link.sha256


def test_a_guest_returns_with_a_coded_reason(people) -> None:
    link = invited(people)
    send_back(link)
    done = ReviewState.objects.get(pk=link.state_id)
    assert (done.status, done.reason) == (TaskState.STATUS_REJECTED, "facts")
    assert done.comment == (
        "Số hộ chưa đúng. (Qua liên kết: Nguyễn Thị Hạnh, Phó Chủ tịch UBND xã Lâm Thao)"
    )
    assert page_of(link).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


@pytest.mark.parametrize("said", [{"reason": ""}, {"comment": ""}, {"reason": "không có"}])
def test_a_return_without_a_reason_is_refused(people, said) -> None:
    link = invited(people)
    with pytest.raises(PermissionDenied):
        send_back(link, **said)
    assert review_links.reading(ReviewLink.objects.get(pk=link.pk))


def test_what_is_red_stops_a_guest_too(people) -> None:
    link = invited(people, lead="")
    with pytest.raises(services.NotReady):
        approve(link)
    assert not Approval.objects.exists()
    assert ReviewLink.objects.get(pk=link.pk).is_open


def test_what_is_amber_needs_the_guests_tick(people) -> None:
    link = invited(people)
    with pytest.raises(services.NotReady):
        approve(link, accepted=[])
    assert approve(link).answer == "approved"
    assert Approval.objects.get().accepted == factories.ambers(page_of(link))


def test_a_guest_does_not_answer_past_a_colleagues_claim(people) -> None:
    link = invited(people)
    claims.take(state=link.state, user=people["board2"])
    with pytest.raises(claims.Claimed):
        approve(link)
    claims.release(state=link.state, user=people["board2"])
    claims.take(state=link.state, user=people["board"])
    assert approve(link).answer == "approved"


def _revoked(link, people):
    review_links.revoke(link=link, user=people["board"])


def _expired(link, people):
    past = timezone.now() - timedelta(seconds=1)
    ReviewLink.objects.filter(pk=link.pk).update(
        created_at=past - timedelta(days=1), expires_at=past
    )


def _answered(link, people):
    approve(link)


def _approved_by_a_colleague(link, people):
    factories.act(page_of(link), people["board2"])


def _taken_out_of_review(link, people):
    page_of(link).current_workflow_state.cancel(user=people["editor"])


def _deleted(link, people):
    page_of(link).delete()


def _edited(link, people):
    page = page_of(link)
    page.lead = "Câu mở đầu khác."
    page.save_revision(user=people["editor"])


def _edited_in_the_database(link, people):
    """Without a new revision: a name that the text shows was changed."""
    Unit.objects.filter(code=factories.LAM_THAO).update(name="Xã Lâm Thao mới")


def _inviter_out_of_office(link, people):
    people["board"].groups.clear()


def _inviter_inactive(link, people):
    people["board"].is_active = False
    people["board"].save()


def _inviter_became_author(link, people):
    revision = link.state.revision
    type(revision).objects.filter(pk=revision.pk).update(user=people["board"])


def _guest_has_an_account(link, people):
    people["other_editor"].email = link.email
    people["other_editor"].save()


CLOSED = [
    (_revoked, Why.REVOKED),
    (_expired, Why.EXPIRED),
    (_answered, Why.ANSWERED),
    (_approved_by_a_colleague, Why.OVER),
    (_taken_out_of_review, Why.OVER),
    (_deleted, Why.OVER),
    (_edited, Why.CHANGED),
    (_edited_in_the_database, Why.CHANGED),
    (_inviter_out_of_office, Why.INVITER),
    (_inviter_inactive, Why.INVITER),
    (_inviter_became_author, Why.INVITER),
    (_guest_has_an_account, Why.ACCOUNT),
]


@pytest.mark.parametrize(("closing", "why"), CLOSED, ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("act", ["read", "approve", "return"])
def test_a_link_is_asked_anew_each_time(people, closing, why, act) -> None:
    link = invited(people)
    accepted = factories.ambers(page_of(link))
    closing(link, people)
    before = Approval.objects.count()
    link = ReviewLink.objects.get(pk=link.pk)
    with pytest.raises(Closed) as refusal:
        if act == "read":
            review_links.reading(link)
        elif act == "approve":
            approve(link, accepted=accepted)
        else:
            send_back(link)
    assert refusal.value.why == why
    assert Approval.objects.count() == before


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "abc",
        "WzEsMl0.AAAA",
        Signer(salt="stories.moderation.review_link", sep=".", key="other").sign_object([1, 1]),
        Signer(sep=".").sign_object([1, 1]),
    ],
)
def test_a_forged_token_opens_nothing(people, forged) -> None:
    invited(people)
    assert guest_mail.find(forged) is None


def test_a_token_holds_for_the_expiry_it_was_signed_with(people) -> None:
    link = invited(people)
    token = guest_mail.token(link)
    assert guest_mail.find(token) == link
    ReviewLink.objects.update(expires_at=link.expires_at + timedelta(days=7))
    assert guest_mail.find(token) is None


def test_a_token_is_stored_nowhere(people, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = invited(people)
    secret = guest_mail.token(link).rpartition(".")[2]
    assert secret in mail.outbox[-1].body
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert not [row for row in cursor.fetchall() if secret in repr(row)], table


@pytest.mark.parametrize("link", [1, {"pk": 1}, "1", True])
def test_a_posted_link_is_no_link(people, link) -> None:
    """Wagtail's editor hands on to a task whatever JSON came with the request."""
    page = page_of(invited(people))
    with pytest.raises(PermissionDenied):
        factories.act(page, people["board"], link=link)
    assert not Approval.objects.exists()


def test_a_link_of_another_text_or_inviter_does_not_count(people) -> None:
    link = invited(people)
    other = page_of(invited(people, link={"email": "khac@example.vn"}, title="Bài khác"))
    with pytest.raises(PermissionDenied):
        factories.act(other, people["board"], link=link)
    with pytest.raises(PermissionDenied):
        factories.act(page_of(link), people["board2"], link=link)
    assert not Approval.objects.exists()
