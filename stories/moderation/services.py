"""Writes of the moderation room."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from stories.moderation import permissions
from stories.moderation.models.approval import Approval


def approve(*, page, user, route: str = Approval.Route.WORKFLOW, note: str = "") -> Approval:
    """Record Ban Tuyên giáo's approval of exactly this text.

    `page` is a page or a revision's object, with `uuid` and `content_sha256()`.
    Raises PermissionDenied unless the user is of Ban Tuyên giáo and no author of the text.
    """
    wrote = bool(page.pk) and permissions.is_author(page, user)
    return _record([page], user, wrote=wrote, route=route, note=note)[0]


def approve_all(*, pages: Sequence, user, route: str, note: str = "") -> list[Approval]:
    """As `approve`, for many new drafts in few queries.

    Stricter than `approve`: an author of any revision ever, not only of those since the last
    release, may not approve.
    """
    wrote = permissions.wrote_any(pages, user)
    return _record(pages, user, wrote=wrote, route=route, note=note)


def _record(pages: Sequence, user, *, wrote: bool, route: str, note: str) -> list[Approval]:
    """The one way to an `Approval`."""
    if not permissions.on_board(user):
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo được phê duyệt để đăng."))
    if wrote:
        raise PermissionDenied(_("Người viết hoặc người gửi bài không được tự phê duyệt."))
    return Approval.objects.bulk_create(
        Approval(
            item=page.uuid,
            sha256=page.content_sha256(),
            route=route,
            approved_by=user,
            revision_id=page.latest_revision_id,
            note=note,
        )
        for page in pages
    )


@transaction.atomic
def edited(page, user=None) -> None:
    """A new revision while in review: approvals given so far are void, review begins again."""
    state = page.current_workflow_task_state
    if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
        state.cancel(user=user, resume=True)
