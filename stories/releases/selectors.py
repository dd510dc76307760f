"""Reads of the ledger for those who follow it."""

from __future__ import annotations

from collections.abc import Iterable

from stories.releases.models import LedgerHead, Release


def head() -> int:
    """`seq` of the newest release; 0 for an empty ledger."""
    return LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def after(seq: int, limit: int, *, types: Iterable[str] | None = None) -> list[Release]:
    """Up to `limit` releases after `seq`, ascending, with their items."""
    found = Release.objects.filter(seq__gt=seq).select_related("item")
    if types is not None:
        found = found.filter(item__type__in=list(types))
    return list(found.order_by("seq")[:limit])
