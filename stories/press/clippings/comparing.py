"""How much of a released text is on a page, and whether the page says where it is from. Pure.

What is compared are runs of LENGTH words, in any order: a newspaper shortens and moves paragraphs.
The Union's name counts as a credit only outside of what was taken over: our texts name it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from stories.press.clippings.reading import Page

LENGTH = 5
STRETCH = 10  # words; longer than the Union's name
ENOUGH = 15  # per cent of the released text: it is this text
NAMES = (
    "Hội LHPN tỉnh Phú Thọ",
    "Hội Liên hiệp Phụ nữ tỉnh Phú Thọ",
    "Hội Phụ nữ tỉnh Phú Thọ",
    "Gương sáng Đất Tổ",
)
_AUTHOR = re.compile(r"^\s*ảnh\s*:?\s*", re.IGNORECASE)
_GAP = "|"


@dataclass(frozen=True, slots=True)
class Figures:
    """`overlap` is in per cent; None where there is nothing to look for."""

    title_found: bool | None
    overlap: int | None
    source_found: bool
    picture_credit_found: bool | None

    @property
    def is_there(self) -> bool:
        return (self.overlap or 0) >= ENOUGH

    @property
    def is_no_more(self) -> bool:
        """Neither text nor title: a title alone may still name a person."""
        return not self.is_there and not self.title_found


def compare(released: dict[str, Any], page: Page) -> Figures:
    """`released` is a public payload, or a picture's; of a purged one only the credits are left."""
    ours = words(" ".join(filter(None, (released.get("lead"), released.get("text")))))
    title = words(released.get("title") or "")
    if released.get("purged"):
        ours, title = [], []
    theirs = words(page.text)
    wanted = set(_runs(ours))
    taken = [run in wanted for run in _runs(theirs, len(ours))]
    found = {run for run, is_ours in zip(_runs(theirs, len(ours)), taken, strict=True) if is_ours}
    rest = _rest(theirs, taken, min(LENGTH, len(ours) or LENGTH))
    return Figures(
        title_found=_has(title, [theirs, *map(words, page.titles)]) if title else None,
        overlap=round(100 * len(found) / len(wanted)) if wanted else None,
        source_found=any(f" {name} " in rest for name in _names()),
        picture_credit_found=_authors_found(released, rest),
    )


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _runs(text: Sequence[str], longest: int | None = None) -> Iterable[tuple[str, ...]]:
    """Each LENGTH words in a row; fewer where our text (of `longest` words) has no more."""
    length = min(LENGTH, len(text) if longest is None else longest or LENGTH)
    return (tuple(text[at : at + length]) for at in range(len(text) - length + 1) if length)


def _rest(text: Sequence[str], taken: Sequence[bool], length: int) -> str:
    """The words outside of what was taken over, between spaces.

    Taken over is a stretch of STRETCH words or more: the Union's name alone may be a credit, even
    where our text has it too.
    """
    kept: list[str] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(taken) and taken[end]:
            end += 1
        covered = end + length - 1 if end > at else at
        if covered - at >= STRETCH:
            kept.append(_GAP)
            at = covered
        else:
            kept += text[at : max(end, at + 1)]
            at = max(end, at + 1)
    return f" {' '.join(kept)} "


def _has(title: Sequence[str], texts: Iterable[Sequence[str]]) -> bool:
    wanted = f" {' '.join(title)} "
    return any(wanted in f" {' '.join(text)} " for text in texts)


def _names() -> list[str]:
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or ""
    return [" ".join(words(name)) for name in (*NAMES, host) if name]


def _authors_found(released: dict[str, Any], rest: str) -> bool | None:
    """Whether one of the pictures' authors is named; None where no picture has one."""
    credits = [released.get("credit"), *(one.get("credit") for one in released.get("pictures", ()))]
    authors = {" ".join(words(_AUTHOR.sub("", credit))) for credit in credits if credit} - {""}
    return any(f" {author} " in rest for author in authors) if authors else None
