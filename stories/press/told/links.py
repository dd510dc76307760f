"""The link in a mail by which a client confirms without a key: signed, good for sixty days.

Whoever has it can say for that client that it has heard; it shows numbers and dates, no text.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from stories.press.models import PressClient

GOOD_FOR = timedelta(days=60)
_signer = TimestampSigner(sep=".", salt="stories.press.told")


def path(client: PressClient) -> str:
    return reverse("press_confirm", args=[_signer.sign(str(client.pk))])


def read(token: str) -> PressClient | None:
    """The client of a token that holds, else None."""
    try:
        pk = _signer.unsign(token, max_age=GOOD_FOR)
    except BadSignature:
        return None
    return PressClient.objects.filter(pk=pk).first()
