"""The digests: planned once a day and client, sent until the mail server takes them.

A plan is a row that names a piece of the ledger, made in the transaction that moves the client's
position on: a run that dies loses nothing and sends nothing twice. What the mail says is composed
when it is sent, so that what was taken back meanwhile is in none. A run that dies between sending
and noting it leaves a second mail with the same Message-ID, which a mailbox drops.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from accounts.posting import Failure, post
from stories.moderation.notices import board
from stories.press import selectors, services
from stories.press.models import (
    PressClient,
    PressConfirmation,
    PressDelivery,
    PressDigest,
    PressWatch,
)
from stories.press.silence import content
from stories.press.silence.content import Entry
from stories.press.told import mails, reader
from stories.press.told import services as told

MORNING = 6  # o'clock
LEASE = timedelta(minutes=10)
GIVE_UP = timedelta(days=7)
Digest, State = PressClient.Digest, PressDigest.State

logger = logging.getLogger(__name__)


def send() -> tuple[int, int]:
    """Plan what is due today, send what is planned; how many mails went out, how many didn't."""
    plan()
    connection, sent, failed = get_connection(), 0, 0
    for pk in list(PressDigest.objects.due().order_by("pk").values_list("pk", flat=True)):
        digest = _claim(pk)
        if digest is None:
            continue
        entries, reached = content.collect(digest.client, after=digest.after, until=digest.until)
        if not entries:
            _note(digest, entries, reached, State.SKIPPED)
            continue
        failure = post(connection, lambda d=digest, e=entries: compose(d, e))
        if failure is None:
            _note(digest, entries, reached, State.SENT)
            sent += 1
            continue
        _put_back(digest, failure)
        failed += 1
        if failure.is_down:
            break
    with suppress(OSError):
        connection.close()
    return sent, failed


def plan() -> None:
    """A digest for each client that wants one, once a day from the morning on."""
    unwanted = PressWatch.objects.filter(client__digest=Digest.OFF)
    unwanted.exclude(digest_seq=None).update(digest_seq=None)
    wanting = PressClient.objects.filter(is_active=True).exclude(digest=Digest.OFF)
    wanting = wanting.exclude(contact_email="").annotate(pulled=Max("keys__last_used_at"))
    for client in wanting:
        PressWatch.objects.get_or_create(client=client)
        _plan(client)


@transaction.atomic
def _plan(client: PressClient) -> None:
    """Under the lock of its row: two runs make one digest."""
    state = PressWatch.objects.select_for_update().get(client=client)
    before = state.digest_seq, state.digest_day
    local, head = timezone.localtime(), selectors.head()
    is_daily = client.digest == Digest.DAILY
    if state.digest_seq is None:  # asked for just now: what was before is not news
        state.digest_seq = head if is_daily else 0
    is_due = local.hour >= MORNING and state.digest_day != local.date()
    if is_due and (is_daily or state.alarmed_at is not None):
        start = state.digest_seq
        if not is_daily and client.pulled is not None:
            start = max(start, selectors.last_until(client.pulled))
        if start < head:
            PressDigest.objects.create(client=client, after=start, until=head)
        state.digest_seq, state.digest_day = head, local.date()
    if before != (state.digest_seq, state.digest_day):
        state.save(update_fields=["digest_seq", "digest_day"])


def compose(digest: PressDigest, entries: list[Entry]) -> EmailMessage:
    """The mail, in plain text: what is new, what to correct, what to take down."""
    client, base = digest.client, settings.PUBLIC_BASE_URL
    host = urlsplit(base).hostname or "localhost"
    is_silent = client.digest == Digest.SILENT
    day = date_format(timezone.localtime(digest.created_at), "d/m/Y")
    subject = _("Tin từ Hội LHPN tỉnh Phú Thọ, ngày %(day)s") % {"day": day}
    if is_silent:
        subject = _("Tin từ Hội LHPN tỉnh Phú Thọ mà hệ thống của quý cơ quan chưa lấy")
    by_kind = {
        what: [_told(entry, base) for entry in entries if entry.what == what]
        for what in ("withdrawal", "correction", "new")
    }
    context = by_kind | {"client": client, "is_silent": is_silent, "base_url": base}
    return EmailMessage(
        subject,
        render_to_string("press/mails/digest.txt", context).strip() + "\n",
        to=[client.contact_email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same when a mail is tried again, so that a mailbox can drop a second copy.
            "Message-ID": f"<bao-chi-tong-hop-{digest.pk}@{host}>",
        },
    )


def _told(entry: Entry, base: str) -> dict[str, str]:
    """Where people read it; of what is taken down, by what the client finds its copy."""
    payload, is_gone = entry.payload, entry.what == "withdrawal"
    return {
        "title": payload["title"],
        "lead": " ".join(payload["lead"].split()) if "lead" in payload else "",
        "note": payload["note"],
        "link": f"{base}/id/{payload['uuid']}" if is_gone else base + payload["href"],
    }


@transaction.atomic
def _claim(pk: int) -> PressDigest | None:
    """Take it in hand; None where another run has it, or nobody wants it any more."""
    due = PressDigest.objects.due().select_for_update(of=("self",)).select_related("client")
    digest = due.filter(pk=pk).first()
    if digest is None:
        return None
    client = digest.client
    digest.attempts, digest.due_at = digest.attempts + 1, timezone.now() + LEASE
    if not (client.is_active and client.contact_email and client.digest != Digest.OFF):
        digest.state = State.SKIPPED
    digest.save(update_fields=["attempts", "due_at", "state"])
    return digest if digest.state == State.PENDING else None


@transaction.atomic
def _note(digest: PressDigest, entries: list[Entry], reached: int, state: str) -> None:
    """It has arrived: on record as delivered, told of what is to be confirmed; the rest follows."""
    PressDigest.objects.filter(pk=digest.pk).update(state=state, until=reached, error="")
    if reached < digest.until:
        PressDigest.objects.create(client=digest.client, after=reached, until=digest.until)
    seqs = [entry.seq for entry in entries]
    services.record_deliveries(
        client_id=digest.client_id, seqs=seqs, channel=PressDelivery.Channel.MAIL
    )
    reader.catch_up()
    asked = PressConfirmation.objects.open().filter(client=digest.client, release__in=seqs)
    told.note_told(asked, told.Channel.MAIL, timezone.now())


def _put_back(digest: PressDigest, failure: Failure) -> None:
    logger.error("Không gửi được thư tổng hợp cho %s: %s", digest.client.name, failure.told())
    is_over = failure.is_final or timezone.now() - digest.created_at > GIVE_UP
    with transaction.atomic():
        PressDigest.objects.filter(pk=digest.pk).update(
            state=State.FAILED if is_over else State.PENDING,
            due_at=mails.later(digest.attempts),
            error=failure.told(),
        )
        if is_over:
            _tell_board(digest.client)


def _tell_board(client: PressClient) -> None:
    """The mail is lost for good: people have to see to it."""
    words = {"client": client, "address": client.contact_email}
    tell(
        users=get_user_model().objects.filter(board()).distinct(),
        kind=Kind.PRESS,
        subject=_("Không gửi được thư tổng hợp cho %(client)s") % words,
        text=_(
            "Máy chủ thư không nhận thư gửi đến %(address)s. Nhờ chị/anh hỏi lại địa chỉ của "
            "%(client)s rồi sửa trong mục Báo chí."
        )
        % words,
        link=reverse("press_clients:edit", args=[client.pk]),
    )
