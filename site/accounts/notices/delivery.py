"""Sending what is pending: after a commit for a few seconds, the rest by `send_notices`.

A run first takes a notice in hand (`_claim`), in a transaction of its own, and sends with no
transaction open: two runs never send the same, and no lock waits for a mail server. A run that dies
in between leaves the notice to a later one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import retrying
from accounts.notices import mails
from accounts.notices.kinds import TOPICS, Mode
from accounts.notices.models import Notice, NoticeQuerySet
from accounts.posting import Failure, post

LEASE = timedelta(minutes=10)  # longer than one mail can take (EMAIL_TIMEOUT)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
GIVE_UP = timedelta(days=7)
KEPT = timedelta(days=365)
PATIENCE = 10  # seconds that a person's request may take for mails
DOWN, DOWN_FOR = "accounts.notices.server_down", 60  # seconds

logger = logging.getLogger(__name__)


class ServerDown(Exception):
    """The mail server can't be reached, or ended the conversation."""


@dataclass(slots=True)
class Run:
    """One conversation with the mail server; how many mails it took, and how many it didn't."""

    sent: int = 0
    failed: int = 0
    connection: object = field(default_factory=get_connection)

    def send(self, notices: Sequence[Notice], compose: Callable[[], EmailMessage]) -> None:
        """Send one mail that tells of these notices. Raises ServerDown, the notices put back."""
        failure = post(self.connection, compose)
        if failure is None:
            self.sent += 1
            _all(notices).update(mail=Notice.Mail.SENT, last_error="")
            return
        self._put_back(notices, failure)
        if failure.is_down:
            raise ServerDown from failure.error

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()

    def _put_back(self, notices: Sequence[Notice], failure: Failure) -> None:
        self.failed += 1
        told = failure.told()
        logger.error("Không gửi được thư cho %s: %s", notices[0].user.username, told)
        now = timezone.now()
        for one in notices:
            pause = retrying.pause(one.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
            over = failure.is_final or now - one.created_at > GIVE_UP
            state = Notice.Mail.FAILED if over else Notice.Mail.PENDING
            _all([one]).update(mail=state, last_error=told, due_at=now + pause)


def after_commit(pks: Sequence[int]) -> None:
    """Mail these once the caller's transaction is committed, those whose people want it at once."""
    if pks:
        transaction.on_commit(lambda: _send_now(pks), robust=True)


def send_due() -> Run:
    """What is wanted at once and is due; and morning mails that the server didn't take."""
    run = Run()
    _skip(Notice.objects.all())
    with suppress(ServerDown):
        _each(Notice.objects.all(), run)
        late = Notice.objects.due().with_mode().filter(mode=Mode.DIGEST, attempts__gt=0)
        _digests(late.values_list("user", flat=True), run)
    run.close()
    return run


def send_digests() -> Run:
    """To each person who wants one, the morning mail of what is new and unread."""
    run = Run()
    _skip(Notice.objects.all())
    wanted = Notice.objects.due().with_mode().filter(mode=Mode.DIGEST)
    with suppress(ServerDown):
        _digests(wanted.values_list("user", flat=True), run)
    run.close()
    return run


def forget_old() -> int:
    """Delete what is a year old: notices quote drafts, and nobody looks for them any more."""
    return Notice.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _send_now(pks: Sequence[int]) -> None:
    """Just found down or slow, the server isn't waited for again: `send_notices` sends later."""
    if cache.get(DOWN):
        return
    run, scope, until = Run(), Notice.objects.filter(pk__in=pks), time.monotonic() + PATIENCE
    _skip(scope)
    try:
        _each(scope, run, until)
        down = time.monotonic() > until
    except ServerDown:
        down = True
    run.close()
    if down:
        cache.set(DOWN, True, DOWN_FOR)


def _each(scope: NoticeQuerySet, run: Run, until: float | None = None) -> None:
    at_once = scope.due().with_mode().filter(mode=Mode.AT_ONCE).order_by("pk")
    for pk in list(at_once.values_list("pk", flat=True)):
        if until is not None and time.monotonic() > until:
            return
        for notice in _claim(scope.filter(pk=pk)):
            run.send([notice], lambda notice=notice: mails.single(notice))


def _digests(users, run: Run) -> None:
    for user in sorted(set(users)):
        theirs = Notice.objects.filter(user=user).with_mode().filter(mode=Mode.DIGEST)
        if notices := _claim(theirs):
            run.send(notices, lambda notices=notices: mails.digest(notices))


def _claim(found: NoticeQuerySet) -> list[Notice]:
    """Take in hand what is still due of these, oldest first: no other run gets it for a while.

    PostgreSQL locks the rows and looks again at those it waited for; SQLite has one writer.
    """
    with transaction.atomic():
        rows = found.due().select_related("user").order_by("pk")
        taken = list(rows.select_for_update(of=("self",)))
        due = timezone.now() + LEASE
        _all(taken).update(due_at=due, attempts=F("attempts") + 1)
    for notice in taken:
        notice.attempts += 1
    return taken


def _skip(scope: NoticeQuerySet) -> None:
    """No mail where none is wanted, none can arrive, or the notice was read before it went out."""
    pending = scope.pending().with_mode()
    nobody = Q(user__is_active=False) | Q(user__email="")
    read = Q(read_at__isnull=False, kind__in=list(TOPICS))
    wanted_not = pending.filter(nobody | read | Q(mode=Mode.NONE)).order_by()
    pks = list(wanted_not.values_list("pk", flat=True))
    if pks:
        Notice.objects.pending().filter(pk__in=pks).update(mail=Notice.Mail.SKIPPED)


def _all(notices: Sequence[Notice]) -> NoticeQuerySet:
    return Notice.objects.filter(pk__in=[one.pk for one in notices])
