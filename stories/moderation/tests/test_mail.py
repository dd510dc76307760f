"""Mails about reviews: who gets which, what it says, and that it is Vietnamese throughout."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.mail import Notifier
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice
from accounts.notices.services import choose
from stories import factories
from stories.moderation.models import ReviewState

pytestmark = pytest.mark.django_db

# The shape of a Vietnamese syllable once its marks are taken off (đ as d).
SYLLABLE = re.compile(
    r"(ngh?|gh?|gi|kh|ph|th|tr|ch|nh|qu|[bcdhklmnprstvx])?"
    r"(ieu|yeu|uye|uya|uoi|uou|oai|oay|oeo|uay|uy|ia|ie|ye|ya|ua|ue|uo|oa|oe|oo"
    r"|ai|ao|au|ay|eo|eu|iu|oi|ui|uu|[aeiouy])"
    r"(ng|nh|ch|[cmnpt])?"
)
ENGLISH_SHAPED_ALIKE = frozenset(
    ("in", "on", "an", "at", "to", "the", "no", "can", "be", "by", "he", "me", "we", "go", "has")
)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run a step and what it leaves for after the commit; give back the mails it sent."""

    def run(step, *args, **kwargs):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            page = step(*args, **kwargs)
        return page, mail.outbox[before:]

    return run


def to(mails, person) -> list:
    return [one for one in mails if one.to == [person.email]]


def addressees(mails) -> set[str]:
    return {address for one in mails for address in one.to}


def words(text: str, people) -> list[str]:
    text = re.sub(r"https?://\S+", " ", text)
    for person in people.values():
        text = text.replace(person.get_full_name(), " ")
    return re.findall(r"[^\W\d_]+", text)


def is_vietnamese(word: str) -> bool:
    """By its shape; a few English words of that shape are told apart by having no mark."""
    if word.isupper():  # LHPN
        return True
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    marked = any(unicodedata.combining(char) for char in plain)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    alike = not marked and "đ" not in word.lower() and plain in ENGLISH_SHAPED_ALIKE
    return bool(SYLLABLE.fullmatch(plain)) and not alike


def edit_link(page) -> str:
    return "http://testserver" + reverse("wagtailadmin_pages:edit", args=[page.pk])


def sent_for_review(people, commit):
    page = factories.story(people["editor"])
    return commit(factories.submit, page, people["editor"])


def test_a_submitted_draft_is_mailed_to_the_units_reviewer_with_the_link(people, commit) -> None:
    page, mails = sent_for_review(people, commit)
    (one,) = to(mails, people["reviewer"])
    assert one.subject == "Chờ duyệt: Chị Lan giữ nghề nón lá"
    assert "Kính gửi chị/anh duyet.lamthao," in one.body
    assert "Đơn vị duyệt" in one.body
    assert edit_link(page) in one.body


def test_a_submission_is_told_to_nobody_but_the_reviewer(people, commit) -> None:
    _page, mails = sent_for_review(people, commit)
    assert addressees(mails) == {people["reviewer"].email}


def test_without_a_reviewer_of_its_own_the_unit_aboves_reviewer_is_mailed(people, commit) -> None:
    people["reviewer"].groups.clear()
    _page, mails = sent_for_review(people, commit)
    assert addressees(mails) == {people["province_reviewer"].email}


def test_an_author_who_also_reviews_is_not_asked_to_review_their_own(people, commit) -> None:
    people["editor"].groups.add(*people["reviewer"].groups.all())
    page = factories.story(people["editor"])
    _page, mails = commit(factories.submit, page, people["editor"])
    assert not to(mails, people["editor"])
    assert to(mails, people["reviewer"])


