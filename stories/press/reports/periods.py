"""Quarters and years, as people choose them: “Quý 4/2026”, “Năm 2026”."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

YEARS = 5  # offered: this one and those before it


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to before `end`."""

    key: str
    label: str
    start: dt.date
    end: dt.date

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """The same as moments, in Viet Nam's time."""
        first = timezone.make_aware(dt.datetime.combine(self.start, dt.time.min))
        return first, timezone.make_aware(dt.datetime.combine(self.end, dt.time.min))


def quarter(year: int, number: int) -> Period:
    month = 3 * number - 2
    end = dt.date(year + (number == 4), (month + 3 - 1) % 12 + 1, 1)
    return Period(f"{year}-{number}", label(year, number), dt.date(year, month, 1), end)


def of(day: dt.date) -> Period:
    """The quarter of a day."""
    return quarter(day.year, (day.month + 2) // 3)


def before(one: Period) -> Period:
    """The quarter before a quarter."""
    return of(one.start - dt.timedelta(days=1))


def year(number: int) -> Period:
    start, end = dt.date(number, 1, 1), dt.date(number + 1, 1, 1)
    return Period(str(number), _("Năm %(year)d") % {"year": number}, start, end)


def label(year: int, number: int) -> str:
    return _("Quý %(quarter)d/%(year)d") % {"quarter": number, "year": year}


def offered() -> dict[str, Period]:
    """By key, newest first: each year, then its quarters that have begun."""
    today = timezone.localdate()
    found: dict[str, Period] = {}
    for number in range(today.year, today.year - YEARS, -1):
        quarters = [quarter(number, which) for which in (4, 3, 2, 1)]
        for period in (year(number), *quarters):
            if period.start <= today:
                found[period.key] = period
    return found
