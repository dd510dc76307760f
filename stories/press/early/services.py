"""Who has the embargo right: Ban Tuyên giáo gives and takes it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from stories.moderation.permissions import on_board
from stories.press.models import PressClient, PressHookEvent


def may_set(user) -> bool:
    """Ban Tuyên giáo and who stands in for one of it; an administrator isn't enough."""
    return bool(user and user.is_active and on_board(user))


@transaction.atomic
def set_embargo(*, client: PressClient, allowed: bool, user) -> None:
    """Give or take the right. Raises PermissionDenied for anyone but Ban Tuyên giáo."""
    if not may_set(user):
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo cho phép nhận bài trước giờ công bố."))
    if PressClient.objects.filter(pk=client.pk, embargo=not allowed).update(embargo=allowed):
        client.embargo = allowed
        if not allowed:
            calls = PressHookEvent.objects.open().filter(hook__client=client)
            calls.exclude(advance=None).update(state=PressHookEvent.State.DEAD)
        data = {"client": client.name, "embargo": allowed}
        target = f"press_client:{client.name}"
        record(action=Action.EMBARGO_RIGHT, target=target, actor=user, data=data)
