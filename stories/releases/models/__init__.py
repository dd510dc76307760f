from stories.releases.models.item import Item, Mention
from stories.releases.models.release import LedgerHead, Release

__all__ = ["Item", "LedgerHead", "Mention", "Release"]
