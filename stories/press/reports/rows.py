"""Lines of the reports with their titles, fetched for a page or a piece of an export at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from stories.press.models import PressClipping, PressDelivery
from stories.press.reports.places import Places
from stories.press.reports.summaries import UNIT
from stories.releases.models import Item

AT_ONCE = 500
TYPES = dict(Item.Type.choices)
CHANNELS = dict(PressDelivery.Channel.choices)


class Pulled(NamedTuple):
    """Named as the columns of the exported table, in their order."""

    client: str
    title: str
    type: str
    unit: str
    channel: str
    version: int
    first: datetime
    last: datetime
    times: int
    item: UUID


class Published(NamedTuple):
    client: str
    title: str
    type: str
    unit: str
    medium: str
    published_on: date
    place: str
    url: str
    source_credit: str
    picture_credit: str
    presence: str
    item: UUID


def pulled(found: Iterable[dict[str, Any]], places: Places) -> Iterator[Pulled]:
    """From grouped rows (see `views.PulledReport`)."""
    for piece, titles in _in_pieces(found, lambda row: row["item"]):
        for row in piece:
            yield Pulled(
                client=row["client__organisation"],
                title=titles[row["item"]],
                type=str(TYPES[row["item__type"]]),
                unit=places.name(row[UNIT]),
                channel=str(CHANNELS[row["channel"]]),
                version=row["newest"],
                first=row["first"],
                last=row["last"],
                times=row["times"],
                item=row["item"],
            )


def published(found: Iterable[PressClipping], places: Places) -> Iterator[Published]:
    """From clippings with client, item, its unit and last check."""
    for piece, titles in _in_pieces(found, lambda one: one.item_id):
        for one in piece:
            yield Published(
                client=str(one.client),
                title=titles[one.item_id],
                type=str(TYPES[one.item.type]),
                unit=places.name(one.unit),
                medium=one.get_medium_display(),
                published_on=one.published_on,
                place=one.place,
                url=one.url,
                source_credit=one.get_source_credit_display(),
                picture_credit=one.get_picture_credit_display(),
                presence=one.presence(),
                item=one.item_id,
            )


def _in_pieces(found: Iterable[Any], item_of: Any) -> Iterator[tuple[list[Any], dict[UUID, str]]]:
    """Pieces of AT_ONCE rows, each with the titles of its items; a title is fetched once."""
    known: dict[UUID, str] = {}
    rows = iter(found)
    while piece := list(islice(rows, AT_ONCE)):
        missing = {item_of(row) for row in piece} - known.keys()
        if missing:
            items = Item.objects.filter(pk__in=missing).select_related("current")
            known |= {item.pk: _title(item) for item in items}
        yield piece, known


def _title(item: Item) -> str:
    """Of what is current now; a withdrawn item shows its notice."""
    data = item.current.data if item.current else {}
    return data.get("title") or data.get("caption") or str(item.pk)
