"""Searching the archive: the engine finds, the ledger answers.

Whatever the index holds, only what is public at this moment is shown, as it was last released.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search import completing, curation, reader
from search.answering import answered
from search.engines.base import Completion, Engine, FacetValue, Hit
from search.highlight import FRAGMENT
from search.query import ArchiveQuery, QueryError
from stories.pages.models import Content, TargetGroup
from stories.pages.models.choices import ExemplarKind
from stories.releases.models import Item
from stories.releases.prepared import Utf8
from stories.units import selectors as units
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
    """A facet's value with its name for people. `parent` is the code of the unit above, if any."""

    value: str
    label: str
    count: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results. `count` is of all of them."""

    count: int = 0
    items: list[Found] = field(default_factory=list)
    facets: dict[str, list[Value]] = field(default_factory=dict)
    suggestion: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """How a question may go on. `kind` is title, person, unit or tag; `url` relative to the site.

    A title leads to the story itself, everything else to the archive.
    """

    kind: str
    label: str
    url: str


def search(query: ArchiveQuery) -> Page:
    """Answer a question. Six queries to the database, however much is found.

    Raises QueryError for a cursor of another query, and where nothing is found for a unit, group or
    content that does not exist; EngineError where the index cannot be read.
    """
    known = curation.current()
    results = answered(lambda engine: engine.search(query, known.thesaurus))
    if not results.count:
        _refuse_unknown_codes(query)
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
    items = _public(by_uuid)
    return [
        _found(items[uuid], hit, promoted=uuid in promoted)
        for uuid, hit in by_uuid.items()
        if uuid in items
    ]


class _Entry(NamedTuple):
    """What is shown of a public item; `payload` is its current release's, as stored."""

    uuid: UUID
    type: str
    source_id: str | None
    path: str
    date: dt.date
    seq: int
    payload: bytes


def _public(uuids: Iterable[str]) -> dict[str, _Entry]:
    """Those of these that are public at this moment. One query; no models are made of its rows."""
    found = Item.objects.public().filter(uuid__in=uuids)
    columns = ("uuid", "type", "source_id", "path", "date", "current_id")
    rows = map(_Entry._make, found.values_list(*columns, Utf8("current__payload")))
    return {str(entry.uuid): entry for entry in rows}


def _found(entry: _Entry, hit: Hit, *, promoted: bool = False) -> Found:
    data = json.loads(entry.payload)
    title, lead = data["title"], data.get("lead") or ""
    current = hit.seq == entry.seq
    # A fragment of an older version may say what a correction took back.
    highlight = hit.highlight if current else escape(lead[:FRAGMENT])
    wanted = data.get("lead_picture")
    return Found(
        uuid=hit.uuid,
        type=entry.type,
        source_id=entry.source_id,
        title=title,
        title_html=mark_safe(hit.title if current else escape(title)),
        lead=lead,
        url=entry.path,
        unit=(data.get("unit") or {}).get("name", ""),
        date=entry.date,
        highlight=mark_safe(highlight),
        picture=next((p for p in data.get("pictures", []) if p["uuid"] == wanted), None),
        promoted=promoted,
    )


def complete(q: str, limit: int = 8) -> list[Offer]:
    """How what was typed may go on. At most four queries to the database.

    Titles are the ledger's; the other names are offered only by an index that is where the ledger
    is, since nothing but the index knows who has them. Raises EngineError.
    """
    start = completing.Start.of(q)
    if start is None:
        return []

    def ask(engine: Engine) -> tuple[tuple[Completion, ...], bool]:
        return engine.complete(q, limit), not reader.is_behind(engine)

    found, current = answered(ask)
    uuids = [one.value for one in found if one.kind == "title"]
    items = _public(uuids)
    codes = [one.value for one in found if one.kind == "unit"]
    named = units.labels(codes)
    offers = []
    for one in found:
        if one.kind == "title":
            item = items.get(one.value)
            if item is not None and completing.goes_on(
                start, title := json.loads(item.payload)["title"]
            ):
                offers.append(Offer("title", title, item.path))
        elif current:
            offers.append(_asking(one, named))
    return offers


def _asking(one: Completion, named: dict[str, tuple[str, str]]) -> Offer:
    name, label = "q", one.label
    if one.kind == "unit":
        name, label = "unit", named.get(one.value, (one.label, ""))[0]
    elif one.kind == "tag":
        name = "tag"
    return Offer(one.kind, label, f"/luu-tru/?{urlencode({name: one.value})}")


def similar(uuid: str, limit: int = 6) -> list[Found] | None:
    """Public entries like this one, the most alike first; None where it is not public itself.

    Two queries to the database. Raises EngineError.
    """
    uuids = answered(lambda engine: engine.similar(uuid, limit))
    entries = _public([uuid, *uuids])
    if uuid not in entries or entries[uuid].type not in reader.TYPES:
        return None
    # As hits of no version: the ledger's lead, nothing of what the index remembers.
    return [_found(entries[one], Hit(one, -1)) for one in uuids if one in entries and one != uuid]


def _refuse_unknown_codes(query: ArchiveQuery) -> None:
    tables = (
        ("unit", Unit, _("Không có đơn vị mang mã “%(code)s”.")),
        ("group", TargetGroup, _("Không có nhóm đối tượng mang mã “%(code)s”.")),
        ("content", Content, _("Không có nội dung thi đua mang mã “%(code)s”.")),
    )
    for name, model, message in tables:
        if wanted := set(getattr(query, name)):
            known = model.objects.filter(code__in=wanted).values_list("code", flat=True)
            if unknown := sorted(wanted.difference(known)):
                raise QueryError(name, "unknown_value", message % {"code": unknown[0]})


def _labelled(facets: dict[str, tuple[FacetValue, ...]]) -> dict[str, list[Value]]:
    named = units.labels(value.value for value in facets.get("unit", ()))
    labels = {
        "unit": {code: label for code, (label, _above) in named.items()},
        "group": dict(TargetGroup.objects.values_list("code", "name")),
        "content": dict(Content.objects.values_list("code", "name")),
        "kind": {value: str(label) for value, label in ExemplarKind.choices},
        "column": {"phu-nu-dat-to": _("Phụ nữ Đất Tổ"), "dien-hinh": _("Điển hình")},
    }
    return {
        name: [
            Value(
                found.value,
                labels.get(name, {}).get(found.value, found.value),
                found.count,
                named[found.value][1] if name == "unit" and found.value in named else "",
            )
            for found in values
        ]
        for name, values in facets.items()
    }
