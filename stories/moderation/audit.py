"""The workflow on record: what is submitted, approved at a step, returned, taken out of review.

Called by Wagtail inside the transaction of the act. Approvals are recorded where they are made
(`services`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.signals import (
    task_approved,
    task_cancelled,
    task_rejected,
    workflow_cancelled,
    workflow_submitted,
)

from accounts.audit.actions import Action
from accounts.audit.services import Act, record, record_all


def told(page) -> dict:
    return {"page": page.pk, "revision": page.latest_revision_id}


def named(page) -> str:
    """The audit's name of a page: by the id it keeps in the ledger."""
    return f"item:{page.uuid}"


def approved(approvals: Sequence, pages: Sequence, user) -> None:
    """One entry for each approval, under one lock."""
    record_all(
        [
            Act(
                Action.APPROVED,
                named(page),
                user,
                told(page) | {"route": str(approval.route), "sha256": approval.sha256},
            )
            for approval, page in zip(approvals, pages, strict=True)
        ]
    )


def _record(action: Action, state: WorkflowState, user, **data) -> None:
    page = state.content_object and state.content_object.specific
    if getattr(page, "uuid", None):
        record(action=action, target=named(page), actor=user, data=told(page) | data)


@receiver(workflow_submitted)
def submitted(sender, instance, user=None, **kwargs) -> None:
    _record(Action.SUBMITTED, instance, user)


@receiver(post_save, sender=PageLogEntry)
def submitted_again(sender, instance, created, raw, **kwargs) -> None:
    """After a return; Wagtail has no signal for it, but its own log does."""
    if created and not raw and instance.action == "wagtail.workflow.resume":
        page = instance.page.specific
        if getattr(page, "uuid", None):
            record(
                action=Action.SUBMITTED, target=named(page), actor=instance.user, data=told(page)
            )


@receiver(workflow_cancelled)
def canceled(sender, instance, user=None, **kwargs) -> None:
    _record(Action.REVIEW_CANCELED, instance, user)


@receiver(task_approved)
def step_approved(sender, instance, user=None, **kwargs) -> None:
    data = {"step": instance.task.name, "approved_revision": instance.revision_id}
    _record(Action.STEP_APPROVED, instance.workflow_state, user, **data)


@receiver(task_rejected)
def step_returned(sender, instance, user=None, **kwargs) -> None:
    data = {"step": instance.task.name, "reason": getattr(instance, "reason", "")}
    _record(Action.STEP_RETURNED, instance.workflow_state, user, **data)


@receiver(task_cancelled)
def approvals_voided(sender, instance, user=None, **kwargs) -> None:
    """An edit in review; the end of a whole review has an entry of its own."""
    state = instance.workflow_state
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        _record(Action.APPROVALS_VOIDED, state, user, step=instance.task.name)


COMMENT_ACTS = {
    "wagtail.comments.create": Action.COMMENT_ADDED,
    "wagtail.comments.resolve": Action.COMMENT_SETTLED,
    "wagtail.comments.delete": Action.COMMENT_DELETED,
}


@receiver(post_save, sender=PageLogEntry)
def commented(sender, instance, created, raw, **kwargs) -> None:
    """Comments hold up an approval, so whoever leaves or settles one is on record; not the words.

    Wagtail's log knows of those made in the editor and of ours alike.
    """
    action = COMMENT_ACTS.get(instance.action)
    if not created or raw or action is None:
        return
    page = instance.page.specific
    if getattr(page, "uuid", None):
        told_of = {"comment": instance.data["comment"]["id"]}
        record(action=action, target=named(page), actor=instance.user, data=told(page) | told_of)
