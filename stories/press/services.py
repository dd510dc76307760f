"""Writes of the press room: keys given and taken back, deliveries put on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actions import Action
from accounts.audit.services import record
from stories.press import keys
from stories.press.models import PressClient, PressDelivery, PressKey
from stories.releases.models import Advance, Release

MAX_LIVE_KEYS = 2  # the old one and the new one, while a client changes over
KEY_LIFE = timedelta(days=365)
USE_NOTED_EVERY = timedelta(minutes=1)


class TooManyKeys(Exception):
    """The client already has as many live keys as a change-over needs."""


def create_key(
    *, client: PressClient, expires_at: datetime | None = None, life: timedelta = KEY_LIFE
) -> tuple[PressKey, str]:
    """A new key of this client: the row, and the key in plain text for its owner's eyes only.

    Without `expires_at` it lives for `life`. Raises TooManyKeys at the third live key.
    """
    with transaction.atomic():
        # The client's row is the lock: two requests at once can't both find one key too few.
        PressClient.objects.select_for_update().get(pk=client.pk)
        if PressKey.objects.live().filter(client=client).count() >= MAX_LIVE_KEYS:
            raise TooManyKeys(client.name)
        plain = keys.generate()
        while PressKey.objects.filter(prefix=keys.display(plain)).exists():
            plain = keys.generate()
        key = PressKey.objects.create(
            client=client,
            prefix=keys.display(plain),
            sha256=keys.digest(plain),
            expires_at=expires_at or timezone.now() + life,
        )
        _on_record(Action.KEY_CREATED, key)
    return key, plain


@transaction.atomic
def revoke_key(*, key: PressKey) -> None:
    """From now on the key is refused; a second call keeps the first time."""
    now = timezone.now()
    if PressKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now):
        key.revoked_at = now
        _on_record(Action.KEY_REVOKED, key)


def _on_record(action: Action, key: PressKey) -> None:
    record(action=action, target=f"press_key:{key.prefix}", data={"client": key.client.name})


def use_to_note(noted_before: datetime) -> Q:
    """Keys whose last noted use is as old as that, or that were never used."""
    return Q(last_used_at__isnull=True) | Q(last_used_at__lte=noted_before)


def note_use(*, key_id: int, now: datetime) -> None:
    """Note that the key was used, at most once a minute: most requests write nothing here."""
    due = use_to_note(now - USE_NOTED_EVERY)
    PressKey.objects.filter(due, pk=key_id).update(last_used_at=now)


_RECORD = """
INSERT INTO {table} (client_id, item_id, version, channel, first_at, last_at, count)
SELECT %s, r.{item}, r.version, %s, %s, %s, 1 FROM {ledger} r
WHERE r.seq IN ({marks}) ORDER BY r.seq
ON CONFLICT (client_id, item_id, version, channel) DO {known}
"""
_COUNTED = "UPDATE SET count = {table}.count + 1, last_at = excluded.last_at"


def record_deliveries(
    *, client_id: int, seqs: Sequence[int], channel: PressDelivery.Channel, again: bool = True
) -> None:
    """Put on record that the client was given these releases (ledger numbers; below zero, what was
    sent early).

    One statement for each of the two streams, whatever the number; item and version come from the
    rows themselves. Sorted, so that two pulls of one client never wait for each other crosswise.
    Not `again`: what is on record already isn't counted (a later piece of the same download).
    """
    for model, item in ((Release, "item_id"), (Advance, "item")):
        wanted = [abs(seq) for seq in seqs if (seq > 0) == (model is Release)]
        if wanted:
            _record(model, item, wanted, client_id, channel, again)


def _record(model, item: str, seqs: list[int], client_id: int, channel, again: bool) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    table = PressDelivery._meta.db_table
    sql = _RECORD.format(
        table=table,
        known=_COUNTED.format(table=table) if again else "NOTHING",
        ledger=model._meta.db_table,
        item=item,
        marks=",".join(["%s"] * len(seqs)),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [client_id, str(channel.value), now, now, *seqs])
