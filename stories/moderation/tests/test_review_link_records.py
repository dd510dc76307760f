"""Revoking a review link, its mail, what is on record of it, and answers at once."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.audit.models import AuditEntry
from stories import factories
from stories.moderation import guest_mail, review_links
from stories.moderation.models import Approval, ReviewLink, ReviewLinkVisit
from stories.moderation.review_links import Why
from stories.moderation.tests import guests
from stories.moderation.tests.guests import VISITOR, approve, invited, page_of, send_back

pytestmark = pytest.mark.django_db

MAY_REVOKE = {
    "unit": {"reviewer", "province_reviewer"},
    "board": {"board", "board2"},
}


@pytest.mark.parametrize("who", factories.CAST)
@pytest.mark.parametrize("step", MAY_REVOKE)
def test_the_inviter_and_all_in_the_office_may_revoke(people, step, who) -> None:
    link = invited(people, board=step == "board")
    if who in MAY_REVOKE[step]:
        assert review_links.revoke(link=link, user=people[who])
        assert not ReviewLink.objects.open().exists()
        return
    with pytest.raises(PermissionDenied):
        review_links.revoke(link=link, user=people[who])
    assert ReviewLink.objects.open().exists()


def test_the_inviter_revokes_after_leaving_the_office_too(people) -> None:
    link = invited(people)
    people["board"].groups.clear()
    assert review_links.revoke(link=link, user=people["board"])


def test_an_answer_is_not_revoked(people) -> None:
    link = approve(invited(people))
    assert not review_links.revoke(link=link, user=people["board"])
    assert ReviewLink.objects.get().revoked_at is None


def entries() -> list[tuple[str, str]]:
    return list(
        AuditEntry.objects.filter(action__startswith="link_").values_list("action", "actor")
    )


def test_every_act_is_on_record_and_only_the_first_opening(people) -> None:
    link = invited(people)
    for _visit in range(3):
        review_links.note(link, "opened", VISITOR)
    approve(link)
    other = invited(people, title="Bài khác")
    review_links.revoke(link=other, user=people["board2"])
    assert entries() == [
        ("link_created", "tuyengiao"),
        ("link_opened", ""),
        ("link_answered", "tuyengiao"),
        ("link_created", "tuyengiao"),
        ("link_revoked", "tuyengiao2"),
    ]
    told = AuditEntry.objects.filter(action__startswith="link_").values_list("data", flat=True)
    assert not [data for data in told if link.email in data or link.guest not in data]
    visits = ReviewLinkVisit.objects.order_by("pk").values_list("what", "address", "agent")
    assert list(visits) == [
        ("opened", VISITOR.address, VISITOR.agent),
        ("opened", VISITOR.address, VISITOR.agent),
        ("opened", VISITOR.address, VISITOR.agent),
        ("approved", VISITOR.address, VISITOR.agent),
    ]


def test_the_mail_is_courteous_and_leads_to_the_text(
    people, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = invited(people)
    sent = [one for one in mail.outbox if one.to == [guests.GUEST["email"]]]
    assert [one.subject for one in sent] == [
        "Mời ông/bà đọc duyệt một bài của Hội LHPN tỉnh Phú Thọ"
    ]
    assert sent[0].reply_to == [people["board"].email]
    assert "Kính gửi ông/bà Nguyễn Thị Hạnh," in sent[0].body
    assert "“Chị Lan giữ nghề nón lá”" in sent[0].body
    assert f"http://testserver/duyet-khach/{guest_mail.token(link)}/\n" in sent[0].body
    assert link.mailed


def test_a_mail_server_that_is_down_is_told_and_loses_no_link(
    people, settings, django_capture_on_commit_callbacks, caplog
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with django_capture_on_commit_callbacks(execute=True):
        link = invited(people)
    assert not link.mailed
    assert ReviewLink.objects.open().get() == link
    assert "Không gửi được thư mời đọc duyệt" in caplog.text
    assert guest_mail.token(link) not in caplog.text


def test_nothing_is_mailed_when_inviting_is_undone(
    people, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        invited(people, link={"email": people["editor"].email})
    assert [one for one in mail.outbox if "duyet-khach" in one.body] == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_of_answers_at_once_one_counts(people) -> None:
    link = invited(people)
    accepted = factories.ambers(page_of(link))
    start, done, refused = threading.Barrier(4), [], []

    def run(act, **said) -> None:
        try:
            start.wait(10)
            done.append(act(link, **said).answer)
        except PermissionDenied as refusal:
            refused.append(getattr(refusal, "why", refusal))
        finally:
            connection.close()

    acts = [(approve, {"accepted": accepted}), (send_back, {})] * 2
    threads = [threading.Thread(target=run, args=(act,), kwargs=said) for act, said in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 1
    assert refused == [Why.ANSWERED] * 3
    link.refresh_from_db()
    assert link.answer == done[0]
    assert Approval.objects.count() == (done == ["approved"])
    assert link.visits.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_a_guest_and_a_reviewer_at_once_give_one_approval(people) -> None:
    link = invited(people)
    page, accepted = page_of(link), factories.ambers(page_of(link))
    start, done, refused = threading.Barrier(2), [], []

    def run(act) -> None:
        try:
            start.wait(10)
            done.append(act())
        except PermissionDenied as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    acts = [
        lambda: approve(link, accepted=accepted),
        lambda: link.state.task.specific.on_action(
            page.current_workflow_task_state, people["board2"], "approve", accepted=accepted
        ),
    ]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(done), len(refused)) == (1, 1)
    assert Approval.objects.count() == 1
