"""A review as one row of a list: read from the revision under review, never from each page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Task

from stories.moderation.deadlines import Deadline, deadline
from stories.moderation.models import (
    BoardApprovalTask,
    Bundle,
    BundleItem,
    Claim,
    ReviewState,
    UnitReviewTask,
)
from stories.moderation.models.tasks import in_revision
from stories.pages.models import ExemplarPage, TargetGroup
from stories.units.models import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """`unit` and `group` are names, "" where there is none; `claim` only while it is in force;
    `red` and `amber` are None where nobody checked yet; `bundle` is the open one that holds it."""

    state_id: int
    page_id: int
    title: str
    unit: str
    group: str
    is_exemplar: bool
    sender: object
    step: str
    deadline: Deadline
    claim: Claim | None
    red: int | None
    amber: int | None
    is_own: bool
    at_board: bool
    bundle: Bundle | None

    @property
    def is_scheduled(self) -> bool:
        """Decided on: it comes out with its bundle."""
        return bool(self.bundle and self.bundle.status == Bundle.Status.APPROVED)


def listed(states: QuerySet[ReviewState]) -> QuerySet[ReviewState]:
    """With all that a row shows, in the one query; `unit` and `group` are ids, for filters."""
    return (
        states.select_related("claim__user", "workflow_state__requested_by")
        .annotate(
            title=F("revision__object_str"),
            kind=F("revision__content_type"),
            page_id=F("workflow_state__object_id"),
            unit=in_revision("unit"),
            group=in_revision("group"),
        )
        .annotate(
            unit_name=_name(Unit, "unit"),
            group_name=_name(TargetGroup, "group"),
            bundle_title=_of_bundle("title"),
            bundle_status=_of_bundle("status"),
            bundle_time=_of_bundle("release_at"),
        )
    )


def rows(
    states: Iterable[ReviewState], tasks: dict[int, Task], today: date | None = None
) -> list[Row]:
    """Rows of `listed` reviews at one of these `steps`."""
    today = today or timezone.localdate()
    exemplars = ContentType.objects.get_for_model(ExemplarPage).pk
    return [
        Row(
            state_id=state.pk,
            page_id=int(state.page_id),
            title=state.title,
            unit=state.unit_name or "",
            group=state.group_name or "",
            is_exemplar=state.kind == exemplars,
            sender=state.workflow_state.requested_by,
            step=tasks[state.task_id].name,
            deadline=deadline(state.started_at, tasks[state.task_id].days, today),
            claim=_claim(state),
            red=state.red,
            amber=state.amber,
            is_own=getattr(state, "is_own", False),
            at_board=isinstance(tasks[state.task_id], BoardApprovalTask),
            bundle=_bundle(state),
        )
        for state in states
    ]


def steps() -> dict[int, Task]:
    """The two kinds of steps by id, with their days."""
    kinds = (UnitReviewTask, BoardApprovalTask)
    return {task.pk: task for kind in kinds for task in kind.objects.all()}


def _name(model: type[Model], field: str) -> Subquery:
    return Subquery(model._default_manager.filter(pk=OuterRef(field)).values("name")[:1])


def _of_bundle(field: str) -> Subquery:
    page_id = Cast(OuterRef("workflow_state__object_id"), BigIntegerField())
    held = BundleItem.objects.filter(is_open=True, page=page_id)
    return Subquery(held.values(f"bundle__{field}")[:1])


def _bundle(state: ReviewState) -> Bundle | None:
    if not state.bundle_title:
        return None
    told = {"status": state.bundle_status, "release_at": state.bundle_time}
    return Bundle(title=state.bundle_title, **told)


def _claim(state: ReviewState) -> Claim | None:
    claim = getattr(state, "claim", None)
    return claim if claim and claim.is_in_force else None
