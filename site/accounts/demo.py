"""What rooms add to the demo content beside its pages; each registers its own at the start."""

from __future__ import annotations

from collections.abc import Callable

_ROOMS: dict[str, Callable[[], list[str]]] = {}


def register(name: str, add: Callable[[], list[str]]) -> None:
    """`add` makes what is missing and returns the names that its accounts sign in with."""
    _ROOMS[name] = add


def add() -> list[str]:
    """All rooms' additions, safe to run again; the names to sign in with."""
    return [name for add in _ROOMS.values() for name in add()]
