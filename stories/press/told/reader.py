"""From the ledger and the record of deliveries to rows of who has to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.press.models import (
    ConfirmationOffset,
    PressClient,
    PressConfirmation,
    PressDelivery,
)
from stories.press.told import recipients
from stories.releases import selectors as releases
from stories.releases.advance import selectors as advance
from stories.releases.models import Advance, Release

BATCH = 200
Mail = PressConfirmation.Mail
FIRST_REMINDER = timedelta(hours=4)
# A request that was being answered when the release came puts its delivery on record after it.
LOOK_BACK, LATE = 50, timedelta(hours=1)
TEXTLESS = (PressDelivery.Channel.WEBHOOK,)  # who was only woken up holds nothing


def catch_up() -> None:
    """Read the ledger to its end."""
    while _read():
        pass


def offset() -> int:
    return ConfirmationOffset.objects.values_list("seq", flat=True).first() or 0


@transaction.atomic
def _read() -> int:
    """One batch, and once more the newest before it; how many releases are new."""
    ConfirmationOffset.objects.get_or_create(pk=1)
    state = ConfirmationOffset.objects.select_for_update().get(pk=1)
    batch = releases.after(state.seq, BATCH)
    late = timezone.now() - LATE
    before = releases.after(max(state.seq - LOOK_BACK, 0), LOOK_BACK)
    again = [one for one in before if one.seq <= state.seq and one.released_at >= late]
    _ask([*again, *batch])
    early = _read_early(state.early)
    if batch:
        ConfirmationOffset.objects.filter(pk=1).update(seq=batch[-1].seq)
    return len(batch) + early


def _read_early(after: int) -> int:
    """The same of what is sent before its time; what came into the ledger is settled there."""
    batch = advance.after(after, BATCH)
    late = timezone.now() - LATE
    before = advance.after(max(after - LOOK_BACK, 0), LOOK_BACK)
    again = [one for one in before if one.seq <= after and one.released_at >= late]
    read = [*again, *batch]
    if read:
        standing = Advance.objects.newest().filter(seq__in=[one.seq for one in read])
        _ask(list(standing.order_by("seq")))
    if batch:
        ConfirmationOffset.objects.filter(pk=1).update(early=batch[-1].seq)
    return len(batch)


def _ask(read: Iterable[Release | Advance]) -> None:
    """Rows for those who hold what these releases correct or take back; earlier rows are moot."""
    newest = {release.item_id: release for release in read}
    asking = [one for one in newest.values() if one.kind != Release.Kind.USABLE]
    holders = _holders(asking)
    now = timezone.now()
    clients = PressClient.objects.filter(pk__in=set().union(*holders.values()))
    reached = recipients.reachable(clients)
    PressConfirmation.objects.bulk_create(
        [
            PressConfirmation(
                client_id=client,
                item_id=release.item_id,
                **_about(release),
                created_at=now,
                remind_at=now + FIRST_REMINDER,
                mail_at=now,
                mail=Mail.PENDING if client in reached else Mail.NONE,
            )
            for release in asking
            for client in holders.get(release.item_id, ())
        ],
        ignore_conflicts=True,
    )
    for release in newest.values():
        earlier = PressConfirmation.objects.open().filter(item=release.item_id)
        if isinstance(release, Advance):
            moot = Q(advance__lt=release.seq)
        else:  # what is in the ledger follows all that was sent early
            moot = Q(release__lt=release.seq) | Q(advance__isnull=False)
        earlier.filter(moot).update(superseded=True)


def _about(release: Release | Advance) -> dict[str, Release | Advance]:
    return {"advance" if isinstance(release, Advance) else "release": release}


def _holders(asking: Iterable[Release | Advance]) -> dict[UUID, set[int]]:
    """Item → clients that were given an earlier version while it was public, or sent early."""
    now = {release.item_id: release.version for release in asking}
    if not now:
        return {}
    given = PressDelivery.objects.filter(item__in=now).exclude(channel__in=TEXTLESS)
    rows = set(given.values_list("client", "item", "version"))
    public = {
        pair
        for model in (Release, Advance)
        for pair in model.objects.filter(item__in=now, kind__in=Release.PUBLIC).values_list(
            "item", "version"
        )
    }
    found: dict[UUID, set[int]] = {}
    for client, item, version in rows:
        if version < now[item] and (item, version) in public:
            found.setdefault(item, set()).add(client)
    return found
