"""Remarks on a draft, as Wagtail's own `Comment` rows: who may leave them, and what they stop.

An approval at either step needs them all settled: the unit's step asks `demand_none_open`, Ban
Tuyên giáo's has them on its checklist.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Comment

from stories.moderation import permissions
from stories.moderation.services import NotReady


class OpenComments(NotReady):
    """Approving waits for the comments that are still open."""

    def __init__(self, count: int) -> None:
        PermissionDenied.__init__(self, waiting(count))
        self.problems = ()


def waiting(count: int) -> str:
    """How many comments are open, and what to do about it."""
    return _(
        "Còn %(count)d góp ý chưa xong. Hãy đọc từng góp ý, bấm “Đã xong” khi đã được giải quyết, "
        "hoặc trả lại bài để người viết sửa."
    ) % {"count": count}


def open_comments(page) -> QuerySet[Comment]:
    """Those not settled yet, whether the part that they are on is still in the text or not."""
    return Comment.objects.filter(page_id=page.pk, resolved_at=None)


def demand_none_open(page) -> None:
    """Raises OpenComments."""
    if count := open_comments(page).count():
        raise OpenComments(count)


def may_comment(page, user) -> bool:
    """Whoever may change the draft or review it at either step; `page` is a specific page."""
    return bool(
        user.is_active
        and (
            permissions.on_board(user)
            or permissions.reviews_unit(user, page.unit)
            or page.permissions_for_user(user).can_edit()
        )
    )
