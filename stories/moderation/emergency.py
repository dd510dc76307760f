"""Emergency release: who may do which of its steps, and the steps themselves.

It skips the unit's review and nothing else: the confirming person is of Ban Tuyên giáo, no author,
and held to the checklist; the approval is of exactly the text that was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from stories.moderation import audit, notices, permissions, services
from stories.moderation.models import Approval, EmergencyRelease

Status = EmergencyRelease.Status


class TextChanged(PermissionDenied):
    """The page has another text than the one that the request was for."""


def may_ask(page, user) -> bool:
    """A reviewer of the page's unit or of a unit above it, or one of Ban Tuyên giáo."""
    return permissions.on_board(user) or permissions.reviews_unit(user, page.unit)


def may_confirm(request: EmergencyRelease, user) -> bool:
    """One of Ban Tuyên giáo who didn't ask for it and wrote nothing of it."""
    return (
        request.status == Status.ASKED
        and request.page is not None
        and request.asked_by_id != user.pk
        and permissions.on_board(user)
        and not permissions.is_author(request.page.specific, user)
    )


def may_refuse(request: EmergencyRelease, user) -> bool:
    """Anyone of Ban Tuyên giáo, and who asked: not publishing is the safe side."""
    return request.status == Status.ASKED and (
        permissions.on_board(user) or (user.is_active and request.asked_by_id == user.pk)
    )


def may_review(request: EmergencyRelease, user) -> bool:
    """One of Ban Tuyên giáo, but who confirmed it: nobody looks into their own decision."""
    return (
        request.status == Status.RELEASED
        and permissions.on_board(user)
        and request.answered_by_id != user.pk
    )


@transaction.atomic
def ask(*, page, user, reason: str) -> EmergencyRelease:
    """Ask for the newest text of the page; an open request for an older text ends.

    Raises PermissionDenied without the right or a reason, or when there is nothing to release.
    """
    if not may_ask(page, user):
        raise PermissionDenied(_("Bạn không được đề nghị đăng khẩn cấp bài này."))
    if not reason.strip():
        raise PermissionDenied(_("Hãy viết rõ vì sao phải đăng khẩn cấp."))
    if page.live and not page.has_unpublished_changes:
        raise PermissionDenied(_("Bản mới nhất của bài đã đăng rồi."))
    draft = page.get_latest_revision_as_object()
    sha256 = draft.content_sha256()
    for older in EmergencyRelease.objects.waiting().select_for_update().filter(item=page.uuid):
        if older.sha256 == sha256:
            raise PermissionDenied(_("Bài này đã có đề nghị đăng khẩn cấp, đang chờ xác nhận."))
        _answer(older, user, Status.REFUSED, Action.EMERGENCY_REFUSED)
    request = EmergencyRelease.objects.create(
        page_id=page.pk,
        item=page.uuid,
        title=draft.title,
        revision_id=page.latest_revision_id,
        sha256=sha256,
        reason=reason.strip()[:500],
        asked_by=user,
    )
    _on_record(Action.EMERGENCY_ASKED, request, user)
    notices.emergency_asked(request)
    return request


@transaction.atomic
def confirm(*, request: EmergencyRelease, user, accepted: Sequence[str] = ()) -> Approval:
    """Approve exactly the text that was asked for, and publish it.

    Raises TextChanged when the page says something else by now, NotReady by the checklist, and
    PermissionDenied for whoever may not confirm.
    """
    request = EmergencyRelease.objects.select_for_update().get(pk=request.pk)
    if not may_confirm(request, user):
        raise PermissionDenied(
            _(
                "Cần một người khác của Ban Tuyên giáo, không phải người đề nghị hay người viết, "
                "xác nhận."
            )
        )
    page = request.page.specific
    revision = page.latest_revision
    draft = revision.as_object()
    if revision.pk != request.revision_id or draft.content_sha256() != request.sha256:
        raise TextChanged(_("Bài đã được sửa sau khi đề nghị. Hãy đề nghị lại cho bản mới."))
    approval = services.approve(
        page=draft,
        user=user,
        route=Approval.Route.EMERGENCY,
        note=request.reason,
        accepted=accepted,
    )
    request.approval = approval
    _answer(request, user, Status.RELEASED, Action.EMERGENCY_CONFIRMED)
    revision.publish(user=user, skip_permission_checks=True)
    return approval


@transaction.atomic
def refuse(*, request: EmergencyRelease, user) -> None:
    """End the request; the page goes its ordinary way. Raises PermissionDenied."""
    request = EmergencyRelease.objects.select_for_update().get(pk=request.pk)
    if not may_refuse(request, user):
        raise PermissionDenied(_("Bạn không được từ chối đề nghị này."))
    _answer(request, user, Status.REFUSED, Action.EMERGENCY_REFUSED)


@transaction.atomic
def review(*, request: EmergencyRelease, user, note: str) -> None:
    """Mark as looked at again, with a note. Raises PermissionDenied."""
    request = EmergencyRelease.objects.select_for_update().get(pk=request.pk)
    if not may_review(request, user):
        raise PermissionDenied(_("Cần một người của Ban Tuyên giáo không xác nhận lần đăng này."))
    if not note.strip():
        raise PermissionDenied(_("Hãy ghi nhận xét khi xem lại."))
    request.status, request.review_note = Status.REVIEWED, note.strip()[:500]
    request.reviewed_by, request.reviewed_at = user, timezone.now()
    request.save()
    _on_record(Action.EMERGENCY_REVIEWED, request, user)


def _answer(request: EmergencyRelease, user, status: str, action: Action) -> None:
    request.status = status
    request.answered_by, request.answered_at = user, timezone.now()
    request.save()
    _on_record(action, request, user)
    notices.emergency_answered(request)


def _on_record(action: Action, request: EmergencyRelease, user) -> None:
    data = {"request": request.pk, "page": request.page_id, "sha256": request.sha256}
    audit.record(action=action, target=f"item:{request.item}", actor=user, data=data)
