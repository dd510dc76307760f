"""One word of the question put right by the titles that hold all its other words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from search.understanding.decoder import one_edit
from search.understanding.structures import Reading

MAX_WORDS: Final = 10
MOST: Final = 3


def others(typed: Reading) -> list[tuple[str, ...]]:
    """For each word of the question all the others; nothing where it is too short or too long."""
    words = typed.words
    if not 1 < len(words) <= MAX_WORDS:
        return []
    return [words[:at] + words[at + 1 :] for at in range(len(words))]


def slips(typed: Reading, titles_with: Callable[[tuple[str, ...]], Sequence[str]]) -> list[Reading]:
    """The likeliest readings first. `titles_with` gives the folded titles that hold some words."""
    found: dict[tuple[str, ...], Reading] = {}
    for at, rest in enumerate(others(typed)):
        near = one_edit(typed.words[at])
        for title in titles_with(rest):
            for meant in near.keys() & set(title.split()):
                words = (*typed.words[:at], meant, *typed.words[at + 1 :])
                exact = (*typed.exact[:at], "", *typed.exact[at + 1 :])
                known = found.get(words)
                if known is None or known.cost > near[meant]:
                    found[words] = Reading(words, exact, cost=near[meant])
    return sorted(found.values(), key=lambda reading: reading.cost)[:MOST]
