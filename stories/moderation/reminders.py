"""Who is reminded of overdue reviews, and who beside them once twice the time is over.

| step | after its days | after twice its days, also |
| --- | --- | --- |
| unit review | the unit’s reviewers, else the nearest above | the next office above |
| Ban Tuyên giáo | who claimed it last, else all of the board | all of the board |

Deputies are reminded with those for whom they stand in; authors never, they may not review. One
mail a person a day, with a `Reminder` for each review in it: running again sends nothing twice.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.mail import send_mail
from wagtail.models import TaskState

from accounts.roles import BOARD
from stories.moderation.deadlines import Deadline, deadline, late_before
from stories.moderation.models import (
    BoardApprovalTask,
    BundleItem,
    Deputy,
    Reminder,
    ReviewState,
    UnitReviewTask,
)
from stories.moderation.permissions import authors
from stories.units.selectors import offices

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A review that is late, with its page and what its step is called."""

    state: ReviewState
    page: object
    step: str
    board: bool
    deadline: Deadline

    @property
    def kind(self) -> Reminder.Kind:
        return Reminder.Kind.ESCALATED if self.deadline.escalates else Reminder.Kind.OVERDUE


def overdue(today: date | None = None) -> list[Overdue]:
    """All reviews under way that are late on that day, the one that waits longest first.

    A text in an approved bundle is decided on: it waits for its time, not for a reviewer.
    """
    today = today or timezone.localdate()
    found = []
    decided = BundleItem.objects.scheduled().exclude(review=None)
    for task in (*UnitReviewTask.objects.all(), *BoardApprovalTask.objects.all()):
        states = ReviewState.objects.filter(
            task_id=task.pk,
            status=TaskState.STATUS_IN_PROGRESS,
            started_at__lt=late_before(task.days, today),
        ).exclude(pk__in=decided.values("review"))
        for state in states.select_related("workflow_state"):
            if (page := state.workflow_state.content_object) is not None:
                stands = deadline(state.started_at, task.days, today)
                board = isinstance(task, BoardApprovalTask)
                found.append(Overdue(state, page.specific, task.name, board, stands))
    return sorted(found, key=lambda late: late.state.started_at)


def recipients(late: Overdue) -> list:
    """Active people who may act on the review and want mail about what waits for them."""
    chosen = _board(late) if late.board else _unit(late)
    wanted = Q(wagtail_userprofile=None) | Q(wagtail_userprofile__submitted_notifications=True)
    people = get_user_model().objects.filter(wanted, pk__in=chosen).exclude(email="")
    return list(people.order_by("pk"))


def remind(today: date | None = None) -> tuple[int, int]:
    """Mail everyone who wasn't mailed yet on that day. Returns (mails sent, mails that failed)."""
    today = today or timezone.localdate()
    for_person = defaultdict(list)
    for late in overdue(today):
        for person in recipients(late):
            for_person[person].append(late)
    sent = failed = 0
    for person, found in for_person.items():
        if not (new := _note(person, found, today)):
            continue
        try:
            _mail(person, found)
            sent += 1
        except OSError as error:  # SMTP's own exceptions are OSErrors
            Reminder.objects.filter(pk__in=[row.pk for row in new]).delete()
            logger.error("Không gửi được thư nhắc cho %s: %s", person.username, error)
            failed += 1
    return sent, failed


def _note(person, found: Iterable[Overdue], today: date) -> list[Reminder]:
    """A row for each review; none at all when the person was mailed on that day already."""
    if Reminder.objects.filter(user=person, day=today).exists():
        return []
    rows = [Reminder(state=late.state, user=person, day=today, kind=late.kind) for late in found]
    try:
        with transaction.atomic():
            return Reminder.objects.bulk_create(rows)
    except IntegrityError:  # another run was faster
        return []


def _mail(person, found: list[Overdue]) -> None:
    context = {"user": person, "found": found, "count": len(found)}
    subject = render_to_string("moderation/overdue_subject.txt", context).strip()
    send_mail(subject, render_to_string("moderation/overdue.txt", context), [person.email])


def _unit(late: Overdue) -> set[int]:
    wrote = authors(late.page)
    levels = 2 if late.deadline.escalates else 1
    chosen: set[int] = set()
    for unit in offices(late.page.unit):
        here = _holders(Q(groups=unit.reviewers_id), Q(unit=unit)) - wrote
        if unit.reviewers_id and here:
            chosen |= here
            levels -= 1
        if not levels:
            break
    return chosen


def _board(late: Overdue) -> set[int]:
    everyone = _holders(Q(groups__name=BOARD), Q(unit=None)) - authors(late.page)
    claim = getattr(late.state, "claim", None)
    if claim and claim.user_id in everyone and not late.deadline.escalates:
        return {claim.user_id}
    return everyone


def _holders(office: Q, stood_in: Q) -> set[int]:
    """Ids of the office's active members and of their deputies today."""
    users = get_user_model().objects.filter(office, is_active=True)
    deputies = Deputy.objects.in_force().filter(stood_in)
    return {*users.values_list("pk", flat=True), *deputies.values_list("person", flat=True)}
