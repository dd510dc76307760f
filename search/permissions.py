"""Who teaches the archive and reads what is asked of it: Ban Tuyên giáo and administrators."""

from __future__ import annotations

from accounts.roles import on_board


def may_look_after_search(user) -> bool:
    return bool(user.is_active and (user.is_superuser or on_board(user)))
