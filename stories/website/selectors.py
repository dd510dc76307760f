"""Reads for the public pages. Everything starts at `Item.objects.public()`.

Each function says how many queries it makes; the number never grows with the rows.
"""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.cache import caches
from django.db.models import Count, Exists, Q
from django.utils import timezone

from stories.pages.models import Content, TargetGroup
from stories.releases.models import Item, LedgerHead, Mention, Release
from stories.units.models import Unit
from stories.units.selectors import in_alphabet
from stories.website import presenters
from stories.website.presenters import Card, Payload

FIRST_YEAR, LAST_YEAR = 1900, 9999  # what a year in an address may be
NEWEST_FIRST = ("-date", "-first_released_at", "-uuid")
OLDEST_FIRST = ("date", "first_released_at", "uuid")


class Gone(Exception):
    """The item was public and was taken down. `payload` is the notice: nothing of the old text."""

    def __init__(self, payload: Payload) -> None:
        super().__init__(payload["uuid"])
        self.payload = payload


@dataclass(frozen=True)
class Listing:
    """One page of a list. `newer` and `older` are the uuids to go on from, or None at the ends."""

    payloads: list[dict[str, Any]] = field(default_factory=list)
    newer: str | None = None
    older: str | None = None

    @property
    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """Oldest and newest day that this page speaks for; None where it has no bound."""
        if not self.payloads:
            return None, None
        oldest = dt.date.fromisoformat(self.payloads[-1]["date"]) if self.older else None
        newest = dt.date.fromisoformat(self.payloads[0]["date"]) if self.newer else None
        return oldest, newest


def by_path(path: str) -> Item | None:
    """The item ever released at this address, withdrawn ones too (one query)."""
    return Item.objects.select_related("current").at(path).first()


def public_payload(item: Item | None) -> dict[str, Any]:
    """Raises Gone for what was taken down, Item.DoesNotExist for what never was public."""
    if item is None or item.current is None:
        raise Item.DoesNotExist
    if not item.is_public:
        raise Gone(item.current.data)
    return item.current.data


