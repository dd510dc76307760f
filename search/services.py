"""Searching the archive: the engine finds, the ledger answers.

Whatever the index holds, only what is public at this moment is shown, as it was last released.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search import curation
from search.answering import answered
from search.engines.base import FacetValue, Hit
from search.highlight import FRAGMENT
from search.query import ArchiveQuery
from stories.pages.models import Content, TargetGroup
from stories.pages.models.choices import ExemplarKind
from stories.releases.models import Item
from stories.units.models import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """One story or exemplar. `url` is relative to the site, `unit` its unit's name at the time.

    `highlight` and `title_html` are safe HTML. `picture` is the ledger's, or None.
    """

    uuid: str
    type: str
    source_id: str | None
    title: str
    title_html: SafeString
    lead: str
    url: str
    unit: str
    date: dt.date
    highlight: SafeString
    picture: dict | None
    promoted: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A facet's value with its name for people."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results. `count` is of all of them."""

    count: int = 0
    items: list[Found] = field(default_factory=list)
    facets: dict[str, list[Value]] = field(default_factory=dict)
    suggestion: str | None = None
    next: str | None = None


def search(query: ArchiveQuery) -> Page:
    """Answer a question. Six queries to the database, however much is found.

    Raises QueryError for a cursor of another query, EngineError where the index cannot be read.
    """
    known = curation.current()
    results = answered(lambda engine: engine.search(query, known.thesaurus))
    first = known.first(query)
    hits = [hit for hit in results.hits if hit.uuid not in first]
    items = _hydrated(hits, () if query.cursor else first)
    return Page(
        count=max(results.count, len(items)),
        items=items,
        facets=_labelled(results.facets),
        suggestion=results.suggestion,
        next=results.next,
    )


def _hydrated(hits: Iterable[Hit], first: Iterable[str] = ()) -> list[Found]:
    """The public ones of what the engine found, after those that are `first` whatever it found."""
    promoted = {uuid: Hit(uuid, -1) for uuid in first}
    by_uuid = promoted | {hit.uuid: hit for hit in hits}
    items = {str(item.uuid): item for item in Item.objects.public().filter(uuid__in=by_uuid)}
    return [
        _found(items[uuid], hit, promoted=uuid in promoted)
        for uuid, hit in by_uuid.items()
        if uuid in items
    ]


def _found(item: Item, hit: Hit, *, promoted: bool) -> Found:
    data = item.current.data
    title, lead = data["title"], data.get("lead") or ""
    current = hit.seq == item.current_id
    # A fragment of an older version may say what a correction took back.
    highlight = hit.highlight if current else escape(lead[:FRAGMENT])
    wanted = data.get("lead_picture")
    return Found(
        uuid=str(item.uuid),
        type=item.type,
        source_id=item.source_id,
        title=title,
        title_html=mark_safe(hit.title if current else escape(title)),
        lead=lead,
        url=item.path,
        unit=(data.get("unit") or {}).get("name", ""),
        date=item.date,
        highlight=mark_safe(highlight),
        picture=next((p for p in data.get("pictures", []) if p["uuid"] == wanted), None),
        promoted=promoted,
    )


def _labelled(facets: dict[str, tuple[FacetValue, ...]]) -> dict[str, list[Value]]:
    codes = [value.value for value in facets.get("unit", ())]
    labels = {
        "unit": {unit.code: str(unit) for unit in Unit.objects.filter(code__in=codes)},
        "group": dict(TargetGroup.objects.values_list("code", "name")),
        "content": dict(Content.objects.values_list("code", "name")),
        "kind": {value: str(label) for value, label in ExemplarKind.choices},
        "column": {"phu-nu-dat-to": _("Phụ nữ Đất Tổ"), "dien-hinh": _("Điển hình")},
    }
    return {
        name: [
            Value(found.value, labels.get(name, {}).get(found.value, found.value), found.count)
            for found in values
        ]
        for name, values in facets.items()
    }
