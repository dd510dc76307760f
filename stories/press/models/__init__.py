from stories.press.models.catalogue import CatalogueEntry, CatalogueFact, CatalogueOffset
from stories.press.models.client import PressClient, PressKey
from stories.press.models.clipping import ClippingCheck, PressClipping
from stories.press.models.confirmation import ConfirmationOffset, PressConfirmation
from stories.press.models.delivery import PressDelivery
from stories.press.models.download import PressDownload
from stories.press.models.hook import PressHook, PressHookEvent
from stories.press.models.hub import HubSubscription, HubWish
from stories.press.models.kit import PressKit
from stories.press.models.person import PressPerson
from stories.press.models.question import PressQuestion
from stories.press.models.report import ItemUnit, ItemUnitOffset
from stories.press.models.topic import PressAlert, PressTopic
from stories.press.models.watch import PressDigest, PressWatch

__all__ = [
    "CatalogueEntry",
    "CatalogueFact",
    "CatalogueOffset",
    "ClippingCheck",
    "ConfirmationOffset",
    "HubSubscription",
    "HubWish",
    "ItemUnit",
    "ItemUnitOffset",
    "PressAlert",
    "PressClient",
    "PressClipping",
    "PressConfirmation",
    "PressDelivery",
    "PressDigest",
    "PressDownload",
    "PressHook",
    "PressHookEvent",
    "PressKey",
    "PressKit",
    "PressPerson",
    "PressQuestion",
    "PressTopic",
    "PressWatch",
]
