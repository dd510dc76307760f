"""Completion, as far as it is the same whoever finds: what can be completed, and what comes first.

Words are compared folded. A name is met at the beginning of any of its words, so that "lam thao"
goes on to "Xã Lâm Thao"; `runs` are the places where that may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.documents import Document
from search.engines.base import Completion
from search.text import fold_words, words
from search.understanding.abbreviations import UNIT_PREFIXES

MAX_LETTERS: Final = 100
# Words that say what kind of unit it is: people begin with the name itself as well.
_UNIT_KINDS: Final = tuple(f"{kind} " for kind in UNIT_PREFIXES.values())


@dataclass(frozen=True, slots=True)
class Start:
    """What was typed so far: `folded` and `exact`, with a space at the end of a finished word."""

    folded: str
    exact: str

    @classmethod
    def of(cls, typed: str) -> Start | None:
        """None where no word was begun."""
        typed = typed[: MAX_LETTERS * 4]
        exact = words(typed)
        if not exact:
            return None
        end = "" if typed[-1].isalnum() or typed[-1] in _MARKS else " "
        spelt = (" ".join(exact) + end)[:MAX_LETTERS]
        return cls((" ".join(fold_words(exact)) + end)[:MAX_LETTERS], spelt)


# A decomposed letter ends with its mark.
_MARKS: Final = frozenset(map(chr, range(0x0300, 0x0370)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that goes on from what was typed. `entries` have it; `day` dates the newest."""

    completion: Completion
    entries: int = 1
    day: int = 0


def names(document: Document) -> tuple[Completion, ...]:
    """What an entry lets a reader complete beside its own title; each once."""
    found = [Completion("person", name, name) for name in document.people]
    found += [Completion("unit", name, code) for code, name in document.units]
    found += [Completion("tag", tag, tag) for tag in document.tags]
    return tuple(dict.fromkeys(one for one in found if one.label and one.value))


def run(label: str) -> str:
    """The folded words of a name, each followed by one space."""
    return "".join(f"{word} " for word in fold_words(words(label)))


def runs(label: str) -> list[str]:
    """The rest of a name from each of its words on, the whole first; each once."""
    folded = run(label).split()
    rests = [" ".join(folded[at:]) + " " for at in range(len(folded))]
    return list(dict.fromkeys(rests))


def best(start: Start, candidates: Iterable[Candidate], limit: int) -> tuple[Completion, ...]:
    """The likeliest first: spelt as typed, begun from its beginning, of most entries, the newest.

    Titles take half the places at most while there is something else to fill them.
    """
    ranked = sorted(candidates, key=lambda one: _rank(start, one))
    seen: dict[str, Completion] = {}
    for candidate in ranked:
        said = " ".join(words(candidate.completion.label))
        known = seen.get(said)
        # An exemplar's own page says more than a question for her name.
        if known is None or (known.kind == "person" and candidate.completion.kind == "title"):
            seen[said] = candidate.completion
    # A unit may have had several names.
    each = list({(one.kind, one.value): one for one in reversed(seen.values())}.values())[::-1]
    titles = [one for one in each if one.kind == "title"]
    others = [one for one in each if one.kind != "title"]
    titles = titles[: max(limit // 2, limit - len(others))]
    chosen = {*titles, *others[: limit - len(titles)]}
    return tuple(one for one in each if one in chosen)


def _rank(start: Start, candidate: Candidate) -> tuple[bool, bool, int, int, str]:
    one = candidate.completion
    exact = words(one.label)
    spelt = start.exact == start.folded or f" {start.exact}" in f" {' '.join(exact)} "
    begun = _begins(start, one.kind, " ".join(fold_words(exact)) + " ")
    return not spelt, not begun, -candidate.entries, -candidate.day, one.label


def _begins(start: Start, kind_of_name: str, folded: str) -> bool:
    """Whether it goes on from its own beginning; a unit's is its kind or its name."""
    if folded.startswith(start.folded):
        return True
    return kind_of_name == "unit" and any(
        folded.startswith(kind) and folded[len(kind) :].startswith(start.folded)
        for kind in _UNIT_KINDS
    )


def goes_on(start: Start, label: str) -> bool:
    """Whether a name has a word from which it goes on from what was typed."""
    return f" {start.folded}" in f" {run(label)}"
