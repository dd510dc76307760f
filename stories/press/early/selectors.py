"""Reads for a client with the embargo right; the caller has asked whether it has it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from stories.press import entitlements, selectors
from stories.press.early.positions import Position
from stories.press.errors import NotAgreed, NotFound, Withdrawn
from stories.press.facts import Chosen
from stories.press.models import PressClient
from stories.press.selectors import Current, FeedPage
from stories.releases.models import Advance, Item, LedgerHead, Release
from stories.releases.prepared import Utf8

FILES = "/api/v1/press/early/"  # where the pictures are, each under the name it has in the store
_INSIDE = f'"href":"{settings.MEDIA_URL}'.encode()

Row = tuple[int, bytes]


def feed_page(
    *,
    after: Position,
    limit: int,
    types: Iterable[str],
    client_kind: str,
    chosen: Chosen = selectors.ALL,
    items: tuple[UUID, ...] | None = None,
) -> FeedPage:
    """As `selectors.feed_page`, of both streams: first what is sent early, then the ledger.

    In this order, since what was published while the page was read is then in it twice with the
    later version last, and not the other way round. Of each item sent early only its newest row is
    told, and none once it is in the ledger: its release comes there.
    """
    sent, reached = _sent(after.early, limit, tuple(types), client_kind, chosen)
    rows = [(-seq, outward(text)) for seq, text in sent]
    if len(rows) == limit:
        return FeedPage(rows, Position(int(after), reached))
    page = selectors.feed_page(
        after=int(after),
        limit=limit - len(rows),
        types=types,
        client_kind=client_kind,
        chosen=chosen,
        items=items,
        early=True,
    )
    return FeedPage([*rows, *page.rows], Position(page.reached, reached))


def _sent(
    after: int, limit: int, types: tuple[str, ...], client_kind: str, chosen: Chosen
) -> tuple[list[Row], int]:
    found = Advance.objects.newest().order_by("seq")
    if types:
        found = found.filter(type__in=types)
    while True:
        rows = _texts(found.filter(seq__gt=after))[:limit]
        told = _given(client_kind, _chosen(rows, chosen))
        if rows:
            after = rows[-1][0]
        if told or not rows:
            return told, after


def _chosen(rows: list[Row], chosen: Chosen) -> list[Row]:
    """Those of items that pass, by what was ever sent of them; a picture by what shows it."""
    if not rows or chosen == selectors.ALL:
        return rows
    sent: dict[str, list[dict]] = defaultdict(list)
    kinds: dict[str, set[str]] = defaultdict(set)
    for payload, kind in _ever_sent():
        kinds[payload["uuid"]].add(kind)
        if payload["type"] != Item.Type.PICTURE and kind in Release.PUBLIC:
            for uuid in (payload["uuid"], *(one["uuid"] for one in payload["pictures"])):
                sent[uuid].append(payload)
    passing = {uuid for uuid, found in kinds.items() if chosen.passes(sent[uuid], found)}
    return [row for row in rows if json.loads(row[1])["uuid"] in passing]


def _ever_sent() -> Iterator[tuple[dict, str]]:
    """Payload and kind of all that was sent of what is not public yet: few at any time."""
    released = Item.objects.filter(pk=OuterRef("item"))
    found = Advance.objects.filter(~Exists(released)).order_by("seq")
    for text, kind in found.values_list(Utf8("payload"), "kind"):
        yield json.loads(bytes(text)), kind


def _texts(found: QuerySet[Advance]) -> list[Row]:
    return [(seq, bytes(text)) for seq, text in found.values_list("seq", Utf8("payload"))]


def _given(client_kind: str, rows: list[Row]) -> list[Row]:
    """Whole; as a notice to who could have it before and can't now; or not at all."""
    kept = []
    for seq, text in rows:
        if entitlements.may_have_text(client_kind, text):
            kept.append((seq, text))
        elif had(client_kind, UUID(json.loads(text)["uuid"]), before=seq):
            kept.append((seq, entitlements.notice(text)))
    return kept


