"""Mails about reviews, through Wagtail's notifiers (so each user's preferences hold)."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted, workflow_rejected

from stories.moderation.mail import ReturnedToo, ReviewWanted
from stories.moderation.models import ReviewState


def mail_reviewers(sender, instance, user=None, **kwargs) -> None:
    transaction.on_commit(lambda: ReviewWanted()(instance=instance, user=user), robust=True)


def mail_return(sender, instance, user=None, **kwargs) -> None:
    transaction.on_commit(lambda: ReturnedToo()(instance=instance, user=user), robust=True)


task_submitted.connect(mail_reviewers, sender=ReviewState, dispatch_uid="mail_reviewers")
workflow_rejected.connect(mail_return, sender=WorkflowState, dispatch_uid="mail_return")
