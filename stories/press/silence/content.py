"""What a digest tells a client: as the ledger stands now, and as that client may have it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from stories.press import selectors
from stories.press.models import PressClient, PressDelivery
from stories.releases.models import Item, Release

PAGE = 100
Kind = Release.Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the release (ledger number), what happened, its payload as the client may have it.

    `what` is "new", "correction" or "withdrawal".
    """

    seq: int
    what: str
    payload: dict


def collect(client: PressClient, *, after: int, until: int) -> tuple[list[Entry], int]:
    """The entries after one ledger number until another, about a hundred at most, and how far
    that went. Of an item only the newest release counts."""
    read: dict[str, tuple[int, dict]] = {}
    new: set[str] = set()
    while after < until and len(read) < PAGE:
        page = selectors.feed_page(
            after=after, limit=PAGE, client_kind=client.kind, early=client.embargo
        )
        after = min(page.reached, until) if page.rows else until
        for seq, text in page.rows:
            if seq <= until:
                payload = json.loads(text)
                read[payload["uuid"]] = seq, payload
                if payload["kind"] == Kind.USABLE:
                    new.add(payload["uuid"])
    held = _held(client, read)
    entries = (_entry(seq, data, data["uuid"] in held, new) for seq, data in read.values())
    return sorted(filter(None, entries), key=lambda entry: entry.seq), after


def _entry(seq: int, payload: dict, is_held: bool, new: set[str]) -> Entry | None:
    """None for what is no news, or asks nothing of a client that never had it."""
    if payload["kind"] in selectors.WITHDRAWN:
        return Entry(seq, "withdrawal", payload) if is_held else None
    if payload["type"] == Item.Type.PICTURE:
        return None  # comes with its story
    if payload["uuid"] in new and payload["is_news"]:
        return Entry(seq, "new", payload)
    is_corrected = payload["kind"] == Kind.CORRECTION
    return (
        Entry(seq, "correction", payload)
        if is_corrected and (is_held or payload["is_news"])
        else None
    )


def _held(client: PressClient, uuids: Iterable[str]) -> set[str]:
    given = PressDelivery.objects.filter(client=client, item__in=list(uuids))
    given = given.exclude(channel=PressDelivery.Channel.WEBHOOK)
    return {str(item) for item in given.values_list("item", flat=True).distinct()}
