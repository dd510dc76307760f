"""The link in a mail that stops the mails of its topics, without signing in. It doesn't run out:
the link of an old mail must work. Whoever has it can stop those mails, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from stories.press.models import PressTopic

_signer = Signer(sep=".", salt="stories.press.room.stopping")


def path(topics: Iterable[PressTopic]) -> str:
    numbers = "-".join(str(pk) for pk in sorted({topic.pk for topic in topics}))
    return reverse("press_topics_stop", args=[_signer.sign(numbers)])


def read(token: str) -> QuerySet[PressTopic] | None:
    """Those of its topics that are still there; None for a token that isn't ours."""
    try:
        numbers = _signer.unsign(token).split("-")
    except BadSignature:
        return None
    return PressTopic.objects.filter(pk__in=[int(pk) for pk in numbers])
