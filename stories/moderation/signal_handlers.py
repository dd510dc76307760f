"""Reviews tell their people. Wagtail's own notifiers mail inside the approving transaction, so ours
stand in their place: connected under the same `dispatch_uid` before Wagtail connects its own (this
app comes before `wagtail.admin` in INSTALLED_APPS), which then leaves it at that.
"""

from __future__ import annotations

from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from stories.moderation import notices
from stories.moderation.bundle_release import stop_for
from stories.moderation.models import BundleItem, ReviewState


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


def bundle_loses_review(sender, instance, created=False, **kwargs) -> None:
    """Whatever ends a review (edit, return, withdrawal, publication) saves it as it ends."""
    if not created and instance.status != TaskState.STATUS_IN_PROGRESS:
        stop_for(BundleItem.objects.filter(review=instance.pk), _why(instance))


def bundle_loses_page(sender, instance, **kwargs) -> None:
    """A review is deleted with its page or its revision."""
    stop_for(BundleItem.objects.filter(review=instance.pk), _("Bài hoặc bản đã duyệt bị xóa."))


def _why(review: TaskState) -> str:
    if review.status == TaskState.STATUS_REJECTED:
        return _("Bài đã được trả lại để người viết sửa.")
    if review.status == TaskState.STATUS_APPROVED:
        return _("Bài đã được duyệt riêng.")
    if review.workflow_state.status == WorkflowState.STATUS_CANCELLED:
        return _("Bài đã được rút khỏi quy trình duyệt.")
    return _("Bài đã được sửa sau khi chùm được duyệt.")


for model in (ReviewState, TaskState):  # Wagtail saves now the one, now the other
    post_save.connect(bundle_loses_review, sender=model, dispatch_uid=f"bundle_{model.__name__}")
pre_delete.connect(bundle_loses_page, sender=ReviewState, dispatch_uid="bundle_loses_page")
