"""What can be done with clients, keys and deliveries in the admin, whoever asks."""

from __future__ import annotations

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from stories.press.models import (
    HubSubscription,
    PressClient,
    PressClipping,
    PressConfirmation,
    PressDelivery,
    PressDownload,
    PressHook,
    PressHookEvent,
    PressKey,
    PressPerson,
    PressQuestion,
)
from stories.releases.models import Advance


class OnlyThese(ModelPermissionPolicy):
    """Django's model permissions, narrowed: an administrator can't do the rest either.

    Clients and deliveries are never deleted (a withdrawal has to find who holds a text), keys are
    never edited, and "delete" of a key means revoking it.
    """

    def __init__(self, model: type[Model], *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return super().user_has_any_permission(user, self.actions.intersection(actions))

    def users_with_any_permission(self, actions, **kwargs):
        return super().users_with_any_permission(self.actions.intersection(actions), **kwargs)


ACTIONS = {
    Advance: ("view",),
    PressClient: ("add", "change", "view"),
    PressKey: ("add", "delete", "view"),
    PressDelivery: ("view",),
    PressPerson: ("add", "change", "view"),
    PressDownload: ("view",),
    PressHook: ("add", "change", "view"),
    PressHookEvent: ("view",),
    PressConfirmation: ("view",),
    HubSubscription: ("delete", "view"),
    PressClipping: ("add", "change", "delete", "view"),
    PressQuestion: ("view",),
}


def register() -> None:
    for model, actions in ACTIONS.items():
        register_permission_policy(model, OnlyThese(model, *actions))
