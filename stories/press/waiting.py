"""Long poll: an empty page of the feed is held until the ledger moves on, or the time is over.

Who waits occupies a thread of the server. So a request is held only by a server that has several
threads a process (`wsgi.multithread`), on one of few seats: `PRESS_WAITING` in this process, of
which one client gets two at most. For whom there is no seat the answer comes at once, empty, with
`Retry-After`. Nobody holds a connection to the database while waiting, and however many wait, the
process asks for the ledger's head once a tick.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.http import HttpRequest

from stories.press.early import selectors as early
from stories.press.early.positions import Position
from stories.press.selectors import FeedPage

LONGEST = 15  # seconds; what stands before us must let a request live longer than that
TICK = 0.5
EACH = 2  # seats of one client: the old system and the new one, while it changes over
COME_AGAIN = 5  # seconds, for whom there was no seat


class Seats:
    """Of this process. Django reads the setting when a seat is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: Counter[int] = Counter()

    @contextmanager
    def taken(self, client_id: int) -> Iterator[bool]:
        """Whether there was a seat; it is free again afterwards."""
        with self._lock:
            free = self._taken.total() < settings.PRESS_WAITING and self._taken[client_id] < EACH
            if free:
                self._taken[client_id] += 1
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._taken[client_id] -= 1


class Watch:
    """The ledger's head, asked for at most once a tick for all who wait in this process.

    A release of this very process wakes them at once. `clock` and `pause` are replaced in tests.
    """

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._reading = threading.Lock()
        self._head, self._read_at = Position(0), float("-inf")
        self.clock: Callable[[], float] = time.monotonic
        self.pause: Callable[[float], object] = self._pause

    def head(self) -> Position:
        """The ends of the ledger and of what is sent early, at most one tick old."""
        with self._reading:
            if self.clock() - self._read_at >= TICK:
                self._head = early.ends()
                self._read_at = self.clock()
            return self._head

    def moved(self, **kwargs: object) -> None:
        """A release is committed."""
        with self._moved:
            self._read_at = float("-inf")
            self._moved.notify_all()

    def _pause(self, seconds: float) -> None:
        with self._moved:
            self._moved.wait(seconds)


seats, watch = Seats(), Watch()


def hold(
    request: HttpRequest,
    client_id: int,
    page: FeedPage,
    *,
    seconds: int,
    read: Callable[[int], FeedPage],
) -> tuple[FeedPage, int | None]:
    """The page that comes instead of this empty one, and how many seconds to stay away, if any.

    `read(after)` gives the page after a ledger number; it may end empty as well.
    """
    if not request.META.get("wsgi.multithread"):
        return page, COME_AGAIN
    with seats.taken(client_id) as seated:
        if not seated:
            return page, COME_AGAIN
        return _next_page(page, until=watch.clock() + seconds, read=read), None


def _next_page(page: FeedPage, *, until: float, read: Callable[[int], FeedPage]) -> FeedPage:
    seen = page.reached
    while (left := until - watch.clock()) > 0:
        _let_go()
        watch.pause(min(TICK, left))
        head = watch.head()  # before the page: what comes between the two is seen next time
        if _is_beyond(head, seen):
            page = read(page.reached)
            seen = head if isinstance(seen, Position) else int(head)
            if page.rows:
                break
    return page


def _is_beyond(head: Position, seen: int) -> bool:
    """What is sent early moves only those who read it too."""
    return head > seen or (isinstance(seen, Position) and head.early > seen.early)


def _let_go() -> None:
    """Give the connection back; the next query opens another."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
