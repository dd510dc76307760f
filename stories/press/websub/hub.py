"""The hub's own requests: asking callbacks whether it was meant, and sending them the feed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts import retrying
from stories.press import selectors
from stories.press.faces import house
from stories.press.models import HubSubscription, HubWish
from stories.press.outgoing import sender
from stories.press.websub import services, topics

LEASE = timedelta(minutes=1)  # longer than one request can take
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
ASKED_AT_MOST, ASK_AGAIN = 3, timedelta(minutes=5)
GIVE_UP = timedelta(days=3)
PATIENCE = 60  # seconds of one round; the rest waits for the next
GONE = 410


def verify_due() -> int:
    """Ask the callbacks of what was wished for; how many said yes."""
    until, now = time.monotonic() + PATIENCE, timezone.now()
    meant = 0
    for pk in list(HubWish.objects.filter(next_at__lte=now).values_list("pk", flat=True)):
        if time.monotonic() > until:
            break
        due = HubWish.objects.filter(pk=pk, next_at__lte=now)
        if due.update(next_at=now + ASK_AGAIN, attempts=F("attempts") + 1):
            meant += _verify(HubWish.objects.get(pk=pk))
    return meant


def distribute() -> tuple[int, int]:
    """Send the feeds to those who have an older one; how many took it, how many didn't."""
    until, now, head = time.monotonic() + PATIENCE, timezone.now(), selectors.column_head()
    HubSubscription.objects.filter(lease_until__lte=now).delete()
    due = HubSubscription.objects.filter(seq__lt=head, next_at__lte=now)
    found = list(due.order_by("attempts", "next_at").values_list("pk", flat=True))
    documents: dict[str, tuple[bytes, str]] = {}
    sent = failed = 0
    for pk in found:
        if time.monotonic() > until:
            break
        if not due.filter(pk=pk).update(next_at=timezone.now() + LEASE):
            continue
        one = HubSubscription.objects.get(pk=pk)
        if one.topic not in topics.paths():
            one.delete()
            continue
        if one.topic not in documents:
            documents[one.topic] = topics.document(one.topic)
        if _send(one, head, *documents[one.topic]):
            sent += 1
        else:
            failed += 1
    return sent, failed


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failures: 1, 3, 9 … minutes, at most a day."""
    return retrying.pause(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE, growth=3)


def _verify(wished: HubWish) -> bool:
    """Whether the callback echoes the challenge; a wish that it doesn't know is forgotten."""
    challenge = secrets.token_urlsafe(24)
    asked = {
        "hub.mode": wished.mode,
        "hub.topic": settings.PUBLIC_BASE_URL + wished.topic,
        "hub.challenge": challenge,
    }
    if wished.mode == HubWish.Mode.SUBSCRIBE:
        asked["hub.lease_seconds"] = str(wished.lease_seconds)
    joint = "&" if "?" in wished.callback else "?"
    answer = sender.send("GET", f"{wished.callback}{joint}{urlencode(asked)}", headers={})
    if answer.ok and hmac.compare_digest(answer.body, challenge.encode()):
        services.fulfil(wished)
        return True
    if not answer.is_down or wished.attempts >= ASKED_AT_MOST:
        HubWish.objects.filter(pk=wished.pk).delete()
    return False


def _send(one: HubSubscription, head: int, body: bytes, media_type: str) -> bool:
    base, now = settings.PUBLIC_BASE_URL, timezone.now()
    headers = {
        "Content-Type": media_type,
        "Link": f'<{base}{house.HUB_PATH}>; rel="hub", <{base}{one.topic}>; rel="self"',
    }
    if one.secret:
        signed = signature(one.secret, body)
        headers |= {"X-Hub-Signature": signed, "X-Hub-Signature-256": signed}
    answer = sender.send("POST", one.callback, body=body, headers=headers)
    mine = HubSubscription.objects.filter(pk=one.pk)
    if answer.ok:
        mine.update(
            seq=head, sent_at=now, next_at=now, attempts=0, failing_since=None, last_error=""
        )
    elif answer.status == GONE or (one.failing_since and now - one.failing_since >= GIVE_UP):
        mine.delete()
    else:
        wait = max(pause(one.attempts + 1), timedelta(seconds=answer.retry_after or 0))
        mine.update(
            attempts=F("attempts") + 1,
            next_at=now + min(wait, LONGEST_PAUSE),
            failing_since=one.failing_since or now,
            last_error=answer.error[:300],
        )
    return answer.ok
