"""Reminders of overdue reviews: to whom, when, and never twice on a day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from wagtail.models import TaskState

from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice
from accounts.notices.services import choose
from accounts.roles import BOARD
from accounts.tests.mail_servers import mail_server_down
from stories import factories
from stories.moderation import claims, reminders
from stories.moderation.models import BoardApprovalTask, Claim, Deputy, Reminder
from stories.moderation.tests.reviews import waiting

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
WED, THU, FRI, SAT, SUN, NEXT_MON, NEXT_TUE, NEXT_WED = (date(2026, 11, d) for d in range(18, 26))


@pytest.fixture
def at_board(people):
    """At the board since Monday; of its two working days the last is Wednesday."""
    state = waiting(people, since=MONDAY)
    Notice.objects.all().delete()
    return state


@pytest.fixture
def at_unit(people):
    """At Lâm Thao's reviewers since Monday; of their three working days the last is Thursday."""
    state = waiting(people, board=False, since=MONDAY)
    Notice.objects.all().delete()
    return state


def reminded(day: date) -> set[str]:
    """User names of those told on that day."""
    known = list(Notice.objects.values_list("pk", flat=True))
    reminders.remind(day)
    return {one.user.username for one in Notice.objects.exclude(pk__in=known)}


def test_nobody_is_reminded_before_the_last_day_is_over(at_board) -> None:
    assert reminded(WED) == set()


def test_the_whole_board_is_reminded_of_what_nobody_claimed(at_board) -> None:
    assert reminded(THU) == {"tuyengiao", "tuyengiao2"}


def test_who_claimed_it_last_is_reminded_alone_until_twice_the_time(people, at_board) -> None:
    claims.take(state=at_board, user=people["board2"])
    Claim.objects.update(claimed_at=MONDAY)
    assert reminded(THU) == {"tuyengiao2"}
    assert reminded(NEXT_MON) == {"tuyengiao", "tuyengiao2"}
    kinds = Reminder.objects.filter(day=NEXT_MON).values_list("kind", flat=True)
    assert set(kinds) == {"escalated"}


def test_the_units_reviewer_first_and_the_unit_above_after_twice_the_time(at_unit) -> None:
    assert reminded(THU) == set()
    assert reminded(FRI) == {"duyet.lamthao"}
    assert reminded(NEXT_TUE) == {"duyet.lamthao"}
    assert reminded(NEXT_WED) == {"duyet.lamthao", "duyet.tinh"}


def test_a_unit_without_a_reviewer_reminds_the_one_above(people, at_unit) -> None:
    people["reviewer"].groups.clear()
    assert reminded(FRI) == {"duyet.tinh"}


def test_a_second_run_on_a_day_tells_nothing(at_board) -> None:
    assert len(reminded(THU)) == 2
    assert reminded(THU) == set()
    assert Reminder.objects.count() == 2
    assert len(reminded(FRI)) == 2


def test_a_new_reminder_takes_the_place_of_the_one_before(people, at_board) -> None:
    for day in (THU, FRI, NEXT_MON):
        reminded(day)
    (unread,) = people["board"].notices.unread()
    assert unread.kind == Kind.ESCALATION


def test_one_mail_tells_of_all_that_is_late(
    people, at_board, django_capture_on_commit_callbacks
) -> None:
    waiting(people, since=MONDAY, title="Bài thứ hai")
    with django_capture_on_commit_callbacks(execute=True):
        assert reminded(THU) == {"tuyengiao", "tuyengiao2"}
    assert [one.subject for one in mail.outbox] == ["2 bài quá hạn duyệt"] * 2
    assert "Bài thứ hai" in mail.outbox[0].body
    assert "chờ 3 ngày, quá hạn 1 ngày" in mail.outbox[0].body
    assert Reminder.objects.count() == 4


def test_deputies_are_reminded_and_authors_are_not(people, at_board) -> None:
    page = at_board.workflow_state.content_object
    writer = factories.user("banviet", BOARD)
    page.specific.revisions.update(user=writer)
    Deputy.objects.create(
        holder=people["board"], person=people["reviewer"], starts=WED, ends=date(2030, 1, 1)
    )
    assert reminded(THU) == {"tuyengiao", "tuyengiao2", "duyet.lamthao"}


def test_who_wants_no_mail_is_reminded_in_the_admin_only(
    people, at_board, django_capture_on_commit_callbacks
) -> None:
    choose(user=people["board2"], modes={Topic.REVIEW: Mode.NONE})
    with django_capture_on_commit_callbacks(execute=True):
        assert reminded(THU) == {"tuyengiao", "tuyengiao2"}
    assert [one.to for one in mail.outbox] == [["tuyengiao@example.vn"]]


def test_what_is_done_is_not_reminded_of(people, at_board) -> None:
    factories.act(at_board.workflow_state.content_object.specific, people["board"])
    assert reminded(NEXT_WED) == set()


def test_the_steps_own_number_of_days_counts(at_board) -> None:
    BoardApprovalTask.objects.update(days=10)
    assert reminded(NEXT_WED) == set()


def test_the_command_says_how_many_and_a_server_that_is_down_loses_no_mail(
    people, at_board, settings, capsys, django_capture_on_commit_callbacks
) -> None:
    TaskState.objects.update(started_at=datetime(2026, 1, 5, tzinfo=ZoneInfo("UTC")))
    with mail_server_down(settings), django_capture_on_commit_callbacks(execute=True):
        call_command("remind_reviewers")
        call_command("remind_reviewers")
    assert capsys.readouterr().out.split("\n")[:2] == ["Đã nhắc 2 người.", "Đã nhắc 0 người."]
    assert Reminder.objects.count() == 2
    Notice.objects.update(due_at=MONDAY)
    for _turn in range(2):
        call_command("send_notices")
    assert len(mail.outbox) == 2
