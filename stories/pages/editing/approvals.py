"""What an edit would void, and whether the editor has been told."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.models import TaskState, WorkflowState


def in_force(page) -> list[TaskState]:
    """The approvals of the newest text in the review under way, with person and step."""
    state = page.current_workflow_state if page.pk else None
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return []
    given = state.task_states.filter(
        status=TaskState.STATUS_APPROVED, revision=page.latest_revision_id
    )
    return list(given.select_related("finished_by", "task").order_by("pk"))


def token(approvals: Sequence[TaskState]) -> str:
    """Names the approvals that a form tells of; "" for none."""
    return ",".join(str(one.pk) for one in approvals)


def people(approvals: Sequence[TaskState]) -> str:
    """Who approved at which step, for a sentence."""
    return ", ".join(f"{one.finished_by} ({one.task.name})" for one in approvals if one.finished_by)
