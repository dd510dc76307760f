"""Reads of the press room. All of them begin at the ledger (`stories.releases`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from stories.press import catalogue, cursors, entitlements
from stories.press.facts import Chosen
from stories.releases import selectors as releases
from stories.releases.models import Advance, Item, Release
from stories.releases.payload import PURGED
from stories.releases.prepared import Prepared, Utf8

WITHDRAWN = (Release.Kind.WITHHELD, Release.Kind.CANCELED)
PUBLIC = Release.PUBLIC
COLUMN_ENTRIES = 50
ALL = Chosen()


def public(item_type: str) -> QuerySet[Item]:
    """The public stories or exemplars."""
    items = Item.objects.public()
    return items.stories() if item_type == "story" else items.exemplars()


def _public_of(item_type: str, *columns: str | Combinable) -> Prepared:
    return Prepared(lambda uuid: public(item_type).filter(pk=uuid).values_list(*columns), uuid=UUID)


_SEQ = {name: _public_of(name, "current_id") for name in ("story", "exemplar")}
_TEXT = {name: _public_of(name, "current_id", Utf8("current__payload")) for name in _SEQ}
_CURRENT = Prepared(
    lambda uuid: Item.objects.filter(pk=uuid, current__isnull=False).values_list(
        "current_id", "version", "kind", Utf8("current__payload")
    ),
    uuid=UUID,
)


def public_seq(item_type: str, uuid: UUID) -> int | None:
    """The ledger number of what is public now under this id; None when nothing is."""
    row = _SEQ[item_type].first(uuid=uuid)
    return row[0] if row else None


def public_text(item_type: str, uuid: UUID) -> tuple[int, bytes] | None:
    """Ledger number and stored payload text of what is public now under this id."""
    return _TEXT[item_type].first(uuid=uuid)


def withdrawal(item_type: str, uuid: UUID) -> Release | None:
    """The release that took this item back; None for one that never was, or is public."""
    found = Item.objects.select_related("current")
    item = found.filter(pk=uuid, type=item_type, kind__in=WITHDRAWN).first()
    return item.current if item else None


@dataclass(frozen=True)
class Page:
    """One page of a public list: stored texts, the count of the whole list, the next cursor."""

    count: int
    texts: list[bytes]
    next: str | None


def public_page(
    item_type: str, *, filters: Mapping[str, Iterable[object]], cursor: str, limit: int
) -> Page:
    """Newest first, by date and id; with filters the catalogue has to be current before.

    Three queries: the count, the page's rows, their texts (sorting rows without the texts is
    what keeps this quick). Raises CursorError.
    """
    if filters:
        listed: QuerySet = catalogue.entries(item_type, filters)
        current = "item__current_id"
    else:
        listed, current = public(item_type), "current_id"
    count = listed.count()
    name = f"list:{item_type}"
    if cursor:
        day, _, last = cursors.decode(name, cursor).partition(" ")
        before = date.fromisoformat(day)
        listed = listed.filter(Q(date__lt=before) | Q(pk__lt=UUID(last)), date__lte=before)
    rows = list(listed.order_by("-date", "-pk").values_list("date", "pk", current)[: limit + 1])
    following = None
    if len(rows) > limit:
        day, last, _seq = rows[limit - 1]
        following = cursors.encode(name, f"{day} {last}")
    seqs = [seq for _day, _pk, seq in rows[:limit]]
    # Asked for their kind again: the catalogue may not know yet what was just taken back.
    found = Release.objects.filter(seq__in=seqs, kind__in=PUBLIC)
    texts = dict(found.values_list("seq", Utf8("payload")))
    return Page(count, [texts[seq] for seq in seqs if seq in texts], following)


@dataclass(frozen=True)
class FeedPage:
    """Ledger numbers and stored texts of a page, and how far the ledger was read for it."""

    rows: list[tuple[int, bytes]]
    reached: int


def feed_page(
    *,
    after: int,
    limit: int,
    types: Iterable[str] = (),
    client_kind: str | None = None,
    chosen: Chosen = ALL,
    items: tuple[UUID, ...] | None = None,
    early: bool = False,
) -> FeedPage:
    """The releases after `after`, ascending, at most `limit`; empty only at the ledger's end.

    With a `client_kind` they are what such a client may have (`entitlements.given`), with
    something `chosen` what passes that, and was given by it before; `items` are all of which that
    may be, where somebody knows (`facts.few`); `early` if it may have had some before their time.

    Left out is what has been taken back since: the earlier text of a withdrawn item, an earlier
    version that shows a withdrawn picture or lists a withdrawn exemplar, or that is purged. A
    client that starts over receives the withdrawal or the correction, never what was withdrawn.
    """
    if items == () and not early:
        return FeedPage([], after)
    found = _releases(limit, tuple(types), chosen, items, early)
    while True:
        rows = found.all(after=after)
        told = entitlements.given(client_kind, rows, early=early) if client_kind else rows
        kept = _without_withdrawn(told)
        if kept or not rows:
            return FeedPage(kept, rows[-1][0] if rows else after)
        after = rows[-1][0]


@lru_cache(maxsize=64)
def _releases(
    limit: int,
    types: tuple[str, ...],
    chosen: Chosen,
    items: tuple[UUID, ...] | None,
    early: bool,
) -> Prepared:
    """Number, text and the item's current number of releases after `after`, as still told.

    What was sent early passes every filter afterwards: it may have passed one then.
    """
    still_told = Q(item__kind__in=PUBLIC) | Q(kind__in=WITHDRAWN)
    found = Release.objects.filter(still_told).exclude(payload=PURGED).order_by("seq")
    if types:
        found = found.filter(item__type__in=types)
    sent = Exists(Advance.objects.filter(item=OuterRef("item_id")))
    if items is not None:
        found = found.filter(Q(item__in=items) | sent if early else Q(item__in=items))
    found = chosen.narrow(found, also=sent if early else None)
    columns = ("seq", Utf8("payload"), "item__current_id")
    return Prepared(
        lambda after: found.filter(seq__gt=after).values_list(*columns)[:limit], after=int
    )


def _without_withdrawn(
    rows: list[tuple[int, bytes, int | None]],
) -> list[tuple[int, bytes]]:
    """One query more on a page of earlier versions with pictures or exemplars, else none."""
    shown = {seq: _beside(text) for seq, text, current in rows if seq != current}
    others = set().union(*shown.values())
    gone: set[str] = set()
    if others:
        taken_back = Item.objects.filter(pk__in=others, kind__in=WITHDRAWN)
        gone = {str(pk) for pk in taken_back.values_list("pk", flat=True)}
    return [(seq, text) for seq, text, _current in rows if not gone & shown.get(seq, set())]


def _beside(text: bytes) -> set[str]:
    """Uuids of the other items of which a payload tells."""
    data = json.loads(text)
    return {one["uuid"] for name in ("pictures", "exemplars") for one in data.get(name, ())}


def head() -> int:
    """The last ledger number, 0 before the first release."""
    return releases.head()


def last_until(moment: datetime) -> int:
    """The last ledger number released at or before that moment, 0 for none.

    Times never go back in the ledger, so this walks from its end and stops at the first.
    """
    found = Release.objects.filter(released_at__lte=moment).order_by("-seq")
    return found.values_list("seq", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Current:
    """Where an item stands: ledger number, version, kind and stored text of its newest release."""

    seq: int
    version: int
    kind: str
    text: bytes


def current(uuid: UUID) -> Current | None:
    """Any released item, withdrawn or not: what a press client may ask for."""
    row = _CURRENT.first(uuid=uuid)
    return Current(*row) if row else None


def unknown() -> str:
    return _("Không có mục nào đã phát hành mang mã này.")


def no_version() -> str:
    return _("Mục này chưa có phiên bản đó.")


def earlier(uuid: UUID, version: int) -> tuple[int, bytes] | None:
    """Ledger number and text of an earlier version, while item and its pictures are public."""
    found = Release.objects.filter(item=uuid, version=version)
    found = found.filter(item__kind__in=PUBLIC, kind__in=PUBLIC).exclude(payload=PURGED)
    row = found.values_list("seq", Utf8("payload")).first()
    if row is None or not _without_withdrawn([(*row, None)]):
        return None
    return row


def was_released(uuid: UUID, version: int) -> bool:
    """Not so of a version that was only sent early."""
    return Release.objects.filter(item=uuid, version=version).exists()


def column_news() -> QuerySet[Item]:
    """News of the column for open feeds, newest release first, withdrawals among them.

    Back-filled stories stay out: their release is no news.
    """
    return Item.objects.stories().news().order_by("-current_id")


def column_head() -> int:
    """The newest ledger number among the column's news, 0 for none: what its feeds depend on."""
    return column_news().values_list("current_id", flat=True).first() or 0
