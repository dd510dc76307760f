"""What a stored page shows of the ledger, and whether a later release touched it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from stories.releases.models import Mention, Release
from stories.releases.prepared import Prepared
from stories.website import presenters
from stories.website.presenters import Payload


@dataclass(frozen=True)
class Watch:
    """What a stored page shows: releases of these uuids, or of such items dated so, change it.

    `ranges`: (item type, first day or None, last day or None). `told_about`: a story that mentions
    this uuid changes it too, and so does one whose payload has one of `words`.
    """

    uuids: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, dt.date | None, dt.date | None], ...] = ()
    told_about: str | None = None
    words: tuple[str, ...] = ()


def shown(*payloads: Payload) -> frozenset[str]:
    """All uuids on a page: the items, and their pictures and exemplars, public or not."""
    found: set[str] = set()
    for payload in payloads:
        found.add(payload["uuid"])
        found.update(presenters.picture_uuids(payload))
        found.update(one["uuid"] for one in payload.get("exemplars") or [])
    return frozenset(found)


class Head(NamedTuple):
    """The newest release. Its item tells this ledger from another that counts the same numbers
    (a restored backup), so that no page stored for one is shown for the other; as the database
    writes it."""

    seq: int
    item: str


_HEAD = Prepared(lambda: Release.objects.order_by("-seq").values_list("seq", "item")[:1])


def head() -> Head:
    """(one query)"""
    row = _HEAD.first()
    return Head(row[0], str(row[1])) if row else Head(0, "")


def untouched(watch: Watch, since: Head) -> bool:
    """Whether nothing watched was released since, and this is the same ledger (one query)."""
    concerned = Q(item__in=watch.uuids)
    for kind, first, last in watch.ranges:
        within = Q(item__type=kind)
        if first is not None:
            within &= Q(item__date__gte=first)
        if last is not None:
            within &= Q(item__date__lte=last)
        concerned |= within
    if watch.told_about:
        mentions = Mention.objects.filter(target=watch.told_about)
        concerned |= Q(item__in=mentions.values("story"))
    for word in watch.words:
        concerned |= Q(payload__contains=word)
    marks = Q(seq=since.seq, item=since.item or None) | (Q(seq__gt=since.seq) & concerned)
    rows = Release.objects.filter(marks, seq__gte=since.seq).order_by("seq")
    return list(rows.values_list("seq", flat=True)[:2]) == [since.seq]
