"""One mail over a connection that may serve several, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a mail didn't go out; whether trying again is no use; whether no other will either."""

    error: Exception
    is_final: bool = False
    is_down: bool = False

    def told(self) -> str:
        return (str(self.error) or type(self.error).__name__)[:300]


def post(connection, compose: Callable[[], EmailMessage]) -> Failure | None:
    """Compose a mail and send it by this connection; None when the server took it."""
    try:
        message = compose()
        message.connection = connection
        connection.open()
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return Failure(error, is_final=min(codes, default=500) >= 500)
    except OSError as error:  # SMTP's own exceptions are OSErrors; the server is down for all
        return Failure(error, is_down=True)
    except Exception as error:  # noqa: BLE001 - one bad mail must not keep back the others
        return Failure(error, is_final=isinstance(error, ValueError))
    return None
