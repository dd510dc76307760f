"""From the ledger to events: each hook has its own offset and catches up by itself."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from stories.press.models import PressHook, PressHookEvent
from stories.releases import selectors as releases
from stories.releases.advance import selectors as advance
from stories.releases.models import Advance, Item, Release

BATCH = 200


def catch_up() -> int:
    """Read the ledger to its end for every active hook; how many events that made."""
    behind = PressHook.objects.active().filter(
        Q(seq__lt=releases.head()) | Q(client__embargo=True, early__lt=advance.head())
    )
    return sum(_read_on(pk) for pk in list(behind.values_list("pk", flat=True)))


def is_told(release: Release | Advance) -> bool:
    """Whether hooks are called for it (`release` may be an `Advance`: the same then).

    A story's pictures come with it, and back-filled stories are no news; but whatever is corrected
    or taken back, clients have to hear of it.
    """
    item = release if isinstance(release, Advance) else release.item
    if release.kind in Release.PUBLIC and item.type == Item.Type.PICTURE:
        return False
    return isinstance(item, Advance) or item.is_news or release.kind != Release.Kind.USABLE


def _read_on(pk: int) -> int:
    made = 0
    while (count := _read(pk)) is not None:
        made += count
    return made


@transaction.atomic
def _read(pk: int) -> int | None:
    """One batch for one hook, under its lock; None at the ledger's end."""
    hook = PressHook.objects.select_for_update(of=("self",)).select_related("client").get(pk=pk)
    early = _read_early(hook) if hook.client.embargo else None
    batch = releases.after(hook.seq, BATCH)
    if not batch:
        return early
    told = [release for release in batch if is_told(release)]
    PressHookEvent.objects.bulk_create(
        [PressHookEvent(hook=hook, release=release) for release in told], ignore_conflicts=True
    )
    PressHook.objects.filter(pk=pk).update(seq=batch[-1].seq)
    return len(told) + (early or 0)


def _read_early(hook: PressHook) -> int | None:
    """The same of what is sent before its time; of that, only what still stands so."""
    batch = advance.after(hook.early, BATCH)
    if not batch:
        return None
    newest = Advance.objects.newest().filter(seq__in=[row.seq for row in batch])
    told = [row for row in newest if is_told(row)]
    PressHookEvent.objects.bulk_create(
        [PressHookEvent(hook=hook, advance=row) for row in told], ignore_conflicts=True
    )
    PressHook.objects.filter(pk=hook.pk).update(early=batch[-1].seq)
    return len(told)