def listing(
    items,
    *,
    size: int,
    before: Item | None = None,
    after: Item | None = None,
) -> Listing:
    """A page of `items` (a queryset from `public()`), newest first (one query).

    `before`: go on below that item, to older ones; `after`: go back above it. Keyset paging: as
    fast at the end of the archive as at its start, and nothing shifts when a story is added.
    """
    anchor = before or after
    if anchor is not None:
        items = items.filter(_beyond(anchor, "lt" if before else "gt"))
    rows = list(items.order_by(*(OLDEST_FIRST if after else NEWEST_FIRST))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if after:
        rows.reverse()
    if not rows:
        return Listing()
    has_newer = more if after else before is not None
    has_older = True if after else more
    return Listing(
        payloads=[row.current.data for row in rows],
        newer=str(rows[0].uuid) if has_newer else None,
        older=str(rows[-1].uuid) if has_older else None,
    )


def _beyond(anchor: Item, side: Literal["lt", "gt"]) -> Q:
    """Strictly below ("lt") or above the anchor; the first condition lets the index start there."""
    same_day = Q(date=anchor.date)
    same_moment = same_day & Q(first_released_at=anchor.first_released_at)
    return Q(**{f"date__{side}e": anchor.date}) & (
        Q(**{f"date__{side}": anchor.date})
        | (same_day & Q(**{f"first_released_at__{side}": anchor.first_released_at}))
        | (same_moment & Q(**{f"uuid__{side}": anchor.uuid}))
    )


def anchor(ident: str, kind: str) -> Item | None:
    """The item that a paging link starts from (one query); withdrawn ones still mark a place."""
    try:
        key = uuid.UUID(ident)
    except ValueError:
        return None
    return Item.objects.filter(uuid=key, type=kind, first_released_at__isnull=False).first()


def public_uuids(idents: Iterable[str]) -> set[str]:
    """Those of the uuids that are public today (one query, none for nothing)."""
    rows = Item.objects.public().filter(uuid__in=set(idents)).values_list("uuid", flat=True)
    return {str(row) for row in rows}


def cards(*lists: Iterable[Payload]) -> list[list[Card]]:
    """Cards for lists of payloads, with those lead pictures that are still public (one query)."""
    kept = [list(payloads) for payloads in lists]
    wanted = {presenters.lead_picture_uuid(payload) for payloads in kept for payload in payloads}
    public = public_uuids(ident for ident in wanted if ident)
    return [presenters.cards(payloads, public) for payloads in kept]


def stories_in_year(year: int | None):
    stories = Item.objects.public().stories()
    if year is None:
        return stories
    return stories.filter(date__gte=dt.date(year, 1, 1), date__lte=dt.date(year, 12, 31))


def stories_between(first: dt.date, last: dt.date):
    return Item.objects.public().stories().filter(date__gte=first, date__lte=last)


def stories_around(first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The days of the nearest public stories before and after these (two queries)."""
    days = Item.objects.public().stories().values_list("date", flat=True)
    return (
        days.filter(date__lt=first).order_by("-date").first(),
        days.filter(date__gt=last).order_by("date").first(),
    )


def months(year: int) -> list[int]:
    """The months of that year that have public stories, the last first (one query).

    Twelve looks into the index, so that it costs the same for ten stories and for a million.
    """
    spans = {}
    for month in range(12, 0, -1):
        first = dt.date(year, month, 1)
        spans[month] = first, first.replace(day=calendar.monthrange(year, month)[1])
    return _with_stories(spans)


def years_with_stories() -> list[int]:
    """As `years`, without those that have none (two queries)."""
    return _with_stories({year: (dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years()})


def _with_stories(spans: dict[int, tuple[dt.date, dt.date]]) -> list[int]:
    """Of these spans (first and last day) those that have public stories (one query, or none)."""
    looks = {
        f"span_{key}": Exists(stories_between(*days).select_related(None))
        for key, days in spans.items()
    }
    row = LedgerHead.objects.annotate(**looks).values(*looks).first() if looks else None
    return [key for key in spans if row and row[f"span_{key}"]]


def tally() -> dict[str, int]:
    """How many stories and exemplars are public: at most ten minutes old (one query, mostly none).

    Counting walks through an index, and the front page is made anew each minute.
    """
    key = "website:tally"
    found = caches["default"].get(key)
    if found is None:
        counted = dict(Item.objects.public().values_list("type").annotate(Count("pk")))
        found = {
            "stories": counted.get(Item.Type.STORY, 0),
            "exemplars": counted.get(Item.Type.EXEMPLAR, 0),
        }
        caches["default"].set(key, found, 600)
    return found


def years() -> list[int]:
    """From this year back to that of the oldest public story, none left out (one query)."""
    stories = Item.objects.public().stories()
    oldest = stories.order_by("date").values_list("date", flat=True).first()
    return list(range(timezone.localdate().year, oldest.year - 1, -1)) if oldest else []


def exemplars_like(kind: str, group: str):
    """Public exemplars of that kind and group ("" for any).

    Payloads are canonical JSON (compact, sorted keys, quotes inside texts escaped), so this
    substring can be nothing but the field itself.
    """
    items = Item.objects.public().exemplars()
    for key, code in (("exemplar_kind", kind), ("group", group)):
        if code:
            items = items.filter(current__payload__contains=f'"{key}":{{"code":"{code}",')
    return items


def told_in(story: Payload) -> list[dict[str, Any]]:
    """Payloads of the exemplars that the story tells about and that are public, in its order."""
    idents = [one["uuid"] for one in story.get("exemplars") or []]
    rows = Item.objects.public().exemplars().filter(uuid__in=idents)
    found = {str(row.uuid): row.current.data for row in rows}
    return [found[ident] for ident in idents if ident in found]


def stories_of(idents: Iterable[str]) -> list[dict[str, Any]]:
    """Payloads of those that are public stories, in the given order (one query, none for none)."""
    return of(idents, Item.objects.public().stories())


def of(idents: Iterable[str], items=None) -> list[dict[str, Any]]:
    """Payloads of those that are public, in the given order (one query, none for none)."""
    wanted = list(idents)
    rows = (Item.objects.public() if items is None else items).filter(uuid__in=wanted)
    found = {str(row.uuid): row.current.data for row in rows} if wanted else {}
    return [found[ident] for ident in wanted if ident in found]


def released(item: Item) -> list[dict[str, Any]]:
    """Payloads of the item's public releases, oldest first (one query)."""
    rows = Release.objects.filter(item=item, kind__in=Release.PUBLIC).order_by("seq")
    return [row.data for row in rows]


def stories_about(ident: str, limit: int) -> list[dict[str, Any]]:
    """Payloads of the newest public stories that tell about the exemplar or show the picture.

    Two queries, so that no database is tempted to walk through all stories for a join.
    """
    told = list(Mention.objects.filter(target=ident).values_list("story", flat=True))
    rows = Item.objects.public().stories().filter(uuid__in=told)
    return [row.current.data for row in rows.order_by(*NEWEST_FIRST)[:limit]]


@dataclass(frozen=True)
class Places:
    """Units to browse by: `{"code", "name", "short", "slug"}`, in the alphabet's order."""

    districts: list[dict[str, str]]
    communes: list[dict[str, str]]


def places() -> Places:
    """The former districts and today's communes (one query)."""
    former = Q(level=Unit.Level.DISTRICT)
    today = Q(level=Unit.Level.COMMUNE, pk__in=Unit.objects.active().values("pk"))
    rows = Unit.objects.filter(former | today).values("code", "name", "short", "level", "slug")
    ordered = sorted(rows, key=lambda row: (in_alphabet(row["short"]), row["code"]))
    return Places(
        districts=[row for row in ordered if row["level"] == Unit.Level.DISTRICT],
        communes=[row for row in ordered if row["level"] == Unit.Level.COMMUNE],
    )


def heirs() -> dict[str, set[str]]:
    """Code of a former district -> codes of the units that came after it (one query)."""
    through = Unit.successors.through.objects.filter(from_unit__level=Unit.Level.DISTRICT)
    found: dict[str, set[str]] = {}
    for old, new in through.values_list("from_unit__code", "to_unit__code"):
        found.setdefault(old, set()).add(new)
    return found


def unit(slug: str) -> tuple[Unit, list[Unit], list[Unit]] | None:
    """A unit, those that it came from, and those that came after it (three queries)."""
    found = Unit.objects.filter(slug=slug).first()
    if found is None:
        return None
    order = ("name", "code")
    return (
        found,
        list(found.predecessors.order_by(*order)),
        list(found.successors.order_by(*order)),
    )


def groups() -> list[dict[str, Any]]:
    """Target groups in the plan's order, retired ones (`is_active` False) too (one query)."""
    return list(TargetGroup.objects.values("code", "name", "description", "is_active"))


def contents() -> list[dict[str, Any]]:
    """Contents of the movement in use, in the plan's order (one query)."""
    return [one for one in contents_all() if one["is_active"]]


def contents_all() -> list[dict[str, Any]]:
    """Contents of all movements, retired ones too (one query)."""
    return list(Content.objects.values("code", "name", "description", "is_active"))
