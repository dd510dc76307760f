"""The letters before a place's name, and putting words in the place of others.

Source of the prefixes: the unit list's aliases ("TP. Việt Trì", "H. Lâm Thao").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

# Read only before a place that the archive knows: the letters alone mean too many other things.
UNIT_PREFIXES: Final[dict[str, str]] = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "h": "huyen",
    "x": "xa",
    "p": "phuong",
    "q": "quan",
    "t": "tinh",
}

Pairs = dict[tuple[str, str], int]


def pairs_to_ask(words: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs whose counts `unit_prefix_at` needs."""
    return [
        (UNIT_PREFIXES[word].split()[-1], after)
        for word, after in pairwise(words)
        if word in UNIT_PREFIXES
    ]


def unit_prefix_at(words: Sequence[str], at: int, pairs: Pairs) -> tuple[str, ...]:
    """The unit's kind written out where a prefix stands before a known place, else ()."""
    long = UNIT_PREFIXES.get(words[at])
    if long is None or at + 1 >= len(words):
        return ()
    kind = tuple(long.split())
    return kind if pairs.get((kind[-1], words[at + 1])) else ()


def rewrite(
    words: Sequence[str], replace: Callable[[int], tuple[int, tuple[str, ...]] | None]
) -> tuple[list[str], list[int], set[int]]:
    """Walk the words; `replace(at)` gives (how many words, what instead) or None.

    Returns the new words, for each the index of the typed word it came from, and the places of
    those that were put instead.
    """
    out: list[str] = []
    origin: list[int] = []
    replaced: set[int] = set()
    at = 0
    while at < len(words):
        found = replace(at)
        if found is None:
            out.append(words[at])
            origin.append(at)
            at += 1
            continue
        taken, instead = found
        replaced.update(range(len(out), len(out) + len(instead)))
        out += instead
        origin += [at] * len(instead)
        at += taken
    return out, origin, replaced
