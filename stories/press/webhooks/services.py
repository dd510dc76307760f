"""Writes about hooks: registered, changed, switched, tried. All of it is on record."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from stories.moderation.notices import board
from stories.press.models import PressClient, PressHook, PressHookEvent
from stories.press.webhooks import signing
from stories.releases import selectors as releases
from stories.releases.advance import selectors as advance

BOTH_SIGN_FOR = timedelta(days=7)
ASKED, SILENT, GONE = "asked", "silent", "gone"  # why one is switched off


@transaction.atomic
def create_hook(*, client: PressClient, url: str) -> tuple[PressHook, str]:
    """A new hook, called for what is released from now on, and its secret, to be shown once."""
    secret = signing.new_secret()
    hook = PressHook.objects.create(client=client, url=url, secret=secret, **_ends())
    _on_record(Action.HOOK_CREATED, hook)
    return hook, secret


@transaction.atomic
def change_url(*, hook: PressHook, url: str) -> None:
    hook.url = url
    PressHook.objects.filter(pk=hook.pk).update(url=url, failing_since=None)
    _on_record(Action.HOOK_CHANGED, hook)


@transaction.atomic
def rotate(*, hook: PressHook) -> str:
    """A new secret, to be shown once; the one until now signs too, for BOTH_SIGN_FOR."""
    locked = PressHook.objects.select_for_update().get(pk=hook.pk)
    secret = signing.new_secret()
    locked.previous_secret, locked.secret = locked.secret, secret
    locked.previous_until = timezone.now() + BOTH_SIGN_FOR
    locked.save(update_fields=["secret", "previous_secret", "previous_until"])
    _on_record(Action.HOOK_SECRET, locked)
    return secret


@transaction.atomic
def switch_on(*, hook: PressHook) -> None:
    """From the ledger's end: what was missed is in the feed."""
    off = PressHook.objects.filter(pk=hook.pk, is_active=False)
    if off.update(is_active=True, failing_since=None, switched_off_at=None, **_ends()):
        _on_record(Action.HOOK_ON, hook)


@transaction.atomic
def switch_off(*, hook: PressHook, reason: str = ASKED) -> None:
    """No more calls; those that wait are given up. Unless it was ASKED for, the board is told."""
    on = PressHook.objects.filter(pk=hook.pk, is_active=True)
    if not on.update(is_active=False, switched_off_at=timezone.now()):
        return
    hook.events.open().update(state=PressHookEvent.State.DEAD)
    _on_record(Action.HOOK_OFF, hook, reason=reason)
    if reason != ASKED:
        _tell_board(hook, reason)


def _ends() -> dict[str, int]:
    return {"seq": releases.head(), "early": advance.head()}


def try_out(*, hook: PressHook) -> PressHookEvent:
    """A call without a release, made now; the event says how it went."""
    from stories.press.webhooks import delivery

    event = PressHookEvent.objects.create(hook=hook)
    delivery.send_one(event)
    PressHookEvent.objects.filter(pk=event.pk).open().update(state=PressHookEvent.State.DEAD)
    event.refresh_from_db()
    return event


@transaction.atomic
def replay(*, event: PressHookEvent) -> None:
    """Send it once more, with its own id; for three more days if need be."""
    now = timezone.now()
    PressHookEvent.objects.filter(pk=event.pk).update(
        state=PressHookEvent.State.WAITING, attempts=0, since=now, next_at=now, last_error=""
    )
    _on_record(Action.HOOK_REPLAYED, event.hook)


def _on_record(action: Action, hook: PressHook, **data: str) -> None:
    """By the host's name only: the rest of an address may be a secret of its owner's."""
    host = urlsplit(hook.url).hostname or ""
    about = {"client": hook.client.name, "host": host} | data
    record(action=action, target=f"press_hook:{hook.pk}", data=about)


def _tell_board(hook: PressHook, reason: str) -> None:
    why = {
        SILENT: _("ba ngày liền không nhận được lời báo nào"),
        GONE: _("máy chủ trả lời rằng địa chỉ này không còn nhận"),
    }[reason]
    tell(
        users=get_user_model().objects.filter(board()).distinct(),
        kind=Kind.PRESS,
        subject=_("Đã tắt webhook của %(client)s") % {"client": hook.client},
        text=_(
            "Hệ thống đã tắt webhook của %(client)s (%(host)s): %(why)s.\n\n"
            "Cơ quan này vẫn đọc được nguồn tin bằng khóa của mình, nhưng không còn được báo ngay "
            "khi có bài mới, đính chính hay thu hồi. Nhờ chị/anh liên hệ để sửa địa chỉ, gửi thử "
            "rồi bật lại."
        )
        % {"client": hook.client, "host": urlsplit(hook.url).hostname, "why": why},
        link=reverse("press_hooks:inspect", args=[hook.pk]),
    )
