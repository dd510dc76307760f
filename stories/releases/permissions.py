from __future__ import annotations

from accounts.roles import on_board


def may_withdraw(user) -> bool:
    """Withdrawing is always the safe side: any one of Ban Tuyên giáo, or an administrator."""
    return bool(user.is_active and (user.is_superuser or on_board(user)))
