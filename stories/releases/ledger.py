"""Appending to the ledger: `append_all` is the one function that writes a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import services as audit
from accounts.audit.actions import Action
from accounts.canonical import canonical
from stories.moderation.models import Approval
from stories.releases import payload as payloads
from stories.releases.models import Item, LedgerHead, Release
from stories.releases.signals import released


class Refused(PermissionDenied):
    """The ledger doesn't take this release; the message says why, in Vietnamese."""


def lock_head() -> LedgerHead:
    """Lock the ledger until the transaction ends: releases commit in the order of their `seq`.

    PostgreSQL locks the row; SQLite has one writer (`BEGIN IMMEDIATE`). The audit trail is locked
    before, as its own room says.
    """
    if not transaction.get_connection().in_atomic_block:
        raise Refused("append() needs a transaction")
    audit.lock()
    LedgerHead.objects.get_or_create(pk=1)
    return LedgerHead.objects.select_for_update().get(pk=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One release to be: `body` is None for withdrawals, whose payload is the notice.

    `reason` is a `Release.Reason` for withdrawals, and empty for what is public.
    """

    item: Item
    kind: str
    body: dict | None
    sha256: str
    approval: Approval | None
    note: str
    reason: str = ""


def append(*, head: LedgerHead | None = None, **entry) -> Release:
    """Append one release; the fields and errors are those of `Entry` and `append_all`."""
    return append_all([Entry(**entry)], head=head)[0]


def append_all(entries: Sequence[Entry], *, head: LedgerHead | None = None) -> list[Release]:
    """Append releases in this order, inside the caller's transaction; new items are saved too.

    Raises Refused for a canceled item, a public kind without an approval of exactly `sha256`,
    another item's approval, or one that an earlier release used up, a withdrawal without its type.
    Readers are woken once for all, with the last `seq`.
    """
    if not entries:
        return []
    head = head or lock_head()
    new = {entry.item.uuid: entry.item for entry in entries if entry.item._state.adding}
    releases = [_next(entry, head) for entry in entries]
    head.save(update_fields=["seq", "last_news_at"])
    Item.objects.bulk_create(new.values())  # `current` is checked on commit
    Release.objects.bulk_create(releases)
    for item in {e.item.uuid: e.item for e in entries if e.item.uuid not in new}.values():
        item.save()
    audit.record_all(
        [_act(entry, release) for entry, release in zip(entries, releases, strict=True)]
    )
    transaction.on_commit(lambda: released.send_robust(sender=Release, seq=releases[-1].seq))
    return releases


def _next(entry: Entry, head: LedgerHead) -> Release:
    """The item's next release, not saved yet; item and head move on to it."""
    item, kind, approval = entry.item, entry.kind, entry.approval
    if item.kind == Release.Kind.CANCELED:
        raise Refused(_("Bài đã thu hồi không đăng lại được. Hãy tạo bài mới."))
    if kind in Release.PUBLIC:
        owner = approval and (approval.item == item.uuid or item.type == Item.Type.PICTURE)
        if not owner or (item.type != Item.Type.PICTURE and approval.sha256 != entry.sha256):
            raise Refused(_("Chưa có phê duyệt của Ban Tuyên giáo cho đúng bản này."))
        used = item.type != Item.Type.PICTURE and item.version and _used(approval, item)
        if used and not _less_of_the_same(entry):
            raise Refused(_("Phê duyệt này đã dùng cho một lần đăng trước. Hãy gửi duyệt lại."))
    elif entry.reason not in Release.Reason.values:
        raise Refused(_("Thu hồi hoặc tạm gỡ phải nói rõ loại."))
    released_at = next_instant(head, spaced=item.is_news and item.type != Item.Type.PICTURE)
    item.first_released_at = item.first_released_at or released_at
    envelope = payloads.envelope(item, kind, item.version + 1, released_at, entry.note)
    data = (
        entry.body | envelope if kind in Release.PUBLIC else payloads.notice(envelope, entry.reason)
    )
    head.seq += 1
    release = Release(
        seq=head.seq,
        item=item,
        version=item.version + 1,
        kind=kind,
        released_at=released_at,
        payload=canonical(data),
        sha256=entry.sha256,
        approval=approval if kind in Release.PUBLIC else None,
        note=entry.note[:500],
        reason=entry.reason,
    )
    item.current, item.version, item.kind = release, release.version, kind
    return release


def _act(entry: Entry, release: Release) -> audit.Act:
    """The release for the audit trail, by whoever acts now; by the approver where nobody does."""
    item, approval = entry.item, release.approval
    data = {
        "seq": release.seq,
        "version": release.version,
        "kind": str(release.kind),
        "sha256": release.sha256,
    }
    if release.reason:
        data["reason"] = str(release.reason)
    public = release.kind in Release.PUBLIC
    return audit.Act(
        action=Action.RELEASED if public else Action.WITHDRAWN,
        target=f"{item.type}:{item.uuid}",
        actor=audit.acting() or (approval and approval.approved_by),
        data=data,
    )


def _used(approval: Approval, item: Item) -> bool:
    """An approval is good for one release: an old text doesn't come back by an old approval."""
    return Release.objects.filter(item=item, approval=approval).exists()


def _less_of_the_same(entry: Entry) -> bool:
    """Whether it only takes from what is public what was withdrawn, or isn't agreed any more.

    The one case in which an approval is used twice: it was given for just this text, and what a
    payload derives from elsewhere (exemplars told of, purposes) may shrink without a new one.
    """
    item, current = entry.item, entry.item.current
    if entry.kind != Release.Kind.CORRECTION or not item.is_public or entry.body is None:
        return False
    if (current.sha256, current.approval_id) != (entry.sha256, entry.approval.pk):
        return False
    gone = payloads.less(bare(current.data), bare(entry.body))
    if gone is None:
        return False
    canceled = Item.objects.filter(pk__in=gone, kind=Release.Kind.CANCELED)
    return canceled.count() == len(gone)


def bare(data: dict) -> dict:
    """A payload without its envelope."""
    return {key: value for key, value in data.items() if key not in payloads.ENVELOPE}


def next_instant(head: LedgerHead, *, spaced: bool) -> datetime:
    """Now, in whole seconds, never before an earlier release; news a second after the last news.

    Feed clients compare whole seconds and lose the second of two items of one second.
    """
    now = timezone.now().replace(microsecond=0)
    if head.last_news_at and now <= head.last_news_at:
        now = head.last_news_at + timedelta(seconds=1 if spaced else 0)
    if spaced:
        head.last_news_at = now
    return now
