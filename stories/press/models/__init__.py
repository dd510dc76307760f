from stories.press.models.catalogue import CatalogueEntry, CatalogueOffset
from stories.press.models.client import PressClient, PressKey
from stories.press.models.delivery import PressDelivery
from stories.press.models.kit import PressKit

__all__ = [
    "CatalogueEntry",
    "CatalogueOffset",
    "PressClient",
    "PressDelivery",
    "PressKey",
    "PressKit",
]
