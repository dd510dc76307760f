"""Abbreviations and synonyms: what else a reader may have meant by what was typed, folded.

The archive's people edit them (`search.models.Synonym`); `STANDARD` is what an installation starts
with. An engine is given the thesaurus with each question, so a change holds for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from search.text import tokenise

Words = tuple[str, ...]
Wanted = Callable[[int, Sequence[Words]], Words | None]

# The Union's Vietnamese. Sources: its plans and reports ("Hội LHPN", "xây dựng NTM").
ABBREVIATIONS: Final[dict[str, str]] = {
    "LHPN": "Liên hiệp Phụ nữ",
    "PN": "phụ nữ",
    "HTX": "hợp tác xã",
    "THT": "tổ hợp tác",
    "NTM": "nông thôn mới",
    "KHHGĐ": "kế hoạch hóa gia đình",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "BCĐ": "Ban Chỉ đạo",
    "ĐVTT": "đơn vị trực thuộc",
    "TDTT": "thể dục thể thao",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "CNH": "công nghiệp hóa",
    "HĐH": "hiện đại hóa",
    "DTTS": "dân tộc thiểu số",
    "HVPN": "hội viên phụ nữ",
    "CBCC": "cán bộ công chức",
    "CNVC": "công nhân viên chức",
    "CNVCLĐ": "công nhân viên chức lao động",
    "NHCSXH": "Ngân hàng Chính sách xã hội",
    "CSXH": "chính sách xã hội",
    "ATGT": "an toàn giao thông",
    "VSMT": "vệ sinh môi trường",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "SXKD": "sản xuất kinh doanh",
    "GDTX": "giáo dục thường xuyên",
    "PTNT": "phát triển nông thôn",
    "TW": "trung ương",
    "VN": "Việt Nam",
}


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """`meanings` leads from folded words to the other ways of saying them, the likeliest first."""

    meanings: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, rules: Iterable[tuple[str, str, bool]]) -> Thesaurus:
        """From (term, meaning, both ways) in any spelling; rules without a word say nothing."""
        meanings: dict[Words, list[Words]] = {}
        for term, meaning, both in rules:
            one, other = tuple(tokenise(term)), tuple(tokenise(meaning))
            if not one or not other or one == other:
                continue
            for said, meant in ((one, other), (other, one)) if both else ((one, other),):
                known = meanings.setdefault(said, [])
                if meant not in known:
                    known.append(meant)
        return cls(
            {said: tuple(meant) for said, meant in meanings.items()},
            max(map(len, meanings), default=0),
        )

    def at(self, words: Sequence[str], at: int, wanted: Wanted) -> tuple[int, Words] | None:
        """(how many words, what they also mean) for the longest term that stands at this place.

        `wanted` chooses among its meanings; a term none of whose meanings it takes is passed over.
        """
        for length in range(min(self.longest, len(words) - at), 0, -1):
            meant = wanted(length, self.meanings.get(tuple(words[at : at + length]), ()))
            if meant:
                return length, meant
        return None


def longer(length: int, meanings: Sequence[Words]) -> Words | None:
    """An abbreviation written out."""
    return next((meant for meant in meanings if len(meant) > length), None)


def shorter(length: int, meanings: Sequence[Words]) -> Words | None:
    """Words drawn together."""
    return next((meant for meant in meanings if len(meant) < length), None)


def other(length: int, meanings: Sequence[Words]) -> Words | None:
    """What neither of these two says: a synonym of as many words, else a second meaning."""
    said = (longer(length, meanings), shorter(length, meanings))
    rest = [meant for meant in meanings if meant not in said]
    return min(rest, key=lambda meant: abs(len(meant) - length), default=None)


STANDARD: Final = Thesaurus.of((short, long, True) for short, long in ABBREVIATIONS.items())
