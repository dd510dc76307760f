"""Writes of the moderation room."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from stories.moderation import permissions
from stories.moderation.models import Approval


def approve(*, page, user, route: str = Approval.Route.WORKFLOW, note: str = "") -> Approval:
    """Record Ban Tuyên giáo's approval of exactly this text: the one way to an `Approval`.

    `page` is a page or a revision's object, with `uuid` and `content_sha256()`.
    Raises PermissionDenied unless the user is of Ban Tuyên giáo and no author of the text.
    """
    if not permissions.on_board(user):
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo được phê duyệt để đăng."))
    if page.pk and permissions.is_author(page, user):
        raise PermissionDenied(_("Người viết hoặc người gửi bài không được tự phê duyệt."))
    return Approval.objects.create(
        item=page.uuid,
        sha256=page.content_sha256(),
        route=route,
        approved_by=user,
        revision_id=page.latest_revision_id,
        note=note,
    )


@transaction.atomic
def edited(page, user=None) -> None:
    """A new revision while in review: approvals given so far are void, review begins again."""
    state = page.current_workflow_task_state
    if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
        state.cancel(user=user, resume=True)
