"""The list of what a newsroom may have, newest first or by words; nothing else is even counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from uuid import UUID

from django.db.models import Q

from stories.press import catalogue, entitlements
from stories.press.faces import house
from stories.press.kits.services import public_and_agreed
from stories.press.models import PressClient, PressDownload
from stories.press.room import taking
from stories.press.room.asking import Question
from stories.releases import finding
from stories.releases import selectors as releases
from stories.releases.models import Item
from stories.releases.prepared import Utf8

SIZE = 20
CHUNK = 50  # rows looked through at once
MOST_CHUNKS = 30
MOST_WITH_PICTURES = 200  # stories whose pictures are looked through
NEWEST = ("-date", "-first_released_at", "-uuid")


@dataclass(slots=True)
class Row:
    """An item as the newsroom may have it. `taken` is the newsroom's last act of taking it."""

    payload: dict
    picture: dict | None = None
    taken: PressDownload | None = None

    @property
    def uuid(self) -> str:
        return self.payload["uuid"]


@dataclass(slots=True)
class Listing:
    """`after` is where the next page begins (an item's uuid), "" at the end; `meant` what was
    asked instead, where the words as typed find nothing that the newsroom may have."""

    rows: list[Row] = field(default_factory=list)
    after: str = ""
    meant: str = ""


def listing(client: PressClient, question: Question, *, after: str = "", size=SIZE) -> Listing:
    """Raises finding.Away, catalogue.NotReady.

    Four queries, whatever is shown; one more for each fifty items that have to be passed over,
    and those of the archive or the catalogue where words or filters are given.
    """
    payloads = list(islice(matching(client.kind, question, after=after), size + 1))
    meant = ""
    if not payloads and question.q and not after:
        meant = finding.find(_wanted(question)).suggestion
        asked = replace(question, q=meant)
        payloads = list(islice(matching(client.kind, asked), size + 1)) if meant else []
    shown = payloads[:size]
    more = shown[-1]["uuid"] if len(payloads) > size else ""
    return Listing(_rows(client, shown), more, meant if shown else "")


def matching(client_kind: str, question: Question, *, after: str = "") -> Iterator[dict]:
    """Payloads of what matches and such a client may have, in order, beyond the item `after`."""
    if question.type == Item.Type.PICTURE and (question.q or question.filters):
        found = _pictures(matching(client_kind, replace(question, type="")), after)
    else:
        found = _by_words(question, after) if question.q else _by_date(question, after)
    for texts in found:
        for text in texts:
            if entitlements.may_have_text(client_kind, text):
                yield json.loads(text)


def _wanted(question: Question) -> finding.Wanted:
    return finding.Wanted(question.q, question.filters)


def _by_words(question: Question, after: str) -> Iterator[list[bytes]]:
    """Chunks of stored texts in the archive's order."""
    yield from _looked_up(finding.find(_wanted(question)).uuids, question.types, after)


def _pictures(payloads: Iterator[dict], after: str) -> Iterator[list[bytes]]:
    """Those of the pictures of these stories that are public: the archive knows no others."""
    shown = islice(payloads, MOST_WITH_PICTURES)
    uuids = dict.fromkeys(p["uuid"] for payload in shown for p in payload.get("pictures", ()))
    yield from _looked_up(iter(uuids), (Item.Type.PICTURE,), after)


def _looked_up(uuids: Iterator[str], types: Sequence[str], after: str) -> Iterator[list[bytes]]:
    if after:
        uuids = _beyond(list(uuids), after)
    while chunk := list(islice(uuids, CHUNK)):
        items = Item.objects.public().filter(pk__in=chunk, type__in=types)
        texts = dict(_texts(items))
        yield [texts[UUID(uuid)] for uuid in chunk if UUID(uuid) in texts]


def _beyond(uuids: list[str], after: str) -> Iterator[str]:
    start = uuids.index(after) + 1 if after in uuids else 0
    return iter(uuids[start:])


def _by_date(question: Question, after: str) -> Iterator[list[bytes]]:
    items = Item.objects.public().filter(type__in=question.types)
    if question.filters:
        catalogue.ensure_current(releases.head())
        listed = Q()
        for one in question.types:
            listed |= Q(pk__in=catalogue.entries(one, question.filters).values("item"))
        items = items.filter(listed)
    last = Item.objects.filter(pk=after).first() if after else None
    for _number in range(MOST_CHUNKS):
        page = items.filter(_older(last)) if last is not None else items
        rows = list(page.order_by(*NEWEST)[:CHUNK])
        if not rows:
            return
        yield [row.current.payload.encode() for row in rows]
        last = rows[-1]


def _older(last: Item) -> Q:
    same_day = Q(date=last.date)
    same_moment = same_day & Q(first_released_at=last.first_released_at)
    return Q(date__lte=last.date) & (
        Q(date__lt=last.date)
        | (same_day & Q(first_released_at__lt=last.first_released_at))
        | (same_moment & Q(uuid__lt=last.uuid))
    )


def _texts(items) -> Iterable[tuple[UUID, bytes]]:
    return ((pk, bytes(text)) for pk, text in items.values_list("pk", Utf8("current__payload")))


def _rows(client: PressClient, payloads: list[dict]) -> list[Row]:
    leads = {p["uuid"]: p if p["type"] == "picture" else house.lead_picture(p) for p in payloads}
    shown = public_and_agreed([lead["uuid"] for lead in leads.values() if lead], client.kind)
    taken = taking.last(client, [UUID(payload["uuid"]) for payload in payloads])
    return [
        Row(
            payload,
            lead if (lead := leads[payload["uuid"]]) and lead["uuid"] in shown else None,
            taken.get(UUID(payload["uuid"])),
        )
        for payload in payloads
    ]
