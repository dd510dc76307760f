"""Who may review what: asked by the workflow's tasks at the moment of acting."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import (
    BigIntegerField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts import roles
from stories.moderation.models.deputy import Deputy
from stories.units.models import Unit
from stories.units.selectors import offices, reviewed_from


def on_board(user) -> bool:
    """Whether the user is of Ban Tuyên giáo, or stands in today for one who is."""
    return roles.on_board(user) or any(one.unit is None for one in standing_in(user))


def reviews_unit(user, unit: Unit) -> bool:
    """Whether the user is a reviewer of the unit (of one in its place, once it is closed), or of
    a unit above, or stands in today for such a reviewer."""
    if not user.is_active:
        return False
    groups = _reviewers(unit)
    return _in_any(user, groups) or any(_reviews(one, groups) for one in standing_in(user))


def reviewed_units(user) -> set[int]:
    """Ids of the units for which `reviews_unit` is true; few queries for any number of units."""
    if not user.is_active:
        return set()
    own = Unit.objects.filter(reviewers__user=user).values_list("pk", flat=True)
    return reviewed_from({*own, *(one.unit_id for one in standing_in(user) if one.unit_id)})


def acts_for(user, unit: Unit | None):
    """For whom the user acts: the holder stood in for, or None for one in office themselves.

    `unit` is the page's unit at the unit's step, None at Ban Tuyên giáo's.
    """
    if unit is None:
        own = roles.on_board(user)
        held = [one for one in standing_in(user) if one.unit is None]
    else:
        groups = _reviewers(unit)
        own = _in_any(user, groups)
        held = [one for one in standing_in(user) if _reviews(one, groups)]
    return held[0].holder if held and not own else None


def standing_in(user) -> list[Deputy]:
    """For whom the user stands in today, with holder and unit; the first named first."""
    known = getattr(user, "_standing_in", None)
    return _standing_in(user) if known is None else known


def remember_offices(user) -> None:
    """Read groups and deputyships of this user object once: for the user of one request."""
    prefetch_related_objects([user], "groups")
    user._standing_in = _standing_in(user)


def _standing_in(user) -> list[Deputy]:
    found = Deputy.objects.in_force().filter(person_id=user.pk)
    return list(found.select_related("holder", "unit").order_by("pk"))


def _in_any(user, groups: set[int]) -> bool:
    return any(group.pk in groups for group in user.groups.all())


def _reviews(deputy: Deputy, groups: set[int]) -> bool:
    return bool(deputy.unit and deputy.unit.reviewers_id in groups)


def _reviewers(unit: Unit) -> set[int]:
    return {office.reviewers_id for office in offices(unit)} - {None}


def without_own(states: QuerySet[TaskState], user) -> QuerySet[TaskState]:
    """Those reviews whose page the user is no author of: `is_author` for many, in the query."""
    return with_authorship(states, user).filter(is_own=False)


def with_authorship(states: QuerySet[TaskState], user) -> QuerySet[TaskState]:
    """Each review with `is_own`: whether the user is an author of its page."""
    page_id = OuterRef("workflow_state__object_id")
    page = Page.objects.filter(pk=Cast(page_id, BigIntegerField()))
    wrote = Revision.page_revisions.filter(object_id=page_id, user=user)
    return states.annotate(
        released=Coalesce(
            Subquery(page.values("live_revision")[:1]), 0, output_field=BigIntegerField()
        )
    ).annotate(
        is_own=Q(workflow_state__requested_by=user)
        | Exists(page.filter(owner=user, live_revision=None))
        | Exists(wrote.filter(pk__gt=OuterRef("released")))
    )


def authors(page) -> set[int]:
    """Ids of those who wrote a revision of the page since its last release, or submitted it.

    `page` is any Wagtail page. Before the first release its owner counts too.
    """
    revisions = page.revisions.filter(pk__gt=page.live_revision_id or 0)
    found = set(revisions.values_list("user_id", flat=True))
    if page.live_revision_id is None:
        found.add(page.owner_id)
    state = page.current_workflow_state
    if state is not None:
        found.add(state.requested_by_id)
    return found - {None}


def is_author(page, user) -> bool:
    return user.pk in authors(page)


def wrote_any(pages: Sequence, user) -> bool:
    """Whether the user owns, or ever wrote or submitted, any of the pages (two queries)."""
    pks = [str(page.pk) for page in pages if page.pk]
    return (
        any(page.owner_id == user.pk for page in pages)
        or Revision.page_revisions.filter(object_id__in=pks, user=user).exists()
        or WorkflowState.objects.filter(object_id__in=pks, requested_by=user).exists()
    )
