"""Counting what is asked, without a trace of who asks.

Counts are gathered in the process and written now and then, so that a search never waits for the
disk; a process that is killed loses the last seconds of them. What looks like a phone number, an
identity number or an address of e-mail is never counted, and what was asked once or twice in a week
is forgotten: it could point to somebody.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from search.models import AskedDay
from search.models.curation import asked_words

logger = logging.getLogger(__name__)
EVERY: Final = 30.0  # seconds
MOST_GATHERED: Final = 500
LONGEST: Final = 100
RARE: Final = 3
RARE_KEPT: Final = dt.timedelta(days=7)
KEPT: Final = dt.timedelta(days=400)
_PRIVATE: Final = re.compile(r"@|\d[\d .\-]{6,}\d")
STORY_PATHS: Final = ("/phu-nu-dat-to/", "/dien-hinh/")

Key = tuple[dt.date, str]


class Tally:
    """What this process has not written yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.times: Counter[Key] = Counter()
        self.nothing: Counter[Key] = Counter()
        self.followed: Counter[Key] = Counter()
        self.written = clock()
        self.tidied: dt.date | None = None

    def asked(self, q: str, *, found: bool) -> None:
        key = _key(q)
        if key is None:
            return
        with self.lock:
            self.times[key] += 1
            self.nothing[key] += not found
        self._write_when_due()

    def led_on(self, q: str) -> None:
        key = _key(q)
        if key is None:
            return
        with self.lock:
            self.followed[key] += 1
        self._write_when_due()

    def _write_when_due(self) -> None:
        due = self.clock() - self.written > EVERY or len(self.times) > MOST_GATHERED
        if due:
            self.write()

    def write(self) -> None:
        """Add what was gathered to the days' counts; kept for the next time where that fails."""
        with self.lock:
            gathered = self.times, self.nothing, self.followed
            self.times, self.nothing, self.followed = Counter(), Counter(), Counter()
            self.written = self.clock()
        try:
            with transaction.atomic():
                for key in sorted(gathered[0].keys() | gathered[2].keys()):
                    _add(key, *(counter[key] for counter in gathered))
                self._tidy_daily()
        except DatabaseError:
            logger.warning("Counts of searches not written yet", exc_info=True)
            with self.lock:
                self.times += gathered[0]
                self.nothing += gathered[1]
                self.followed += gathered[2]

    def _tidy_daily(self) -> None:
        today = timezone.localdate()
        if self.tidied != today:
            forget(today)
            self.tidied = today


tally = Tally()


def _key(q: str) -> Key | None:
    if _PRIVATE.search(q):
        return None
    words = asked_words(q)[:LONGEST]
    return (timezone.localdate(), words) if words else None


def _add(key: Key, times: int, nothing: int, followed: int) -> None:
    day, words = key
    row, _created = AskedDay.objects.get_or_create(day=day, words=words)
    AskedDay.objects.filter(pk=row.pk).update(
        times=F("times") + times,
        found_nothing=F("found_nothing") + nothing,
        followed=F("followed") + followed,
    )


def forget(today: dt.date | None = None) -> int:
    """Delete what was rare a week ago, and all that is old. Returns how many rows went."""
    today = today or timezone.localdate()
    old, _of = AskedDay.objects.filter(day__lt=today - KEPT).delete()
    past = AskedDay.objects.filter(day__lt=today - RARE_KEPT)
    usual = (
        AskedDay.objects.values("words").annotate(sum=Sum("times")).filter(sum__gte=RARE)
    ).values("words")
    rare, _of = past.exclude(words__in=usual).delete()
    return old + rare


def watch_followed(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware: a story opened from a list of results. The browser's own referrer tells."""

    def middleware(request: HttpRequest) -> HttpResponse:
        came_from = request.META.get("HTTP_REFERER", "")
        if "/luu-tru/?" in came_from and request.path.startswith(STORY_PATHS):
            _count(request, came_from)
        return get_response(request)

    return middleware


def _count(request: HttpRequest, came_from: str) -> None:
    try:
        address = urlsplit(came_from[:2000])
        if address.netloc == request.get_host() and address.path == "/luu-tru/":
            for q in parse_qs(address.query).get("q", [])[:1]:
                tally.led_on(q)
    except ValueError:
        return
