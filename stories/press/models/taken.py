"""What rows about an item that a client took have in common."""

from __future__ import annotations

from stories.releases.advance import selectors as advance


class Taken:
    """Beside a model's `item`, which is None for what was only sent early, and `item_id`."""

    @property
    def title(self) -> str:
        """Of what is current now; a withdrawn item shows its notice."""
        if self.item is None:
            found = advance.newest(self.item_id)
            return found.title if found else str(self.item_id)
        current = self.item.current
        return current.data["title"] if current else str(self.item_id)
