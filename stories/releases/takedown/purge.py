"""After its time the content of what was withdrawn for good is removed; the proof stays.

Removed: the page with its revisions, reviews and comments; a picture's original and renditions;
the payloads and notes of the item's releases (of the last, what it says of why and where), and what
others told of it; the sketch that finds near-duplicates; titles in notes beside it; its address, of
which a hash stays, so that it still answers 410. Kept: the ledger's rows with their hashes, dates,
kinds, reasons and approvals, and the audit trail. Earlier versions of what is not canceled go as
`versions` says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from accounts.audit import services as audit
from accounts.audit.actions import Action
from accounts.canonical import canonical
from media import services as media
from media.models import Picture
from stories.pages.models import TextSketch
from stories.releases import payload as payloads
from stories.releases.advance import purging
from stories.releases.ledger import lock_head
from stories.releases.models import Item, Release, TakedownItem
from stories.releases.models.item import hidden_path
from stories.releases.takedown import records, steps, traces, versions
from stories.releases.takedown.kinds import file_names

logger = logging.getLogger(__name__)
PURGEABLE = (Release.Reason.CONSENT, Release.Reason.ERROR)


@dataclass(frozen=True, slots=True)
class Report:
    """What was (or would be) removed of an item; `why` says why it wasn't."""

    item: Item
    counts: dict[str, int] = field(default_factory=dict)
    why: str = ""


def due(days: int, now: datetime | None = None) -> QuerySet[Item]:
    """Canceled for consent or error at least so many days ago, and not purged yet."""
    before = (now or timezone.now()) - timedelta(days=days)
    return (
        Item.objects.select_related("current")
        .filter(
            kind=Release.Kind.CANCELED,
            purged_at=None,
            current__reason__in=PURGEABLE,
            current__released_at__lte=before,
        )
        .order_by("current_id")
    )


def purge_due(*, days: int, dry_run: bool = False, now: datetime | None = None) -> Iterator[Report]:
    """Purge each item that is due, in its own transaction; one that fails stops no other."""
    for item in due(days, now):
        yield _tried(item, lambda item=item: _counts(item) if dry_run else purge(item))
    before = (now or timezone.now()) - timedelta(days=days)
    for item, seq in versions.due(before):
        act = versions.counts if dry_run else versions.purge
        yield _tried(item, lambda act=act, item=item, seq=seq: act(item, seq))


def _tried(item: Item, act: Callable[[], Report | dict[str, int]]) -> Report:
    try:
        done = act()
    except Exception as error:
        logger.exception("Chưa xóa được nội dung của %s", item.pk)
        return Report(item, why=f"{type(error).__name__}: {error}"[:500])
    return done if isinstance(done, Report) else Report(item, done)


def purge(item: Item) -> Report:
    """Files first: while the storage is down, the rows that know of them stay."""
    if item.type == Item.Type.PICTURE:
        media.remove_renditions(picture=item.pk, names=file_names(item))
        media.remove_original(picture=item.pk)
    _leave_indexes(item)
    return _purge_rows(item)


def _leave_indexes(item: Item) -> None:
    """Whatever other rooms keep of a withdrawn item. Raises RuntimeError while it is kept."""
    part = TakedownItem(item=item, release=item.current)
    for kind in steps.of_items():
        if kind.at_once or not kind.wanted(part):
            continue
        kind.run(part)
        if not kind.verify(part):
            raise RuntimeError(_("Bước “%(step)s” chưa xong.") % {"step": kind.label})


@transaction.atomic
def _purge_rows(item: Item) -> Report:
    lock_head()
    item = Item.objects.select_related("current").get(pk=item.pk)
    if item.purged_at is not None or item.kind != Release.Kind.CANCELED:
        return Report(item, why=_("Đã được xóa trước đó."))
    counts = _counts(item)
    page = records.page_of(item)
    traces.forget(item, page, traces.titles(item, page))
    if page is not None:
        _forget_page(page)
    media.purge(picture=item.pk)
    TextSketch.objects.filter(uuid=item.pk).delete()
    counts["payloads"] += versions.purge_telling_of(item)
    _forget_releases(item)
    counts["payloads"] += purging.forget(item.pk)
    item.purged_at = timezone.now()
    if item.type != Item.Type.PICTURE:  # its address is its id
        item.path = hidden_path(item.path)
    item.save(update_fields=["purged_at", "path"])
    audit.record(
        action=Action.CONTENT_PURGED,
        target=f"{item.type}:{item.pk}",
        data={"seq": item.current_id, "sha256": item.current.sha256, **counts},
    )
    return Report(item, counts)


def _forget_releases(item: Item) -> None:
    versions.kept(item, item.current_id).update(payload=payloads.PURGED, note="")
    last = canonical(payloads.bare_notice(item.current.data))
    Release._base_manager.filter(pk=item.current_id).update(payload=last, note="")


def _counts(item: Item) -> dict[str, int]:
    page = records.page_of(item)
    revisions = Revision.page_revisions.filter(object_id=str(page.pk)) if page else None
    return {
        "pages": int(page is not None),
        "revisions": revisions.count() if revisions is not None else 0,
        "pictures": Picture.objects.filter(uuid=item.pk).count(),
        "payloads": versions.kept(item, item.current_id).count(),
        "sketches": TextSketch.objects.filter(uuid=item.pk).count(),
    }


def _forget_page(page) -> None:
    """With its revisions, workflow and comments, which go with it."""
    pk = page.pk
    page.delete()
    PageLogEntry.objects.filter(page_id=pk).delete()
