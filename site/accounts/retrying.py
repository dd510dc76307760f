"""How long to wait before what failed is tried again."""

from __future__ import annotations

from datetime import timedelta


def pause(attempts: int, *, first: timedelta, longest: timedelta, growth: int = 2) -> timedelta:
    """`first` after one attempt, `growth` times that after each further one; at most `longest`."""
    return min(first * growth ** min(attempts - 1, 10), longest)
