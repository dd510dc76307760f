"""Which client may have what: nobody's face or name goes where she didn't say yes.

A payload's `purposes` are the places to which everyone in it agreed. One without `purposes`, of
before they were kept, may go everywhere; so may a withdrawal, which says nothing of the text.

A client whose place was agreed to and no longer is has the text already: it is told to take it
down, by the notice of a withheld item in place of the release that narrowed the purposes. Who
never could have it hears nothing. Both follow from ledger and kind of client alone, so that every
pull of the feed tells the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.canonical import canonical
from media.people.purposes import EVERYWHERE, Purpose
from stories.press.models import PressClient
from stories.releases import payload as payloads
from stories.releases.models import Advance, Release
from stories.releases.prepared import Utf8

Kind = PressClient.Kind
# What "other" clients are isn't known, so everyone must have agreed to every place of the press.
NEEDED: dict[str, frozenset[str]] = {
    Kind.NEWSPAPER: frozenset({Purpose.NEWSPAPER}),
    Kind.BROADCASTER: frozenset({Purpose.RADIO_TV}),
    Kind.UNION: frozenset({Purpose.CENTRAL}),
    Kind.OTHER: frozenset({Purpose.NEWSPAPER, Purpose.RADIO_TV, Purpose.CENTRAL}),
}
NARROWER = "Phạm vi được sử dụng hẹp hơn trước."
_KEY = b'"purposes":['

Row = tuple[int, bytes, int | None]  # ledger number, stored text, the item's current number


def may_have(client_kind: str, payload: dict) -> bool:
    """Whether everyone in the payload agreed that it goes where such a client takes it."""
    return NEEDED[client_kind] <= set(payload.get("purposes", EVERYWHERE))


def may_have_text(client_kind: str, text: bytes) -> bool:
    """`may_have` of a stored payload, which is read only where a look at its bytes leaves doubt.

    The text is canonical JSON: a quotation mark inside a string is written `\\"`, so the bytes
    looked for are a key with its list. Wherever one stands, if all of them say yes, so does the
    payload's own.
    """
    needed = [f'"{purpose}"'.encode() for purpose in NEEDED[client_kind]]
    at = text.find(_KEY)
    while at >= 0:
        end = text.find(b"]", at)
        if not all(one in text[at:end] for one in needed):
            return may_have(client_kind, json.loads(text))
        at = text.find(_KEY, end)
    return True


def refusal(client_kind: str) -> str:
    """Why such a client can't have something, in words."""
    places = "; ".join(str(one.label) for one in Purpose if one in NEEDED[client_kind])
    said = _("Những người trong bài, ảnh này chưa đồng ý cho: %(places)s.")
    return said % {"places": places}


def given(client_kind: str, rows: Sequence[Row], *, early: bool = False) -> list[Row]:
    """The feed's rows as such a client gets them: whole, as a notice, or not at all. With
    `early` it may also have had an item before its time.

    One query more on a page with earlier versions, one with rows that it may not have.
    """
    texts = _current_texts(rows)
    refused = {row[0]: row[1] for row in rows if not may_have_text(client_kind, row[1])}
    had = had_before(client_kind, refused, early=early)
    kept: list[Row] = []
    for seq, text, current in rows:
        if seq in refused:
            if seq in had:
                kept.append((seq, notice(text), current))
        elif current not in texts or may_have_text(client_kind, texts[current]):
            kept.append((seq, text, current))
    return kept


def told(client_kind: str, seq: int, text: bytes, *, early: bool = False) -> bytes | None:
    """An item's current text as such a client gets it: whole, as a notice, or None."""
    rows = given(client_kind, [(seq, text, seq)], early=early)
    return rows[0][1] if rows else None


def as_told(client_kind: str, text: bytes) -> dict:
    """What to say of a release to a client that had the item: it, or the notice instead."""
    return json.loads(text if may_have_text(client_kind, text) else notice(text))


def notice(text: bytes) -> bytes:
    """The release as one that withholds its item."""
    payload = json.loads(text)
    head = {key: payload[key] for key in payloads.ENVELOPE}
    kind = Release.Kind.WITHHELD
    head |= {"kind": str(kind), "pubstatus": payloads.NINJS_STATUS[kind], "note": NARROWER}
    return canonical(payloads.notice(head, Release.Reason.CONSENT)).encode()


def _current_texts(rows: Sequence[Row]) -> dict[int | None, bytes]:
    """What is public now of the items of which the page has an earlier version."""
    seqs = {current for seq, _text, current in rows if seq != current and current is not None}
    if not seqs:
        return {}
    found = Release.objects.filter(seq__in=seqs, kind__in=Release.PUBLIC)
    return dict(found.values_list("seq", Utf8("payload")))


def had_before(client_kind: str, rows: dict[int, bytes], *, early: bool = False) -> set[int]:
    """Those of these releases (ledger number → text) before which such a client could have the
    item, with `early` also before its time; one query (two), none for nothing."""
    if not rows:
        return set()
    items = {seq: UUID(json.loads(text)["uuid"]) for seq, text in rows.items()}
    found = Release.objects.filter(item__in=items.values(), kind__in=Release.PUBLIC)
    public = found.filter(seq__lt=max(items)).values_list("item", "seq", Utf8("payload"))
    first = _firsts(
        (item, seq) for item, seq, text in public if may_have_text(client_kind, bytes(text))
    )
    before = {seq for seq, item in items.items() if first.get(item, seq) < seq}
    if early:
        sent = Advance.objects.filter(item__in=items.values(), kind__in=Release.PUBLIC)
        texts = sent.values_list("item", Utf8("payload"))
        had = {item for item, text in texts if may_have_text(client_kind, bytes(text))}
        before |= {seq for seq, item in items.items() if item in had}
    return before


def _firsts(pairs: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    """The smallest number of each item."""
    first: dict[UUID, int] = {}
    for item, seq in pairs:
        first[item] = min(seq, first.get(item, seq))
    return first
