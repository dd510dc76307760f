"""Writing, checking and handing out the audit trail. `record_all` is the one way to an entry.

Locks are taken in one order everywhere: this trail's head, then the release ledger's (whose
`lock_head` calls `lock` first), so that two acts at once never wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from accounts.audit.models import AuditEntry, AuditHead
from accounts.canonical import canonical


@dataclass(frozen=True, slots=True)
class Act:
    """What is put on record; without `actor`, whoever is signed in at the admin, or nobody."""

    action: str
    target: str
    actor: Any = None
    data: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """How many entries hold; `broken` is the first that doesn't, `why` says it in Vietnamese."""

    count: int
    sha256: str
    broken: int | None = None
    why: str = ""


def acting():
    """Who is signed in at the admin and doing this, or None."""
    return get_active_log_context().user


def lock() -> AuditHead:
    """Lock the trail until the transaction ends (SQLite has one writer anyway)."""
    heads = AuditHead.objects.select_for_update()
    if head := heads.filter(pk=1).first():
        return head
    AuditHead.objects.get_or_create(pk=1)
    return heads.get(pk=1)


def record(*, action: str, target: str, actor=None, data: dict | None = None) -> AuditEntry:
    """Put one act on record, in the transaction of the act; see `Act`."""
    return record_all([Act(action, target, actor, data or {})])[0]


@transaction.atomic
def record_all(acts: Sequence[Act]) -> list[AuditEntry]:
    """Put acts on record in this order, under one lock."""
    if not acts:
        return []
    head, now = lock(), timezone.now()
    entries = []
    for act in acts:
        actor = act.actor or acting()
        head.seq += 1
        entry = AuditEntry(
            seq=head.seq,
            at=now,
            actor_id=actor.pk if actor else None,
            actor=actor.get_username() if actor else "",
            action=str(act.action),
            target=act.target[:300],
            data=canonical(act.data),
            previous=head.sha256,
        )
        head.sha256 = entry.sha256 = entry.computed()
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["seq", "sha256"])
    return entries


def verify() -> Checked:
    """Recompute the whole chain. New acts wait only for what was added while it was read."""
    known = AuditHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    checked = _follow(Checked(0, ""), known)
    if checked.broken is not None:
        return checked
    with transaction.atomic():
        head = lock()
        checked = _follow(checked, None)
    if checked.broken is not None:
        return checked
    if checked.count < head.seq:
        return _broken(checked, checked.count + 1, _("dòng này đã bị xóa"))
    if checked.count > head.seq:
        return _broken(checked, head.seq + 1, _("dòng này không do hệ thống ghi"))
    if checked.sha256 != head.sha256:
        return _broken(checked, head.seq, _("dòng này không khớp với mã cuối của sổ"))
    return checked


def _follow(checked: Checked, until: int | None) -> Checked:
    """Go on from what was checked, up to entry `until`, or to the end."""
    count, sha256 = checked.count, checked.sha256
    entries = AuditEntry.objects.order_by("seq")
    if count:
        entries = entries.filter(seq__gt=count)
    if until is not None:
        entries = entries.filter(seq__lte=until)
    for entry in entries.iterator():
        so_far = Checked(count, sha256)
        if entry.seq <= count:
            return _broken(so_far, entry.seq, _("dòng này không do hệ thống ghi"))
        if entry.seq != count + 1:
            return _broken(so_far, count + 1, _("dòng này đã bị xóa"))
        if entry.previous != sha256 or entry.sha256 != entry.computed():
            return _broken(so_far, entry.seq, _("nội dung dòng này đã bị sửa hoặc thay"))
        count, sha256 = entry.seq, entry.sha256
    return Checked(count, sha256)


def _broken(checked: Checked, seq: int, why: str) -> Checked:
    return Checked(checked.count, checked.sha256, seq, why)


def export(out: TextIO) -> int:
    """Write every entry as a JSON line, with its hashes; returns how many."""
    count = 0
    for entry in AuditEntry.objects.order_by("seq").iterator():
        hashes = {"previous": entry.previous, "sha256": entry.sha256}
        out.write(canonical(entry.content() | hashes) + "\n")
        count += 1
    return count
