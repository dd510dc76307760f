"""What the units room tells those above it, inside the transaction of the change."""

from __future__ import annotations

from django.dispatch import Signal

tree_changed = Signal()  # a unit was made or changed by hand
