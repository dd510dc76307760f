"""Working days: weekends never make a review late."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stories.moderation.deadlines import deadline, due_on, late_before, working_days

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# Monday 16 November 2026 begins the week.
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, day) for day in range(16, 23))
NEXT_MON, NEXT_TUE, NEXT_WED = (date(2026, 11, day) for day in range(23, 26))


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (MON, MON, 0),
        (MON, FRI, 4),
        (FRI, SUN, 0),
        (FRI, NEXT_MON, 1),
        (SAT, NEXT_MON, 1),
        (MON, NEXT_MON, 5),
        (MON, date(2026, 12, 7), 15),
        (NEXT_MON, MON, 0),
    ],
)
def test_working_days_leave_out_saturdays_and_sundays(since, until, days) -> None:
    assert working_days(since, until) == days


@pytest.mark.parametrize(
    ("since", "due"),
    [(MON, WED), (WED, FRI), (THU, NEXT_MON), (FRI, NEXT_TUE), (SAT, NEXT_TUE), (SUN, NEXT_TUE)],
)
def test_two_days_are_two_working_days(since, due) -> None:
    assert due_on(since, 2) == due


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (THU, "hạn 23/11"),
        (FRI, "hạn 23/11"),
        (SUN, "hạn 23/11"),
        (NEXT_MON, "hạn hôm nay"),
        (NEXT_TUE, "quá hạn 1 ngày"),
        (NEXT_WED, "quá hạn 2 ngày"),
    ],
)
def test_what_was_sent_on_a_thursday_is_due_on_monday(today, words) -> None:
    assert str(deadline(at(THU), 2, today).due_words) == words


def test_waiting_is_told_in_days_of_the_calendar() -> None:
    assert deadline(at(THU), 2, THU).waiting_words == "mới gửi hôm nay"
    assert deadline(at(THU), 2, NEXT_MON).waiting_words == "chờ 4 ngày"


def test_a_review_escalates_once_twice_its_time_is_over() -> None:
    assert not deadline(at(MON), 2, FRI).escalates
    assert not deadline(at(MON), 2, SUN).escalates
    assert deadline(at(MON), 2, NEXT_MON).escalates


def test_an_evening_in_hanoi_is_still_that_day() -> None:
    assert deadline(at(MON, 23), 2, TUE).waited == 1


@pytest.mark.parametrize("today", [MON, WED, FRI, SAT, SUN, NEXT_MON])
@pytest.mark.parametrize("days", [0, 2, 3])
def test_the_moment_for_queries_agrees_with_the_deadline(today, days) -> None:
    moment = late_before(days, today)
    assert deadline(moment - timezone.timedelta(minutes=1), days, today).late
    assert not deadline(moment, days, today).late
