"""Query understanding: from what a person typed to what the archive should look for.

`understand` is cheap and always done; `rewrite` asks the vocabulary for corrections and is done
where the archive does not know a word, or finds too little. Both are pure but for the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from search.text import fold_words, tokenise, words
from search.understanding import abbreviations
from search.understanding.decoder import one_edit, rewrite
from search.understanding.structures import Lexicon, Reading, Understood
from search.understanding.thesaurus import STANDARD, Thesaurus, longer, other, shorter

__all__ = [
    "REWRITTEN",
    "Lexicon",
    "Reading",
    "Thesaurus",
    "Understood",
    "corrections",
    "one_edit",
    "respell",
    "rewrite",
    "understand",
]

REWRITTEN = 1.0
MAX_WORDS = 24
MAX_LETTERS = 64
_QUOTED = re.compile('["“”„«]([^"“”„«»]+)["“”»]')
_DOTTED_PREFIX = re.compile(r"\b(t)\s?\.\s?([pxt])\b\.?", re.IGNORECASE)


def understand(q: str, lexicon: Lexicon, thesaurus: Thesaurus = STANDARD) -> Understood | None:
    """Read a question (tidy text, any length, any characters). None where it holds no word."""
    q = _DOTTED_PREFIX.sub(r"\1\2", q)
    exact = [word[:MAX_LETTERS] for word in words(q)[:MAX_WORDS]]
    if not exact:
        return None
    folded = fold_words(exact)
    marked = [e if e != f else "" for e, f in zip(exact, folded, strict=True)]
    phrases = [tuple(tokenise(quoted)[:MAX_WORDS]) for quoted in _QUOTED.findall(q)]
    return Understood(
        readings=tuple(_readings(folded, marked, lexicon, thesaurus)),
        phrases=tuple(phrase for phrase in phrases if phrase),
        begun=q[-1].isalnum(),
        known=_known(folded, lexicon),
    )


def _known(folded: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the archive holds every word, and each beside one of its neighbours."""
    counts = lexicon.counts(folded)
    if not all(counts.get(word) for word in folded):
        return False
    pairs = list(pairwise(folded))
    met = lexicon.pair_counts(pairs)
    return not pairs or all(
        met.get((before, word)) or met.get((word, after))
        for before, word, after in zip(["", *folded], folded, [*folded[1:], ""], strict=False)
    )


def _readings(
    folded: Sequence[str], marked: Sequence[str], lexicon: Lexicon, thesaurus: Thesaurus
) -> list[Reading]:
    to_ask = abbreviations.pairs_to_ask(folded)
    pairs = lexicon.pair_counts(to_ask) if to_ask else {}
    prefixes = {
        at: long
        for at in range(len(folded))
        if (long := abbreviations.unit_prefix_at(folded, at, pairs))
    }
    readings = [Reading(tuple(folded), tuple(marked), frozenset(prefixes))]

    def written_out(at: int) -> tuple[int, tuple[str, ...]] | None:
        return (1, prefixes[at]) if at in prefixes else thesaurus.at(folded, at, longer)

    for instead in (
        written_out,
        lambda at: thesaurus.at(folded, at, shorter),
        lambda at: thesaurus.at(folded, at, other) or written_out(at),
    ):
        out, origin, replaced = abbreviations.rewrite(folded, instead)
        if replaced and all(reading.words != tuple(out) for reading in readings):
            exact = tuple("" if i in replaced else marked[at] for i, at in enumerate(origin))
            optional = frozenset(i for i, at in enumerate(origin) if at in prefixes)
            readings.append(Reading(tuple(out), exact, optional))
    return readings


def corrections(understood: Understood, lexicon: Lexicon) -> list[Reading]:
    """What else may have been typed, the likeliest first: of the abbreviations written out too.

    Each costs `REWRITTEN` more than what stands there.
    """
    base = understood.readings[min(1, len(understood.readings) - 1)]
    if base.words == understood.typed.words or not base.optional:
        base = understood.typed
    found = rewrite(base, lexicon, begun=understood.begun)
    known = {reading.words for reading in understood.readings}
    return [replace(r, cost=r.cost + REWRITTEN) for r in found if r.words not in known]


def respell(reading: Reading, typed: Reading, lexicon: Lexicon) -> str:
    """A reading as its writer would write it: typed words stay; marks for who types marks."""
    known = dict(zip(typed.words, typed.exact, strict=True))
    marks = any(typed.exact)

    def spelt(word: str, exact: str) -> str:
        if exact:
            return exact
        if word in known:
            return known[word] or word
        return lexicon.spelling(word) if marks else word

    return " ".join(map(spelt, reading.words, reading.exact))
