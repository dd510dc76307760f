"""The mails to clients: one for each client and run, about all that it has to hear of."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import retrying
from accounts.posting import Failure, post
from stories.press import entitlements
from stories.press.clippings import published
from stories.press.faces import house
from stories.press.models import PressClient, PressConfirmation, PressDelivery
from stories.press.told import links, recipients, services
from stories.releases.models import Release

Mail = PressConfirmation.Mail
LEASE = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=6)
GIVE_UP = timedelta(days=7)
KINDS = Release.Kind

logger = logging.getLogger(__name__)


def send_due() -> tuple[int, int]:
    """Mail each client what it has to hear of; how many mails went out, how many didn't."""
    waiting = PressConfirmation.objects.to_mail(timezone.now())
    clients = sorted(set(waiting.order_by().values_list("client", flat=True)))
    connection, sent, failed = get_connection(), 0, 0
    for pk in clients:
        if not (rows := _claim(pk)):
            continue
        failure = post(connection, lambda rows=rows: compose(rows[0].client, rows))
        if failure is None:
            _sent(rows)
            sent += 1
            continue
        _put_back(rows, failure)
        failed += 1
        if failure.is_down:
            break
    with suppress(OSError):
        connection.close()
    return sent, failed


def compose(client: PressClient, rows: Sequence[PressConfirmation]) -> EmailMessage:
    """What to do about which items, in plain text, and how to confirm."""
    base = settings.PUBLIC_BASE_URL
    told, again = [_told(row) for row in rows], any(row.reminders for row in rows)
    context = {
        "client": client,
        "base_url": base,
        "link": base + links.path(client),
        "again": again,
        "told": told,
    }
    number = f"{rows[0].pk}-{rows[-1].pk}-{rows[0].reminders}"
    return EmailMessage(
        _subject(sum(one["taken_back"] for one in told), again=again),
        render_to_string("press/mails/told.txt", context).strip() + "\n",
        to=recipients.of(client, {row.item_id for row in rows}),
        headers={
            "Auto-Submitted": "auto-generated",
            "Importance": "high",
            # The same when a mail is tried again, so that a mailbox can drop a second copy.
            "Message-ID": f"<bao-chi-{number}@{urlsplit(base).hostname or 'localhost'}>",
        },
    )


def _subject(taken_back: int, *, again: bool) -> str:
    """Of a mail in which so many items are to be taken down."""
    if not taken_back:
        subject = _("Đính chính bài, ảnh đã nhận từ Hội LHPN tỉnh Phú Thọ")
    else:
        subject = ngettext(
            "Đề nghị gỡ %(n)d mục đã nhận từ Hội LHPN tỉnh Phú Thọ",
            "Đề nghị gỡ %(n)d mục đã nhận từ Hội LHPN tỉnh Phú Thọ",
            taken_back,
        ) % {"n": taken_back}
    return _("Nhắc lại: %(subject)s") % {"subject": subject} if again else subject


def _told(row: PressConfirmation) -> dict[str, Any]:
    """An item of the mail: the notice's own words, and by what the client finds its copy.

    `taken_back` from this client: withdrawn, or not for it any more.
    """
    given = PressDelivery.objects.filter(client=row.client_id, item=row.item_id)
    versions = given.filter(version__lt=row.cause.version).order_by("version")
    data = entitlements.as_told(row.client.kind, row.cause.payload.encode())
    taken_back = data["kind"] not in Release.PUBLIC
    return {
        "row": row,
        "taken_back": taken_back,
        "title": data.get("title", ""),
        "note": data.get("lead", "") if taken_back else house.note(data),
        "uri": f"{settings.PUBLIC_BASE_URL}/id/{row.item_id}",
        "versions": ", ".join(map(str, sorted(set(versions.values_list("version", flat=True))))),
        "first": versions.order_by("first_at").values_list("first_at", flat=True).first(),
        "took": ", ".join(recipients.took(row.client, row.item_id)),
        "published": published.of_client(row.client_id, row.item_id) if taken_back else [],
    }


@transaction.atomic
def _claim(client: int) -> list[PressConfirmation]:
    """Take in hand what is due for the client; another run finds none of it for a while."""
    now = timezone.now()
    due = PressConfirmation.objects.to_mail(now).filter(client=client)
    related = ("client", "item", "release", "advance")
    rows = list(due.select_for_update(of=("self",)).select_related(*related).order_by("pk"))
    _all(rows).update(mail_at=now + LEASE, mail_attempts=F("mail_attempts") + 1)
    if rows and not recipients.reachable([rows[0].client]):
        _all(rows).update(mail=Mail.NONE)
        return []
    for row in rows:
        row.mail_attempts += 1
    return rows


def _sent(rows: Sequence[PressConfirmation]) -> None:
    _all(rows).update(mail=Mail.SENT, mail_error="")
    services.note_told(rows, services.Channel.MAIL, timezone.now())


def _put_back(rows: Sequence[PressConfirmation], failure: Failure) -> None:
    told = failure.told()
    logger.error("Không gửi được thư cho %s: %s", rows[0].client.name, told)
    for row in rows:
        over = failure.is_final or timezone.now() - row.created_at > GIVE_UP
        state = Mail.FAILED if over else Mail.PENDING
        _all([row]).update(mail=state, mail_error=told, mail_at=later(row.mail_attempts))


def later(attempts: int) -> datetime:
    """When a mail that failed so often is tried again."""
    wait = retrying.pause(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    return timezone.now() + wait


def _all(rows: Sequence[PressConfirmation]):
    return PressConfirmation.objects.filter(pk__in=[row.pk for row in rows])
