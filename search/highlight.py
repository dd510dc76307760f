"""Marking what matched, in the spelling of the original."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from search.text import exact, fold_aligned

FRAGMENT = 200
# A fragment is sought in the beginning of a text first, and never far into a long one.
SEARCHED_FIRST = 1_200
SEARCHED = 20_000
_WORD_EDGE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to mark: folded, and for those typed with marks the exact forms that are meant."""

    pattern: re.Pattern[str]
    exact: dict[str, frozenset[str]]

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]], begun: str = "") -> Wanted | None:
        """From (folded, exact or "") words; `begun` is the start of a word."""
        forms: dict[str, set[str]] = {}
        open_forms = set()
        for folded, spelt in words:
            forms.setdefault(folded, set())
            if spelt:
                forms[folded].add(spelt)
            else:
                open_forms.add(folded)
        if not forms:
            return None
        alternatives = sorted(map(re.escape, forms), key=len, reverse=True)
        pattern = rf"\b(?:{'|'.join(alternatives)})\b"
        if len(begun) > 1:
            pattern += rf"|\b{re.escape(begun)}\w*"
        return cls(
            re.compile(pattern),
            {f: frozenset(spelt) for f, spelt in forms.items() if spelt and f not in open_forms},
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in a tidy text; other spellings only where the meant one is not."""
        folded = fold_aligned(text)
        spans = [match.span() for match in self.pattern.finditer(folded)]
        if not self.exact:
            return spans
        meant = [
            (start, end)
            for start, end in spans
            if not (forms := self.exact.get(folded[start:end])) or exact(text[start:end]) in forms
        ]
        return meant or spans


def marked(text: str, wanted: Wanted | None) -> str:
    """The whole text, escaped, with what matched in `<mark>`."""
    return _mark(text, wanted.spans(text) if wanted else [])


def fragment(text: str, wanted: Wanted | None, length: int = FRAGMENT) -> str:
    """About `length` letters of the text around where it matches best, escaped and marked."""
    spans = wanted.spans(text[:SEARCHED_FIRST]) if wanted else []
    if wanted and not spans and len(text) > SEARCHED_FIRST:
        spans = wanted.spans(text[:SEARCHED])
    start = _densest(text, spans, length) if spans else 0
    start = _word_start(text, start)
    end = min(len(text), start + length)
    if end < len(text):
        end = text.rfind(" ", start + length // 2, end + 1)
        end = end if end > start else min(len(text), start + length)
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    shown = _mark(text[start:end].replace("\n", " "), inside)
    return ("… " if start else "") + shown + (" …" if end < len(text) else "")


def _densest(text: str, spans: list[tuple[int, int]], length: int) -> int:
    """Where a window holds the most different words, neighbours counting double."""
    best, best_worth = spans[0][0], 0.0
    room = length * 3 // 4
    last = 0
    for at in range(min(len(spans), 400)):
        last = max(last, at)
        while last + 1 < len(spans) and spans[last + 1][1] - spans[at][0] <= room:
            last += 1
        window = spans[at : last + 1]
        together = sum(b[0] - a[1] <= 1 for a, b in pairwise(window))
        worth = len({text[a:b].lower() for a, b in window}) + 0.5 * together
        if worth > best_worth:
            best, best_worth = spans[at][0], worth
    return max(0, best - length // 6)


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    edge = _WORD_EDGE.search(text, at)
    return edge.end() if edge and edge.end() - at < 40 else at


def _mark(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in _joined(text, spans):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return "".join(parts)


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring words in one mark, as one reads them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
