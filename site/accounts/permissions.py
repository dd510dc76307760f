from __future__ import annotations

from accounts.roles import on_board


def may_read_audit(user) -> bool:
    """Administrators and Ban Tuyên giáo read the audit trail; nobody writes in it."""
    return bool(user.is_active and (user.is_superuser or on_board(user)))
