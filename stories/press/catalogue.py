"""The catalogue behind the filters of lists and feed: reads the ledger, answers conditions.

Filters are those of the archive: several values of one facet mean any of them, several facets
mean all of them; a unit's stories are found under every unit of its `UnitTree.keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from stories.press import facts, terms
from stories.press.models import CatalogueEntry, CatalogueFact, CatalogueOffset
from stories.releases import selectors as releases
from stories.releases.models import Release
from stories.releases.payload import PURGED

BATCH = 500
MAX_BATCHES = 20  # what one request may wait for
TYPES = terms.TYPES
PUBLIC = Release.PUBLIC


class NotReady(Exception):
    """The ledger is further ahead than one request may wait for; ask again in a moment."""


def entries(item_type: str, filters: Mapping[str, Iterable[object]]) -> QuerySet[CatalogueEntry]:
    """The entries of this type that pass the filters (facet → values).

    A scan of short rows with `instr`, no index a term: at 100,000 stories some tens of
    milliseconds, a tenth of the space, and one row to write for each release.
    """
    found = CatalogueEntry.objects.filter(type=item_type)
    return found.filter(facts.having(filters.items(), terms.term))


def ensure_current(head: int) -> None:
    """Read the ledger up to `head`. Raises NotReady when that would take too long."""
    for _ in range(MAX_BATCHES):
        if offset() >= head:
            return
        catch_up()
    if offset() < head:
        raise NotReady


def offset() -> int:
    """The last ledger number that the catalogue has seen."""
    return CatalogueOffset.objects.values_list("seq", flat=True).first() or 0


def catch_up() -> int:
    """Read at most one batch of the ledger; how many releases it was. One writer at a time."""
    CatalogueOffset.objects.get_or_create(pk=1)
    with transaction.atomic():
        state = CatalogueOffset.objects.select_for_update().get(pk=1)
        batch = releases.after(state.seq, BATCH)
        if not batch:
            return 0
        newest = {r.item_id: r for r in batch}
        gone = [item for item, release in newest.items() if release.kind not in PUBLIC]
        CatalogueEntry.objects.filter(item__in=gone).delete()
        public = [r for r in batch if r.kind in PUBLIC and r.payload != PURGED]
        payloads = {r.seq: r.data for r in public}
        units = terms.unit_keys(p for p in payloads.values() if p["type"] in TYPES)
        facts.learn(payloads, units)
        # Where a later release follows, it is read then.
        data = [payloads[r.seq] for r in public if r.item.current_id == r.seq]
        CatalogueEntry.objects.bulk_create(
            [
                CatalogueEntry(
                    item_id=payload["uuid"],
                    type=payload["type"],
                    date=payload["date"],
                    terms=_line(payload, units),
                )
                for payload in data
                if payload["type"] in TYPES
            ],
            update_conflicts=True,
            unique_fields=["item"],
            update_fields=["date", "terms"],
        )
        state.seq = batch[-1].seq
        state.save(update_fields=["seq"])
    return len(batch)


def rebuild() -> None:
    """Forget everything and read the ledger from its start (after a change of the units)."""
    with transaction.atomic():
        CatalogueEntry.objects.all().delete()
        CatalogueFact.objects.all().delete()
        CatalogueOffset.objects.all().delete()
    while catch_up():
        pass


def _line(payload: dict, units: Mapping[str, Iterable[str]]) -> str:
    return terms.line(terms.term(*pair) for pair in terms.pairs(payload, units))
