"""Naming a deputy, and ending it. What a deputy may do is asked in `permissions`."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.roles import on_board
from stories.moderation import notices
from stories.moderation.models.deputy import Deputy
from stories.units.models import Unit


def offices_of(user) -> list[Unit | None]:
    """The offices that the user holds by membership: units reviewed, None for Ban Tuyên giáo."""
    if not user.is_active:
        return []
    groups = [group.pk for group in user.groups.all()]
    units: list[Unit | None] = list(Unit.objects.active().filter(reviewers__in=groups))
    return [None, *units] if on_board(user) else units


def candidates(holder) -> QuerySet:
    """Who may be named: active accounts that can sign in to the desk, but not the holder."""
    backend = "django.contrib.auth.backends.ModelBackend"
    users = get_user_model().objects.with_perm("wagtailadmin.access_admin", backend=backend)
    return users.exclude(pk=holder.pk).order_by("first_name", "last_name")


@transaction.atomic
def name_deputy(*, holder, person, unit: Unit | None, starts: date, ends: date) -> Deputy:
    """Let `person` act for the holder's office from `starts` to the end of `ends`.

    Raises PermissionDenied when the holder doesn't hold the office by membership, ValidationError
    with a Vietnamese message for a person or dates that won't do.
    """
    if unit not in offices_of(holder):
        raise PermissionDenied(_("Bạn không giữ việc duyệt này nên không ủy quyền được."))
    if person.pk == holder.pk:
        raise ValidationError({"person": _("Không ủy quyền cho chính mình.")})
    if not candidates(holder).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("Tài khoản này đã khóa hoặc không vào được đây.")})
    if ends < starts:
        raise ValidationError({"ends": _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    if ends < timezone.localdate():
        raise ValidationError({"ends": _("Ngày kết thúc đã qua.")})
    deputy = Deputy.objects.create(
        holder=holder, person=person, unit=unit, starts=starts, ends=ends
    )
    _audit(Action.DEPUTY_NAMED, deputy, holder)
    notices.deputy_named(deputy)
    return deputy


@transaction.atomic
def revoke(*, deputy: Deputy, user) -> None:
    """End it now. The holder may, and an administrator; raises PermissionDenied for others."""
    if user.pk != deputy.holder_id and not (user.is_active and user.is_superuser):
        raise PermissionDenied(_("Chỉ người ủy quyền được thôi ủy quyền."))
    now = timezone.now()
    if Deputy.objects.filter(pk=deputy.pk, revoked_at=None).update(revoked_at=now):
        _audit(Action.DEPUTY_REVOKED, deputy, user)
        notices.deputy_revoked(deputy, user)


def _audit(action: Action, deputy: Deputy, user) -> None:
    record(
        action=action,
        target=f"user:{deputy.person.username}",
        actor=user,
        data={
            "holder": deputy.holder.username,
            "office": deputy.unit.code if deputy.unit else "board",
            "starts": deputy.starts.isoformat(),
            "ends": deputy.ends.isoformat(),
        },
    )
