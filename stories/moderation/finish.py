"""End of the workflow (`WAGTAIL_FINISH_WORKFLOW_ACTION`). Imports no models: Wagtail loads it while
its own models load."""

from __future__ import annotations

from django.db import transaction


@transaction.atomic
def publish_approved(workflow_state, user=None) -> None:
    """End of the workflow: publish the revision that the last step approved.

    No role has Wagtail's publish right, so its check is skipped; the page's own `save()` demands
    the approval of exactly this text.
    """
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
