"""Appending to the ledger: the one function that writes a release."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.moderation.models import Approval
from stories.pages.content import canonical
from stories.releases import payload as payloads
from stories.releases.models import Item, LedgerHead, Release
from stories.releases.signals import released


class Refused(PermissionDenied):
    """The ledger doesn't take this release; the message says why, in Vietnamese."""


def lock_head() -> LedgerHead:
    """Lock the ledger until the transaction ends: releases commit in the order of their `seq`.

    PostgreSQL locks the row; SQLite has one writer (`BEGIN IMMEDIATE`).
    """
    if not transaction.get_connection().in_atomic_block:
        raise Refused("append() needs a transaction")
    LedgerHead.objects.get_or_create(pk=1)
    return LedgerHead.objects.select_for_update().get(pk=1)


def append(
    *,
    item: Item,
    kind: str,
    body: dict | None,
    sha256: str,
    approval: Approval | None,
    note: str,
    head: LedgerHead | None = None,
) -> Release:
    """Append one release of the item inside the caller's transaction.

    `body` is None for withdrawals: their payload is the notice. Raises Refused for a canceled item,
    a public kind without an approval of exactly `sha256`, or another item's approval.
    """
    head = head or lock_head()
    if item.kind == Release.Kind.CANCELED:
        raise Refused(_("Bài đã thu hồi không đăng lại được. Hãy tạo bài mới."))
    if kind in Release.PUBLIC:
        owner = approval and (approval.item == item.uuid or item.type == Item.Type.PICTURE)
        if not owner or (item.type != Item.Type.PICTURE and approval.sha256 != sha256):
            raise Refused(_("Chưa có phê duyệt của Ban Tuyên giáo cho đúng bản này."))
    released_at = next_instant(head, spaced=item.is_news and item.type != Item.Type.PICTURE)
    item.first_released_at = item.first_released_at or released_at
    envelope = payloads.envelope(item, kind, item.version + 1, released_at, note)
    data = body | envelope if kind in Release.PUBLIC else payloads.notice(envelope)
    head.seq += 1
    head.save(update_fields=["seq", "last_news_at"])
    release = Release(
        seq=head.seq,
        item=item,
        version=item.version + 1,
        kind=kind,
        released_at=released_at,
        payload=canonical(data),
        sha256=sha256,
        approval=approval if kind in Release.PUBLIC else None,
        note=note[:500],
    )
    release.save()
    item.current, item.version, item.kind = release, release.version, kind
    item.save()
    transaction.on_commit(lambda: released.send_robust(sender=Release, seq=release.seq))
    return release


def next_instant(head: LedgerHead, *, spaced: bool) -> datetime:
    """Now, in whole seconds; for news at least a second after the news before it.

    Feed clients compare whole seconds and lose the second of two items of one second.
    """
    now = timezone.now().replace(microsecond=0)
    if spaced:
        if head.last_news_at and now <= head.last_news_at:
            now = head.last_news_at + timedelta(seconds=1)
        head.last_news_at = now
    return now
