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


class Words:
    """Labels of choices as plain texts, made once for all rows."""

    def __init__(self) -> None:
        self.types = _plain(Item.Type.choices)
        self.channels = _plain(PressDelivery.Channel.choices)
        self.media = _plain(PressClipping.Medium.choices)
        self.credits = _plain(PressClipping.Credit.choices)


def _plain(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {code: str(label) for code, label in choices}


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
    words = Words()
    for piece, titles in _in_pieces(found, lambda row: row["item"]):
        for row in piece:
            yield Pulled(
                client=row["client__organisation"],
                title=titles[row["item"]],
                type=words.types[row["item__type"]],
                unit=places.name(row[UNIT]),
                channel=words.channels[row["channel"]],
                version=row["newest"],
                first=row["first"],
                last=row["last"],
                times=row["times"],
                item=row["item"],
            )


def published(found: Iterable[PressClipping], places: Places) -> Iterator[Published]:
    """From clippings with client, item, its unit and last check."""
    words = Words()
    for piece, titles in _in_pieces(found, lambda one: one.item_id):
        for one in piece:
            yield Published(
                client=str(one.client),
                title=titles[one.item_id],
                type=words.types[one.item.type],
                unit=places.name(one.unit),
                medium=words.media[one.medium],
                published_on=one.published_on,
                place=one.place,
                url=one.url,
                source_credit=words.credits[one.source_credit],
                picture_credit=words.credits[one.picture_credit],
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
