"""Names of people: how they are kept, found and compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPACE = re.compile(r"\s+")


def tidy(name: str) -> str:
    """The name in NFC, with single blanks."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip()


def fold(name: str) -> str:
    """Without diacritics and case, for finding: “Đỗ Thị Bình” → "do thi binh"."""
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return _SPACE.sub(" ", kept).strip().lower()


def alike(name: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Keys of those (key, name) that could well be the same person.

    The same words in any order and with any tone marks, or two words and more that are all in the
    other: “Nguyễn Lan” and “Nguyễn Thị Lan”.
    """
    wanted = sorted(fold(name).split())
    return [key for key, other in others if _same(wanted, sorted(fold(other).split()))]


def _same(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 1 and set(short) < set(long))
