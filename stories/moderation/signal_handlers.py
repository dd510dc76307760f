"""Mails about reviews, through Wagtail's notifiers (so each user's preferences hold); and bundles
that lose a text."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_rejected

from stories.moderation.bundle_release import stop_for
from stories.moderation.mail import ReturnedToo, ReviewWanted
from stories.moderation.models import BundleItem, ReviewState


def mail_reviewers(sender, instance, user=None, **kwargs) -> None:
    transaction.on_commit(lambda: ReviewWanted()(instance=instance, user=user), robust=True)


def mail_return(sender, instance, user=None, **kwargs) -> None:
    transaction.on_commit(lambda: ReturnedToo()(instance=instance, user=user), robust=True)


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
task_submitted.connect(mail_reviewers, sender=ReviewState, dispatch_uid="mail_reviewers")
workflow_rejected.connect(mail_return, sender=WorkflowState, dispatch_uid="mail_return")
