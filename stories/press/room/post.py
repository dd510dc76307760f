"""Sending mails one by one over one connection, and what became of each.

Whoever sends takes its rows in hand first, in a transaction of its own, and sends with none open.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from accounts import retrying
from accounts.posting import post

LEASE = timedelta(minutes=10)  # longer than one mail can take (EMAIL_TIMEOUT)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=6)
MOST_ATTEMPTS = 15  # about three days

logger = logging.getLogger(__name__)


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    NEVER = "never"


@dataclass(slots=True)
class Post:
    """`error` is of the last mail. When the server is down, `is_down`: no more is worth trying."""

    sent: int = 0
    failed: int = 0
    is_down: bool = False
    error: str = ""
    connection: object = field(default_factory=get_connection)

    def send(self, compose: Callable[[], EmailMessage]) -> Outcome:
        failure = post(self.connection, compose)
        if failure is None:
            self.sent += 1
            self.error = ""
            return Outcome.SENT
        self.failed += 1
        self.is_down |= failure.is_down
        self.error = failure.told()
        logger.error("Không gửi được thư cho người của báo chí: %s", self.error)
        return Outcome.NEVER if failure.is_final else Outcome.LATER

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()


def later(attempts: int) -> datetime:
    """When what failed that often may be tried again."""
    wait = retrying.pause(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    return timezone.now() + wait
