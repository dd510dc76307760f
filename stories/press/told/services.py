"""Writes: seen to be told, confirmed, reminded, passed on to Ban Tuyên giáo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from stories.moderation.notices import board
from stories.press.models import (
    PressClient,
    PressConfirmation,
    PressDelivery,
    PressDownload,
    PressHookEvent,
)
from stories.press.told import recipients

Channel, How, Mail = PressConfirmation.Channel, PressConfirmation.How, PressConfirmation.Mail
LAST_REMINDER = timedelta(hours=24)  # from the beginning; with it the board hears of it
REMINDERS = 2


def see_told() -> None:
    """Note, for rows not told yet, that their client pulled the release or took the call."""
    for row in (
        PressConfirmation.objects.open().filter(told_at=None).select_related("release", "advance")
    ):
        for channel, at in ((Channel.FEED, _pulled(row)), (Channel.WEBHOOK, _called(row))):
            if at is not None:
                note_told([row], channel, at)


def note_told(rows: Iterable[PressConfirmation], channel: str, at: datetime) -> None:
    """The first time counts."""
    untold = PressConfirmation.objects.filter(pk__in=[row.pk for row in rows], told_at=None)
    untold.update(told_at=at, channel=channel)


def _pulled(row: PressConfirmation) -> datetime | None:
    given = PressDelivery.objects.filter(client=row.client_id, item=row.item_id)
    given = given.filter(version__gte=row.cause.version)
    return given.exclude(channel=PressDelivery.Channel.WEBHOOK).aggregate(at=Min("first_at"))["at"]


def _called(row: PressConfirmation) -> datetime | None:
    called = PressHookEvent.objects.filter(
        hook__client=row.client_id, release=row.release_id, advance=row.advance_id
    )
    return called.aggregate(at=Min("sent_at"))["at"]


@transaction.atomic
def confirm(
    *, client: PressClient, item: UUID, version: int, how: str, by: str, actor=None
) -> list[PressConfirmation]:
    """The client has done what this version of the item asks for, and earlier ones too.

    A system's word leaves open what people of the client took by hand (`system_at`).
    Returns the rows that this covers, confirmed now or before; empty where nothing was asked.
    """
    covered = PressConfirmation.objects.filter(client=client, item=item)
    covered = covered.filter(
        Q(release__version__lte=version) | Q(advance__version__lte=version)
    ).select_related("release", "item", "advance")
    now, named = timezone.now(), " ".join(by.split())[:200]
    values = {"confirmed_at": now, "confirmed_by": named, "confirmed_how": how}
    waiting = covered.filter(confirmed_at=None)
    if how == How.API and PressDownload.objects.by_hand().filter(client=client, item=item).exists():
        values, waiting = {"system_at": now}, waiting.filter(system_at=None)
    if waiting.update(**values):
        covered.filter(told_at=None).update(told_at=now, channel=_channel(how))
        data = {"client": client.name, "version": version, "how": str(how), "who": named}
        record(action=Action.PRESS_CONFIRMED, target=f"item:{item}", actor=actor, data=data)
    return sorted(covered, key=lambda row: row.cause.version)


def _channel(how: str) -> str:
    return {
        How.API: Channel.FEED,
        How.LINK: Channel.MAIL,
        How.ROOM: Channel.ROOM,
        How.STAFF: Channel.STAFF,
    }[How(how)]


def remind() -> int:
    """Tell again those who are silent: by mail, and by calling their hooks once more."""
    now, count = timezone.now(), 0
    due = PressConfirmation.objects.open().filter(remind_at__lte=now)
    due = list(due.select_related("client"))
    reached = recipients.reachable({row.client for row in due})
    for row in due:
        following = row.created_at + LAST_REMINDER if row.reminders + 1 < REMINDERS else None
        mine = PressConfirmation.objects.filter(pk=row.pk, remind_at=row.remind_at)
        values = {"reminders": F("reminders") + 1, "remind_at": following}
        if row.client_id in reached:
            values |= {"mail": Mail.PENDING, "mail_at": now, "mail_attempts": 0, "mail_error": ""}
        if mine.update(**values):
            _call_again(row, now)
            count += 1
    return count


def _call_again(row: PressConfirmation, now: datetime) -> None:
    calls = PressHookEvent.objects.filter(
        release=row.release_id,
        advance=row.advance_id,
        hook__client=row.client_id,
        hook__is_active=True,
    )
    calls.exclude(state__in=PressHookEvent.OPEN).update(
        state=PressHookEvent.State.WAITING, attempts=0, since=now, next_at=now
    )


@transaction.atomic
def escalate() -> int:
    """Tell Ban Tuyên giáo, once, of clients that haven't confirmed in a day; how many rows."""
    now = timezone.now()
    late = PressConfirmation.objects.open().filter(
        escalated_at=None, created_at__lte=now - LAST_REMINDER
    )
    rows = list(late.select_for_update(of=("self",)).select_related("client").order_by("pk"))
    by_client: dict[PressClient, list[PressConfirmation]] = {}
    for row in rows:
        by_client.setdefault(row.client, []).append(row)
    for client, theirs in by_client.items():
        PressConfirmation.objects.filter(pk__in=[row.pk for row in theirs]).update(escalated_at=now)
        _tell_board(client, theirs)
    return len(rows)


def contact(client: PressClient) -> str:
    """How to reach the client's people, in words."""
    known = (client.contact_name, client.contact_phone, client.contact_email)
    return ", ".join(filter(None, map(str.strip, known))) or _("chưa có địa chỉ liên hệ")


def _tell_board(client: PressClient, rows: list[PressConfirmation]) -> None:
    data = {"client": client.name, "count": len(rows)}
    record(action=Action.PRESS_ESCALATED, target=f"press_client:{client.name}", data=data)
    tell(
        users=get_user_model().objects.filter(board()).distinct(),
        kind=Kind.PRESS,
        subject=_("%(client)s chưa xác nhận đính chính, thu hồi") % {"client": client},
        text=_(
            "Sau 24 giờ, %(client)s chưa xác nhận %(n)d lần đính chính, tạm gỡ hoặc thu hồi của "
            "những mục mà cơ quan này đã nhận. Hệ thống đã nhắc hai lần.\n\n"
            "Nhờ chị/anh liên hệ trực tiếp (%(contact)s), rồi ghi lại lời xác nhận."
        )
        % {
            "client": client,
            "n": len(rows),
            "contact": contact(client),
        },
        link=f"{reverse('press_confirmations:index')}?client={client.pk}&open=true",
    )
