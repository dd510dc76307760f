from stories.press.models.catalogue import CatalogueEntry, CatalogueOffset
from stories.press.models.client import PressClient, PressKey
from stories.press.models.confirmation import ConfirmationOffset, PressConfirmation
from stories.press.models.delivery import PressDelivery
from stories.press.models.download import PressDownload
from stories.press.models.hook import PressHook, PressHookEvent
from stories.press.models.hub import HubSubscription, HubWish
from stories.press.models.kit import PressKit
from stories.press.models.person import PressPerson
from stories.press.models.topic import PressAlert, PressTopic

__all__ = [
    "CatalogueEntry",
    "CatalogueOffset",
    "ConfirmationOffset",
    "HubSubscription",
    "HubWish",
    "PressAlert",
    "PressClient",
    "PressConfirmation",
    "PressDelivery",
    "PressDownload",
    "PressHook",
    "PressHookEvent",
    "PressKey",
    "PressKit",
    "PressPerson",
    "PressTopic",
]
