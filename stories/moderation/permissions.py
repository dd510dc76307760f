"""Who may review what: asked by the workflow's tasks at the moment of acting."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.models import Revision, WorkflowState

from accounts.roles import on_board
from stories.units.models import Unit
from stories.units.selectors import above

__all__ = ["authors", "is_author", "on_board", "reviews_unit", "wrote_any"]


def reviews_unit(user, unit: Unit) -> bool:
    """Whether the user is a reviewer of the unit, or of a unit above it."""
    if not user.is_active:
        return False
    groups = {unit.reviewers_id, *(over.reviewers_id for over in above(unit))} - {None}
    return user.groups.filter(pk__in=groups).exists()


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
