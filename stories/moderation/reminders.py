"""Who is reminded of overdue reviews, and who beside them once twice the time is over.

| step | after its days | after twice its days, also |
| --- | --- | --- |
| unit review | the unit’s reviewers, else the nearest above | the next office above |
| Ban Tuyên giáo | who claimed it last, else all of the board | all of the board |

Deputies are reminded with those for whom they stand in; authors never, they may not review. One
notice a person a day, with a `Reminder` for each review in it: running again tells nothing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import TaskState

from accounts.roles import BOARD
from stories.moderation import notices
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
    """People who may act on the review."""
    chosen = _board(late) if late.board else _unit(late)
    return list(get_user_model().objects.filter(pk__in=chosen).order_by("pk"))


def remind(today: date | None = None) -> int:
    """Tell everyone who wasn't told yet on that day. Returns how many people were."""
    today = today or timezone.localdate()
    for_person = defaultdict(list)
    for late in overdue(today):
        for person in recipients(late):
            for_person[person].append(late)
    return sum(_remind(person, found, today) for person, found in for_person.items())


def _remind(person, found: Sequence[Overdue], today: date) -> bool:
    """False when the person was told on that day already."""
    if Reminder.objects.filter(user=person, day=today).exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.bulk_create(
                Reminder(state=late.state, user=person, day=today, kind=late.kind) for late in found
            )
            notices.overdue(person, found)
    except IntegrityError:  # another run was faster
        return False
    return True


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
