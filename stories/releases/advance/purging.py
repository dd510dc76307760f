"""After its time the text of what was sent early goes too; hashes, dates and kinds stay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from stories.releases import payload as payloads
from stories.releases.ledger import lock_head
from stories.releases.models import Advance, Item


def _superseded() -> QuerySet[Advance]:
    """Rows with content that another followed, or whose item is in the ledger: the one change that
    the database takes, past the manager that changes nothing."""
    later = Advance.objects.filter(item=OuterRef("item"), seq__gt=OuterRef("seq"))
    released = Item.objects.filter(pk=OuterRef("item"))
    found = Advance._base_manager.filter(Q(Exists(later)) | Q(Exists(released)))
    return found.exclude(payload=payloads.PURGED)


@transaction.atomic
def forget(item: UUID) -> int:
    """What was sent early of an item that is purged; how many rows."""
    return _superseded().filter(item=item).update(payload=payloads.PURGED, note="")


@transaction.atomic
def forget_old(before: datetime, *, dry_run: bool = False) -> int:
    """Whatever was sent before that moment and holds no longer; how many rows."""
    lock_head()
    old = _superseded().filter(released_at__lte=before)
    return old.count() if dry_run else old.update(payload=payloads.PURGED, note="")
