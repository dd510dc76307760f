"""What the hub is asked for: taken down, within limits, until the callback itself confirms."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.press import selectors
from stories.press.models import HubSubscription, HubWish
from stories.press.outgoing import addresses
from stories.press.websub import topics

DEFAULT_LEASE, SHORTEST_LEASE, LONGEST_LEASE = 10 * 86400, 3600, 30 * 86400  # seconds
MOST_OF_HOST, MOST = 10, 1000  # subscriptions and wishes
A_MINUTE, OF_HOST_A_MINUTE = 60, 10  # requests: we shouldn't knock at a stranger's door for others
LONGEST_CALLBACK = 500
LONGEST_SECRET = 199  # bytes, as the standard says


class BadWish(Exception):
    """Not to be fulfilled; the message says why."""


class TooManyWishes(Exception):
    """Perhaps later."""


def wish(*, mode: str, topic: str, callback: str, secret: str = "", lease: str = "") -> HubWish:
    """Take the request down. Raises BadWish, TooManyWishes."""
    path = topics.of_url(topic)
    if mode not in HubWish.Mode.values:
        raise BadWish(_("hub.mode chỉ nhận subscribe hoặc unsubscribe."))
    if path is None:
        raise BadWish(_("hub.topic không phải nguồn tin của trang này."))
    if len(callback) > LONGEST_CALLBACK:
        raise BadWish(_("hub.callback dài quá."))
    try:
        host = addresses.parse(callback).host
    except addresses.Refused as error:
        raise BadWish(f"hub.callback: {error}") from error
    if len(secret.encode()) > LONGEST_SECRET or not secret.isprintable():
        raise BadWish(_("hub.secret dài quá hoặc có ký tự không dùng được."))
    values = {
        "mode": mode,
        "host": host,
        "secret": secret,
        "lease_seconds": _lease(lease),
    }
    _count(host)
    with transaction.atomic():
        _leave_room(path, callback, host)
        made, _new = HubWish.objects.update_or_create(
            topic=path, callback=callback, defaults=values
        )
    return made


def fulfil(wished: HubWish) -> None:
    """The callback has said that it was meant."""
    mine = {"topic": wished.topic, "callback": wished.callback}
    with transaction.atomic():
        same = {"mode": wished.mode, "secret": wished.secret}
        HubWish.objects.filter(pk=wished.pk, **same).delete()  # not what was wished meanwhile
        if wished.mode == HubWish.Mode.UNSUBSCRIBE:
            HubSubscription.objects.filter(**mine).delete()
            return
        now = timezone.now()
        values = {
            "host": wished.host,
            "secret": wished.secret,
            "lease_until": now + timedelta(seconds=wished.lease_seconds),
            "attempts": 0,
            "next_at": now,
            "failing_since": None,
            "last_error": "",
        }
        HubSubscription.objects.update_or_create(
            **mine, defaults=values, create_defaults=values | {"seq": selectors.column_head()}
        )


def _lease(text: str) -> int:
    """Whole seconds within our bounds; anything else is the default."""
    if not (text.isascii() and text.isdigit()):
        return DEFAULT_LEASE
    return min(max(int(text[:10]), SHORTEST_LEASE), LONGEST_LEASE)


def _count(host: str) -> None:
    """Requests of this minute, of all and of the host."""
    minute = int(timezone.now().timestamp()) // 60
    limits = {f"websub:{minute}": A_MINUTE, f"websub:{minute}:{host}": OF_HOST_A_MINUTE}
    for slot, most in limits.items():
        cache.add(slot, 0, 60)
        if cache.incr(slot) > most:
            raise TooManyWishes


def _leave_room(topic: str, callback: str, host: str) -> None:
    """What is there already may be renewed or ended; more only within the limits."""
    known = {"topic": topic, "callback": callback}
    tables = (HubSubscription.objects, HubWish.objects)
    if any(table.filter(**known).exists() for table in tables):
        return
    if sum(table.filter(host=host).count() for table in tables) >= MOST_OF_HOST:
        raise TooManyWishes
    if sum(table.count() for table in tables) >= MOST:
        raise TooManyWishes
