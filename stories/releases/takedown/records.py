"""Writing down a takedown, inside the transaction of its releases."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.audit.services import acting
from stories.pages.models import ExemplarPage, StoryPage, Withdrawal
from stories.releases.models import Item, Release, Takedown, TakedownItem, TakedownStep
from stories.releases.takedown import steps
from stories.units.models import Unit

MODELS = {Item.Type.STORY: StoryPage, Item.Type.EXEMPLAR: ExemplarPage}


def page_of(item: Item):
    """The page of a story or an exemplar; None for a picture, or a page that isn't there."""
    model = MODELS.get(item.type)
    return model and model.objects.filter(uuid=item.pk).select_related("unit").first()


def begin(*, of: str, target: str, reason: str, user=None, units: Iterable[Unit] = ()) -> Takedown:
    """A new takedown with the steps that it takes as a whole; they follow the commit."""
    user = user or acting()
    takedown = Takedown.objects.create(
        of=of, target=target, reason=reason, user=user, by=user.get_username() if user else ""
    )
    takedown.units.add(*units)
    _add_steps(takedown, takedown, None, steps.of_takedowns())
    transaction.on_commit(lambda: _carry_out(takedown.pk), robust=True)
    return takedown


def of_withdrawal(item: Item, withdrawal: Withdrawal) -> Takedown:
    """The one that the withdrawal is part of, or one of its own."""
    if withdrawal.takedown is not None:
        return Takedown.objects.get(pk=withdrawal.takedown)
    return begin(of=Takedown.Of.ITEM, target=str(item.pk), reason=withdrawal.reason_code)


def add(takedown: Takedown, release: Release) -> TakedownItem:
    """Write down that this release belongs to the takedown, with the steps that it takes.

    Items of canceled pictures need no unit of their own: their stories have one.
    """
    part, new = TakedownItem.objects.get_or_create(
        takedown=takedown, release=release, defaults={"item": release.item}
    )
    if new:
        if page := page_of(release.item):
            takedown.units.add(page.unit)
        _add_steps(takedown, part, part, steps.of_items())
    return part


def tell(takedown: Takedown, notices: Iterable, what: str) -> None:
    """Keep who was told of it: `what` is a short code, see the record's template."""
    now = timezone.now().isoformat(timespec="seconds")
    told = [{"who": one.user.get_username(), "at": now, "what": what} for one in notices]
    if told:
        locked = Takedown.objects.select_for_update().get(pk=takedown.pk)
        locked.told = takedown.told = locked.told + told
        locked.save(update_fields=["told"])


def _add_steps(takedown: Takedown, subject, part: TakedownItem | None, kinds) -> None:
    now = timezone.now()
    rows = []
    for kind in kinds:
        if not kind.wanted(subject):
            continue
        row = TakedownStep(takedown=takedown, part=part, kind=kind.name, next_at=now)
        if kind.at_once and kind.verify(subject):
            row.status, row.attempts, row.done_at = TakedownStep.Status.DONE, 1, now
        rows.append(row)
    TakedownStep.objects.bulk_create(rows)


def _carry_out(pk: int) -> None:
    from stories.releases.takedown.carry_out import carry_out

    carry_out(takedown=pk)
