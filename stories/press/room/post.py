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
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from accounts import retrying

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
        try:
            message = compose()
            message.connection = self.connection
            self.connection.open()
            message.send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            return self._failed(error, for_good=min(codes, default=500) >= 500)
        except OSError as error:  # SMTP's own exceptions are OSErrors
            self.is_down = True
            return self._failed(error, for_good=False)
        except Exception as error:  # noqa: BLE001 - one bad mail must not keep back the others
            return self._failed(error, for_good=isinstance(error, ValueError))
        self.sent += 1
        self.error = ""
        return Outcome.SENT

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()

    def _failed(self, error: Exception, *, for_good: bool) -> Outcome:
        self.failed += 1
        self.error = (str(error) or type(error).__name__)[:300]
        logger.error("Không gửi được thư cho người của báo chí: %s", self.error)
        return Outcome.NEVER if for_good else Outcome.LATER


def later(attempts: int) -> datetime:
    """When what failed that often may be tried again."""
    wait = retrying.pause(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    return timezone.now() + wait
