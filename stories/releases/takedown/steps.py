"""The kinds of steps that a takedown takes; each room registers its own at the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stories.releases.models import Takedown, TakedownItem


def _always(part) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class StepKind:
    """`run(part)` does it, however often it is called; `verify(part)` tells whether it is done.

    `part` is a `TakedownItem`, or for a kind of `whole` takedowns the `Takedown`; `wanted(part)`
    tells whether it needs this step. What happened `at_once`, with the release, is only verified.
    `run` may raise anything: it is called again later.
    """

    name: str
    label: str
    run: Callable[[TakedownItem | Takedown], None]
    verify: Callable[[TakedownItem | Takedown], bool]
    wanted: Callable[[TakedownItem | Takedown], bool] = _always
    whole: bool = False
    at_once: bool = False


_KINDS: dict[str, StepKind] = {}


def register(kind: StepKind) -> None:
    """Add a kind; one of the same name takes its place. Names are stored: they stay."""
    _KINDS[kind.name] = kind


def kind(name: str) -> StepKind | None:
    return _KINDS.get(name)


def of_items() -> list[StepKind]:
    return [one for one in _KINDS.values() if not one.whole]


def of_takedowns() -> list[StepKind]:
    return [one for one in _KINDS.values() if one.whole]
