"""How long a review may take, in working days: Saturdays and Sundays don't count.

All days are days in Viet Nam. The day of sending doesn't count; a review is due by the end of its
last day: sent on a Monday with two days, by Wednesday; on a Thursday, by Monday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

DAY = timedelta(days=1)
SATURDAY = 5
ESCALATES_AFTER = 2  # times the days of the step


def working(day: date) -> bool:
    return day.weekday() < SATURDAY


def working_days(since: date, until: date) -> int:
    """Number of working days after `since`, up to and with `until` (0 when there are none)."""
    weeks, rest = divmod(max((until - since).days, 0), 7)
    return weeks * 5 + sum(working(until - n * DAY) for n in range(rest))


def due_on(since: date, days: int) -> date:
    """The last day of a review of so many working days that began on `since`."""
    day = since
    while days:
        day += DAY
        days -= working(day)
    return day


def late_before(days: int, today: date | None = None) -> datetime:
    """Reviews of so many days that began before this moment are overdue today."""
    today = today or timezone.localdate()
    day = today
    while working_days(day, today) <= days:
        day -= DAY
    return timezone.make_aware(datetime.combine(day + DAY, time.min))


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where a review stands today: `waited` in calendar days, `late` in working days."""

    due: date
    waited: int
    late: int
    left: int
    escalates: bool

    @property
    def waiting_words(self) -> str:
        if not self.waited:
            return gettext("mới gửi hôm nay")
        return ngettext("chờ %(n)d ngày", "chờ %(n)d ngày", self.waited) % {"n": self.waited}

    @property
    def due_words(self) -> str:
        if self.late:
            return ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", self.late) % {
                "n": self.late
            }
        if not self.left:
            return gettext("hạn hôm nay")
        return gettext("hạn %(day)s") % {"day": f"{self.due:%d/%m}"}


def deadline(started_at: datetime, days: int, today: date | None = None) -> Deadline:
    """Of a review that began at `started_at` (aware) at a step of so many working days."""
    today = today or timezone.localdate()
    since = timezone.localdate(started_at)
    used = working_days(since, today)
    return Deadline(
        due=due_on(since, days),
        waited=max((today - since).days, 0),
        late=max(used - days, 0),
        left=max(days - used, 0),
        escalates=used > days * ESCALATES_AFTER,
    )
