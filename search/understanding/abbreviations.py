"""Abbreviations of the Union's Vietnamese, read both ways, in folded form.

Sources: the Union's plans and reports ("Hội LHPN", "xây dựng NTM", "KHHGĐ") and the unit list's
aliases ("TP. Việt Trì", "H. Lâm Thao").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

SHORT: Final[dict[str, str]] = {
    "lhpn": "lien hiep phu nu",
    "pn": "phu nu",
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "ntm": "nong thon moi",
    "khhgd": "ke hoach hoa gia dinh",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "bcd": "ban chi dao",
    "dvtt": "don vi truc thuoc",
    "tdtt": "the duc the thao",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "cnh": "cong nghiep hoa",
    "hdh": "hien dai hoa",
    "dtts": "dan toc thieu so",
    "hvpn": "hoi vien phu nu",
    "cbcc": "can bo cong chuc",
    "cnvc": "cong nhan vien chuc",
    "cnvcld": "cong nhan vien chuc lao dong",
    "nhcsxh": "ngan hang chinh sach xa hoi",
    "csxh": "chinh sach xa hoi",
    "atgt": "an toan giao thong",
    "vsmt": "ve sinh moi truong",
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "sxkd": "san xuat kinh doanh",
    "gdtx": "giao duc thuong xuyen",
    "ptnt": "phat trien nong thon",
    "tw": "trung uong",
    "vn": "viet nam",
}
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

_LONG: Final = {tuple(long.split()): short for short, long in SHORT.items()}
_LONGEST: Final = max(map(len, _LONG))
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


def write_out(words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]] | None:
    """ "lhpn" to "lien hiep phu nu"."""
    long = SHORT.get(words[at])
    return (1, tuple(long.split())) if long else None


def draw_together(words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]] | None:
    """ "lien hiep phu nu" to "lhpn", the longest first."""
    for length in range(min(_LONGEST, len(words) - at), 1, -1):
        short = _LONG.get(tuple(words[at : at + length]))
        if short:
            return length, (short,)
    return None
