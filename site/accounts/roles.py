"""Names of the province-wide groups. Each unit's own two groups belong to `stories.units`."""

from __future__ import annotations

BOARD = "Ban Tuyên giáo"
OFFICE = "Văn phòng"
EVERYWHERE = (BOARD, OFFICE)


def on_board(user) -> bool:
    """Whether the user belongs to Ban Tuyên giáo, the one group that approves for publication."""
    return user.is_active and any(group.name == BOARD for group in user.groups.all())