def test_the_units_approval_is_mailed_to_the_board_alone(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    _page, mails = commit(factories.act, page, people["reviewer"])
    assert addressees(mails) == {people["board"].email, people["board2"].email}
    assert all("Ban Tuyên giáo phê duyệt" in one.body for one in mails)


def test_a_return_reaches_the_author_with_its_reason_and_text(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page, mails = commit(
        factories.act, page, people["reviewer"], "reject", reason="facts", comment="Năm nào?"
    )
    assert addressees(mails) == {people["editor"].email}
    (one,) = mails
    assert one.subject == "Trả lại để sửa: Chị Lan giữ nghề nón lá"
    assert "Lý do: Số liệu, sự việc cần kiểm tra lại." in one.body
    assert "Cần sửa: Năm nào?" in one.body
    assert "bấm Gửi duyệt lại" in one.body
    assert edit_link(page) in one.body


def test_a_return_by_the_board_also_reaches_who_had_approved_before(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page = factories.act(page, people["reviewer"])
    _page, mails = commit(
        factories.act,
        page,
        people["board"],
        "reject",
        reason="consent",
        comment="Xin phép chị Lan.",
    )
    assert addressees(mails) == {people["editor"].email, people["reviewer"].email}
    (one,) = to(mails, people["reviewer"])
    assert "Chị/anh đã duyệt bài này ở bước trước" in one.body
    assert "Chưa có sự đồng ý của nhân vật" in one.body
    assert "Chị/anh đã duyệt" not in to(mails, people["editor"])[0].body


def test_a_return_also_reaches_the_colleague_who_wrote_what_another_submitted(
    people, commit
) -> None:
    page = factories.story(people["editor"])
    colleague = factories.user("bientap2.lamthao", page.unit.editors)
    page = factories.submit(page, colleague)
    _page, mails = commit(
        factories.act, page, people["reviewer"], "reject", reason="facts", comment="Năm nào?"
    )
    assert addressees(mails) == {people["editor"].email, colleague.email}


def test_an_approver_who_left_the_unit_is_not_told_of_a_return(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page = factories.act(page, people["reviewer"])
    people["reviewer"].groups.set(people["other_reviewer"].groups.all())
    _page, mails = commit(
        factories.act, page, people["board"], "reject", reason="facts", comment="Năm nào?"
    )
    assert addressees(mails) == {people["editor"].email}


def test_the_final_approval_reaches_the_author(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page = factories.act(page, people["reviewer"])
    page, mails = commit(factories.act, page, people["board"])
    assert page.live
    (one,) = mails
    assert one.to == [people["editor"].email]
    assert one.subject == "Đã duyệt và đăng: Chị Lan giữ nghề nón lá"
    assert f"http://testserver/id/{page.uuid}\n" in one.body
    assert "- Đơn vị duyệt: duyet.lamthao\n- Ban Tuyên giáo phê duyệt: tuyengiao\n" in one.body


def test_who_switched_a_topic_off_gets_the_notice_and_no_mail(people, commit) -> None:
    choose(user=people["reviewer"], modes={Topic.REVIEW: Mode.NONE})
    _page, mails = sent_for_review(people, commit)
    assert not to(mails, people["reviewer"])
    (notice,) = people["reviewer"].notices.all()
    assert (notice.kind, notice.mail) == (Kind.REVIEW_WANTED, Notice.Mail.SKIPPED)


def test_quotes_and_ampersands_in_a_title_arrive_as_written(people, commit) -> None:
    page = factories.story(people["editor"], title="Chị Lan & “nón” <lá>")
    _page, mails = commit(factories.submit, page, people["editor"])
    (one,) = to(mails, people["reviewer"])
    assert one.subject == "Chờ duyệt: Chị Lan & “nón” <lá>"
    assert "“Chị Lan & “nón” <lá>”" in one.body


def test_an_edit_in_review_asks_the_reviewer_again(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page = factories.act(page, people["reviewer"])
    page.lead = "Đã sửa."
    _page, mails = commit(page.save_revision, user=people["editor"])
    assert people["reviewer"].email in addressees(mails)


def test_who_writes_on_in_review_does_not_flood_the_reviewer(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    for number in range(5):  # the editor's screen saves by itself every moment
        page.lead = f"Đang viết {number}."
        _page, mails = commit(page.save_revision, user=people["editor"])
        assert mails == []
    assert people["reviewer"].notices.count() == 1
    Notice.objects.update(created_at=timezone.now() - timedelta(hours=2))
    page.lead = "Viết xong."
    _page, mails = commit(page.save_revision, user=people["editor"])
    assert addressees(mails) == {people["reviewer"].email}


def test_what_is_dealt_with_waits_unread_for_nobody(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    asked = Notice.objects.unread().filter(kind=Kind.REVIEW_WANTED)
    assert {one.user for one in asked} == {people["reviewer"]}
    page, _mails = commit(factories.act, page, people["reviewer"])
    assert {one.user for one in asked.all()} == {people["board"], people["board2"]}
    commit(factories.act, page, people["board"])
    assert not asked.all().exists()


@pytest.mark.parametrize("end", ["returned", "canceled"])
def test_a_review_that_ends_otherwise_asks_nobody_any_more(people, commit, end) -> None:
    page, _mails = sent_for_review(people, commit)
    if end == "returned":
        factories.act(page, people["reviewer"], "reject", reason="facts", comment="Năm nào?")
    else:
        page.current_workflow_state.cancel(user=people["editor"])
    assert not Notice.objects.unread().filter(kind=Kind.REVIEW_WANTED).exists()


def test_no_mail_leaves_before_the_act_is_committed(
    people, django_capture_on_commit_callbacks
) -> None:
    """A slow mail server holds no lock, and what is rolled back was mailed to nobody."""
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.submit(factories.story(people["editor"]), people["editor"])
        page = factories.act(page, people["reviewer"])
        page = factories.act(page, people["board"])
        assert mail.outbox == []
    assert {one.to[0] for one in mail.outbox} == {people["editor"].email}


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_an_act_that_is_rolled_back_tells_nobody(people, commit, action) -> None:
    page, _mails = sent_for_review(people, commit)
    page, _mails = commit(factories.act, page, people["reviewer"])
    before = set(Notice.objects.values_list("pk", "read_at"))

    def undone() -> None:
        said = {"reason": "facts", "comment": "Năm nào?"} if action == "reject" else {}
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            factories.act(page, people["board"], action, **said)
            raise ZeroDivisionError

    _page, mails = commit(undone)
    assert mails == []
    assert set(Notice.objects.values_list("pk", "read_at")) == before


def test_wagtails_own_notifiers_are_not_connected() -> None:
    signals = (task_submitted, workflow_submitted, workflow_rejected, workflow_approved)
    receivers = [
        receiver
        for signal in signals
        for sender in (TaskState, WorkflowState, ReviewState)
        for receiver in signal._live_receivers(sender)[0]
    ]
    assert receivers
    assert [one for one in receivers if isinstance(one, Notifier)] == []


def test_the_mail_for_a_new_password_is_vietnamese(people, client) -> None:
    client.post(reverse("wagtailadmin_password_reset"), {"email": people["editor"].email})
    (one,) = mail.outbox
    assert one.subject == "Đặt lại mật khẩu Gương sáng Đất Tổ"
    assert "http://testserver/quan-tri/password_reset/confirm/" in one.body
    text = one.body.replace(people["editor"].username, "")
    assert [word for word in words(text, people) if not is_vietnamese(word)] == []


@pytest.mark.parametrize("returned", [True, False], ids=["returned", "published"])
def test_no_mail_on_the_way_of_a_story_has_an_english_word(people, commit, returned) -> None:
    page, _mails = sent_for_review(people, commit)
    page, _mails = commit(factories.act, page, people["reviewer"])
    given = {"action": "reject", "reason": "facts", "comment": "Năm nào?"} if returned else {}
    commit(factories.act, page, people["board"], **given)
    assert len(mail.outbox) >= 4
    for one in mail.outbox:
        foreign = [w for w in words(f"{one.subject} {one.body}", people) if not is_vietnamese(w)]
        assert foreign == []


def test_another_units_people_never_get_a_mail_about_this_units_draft(people, commit) -> None:
    page, _mails = sent_for_review(people, commit)
    page, _mails = commit(factories.act, page, people["reviewer"])
    page, _mails = commit(
        factories.act, page, people["board"], "reject", reason="facts", comment="Năm nào?"
    )
    page.lead = "Năm 2026."
    commit(page.save_revision, user=people["editor"])
    page, _mails = commit(factories.resubmit, page, people["editor"])
    page, _mails = commit(factories.act, page, people["reviewer"])
    page, _mails = commit(factories.act, page, people["board"])
    assert page.live
    others = {people[who].email for who in ("other_editor", "other_reviewer", "province_reviewer")}
    assert not others & addressees(mail.outbox)