def had(client_kind: str, item: UUID, *, before: int | None = None) -> bool:
    """Whether such a client, with the right, could have the item early (before that number)."""
    found = Advance.objects.filter(item=item, kind__in=Release.PUBLIC)
    if before is not None:
        found = found.filter(seq__lt=before)
    return any(entitlements.may_have_text(client_kind, text) for _seq, text in _texts(found))


def head() -> int:
    return Advance.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def ends() -> Position:
    """The last numbers of the ledger and of what is sent early: one query."""
    last = Subquery(Advance.objects.order_by("-seq").values("seq")[:1])
    row = LedgerHead.objects.values_list("seq", last).first()
    return Position(row[0], row[1] or 0) if row else Position(0)


def current(uuid: UUID) -> Current | None:
    """What stands, or was taken back, under this id; the number is below zero."""
    row = (
        Advance.objects.newest()
        .filter(item=uuid)
        .values_list("seq", "version", "kind", Utf8("payload"))
        .first()
    )
    return row and Current(-row[0], row[1], row[2], bytes(row[3]))


def told(found: Current, uuid: UUID, client_kind: str) -> bytes:
    """Its text as such a client gets it, as stored. Raises NotAgreed."""
    rows = _given(client_kind, [(-found.seq, found.text)])
    if not rows:
        raise NotAgreed(entitlements.refusal(client_kind))
    return rows[0][1]


def release(uuid: UUID, version: int | None, client_kind: str) -> Row:
    """Number and text of what is asked for. Raises NotFound, NotAgreed, Withdrawn."""
    found = current(uuid)
    if found is None:
        raise NotFound(selectors.unknown())
    if version is not None and version > found.version:
        raise NotFound(selectors.no_version())
    text = told(found, uuid, client_kind)
    if version is not None and version < found.version:
        raise Withdrawn(
            _("Bản này đã được thay bằng bản mới hơn, hoặc đã được thu hồi."),
            extra={"uuid": str(uuid), "kind": found.kind, "version": found.version},
        )
    return found.seq, outward(text)


def outward(text: bytes) -> bytes:
    """With the addresses at which a key opens the pictures: the store's own are for nobody yet.

    A plain replace is exact, for the reason given in `faces.native`.
    """
    return text.replace(_INSIDE, f'"href":"{FILES}'.encode())


def has_file(name: str, client_kind: str) -> bool:
    """Whether a picture's file of this name is in what such a client may have early now."""
    href = f"{settings.MEDIA_URL}{quote(name)}"
    found = Advance.objects.standing().filter(payload__contains=json.dumps(href))
    return any(
        href in _hrefs(json.loads(text)) and entitlements.may_have_text(client_kind, text)
        for _seq, text in _texts(found)
    )


def _hrefs(payload: Mapping) -> set[str]:
    own = [payload] if payload["type"] == Item.Type.PICTURE else payload["pictures"]
    return {one["href"] for picture in own for one in picture["renditions"]}


def usable_pictures(uuids: Iterable[str], client_kind: str) -> dict[str, int]:
    """uuid → number, below zero, of those that stand and that such a client may have."""
    found = Advance.objects.standing().filter(item__in=list(uuids), type=Item.Type.PICTURE)
    rows = found.values_list("item", "seq", Utf8("payload"))
    return {
        str(item): -seq
        for item, seq, text in rows
        if entitlements.may_have_text(client_kind, bytes(text))
    }


def upcoming(client: PressClient) -> list[dict]:
    """For the press room: the texts that this client has early, the next to come first, each a
    payload with `embargoed` and absolute-path addresses. Empty without the right."""
    if not client.embargo:
        return []
    found = Advance.objects.standing().texts().order_by("embargoed_until", "seq")
    return [
        json.loads(outward(text))
        for _seq, text in _texts(found)
        if entitlements.may_have_text(client.kind, text)
    ]
