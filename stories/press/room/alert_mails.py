"""The mails about what is new in saved topics: headlines with links, one mail a person and run.

No lead, no text, no picture: who got such a mail holds nothing that could be printed, so it is no
delivery, and no withdrawal has to be confirmed for it. What was taken back before it was sent, or
what the newsroom may no longer have, is not told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from stories.press import entitlements
from stories.press.models import PressAlert, PressTopic
from stories.press.room import stopping
from stories.press.room.post import LEASE, MOST_ATTEMPTS, Outcome, Post, later

State = PressAlert.State


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the mail."""

    alert: PressAlert
    payload: dict

    @property
    def href(self) -> str:
        return reverse("press_room_item", args=[self.alert.item_id])


def send_due(post: Post) -> None:
    """Mail each person what is due."""
    waiting = PressAlert.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    for person in sorted(set(waiting.order_by().values_list("person", flat=True))):
        if post.is_down:
            return
        if told := _claim(person):
            outcome = post.send(lambda told=told: compose(told))
            _note([one.alert for one in told], outcome, post.error)


def compose(told: Sequence[Told]) -> EmailMessage:
    person = told[0].alert.person
    base, n = settings.PUBLIC_BASE_URL, len(told)
    topics = {one.alert.topic.pk: one.alert.topic for one in told}
    stop = base + stopping.path(topics.values())
    context = {"person": person, "told": told, "base_url": base, "stop_url": stop}
    if n == 1:
        subject = told[0].payload["title"]
    else:
        subject = ngettext("%(n)d bài mới theo chủ đề", "%(n)d bài mới theo chủ đề", n) % {"n": n}
    number = f"{told[0].alert.pk}-{told[-1].alert.pk}"
    return EmailMessage(
        " ".join(subject.split()),
        render_to_string("press/room/mails/alert.txt", context).strip() + "\n",
        to=[person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same when a mail is tried again, so that a mailbox can drop a second copy.
            "Message-ID": f"<chu-de-{number}@{urlsplit(base).hostname or 'localhost'}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


@transaction.atomic
def _claim(person: int) -> list[Told]:
    """Take in hand what is due for her; what may not be told any more is dropped."""
    now = timezone.now()
    due = PressAlert.objects.filter(person=person, state=State.WAITING, due_at__lte=now)
    rows = list(due.select_for_update(of=("self",)).order_by("pk"))
    _all(rows).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    related = ("person__client", "topic", "item__current")
    fresh = _all(rows).select_related(*related).order_by("pk")
    told = [one for alert in fresh if (one := _told(alert)) is not None]
    kept = {one.alert.pk for one in told}
    _all([row for row in rows if row.pk not in kept]).update(state=State.DROPPED)
    return told


def _told(alert: PressAlert) -> Told | None:
    """None where she wants no mail any more, or may not have it."""
    person, topic, item = alert.person, alert.topic, alert.item
    wanted = topic is not None and topic.mode != PressTopic.Mode.NONE
    if not (wanted and person.is_active and person.client.is_active and item.is_public):
        return None
    text = item.current.payload
    if not entitlements.may_have_text(person.client.kind, text.encode()):
        return None
    return Told(alert, json.loads(text))


def _note(alerts: Sequence[PressAlert], outcome: Outcome, error: str) -> None:
    if outcome is Outcome.SENT:
        _all(alerts).update(state=State.SENT, error="")
        return
    for alert in alerts:
        over = outcome is Outcome.NEVER or alert.attempts >= MOST_ATTEMPTS
        state = State.DROPPED if over else State.WAITING
        _all([alert]).update(state=state, error=error, due_at=later(alert.attempts))


def _all(alerts: Sequence[PressAlert]):
    return PressAlert.objects.filter(pk__in=[alert.pk for alert in alerts])
