"""Seeing that a client pulls, and that it doesn't any more: told to Ban Tuyên giáo once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.moments import moment
from accounts.notices.kinds import Kind
from accounts.notices.services import settle, tell
from stories.moderation.notices import board
from stories.press.models import PressClient, PressHook, PressHookEvent, PressKey, PressWatch
from stories.press.told.services import contact

EXACT = timedelta(hours=1)  # a pull that comes sooner after the last one is not worth a write


def watch() -> int:
    """Look at every active client that ever pulled; how many alarms that raised."""
    pulled = PressClient.objects.filter(is_active=True).annotate(pulled=Max("keys__last_used_at"))
    return sum(_look_at(client) for client in pulled.exclude(pulled=None))


def _look_at(client: PressClient) -> bool:
    pulled = client.pulled
    state, _new = PressWatch.objects.get_or_create(client=client, defaults={"seen_at": pulled})
    if state.seen_at is None or pulled - state.seen_at >= EXACT or _ended(state, pulled):
        _see(state, pulled)
    return state.alarmed_at is None and _is_silent(state, pulled) and _alarm(state, pulled)


def _ended(state: PressWatch, pulled: datetime) -> bool:
    return state.alarmed_at is not None and pulled > state.alarmed_at


def _see(state: PressWatch, pulled: datetime) -> None:
    """It pulled. A silence that the board was told of says nothing about its rhythm."""
    if state.seen_at is not None and state.alarmed_at is None:
        gap = pulled - state.seen_at
        state.rhythm = max(gap, (3 * state.rhythm + gap) / 4)  # up at once, down by and by
    state.seen_at = pulled
    if _ended(state, pulled):
        state.alarmed_at = None
        settle(kinds=[Kind.PRESS], link=_link(state.client))
    state.save(update_fields=["seen_at", "rhythm", "alarmed_at"])


def _is_silent(state: PressWatch, pulled: datetime) -> bool:
    days = state.client.silent_after_days
    since = _missing_since(state.client, pulled)
    if days is None or since is None:
        return False
    return timezone.now() - since >= max(timedelta(days=days), 2 * state.rhythm)


def _missing_since(client: PressClient, pulled: datetime) -> datetime | None:
    """Since when it hasn't pulled what it should have.

    Who is called by a webhook pulls when there is something: since the first call that no pull
    followed, None where there was none.
    """
    if not PressHook.objects.active().filter(client=client).exists():
        return pulled
    called = PressHookEvent.objects.filter(hook__client=client, created_at__gt=pulled)
    return called.exclude(release=None).aggregate(at=Min("created_at"))["at"]


@transaction.atomic
def _alarm(state: PressWatch, pulled: datetime) -> bool:
    """Tell the board, unless another run has just done so."""
    mine = PressWatch.objects.filter(pk=state.pk, alarmed_at=None)
    if not mine.update(alarmed_at=timezone.now()):
        return False
    client = state.client
    text = _(
        "Hệ thống của %(client)s vẫn thường lấy tin, nhưng từ %(at)s đến nay không lấy lần nào.\n\n"
        "Nhờ chị/anh liên hệ (%(contact)s) xem bên ấy có trục trặc gì không. Khi hệ thống lấy tin "
        "trở lại, thông báo này tự khép."
    ) % {
        "client": client,
        "at": moment(pulled),
        "contact": contact(client),
    }
    if not PressKey.objects.live().filter(client=client).exists():
        text += "\n\n" + _(
            "Cơ quan này không còn khóa nào dùng được: khóa đã hết hạn hoặc thu hồi."
        )
    tell(
        users=get_user_model().objects.filter(board()).distinct(),
        kind=Kind.PRESS,
        subject=_("%(client)s đã ngừng lấy tin") % {"client": client},
        text=text,
        link=_link(client),
    )
    return True


def _link(client: PressClient) -> str:
    return reverse("press_clients:inspect", args=[client.pk])
