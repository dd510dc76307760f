"""The catalogue behind the filters of the public lists: reads the ledger, answers conditions.

Filters are those of the archive: several values of one facet mean any of them, several facets
mean all of them; a unit's stories are found under every unit of its `UnitTree.keys`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from stories.press.models import CatalogueEntry, CatalogueOffset
from stories.releases import selectors as releases
from stories.releases.models import Release
from stories.units.selectors import UnitTree

BATCH = 500
MAX_BATCHES = 20  # what one request may wait for
TYPES = ("story", "exemplar")
PUBLIC = Release.PUBLIC


class NotReady(Exception):
    """The ledger is further ahead than one request may wait for; ask again in a moment."""


def entries(item_type: str, filters: Mapping[str, Iterable[object]]) -> QuerySet[CatalogueEntry]:
    """The entries of this type that pass the filters (facet → values).

    A scan of short rows with `instr`, no index a term: at 100,000 stories some tens of
    milliseconds, a tenth of the space, and one row to write for each release.
    """
    found = CatalogueEntry.objects.filter(type=item_type)
    for facet, values in filters.items():
        any_of = Q()
        for value in values:
            any_of |= Q(GreaterThan(StrIndex("terms", Value(f" {_term(facet, value)} ")), 0))
        found = found.filter(any_of)
    return found


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
        # Where a later release follows, it is read then; the content of this one may be purged.
        current = [r for r in newest.values() if r.item.current_id == r.seq]
        data = [r.data for r in current if r.kind in PUBLIC]
        units = _unit_keys(payload for payload in data if payload["type"] in TYPES)
        CatalogueEntry.objects.bulk_create(
            [
                CatalogueEntry(
                    item_id=payload["uuid"],
                    type=payload["type"],
                    date=payload["date"],
                    terms=terms(payload, units),
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
        CatalogueOffset.objects.all().delete()
    while catch_up():
        pass


def terms(payload: dict, units: Mapping[str, Iterable[str]]) -> str:
    """The entry's words, each between spaces; `units` gives the search keys of a unit's code."""
    unit = payload.get("unit")
    pairs = [("unit", code) for code in units.get(unit["code"], [unit["code"]])] if unit else []
    for name, field in (("group", "group"), ("kind", "exemplar_kind")):
        if payload.get(field):
            pairs.append((name, payload[field]["code"]))
    pairs += [("content", content["code"]) for content in payload.get("contents", ())]
    pairs += [("tag", tag) for tag in payload.get("tags", ())]
    pairs.append(("year", payload["date"][:4]))
    return f" {' '.join(_term(facet, value) for facet, value in pairs)} "


def _term(facet: str, value: object) -> str:
    """One word: tags are compared without case, their spaces written as underscores."""
    text = unicodedata.normalize("NFC", str(value)).casefold()
    return f"{facet}:{'_'.join(text.split())}"


def _unit_keys(payloads: Iterable[dict]) -> dict[str, list[str]]:
    """Code → search keys for the units of these payloads (two queries for the whole tree)."""
    codes = {payload["unit"]["code"] for payload in payloads if payload.get("unit")}
    if not codes:
        return {}
    tree = UnitTree.load()
    return {unit.code: tree.keys(unit) for unit in tree.units.values() if unit.code in codes}
