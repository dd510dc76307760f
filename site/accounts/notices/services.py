"""Writes: telling, reading, choosing about mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.notices import delivery, optout, selectors
from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice, NoticePreference


@transaction.atomic
def tell(*, users: Iterable, kind: Kind, subject: str, text: str, link: str = "") -> list[Notice]:
    """Tell each of these people once, in the caller's transaction; mails go out after its commit.

    `text` is plain, without greeting or ending; `link` a path of the admin ("/quan-tri/…") or "".
    Inactive accounts and those without an address get the notice only. Raises ValueError for a
    link to elsewhere.
    """
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"not a path of this site: {link!r}")
    notices = Notice.objects.bulk_create(
        Notice(
            user=user,
            kind=kind,
            subject=" ".join(subject.split())[:300],
            text=text.strip(),
            link=link,
            mail=Notice.Mail.PENDING if user.is_active and user.email else Notice.Mail.SKIPPED,
        )
        for user in {user.pk: user for user in users}.values()
    )
    delivery.after_commit([one.pk for one in notices if one.mail == Notice.Mail.PENDING])
    return notices


def settle(*, kinds: Iterable[Kind], link: str, but: Iterable = ()) -> int:
    """What these notices ask for is done or void: unread ones count as read, and aren't mailed.

    Those to the users `but` stay. Returns how many.
    """
    found = Notice.objects.unread().filter(kind__in=kinds, link=link)
    return found.exclude(user__in=[user.pk for user in but]).update(read_at=timezone.now())


def read(notices) -> int:
    """Mark the unread ones of a queryset as read."""
    return notices.unread().update(read_at=timezone.now())


@transaction.atomic
def choose(*, user, modes: Mapping[Topic, Mode]) -> None:
    """Keep how the person wants the mails of these topics."""
    for topic, mode in modes.items():
        NoticePreference.objects.update_or_create(user=user, topic=topic, defaults={"mode": mode})


def stop_mails(*, user, scope: str) -> None:
    """No more mails of that scope (see `optout`); what is told stays in the admin."""
    topics = [
        topic
        for topic, mode in selectors.modes(user).items()
        if scope in (topic, optout.ALL) or (scope == optout.DIGEST and mode == Mode.DIGEST)
    ]
    choose(user=user, modes=dict.fromkeys(topics, Mode.NONE))
