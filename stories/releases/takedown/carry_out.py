"""Doing the steps that follow a takedown's commit, until each is done."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import retrying
from accounts.audit import services as audit
from accounts.audit.actions import Action
from stories.releases.models import Takedown, TakedownStep
from stories.releases.takedown import steps

logger = logging.getLogger(__name__)
Status = TakedownStep.Status
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)
CLAIM = timedelta(minutes=10)  # how long one run has a step to itself
MOST = 500  # in one run


@dataclass(frozen=True, slots=True)
class Outcome:
    """`why` is empty for a step that is done."""

    step: TakedownStep
    why: str = ""


def carry_out(*, takedown: int | None = None, now: datetime | None = None) -> list[Outcome]:
    """Do the steps that are due, of one takedown or all; one that fails stops no other.

    Safe to run again and twice at once: each step is claimed before it is run.
    """
    now = now or timezone.now()
    due = TakedownStep.objects.due(now)
    if takedown is not None:
        due = due.filter(takedown=takedown)
    outcomes = []
    for pk in list(due.values_list("pk", flat=True)[:MOST]):
        if (step := _claim(pk, now)) is not None:
            outcomes.append(_do(step))
    for pk in sorted({one.step.takedown_id for one in outcomes}):
        finish(pk)
    return outcomes


def again(*, takedown: Takedown, user) -> list[Outcome]:
    """Someone doesn't want to wait: every step that isn't done is tried now."""
    found = takedown.steps.unfinished()
    if found.update(next_at=timezone.now()):
        audit.record(action=Action.TAKEDOWN_RETRIED, target=f"takedown:{takedown.pk}", actor=user)
    return carry_out(takedown=takedown.pk)


def _claim(pk: int, now: datetime) -> TakedownStep | None:
    """None where another run was faster."""
    mine = TakedownStep.objects.due(now).filter(pk=pk)
    if not mine.update(next_at=timezone.now() + CLAIM, attempts=F("attempts") + 1):
        return None
    related = ("takedown", "part__item", "part__release", "part__takedown")
    return TakedownStep.objects.select_related(*related).get(pk=pk)


def _do(step: TakedownStep) -> Outcome:
    why = ""
    try:
        why = _try(step)
    except Exception as error:
        logger.exception("Bước thu hồi %s (%s) chưa được", step.pk, step.kind)
        why = f"{type(error).__name__}: {error}"[:500]
    if why:
        wait = retrying.pause(step.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
        step.status, step.last_error, step.next_at = Status.FAILED, why, timezone.now() + wait
    else:
        step.status, step.last_error, step.done_at = Status.DONE, "", timezone.now()
    step.save(update_fields=["status", "last_error", "next_at", "done_at"])
    return Outcome(step, why)


def _try(step: TakedownStep) -> str:
    """Why it isn't done, or nothing."""
    kind = steps.kind(step.kind)
    if kind is None:
        return _("Không còn phần nào của hệ thống làm việc này.")
    subject = step.part or step.takedown
    kind.run(subject)
    return "" if kind.verify(subject) else _("Đã làm nhưng kiểm tra lại thì chưa xong.")


@transaction.atomic
def finish(pk: int) -> None:
    """Put on record, once, that all steps of the takedown are done."""
    audit.lock()
    if TakedownStep.objects.unfinished().filter(takedown=pk).exists():
        return
    if Takedown.objects.filter(pk=pk, finished_at=None).update(finished_at=timezone.now()):
        done = TakedownStep.objects.filter(takedown=pk).count()
        audit.record(action=Action.TAKEDOWN_DONE, target=f"takedown:{pk}", data={"count": done})
