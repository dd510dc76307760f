"""Taking and giving back a claim: of two who take at once, one gets it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.moderation.models.claim import LIFETIME, Claim


class Claimed(PermissionDenied):
    """A colleague reads this draft now; `claim` says who."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        since = date_format(timezone.localtime(claim.claimed_at), "H:i")
        super().__init__(
            _("%(person)s đang duyệt bài này (từ %(since)s).")
            % {"person": claim.user, "since": since}
        )


def take(*, state, user) -> Claim:
    """Claim a review under way for the user, anew when it is theirs already.

    Raises PermissionDenied when the user may not act on it, Claimed when a colleague has it.
    """
    page = state.workflow_state.content_object
    open_ = state.status == state.STATUS_IN_PROGRESS
    if not open_ or page is None or not state.task.specific.may_act(page, user):
        raise PermissionDenied(_("Bài này không còn chờ bạn duyệt."))
    now = timezone.now()
    free = Q(user=user) | Q(claimed_at__lte=now - LIFETIME)
    if not Claim.objects.filter(free, state_id=state.pk).update(user=user, claimed_at=now):
        try:
            with transaction.atomic():
                Claim.objects.create(state_id=state.pk, user=user, claimed_at=now)
        except IntegrityError:
            raise Claimed(Claim.objects.select_related("user").get(state_id=state.pk)) from None
    return Claim.objects.get(state_id=state.pk)


def release(*, state, user) -> bool:
    """Give the user's own claim back. Whether there was one."""
    return bool(Claim.objects.filter(state_id=state.pk, user=user).delete()[0])


def of(state) -> Claim | None:
    """The claim in force on this review."""
    return Claim.objects.in_force().filter(state_id=state.pk).select_related("user").first()


def of_another(state, user) -> Claim | None:
    """The claim in force that a colleague of the user has on this review."""
    claim = of(state)
    return claim if claim and claim.user_id != user.pk else None
