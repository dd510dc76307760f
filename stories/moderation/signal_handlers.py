"""Reviews tell their people. Wagtail's own notifiers mail inside the approving transaction, so ours
stand in their place: connected under the same `dispatch_uid` before Wagtail connects its own (this
app comes before `wagtail.admin` in INSTALLED_APPS), which then leaves it at that.
"""

from __future__ import annotations

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from stories.moderation import notices
from stories.moderation.models import ReviewState


def step_begun(sender, instance, user=None, **kwargs) -> None:
    notices.review_wanted(instance)


def way_over(sender, instance, user=None, **kwargs) -> None:
    notices.review_over(instance)


def returned(sender, instance, user=None, **kwargs) -> None:
    notices.review_over(instance)
    notices.returned(instance, user)


def told_elsewhere(sender, **kwargs) -> None:
    """A submission is told by its first step, and to nobody else."""


task_submitted.connect(step_begun, sender=ReviewState, dispatch_uid="tell_reviewers")
workflow_cancelled.connect(way_over, sender=WorkflowState, dispatch_uid="tell_nobody_any_more")

task_submitted.connect(
    told_elsewhere,
    sender=TaskState,
    dispatch_uid="group_approval_task_submitted_email_notification",
)
workflow_submitted.connect(
    told_elsewhere,
    sender=WorkflowState,
    dispatch_uid="workflow_state_submitted_email_notification",
)
workflow_rejected.connect(
    returned, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
)
workflow_approved.connect(
    way_over, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
)
