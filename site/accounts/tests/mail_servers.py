"""Mail servers as they are on a bad day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPRecipientsRefused

from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Good

from accounts.notices import delivery


class Down(BaseEmailBackend):
    """Nobody listens."""

    calls = 0

    def open(self):
        Down.calls += 1
        raise ConnectionRefusedError("Connection refused")

    def send_messages(self, messages):
        raise AssertionError("sent without a connection")


class Particular(Good):
    """Refuses some addresses for good ("khongco@…") or for now ("day@…"); "hong@…" breaks it."""

    def send_messages(self, messages):
        for message in messages:
            (address,) = message.to
            code = {"khongco": 550, "day": 452}.get(address.partition("@")[0])
            if code:
                raise SMTPRecipientsRefused({address: (code, b"no")})
            if address.startswith("hong@"):
                raise RuntimeError("hỏng")
        return super().send_messages(messages)


@contextmanager
def mail_server(settings, backend: type[BaseEmailBackend]) -> Iterator[None]:
    """This one for a while; then a good one, and no memory of the bad one."""
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__qualname__}"
    Down.calls = 0
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = good
        cache.delete(delivery.DOWN)


def mail_server_down(settings):
    return mail_server(settings, Down)
