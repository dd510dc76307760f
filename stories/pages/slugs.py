"""Names in addresses: from a title, and free of those that are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.text import slugify

from stories.units.selectors import fold

Scope = TypeVar("Scope")
LOOK_AHEAD = 64


def of_title(title: str) -> str:
    """“Chị Lan giữ nghề” → "chi-lan-giu-nghe"; at most 200 characters, never empty."""
    slug = fold(title).replace(" ", "-")[:200] or slugify(title, allow_unicode=True)[:200]
    return slug.strip("-") or "bai"


def free(
    wanted: Iterable[tuple[Scope, str]], taken: Callable[[list[str]], set[tuple[Scope, str]]]
) -> list[str]:
    """For each (scope, name) wanted, in order, a name free in its scope: name, name-2, name-3…

    `taken` says which of these names are taken, and where; it is asked once for all, then once
    for every 64 numbers tried of a name that is. Names given out here count as taken.
    """
    wanted = list(wanted)
    used = taken([name for _scope, name in wanted])
    reached: dict[tuple[Scope, str], int] = {}
    given = []
    for scope, base in wanted:
        number = reached.get((scope, base), 1)
        name = base if number == 1 else f"{base}-{number}"
        while (scope, name) in used:
            number += 1
            if number % LOOK_AHEAD == 2:
                used |= taken([f"{base}-{n}" for n in range(number, number + LOOK_AHEAD)])
            name = f"{base}-{number}"
        used.add((scope, name))
        reached[scope, base] = number
        given.append(name)
    return given
