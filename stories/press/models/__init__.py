from stories.press.models.catalogue import CatalogueEntry, CatalogueFact, CatalogueOffset
from stories.press.models.client import PressClient, PressKey
from stories.press.models.confirmation import ConfirmationOffset, PressConfirmation
from stories.press.models.delivery import PressDelivery
from stories.press.models.hook import PressHook, PressHookEvent
from stories.press.models.hub import HubSubscription, HubWish
from stories.press.models.kit import PressKit
from stories.press.models.watch import PressDigest, PressWatch

__all__ = [
    "CatalogueEntry",
    "CatalogueFact",
    "CatalogueOffset",
    "ConfirmationOffset",
    "HubSubscription",
    "HubWish",
    "PressClient",
    "PressConfirmation",
    "PressDelivery",
    "PressDigest",
    "PressHook",
    "PressHookEvent",
    "PressKey",
    "PressKit",
    "PressWatch",
]
