"""Calling the hooks: what is due, later each time it fails, until it is given up.

A run takes an event in hand (`_claim`) and sends with no transaction open: two runs never send the
same, and no lock waits for someone else's server.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts import retrying
from stories.press.models import PressHook, PressHookEvent
from stories.press.outgoing import sender
from stories.press.outgoing.sender import Answer
from stories.press.webhooks import services, signing

State = PressHookEvent.State
LEASE = timedelta(minutes=1)  # longer than one call can take
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
GIVE_UP = timedelta(days=3)
KEPT = timedelta(days=400)  # as long as a cursor of the feed lives
PATIENCE = 30  # seconds for one hook in one run: a slow one must not keep back the others
GONE = 410

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Run:
    sent: int = 0
    failed: int = 0


def send_due() -> Run:
    """Call every active hook for what is due, oldest first."""
    run, now = Run(), timezone.now()
    due = PressHookEvent.objects.due(now).filter(hook__in=PressHook.objects.active())
    for pk in sorted(set(due.order_by().values_list("hook", flat=True))):
        _send_to(pk, run)
    return run


def send_one(event: PressHookEvent) -> bool:
    """Call for this event now, whatever its time; whether it arrived."""
    PressHookEvent.objects.filter(pk=event.pk).update(next_at=timezone.now())
    claimed = _claim(event.pk)
    return claimed is not None and _send(claimed).ok


def forget_old() -> int:
    """Delete events that nobody looks for any more."""
    old = PressHookEvent.objects.filter(created_at__lt=timezone.now() - KEPT)
    return old.exclude(state__in=PressHookEvent.OPEN).delete()[0]


def body_of(event: PressHookEvent) -> bytes:
    """The message, the same each time: what changed and where to read it, never a word of it."""
    message: dict[str, object] = {"id": event.message_id, "type": "test"}
    message["timestamp"] = _stamp(event.created_at)
    if (release := event.cause) is not None:
        data = {
            "uuid": str(release.item_id),
            "type": (event.advance or release.item).type,
            "version": release.version,
            "kind": release.kind,
            "released_at": _stamp(release.released_at),
            "href": f"{settings.PUBLIC_BASE_URL}/api/v1/press/items/{release.item_id}/",
        }
        if event.advance is not None:
            data["embargoed"] = _stamp(event.advance.embargoed_until)
        stamp = _stamp(release.released_at)
        message |= {"type": "release", "timestamp": stamp, "data": data}
    return json.dumps(message, separators=(",", ":")).encode()


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failures: 1, 3, 9 … minutes, at most a day."""
    return retrying.pause(attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE, growth=3)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _send_to(pk: int, run: Run) -> None:
    """One hook's events; after one that says that the host is down the others wait as well."""
    until = time.monotonic() + PATIENCE
    due = PressHookEvent.objects.due(timezone.now()).filter(hook=pk).order_by("pk")
    for event_pk in list(due.values_list("pk", flat=True)):
        if time.monotonic() > until:
            return
        if (event := _claim(event_pk)) is None:
            continue
        answer = _send(event)
        run.sent += answer.ok
        run.failed += not answer.ok
        if answer.is_down:
            return


def _claim(pk: int) -> PressHookEvent | None:
    """Take it in hand; None where another run was faster, or the hook was switched off."""
    now = timezone.now()
    mine = PressHookEvent.objects.due(now).filter(pk=pk, hook__in=PressHook.objects.active())
    if not mine.update(next_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    return PressHookEvent.objects.select_related("hook__client", "release__item", "advance").get(
        pk=pk
    )


def _send(event: PressHookEvent) -> Answer:
    body, now = body_of(event), timezone.now()
    headers = signing.headers(event.hook.secrets(now), event.message_id, now, body)
    answer = sender.send(
        "POST", event.hook.url, body=body, headers=headers | {"Content-Type": "application/json"}
    )
    (_arrived if answer.ok else _failed)(event, answer)
    return answer


def _arrived(event: PressHookEvent, answer: Answer) -> None:
    now, hook = timezone.now(), event.hook
    PressHookEvent.objects.filter(pk=event.pk).update(
        state=State.SENT, sent_at=now, last_status=answer.status, last_error=""
    )
    PressHook.objects.filter(pk=hook.pk).update(last_ok_at=now, failing_since=None)
    if hook.failing_since is not None:  # it is back: nothing of what waits has to wait longer
        hook.events.open().filter(attempts=0).update(next_at=now)


def _failed(event: PressHookEvent, answer: Answer) -> None:
    now, hook = timezone.now(), event.hook
    logger.warning("Webhook %s: %s", hook.pk, answer.error)
    wait = max(pause(event.attempts), timedelta(seconds=answer.retry_after or 0))
    next_at = now + min(wait, LONGEST_PAUSE)
    over = now - event.since >= GIVE_UP
    PressHookEvent.objects.filter(pk=event.pk).update(
        state=State.DEAD if over else State.FAILED,
        next_at=next_at,
        last_status=answer.status,
        last_error=answer.error[:300],
    )
    if event.cause is None:
        return  # a trial says nothing about how long it has been down
    PressHook.objects.filter(pk=hook.pk, failing_since=None).update(failing_since=now)
    if answer.is_down:
        hook.events.due(now).update(next_at=next_at)
    if answer.status == GONE:
        services.switch_off(hook=hook, reason=services.GONE)
    elif hook.failing_since is not None and now - hook.failing_since >= GIVE_UP:
        services.switch_off(hook=hook, reason=services.SILENT)
