"""Reads of what was sent before its time."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from stories.releases.models import Advance


def last_versions(items: Iterable[UUID]) -> dict[UUID, int]:
    """The last version sent early of those that ever were: the ledger goes on from it."""
    found = Advance.objects.filter(item__in=list(items)).order_by()
    return dict(found.values("item").annotate(last=Max("version")).values_list("item", "last"))


def head() -> int:
    """`seq` of the newest; 0 before the first."""
    return Advance.objects.aggregate(last=Max("seq"))["last"] or 0


def newest(item: UUID) -> Advance | None:
    """What was said last of this item, in the ledger or not."""
    return Advance.objects.filter(item=item).order_by("-seq").first()


def after(seq: int, limit: int) -> list[Advance]:
    """Up to `limit` rows after `seq`, ascending, whatever became of them since."""
    return list(Advance.objects.filter(seq__gt=seq).order_by("seq")[:limit])
