from stories.releases.models.advance import Advance
from stories.releases.models.item import Item, Mention
from stories.releases.models.release import LedgerHead, Release
from stories.releases.models.said import SaidToName
from stories.releases.models.takedown import Takedown, TakedownItem, TakedownStep

__all__ = [
    "Advance",
    "Item",
    "LedgerHead",
    "Mention",
    "Release",
    "SaidToName",
    "Takedown",
    "TakedownItem",
    "TakedownStep",
]
