"""Reviews under way for tests: at a step, since a day."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import TaskState

from stories import factories
from stories.moderation.models import ReviewState


def waiting(people, *, board: bool = True, since: datetime | None = None, **fields) -> ReviewState:
    """A story of Lâm Thao's editor under review, at the board's step or still the unit's."""
    page = factories.submit(factories.story(people["editor"], **fields), people["editor"])
    if board:
        page = factories.act(page, people["reviewer"])
    state = page.current_workflow_task_state
    if since:
        TaskState.objects.filter(pk=state.pk).update(started_at=since)
    return ReviewState.objects.get(pk=state.pk)
