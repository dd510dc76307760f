from stories.press.models.catalogue import CatalogueEntry, CatalogueOffset
from stories.press.models.client import PressClient, PressKey
from stories.press.models.clipping import ClippingCheck, PressClipping
from stories.press.models.confirmation import ConfirmationOffset, PressConfirmation
from stories.press.models.delivery import PressDelivery
from stories.press.models.hook import PressHook, PressHookEvent
from stories.press.models.hub import HubSubscription, HubWish
from stories.press.models.kit import PressKit
from stories.press.models.question import PressQuestion
from stories.press.models.report import ItemUnit, ItemUnitOffset

__all__ = [
    "CatalogueEntry",
    "CatalogueOffset",
    "ClippingCheck",
    "ConfirmationOffset",
    "HubSubscription",
    "HubWish",
    "ItemUnit",
    "ItemUnitOffset",
    "PressClient",
    "PressClipping",
    "PressConfirmation",
    "PressDelivery",
    "PressHook",
    "PressHookEvent",
    "PressKey",
    "PressKit",
    "PressQuestion",
]
