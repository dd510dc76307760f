"""From the ledger to `ItemUnit`: whose each item is. A reader like any other, with its offset."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from stories.press.models import ItemUnit, ItemUnitOffset
from stories.releases import selectors as releases
from stories.releases.models import Item, Release
from stories.units.models import Unit

BATCH = 500
MAX_BATCHES = 10  # what one request may wait for; the rounds read on


def catch_up(batches: int = MAX_BATCHES) -> None:
    for _ in range(batches):
        if offset() >= releases.head() or not _read():
            return


def offset() -> int:
    return ItemUnitOffset.objects.values_list("seq", flat=True).first() or 0


@transaction.atomic
def _read() -> int:
    """One batch; how many releases it was."""
    ItemUnitOffset.objects.get_or_create(pk=1)
    state = ItemUnitOffset.objects.select_for_update().get(pk=1)
    batch = releases.after(state.seq, BATCH)
    if not batch:
        return 0
    told = [one.data for one in batch if one.kind in Release.PUBLIC]
    codes = {data["unit"]["code"] for data in told if data.get("unit")}
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    own: dict[UUID, int] = {}
    shown: dict[UUID, int] = {}
    for data in told:
        unit = units.get((data.get("unit") or {}).get("code"))
        if unit is not None:
            own[UUID(data["uuid"])] = unit
            for picture in data.get("pictures", ()):
                shown.setdefault(UUID(picture["uuid"]), unit)
    _keep(own)
    _keep_first(shown)
    state.seq = batch[-1].seq
    state.save(update_fields=["seq"])
    return len(batch)


def _keep(units: dict[UUID, int]) -> None:
    ItemUnit.objects.bulk_create(
        _rows(units),
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["unit"],
    )


def _keep_first(units: dict[UUID, int]) -> None:
    known = set(Item.objects.filter(pk__in=units).values_list("pk", flat=True))
    rows = _rows({item: unit for item, unit in units.items() if item in known})
    ItemUnit.objects.bulk_create(rows, ignore_conflicts=True)


def _rows(units: dict[UUID, int]) -> Iterable[ItemUnit]:
    return [ItemUnit(item_id=item, unit_id=unit) for item, unit in units.items()]
