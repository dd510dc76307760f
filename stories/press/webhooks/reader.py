"""From the ledger to events: each hook has its own offset and catches up by itself."""

from __future__ import annotations

from django.db import transaction

from stories.press.models import PressHook, PressHookEvent
from stories.releases import selectors as releases
from stories.releases.models import Item, Release

BATCH = 200


def catch_up() -> int:
    """Read the ledger to its end for every active hook; how many events that made."""
    behind = PressHook.objects.active().filter(seq__lt=releases.head())
    return sum(_read_on(pk) for pk in list(behind.values_list("pk", flat=True)))


def is_told(release: Release) -> bool:
    """Whether hooks are called for it.

    A story's pictures come with it, and back-filled stories are no news; but whatever is corrected
    or taken back, clients have to hear of it.
    """
    if release.kind in Release.PUBLIC and release.item.type == Item.Type.PICTURE:
        return False
    return release.item.is_news or release.kind != Release.Kind.USABLE


def _read_on(pk: int) -> int:
    made = 0
    while (count := _read(pk)) is not None:
        made += count
    return made


@transaction.atomic
def _read(pk: int) -> int | None:
    """One batch for one hook, under its lock; None at the ledger's end."""
    hook = PressHook.objects.select_for_update().get(pk=pk)
    batch = releases.after(hook.seq, BATCH)
    if not batch:
        return None
    told = [release for release in batch if is_told(release)]
    PressHookEvent.objects.bulk_create(
        [PressHookEvent(hook=hook, release=release) for release in told], ignore_conflicts=True
    )
    PressHook.objects.filter(pk=pk).update(seq=batch[-1].seq)
    return len(told)
